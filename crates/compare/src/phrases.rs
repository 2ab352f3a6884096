//! What the words around a predicate add to it, for telling what two assertions say against each other: the verb
//! that does something with a thing, the two ends of a sale or a match, adpositions, negated words, causes.

use crate::cast::Cast;
use crate::slots::lemma;
use crate::terms::{TermIx, Terms};
use sayso_packs::{ClassIx, Pack, Side};
use sayso_types::{Argument, Deprel, Doc, Form, Proposition, Rel, Role, Sub, TokenIx, Upos, VerbForm};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// What the words around a predicate add to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    /// Another way to say what is done.
    pub deed: Option<Deed>,
    /// The ends of a converse predicate.
    pub ends: Vec<Ends>,
    /// Words with the adposition before them.
    pub marked: Vec<(TermIx, SmolStr)>,
    /// Words that are negated by themselves: "not guilty", "no survivors".
    pub negated: Vec<TermIx>,
    /// What is said to be the cause, and of what: the clause itself where nothing is given.
    pub causes: BTreeSet<TermIx>,
    /// As above.
    pub effect: Vec<TermIx>,
}

/// What is done where the predicate is the thing that it is done with ("rejected the plan") or tells little beside
/// its complement ("found him guilty").
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    /// The verb or complement.
    pub predicate: TermIx,
    /// Who does it.
    pub doers: Vec<TermIx>,
    /// With whom or what.
    pub done_to: Vec<TermIx>,
    /// The questions that it answers.
    pub answers: Vec<(ClassIx, bool)>,
    /// The verb is negated: "did not reject".
    pub negated: bool,
}

/// The two ends of what a converse predicate tells.
#[derive(Clone, Debug)]
pub(crate) struct Ends {
    pub class: ClassIx,
    pub first: Vec<TermIx>,
    pub second: Vec<TermIx>,
}

/// What is needed to turn words of a report into terms.
pub(crate) struct Reader<'a> {
    pub doc: &'a Doc,
    pub cast: &'a Cast,
    pub pack: &'a Pack,
    pub report: u32,
}

