//! A report's language, as `annotate` writes it: JSON lines and CoNLL-U.

use super::report::{Warn, warnings};
use crate::words;
use sayso_types::{
    Analysis, Attribution as Said, Bound, CodePoints, Dimension, Doc, EntityIx, EntityKind, Factuality, Form,
    MentionIx, Plover, Polarity, Span, TimeType, Token, TokenIx,
};
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Wire<'a> {
    id: &'a str,
    file: Option<&'a str>,
    language: &'a str,
    text: &'a str,
    sentences: Vec<Place>,
    tokens: Vec<Word<'a>>,
    mentions: Vec<Mention>,
    times: Vec<Time<'a>>,
    quantities: Vec<Quantity<'a>>,
    quotes: Vec<Quote>,
    attributions: Vec<Attribution>,
    assertions: Vec<Assertion>,
    warnings: Vec<Warn<'a>>,
}

#[derive(Serialize)]
struct Place {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Word<'a> {
    start: u32,
    end: u32,
    form: &'a str,
    lemma: &'a str,
    upos: &'static str,
    xpos: &'a str,
    feats: String,
    head: i64,
    deprel: String,
}

#[derive(Serialize)]
struct Mention {
    start: u32,
    end: u32,
    kind: EntityKind,
    entity: u32,
    form: Form,
}

#[derive(Serialize)]
struct Time<'a> {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: TimeType,
    value: &'a str,
    edtf: Option<String>,
}

#[derive(Serialize)]
struct Quantity<'a> {
    start: u32,
    end: u32,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    dimension: Dimension,
    unit: &'a str,
    of: &'a str,
    bound: Bound,
}

#[derive(Serialize)]
struct Quote {
    start: u32,
    end: u32,
    marked: bool,
    speaker: Option<Place>,
}

#[derive(Serialize)]
struct Attribution {
    source: Option<Place>,
    cue: Option<Place>,
    content: Vec<Place>,
    stance: &'static str,
    /// Those that stand in what is said here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nested: Vec<Attribution>,
}

#[derive(Serialize)]
struct Assertion {
    start: u32,
    end: u32,
    predicate: Place,
    stance: &'static str,
    polarity: Polarity,
    factuality: Factuality,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
}

/// What a political actor does to another, each with all its mentions.
#[derive(Serialize)]
struct Event {
    plover: Plover,
    cameo: String,
    source: Vec<Place>,
    target: Vec<Place>,
}

/// The line of `annotate --format jsonl`, without its line break.
///
/// # Errors
/// Never for an analysis made by this program; serialisation reports them all the same.
pub fn annotation(analysis: &Analysis) -> serde_json::Result<String> {
    let (doc, text) = (&analysis.doc, analysis.doc.text());
    let at = CodePoints::of(text);
    let place = |span: Span| {
        let (start, end) = at.span(span);
        Place { start, end }
    };
    let speaker = |m: MentionIx| doc.mentions.get(m as usize).map(|m| place(m.span));
    let mentions = |entity: Option<EntityIx>| {
        let of = entity.and_then(|e| doc.entities.get(e as usize)).map_or(&[][..], |e| &e.mentions);
        of.iter().filter_map(|&m| doc.mentions.get(m as usize)).map(|m| place(m.span)).collect()
    };
    let finite = |v: f64| v.is_finite().then_some(v);
    let mut warned = warnings(&doc.report.warnings, text, &at);
    warned.extend(warnings(&doc.warnings, text, &at));
    serde_json::to_string(&Wire {
        id: doc.report.id.as_str(),
        file: doc.report.origin.file.as_deref(),
        language: doc.report.language.as_str(),
        text,
        sentences: doc.sentences.iter().map(|s| place(s.span)).collect(),
        tokens: (0..).zip(&doc.tokens).map(|(n, t)| word(n, t, &at)).collect(),
        mentions: (doc.mentions.iter())
            .map(|m| {
                // A name without the titles and descriptions before it, as sets of named entities have it.
                let (start, end) = at.span(m.name.filter(|_| m.form == Form::Name).unwrap_or(m.span));
                Mention { start, end, kind: m.kind, entity: m.entity, form: m.form }
            })
            .collect(),
        times: (doc.times.iter())
            .map(|t| {
                let (start, end) = at.span(t.span);
                Time { start, end, kind: t.kind, value: &t.value, edtf: t.edtf.map(|e| e.to_string()) }
            })
            .collect(),
        quantities: (doc.quantities.iter())
            .map(|q| {
                let (start, end) = at.span(q.span);
                let (low, high) = (finite(q.low), finite(q.high));
                let (value, dimension, bound) = (q.value, q.dimension, q.bound);
                Quantity { start, end, value, low, high, dimension, unit: &q.unit, of: &q.of, bound }
            })
            .collect(),
        quotes: (doc.quotes.iter())
            .map(|q| {
                let (start, end) = at.span(q.span);
                Quote { start, end, marked: q.marked, speaker: q.speaker.and_then(speaker) }
            })
            .collect(),
        attributions: attributions(&analysis.statements.attributions, None, &place),
        assertions: (analysis.statements.assertions.iter())
            .filter_map(|a| {
                let (start, end) = at.span(a.span);
                let predicate = place(doc.tokens.get(a.proposition.predicate as usize)?.span);
                let (polarity, factuality) = (a.proposition.polarity, a.proposition.factuality);
                Some(Assertion {
                    start,
                    end,
                    predicate,
                    stance: a.stance.name(),
                    polarity,
                    factuality,
                    event: a.event.map(|e| Event {
                        plover: e.deed.plover,
                        cameo: format!("{:02}", e.deed.cameo),
                        source: mentions(Some(e.source)),
                        target: mentions(e.target),
                    }),
                })
            })
            .collect(),
        warnings: warned,
    })
}

