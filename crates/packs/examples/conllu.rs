//! Plain text to CoNLL-U by a pack's segmenter and model alone, to score them from raw text.
//!
//! ```text
//! cargo run --release -p sayso-packs --example conllu -- packs/en < text.txt > system.conllu
//! ```
//! How many words a second were segmented and parsed goes to standard error. Lemmas are left out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use sayso_packs::{Model, ModelScratch, Segmenter};
use std::io::{Read, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).ok_or("which pack's folder?")?);
    let read = |name: &str| std::fs::read(folder.join(name));
    let segmenter = Segmenter::new(&String::from_utf8(read("segment.toml")?)?, &read("segment.bin")?)?;
    let model = Model::from_bytes("weights.bin", &read("weights.bin")?, &read("vectors.bin")?)?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let begin = Instant::now();
    let found = segmenter.segment(&text);
    let between = begin.elapsed();
    let forms: Vec<&str> = found.words.iter().map(|w| segmenter.form(&text, w)).collect();
    let sentences: Vec<&[&str]> =
        found.sentences.iter().map(|s| &forms[s.first as usize..s.end as usize]).collect();
    let mut scratch = ModelScratch::default();
    let analyses: Vec<_> = sentences.chunks(24).flat_map(|part| model.analyse(part, &mut scratch)).collect();
    let rate = |time: f64| forms.len() as f64 / time;
    let (all, before) = (begin.elapsed().as_secs_f64(), between.as_secs_f64());
    eprintln!(
        "{} words; a second: {:.0} segmented, {:.0} parsed, {:.0} both",
        forms.len(),
        rate(before),
        rate(all - before),
        rate(all)
    );

    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut paragraph = None;
    for (sentence, analysis) in found.sentences.iter().zip(analyses) {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            writeln!(out, "# newpar")?;
        }
        writeln!(
            out,
            "# text = {}",
            text[sentence.span.range()].split_whitespace().collect::<Vec<_>>().join(" ")
        )?;
        let words = &found.words[sentence.first as usize..sentence.end as usize];
        for (k, (place, word)) in words.iter().zip(&analysis.words).enumerate() {
            let end = words[k..]
                .iter()
                .take_while(|w| w.multiword.is_some() && w.multiword == place.multiword)
                .count();
            let starts = k == 0 || words[k - 1].multiword != place.multiword;
            let last = words[(k + end).saturating_sub(1).max(k)].span.end;
            let spaced = |at: u32| text[at as usize..].chars().next().is_none_or(char::is_whitespace);
            if end > 1 && starts {
                let form = &text[place.span.start as usize..last as usize];
                let misc = if spaced(last) { "_" } else { "SpaceAfter=No" };
                writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", k + 1, k + end)?;
            }
            let tag = &model.tags()[usize::from(word.tag)];
            let head = if word.head as usize == k { 0 } else { word.head + 1 };
            let name = analysis.names.iter().find(|(range, _)| range.contains(&k)).map(|(range, kind)| {
                format!(
                    "NE={}-{}",
                    if range.start == k { "B" } else { "I" },
                    format!("{kind:?}").to_lowercase()
                )
            });
            let space =
                (place.multiword.is_none() && !spaced(place.span.end)).then(|| "SpaceAfter=No".to_owned());
            let misc: Vec<String> = name.into_iter().chain(space).collect();
            let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
            let (form, upos) = (segmenter.form(&text, place), tag.upos.label());
            let (xpos, feats, deprel) = (&tag.xpos, &tag.feats, word.deprel);
            writeln!(out, "{}\t{form}\t_\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t{misc}", k + 1)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
