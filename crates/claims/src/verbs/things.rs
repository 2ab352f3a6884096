//! What is said where it is no clause: a thing, a thing and what it is called, a thing and what is laid at its door.

use super::{Book, Cue, Said};
use sayso_packs::{Frame, VerbCue};
use sayso_types::{Rel, SourceKind, Stance, TokenIx, Upos};

impl Cue<'_> {
    /// "accused X of Ving", "blamed X for Y", "put the price at Y".
    pub(super) fn over(&self) -> Option<Said> {
        let tree = self.tree;
        let object = tree.patient(self.v)?;
        let used = |k: TokenIx| {
            self.find(|u| {
                u.frames.contains(&Frame::Over)
                    && self.marked(k, &u.about)
                    && (!u.values || self.holds_value(k))
                    && (u.objects.is_empty()
                        || [object, k].iter().any(|&w| u.objects.iter().any(|o| o == tree.lemma(w))))
            })
        };
        let places = tree.kids(self.v).iter().chain(tree.kids(object)).copied();
        let (what, used) = places
            .filter(|&k| {
                matches!(tree.rel(k), Rel::Obl | Rel::Advcl | Rel::Ccomp | Rel::Xcomp | Rel::Nmod | Rel::Acl)
            })
            .find_map(|k| used(k).map(|u| (k, u)))?;
        if used.values && self.kind.is_none() {
            return None;
        }
        let stance = self.of_target(used.stance, object);
        let mut content = tree.all_below(object);
        content.extend(tree.all_below(what));
        content.sort_unstable();
        content.dedup();
        Some((content, stance, false))
    }

    /// Only who can act can be accused: "blames the rain" says what the cause is.
    fn of_target(&self, stance: Stance, target: TokenIx) -> Stance {
        let acts = self.kind_of(target).is_some() || self.s.mention(target).is_some();
        let acts = acts || self.tree.upos(target) == Upos::Pron;
        if stance == Stance::Accuses && !acts { Stance::Asserts } else { stance }
    }

    fn marked(&self, t: TokenIx, by: &[smol_str::SmolStr]) -> bool {
        let tree = self.tree;
        tree.kids(t)
            .iter()
            .any(|&k| matches!(tree.rel(k), Rel::Case | Rel::Mark) && by.iter().any(|w| w == tree.lemma(k)))
    }

    fn holds_value(&self, t: TokenIx) -> bool {
        let below = self.tree.all_below(t);
        let doc = self.tree.doc;
        let hit = |first: TokenIx, end: TokenIx| below.iter().any(|b| (first..end).contains(b));
        doc.quantities.iter().any(|q| hit(q.first, q.end))
            || doc.times.iter().any(|x| hit(x.first, x.end))
            || below.iter().any(|&b| self.tree.upos(b) == Upos::Num)
    }

    /// "called X absurd", "dismissed X as nonsense".
    pub(super) fn complement(&self) -> Option<Said> {
        let tree = self.tree;
        let object = tree.patient(self.v);
        let below = object.map_or(&[][..], |o| tree.kids(o));
        let what = tree.kids(self.v).iter().chain(below).copied().find(|&k| match tree.rel(k) {
            Rel::Xcomp | Rel::Ccomp => {
                (object.is_some() || !tree.is_predicate(k)) && self.with(Frame::Complement).is_some()
            }
            // "calls X a Y", where the parse has two objects
            Rel::Obj => object.is_some_and(|o| o < k) && self.with(Frame::Complement).is_some(),
            Rel::Obl | Rel::Advcl | Rel::Acl | Rel::Nmod => {
                self.with(Frame::As).is_some() && tree.kids(k).iter().any(|&m| self.s.is_likening(m))
            }
            _ => false,
        })?;
        let used = self.with(Frame::Complement).or_else(|| self.with(Frame::As))?;
        if !self.takes_things() {
            return None;
        }
        let mut content = object.map(|o| tree.all_below(o)).unwrap_or_default();
        let what_tokens = tree.all_below(what);
        let rejects = what_tokens.iter().any(|&t| self.s.cues.rejecting.iter().any(|w| w == tree.lemma(t)));
        let doubts = &self.s.cues.reality.doubts;
        let likely = what_tokens
            .iter()
            .any(|&t| tree.upos(t) == Upos::Adj && doubts.iter().any(|w| w == tree.lemma(t)));
        content.extend(what_tokens);
        content.sort_unstable();
        content.dedup();
        let clausal = tree.upos(what) == Upos::Verb;
        let stance = match used.stance {
            _ if rejects || self.uses.iter().any(|u| u.stance == Stance::Denies) => Stance::Denies,
            Stance::Asserts if likely => Stance::Estimates,
            stance => stance,
        };
        Some((content, stance, clausal))
    }

    /// "speaks of Y", "called for Y".
    pub(super) fn about(&self) -> Option<Said> {
        let tree = self.tree;
        if !self.takes_things() {
            return None;
        }
        let (what, used) = tree.kids(self.v).iter().copied().find_map(|k| {
            let place =
                matches!(tree.rel(k), Rel::Obl | Rel::Advcl | Rel::Ccomp | Rel::Obj) && !self.s.is_time(k);
            let fits = |u: &VerbCue| !u.frames.contains(&Frame::Over) && self.marked(k, &u.about);
            place.then(|| self.find(fits)).flatten().map(|u| (k, u))
        })?;
        let wrong =
            used.stance == Stance::Asserts && self.s.cues.wrongs.iter().any(|w| w == tree.lemma(what));
        let stance = if wrong { Stance::Accuses } else { used.stance };
        Some((tree.all_below(what), stance, tree.upos(what) == Upos::Verb))
    }

    /// "denied the claims", "announced a deal".
    pub(super) fn thing(&self) -> Option<Said> {
        let tree = self.tree;
        let object = tree.patient(self.v)?;
        let document = self.kind == Some(SourceKind::Document);
        let shows = || self.find(|u| u.evidence && u.frames.contains(&Frame::Thing));
        let used = document.then(shows).flatten().or_else(|| self.with(Frame::Thing))?;
        // "was found guilty": the thing is no content by itself.
        if tree.kids(self.v).iter().any(|&k| tree.rel(k) == Rel::Xcomp && !self.tokens.contains(&k)) {
            return None;
        }
        let speaks = match self.kind {
            Some(SourceKind::Document) => used.evidence || used.stance != Stance::Asserts,
            _ => self.takes_things(),
        };
        let speaks = speaks
            && (!used.values || self.holds_value(object))
            && (!used.statements || self.book == Book::Attitudes || self.is_statement(object));
        let stance = self.of_target(used.stance, object);
        // A plain thing said of nothing ("reported a profit") is content only with an own source.
        (speaks && Some(object) != self.source).then(|| (tree.all_below(object), stance, false))
    }

    /// Whether what is no clause may be what the source says or wants: of a plain thing that would be a deed.
    fn takes_things(&self) -> bool {
        let speaks = || self.passive || self.source.is_some_and(|h| self.s.can_speak(h));
        self.kind.is_some() || self.book == Book::Attitudes && speaks()
    }

    /// A noun for something said, a pronoun that means nobody ("dismissed her"), or words in quotation marks.
    fn is_statement(&self, t: TokenIx) -> bool {
        // "rejected the offer": no word on what is so.
        let tells = |n: &sayso_packs::NounCue| n.back && n.stance != Stance::Promises;
        let noun = || self.s.cues.noun(self.tree.lemma(t)).is_some_and(tells);
        let pronoun = self.tree.upos(t) == Upos::Pron && self.kind_of(t).is_none();
        pronoun || noun() || self.s.quoted(t).is_some()
    }
}
