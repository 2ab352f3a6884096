//! Sources that are not to be named, and the reason that the report gives: "who spoke on condition of anonymity
//! because she was not allowed to speak".

use crate::sources::Sources;
use sayso_types::{EntityIx, Rel, SourceKind, Span, TokenIx, Upos};

/// What a report says of the anonymity of its sources.
#[derive(Default)]
pub(crate) struct Anonymous {
    /// Words that say that somebody is not to be named.
    marks: Vec<TokenIx>,
    /// Who is not, with the entity, and why.
    reasons: Vec<(TokenIx, Option<EntityIx>, Span)>,
}

impl Anonymous {
    /// Reads the whole report.
    pub fn of(s: &Sources) -> Self {
        let mut out = Self::default();
        let lexicon = &s.cues.anonymity;
        for sentence in &s.tree.doc.sentences {
            for first in sentence.first..sentence.end {
                let find = |list: &[String]| list.iter().find_map(|p| sequence(s, p, first, sentence.end));
                let (words, reason) = if let Some(words) = find(&lexicon.reasons) {
                    let reason = words.first().and_then(|&t| clause(s, t));
                    (words, reason)
                } else if let Some(words) = find(&lexicon.marks) {
                    let reason = words.last().and_then(|&t| because(s, t + 1, sentence.end));
                    (words, reason)
                } else {
                    continue;
                };
                if let (Some(who), Some(why)) = (holder(s, &words), reason) {
                    out.reasons.push((who, s.entity(who), why));
                }
                out.marks.extend(words);
            }
        }
        out
    }

    /// Whether the word only says that somebody is not to be named.
    pub fn is_mark(&self, t: TokenIx) -> bool {
        self.marks.contains(&t)
    }

    /// Why the source with this head is not named.
    pub fn reason(&self, head: TokenIx, entity: Option<EntityIx>) -> Option<Span> {
        let of = |(who, e, _): &&(TokenIx, Option<EntityIx>, Span)| {
            *who == head || entity.is_some() && *e == entity
        };
        self.reasons.iter().find(of).map(|(.., why)| *why)
    }
}

/// The tokens of a phrase of the pack that begins here; at most one other word stands between two of them.
fn sequence(s: &Sources, phrase: &str, first: TokenIx, end: TokenIx) -> Option<Vec<TokenIx>> {
    let is = |t: TokenIx, word: &str| {
        t < end && (s.tree.lemma(t) == word || s.tree.tok(t).form.eq_ignore_ascii_case(word))
    };
    let mut words = phrase.split(' ');
    let mut out = words.next().filter(|w| is(first, w)).map(|_| vec![first])?;
    let mut last = first;
    for word in words {
        last = [last + 1, last + 2].into_iter().find(|&t| is(t, word))?;
        out.push(last);
    }
    Some(out)
}

/// Who is not to be named: whoever the words are said of; an agency was only told.
fn holder(s: &Sources, words: &[TokenIx]) -> Option<TokenIx> {
    let tree = s.tree;
    let mut at = *words.last()?;
    for _ in 0..10 {
        if !words.contains(&at) && matches!(tree.upos(at), Upos::Noun | Upos::Propn | Upos::Pron) {
            let kind = s.kind(at);
            if kind.is_some_and(|k| !matches!(k, SourceKind::Agency | SourceKind::Outlet | SourceKind::Own)) {
                return described(s, at);
            }
        }
        if tree.is_predicate(at)
            && let Some(who) = tree.subject(at).filter(|&w| s.can_speak(w))
        {
            return described(s, who);
        }
        at = tree.head(at)?;
    }
    None
}

/// Who is not to be named has not been named: where a pronoun was taken for somebody's who has, it is whoever was last
/// described.
fn described(s: &Sources, who: TokenIx) -> Option<TokenIx> {
    let hidden = |t: TokenIx| matches!(s.kind(t), Some(SourceKind::Described | SourceKind::Bare));
    if hidden(who) || s.tree.upos(who) != Upos::Pron {
        return Some(who);
    }
    let near = s.tree.sentence(who).saturating_sub(BACK);
    let before = (0..who).rev().take_while(|&t| s.tree.sentence(t) >= near);
    let mut subjects = before.filter(|&t| matches!(s.tree.rel(t), Rel::Nsubj | Rel::Obl));
    subjects.find(|&t| hidden(t)).or(Some(who))
}