impl Reader<'_> {
    /// The phrases of a proposition.
    pub fn phrases(&self, terms: &mut Terms, proposition: &Proposition) -> Phrases {
        let tokens: Vec<TokenIx> =
            proposition.tokens.iter().copied().filter(|&t| (t as usize) < self.doc.tokens.len()).collect();
        if self.doc.tokens.get(proposition.predicate as usize).is_none() {
            return Phrases::default();
        }
        let mut out = Phrases {
            deed: self.deed(terms, proposition),
            ends: self.ends(terms, proposition),
            ..Phrases::default()
        };
        for &t in tokens.iter().filter(|&&t| self.doc.tokens[t as usize].upos.is_content()) {
            for term in self.terms(terms, t) {
                if let Some(marker) = self.marker(t) {
                    out.marked.push((term, marker));
                }
                // "No cracks were found": there the clause is negated.
                let part = matches!(self.doc.tokens[t as usize].deprel.rel, Rel::Obj | Rel::Nsubj);
                if t != proposition.predicate && !part && self.is_negated(t) {
                    out.negated.push(term);
                }
            }
        }
        self.causes(terms, proposition, &mut out);
        out
    }

    /// A thing by its name, another word by its lemma; none for a word that tells nothing.
    fn terms(&self, terms: &mut Terms, t: TokenIx) -> Vec<TermIx> {
        let Some(token) = self.doc.tokens.get(t as usize) else { return Vec::new() };
        let mut out = Vec::new();
        let mention = self.doc.mentions.iter().find(|m| m.head == t);
        if let Some(entity) = mention.and_then(|m| self.cast.known(self.report, m.entity)) {
            out.push(terms.entity(entity));
        }
        let named = mention.is_some_and(|m| m.form == Form::Name);
        if token.upos.is_content() && token.upos != Upos::Num && !named {
            out.push(terms.word(&token.lemma.to_lowercase(), self.pack));
        }
        out
    }

    fn of_arguments<'a>(
        &self,
        terms: &mut Terms,
        arguments: impl Iterator<Item = &'a Argument>,
    ) -> Vec<TermIx> {
        let mut out = BTreeSet::new();
        for argument in arguments {
            if let Some(entity) = argument.entity.and_then(|e| self.cast.known(self.report, e)) {
                out.insert(terms.entity(entity));
            }
            out.extend(self.terms(terms, argument.head));
        }
        out.into_iter().collect()
    }

    fn marker(&self, t: TokenIx) -> Option<SmolStr> {
        let case = self.doc.children(t).find(|&c| self.doc.tokens[c as usize].deprel.rel == Rel::Case)?;
        Some(self.doc.tokens[case as usize].lemma.to_lowercase().into())
    }

    /// Whether a word that negates hangs on the token.
    fn is_negated(&self, t: TokenIx) -> bool {
        self.doc.children(t).any(|c| {
            let token = &self.doc.tokens[c as usize];
            matches!(token.deprel.rel, Rel::Advmod | Rel::Det)
                && (token.feats.is_negative() || self.pack.cues.reality.negators.contains(&token.lemma))
        })
    }

    fn deed(&self, terms: &mut Terms, proposition: &Proposition) -> Option<Deed> {
        match self.doc.tokens[proposition.predicate as usize].upos {
            Upos::Verb | Upos::Aux => self.of_complement(terms, proposition),
            Upos::Noun | Upos::Propn => self.of_thing(terms, proposition.predicate),
            _ => None,
        }
    }

    /// "Found him guilty": what it comes to is the complement.
    fn of_complement(&self, terms: &mut Terms, proposition: &Proposition) -> Option<Deed> {
        let verb = proposition.predicate;
        let adjective = |c: &TokenIx| matches!(self.doc.tokens[*c as usize].upos, Upos::Adj | Upos::Noun);
        let complement = self.complement(verb).filter(adjective)?;
        let patients = proposition.arguments.iter().filter(|a| a.role == Role::Patient);
        let done_to = self.of_arguments(terms, patients);
        Some(self.deed_of(terms, verb, Some(complement), Vec::new(), done_to))
    }

    /// "Rejected the plan", "was convicted of fraud": what is done to the thing is what its verb says.
    fn of_thing(&self, terms: &mut Terms, p: TokenIx) -> Option<Deed> {
        let doc = self.doc;
        let own = &doc.tokens[p as usize];
        // "Rejected the plan for a motorway", of which only the motorway is asserted.
        let thing = if own.deprel.rel == Rel::Nmod { own.head } else { p };
        let (verb, role) = (doc.tokens[thing as usize].head, doc.tokens[thing as usize].deprel.rel);
        let governed = matches!(role, Rel::Obj | Rel::Obl | Rel::Nsubj) && self.child(p, Rel::Cop).is_none();
        if !governed || verb == thing || doc.tokens[verb as usize].upos != Upos::Verb {
            return None;
        }
        let complement = self.complement(verb);
        if complement.is_none() && self.pack.contrasts.is_light(&lemma(doc, verb)) {
            return None;
        }
        let of = |rel: Rel, sub: Sub| {
            doc.children(verb).find(|&c| doc.tokens[c as usize].deprel == Deprel { rel, sub })
        };
        let patient = of(Rel::Nsubj, Sub::Pass).filter(|&t| t != thing);
        let passive = patient.is_some() || role == Rel::Nsubj;
        let agent = if passive { of(Rel::Obl, Sub::Agent) } else { self.child(verb, Rel::Nsubj) };
        let doers = agent.map(|t| self.terms(terms, t)).unwrap_or_default();
        let things: BTreeSet<TokenIx> = [p, thing].into_iter().chain(patient).collect();
        let done_to = things.into_iter().flat_map(|t| self.terms(terms, t)).collect();
        Some(self.deed_of(terms, verb, complement, doers, done_to))
    }

    fn deed_of(
        &self,
        terms: &mut Terms,
        verb: TokenIx,
        complement: Option<TokenIx>,
        doers: Vec<TermIx>,
        done_to: Vec<TermIx>,
    ) -> Deed {
        let word = lemma(self.doc, complement.unwrap_or(verb));
        let negated = self.is_negated(verb) != complement.is_some_and(|c| self.is_negated(c));
        let answers = self.pack.contrasts.answers(&word);
        Deed {
            predicate: terms.word(&word, self.pack),
            doers,
            done_to,
            answers: answers.iter().map(|&(class, side)| (class, side != negated)).collect(),
            negated,
        }
    }

    fn child(&self, top: TokenIx, rel: Rel) -> Option<TokenIx> {
        self.doc.children(top).find(|&c| self.doc.tokens[c as usize].deprel.rel == rel)
    }

    /// What completes a verb that says little by itself.
    fn complement(&self, verb: TokenIx) -> Option<TokenIx> {
        let light = self.pack.contrasts.is_light(&lemma(self.doc, verb));
        self.child(verb, Rel::Xcomp).filter(|_| light)
    }

    fn ends(&self, terms: &mut Terms, proposition: &Proposition) -> Vec<Ends> {
        let converses = &self.pack.contrasts.converses;
        let arguments = &proposition.arguments;
        let mut out = Vec::new();
        for &(class, side) in converses.of(&lemma(self.doc, proposition.predicate)) {
            let marks = |a: &Argument, first: bool| {
                let word =
                    a.marker.and_then(|m| self.doc.tokens.get(m as usize)).map(|t| t.lemma.to_lowercase());
                let fits = |w: String| {
                    if first { converses.marks_first(class, &w) } else { converses.marks_second(class, &w) }
                };
                !matches!(a.role, Role::Agent) && word.is_some_and(fits)
            };
            let subject = self.of_arguments(terms, arguments.iter().filter(|a| a.role == Role::Agent));
            let patients: Vec<&Argument> = arguments.iter().filter(|a| a.role == Role::Patient).collect();
            let objects = self.of_arguments(terms, patients.iter().copied());
            // "handed the minister the files": of two bare objects the first one gets it.
            let bare = patients.iter().filter(|a| a.marker.is_none()).map(|a| a.head);
            let given = (patients.len() > 1).then(|| bare.min()).flatten();
            let gets = |a: &&Argument| a.role == Role::Recipient || Some(a.head) == given;
            let (first, second) = match side {
                Side::First => {
                    let to = arguments.iter().filter(|a| gets(a) || marks(a, false));
                    let second = self.of_arguments(terms, to);
                    (subject, second)
                }
                Side::Second => {
                    let from = arguments.iter().filter(|a| marks(a, true));
                    (self.of_arguments(terms, from), subject)
                }
                Side::Over => (subject, objects),
                Side::Under => (objects, subject),
            };
            out.push(Ends { class, first, second });
        }
        out
    }

    /// Why, by verbs, adpositions, clauses and nouns of cause.
    fn causes(&self, terms: &mut Terms, proposition: &Proposition, out: &mut Phrases) {
        let (doc, causes) = (self.doc, &self.pack.contrasts.causes);
        let p = proposition.predicate;
        let verb = match &out.deed {
            Some(_) if doc.tokens[p as usize].upos != Upos::Verb => doc.tokens[p as usize].head,
            _ => p,
        };
        let word = lemma(doc, verb);
        let role = |role: Role| {
            proposition.arguments.iter().filter(move |a| a.role == role).map(|a| a.head).collect::<Vec<_>>()
        };
        let marked = |set: &BTreeSet<String>| -> Vec<TokenIx> {
            let below = doc.children(verb).chain(doc.children(p));
            let phrases = below.filter(|&c| {
                matches!(doc.tokens[c as usize].deprel.rel, Rel::Obl | Rel::Advcl | Rel::Nmod)
                    && self.marks(c).iter().any(|m| set.contains(&format!("{word} {m}")))
            });
            phrases.collect::<BTreeSet<_>>().into_iter().collect()
        };
        let (mut by, mut of) = (Vec::new(), Vec::new());
        if causes.verbs.contains(&word) {
            (by, of) = (role(Role::Agent), role(Role::Patient));
        } else if let found = marked(&causes.leads)
            && !found.is_empty()
        {
            (by, of) = (role(Role::Agent), found);
        } else if let found = marked(&causes.comes)
            && !found.is_empty()
        {
            (by, of) = (found, role(Role::Agent));
        } else if let found = marked(&causes.blames)
            && !found.is_empty()
        {
            (by, of) = (found, if verb == p { role(Role::Patient) } else { vec![p] });
        } else if let found = marked(&causes.faults)
            && !found.is_empty()
        {
            (by, of) = (if verb == p { role(Role::Patient) } else { vec![p] }, found);
        } else if self.is_to_blame(verb) && verb == p && role(Role::Patient).is_empty() {
            by = role(Role::Agent);
        } else if doc.children(p).any(|c| doc.tokens[c as usize].deprel.rel == Rel::Cop) {
            // "the cause of the fire was a leak", "a leak was the cause of the fire"
            let subjects = role(Role::Agent);
            let is_cause = |t: TokenIx| causes.nouns.contains(doc.tokens[t as usize].lemma.as_str());
            let below = |t: TokenIx| -> Vec<TokenIx> {
                doc.children(t).filter(|&c| doc.tokens[c as usize].deprel.rel == Rel::Nmod).collect()
            };
            if let Some(&noun) = subjects.iter().find(|&&t| is_cause(t)) {
                (by, of) = (vec![p], below(noun));
            } else if is_cause(p) {
                (by, of) = (subjects, below(p));
            }
        }
        if by.is_empty() {
            // "because of a leak", "because it leaked"
            let own = self.marks(p).iter().any(|m| causes.marks.contains(m));
            let nominal = !matches!(doc.tokens[p as usize].upos, Upos::Verb | Upos::Aux);
            if own && nominal {
                // "was due to sabotage"
                (by, of) = (vec![p], role(Role::Agent));
            } else {
                let phrases = doc.children(verb).filter(|&c| {
                    matches!(doc.tokens[c as usize].deprel.rel, Rel::Obl | Rel::Advcl | Rel::Nmod)
                        && self.marks(c).iter().any(|m| causes.marks.contains(m))
                });
                by = phrases.collect();
            }
        }
        for top in by {
            let whole = doc.subtree(top);
            let keep =
                |t: &TokenIx| *t == top || top != p || doc.tokens[*t as usize].deprel.rel != Rel::Nsubj;
            for t in whole.into_iter().filter(keep) {
                let case = matches!(doc.tokens[t as usize].deprel.rel, Rel::Case | Rel::Mark | Rel::Fixed);
                let light = self.pack.contrasts.is_light(&doc.tokens[t as usize].lemma);
                if !case && !light && !of.iter().any(|&o| doc.is_below(t, o)) {
                    out.causes.extend(self.terms(terms, t));
                }
            }
        }
        let effect: BTreeSet<TermIx> = of.iter().flat_map(|&t| self.terms(terms, t)).collect();
        out.effect = effect.into_iter().collect();
    }

    /// "A leak was to blame": the infinitive of a verb of fault.
    fn is_to_blame(&self, verb: TokenIx) -> bool {
        let token = &self.doc.tokens[verb as usize];
        let faults = &self.pack.contrasts.causes.faults;
        token.feats.verb_form() == Some(VerbForm::Inf)
            && faults.iter().any(|f| f.split(' ').next() == Some(token.lemma.as_str()))
    }

    /// The adposition or subordinator before a phrase, alone and with what is fixed to it.
    fn marks(&self, t: TokenIx) -> Vec<String> {
        let doc = self.doc;
        let mark = |c: &TokenIx| matches!(doc.tokens[*c as usize].deprel.rel, Rel::Case | Rel::Mark);
        let mut out = Vec::new();
        for c in doc.children(t).filter(mark) {
            let mut words = doc.tokens[c as usize].lemma.to_lowercase();
            out.push(words.clone());
            for f in doc.children(c).filter(|&f| doc.tokens[f as usize].deprel.rel == Rel::Fixed) {
                words.push(' ');
                words.push_str(&doc.tokens[f as usize].lemma.to_lowercase());
                out.push(words.clone());
            }
        }
        out
    }
}
