//! Verbs that attribute: who is the source, and where what he, she or it says stands.

mod things;

use crate::found::Found;
use crate::reality;
use crate::sources::Sources;
use crate::surface;
use crate::tree::Tree;
use sayso_packs::{Frame, VerbCue};
use sayso_types::{
    EntityKind, Factuality, Form, Person, Rel, Source, SourceKind, Stance, Sub, TokenIx, Upos, VerbForm,
};

/// The attribution that this verb makes, if it makes one.
pub(crate) fn attribution(s: &Sources, v: TokenIx) -> Option<Found> {
    by_book(s, v, Book::Speech)
}

/// The attitude, decree or perception that this verb tells of.
pub(crate) fn attitude(s: &Sources, v: TokenIx) -> Option<Found> {
    by_book(s, v, Book::Attitudes)
}

fn by_book(s: &Sources, v: TokenIx, book: Book) -> Option<Found> {
    let verb = s.tree.upos(v) == Upos::Verb;
    let cue = Cue::new(s, v, book).filter(|_| verb && !s.preposition(v, v + 1).is_some_and(|p| p.citing))?;
    if book == Book::Speech && is_to_come(s, v) {
        return None;
    }
    let (content, stance, clausal) = cue
        .clause()
        .or_else(|| cue.around())
        .or_else(|| cue.over())
        .or_else(|| cue.infinitive())
        .or_else(|| cue.complement())
        .or_else(|| cue.about())
        .or_else(|| cue.thing())?;
    let mut content = cue.without_cue(content);
    let here = s.tree.part(v);
    content.retain(|&t| s.tree.part(t) == here || s.quoted(t).is_some());
    let speaks = cue.source.filter(|&h| s.can_speak(h) || clausal && cue.is_said_by(h));
    if content.is_empty() || (speaks.is_none() && !cue.passive) {
        return None;
    }
    Some(Found {
        source: speaks.map(|h| s.source(h)),
        told: cue.told(),
        verb: v,
        cue: cue.tokens,
        content,
        stance,
        cited: false,
        clausal,
    })
}

/// "will demand", "would announce": nobody has said it yet.
fn is_to_come(s: &Sources, v: TokenIx) -> bool {
    let reality = &s.cues.reality;
    let aux = |&k: &TokenIx| {
        let form = s.tree.tok(k).form.to_lowercase();
        let is = |list: &[smol_str::SmolStr]| list.iter().any(|w| w == s.tree.lemma(k) || *w == form);
        s.tree.rel(k) == Rel::Aux && is(&reality.planned)
    };
    // "plans to announce", "considers whether to charge"
    let infinitive = s.tree.tok(v).feats.verb_form() == Some(VerbForm::Inf) && !s.tree.finite(v);
    s.tree.kids(v).iter().any(aux)
        || infinitive && !matches!(reality::factuality(s, v, false), Factuality::Fact | Factuality::Possible)
}

/// The outlet or agency that the verb says was told.
pub(crate) fn told(s: &Sources, v: TokenIx) -> Option<Source> {
    Cue::new(s, v, Book::Speech)?.told()
}

/// Every verb that could introduce a quotation, with who speaks; for quotations that the parse leaves alone.
pub(crate) fn speaker(s: &Sources, v: TokenIx) -> Option<Found> {
    let cue = Cue::new(s, v, Book::Speech)?;
    let used = cue.find(|u| u.frames.iter().any(|f| matches!(f, Frame::Quote | Frame::Marked)))?;
    let source = s.source(cue.source.filter(|&h| s.can_speak(h))?);
    Some(Found {
        stance: used.stance,
        source: Some(source),
        told: cue.told(),
        verb: v,
        cue: cue.tokens,
        content: Vec::new(),
        cited: false,
        clausal: true,
    })
}

