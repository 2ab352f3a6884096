//! `measures PAGE…`: the measures of each block, a line a page, for `training/extract/blocks.py` to learn from.

use sayso_packs::Packs;
use std::error::Error;
use std::io::{BufWriter, Write, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let packs = Packs::embedded()?;
    let mut out = BufWriter::new(stdout().lock());
    for file in std::env::args().skip(1) {
        let page = String::from_utf8_lossy(&std::fs::read(&file)?).into_owned();
        let blocks = sayso_extract::measures(&page, &packs);
        writeln!(out, "{}", serde_json::json!({"file": file, "blocks": blocks}))?;
    }
    Ok(())
}
