//! Documents for tests, written down as plain text or as CoNLL-U.

use crate::parse::RawName;
use sayso_types::{
    Basis, Deprel, Doc, EntityKind, Feats, Lang, Origin, Report, ReportId, Sentence, Span, Token, TokenIx,
    Upos,
};

/// A document with its text only.
pub(crate) fn plain(text: &str) -> Doc {
    Doc::unread(report(text.to_owned()))
}

/// A document from CoNLL-U: paragraphs begin at `# newpar`; names come from `NE=B-person`, `NE=I-person` in MISC.
pub(crate) fn read(conllu: &str) -> (Doc, Vec<RawName>) {
    let mut doc = plain("");
    let (mut text, mut names) = (String::new(), Vec::<RawName>::new());
    let (mut base, mut paragraph, mut multiwords) = (0, 0, 0);
    // The multi-word token that is being read: its last word's number, its span, how much of it is used up.
    let mut whole: Option<(TokenIx, Span, u32)> = None;
    for line in conllu.lines().map(str::trim_end).chain([""]) {
        if line.starts_with("# newpar") && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
            paragraph += 1;
        }
        let cols: Vec<&str> = line.split('\t').collect();
        if let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = cols[..] {
            let space = !misc.contains("SpaceAfter=No");
            if let Some((first, last)) = id.split_once('-') {
                let span = push(&mut text, form, space);
                multiwords += 1;
                whole = Some((last.parse().unwrap(), span, 0));
                assert!(first.parse::<u32>().is_ok());
                continue;
            }
            let Ok(number) = id.parse::<TokenIx>() else { continue };
            let in_whole = whole.filter(|(last, ..)| number <= *last);
            let span = match in_whole {
                Some((last, span, used)) => {
                    let rest = Span::new(span.start + used, span.end);
                    let own = rest.of(&text).starts_with(form) || number == last;
                    let size = if number == last { rest.len() } else { form.len() as u32 };
                    whole = Some((last, span, used + if own { size } else { 0 }));
                    if own { Span::new(rest.start, rest.start + size) } else { span }
                }
                None => push(&mut text, form, space),
            };
            let at = doc.tokens.len() as TokenIx;
            let head: TokenIx = head.parse().unwrap();
            doc.tokens.push(Token {
                span,
                form: form.into(),
                lemma: lemma.into(),
                upos: Upos::from_label(upos).unwrap_or(Upos::X),
                xpos: xpos.into(),
                feats: Feats::new(feats),
                head: if head == 0 { at } else { base + head - 1 },
                deprel: Deprel::parse(deprel),
                multiword: in_whole.map(|_| multiwords),
            });
            match misc.split('|').find_map(|m| m.strip_prefix("NE=")?.split_once('-')) {
                Some(("B", kind)) => names.push(RawName { first: at, end: at + 1, kind: entity_kind(kind) }),
                Some(_) => names.last_mut().unwrap().end = at + 1,
                None => {}
            }
        } else if line.is_empty() && doc.tokens.len() as TokenIx > base {
            let end = doc.tokens.len() as TokenIx;
            let span = doc.tokens[base as usize].span.cover(doc.tokens[end as usize - 1].span);
            doc.sentences.push(Sentence { span, first: base, end, paragraph });
            base = end;
        }
    }
    doc.report = report(text.trim_end().to_owned());
    (doc, names)
}

/// A document from a sketch: a sentence a line, a paragraph after each empty line, a word as
/// `form/lemma/UPOS/head/deprel`, then a name's label (`B-person`, or `_`) and features where they matter.
pub(crate) fn sketch(lines: &str) -> (Doc, Vec<RawName>) {
    let mut out = String::new();
    for line in lines.lines().map(str::trim) {
        if line.is_empty() {
            out.push_str("# newpar\n");
            continue;
        }
        let words: Vec<Vec<&str>> = line.split(' ').map(|w| w.split('/').collect()).collect();
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).map_or("", |w| w[0]);
            let tight = matches!(next, "." | "," | "”" | ")" | "’s") || matches!(word[0], "“" | "(");
            let name = word.get(5).filter(|n| **n != "_").map_or(String::new(), |n| format!("NE={n}|"));
            let (feats, space) = (word.get(6).unwrap_or(&"_"), if tight { "SpaceAfter=No" } else { "_" });
            let row = [word[0], word[1], word[2], "_", feats, word[3], word[4], "_"].join("\t");
            out.push_str(&format!("{}\t{row}\t{name}{space}\n", at + 1));
        }
        out.push('\n');
    }
    read(&out)
}

fn push(text: &mut String, form: &str, space: bool) -> Span {
    let start = text.len() as u32;
    text.push_str(form);
    let span = Span::new(start, text.len() as u32);
    if space {
        text.push(' ');
    }
    span
}

fn entity_kind(name: &str) -> EntityKind {
    match name {
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organization,
        "place" => EntityKind::Place,
        "product" => EntityKind::Product,
        "event" => EntityKind::Event,
        _ => EntityKind::Other,
    }
}

fn report(text: String) -> Report {
    Report {
        id: ReportId::of(&[&text]),
        origin: Origin::default(),
        outlet: None,
        title: String::new(),
        authors: Vec::new(),
        published: None,
        published_basis: None::<Basis>,
        language: Lang::new("en"),
        text,
        furniture: Vec::new(),
        warnings: Vec::new(),
    }
}