/// The attribution of verb `v` to a source and content that the order of words gives.
pub(crate) fn by_order(
    s: &Sources,
    v: TokenIx,
    source: TokenIx,
    content: Vec<TokenIx>,
    frames: &[Frame],
) -> Option<Found> {
    let mut cue = Cue::new(s, v, Book::Speech).filter(|_| s.can_speak(source))?;
    cue.source = Some(source);
    cue.kind = s.kind(source);
    cue.passive = false;
    let used = cue.find(|u| u.frames.iter().any(|f| frames.contains(f)))?;
    let content = cue.without_cue(content);
    let (told, source) = (cue.told(), Some(s.source(source)));
    Some(Found {
        stance: used.stance,
        source,
        told,
        verb: v,
        cue: cue.tokens,
        content,
        cited: false,
        clausal: true,
    })
}

/// Whether the cue, without a source, passes on what somebody says ("is said to", "reportedly") rather than telling
/// what was done to somebody ("was ordered to", "was told of it") or what is known ("it was established that").
pub(crate) fn leaves_out_speaker(s: &Sources, v: TokenIx) -> bool {
    let uses = s.cues.verb(s.tree.lemma(v));
    let says = |u: &VerbCue| u.frames.contains(&Frame::Clause) && !u.wanting && !u.factive && !u.mental;
    let done = |u: &VerbCue| u.frames.contains(&Frame::Told) || u.wanting || u.stance == Stance::Accuses;
    s.tree.upos(v) != Upos::Verb || uses.iter().any(says) && !uses.iter().any(done)
}

/// Content, stance, and whether the content is a clause.
type Said = (Vec<TokenIx>, Stance, bool);

/// Words after a verb among which the one who is told is looked for.
const NEXT: TokenIx = 6;

/// Which lexicon a verb is looked up in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Book {
    /// What is said, thought or shown to be so.
    Speech,
    /// What is wanted, supported, decreed or seen, beside that.
    Attitudes,
}

struct Cue<'a> {
    s: &'a Sources<'a>,
    tree: &'a Tree<'a>,
    v: TokenIx,
    book: Book,
    tokens: Vec<TokenIx>,
    uses: Vec<&'a VerbCue>,
    passive: bool,
    negated: bool,
    source: Option<TokenIx>,
    kind: Option<SourceKind>,
}

