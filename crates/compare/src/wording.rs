//! What the reports of a story call one thing, where the words of one let a view show and another has other words.
//!
//! Loaded words are the pack's; what they are said of is an entity of the story, or a claim. A speaker's words are
//! kept apart from the outlet's. Nothing is weighed or scored: the words are put side by side.

use crate::cast::Cast;
use crate::slots;
use sayso_packs::{Naming, Pack, Part};
use sayso_types::{About, Claim, Doc, Form, Rel, Span, Story, Term, TokenIx, Upos, WordUse, Wording};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// The words for one thing (by its name in the packs) that is said of something: whether neutral, and the word.
type Found = BTreeMap<(About, SmolStr), BTreeMap<(bool, String), BTreeSet<WordUse>>>;

/// Everything that two reports name differently; `packs`: each report's own.
pub(crate) fn of(story: &Story, cast: &Cast, claims: &[Claim], packs: &[&Pack]) -> Vec<Wording> {
    let pages: Vec<Page> = (0..)
        .zip(&story.reports)
        .zip(packs)
        .map(|((n, r), pack)| Page {
            report: n,
            doc: &r.doc,
            pack,
            quoted: quoted(&r.doc, r.statements.attributions.iter().flat_map(|a| &a.content)),
        })
        .collect();
    let mut found = Found::new();
    // A copy has no words of its own.
    let own = |n: u32| story.copies.get(n as usize).is_none_or(Option::is_none);
    for page in pages.iter().filter(|p| own(p.report)) {
        for t in 0..page.doc.tokens.len() as TokenIx {
            if page.part(t) == Some(Part::Noun) {
                for entity in page.things(cast, t) {
                    page.note(&mut found, About::Entity(entity), t);
                }
            }
        }
    }
    for (number, claim) in (0..).zip(claims) {
        let first = claim.assertions.first().map(|a| a.report);
        if claim.assertions.iter().all(|a| Some(a.report) == first) {
            continue;
        }
        for at in claim.assertions.iter().filter(|a| own(a.report)) {
            let page = &pages[at.report as usize];
            let statements = &story.reports[at.report as usize].statements;
            let tokens = &statements.assertions[at.assertion as usize].proposition.tokens;
            for &t in tokens.iter().filter(|&&t| (t as usize) < page.doc.tokens.len()) {
                page.note(&mut found, About::Claim(number), t);
            }
        }
    }
    differing(found)
}

/// The things for which one report has a loaded word and another report another word. What an entity is called is
/// not told again of the claims that speak of it.
fn differing(found: Found) -> Vec<Wording> {
    let mut out = Vec::new();
    let mut told: BTreeSet<WordUse> = BTreeSet::new();
    for ((about, _), words) in found {
        let differs = words.iter().any(|((neutral, word), uses)| {
            let other = |use_: &WordUse| uses.iter().any(|u| u.report != use_.report);
            !neutral && words.iter().any(|((_, w), uses)| w != word && uses.iter().any(other))
        });
        let new = words.iter().any(|((neutral, _), uses)| !neutral && !uses.is_subset(&told));
        if !differs || !new {
            continue;
        }
        told.extend(words.values().flatten());
        let term = |((neutral, word), uses): ((bool, String), BTreeSet<WordUse>)| Term {
            word,
            loaded: !neutral,
            uses: uses.into_iter().collect(),
        };
        out.push(Wording { about, terms: words.into_iter().map(term).collect() });
    }
    out
}

/// For each token, whether it is a speaker's word: in quotation marks, or in what somebody is said to say.
fn quoted<'a>(doc: &'a Doc, contents: impl Iterator<Item = &'a Span>) -> Vec<bool> {
    let mut out = vec![false; doc.tokens.len()];
    let marked = doc.quotes.iter().filter(|q| q.marked).map(|q| &q.span);
    for span in contents.chain(marked) {
        for t in doc.tokens_in(*span) {
            out[t as usize] = true;
        }
    }
    out
}

/// One report with what is asked of its words.
struct Page<'a> {
    report: u32,
    doc: &'a Doc,
    pack: &'a Pack,
    quoted: Vec<bool>,
}

