//! How fast sentences are compared, and how like two words are.
//!
//!     vectors VECTORS.bin WORD WORD …

#![expect(clippy::print_stderr, reason = "a command-line tool")]

use sayso_packs::{Vectors, WeightedWords};
use std::hint::black_box;
use std::io;
use std::time::Instant;
use std::{env, fs};

/// Words of a sentence, and sentences, of the measurement.
const WORDS: usize = 12;
const SENTENCES: usize = 300;

fn main() -> io::Result<()> {
    let mut args = env::args().skip(1);
    let path = args.next().ok_or_else(|| io::Error::other("usage: vectors VECTORS.bin WORD WORD …"))?;
    let vectors = Vectors::from_bytes(fs::read(path)?.leak()).map_err(io::Error::other)?;
    let words: Vec<_> = args.collect();
    for pair in words.windows(2) {
        eprintln!("{} {} {:.2}", pair[0], pair[1], vectors.alike(&pair[0], &pair[1]));
    }
    let known: Vec<_> = words.iter().filter_map(|w| vectors.word(w)).collect();
    let Some(last) = known.len().checked_sub(1) else { return Ok(()) };
    let begin = Instant::now();
    for _ in 0..10_000 {
        for word in &words {
            let _ = black_box(vectors.word(word));
        }
    }
    let per_word = begin.elapsed() / (10_000 * words.len() as u32);
    let mut bag = WeightedWords::default();
    (0..WORDS).for_each(|k| bag.push(known[k % (last + 1)], 3));
    let bags = vec![bag; SENTENCES];
    let begin = Instant::now();
    for a in &bags {
        for b in &bags {
            let _ = black_box(a.maxsim(b));
        }
    }
    let pairs = (SENTENCES * SENTENCES) as f64 / begin.elapsed().as_secs_f64();
    eprintln!("{per_word:?} a word; {pairs:.0} pairs/s of sentences of {WORDS} words");
    Ok(())
}
