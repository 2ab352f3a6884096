//! Raw text to CoNLL-U with nothing but segmentation in it, for scoring; on standard error how fast that was.
//!
//!     segment PACK < RAW > OUT.conllu           PACK: a pack's folder
//!
//! It reads the pack's files itself, so that new weights can be scored without compiling.

#![expect(clippy::print_stderr, reason = "a command-line tool")]

use sayso_packs::Segmenter;
use sayso_types::Span;
use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let pack = env::args().nth(1).ok_or_else(|| io::Error::other("usage: segment PACK"))?;
    let lexicon = fs::read_to_string(Path::new(&pack).join("segment.toml"))?;
    let weights = fs::read(Path::new(&pack).join("segment.bin"))?;
    let segmenter = Segmenter::new(&lexicon, &weights).map_err(io::Error::other)?;
    let begin = Instant::now();
    let out = segmenter.segment(&text);
    let seconds = begin.elapsed().as_secs_f64();
    eprintln!("{} words, {:.0} words/s", out.words.len(), out.words.len() as f64 / seconds);
    let mut lines = String::new();
    for sentence in &out.sentences {
        let words = &out.words[sentence.first as usize..sentence.end as usize];
        for (k, word) in words.iter().enumerate() {
            let next = |m: &usize| words.get(*m).is_some_and(|w| w.multiword == word.multiword);
            let first = word.multiword.is_some() && (k == 0 || words[k - 1].multiword != word.multiword);
            if first {
                let last = (k..).take_while(next).last().unwrap_or(k);
                let form = Span::new(word.span.start, words[last].span.end).of(&text);
                let _ = writeln!(lines, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_", k + 1, last + 1);
            }
            let (head, label) = if k == 0 { (0, "root") } else { (1, "dep") };
            let form = segmenter.form(&text, word);
            let _ = writeln!(lines, "{}\t{form}\t_\t_\t_\t_\t{head}\t{label}\t_\t_", k + 1);
        }
        lines.push('\n');
    }
    io::stdout().write_all(lines.as_bytes())
}