/// "because …" after the words that hide the name.
fn because(s: &Sources, from: TokenIx, end: TokenIx) -> Option<Span> {
    let opens = |&t: &TokenIx| {
        let binds = matches!(s.tree.rel(t), Rel::Mark | Rel::Case | Rel::Advcl | Rel::Fixed | Rel::Advmod);
        binds && s.cues.anonymity.because.iter().any(|w| s.tree.tok(t).form.eq_ignore_ascii_case(w))
    };
    let first = (from..end.min(from + NEAR)).find(opens)?;
    let over = if s.tree.rel(first) == Rel::Advcl { first } else { s.tree.head(first)? };
    below_from(s, over, first)
}

/// The clause of a phrase that is the reason itself: "were not authorised to speak".
fn clause(s: &Sources, first: TokenIx) -> Option<Span> {
    below_from(s, s.tree.clause_of(first), first)
}

fn below_from(s: &Sources, top: TokenIx, first: TokenIx) -> Option<Span> {
    let tokens: Vec<TokenIx> = s.tree.all_below(top).into_iter().filter(|&t| t >= first).collect();
    // "because the talks were private that Z had come": what was said, hung where it does not belong.
    let said = |t: TokenIx| {
        !s.can_govern_clause(top)
            && s.tree.rel(t) == Rel::Mark
            && s.cues.complementizers.iter().any(|w| w == s.tree.lemma(t))
    };
    let run = tokens.iter().zip(first..).take_while(|(t, n)| **t == *n && !said(**t)).count();
    s.tree.cover(&tokens[..run])
}

/// Sentences back in which whoever is not to be named was described.
const BACK: u32 = 2;
/// Words between the mark and what opens the reason.
const NEAR: TokenIx = 8;

#[cfg(test)]
mod tests {
    use crate::sample::doc;
    use sayso_packs::Pack;

    /// The first source's words and why it is not named.
    fn check(parsed: &str, expected: (&str, Option<&str>)) {
        let doc = doc(parsed);
        let pack = Pack::embedded("en").unwrap().unwrap();
        let got = crate::claims(&doc, &pack);
        let sources: Vec<_> = got.assertions.iter().filter_map(|a| Some(&a.chain.first()?.source)).collect();
        let found = sources.first().map(|s| (s.span.of(doc.text()), s.reason.map(|r| r.of(doc.text()))));
        assert_eq!(found, Some(expected), "{}", doc.text());
    }

    #[test]
    fn the_reason_for_anonymity() {
        let told = |why: &str| {
            format!(
                "An/_/DET/det/2 official/_/NOUN/nsubj/3 said/say/VERB/root/0/VerbForm=Fin the/_/DET/det/5 \
                 bridge/_/NOUN/nsubj/6 fell/fall/VERB/ccomp/3/VerbForm=Fin ,/,/PUNCT/punct/8 \
                 speaking/speak/VERB/advcl/3/VerbForm=Ger on/_/ADP/case/10 condition/_/NOUN/obl/8 of/_/ADP/case/12 \
                 anonymity/_/NOUN/nmod/10 {why} ././PUNCT/punct/3"
            )
        };
        check(
            &told(
                "because/_/SCONJ/mark/15 he/_/PRON/nsubj/15/Person=3 feared/fear/VERB/advcl/8/VerbForm=Fin reprisals/reprisal/NOUN/obj/15",
            ),
            ("An official", Some("because he feared reprisals")),
        );
        check(&told(""), ("An official", None));
        check(
            &told("for/_/ADP/case/14 reasons/reason/NOUN/obl/8 of/_/ADP/case/16 safety/_/NOUN/nmod/14"),
            ("An official", Some("for reasons of safety")),
        );
    }

    #[test]
    fn what_forbids_to_speak_is_the_reason_itself() {
        check(
            "Officials/official/NOUN/nsubj/8/Number=Plur who/_/PRON/nsubj:pass/5/PronType=Rel were/be/AUX/aux:pass/5/VerbForm=Fin not/_/PART/advmod/5 \
             authorised/authorise/VERB/acl:relcl/1 to/_/PART/mark/7 speak/_/VERB/xcomp/5/VerbForm=Inf said/say/VERB/root/0/VerbForm=Fin \
             the/_/DET/det/10 bridge/_/NOUN/nsubj/11 fell/fall/VERB/ccomp/8/VerbForm=Fin ././PUNCT/punct/8",
            ("Officials", Some("not authorised to speak")),
        );
    }
}
