//! What the segmenter asks its classifier while it reads a text, with the right answers: `training/segment.py` calls
//! this, so that the features are written down in one place only.
//!
//!     segment_questions LEXICON RAW ANSWERS OUT
//!
//! ANSWERS has a byte for each byte of RAW and one more: what ends at that offset (1: token, 2: sentence, 4: a token
//! of several words). OUT: for each question u8 decision, u8 answer, u16 n, n × u32, little-endian.

use sayso_packs::Segmenter;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [lexicon, raw, answers, out] = args.as_slice() else {
        return Err(io::Error::other("usage: segment_questions LEXICON RAW ANSWERS OUT"));
    };
    let segmenter = Segmenter::untrained(&fs::read_to_string(lexicon)?).map_err(io::Error::other)?;
    let text = fs::read_to_string(raw)?;
    let answers = fs::read(answers)?;
    let mut bytes = Vec::new();
    segmenter.segment_with(&text, |q| {
        let right = answers.get(q.at as usize).is_some_and(|a| a & (1 << q.decision as u8) != 0);
        bytes.extend([q.decision as u8, u8::from(right)]);
        bytes.extend((q.features.len() as u16).to_le_bytes());
        bytes.extend(q.features.iter().flat_map(|f| f.to_le_bytes()));
        right
    });
    fs::write(out, bytes)
}
