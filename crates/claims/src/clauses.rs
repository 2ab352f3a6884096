//! Which predicates of a sentence state something of their own, and which words belong to each.

use crate::attributions::Attributed;
use crate::found::Found;
use crate::sources::Sources;
use sayso_types::{Rel, Sentence, Span, Sub, TokenIx, Upos, VerbForm};

/// One clause that states something.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// Its predicate.
    pub predicate: TokenIx,
    /// Its words, other clauses left out, in text order.
    pub tokens: Vec<TokenIx>,
    /// The attribution whose cue this clause is, where what it says is no clause: "denied the claims".
    pub by: Option<usize>,
}

/// The clauses of one sentence, in text order of their predicates.
pub(crate) fn clauses(s: &Sources, a: &Attributed, sentence: &Sentence) -> Vec<Clause> {
    let tree = s.tree;
    let words = sentence.first..sentence.end;
    let cue_of = |t: TokenIx| a.found.iter().position(|f| f.verb == t);
    let mut heads: Vec<(TokenIx, Option<usize>)> = Vec::new();
    let in_cue = |t: TokenIx| a.found.iter().any(|f| f.clausal && f.verb != t && f.cue.contains(&t));
    // "accused Z of sinking it" is one statement, whose evidence is the whole of it.
    let laid = |t: TokenIx| {
        let top = |f: &Found| !tree.head(t).is_some_and(|h| f.says(h));
        a.found.iter().any(|f| !f.clausal && f.says(t) && (top(f) || !tree.finite(t)))
    };
    // "went on to say", "declined to tell": nothing but the cue's own clause.
    let brings_cue = |t: TokenIx| {
        tree.kids(t)
            .iter()
            .any(|&k| tree.rel(k) == Rel::Xcomp && a.found.iter().any(|f| f.clausal && f.verb == k))
    };
    let own = |t: TokenIx| states(s, t) && !in_cue(t) && !laid(t) && !brings_cue(t);
    for t in words.clone().filter(|&t| own(t)) {
        match cue_of(t) {
            // The cue of a clause says nothing but what that clause says.
            Some(k) if a.found[k].clausal => {}
            k => heads.push((t, k)),
        }
    }
    // What is attributed must be found somewhere, were it only a fragment: "Absurd," he said.
    for f in a.found.iter().filter(|f| f.clausal) {
        let inside = |t: &&TokenIx| words.contains(t);
        let Some(&first) = f.content.iter().find(inside) else { continue };
        if !f.content.iter().any(|t| heads.iter().any(|(h, _)| h == t)) {
            let top = f
                .content
                .iter()
                .filter(inside)
                .copied()
                .find(|&t| tree.upos(t) != Upos::Punct && !tree.head(t).is_some_and(|h| f.says(h)));
            heads.push((top.unwrap_or(first), None));
        }
    }
    // "his denial of it", "blames Z for it": what is attributed is a thing, and the cue heads its clause.
    for (k, f) in a.found.iter().enumerate().filter(|(_, f)| !f.clausal && words.contains(&f.verb)) {
        if !heads.iter().any(|(h, _)| *h == f.verb) {
            heads.push((f.verb, Some(k)));
        }
    }
    for top in leftovers(s, a, &words, &heads) {
        heads.push((top, None));
    }
    if heads.is_empty() {
        let root = words.clone().find(|&t| tree.head(t).is_none());
        let says = root.filter(|&r| words.clone().any(|t| tree.is_predicate(t)) && cue_of(r).is_none());
        heads.extend(says.map(|r| (r, None)));
    }
    heads.sort_unstable();
    heads.dedup_by_key(|h| h.0);
    let own: Vec<TokenIx> = heads.iter().map(|h| h.0).collect();
    heads
        .into_iter()
        .map(|(predicate, by)| Clause { predicate, tokens: tokens(s, a, predicate, by, &own), by })
        .collect()
}

