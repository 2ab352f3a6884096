//! What kind of source a noun phrase can be.

use super::Sources;
use sayso_types::{EntityKind, Form, Mention, Number, Rel, SourceKind, Sub, TokenIx, Upos};

impl Sources<'_> {
    /// What kind of source this noun phrase can be; `None` where it is none, such as a plain thing.
    pub fn kind(&self, head: TokenIx) -> Option<SourceKind> {
        // "her agent, N. N.": whatever an agent is, N. N. is a person.
        self.kind_of_head(head).or_else(|| {
            let beside = |&&k: &&TokenIx| self.tree.rel(k) == Rel::Appos && self.tree.upos(k) == Upos::Propn;
            self.tree.kids(head).iter().find(beside).and_then(|&k| self.kind_of_head(k))
        })
    }

    pub(super) fn kind_of_head(&self, head: TokenIx) -> Option<SourceKind> {
        let (tree, cues) = (self.tree, self.cues);
        if self.is_own(head) {
            return Some(SourceKind::Own);
        }
        let mention = self.mention(head);
        if mention.is_none() && self.is_time(head) {
            return None;
        }
        let by_word = cues.source_kinds(tree.lemma(head));
        let by_word = match by_word {
            // "the agency" alone means one of the news; any other has its name or its field beside it.
            [SourceKind::Agency, rest @ ..] if self.press_noun(head).is_none() => rest,
            all => all,
        };
        let Some(m) = mention else {
            return match tree.upos(head) {
                Upos::Propn => {
                    Some(self.kind_of_name(tree.tok(head).form.as_str()).unwrap_or(SourceKind::Person))
                }
                _ if self.is_agency_name(head) => Some(SourceKind::Agency),
                Upos::Pron if tree.tok(head).feats.person().is_some() => Some(self.kind_of_pronoun(head)),
                Upos::Noun if self.is_initials(head) => Some(SourceKind::Body),
                _ => self.by_word(by_word, head),
            };
        };
        let names = tree.doc.entities.get(m.entity as usize).map_or("", |e| e.name.as_str());
        let named = self.entity_has_name(m.entity);
        match m.kind {
            EntityKind::Person if self.cues.known(self.bare_name(m)) == Some(SourceKind::Agency) => {
                Some(SourceKind::Agency)
            }
            EntityKind::Person if named && m.form == Form::Name && self.called_before(m).is_some() => {
                self.called_before(m)
            }
            EntityKind::Person if named => Some(SourceKind::Person),
            _ if m.form == Form::Pronoun && !named => Some(self.kind_of_described(m.entity, head)),
            EntityKind::Person if self.holds_office(head) => Some(SourceKind::Person),
            EntityKind::Person => Some(self.by_word(by_word, head).unwrap_or(SourceKind::Described)),
            EntityKind::Organization | EntityKind::Product | EntityKind::Place => {
                let known = [self.bare_name(m), names].into_iter();
                let known = known.filter(|n| !n.is_empty()).find_map(|n| self.kind_of_name(n));
                let body = matches!(m.kind, EntityKind::Organization).then_some(SourceKind::Body);
                let called = self.called.get(m.entity as usize).copied().flatten();
                known
                    .or(called)
                    .or_else(|| self.by_word(by_word, head))
                    .or(body)
                    .or_else(|| named.then_some(SourceKind::Body))
            }
            EntityKind::Event | EntityKind::Other => {
                let known = self.kind_of_name(self.bare_name(m));
                known.or_else(|| self.by_word(by_word, head))
            }
        }
    }

    fn kind_of_name(&self, name: &str) -> Option<SourceKind> {
        let known = self.cues.known(name);
        known.or_else(|| self.cues.ends_like_outlet(name).then_some(SourceKind::Outlet))
    }

    fn by_word(&self, kinds: &[SourceKind], head: TokenIx) -> Option<SourceKind> {
        if kinds.contains(&SourceKind::Described) && self.holds_office(head) {
            return Some(SourceKind::Person);
        }
        let first = kinds.first().copied()?;
        Some(match first {
            // "reports", but not "the report".
            SourceKind::Document if kinds.contains(&SourceKind::Bare) && self.is_many(head) => {
                SourceKind::Bare
            }
            // "budget papers", but not "the paper".
            SourceKind::Outlet if kinds.contains(&SourceKind::Document) && self.narrowed(head, false) => {
                SourceKind::Document
            }
            // "a source in the ministry", but not "sources".
            SourceKind::Bare if self.narrowed(head, true) => SourceKind::Described,
            other => other,
        })
    }

    /// Several of them, and it is not said which.
    fn is_many(&self, head: TokenIx) -> bool {
        let tree = self.tree;
        let which = |&k: &TokenIx| {
            matches!(tree.rel(k), Rel::Det | Rel::Nummod | Rel::Acl)
                || tree.deprel(k).sub == Sub::Poss
                || tree.rel(k) == Rel::Nmod && self.kind(k).is_some()
        };
        tree.tok(head).feats.number() == Some(Number::Plur) && !tree.kids(head).iter().any(which)
    }

    /// A noun before it tells what sort it is of, or (`far`) anything else that is no mere quantity.
    fn narrowed(&self, head: TokenIx, far: bool) -> bool {
        let tree = self.tree;
        let mere = |k: TokenIx| self.cues.source_kinds(tree.lemma(k)).contains(&SourceKind::Bare);
        tree.kids(head).iter().any(|&k| match tree.rel(k) {
            Rel::Compound => tree.upos(k) == Upos::Noun,
            Rel::Nmod | Rel::Acl => far,
            Rel::Amod => far && !mere(k),
            _ => false,
        })
    }

    /// "the governor of the province": one person, though not named.
    fn holds_office(&self, head: TokenIx) -> bool {
        let tree = self.tree;
        let definite = tree.kids(head).iter().any(|&k| {
            matches!(tree.rel(k), Rel::Det | Rel::Nmod)
                && (tree.tok(k).feats.value("Definite") == Some("Def") || tree.deprel(k).sub == Sub::Poss)
        });
        let is_office = |name: &str| self.cues.offices.iter().any(|o| o == name);
        let two = |&k: &TokenIx| {
            matches!(tree.rel(k), Rel::Compound | Rel::Amod)
                && is_office(&format!("{} {}", tree.lemma(k), tree.lemma(head)))
        };
        definite
            && tree.tok(head).feats.number() != Some(Number::Plur)
            && (is_office(tree.lemma(head)) || tree.kids(head).iter().any(two))
    }

    /// The kind of something that has no name, by its first description.
    fn kind_of_described(&self, entity: u32, pronoun: TokenIx) -> SourceKind {
        let doc = self.tree.doc;
        let all = doc.entities.get(entity as usize).map_or(&[][..], |e| &e.mentions);
        let described = all.iter().filter_map(|&i| doc.mentions.get(i as usize));
        let described = described.filter(|m| m.form == Form::Nominal).find_map(|m| self.kind_of_head(m.head));
        described.unwrap_or_else(|| self.kind_of_pronoun(pronoun))
    }

    /// Of a thing that says something only so much is known that it is no person.
    fn kind_of_pronoun(&self, head: TokenIx) -> SourceKind {
        let neuter = self.tree.tok(head).feats.value("Gender") == Some("Neut");
        if neuter { SourceKind::Body } else { SourceKind::Person }
    }

    /// "the firm N": the noun or what stands before the name tells that it is a body's.
    pub(crate) fn is_body(&self, name: TokenIx) -> bool {
        let body = |word: &str| self.cues.source_kinds(word).contains(&SourceKind::Body);
        let tells = |t: TokenIx| body(self.tree.lemma(t)) || body(&self.tree.lemma(t).to_lowercase());
        let beside = |&k: &TokenIx| matches!(self.tree.rel(k), Rel::Compound | Rel::Flat | Rel::Appos);
        tells(name) || self.tree.kids(name).iter().copied().filter(beside).any(tells)
    }

    /// "the broadcaster N": what directly before a name says that it is no person's.
    fn called_before(&self, m: &Mention) -> Option<SourceKind> {
        let first = self.tree.doc.tokens_in(m.name?).start;
        let before = first.checked_sub(1)?;
        (self.tree.upos(first) == Upos::Propn).then(|| self.press_noun(before)).flatten()
    }

    /// What a noun that hangs on this name, or on which it hangs, says of it: outlet or agency.
    pub(super) fn called_outlet(&self, head: TokenIx) -> Option<SourceKind> {
        let tree = self.tree;
        let beside = tree.kids(head).iter().copied().filter(|&k| {
            matches!(tree.rel(k), Rel::Compound | Rel::Appos | Rel::Flat | Rel::Amod | Rel::Nmod)
                && tree.kid(k, Rel::Case).is_none()
        });
        // "the N channel", but not the newspapers of N.
        let one = |h: &TokenIx| {
            tree.rel(head) != Rel::Compound
                || tree.kids(*h).iter().any(|&k| tree.tok(k).feats.value("Definite") == Some("Def"))
        };
        let above = tree
            .head(head)
            .filter(|_| matches!(tree.rel(head), Rel::Appos | Rel::Flat | Rel::Compound))
            .filter(one);
        beside.chain(above).chain([head]).find_map(|t| self.press_noun(t))
    }

    /// The kind of press that a noun means: outlet or agency.
    fn press_noun(&self, t: TokenIx) -> Option<SourceKind> {
        let tree = self.tree;
        let of_two = |k: TokenIx| self.cues.source_kinds(&format!("{} {}", tree.lemma(k), tree.lemma(t)));
        let partner =
            tree.kids(t).iter().copied().filter(|&k| matches!(tree.rel(k), Rel::Compound | Rel::Amod));
        let two = partner.clone().find_map(|k| of_two(k).first().copied());
        let before = t.checked_sub(1).and_then(|k| of_two(k).first().copied());
        let alone = self.cues.source_kinds(tree.lemma(t)).first().copied().filter(|k| {
            *k == SourceKind::Outlet || (*k == SourceKind::Agency && partner.clone().next().is_none())
        });
        two.or(before).or(alone).filter(|k| {
            let named = || tree.doc.tokens.get(t as usize + 1).is_some_and(|n| n.upos == Upos::Propn);
            let noun = tree.upos(t) == Upos::Noun || tree.upos(t) == Upos::Adj && named();
            matches!(k, SourceKind::Outlet | SourceKind::Agency) && noun
        })
    }

    /// "the OPC": a body's initials that the tagger takes for a noun.
    fn is_initials(&self, t: TokenIx) -> bool {
        let form = &self.tree.tok(t).form;
        form.chars().all(char::is_uppercase) && form.chars().count() > 1
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::doc;
    use sayso_packs::Pack;

    /// The kinds of the sources of the first assertion, nearest first, with what their cues let show.
    fn check(parsed: &str, expected: &str) {
        let doc = doc(parsed);
        let pack = Pack::embedded("en").unwrap().unwrap();
        let got = crate::claims(&doc, &pack);
        let links = got.assertions.first().map_or(&[][..], |a| &a.chain);
        let found: Vec<String> =
            links.iter().map(|l| format!("{:?} {:?}", l.source.kind, l.colour)).collect();
        assert_eq!(found.join(", "), expected, "{}", doc.text());
    }

    const FELL: &str =
        "the/_/DET/det/8 bridge/_/NOUN/nsubj/9 fell/fall/VERB/ccomp/6/VerbForm=Fin ././PUNCT/punct/6";

    #[test]
    fn sources_of_which_nothing_is_told_are_bare() {
        let said = |before: &str| format!("{before} said/say/VERB/root/0/VerbForm=Fin {FELL}");
        check(
            &said(
                "On/_/ADP/case/2 Monday/_/NOUN/obl/6 ,/,/PUNCT/punct/2 many/_/ADJ/amod/5 sources/source/NOUN/nsubj/6/Number=Plur",
            ),
            "Bare Neutral",
        );
        check(
            &said(
                "Sources/source/NOUN/nsubj/6/Number=Plur in/_/ADP/case/4 the/_/DET/det/4 port/_/NOUN/nmod/1 yesterday/_/ADV/advmod/6",
            ),
            "Described Neutral",
        );
        check(
            &said(
                "On/_/ADP/case/2 Monday/_/NOUN/obl/6 ,/,/PUNCT/punct/2 first/_/ADJ/amod/5 reports/report/NOUN/nsubj/6/Number=Plur",
            ),
            "Bare Neutral",
        );
        check(
            &said(
                "On/_/ADP/case/2 Monday/_/NOUN/obl/6 ,/,/PUNCT/punct/2 the/_/DET/det/5 report/_/NOUN/nsubj/6/Number=Sing",
            ),
            "Document Neutral",
        );
    }

    #[test]
    fn a_name_beside_a_description_tells_who_it_is() {
        check(
            "A/_/DET/det/2 lawyer/_/NOUN/nsubj/6 ,/,/PUNCT/punct/4 Mara/_/PROPN/appos/2 ,/,/PUNCT/punct/4 \
             insisted/insist/VERB/root/0/VerbForm=Fin the/_/DET/det/8 bridge/_/NOUN/nsubj/9 \
             fell/fall/VERB/ccomp/6/VerbForm=Fin ././PUNCT/punct/6",
            "Person Insistent",
        );
        check(
            "The/_/DET/det/2 broadcaster/_/NOUN/compound/3 Tolk/_/PROPN/nsubj/4 claimed/claim/VERB/root/0/VerbForm=Fin \
             the/_/DET/det/6 bridge/_/NOUN/nsubj/7 fell/fall/VERB/ccomp/4/VerbForm=Fin ././PUNCT/punct/4",
            "Outlet Doubtful",
        );
    }

    #[test]
    fn a_verb_has_the_colour_that_its_particle_gives_it() {
        check(
            "Mara/_/PROPN/nsubj/2 lashed/lash/VERB/root/0/VerbForm=Fin out/_/ADP/compound:prt/2 :/:/PUNCT/punct/2 \
             “/“/PUNCT/punct/8 the/_/DET/det/7 bridge/_/NOUN/nsubj/8 fell/fall/VERB/parataxis/2/VerbForm=Fin ”/”/PUNCT/punct/8 ././PUNCT/punct/2",
            "Person Heated",
        );
    }
}
