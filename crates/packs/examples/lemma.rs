//! Fills in the lemmas of a CoNLL-U file whose tags are given, for scoring.
//!
//!     lemma LEMMA.txt < GOLD.conllu > OUT.conllu

use sayso_packs::Lemmatizer;
use sayso_types::Upos;
use std::io::{self, Read as _, Write as _};
use std::{env, fs};

fn main() -> io::Result<()> {
    let path = env::args().nth(1).ok_or_else(|| io::Error::other("usage: lemma LEMMA.txt"))?;
    let lemmas = Lemmatizer::new(fs::read_to_string(path)?.leak()).map_err(io::Error::other)?;
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut out = String::new();
    for line in text.lines() {
        let mut cells: Vec<&str> = line.split('\t').collect();
        let lemma;
        if let [_, form, _, upos, xpos, ..] = cells[..]
            && let Some(upos) = Upos::from_label(upos)
        {
            lemma = lemmas.lemma(form, upos, xpos);
            cells[2] = &lemma;
        }
        out += &cells.join("\t");
        out.push('\n');
    }
    io::stdout().write_all(out.as_bytes())
}