impl Page<'_> {
    fn part(&self, t: TokenIx) -> Option<Part> {
        match self.doc.tokens[t as usize].upos {
            Upos::Noun | Upos::Propn => Some(Part::Noun),
            Upos::Verb => Some(Part::Verb),
            Upos::Adj => Some(Part::Adjective),
            _ => None,
        }
    }

    /// Adds a word to what is said of something, if the pack knows it.
    fn note(&self, found: &mut Found, about: About, t: TokenIx) {
        let Some((word, namings, span)) = self.naming(t) else { return };
        let quoted = self.quoted[t as usize];
        for naming in namings {
            let words = found.entry((about, naming.thing.clone())).or_default();
            let uses = words.entry((!naming.loaded, word.clone())).or_default();
            uses.insert(WordUse { report: self.report, span, quoted });
        }
    }

    /// The word with what narrows it ("show trial"), or a verb with its particle; then the word alone.
    fn naming(&self, t: TokenIx) -> Option<(String, &[Naming], Span)> {
        let part = self.part(t)?;
        let token = &self.doc.tokens[t as usize];
        let lemma = token.lemma.to_lowercase();
        let wording = &self.pack.wording;
        if part == Part::Verb {
            let whole = slots::lemma(self.doc, t);
            let namings = wording.words(part, &whole);
            return (!namings.is_empty()).then_some((whole, namings, token.span));
        }
        if wording.ends_two(part, &lemma) {
            let narrows = self.doc.children(t).filter(|&k| {
                k + 1 == t && matches!(self.doc.tokens[k as usize].deprel.rel, Rel::Compound | Rel::Amod)
            });
            for k in narrows {
                let before = &self.doc.tokens[k as usize];
                let two = format!("{} {lemma}", before.lemma.to_lowercase());
                let namings = wording.words(part, &two);
                if !namings.is_empty() {
                    return Some((two, namings, before.span.cover(token.span)));
                }
            }
        }
        let namings = wording.words(part, &lemma);
        (!namings.is_empty()).then_some((lemma, namings, token.span))
    }

    /// The story's things of which a noun is said: what it describes, whose name it stands before, whose it is.
    fn things(&self, cast: &Cast, t: TokenIx) -> BTreeSet<u32> {
        if self.naming(t).is_none() {
            return BTreeSet::new();
        }
        let doc = self.doc;
        let token = &doc.tokens[t as usize];
        let narrows = |k: TokenIx| {
            doc.tokens[k as usize].head == t
                && matches!(doc.tokens[k as usize].deprel.rel, Rel::Amod | Rel::Compound | Rel::Nmod)
        };
        let mentions = doc.mentions.iter().filter(|m| {
            let describes = m.head == t && m.form == Form::Nominal;
            let titles = m.name.is_some_and(|n| m.span.contains(token.span) && !n.contains(token.span));
            let whose = m.form == Form::Name && narrows(m.head);
            describes || titles || whose
        });
        mentions.filter_map(|m| cast.known(self.report, m.entity)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{compare, samples::story};
    use sayso_packs::Packs;
    use sayso_types::{About, Form, Mention, Quote, TokenIx};
    use std::sync::LazyLock;

    static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::embedded().unwrap());

    /// What is named differently, a line a thing: `name: word* reports; word reports`, quoted uses in brackets.
    /// `described`: report, word and the entity's name that it describes; `quoted`: report and word.
    fn check(
        reports: &[&[&str]],
        described: &[(usize, &str, &str)],
        quoted: &[(usize, &str)],
        expected: &[&str],
    ) {
        let mut story = story(reports);
        let at = |doc: &sayso_types::Doc, word: &str| doc.tokens.iter().position(|t| t.form == word).unwrap();
        for &(report, word, name) in described {
            let doc = &mut story.reports[report].doc;
            let (head, entity) = (at(doc, word), doc.entities.iter().position(|e| e.name == name).unwrap());
            let (span, kind) = (doc.tokens[head].span, doc.entities[entity].kind);
            let (first, end, entity) = (head as TokenIx, head as TokenIx + 1, entity as u32);
            let (form, name, head) = (Form::Nominal, None, head as TokenIx);
            doc.entities[entity as usize].mentions.push(doc.mentions.len() as u32);
            doc.mentions.push(Mention { span, first, end, head, kind, form, name, entity });
        }
        for &(report, word) in quoted {
            let doc = &mut story.reports[report].doc;
            let span = doc.tokens[at(doc, word)].span;
            doc.quotes.push(Quote { span, marked: true, speaker: None, cue: None });
        }
        let found = compare(&story, &PACKS, &[]);
        let lines: Vec<String> = found
            .wording
            .iter()
            .map(|w| {
                let about = match w.about {
                    About::Entity(e) => found.entities[e as usize].name.clone(),
                    About::Claim(_) => "claim".to_owned(),
                };
                let terms: Vec<String> = w
                    .terms
                    .iter()
                    .map(|t| {
                        let use_ = |u: &sayso_types::WordUse| {
                            if u.quoted { format!("({})", u.report) } else { u.report.to_string() }
                        };
                        let uses: Vec<_> = t.uses.iter().map(use_).collect();
                        format!("{}{} {}", t.word, if t.loaded { "*" } else { "" }, uses.join(" "))
                    })
                    .collect();
                format!("{about}: {}", terms.join("; "))
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn predicates_of_one_claim() {
        let claim = |verb: &str| format!("Norvik_Army/A {verb}* Ostby_Band/P village @2031-05-02");
        let (loaded, neutral) = (claim("slaughter"), claim("kill"));
        check(
            &[&[&loaded, "rain/A fall* town"], &[&neutral, "dogs/A bark* night"]],
            &[],
            &[],
            &["claim: slaughter* 0; kill 1"],
        );
        check(&[&[&loaded, "rain/A fall* town"], &[&loaded, "dogs/A bark* night"]], &[], &[], &[]);
    }

    #[test]
    fn descriptions_of_one_thing() {
        let (one, other) = ("Ada_Holm/A open* bridge/P dictator", "Ada_Holm/A visit* school/P leader");
        let described = [(0, "dictator", "Ada Holm"), (1, "leader", "Ada Holm")];
        check(&[&[one], &[other]], &described, &[], &["Ada Holm: dictator* 0; leader 1"]);
        check(&[&[one], &[other]], &described, &[(0, "dictator")], &["Ada Holm: dictator* (0); leader 1"]);
        check(
            &[&[one, other], &["rain/A fall* town"]],
            &[(0, "dictator", "Ada Holm"), (0, "leader", "Ada Holm")],
            &[],
            &[],
        );
    }

    #[test]
    fn a_copy_has_no_words_of_its_own() {
        let claim = |verb: &str| format!("Norvik_Army/A {verb}* Ostby_Band/P village @2031-05-02");
        let (loaded, neutral) = (claim("slaughter"), claim("kill"));
        check(&[&[&loaded, "rain/A fall* town"], &["copy:0", &neutral, "rain/A fall* town"]], &[], &[], &[]);
    }
}
