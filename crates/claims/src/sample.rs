//! Documents for tests: `form/lemma/UPOS/deprel/head` words, a line a sentence, so that a rule is tested on a parse
//! that is known and not on what the model of the day makes of it.

use sayso_types::{
    Deprel, Doc, EntityKind, Feats, Form, Gender, Lang, LocalEntity, Mention, MentionIx, Origin, Quote,
    Report, ReportId, Sentence, Span, Token, TokenIx, Upos,
};

/// Reads words as `form/lemma/UPOS/deprel/head` with an optional `/Feature=Value|…`; heads count from 1 in their
/// sentence, 0 is the root. A `_` for the lemma repeats the form. A blank line begins a new paragraph.
pub(crate) fn doc(parsed: &str) -> Doc {
    let mut text = String::new();
    let (mut tokens, mut sentences, mut paragraph) = (Vec::new(), Vec::new(), 0);
    for line in parsed.lines().map(str::trim) {
        if line.is_empty() {
            paragraph += u32::from(!tokens.is_empty());
            continue;
        }
        let base = tokens.len() as TokenIx;
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len() as u32;
        for (k, word) in line.split_whitespace().enumerate() {
            let token = token(word, base, base + k as TokenIx, &mut text);
            tokens.push(token);
        }
        sentences.push(Sentence {
            span: Span::new(start, text.len() as u32),
            first: base,
            end: tokens.len() as TokenIx,
            paragraph,
        });
    }
    let quotes = quotes(&text);
    let (mentions, entities) = names(&tokens, &text);
    let report = Report {
        id: ReportId::of(&["sample"]),
        origin: Origin::default(),
        outlet: Some("Harbour Echo".to_owned()),
        title: String::new(),
        authors: Vec::new(),
        published: None,
        published_basis: None,
        language: Lang::new("en"),
        text,
        furniture: Vec::new(),
        warnings: Vec::new(),
    };
    let (times, quantities, warnings) = (Vec::new(), Vec::new(), Vec::new());
    Doc { report, sentences, tokens, mentions, entities, times, quantities, quotes, warnings }
}

fn token(word: &str, base: TokenIx, at: TokenIx, text: &mut String) -> Token {
    let fields: Vec<&str> = word.split('/').collect();
    let [form, lemma, upos, deprel, head, feats @ ..] = &fields[..] else { panic!("not a word: {word}") };
    let glued = text.ends_with(['“', '(']) || form.starts_with([',', '.', '”', '?', '\'', ')']);
    if !(glued || text.is_empty() || text.ends_with(' ')) {
        text.push(' ');
    }
    let start = text.len() as u32;
    text.push_str(form);
    let head: TokenIx = head.parse().unwrap();
    Token {
        span: Span::new(start, text.len() as u32),
        form: (*form).into(),
        lemma: if *lemma == "_" { form.to_lowercase().into() } else { (*lemma).into() },
        upos: Upos::from_label(upos).unwrap(),
        xpos: "".into(),
        feats: Feats::new(feats.first().unwrap_or(&"_")),
        head: if head == 0 { at } else { base + head - 1 },
        deprel: Deprel::parse(deprel),
        multiword: None,
    }
}

/// What stands between “ and ”.
fn quotes(text: &str) -> Vec<Quote> {
    let opens = text.match_indices('“').map(|(i, m)| i + m.len());
    let one = |start: usize| {
        let end = text[start..].find('”').map_or(text.len(), |k| start + k);
        Quote { span: Span::new(start as u32, end as u32), marked: true, speaker: None, cue: None }
    };
    opens.map(one).collect()
}

/// Proper nouns, each a person of its own name, or with the feature `Kind=place` a place, `Kind=body` a body.
fn names(tokens: &[Token], text: &str) -> (Vec<Mention>, Vec<LocalEntity>) {
    let (mut mentions, mut entities) = (Vec::new(), Vec::<LocalEntity>::new());
    for (t, token) in tokens.iter().enumerate().filter(|(_, t)| t.upos == Upos::Propn) {
        let (t, name) = (t as TokenIx, token.span.of(text));
        let known = entities.iter().position(|e| e.name == name);
        let entity = known.unwrap_or(entities.len());
        if known.is_none() {
            let (kind, gender) = (kind(token), Gender::Unknown);
            entities.push(LocalEntity {
                kind,
                name: name.to_owned(),
                aliases: vec![],
                gender,
                mentions: vec![],
            });
        }
        entities[entity].mentions.push(mentions.len() as MentionIx);
        mentions.push(Mention {
            span: token.span,
            first: t,
            end: t + 1,
            head: t,
            kind: kind(token),
            form: Form::Name,
            name: Some(token.span),
            entity: entity as u32,
        });
    }
    (mentions, entities)
}

fn kind(token: &Token) -> EntityKind {
    match token.feats.value("Kind") {
        Some("place") => EntityKind::Place,
        Some("body") => EntityKind::Organization,
        Some("other") => EntityKind::Other,
        _ => EntityKind::Person,
    }
}
