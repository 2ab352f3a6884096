//! Where noun phrases begin and end.

use sayso_types::{Doc, Rel, Sub, TokenIx, Upos};

/// The token of `first..end` on which the others hang.
pub(super) fn head(doc: &Doc, first: TokenIx, end: TokenIx) -> TokenIx {
    let outside = |t: TokenIx| {
        let head = doc.tokens[t as usize].head;
        head == t || head < first || head >= end
    };
    let nominal = |t: &TokenIx| doc.tokens[*t as usize].upos.is_nominal();
    (first..end)
        .filter(|t| outside(*t))
        .find(nominal)
        .or_else(|| (first..end).find(|t| outside(*t)))
        .unwrap_or(first)
}

/// The lemma of a head, lower case: with the parts that hyphens tie to it where the whole is `known` and it is not.
pub(super) fn lemma(doc: &Doc, head: TokenIx, known: impl Fn(&str) -> bool) -> String {
    let own = doc.tokens[head as usize].lemma.to_lowercase();
    let (mut whole, mut first) = (own.clone(), head as usize);
    while first >= 2
        && doc.tokens[first - 1].form == "-"
        && doc.tokens[first - 1].span.end == doc.tokens[first].span.start
    {
        first -= 2;
        whole = format!("{}-{whole}", doc.tokens[first].lemma.to_lowercase());
        if known(&whole) {
            return whole;
        }
    }
    own
}

/// The first token of the phrase whose words before `at` hang on it or on one another without a gap.
pub(super) fn start(doc: &Doc, at: TokenIx) -> TokenIx {
    let floor = doc.sentences[doc.sentence_of(at)].first;
    let mut first = at;
    while first > floor {
        let before = &doc.tokens[first as usize - 1];
        let inside = before.head >= first && before.head <= at;
        let fits = match before.deprel.rel {
            Rel::Det | Rel::Amod | Rel::Compound | Rel::Nummod | Rel::Flat => true,
            Rel::Nmod => before.deprel.sub == Sub::Poss,
            // "'s" hangs on the owner, which stands before it; hyphens on one of the words that they tie.
            Rel::Case => before.head + 1 < first && before.upos == Upos::Part,
            Rel::Punct => before.form == "-",
            Rel::Advmod => before.head > first - 1 && before.head < at,
            _ => false,
        };
        let owner = before.deprel.rel == Rel::Case && before.upos == Upos::Part && before.head < first;
        if !(fits && (inside || owner || before.deprel.rel == Rel::Punct)) {
            break;
        }
        first -= 1;
    }
    // What was taken in on its way to nothing is given back.
    while first < at && matches!(doc.tokens[first as usize].upos, Upos::Punct | Upos::Part | Upos::Adp) {
        first += 1;
    }
    first
}

/// One past the last token of the phrase: prepositional phrases that follow its head at once are taken in, clauses and
/// asides are not.
pub(super) fn end(doc: &Doc, head: TokenIx) -> TokenIx {
    let limit = doc.sentences[doc.sentence_of(head)].end;
    let mut end = head + 1;
    while let Some(noun) = (end..limit.min(end + 8)).find(|&t| {
        let token = &doc.tokens[t as usize];
        token.deprel.rel == Rel::Nmod
            && token.deprel.sub == Sub::None
            && token.head >= head
            && token.head < end
    }) {
        let sound = (end..noun).all(|t| {
            let token = &doc.tokens[t as usize];
            token.head > t
                && token.head <= noun
                && !matches!(token.upos, Upos::Punct | Upos::Verb | Upos::Pron | Upos::Cconj)
        });
        if !sound || doc.tokens[end as usize].upos != Upos::Adp {
            break;
        }
        end = noun + 1;
        // A name runs on to the right of its head, and so does "March 2024".
        let runs_on = |t: &sayso_types::Token| {
            t.deprel.rel == Rel::Flat
                || t.upos == Upos::Num
                    && matches!(t.deprel.rel, Rel::Nummod | Rel::Nmod)
                    && t.deprel.sub != Sub::Poss
        };
        while end < limit && runs_on(&doc.tokens[end as usize]) && doc.tokens[end as usize].head == noun {
            end += 1;
        }
    }
    end
}
