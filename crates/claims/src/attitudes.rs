//! Attitudes, decrees and perceptions: attributions as annotation has them (guidelines of PolNeAR), though nobody's
//! word for a fact. They are told of beside what is said; no assertion rests on them.

use crate::found::Found;
use crate::sources::Sources;
use crate::{nouns, verbs};
use sayso_packs::{Frame, VerbCue};
use sayso_types::{Rel, Sub, TokenIx, Upos};
use smol_str::StrExt;

/// Those of the report whose cues make no other attribution.
pub(crate) fn attitudes(s: &Sources, said: &[Found]) -> Vec<Found> {
    let mut cues = vec![false; s.tree.doc.tokens.len()];
    said.iter().flat_map(|f| &f.cue).for_each(|&t| cues[t as usize] = true);
    let all = 0..s.tree.doc.tokens.len() as TokenIx;
    // In a quotation whose speaker is not known, nobody is known to hold an attitude.
    let stray = |t: TokenIx| s.quoted(t).is_some_and(|q| q.marked) && !said.iter().any(|f| f.says(t));
    all.filter(|&t| !cues[t as usize])
        .filter(|&t| !stray(t))
        .filter_map(|t| match s.tree.upos(t) {
            Upos::Noun => nouns::attitude(s, t),
            Upos::Verb => verbs::attitude(s, t).or_else(|| adjective(s, t)),
            Upos::Adj => adjective(s, t),
            _ => None,
        })
        .collect()
}

/// "is happy that P", "opposed to Y", "ready to V".
fn adjective(s: &Sources, a: TokenIx) -> Option<Found> {
    let tree = s.tree;
    let uses = s.cues.adjective(&tree.tok(a).form.to_lowercase_smolstr());
    let noun = tree.head(a).filter(|_| tree.rel(a) == Rel::Acl && tree.deprel(a).sub != Sub::Relcl);
    let source = noun.or_else(|| tree.subject(a)).filter(|&h| s.can_speak(h))?;
    let fits = |k: TokenIx, u: &VerbCue| {
        let marked = |list: &[_]| {
            tree.kids(k).iter().any(|&m| {
                matches!(tree.rel(m), Rel::Case | Rel::Mark) && list.iter().any(|w| w == tree.lemma(m))
            })
        };
        let frame = |f| u.frames.contains(&f);
        match tree.rel(k) {
            Rel::Ccomp | Rel::Advcl | Rel::Xcomp if tree.finite(k) => {
                frame(Frame::Clause) && (tree.rel(k) == Rel::Ccomp || marked(&s.cues.complementizers))
            }
            Rel::Ccomp | Rel::Xcomp | Rel::Advcl => {
                frame(Frame::Infinitive) && !marked(&s.cues.authors) || marked(&u.about)
            }
            Rel::Obl | Rel::Nmod => marked(&u.about),
            _ => false,
        }
    };
    let (content, used) = uses.iter().find_map(|u| {
        let found = tree.kids(a).iter().copied().find(|&k| k > a && fits(k, u));
        found.map(|k| (tree.all_below(k), u))
    })?;
    Some(Found {
        source: Some(s.source(source)),
        told: None,
        verb: a,
        cue: vec![a],
        content,
        stance: used.stance,
        cited: false,
        clausal: true,
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::doc;
    use sayso_packs::Pack;
    use sayso_types::Span;

    /// `expected`: a line an attribution: `source | cue | content`, indented where it stands in another's content.
    fn check(parsed: &str, expected: &str) {
        let doc = doc(parsed);
        let pack = Pack::embedded("en").unwrap().unwrap();
        let words = |s: Span| s.of(doc.text()).to_owned();
        let line = |a: &sayso_types::Attribution| {
            let source = a.source.as_ref().map_or("-".to_owned(), |x| words(x.span));
            let content: Vec<_> = a.content.iter().map(|&x| words(x)).collect();
            let indent = if a.within.is_some() { "> " } else { "" };
            format!("{indent}{source} | {} | {}", a.cue.map_or("-".to_owned(), words), content.join(" … "))
        };
        let lines: Vec<_> = crate::claims(&doc, &pack).attributions.iter().map(line).collect();
        let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, expected, "{}", doc.text());
    }

    #[test]
    fn what_is_supported_feared_or_decreed() {
        check(
            "Mara/_/PROPN/nsubj/3 openly/_/ADV/advmod/3 supports/support/VERB/root/0/VerbForm=Fin the/_/DET/det/5 \
             tunnel/_/NOUN/obj/3 ././PUNCT/punct/3
             The/_/DET/det/2 tunnel/_/NOUN/nsubj:pass/4 was/be/AUX/aux:pass/4/VerbForm=Fin banned/ban/VERB/root/0 ././PUNCT/punct/4
             Tolk/_/PROPN/nsubj/3 is/be/AUX/cop/3/VerbForm=Fin afraid/_/ADJ/root/0 that/_/SCONJ/mark/6 it/_/PRON/nsubj/6 \
             leaks/leak/VERB/ccomp/3/VerbForm=Fin ././PUNCT/punct/3",
            "Mara | openly supports | the tunnel
             - | was banned | The tunnel
             Tolk | is afraid | that it leaks",
        );
    }

    #[test]
    fn the_adposition_that_ties_content_to_cue_belongs_to_the_cue() {
        check(
            "Mara/_/PROPN/nsubj/3 has/have/AUX/aux/3/VerbForm=Fin called/call/VERB/root/0 for/_/ADP/case/6 a/_/DET/det/6 \
             vote/_/NOUN/obl/3 ././PUNCT/punct/3",
            "Mara | has called for | a vote",
        );
    }

    #[test]
    fn a_relative_pronoun_stands_for_itself() {
        check(
            "Mara/_/PROPN/nsubj/8 ,/,/PUNCT/punct/4 who/_/PRON/nsubj/4/PronType=Rel said/say/VERB/acl:relcl/1/VerbForm=Fin \
             it/_/PRON/nsubj/6 held/hold/VERB/ccomp/4/VerbForm=Fin ,/,/PUNCT/punct/4 left/leave/VERB/root/0/VerbForm=Fin \
             ././PUNCT/punct/8",
            "who | said | it held",
        );
    }

    #[test]
    fn what_stands_in_content_is_nested() {
        check(
            "Mara/_/PROPN/nsubj/2 said/say/VERB/root/0/VerbForm=Fin Tolk/_/PROPN/nsubj/4 likes/like/VERB/ccomp/2/VerbForm=Fin \
             the/_/DET/det/6 tunnel/_/NOUN/obj/4 ././PUNCT/punct/2",
            "Mara | said | Tolk likes the tunnel
             > Tolk | likes | the tunnel",
        );
    }
}
