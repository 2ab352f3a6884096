//! Where source, cue and content begin and end, as the guidelines of PolNeAR have it: the verb's whole group is the cue,
//! an adposition that ties it to the content included; a relative pronoun stands for itself.

use crate::found::Found;
use crate::sources::Sources;
use sayso_types::{Rel, Source, Span, TokenIx, Upos};

/// The source by the words that stand in the clause: "which", where the report says "N, which said".
pub(crate) fn source(s: &Sources, f: &Found) -> Option<Source> {
    let tree = s.tree;
    let whole = f.source.clone()?;
    let mut v = f.verb;
    while matches!(tree.rel(v), Rel::Xcomp | Rel::Conj) && !has_subject(s, v) {
        match tree.head(v) {
            Some(h) => v = h,
            None => break,
        }
    }
    let pronoun = tree.kids(v).iter().copied().find(|&k| tree.rel(k) == Rel::Nsubj).filter(|&k| {
        k != whole.head
            && tree.subject(v) == Some(whole.head)
            && tree.tok(k).feats.value("PronType") == Some("Rel")
    });
    Some(Source { span: pronoun.map_or(whole.span, |k| tree.tok(k).span), ..whole })
}

fn has_subject(s: &Sources, v: TokenIx) -> bool {
    s.tree.kid(v, Rel::Nsubj).is_some()
}

/// The cue as one run of words, and the content without what the run takes of it.
pub(crate) fn cue_and_content(s: &Sources, f: &Found) -> (Option<Span>, Vec<TokenIx>) {
    let tree = s.tree;
    let Some(&main) = f.cue.first() else { return (None, f.content.clone()) };
    let here = &tree.doc.sentences[tree.doc.sentence_of(main)];
    let own = f.source.as_ref().map(|x| tree.doc.tokens_in(x.span));
    let free = |t: TokenIx| !f.says(t) && !own.as_ref().is_some_and(|o| o.contains(&t));
    let (mut first, mut last) = (main, main);
    let group = |t: TokenIx, of: TokenIx| tree.head(t) == Some(of) && belongs(s, t);
    // "declined to say", "tried to convince": what governs the cue brings it about.
    let mut top = main;
    while let Some(h) = tree.head(top).filter(|&h| tree.rel(top) == Rel::Xcomp && h < top && free(h)) {
        if (h + 1..first).any(|t| !(free(t) && (tree.head(t) == Some(top) || tree.head(t) == Some(h)))) {
            break;
        }
        (top, first) = (h, h);
    }
    while first > here.first {
        let t = first - 1;
        if !free(t) || !(f.cue.contains(&t) || group(t, main) || group(t, top)) {
            break;
        }
        first = t;
    }
    while last + 1 < here.end {
        let t = last + 1;
        let colon = tree.tok(t).form == ":" && f.content.iter().any(|&c| c > t);
        if !(free(t) && (f.cue.contains(&t) || group(t, main)) || colon) {
            break;
        }
        last = t;
    }
    // "called for peace": the adposition belongs to the cue.
    let mut content = f.content.clone();
    let next = last + 1;
    if f.says(next) && ties(s, next) && content.iter().any(|&c| c > next) && !f.says(last) {
        content.retain(|&c| c != next);
        last = next;
    }
    (Some(tree.tok(first).span.cover(tree.tok(last).span)), content)
}

/// Auxiliaries, negation, adverbs and particles.
fn belongs(s: &Sources, t: TokenIx) -> bool {
    let particle = s.tree.rel(t) == Rel::Compound && s.tree.upos(t) != Upos::Noun;
    particle
        || matches!(s.tree.rel(t), Rel::Aux | Rel::Cop)
        || s.tree.rel(t) == Rel::Advmod && s.tree.kids(t).is_empty()
}

/// An adposition before what is said, but not "to" before a verb.
fn ties(s: &Sources, t: TokenIx) -> bool {
    let mark = s.tree.rel(t) == Rel::Mark && s.cues.topics.iter().any(|w| w == s.tree.lemma(t));
    s.tree.upos(t) == Upos::Adp && (s.tree.rel(t) == Rel::Case || mark)
}
