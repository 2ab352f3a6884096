//! Makes a finite-state map: lines "KEY TAB NUMBER", sorted by key, from standard input; the map to standard output.
//!
//! `training/gazetteer.py` runs it, since no package of its own language writes this format.

use std::io::{self, BufRead};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut map = fst::MapBuilder::new(io::stdout().lock())?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (key, number) = line.split_once('\t').ok_or("a line without a tab")?;
        map.insert(key, number.parse()?)?;
    }
    Ok(map.finish()?)
}