/// Nouns that head what is said beside a clause: "Three were lost, X said, and with them a fourth."
fn leftovers(
    s: &Sources,
    a: &Attributed,
    words: &std::ops::Range<TokenIx>,
    heads: &[(TokenIx, Option<usize>)],
) -> Vec<TokenIx> {
    let tree = s.tree;
    let in_clause = |t: TokenIx| heads.iter().any(|&(h, _)| tree.is_below(t, h));
    let mut out = Vec::new();
    for f in a.found.iter().filter(|f| f.clausal) {
        let loose: Vec<TokenIx> = f
            .content
            .iter()
            .copied()
            .filter(|t| words.contains(t) && !in_clause(*t) && tree.part(*t) == tree.part(f.verb))
            .collect();
        if loose.iter().filter(|&&t| tree.upos(t).is_content()).count() >= WORDS_OF_FRAGMENT {
            let top = |t: &&TokenIx| {
                tree.upos(**t).is_nominal() && !tree.head(**t).is_some_and(|h| loose.contains(&h))
            };
            out.extend(loose.iter().find(top));
        }
    }
    out
}

/// Words of content that a piece needs to state something without a predicate.
const WORDS_OF_FRAGMENT: usize = 3;

/// The evidence: from the first to the last word of the clause, no longer than [`LONGEST`].
pub(crate) fn span(s: &Sources, a: &Attributed, clause: &Clause) -> Option<Span> {
    let own = words_span(s, clause)?;
    // "to rebuild it" says nothing without "Z promised" before it.
    let p = clause.predicate;
    let bare = !s.tree.finite(p) && s.tree.kid(p, Rel::Nsubj).is_none();
    let by = a
        .around(p)
        .last()
        .map(|&k| &a.found[k])
        .filter(|f| bare && s.tree.head(p) == Some(f.verb) && f.verb < p);
    // "Z is expected to rebuild it": nobody's word, but Z's deed.
    let before = |f: &Found| match &f.source {
        Some(x) => Some((x.head, x.span)),
        None => s.tree.subject(f.verb).map(|h| (h, s.span(h))),
    };
    let whole = by.and_then(before).filter(|(head, _)| *head < p).map(|(_, span)| span.cover(own));
    let here =
        |w: &Span| s.tree.doc.sentences[s.tree.doc.sentence_of(p)].span.contains(*w) && w.len() <= LONGEST;
    Some(whole.filter(here).unwrap_or(own))
}

fn words_span(s: &Sources, clause: &Clause) -> Option<Span> {
    let mut tokens = clause.tokens.as_slice();
    loop {
        let span = s.tree.cover(without_odd_mark(s, tokens))?;
        if span.len() <= LONGEST || tokens.len() < 2 {
            return Some(span);
        }
        // A sentence without end is a list: the words next to the predicate are kept.
        let (first, last) = (tokens[0], tokens[tokens.len() - 1]);
        tokens = if last.abs_diff(clause.predicate) >= clause.predicate.abs_diff(first) {
            &tokens[..tokens.len() - 1]
        } else {
            &tokens[1..]
        };
    }
}

/// Without a quotation mark at one end whose partner stands elsewhere.
fn without_odd_mark<'a>(s: &Sources, mut tokens: &'a [TokenIx]) -> &'a [TokenIx] {
    let odd = |t: &[TokenIx]| t.iter().filter(|&&t| s.tree.is_quote_mark(t)).count() % 2 == 1;
    while let [inner @ .., last] = tokens
        && s.tree.upos(*last) == Upos::Punct
        && !s.tree.is_quote_mark(*last)
        && !inner.is_empty()
    {
        tokens = inner;
    }
    match tokens {
        [first, rest @ ..] if s.tree.is_quote_mark(*first) && odd(tokens) => rest,
        [rest @ .., last] if s.tree.is_quote_mark(*last) && odd(tokens) => rest,
        _ => tokens,
    }
}

/// Longest evidence, in bytes.
pub(crate) const LONGEST: u32 = 600;

