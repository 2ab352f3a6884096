//! Who does it, and to whom it is done: the other way round, both cannot be so.
//!
//! The ends of a sale or a match are compared whichever of its two verbs tells it; of one verb, who does it and to
//! whom.

use crate::slots::Slots;
use crate::terms::{TermIx, Terms};

/// How alike heads are that mean one participant.
const ONE_ROLE: f32 = 0.85;
/// How alike predicates are that are one doing.
const ONE_DOING: f32 = 0.6;

/// How the participants of two assertions stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Roles {
    /// Both tell one thing from one end or from its two ends.
    Same,
    /// Who does it in one is whom it is done to in the other, and the rest does not set it right.
    Swapped,
    /// Nothing follows.
    Open,
}

pub(super) fn roles(a: &Slots, b: &Slots, terms: &Terms) -> Roles {
    let meet =
        |x: &[TermIx], y: &[TermIx]| x.iter().any(|&t| y.iter().any(|&u| terms.alike(t, u) >= ONE_ROLE));
    for x in &a.phrases.ends {
        for y in b.phrases.ends.iter().filter(|y| y.class == x.class) {
            let same = meet(&x.first, &y.first) || meet(&x.second, &y.second);
            let crossed = meet(&x.first, &y.second) || meet(&x.second, &y.first);
            let of_one = !a.done_to.is_empty() && meet(&a.done_to, &b.done_to);
            let known = [x, y].iter().any(|e| !e.first.is_empty() && !e.second.is_empty());
            match (same, crossed) {
                (true, false) => return Roles::Same,
                (false, true) if known || of_one => return Roles::Swapped,
                _ => {}
            }
        }
    }
    // One of the two may be called by a word that is only like the other's, or be told by its number.
    let number = a.figures.iter().any(|f| b.figures.iter().any(|g| f.quantity.value == g.quantity.value));
    let near =
        |x: &[TermIx], y: &[TermIx]| number || x.iter().any(|&t| y.iter().any(|&u| terms.alike(t, u) > 0.0));
    let swapped = readings(a).any(|x| {
        readings(b).any(|y| {
            terms.alike(x.predicate, y.predicate) >= ONE_DOING
                && (meet(x.doers, y.done_to) && near(x.done_to, y.doers)
                    || meet(x.done_to, y.doers) && near(x.doers, y.done_to))
                && !meet(x.doers, y.doers)
                && !meet(x.done_to, y.done_to)
                // "The border opened", "they opened the border".
                && !x.done_to.is_empty()
                && !y.done_to.is_empty()
        })
    });
    if swapped { Roles::Swapped } else { Roles::Open }
}

/// One way to read who does what.
struct Reading<'a> {
    predicate: TermIx,
    doers: &'a [TermIx],
    done_to: &'a [TermIx],
}

fn readings(s: &Slots) -> impl Iterator<Item = Reading<'_>> {
    let own = Reading { predicate: s.predicate, doers: &s.doers, done_to: &s.done_to };
    let deed = s.phrases.deed.as_ref();
    let deed = deed.map(|d| Reading { predicate: d.predicate, doers: &d.doers, done_to: &d.done_to });
    std::iter::once(own).chain(deed)
}

#[cfg(test)]
mod tests {
    use super::Roles::{Open, Same, Swapped};
    use super::*;
    use crate::{cast::Cast, samples::story, slots::slots};

    fn check(a: &str, b: &str, expected: Roles) {
        let pack = sayso_packs::Pack::embedded("en").unwrap().unwrap();
        let (story, packs) = (story(&[&[a], &[b]]), [&pack, &pack]);
        let mut terms = Terms::default();
        let slots = slots(&story, &Cast::of(&story, &packs), &mut terms, &packs);
        assert_eq!(roles(&slots[0], &slots[1], &terms), expected, "{a} / {b}");
        assert_eq!(roles(&slots[1], &slots[0], &terms), expected, "{b} / {a}");
    }

    #[test]
    fn who_does_it_to_whom() {
        check("Norvik/A invade* Ostby/P", "Ostby/A invade* Norvik/P", Swapped);
        check("Norvik/A invade* Ostby/P", "Norvik/A invade* Ostby/P", Open);
        check("Norvik/A invade* Ostby/P", "Ostby/A invade* Larn/P", Open);
        check("dog/A bite* man/P", "man/A bite* dog/P", Swapped);
        // Nothing is done to the second dog.
        check("dog/A bite* man/P", "dog/A bite*", Open);
        // The same as more than one is called by another word.
        check("soldiers/A lose* life/P", "Norvik/A lose* soldiers/P", Open);
        // One thing from its two ends.
        check("Norvik/A beat* Ostby/P", "Ostby/A beat* Norvik/P", Swapped);
        check("bakery/A buy* mill/P", "bakery/A sell* mill/P", Swapped);
        check("bakery/A buy* mill/P", "bakery/A sell* oven/P", Open);
        check("bakery/A buy* mill/P", "bakery/A buy* mill/P", Same);
    }
}
