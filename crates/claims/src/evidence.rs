//! What is shown as evidence of an assertion: its clause and, where they stand beside it, the words that say on whose
//! word it is. "The toll has risen, the mayor told the radio": the second half is what makes the first half checkable.

use crate::attributions::Attributed;
use crate::clauses::LONGEST;
use crate::found::Found;
use crate::sources::Sources;
use sayso_types::{Assertion, Rel, Sentence, Span, TokenIx};

/// Widens the evidence of the assertions of one sentence; never over words that another of them asserts.
pub(crate) fn widen(s: &Sources, a: &Attributed, sentence: &Sentence, assertions: &mut [Assertion]) {
    let spans: Vec<Span> = assertions.iter().map(|x| x.span).collect();
    for (n, assertion) in assertions.iter_mut().enumerate() {
        let others = || (0..).zip(&spans).filter(|(m, _)| *m != n).map(|(_, span)| *span);
        // The innermost attribution stands next to what is said.
        for &k in a.around(assertion.proposition.predicate).iter().rev() {
            let Some(frame) = frame(s, &a.found[k]).filter(|f| sentence.span.contains(*f)) else { continue };
            let whole = assertion.evidence.cover(frame);
            let own = |x: Span| assertion.span.contains(x) || x.contains(assertion.span);
            if whole.len() <= LONGEST && others().all(|x| own(x) || !x.overlaps(whole)) {
                assertion.evidence = whole;
            }
        }
    }
}

/// Source, cue and what else hangs on the cue ("told the radio on Monday"), what is said left out.
fn frame(s: &Sources, f: &Found) -> Option<Span> {
    let (tree, cue) = (s.tree, &f.cue);
    let aside = |t: TokenIx| {
        matches!(tree.rel(t), Rel::Obl | Rel::Obj | Rel::Iobj | Rel::Advmod)
            && !tree.below(t, |_| false).iter().any(|&b| f.says(b))
    };
    let beside = tree.kids(f.verb).iter().copied().filter(|&t| aside(t));
    let mut tokens: Vec<TokenIx> =
        cue.iter().copied().chain(beside.flat_map(|t| tree.all_below(t))).collect();
    tokens.sort_unstable();
    tokens.dedup();
    let words = tree.cover(&tokens)?;
    Some(f.source.as_ref().map_or(words, |x| words.cover(x.span)))
}
