//! Where a web archive lies: a file of its own, or a part of a WACZ. It can be opened there a second time, for the
//! pages that later records point back to.

use std::{
    fs,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// A file, or a range of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub path: PathBuf,
    /// Where it starts and how long it is, within the file.
    pub part: Option<(u64, u64)>,
}

impl Place {
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut file = fs::File::open(&self.path)?;
        let Some((start, length)) = self.part else { return Ok(Box::new(file)) };
        file.seek(SeekFrom::Start(start))?;
        Ok(Box::new(file.take(length)))
    }
}

/// A web archive's name, and where it lies or why it cannot be read there.
type Part = (String, Result<Place, String>);

/// The web archives in a WACZ, which is a ZIP with them below `archive/`: by name; or why there are none. They are
/// stored there as they are (WACZ 1.1.1, 5.2.1), so that a part of the file is read like a file.
pub(crate) fn archives(path: &Path) -> Result<Vec<Part>, String> {
    let unread = |e: &dyn std::fmt::Display| format!("a ZIP archive that cannot be read: {e}");
    let file = fs::File::open(path).map_err(|e| unread(&e))?;
    let mut zip = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| unread(&e))?;
    let mut found = Vec::new();
    for n in 0..zip.len() {
        let entry = match zip.by_index_raw(n) {
            Ok(entry) => entry,
            Err(e) => {
                found.push((format!("entry {n}"), Err(format!("cannot be read: {e}"))));
                continue;
            }
        };
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if !name.starts_with("archive/") || !name.contains(".warc") || name.contains("..") {
            continue;
        }
        let place = match entry.data_start() {
            _ if entry.encrypted() => Err("is encrypted".to_owned()),
            Some(start) if entry.compression() == zip::CompressionMethod::Stored => {
                Ok(Place { path: path.to_owned(), part: Some((start, entry.compressed_size())) })
            }
            _ => Err("is packed within the WACZ, where archives are to be stored as they are".to_owned()),
        };
        found.push((name, place));
    }
    if found.is_empty() {
        return Err("ZIP archives are not read yet; unpack it and give the folder".to_owned());
    }
    let mut parts: Vec<_> = found.iter().filter_map(|(_, p)| p.as_ref().ok()?.part).collect();
    parts.sort_unstable();
    if parts.windows(2).any(|w| w[0].0.saturating_add(w[0].1) > w[1].0) {
        return Err("a ZIP archive whose parts lie on each other".to_owned());
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}
