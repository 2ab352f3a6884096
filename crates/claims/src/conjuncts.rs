//! Second conjuncts that share a verb with the first: "two are dead and nine are missing", "six were killed and nineteen
//! injured". Parses make the second subject a conjunct of the first predicate, and so cut the clauses wrongly.

use sayso_types::{Deprel, Doc, Rel, Sub, TokenIx, Upos, VerbForm};
use std::ops::Range;

/// Gives each second predicate the subject that stands right before it.
pub(crate) fn mend(doc: &Doc, heads: &mut [TokenIx], deprels: &mut [Deprel]) {
    for s in &doc.sentences {
        let end = s.end.min(heads.len() as TokenIx);
        for p in s.first..end {
            join_apposition(doc, heads, deprels, s.first..end, p);
            if deprels[p as usize].rel != Rel::Conj || heads[p as usize] == p {
                continue;
            }
            let kids: Vec<TokenIx> = (s.first..end).filter(|&k| k != p && heads[k as usize] == p).collect();
            if kids.iter().any(|&k| matches!(deprels[k as usize].rel, Rel::Nsubj | Rel::Csubj | Rel::Expl)) {
                continue;
            }
            let subject = stranded(doc, heads, deprels, p, &kids)
                .or_else(|| gapped(doc, (heads, deprels), s.first..end, p, &kids));
            if let Some((subject, sub)) = subject {
                heads[subject as usize] = p;
                deprels[subject as usize] = Deprel { rel: Rel::Nsubj, sub };
            }
        }
    }
}

/// "the agency N. reported", "N. N., then an auditor, warned": of two subjects one is a name and the other tells what
/// bears it.
fn join_apposition(
    doc: &Doc,
    heads: &mut [TokenIx],
    deprels: &mut [Deprel],
    sentence: Range<TokenIx>,
    p: TokenIx,
) {
    let before = sentence.start..p;
    let mut subjects =
        before.clone().filter(|&k| heads[k as usize] == p && deprels[k as usize].rel == Rel::Nsubj);
    let (Some(first), Some(second), None) = (subjects.next(), subjects.next(), subjects.next()) else {
        return;
    };
    let upos = |t: TokenIx| doc.tokens[t as usize].upos;
    // "the news agency N. reported": a noun and the name that it describes.
    if second == first + 1 && upos(first) == Upos::Noun && upos(second) == Upos::Propn {
        heads[first as usize] = second;
        deprels[first as usize] = Deprel { rel: Rel::Nmod, sub: Sub::Desc };
    }
    let closed = upos(p - 1) == Upos::Punct && second + 1 < p;
    let opened = (first + 1..second).find(|&t| upos(t) == Upos::Punct);
    let bare =
        |r: Range<TokenIx>| r.into_iter().all(|t| !matches!(upos(t), Upos::Verb | Upos::Aux | Upos::Cconj));
    if upos(first) == Upos::Propn
        && upos(second) == Upos::Noun
        && closed
        && opened.is_some_and(|c| bare(first..c) && bare(c..second))
    {
        heads[second as usize] = first;
        deprels[second as usize] = Deprel { rel: Rel::Appos, sub: Sub::None };
    }
}

/// "… and nine are missing": a noun or number beside the predicate, both conjuncts of the same one.
fn stranded(
    doc: &Doc,
    heads: &[TokenIx],
    deprels: &[Deprel],
    p: TokenIx,
    kids: &[TokenIx],
) -> Option<(TokenIx, Sub)> {
    let first =
        kids.iter().copied().find(|&k| k < p && matches!(deprels[k as usize].rel, Rel::Aux | Rel::Cop))?;
    let finite = doc.tokens[first as usize].feats.verb_form() == Some(VerbForm::Fin);
    let subject = first.checked_sub(1)?;
    let t = &doc.tokens[subject as usize];
    let nominal = t.upos.is_nominal() || t.upos == Upos::Num;
    let beside = deprels[subject as usize].rel == Rel::Conj && heads[subject as usize] == heads[p as usize];
    let joined = (0..subject)
        .rev()
        .take(3)
        .any(|k| heads[k as usize] == subject && deprels[k as usize].rel == Rel::Cc);
    let passive = kids.iter().any(|&k| deprels[k as usize] == Deprel { rel: Rel::Aux, sub: Sub::Pass });
    (finite && nominal && beside && joined).then_some((subject, if passive { Sub::Pass } else { Sub::None }))
}

/// "… and nineteen injured": a number before a participle or adjective that goes on with the first one's verb.
fn gapped(
    doc: &Doc,
    (heads, deprels): (&[TokenIx], &[Deprel]),
    sentence: Range<TokenIx>,
    p: TokenIx,
    kids: &[TokenIx],
) -> Option<(TokenIx, Sub)> {
    let first = heads[p as usize];
    let of_first = |d: &dyn Fn(Deprel) -> bool| {
        sentence.clone().any(|k| heads[k as usize] == first && d(deprels[k as usize]))
    };
    let told = of_first(&|d| d.rel == Rel::Nsubj) && of_first(&|d| matches!(d.rel, Rel::Aux | Rel::Cop));
    let adjective = matches!(doc.tokens[p as usize].upos, Upos::Adj | Upos::Verb);
    let last = *kids.iter().rfind(|&&k| k < p)?;
    let number = deprels[last as usize].rel == Rel::Nummod && last + 1 == p;
    let passive = of_first(&|d| d == Deprel { rel: Rel::Aux, sub: Sub::Pass });
    (told && adjective && number).then_some((last, if passive { Sub::Pass } else { Sub::None }))
}
