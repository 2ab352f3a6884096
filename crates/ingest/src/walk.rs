//! From what the user named to files: folders in order of name, nothing twice, no way to go round in circles.

use crate::Input;
use sayso_types::Skipped;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// One thing to read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// Standard input.
    Stdin,
    /// A file, by the path as given or joined to the folder as given.
    Path(PathBuf),
    /// An address.
    Address(String),
}

/// The files of the inputs, found as they are asked for.
pub(crate) fn files(inputs: &[Input]) -> impl Iterator<Item = Result<File, Skipped>> + Send + use<> {
    let mut walk = Walk { todo: Vec::new(), stdin: false, seen: BTreeSet::new(), addresses: BTreeSet::new() };
    let mut inputs: std::vec::IntoIter<Input> = Vec::from(inputs).into_iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(path) = walk.todo.pop() {
                if let Some(found) = walk.look(path, false) {
                    return Some(found);
                }
                continue;
            }
            match inputs.next()? {
                Input::Stdin if walk.stdin => {}
                Input::Stdin => {
                    walk.stdin = true;
                    return Some(Ok(File::Stdin));
                }
                Input::Address(url) => {
                    if walk.addresses.insert(url.clone()) {
                        return Some(Ok(File::Address(url)));
                    }
                }
                Input::Path(path) => {
                    if let Some(found) = walk.look(path, true) {
                        return Some(found);
                    }
                }
            }
        }
    })
}

/// `why` is said of this path.
pub(crate) fn skip(path: &Path, why: &str) -> Skipped {
    Skipped { file: path.display().to_string(), reason: why.to_owned() }
}

/// An error of the operating system in words that are the same on every machine.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

struct Walk {
    /// Paths still to look at, the next one last.
    todo: Vec<PathBuf>,
    stdin: bool,
    /// Where the paths lead once links are followed.
    seen: BTreeSet<PathBuf>,
    addresses: BTreeSet<String>,
}

impl Walk {
    /// The file that a path is; a folder's content is put on the list, and what was seen before is `None`.
    fn look(&mut self, path: PathBuf, named: bool) -> Option<Result<File, Skipped>> {
        let kind = match fs::metadata(&path) {
            Ok(meta) => meta.file_type(),
            Err(e) => return Some(Err(skip(&path, &reason(&e)))),
        };
        // A pipe such as /dev/fd/63 has no canonical path; it is itself.
        if !self.seen.insert(fs::canonicalize(&path).unwrap_or_else(|_| path.clone())) {
            return None;
        }
        if kind.is_dir() {
            return self.list(&path).err().map(|e| Err(skip(&path, &reason(&e))));
        }
        // Found in a folder, a pipe or a device could block for ever; named by the user, it is meant.
        if !kind.is_file() && !named {
            return Some(Err(skip(&path, "neither a file nor a folder")));
        }
        Some(Ok(File::Path(path)))
    }

    fn list(&mut self, folder: &Path) -> io::Result<()> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            if !name.as_encoded_bytes().starts_with(b".") {
                names.push(name);
            }
        }
        names.sort();
        self.todo.extend(names.iter().rev().map(|name| folder.join(name)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes these files (links as `name -> target`) in a folder, walks `given`, and tells what came.
    fn check(made: &[&str], given: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for name in made {
            let (name, target) = name.split_once(" -> ").map_or((*name, None), |(n, t)| (n, Some(t)));
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match target {
                #[cfg(unix)]
                Some(target) => std::os::unix::fs::symlink(folder.path().join(target), path).unwrap(),
                #[cfg(not(unix))]
                Some(_) => {}
                None => fs::write(path, "x").unwrap(),
            }
        }
        let inputs: Vec<_> = given
            .iter()
            .map(|g| match *g {
                "-" => Input::Stdin,
                g if g.starts_with("http://") => Input::from(g),
                g => Input::Path(folder.path().join(g)),
            })
            .collect();
        let root = format!("{}/", folder.path().display());
        let got: Vec<_> = files(&inputs)
            .map(|f| match f {
                Ok(File::Stdin) => "-".to_owned(),
                Ok(File::Address(url)) => url,
                Ok(File::Path(p)) => p.display().to_string().replace(&root, ""),
                Err(s) => format!("{}: {}", s.file.replace(&root, ""), s.reason),
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn folders_in_order_of_name() {
        check(
            &["b.txt", "a/2.txt", "a/1.txt", ".git/config", "a/.DS_Store"],
            &["."],
            &["./a/1.txt", "./a/2.txt", "./b.txt"],
        );
        check(&["b.txt", "a.txt"], &["b.txt", "-", "a.txt"], &["b.txt", "-", "a.txt"]);
        check(&[".hidden.txt"], &[".hidden.txt"], &[".hidden.txt"]);
    }

    #[test]
    fn nothing_twice() {
        check(&["a.txt"], &["a.txt", "./a.txt", ".", "-", "-"], &["a.txt", "-"]);
        check(
            &["a.txt"],
            &["http://a.example/", "a.txt", "http://a.example/"],
            &["http://a.example/", "a.txt"],
        );
        #[cfg(unix)]
        check(&["d/a.txt", "d/loop -> d", "d/z -> d/a.txt"], &["d"], &["d/a.txt"]);
    }

    #[test]
    fn what_is_not_there_is_said() {
        check(&[], &["no.txt"], &["no.txt: no such file or folder"]);
        #[cfg(unix)]
        check(&["d/gone -> nowhere", "d/k.txt"], &["d"], &["d/gone: no such file or folder", "d/k.txt"]);
    }
}
