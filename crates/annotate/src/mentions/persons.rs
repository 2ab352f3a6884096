//! "I", "we" and "you": whom they mean is known only once quotations have their speakers.
//!
//! In a quotation "I" is its speaker. Everything else is one thing each: the author, those whom the author counts
//! himself among, the reader; and likewise for each speaker.

use sayso_packs::{Pack, Pronoun};
use sayso_types::{Doc, EntityIx, EntityKind, Form, Gender, LocalEntity, Mention, MentionIx, TokenIx, Upos};
use std::collections::BTreeMap;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    Author,
    Speaker(EntityIx),
    /// Of the quotation of this number, whose speaker is not known.
    Unknown(usize),
}

/// Adds the mentions by these pronouns, and the things of those that mean nobody who was mentioned.
pub(crate) fn add(doc: &mut Doc, pack: &Pack) {
    let mut things = BTreeMap::<(Voice, u8), Vec<TokenIx>>::new();
    for at in 0..doc.tokens.len() as TokenIx {
        if let Some(key) = meant(doc, pack, at) {
            things.entry(key).or_default().push(at);
        }
    }
    let mut fresh = Vec::new();
    for ((voice, person), tokens) in things {
        let entity = match voice {
            Voice::Speaker(entity) if person == 0 => entity,
            _ if tokens.len() > 1 => {
                doc.entities.push(thing(doc.tokens[tokens[0] as usize].form.to_string()));
                doc.entities.len() as EntityIx - 1
            }
            _ => continue,
        };
        fresh.extend(tokens.into_iter().map(|t| mention(doc, t, entity)));
    }
    if !fresh.is_empty() {
        merge(doc, fresh);
    }
}

/// Whose voice it stands in, and which person it is.
fn meant(doc: &Doc, pack: &Pack, at: TokenIx) -> Option<(Voice, u8)> {
    let word = &doc.tokens[at as usize];
    if word.upos != Upos::Pron {
        return None;
    }
    let person = match pack.names.pronoun(&word.form)? {
        Pronoun::First => 0,
        Pronoun::Ours => 1,
        Pronoun::Second => 2,
        _ => return None,
    };
    let quote = doc.quotes.iter().position(|q| q.span.contains(word.span));
    let voice = match quote {
        None => Voice::Author,
        Some(quote) => match doc.quotes[quote].speaker.and_then(|m| doc.mentions.get(m as usize)) {
            Some(speaker) => Voice::Speaker(speaker.entity),
            None => Voice::Unknown(quote),
        },
    };
    Some((voice, person))
}

fn thing(name: String) -> LocalEntity {
    LocalEntity {
        kind: EntityKind::Person,
        name,
        aliases: Vec::new(),
        gender: Gender::Unknown,
        mentions: Vec::new(),
    }
}

fn mention(doc: &Doc, token: TokenIx, entity: EntityIx) -> Mention {
    Mention {
        span: doc.tokens[token as usize].span,
        first: token,
        end: token + 1,
        head: token,
        kind: doc.entities[entity as usize].kind,
        form: Form::Pronoun,
        name: None,
        entity,
    }
}

/// Puts mentions where they belong in the order of the text, and renumbers what points to mentions.
fn merge(doc: &mut Doc, fresh: Vec<Mention>) {
    let mut all: Vec<(Option<MentionIx>, Mention)> =
        (0..).map(Some).zip(std::mem::take(&mut doc.mentions)).collect();
    all.extend(fresh.into_iter().map(|m| (None, m)));
    all.sort_by_key(|(_, m)| (m.span.start, u32::MAX - m.span.end));
    let number: BTreeMap<MentionIx, MentionIx> =
        (0..).zip(&all).filter_map(|(new, (old, _))| Some(((*old)?, new))).collect();
    for quote in &mut doc.quotes {
        quote.speaker = quote.speaker.and_then(|m| number.get(&m).copied());
    }
    doc.mentions = all.into_iter().map(|(_, m)| m).collect();
    doc.entities.iter_mut().for_each(|e| e.mentions.clear());
    for (at, mention) in (0..).zip(&doc.mentions) {
        doc.entities[mention.entity as usize].mentions.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::sketch;
    use sayso_types::{Quote, Span};

    /// Each thing's mentions; the quotation is the second sentence, its speaker the first mention.
    fn check(text: &str, expected: &[&[&str]]) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let (mut doc, raw) = sketch(text);
        (doc.mentions, doc.entities) = super::super::find(&doc, &raw, &pack);
        let span = doc.sentences.get(1).map_or(Span::new(0, 0), |s| s.span);
        doc.quotes = vec![Quote { span, marked: true, speaker: Some(0), cue: None }];
        add(&mut doc, &pack);
        let words = |m: &u32| doc.mentions[*m as usize].span.of(doc.text());
        let found: Vec<Vec<&str>> =
            doc.entities.iter().map(|e| e.mentions.iter().map(words).collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn speakers_and_authors() {
        check(
            "Anna/Anna/PROPN/3/nsubj/B-person Berg/Berg/PROPN/1/flat/I-person spoke/speak/VERB/0/root
            I/I/PRON/2/nsubj left/leave/VERB/0/root my/my/PRON/4/nmod:poss hat/hat/NOUN/2/obj
            I/I/PRON/2/nsubj heard/hear/VERB/0/root rain/rain/NOUN/2/obj and/and/CCONJ/6/cc I/I/PRON/6/nsubj laughed/laugh/VERB/2/conj",
            &[&["Anna Berg", "I", "my"], &["I", "I"]],
        );
    }
}
