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
    all.filter(|&t| !cues[t as usize])
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
