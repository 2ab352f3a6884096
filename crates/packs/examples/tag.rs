//! Tags and parses the words of a CoNLL-U file anew, to score a weights file by itself or to time it.
//!
//! ```text
//! cargo run --release -p sayso-packs --example tag -- packs/en/weights.bin packs/en/vectors.bin < gold.conllu > system.conllu
//! ```
//! How many words a second the model did goes to standard error.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use sayso_packs::{Model, ModelScratch};
use std::io::{Read, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (weights, vectors) =
        (args.next().ok_or("which weights file?")?, args.next().ok_or("which vectors file?")?);
    let begin = Instant::now();
    let model = Model::from_bytes(&weights, &std::fs::read(&weights)?, &std::fs::read(&vectors)?)?;
    eprintln!("loaded in {:?}", begin.elapsed());
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let blocks: Vec<Vec<Vec<&str>>> = text
        .split("\n\n")
        .map(|block| {
            let rows = block.lines().filter(|l| !l.is_empty()).map(|l| l.split('\t').collect::<Vec<_>>());
            rows.collect()
        })
        .collect();
    let is_word = |row: &&Vec<&str>| row[0].bytes().all(|b| b.is_ascii_digit());
    let sentences: Vec<Vec<&str>> =
        blocks.iter().map(|rows| rows.iter().filter(is_word).map(|r| r[1]).collect()).collect();
    let sentences: Vec<&[&str]> = sentences.iter().map(Vec::as_slice).collect();
    let begin = Instant::now();
    let mut scratch = ModelScratch::default();
    let mut found = Vec::with_capacity(sentences.len());
    for part in sentences.chunks(24) {
        found.extend(model.analyse(part, &mut scratch));
    }
    let words: usize = sentences.iter().map(|s| s.len()).sum();
    eprintln!("{words} words, {:.0} a second", words as f64 / begin.elapsed().as_secs_f64());

    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (rows, analysis) in blocks.iter().zip(found) {
        let mut k = 0;
        for row in rows {
            if !is_word(&row) {
                writeln!(out, "{}", row.join("\t"))?;
                continue;
            }
            let word = analysis.words[k];
            let tag = &model.tags()[usize::from(word.tag)];
            let head = if word.head as usize == k { 0 } else { word.head + 1 };
            let name = analysis.names.iter().find(|(range, _)| range.contains(&k)).map_or_else(
                || "_".to_owned(),
                |(range, kind)| {
                    format!("NE={}-{kind:?}", if range.start == k { "B" } else { "I" }).to_lowercase()
                },
            );
            let (id, form, lemma) = (row[0], row[1], row[2]);
            let (upos, xpos, feats) = (tag.upos.label(), &tag.xpos, &tag.feats);
            writeln!(
                out,
                "{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{}\t_\t{name}",
                word.deprel
            )?;
            k += 1;
        }
        writeln!(out)?;
    }
    Ok(())
}
