//! What a clause says: predicate, participants, times, quantities. Passives are turned into actives.

use crate::sources::Sources;
use crate::{nominals, reality};
use sayso_types::{
    Argument, Deprel, EntityKind, Factuality, Polarity, Proposition, QuantityIx, Rel, Role, Sub, TimeIx,
    TokenIx, Upos,
};

/// The proposition of predicate `p`, whose clause has these tokens.
pub(crate) fn proposition(s: &Sources, p: TokenIx, tokens: Vec<TokenIx>, reported: bool) -> Proposition {
    let polarity = reality::polarity(s, p);
    let factuality =
        if s.tree.is_predicate(p) { reality::factuality(s, p, reported) } else { Factuality::Fact };
    of_parts(s, p, arguments(s, p), polarity, factuality, tokens)
}

/// The same, where the caller knows the parts.
pub(crate) fn of_parts(
    s: &Sources,
    p: TokenIx,
    arguments: Vec<Argument>,
    polarity: Polarity,
    factuality: Factuality,
    tokens: Vec<TokenIx>,
) -> Proposition {
    let (times, quantities) = (times(s, p, &tokens), quantities(s, &tokens));
    Proposition { predicate: p, arguments, polarity, factuality, times, quantities, tokens }
}

/// An argument with its entity.
pub(crate) fn argument(s: &Sources, role: Role, head: TokenIx) -> Argument {
    Argument { role, head, entity: s.entity(head), marker: s.tree.kid(head, Rel::Case) }
}

/// Participants and circumstances of a predicate.
pub(crate) fn arguments(s: &Sources, p: TokenIx) -> Vec<Argument> {
    let tree = s.tree;
    let passive = tree.is_passive(p);
    let mut out = Vec::new();
    if let Some(subject) = tree.subject(p) {
        let role = if passive { Role::Patient } else { Role::Agent };
        each(s, subject, |h| out.push(argument(s, role, h)));
    }
    for &k in tree.kids(p) {
        if let Some(role) = nominals::role(s, p, k) {
            each(s, k, |h| out.push(argument(s, role, h)));
            continue;
        }
        let role = match tree.deprel(k) {
            Deprel { rel: Rel::Obl, sub: Sub::Agent } => Role::Agent,
            Deprel { rel: Rel::Obj, .. } => Role::Patient,
            Deprel { rel: Rel::Iobj, .. } => Role::Recipient,
            Deprel { rel: Rel::Xcomp, .. } if !tree.is_predicate(k) => Role::Attribute,
            Deprel { rel: Rel::Obl, sub: Sub::Tmod } => continue,
            Deprel { rel: Rel::Obl, .. } if s.is_time(k) => continue,
            Deprel { rel: Rel::Obl, .. } if is_place(s, k) => Role::Place,
            Deprel { rel: Rel::Obl, .. } => Role::Other,
            Deprel { rel: Rel::Nmod, sub: Sub::Poss } => Role::Agent,
            Deprel { rel: Rel::Nmod, sub: Sub::Agent } => Role::Agent,
            Deprel { rel: Rel::Nmod, .. } if s.is_time(k) => continue,
            Deprel { rel: Rel::Nmod, .. } if is_place(s, k) => Role::Place,
            Deprel { rel: Rel::Nmod, .. } => Role::Other,
            _ => continue,
        };
        each(s, k, |h| out.push(argument(s, role, h)));
    }
    if tree.kid(p, Rel::Cop).is_some() {
        out.push(argument(s, Role::Attribute, p));
    }
    // Infinitives and participles below a verb of no content of their own bring its circumstances along.
    if tree.rel(p) == Rel::Xcomp {
        for k in
            tree.head(p).into_iter().flat_map(|h| tree.kids(h)).copied().filter(|&k| tree.rel(k) == Rel::Obl)
        {
            if !s.is_time(k) {
                out.push(argument(s, if is_place(s, k) { Role::Place } else { Role::Other }, k));
            }
        }
    }
    out
}

/// The head and the nouns that are coordinated with it.
fn each(s: &Sources, head: TokenIx, mut take: impl FnMut(TokenIx)) {
    take(head);
    let conj = |&&k: &&TokenIx| s.tree.rel(k) == Rel::Conj && s.tree.upos(k).is_nominal();
    s.tree.kids(head).iter().filter(conj).for_each(|&k| take(k));
}

fn is_place(s: &Sources, t: TokenIx) -> bool {
    let marked = s.tree.kid(t, Rel::Case).is_some();
    marked && s.mention(t).is_some_and(|m| m.kind == EntityKind::Place)
}

fn times(s: &Sources, p: TokenIx, tokens: &[TokenIx]) -> Vec<TimeIx> {
    let doc = s.tree.doc;
    let inside = |i: &usize| tokens.binary_search(&doc.times[*i].first).is_ok();
    let mut out: Vec<_> = (0..doc.times.len()).filter(inside).collect();
    out.sort_by_key(|&i| (steps(s, doc.times[i].first, p), doc.times[i].first.abs_diff(p)));
    out.into_iter().map(|i| i as TimeIx).collect()
}

/// How many heads lie between a token and the predicate.
fn steps(s: &Sources, t: TokenIx, p: TokenIx) -> usize {
    std::iter::successors(Some(t), |&t| s.tree.head(t)).take_while(|&t| t != p).count()
}

fn quantities(s: &Sources, tokens: &[TokenIx]) -> Vec<QuantityIx> {
    let inside = |first: TokenIx, end: TokenIx| (first..end).any(|t| tokens.binary_search(&t).is_ok());
    let all = s.tree.doc.quantities.iter().enumerate();
    all.filter(|(_, q)| inside(q.first, q.end)).map(|(i, _)| i as QuantityIx).collect()
}

/// Whether the token carries meaning that a proposition keeps.
pub(crate) fn is_word(s: &Sources, t: TokenIx) -> bool {
    !matches!(s.tree.upos(t), Upos::Punct)
}