impl<'a> Cue<'a> {
    fn new(s: &'a Sources<'a>, v: TokenIx, book: Book) -> Option<Self> {
        let tree = s.tree;
        let lemma = tree.lemma(v);
        let look_up = |words: &str| -> Vec<&'a VerbCue> {
            let attitudes = if book == Book::Attitudes { s.cues.attitude(words) } else { &[] };
            attitudes.iter().chain(s.cues.verb(words)).collect()
        };
        let joined = |k: TokenIx| look_up(&format!("{lemma} {}", tree.lemma(k)));
        let partner = tree.kids(v).iter().copied().find(|&k| {
            matches!(tree.rel(k), Rel::Compound | Rel::Advmod | Rel::Obj | Rel::Xcomp)
                && !joined(k).is_empty()
        });
        let uses = partner.map_or_else(|| look_up(lemma), joined);
        if uses.is_empty() {
            return None;
        }
        let tokens = std::iter::once(v).chain(partner).collect();
        let passive = tree.is_passive(v);
        let lone = !passive && matches!(tree.rel(v), Rel::Root | Rel::Parataxis) && tree.finite(v);
        let source = tree.agent(v).filter(|&h| h != v);
        let source = source.or_else(|| lone.then(|| surface::source_before(s, v)).flatten());
        let kind = source.and_then(|h| s.kind(h));
        let negated = tree.kids(v).iter().any(|&k| s.negates(k));
        Some(Self { s, tree, v, book, tokens, uses, passive, negated, source, kind })
    }

    /// The first use that fits; uses only under negation come first where the verb is negated.
    fn find(&self, fits: impl Fn(&VerbCue) -> bool) -> Option<&'a VerbCue> {
        // "I think", "you know": the speaker's own voice, not somebody's that the report passes on.
        let speech = self.book == Book::Speech;
        let aside = self.source.is_some_and(|h| {
            speech
                && self.tree.upos(h) == Upos::Pron
                && self.tree.tok(h).feats.person().is_some_and(|p| p != Person::Third)
        });
        let ok = |u: &&VerbCue| {
            fits(u)
                && !(aside && (u.mental || u.wanting || u.stance == Stance::Estimates))
                && (!(speech && (u.mental || u.factive)) || self.kind.is_some() || self.passive)
                && (!u.evidence || self.is_evidence())
        };
        let uses = || self.uses.iter().copied();
        let under = |u: &&VerbCue| u.negated && self.negated && ok(u);
        uses().find(under).or_else(|| uses().find(|u| !u.negated && ok(u)))
    }

    fn with(&self, frame: Frame) -> Option<&'a VerbCue> {
        self.find(|u| u.frames.contains(&frame))
    }

    fn is_evidence(&self) -> bool {
        self.source
            .is_some_and(|h| self.s.cues.source_kinds(self.tree.lemma(h)).contains(&SourceKind::Document))
    }

    fn clause(&self) -> Option<Said> {
        let used = self.find(|u| u.frames.iter().any(|f| matches!(f, Frame::Clause | Frame::Quote)))?;
        let tree = self.tree;
        let fits = |&k: &TokenIx| match tree.rel(k) {
            Rel::Ccomp => !self.is_adverbial(k),
            Rel::Csubj => self.passive,
            // A clause after "that", hung wrongly: "told Reuters [that …]" as a description of Reuters.
            Rel::Advcl | Rel::Xcomp => k > self.v && tree.finite(k) && self.has_complementizer(k),
            _ => false,
        };
        let clauses = || tree.kids(self.v).iter().copied().filter(fits);
        let clause = clauses().find(|&k| k > self.v).or_else(|| clauses().next());
        let clause = clause.or_else(|| {
            let object =
                tree.kids(self.v).iter().copied().find(|&k| matches!(tree.rel(k), Rel::Obj | Rel::Iobj))?;
            let told = used.frames.contains(&Frame::Told) && self.kind_of(object).is_some();
            let inner =
                |&k: &TokenIx| tree.rel(k) == Rel::Acl && tree.finite(k) && self.has_complementizer(k);
            told.then(|| tree.kids(object).iter().copied().find(inner)).flatten()
        })?;
        let mut content = tree.all_below(clause);
        let joined = |&k: &TokenIx| {
            k > clause
                && matches!(tree.rel(k), Rel::Conj | Rel::Ccomp | Rel::Advcl | Rel::Acl | Rel::Parataxis)
        };
        for k in tree.kids(self.v).iter().copied().filter(joined) {
            // "said that P, and that Q", where the second clause hangs on the verb
            if self.has_complementizer(k) && self.s.cues.verb(tree.lemma(k)).is_empty() {
                content.extend(tree.all_below(k));
            }
        }
        // "said to have", "is believed that": the subject belongs to what is said.
        if self.passive && tree.rel(clause) != Rel::Csubj {
            content.extend(self.passive_subject().into_iter().flatten());
        }
        content.sort_unstable();
        // "considers whether to", "has not decided if": no judgement yet.
        let asks = |&k: &TokenIx| {
            tree.rel(k) == Rel::Mark && self.s.cues.reality.whether.iter().any(|w| w == tree.lemma(k))
        };
        let open = tree.kids(clause).iter().any(asks)
            && matches!(used.stance, Stance::Estimates | Stance::Promises)
            && self.book == Book::Speech;
        (!open).then_some((content, used.stance, true))
    }

    /// Opened by a mark of time, cause or the like: no content, whatever the parse says.
    fn is_adverbial(&self, clause: TokenIx) -> bool {
        let tree = self.tree;
        let mark = tree.kid(clause, Rel::Mark).filter(|&m| m < clause && tree.upos(m) == Upos::Sconj);
        mark.is_some_and(|m| {
            m > self.v
                && !self.s.cues.complementizers.iter().any(|c| c == tree.lemma(m))
                && tree.tok(m).feats.value("PronType").is_none()
        })
    }

    /// A clause mark with no lexical meaning of its own.
    fn has_complementizer(&self, clause: TokenIx) -> bool {
        let tree = self.tree;
        tree.kids(clause).iter().any(|&k| {
            tree.rel(k) == Rel::Mark && self.s.cues.complementizers.iter().any(|c| c == tree.lemma(k))
        }) && tree.kids(clause).iter().any(|&k| tree.rel(k) == Rel::Nsubj && tree.head(k) == Some(clause))
    }

    /// "P, Z said", "P, Z said, Q", "Z said: P", "as Z said".
    fn around(&self) -> Option<Said> {
        let used = self.with(Frame::Quote)?;
        let tree = self.tree;
        let bare = !tree.kids(self.v).iter().any(|&k| {
            matches!(tree.rel(k), Rel::Ccomp | Rel::Xcomp)
                || (tree.rel(k) == Rel::Obj && self.kind_of(k).is_none())
        });
        let parataxis = |&k: &TokenIx| tree.rel(k) == Rel::Parataxis && tree.is_predicate(k);
        if let Some(k) = tree.kids(self.v).iter().copied().find(parataxis).filter(|_| bare) {
            return Some((tree.all_below(k), used.stance, true));
        }
        let head = tree.head(self.v).filter(|_| bare && self.source.is_some())?;
        let aside = tree.rel(self.v) == Rel::Parataxis
            || (tree.rel(self.v) == Rel::Advcl && tree.kids(self.v).iter().any(|&k| self.s.is_likening(k)));
        let v = self.v;
        aside.then(|| (tree.below(head, |t| t == v), used.stance, true))
    }

    /// "promised to V", "denied Ving", "urged X to V", "is said to V".
    fn infinitive(&self) -> Option<Said> {
        let tree = self.tree;
        let is_inf = |k: TokenIx| tree.rel(k) == Rel::Xcomp || (tree.rel(k) == Rel::Ccomp && !tree.finite(k));
        let bare = |k: TokenIx| {
            let gerund =
                tree.tok(k).feats.verb_form().is_some_and(|f| matches!(f, VerbForm::Ger | VerbForm::Part));
            let unmarked =
                !tree.kids(k).iter().any(|&m| matches!(tree.rel(m), Rel::Mark | Rel::Case | Rel::Nsubj));
            tree.rel(k) == Rel::Advcl && gerund && unmarked && k == self.after_cue()
        };
        let gerunds = self.with(Frame::Gerund).is_some();
        let clause = tree
            .kids(self.v)
            .iter()
            .copied()
            .find(|&k| is_inf(k) && tree.upos(k) != Upos::Adj || gerunds && bare(k))?;
        let gerund =
            tree.tok(clause).feats.verb_form().is_some_and(|f| matches!(f, VerbForm::Ger | VerbForm::Part))
                && !tree.kids(clause).iter().any(|&k| tree.rel(k) == Rel::Mark);
        let object = tree.patient(self.v);
        let frame = match (gerund, object) {
            (true, _) => Frame::Gerund,
            (false, Some(_)) => Frame::Urge,
            (false, None) => Frame::Infinitive,
        };
        let raised = self.passive && frame == Frame::Urge;
        let used = self.with(frame).or_else(|| raised.then(|| self.with(Frame::Clause)).flatten())?;
        let mut content = tree.all_below(clause);
        content.extend(object.map(|o| tree.all_below(o)).into_iter().flatten());
        content.sort_unstable();
        Some((content, used.stance, true))
    }

    /// The word after the verb and its particle.
    fn after_cue(&self) -> TokenIx {
        self.tokens.iter().copied().max().unwrap_or(self.v) + 1
    }

    /// "The poster wrote that P": whoever is the subject of a verb that nothing but people do can speak; so can
    /// whatever has a name, though it is not known of what.
    fn is_said_by(&self, h: TokenIx) -> bool {
        let shows = self.uses.iter().any(|u| u.evidence);
        let says = |u: &&VerbCue| u.frames.contains(&Frame::Clause) && !u.evidence;
        let own = self.tree.kid(self.v, Rel::Nsubj) == Some(h);
        let fits = match self.tree.upos(h) {
            Upos::Noun => !shows,
            Upos::Propn => true,
            _ => false,
        };
        own && fits && self.uses.iter().any(says) && !self.s.is_time(h)
    }

    fn passive_subject(&self) -> Option<Vec<TokenIx>> {
        let subject = self
            .tree
            .kids(self.v)
            .iter()
            .copied()
            .find(|&k| self.tree.deprel(k).sub == Sub::Pass && self.tree.rel(k) == Rel::Nsubj)?;
        Some(self.tree.all_below(subject))
    }

    fn kind_of(&self, t: TokenIx) -> Option<SourceKind> {
        self.s.kind(t)
    }

    /// The outlet or agency that was told, and so stands nearer to the reader.
    fn told(&self) -> Option<Source> {
        let tree = self.tree;
        let place = |&&k: &&TokenIx| {
            Some(k) != self.source
                && matches!(tree.rel(k), Rel::Obj | Rel::Iobj | Rel::Obl)
                && tree.deprel(k).sub != Sub::Agent
        };
        let told = tree.kids(self.v).iter().filter(place).copied().find_map(|k| {
            let nested = || {
                // "told listeners of his channel": of whoever speaks.
                let own = |n: TokenIx| tree.kids(n).iter().any(|&o| tree.upos(o) == Upos::Pron);
                let relay = |&n: &TokenIx| tree.rel(n) == Rel::Nmod && self.s.is_relay(n) && !own(n);
                tree.kids(k).iter().copied().find(relay)
            };
            if self.s.is_relay(k) { Some(k) } else { nested() }
        });
        let Some(told) = told.or_else(|| {
            // The one who is told stands next to the verb, whatever the parse makes of it.
            let tells = self.uses.iter().any(|u| u.frames.contains(&Frame::Told));
            let name = |t: &TokenIx| {
                !matches!(tree.upos(*t), Upos::Verb | Upos::Punct | Upos::Sconj | Upos::Adp | Upos::Aux)
            };
            let next = self.v + 1..(self.v + NEXT).min(tree.doc.tokens.len() as TokenIx);
            let mut near = next.take_while(name).filter(|&t| tree.sentence(t) == tree.sentence(self.v));
            near.find(|&t| {
                tells && tree.upos(t).is_nominal() && tree.rel(t) != Rel::Compound && self.s.is_relay(t)
            })
        }) else {
            return self.interviewer();
        };
        (!self.s.is_own(told)).then(|| self.s.source(told))
    }

    /// "'P,' he told N": whoever a quotation was told to prints it, if N is no person and no body that is known for one.
    fn interviewer(&self) -> Option<Source> {
        let (s, tree) = (self.s, self.tree);
        let tells = self.uses.iter().any(|u| u.frames.contains(&Frame::Told));
        // "Harbour 24" of Harbour 24 International prints its own.
        let own = |name: &str| tree.doc.report.outlet.as_deref().is_some_and(|o| o.contains(name));
        let name = |&k: &TokenIx| {
            let named = s.mention(k).filter(|m| m.form == Form::Name && m.kind == EntityKind::Organization);
            let other = named.and_then(|m| m.name).is_some_and(|n| !own(n.of(tree.doc.text())));
            matches!(tree.rel(k), Rel::Obj | Rel::Iobj) && other && !s.is_body(k) && !s.is_own(k)
        };
        let sentence = tree.doc.sentences.get(tree.sentence(self.v) as usize)?.span;
        let v = tree.tok(self.v).span;
        let before = |q: &sayso_types::Quote| q.marked && sentence.overlaps(q.span) && q.span.end <= v.start;
        let after_quote = || s.quoted(self.v).is_none() && tree.doc.quotes.iter().any(before);
        let told = tree.kids(self.v).iter().copied().find(name).filter(|_| tells && after_quote())?;
        Some(Source { kind: SourceKind::Outlet, ..s.source(told) })
    }

    /// Content without the cue's own words and without the source's.
    fn without_cue(&self, mut content: Vec<TokenIx>) -> Vec<TokenIx> {
        let source = self.source.map(|h| self.s.span(h));
        let inside = |t: TokenIx| source.is_some_and(|s| s.contains(self.tree.tok(t).span));
        content.retain(|t| !self.tokens.contains(t) && (self.passive || !inside(*t)));
        content
    }
}