/// Whether the predicate states something of its own, rather than being a part of another predicate.
fn states(s: &Sources, t: TokenIx) -> bool {
    let tree = s.tree;
    if !tree.is_predicate(t) || matches!(tree.rel(t), Rel::Aux | Rel::Cop) {
        return false;
    }
    let verbal = tree.upos(t) == Upos::Verb;
    match tree.rel(t) {
        Rel::Amod
        | Rel::Compound
        | Rel::Case
        | Rel::Mark
        | Rel::Fixed
        | Rel::Flat
        | Rel::Nmod
        | Rel::Discourse => false,
        // "helped [them] do": a part of the governing clause, unless the governing verb has no object: see below.
        Rel::Xcomp => verbal && tree.head(t).is_some_and(|h| yields(s, h) == Some(t)),
        Rel::Acl if tree.deprel(t).sub != Sub::Relcl => {
            verbal && tree.kids(t).len() > 1 && tree.tok(t).feats.verb_form() != Some(VerbForm::Inf)
        }
        Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Iobj => tree.finite(t) || tree.kid(t, Rel::Cop).is_some(),
        // What something is done for is a part of what is done.
        Rel::Advcl if tree.tok(t).feats.verb_form() == Some(VerbForm::Inf) => false,
        _ => yields(s, t).is_none(),
    }
}

/// The infinitive or participle to which a verb without object leaves the word: "plans to sign", "began to rise".
fn yields(s: &Sources, v: TokenIx) -> Option<TokenIx> {
    let tree = s.tree;
    let object = tree.kid(v, Rel::Obj).is_some() || tree.kid(v, Rel::Iobj).is_some();
    let cue = !s.cues.verb(tree.lemma(v)).is_empty();
    let verb =
        |&k: &TokenIx| tree.rel(k) == Rel::Xcomp && (tree.upos(k) == Upos::Verb || has_infinitive(s, k));
    tree.kids(v).iter().copied().find(verb).filter(|_| !object || cue)
}

fn has_infinitive(s: &Sources, t: TokenIx) -> bool {
    s.tree
        .kids(t)
        .iter()
        .any(|&k| s.tree.rel(k) == Rel::Cop && s.tree.tok(k).feats.verb_form() == Some(VerbForm::Inf))
}

/// The words at or below the predicate that belong to no other clause and to no attributing phrase.
fn tokens(s: &Sources, a: &Attributed, p: TokenIx, by: Option<usize>, own: &[TokenIx]) -> Vec<TokenIx> {
    let tree = s.tree;
    let around = a.around(p);
    // The predicate may be an infinitive: what hangs on the verbs above it is said of it, too.
    let mut top = p;
    while tree.rel(top) == Rel::Xcomp {
        match tree.head(top) {
            Some(h) if !own.contains(&h) && around.last().is_none_or(|&k| a.found[k].says(h)) => top = h,
            _ => break,
        }
    }
    // The cue of what is said here or beside, and a source that takes no part in this clause.
    let cued = |t: TokenIx| {
        a.found.iter().enumerate().any(|(k, f)| {
            let source = || f.source.as_ref().is_some_and(|x| x.head == t);
            let apart = || {
                tree.head(t).is_none_or(|h| f.cue.contains(&h))
                    || tree.kids(t).iter().any(|k| f.cue.contains(k))
            };
            Some(k) != by && f.clausal && (f.cue.contains(&t) || source() && apart())
        })
    };
    let leave =
        |t: TokenIx| t != p && (own.contains(&t) && !tree.is_below(p, t) || cued(t) && !tree.is_below(p, t));
    let mut out = tree.below(top, leave);
    // Below a conjunct or content clause nothing of the governing clause is left; outside the content nothing is said.
    if let Some(&k) = around.last() {
        out.retain(|&t| a.found[k].says(t) || (by.is_some() && !a.found[k].cue.contains(&t)));
    }
    out.retain(|&t| tree.part(t) == tree.part(p));
    if out.is_empty() {
        out.push(p);
    }
    out
}