/// Those that stand in what the attribution `within` brings, or the outermost.
fn attributions(all: &[Said], within: Option<u32>, place: &impl Fn(Span) -> Place) -> Vec<Attribution> {
    let own = all.iter().zip(0..).filter(|(a, _)| a.within == within);
    own.map(|(a, n)| Attribution {
        source: a.source.as_ref().map(|s| place(s.span)),
        cue: a.cue.map(place),
        content: a.content.iter().map(|&c| place(c)).collect(),
        stance: a.stance.name(),
        nested: attributions(all, Some(n), place),
    })
    .collect()
}

fn word<'a>(number: TokenIx, token: &'a Token, at: &CodePoints) -> Word<'a> {
    let (start, end) = at.span(token.span);
    Word {
        start,
        end,
        form: &token.form,
        lemma: &token.lemma,
        upos: token.upos.label(),
        xpos: &token.xpos,
        feats: token.feats.to_string(),
        head: if token.head == number { -1 } else { i64::from(token.head) },
        deprel: token.deprel.to_string(),
    }
}

/// The report as CoNLL-U (<https://universaldependencies.org/format.html>), names in MISC as `NE=B-person`.
pub fn conllu(analysis: &Analysis) -> String {
    let doc = &analysis.doc;
    let mut out = format!("# newdoc id = {}\n", doc.report.id);
    let names = names(doc);
    let mut paragraph = None;
    for (number, sentence) in doc.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
        }
        let _ = writeln!(out, "# sent_id = {}-{}", doc.report.id, number + 1);
        let _ = writeln!(out, "# text = {}", words::folded(sentence.span.of(doc.text())));
        for t in sentence.first..sentence.end {
            row(&mut out, doc, sentence.first, t, &names[t as usize]);
        }
        out.push('\n');
    }
    out
}

fn row(out: &mut String, doc: &Doc, first: TokenIx, t: TokenIx, name: &str) {
    let token = &doc.tokens[t as usize];
    let of_same = |other: &Token| token.multiword.is_some() && other.multiword == token.multiword;
    let begins = t == first || !of_same(&doc.tokens[t as usize - 1]);
    let last = (t..).take_while(|&i| doc.tokens.get(i as usize).is_some_and(of_same)).last();
    let glued = |end: u32| doc.text()[end as usize..].chars().next().is_some_and(|c| !c.is_whitespace());
    if let (true, Some(last)) = (begins, last) {
        let span = token.span.cover(doc.tokens[last as usize].span);
        let (a, b) = (t - first + 1, last - first + 1);
        let misc = if glued(span.end) { "SpaceAfter=No" } else { "_" };
        let _ = writeln!(out, "{a}-{b}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", span.of(doc.text()));
    }
    let head = if token.head == t { 0 } else { token.head - first + 1 };
    let mut misc = Vec::new();
    if !name.is_empty() {
        misc.push(format!("NE={name}"));
    }
    if token.multiword.is_none() && glued(token.span.end) {
        misc.push("SpaceAfter=No".to_owned());
    }
    let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{misc}",
        t - first + 1,
        token.form,
        token.lemma,
        token.upos.label(),
        if token.xpos.is_empty() { "_" } else { &token.xpos },
        token.feats,
        token.deprel,
    );
}

/// For each token its `B-person`, `I-person` or nothing; of nested names the longest stands.
fn names(doc: &Doc) -> Vec<String> {
    let mut out = vec![String::new(); doc.tokens.len()];
    for m in doc.mentions.iter().filter(|m| m.form == Form::Name) {
        let span = m.name.unwrap_or(m.span);
        let tokens = doc.tokens_in(span);
        if tokens.clone().any(|t| !out[t as usize].is_empty()) {
            continue;
        }
        let kind = kind(m.kind);
        for (n, t) in tokens.enumerate() {
            out[t as usize] = format!("{}-{kind}", if n == 0 { "B" } else { "I" });
        }
    }
    out
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Product => "product",
        EntityKind::Event => "event",
        EntityKind::Other => "other",
    }
}
