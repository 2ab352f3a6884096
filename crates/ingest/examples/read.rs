//! Reads inputs and does nothing with them: what `bench/archives.py` measures. Prints the captures, their bytes and
//! how many inputs or records were skipped.

use sayso_ingest::{Input, Limits, captures};
use sayso_types::Body;
use std::io::{self, Write};

fn main() -> io::Result<()> {
    let inputs: Vec<_> = std::env::args().skip(1).map(|path| Input::from(&path)).collect();
    let (mut found, mut bytes, mut skipped) = (0u64, 0u64, 0u64);
    for capture in captures(&inputs, &Limits::default()) {
        match capture {
            Err(_) => skipped += 1,
            Ok(capture) => {
                let (Body::Html(body) | Body::Text(body) | Body::Markdown(body)) = &capture.body;
                found += 1;
                bytes += body.len() as u64;
            }
        }
    }
    writeln!(io::stdout(), "{found} captures, {bytes} bytes, {skipped} skipped")
}
