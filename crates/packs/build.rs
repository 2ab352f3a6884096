//! Puts every file of every folder under `packs/` into the binary, so that the program needs nothing beside it.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let manifest = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let packs = Path::new(&manifest).join("../../packs");
    println!("cargo::rerun-if-changed={}", packs.display());
    let mut rows = Vec::new();
    for pack in fs::read_dir(&packs)? {
        let pack = pack?.path();
        if !pack.is_dir() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", pack.display());
        for file in fs::read_dir(&pack)? {
            let path = file?.path().canonicalize()?;
            let is_text = path.extension().is_some_and(|e| e == "md");
            if let (Some(lang), Some(name), false, true) =
                (pack.file_name(), path.file_name(), is_text, path.is_file())
            {
                rows.push((lang.display().to_string(), name.display().to_string(), path));
            }
        }
    }
    rows.sort();
    let mut out = String::from("pub(crate) static EMBEDDED: &[(&str, &str, &[u8])] = &[\n");
    for (lang, name, path) in rows {
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(out, "    ({lang:?}, {name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("embedded.rs"), out)
}
