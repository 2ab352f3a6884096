//! Verbs that attribute: who is the source, and where what he, she or it says stands.

use crate::found::Found;
use crate::sources::Sources;
use crate::surface;
use crate::tree::Tree;
use sayso_packs::{Frame, VerbCue};
use sayso_types::{Person, Rel, Source, SourceKind, Stance, Sub, TokenIx, Upos, VerbForm};

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
    let speaks = cue.source.filter(|&h| s.can_speak(h));
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
        Some((content, used.stance, true))
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

    /// "accused X of Ving", "blamed X for Y", "put the price at Y".
    fn over(&self) -> Option<Said> {
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

    /// "called X absurd", "dismissed X as nonsense".
    fn complement(&self) -> Option<Said> {
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
        content.extend(what_tokens);
        content.sort_unstable();
        content.dedup();
        let clausal = tree.upos(what) == Upos::Verb;
        let denies = rejects || self.uses.iter().any(|u| u.stance == Stance::Denies);
        Some((content, if denies { Stance::Denies } else { used.stance }, clausal))
    }

    /// "speaks of Y", "called for Y".
    fn about(&self) -> Option<Said> {
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
        Some((tree.all_below(what), used.stance, tree.upos(what) == Upos::Verb))
    }

    /// "denied the claims", "announced a deal".
    fn thing(&self) -> Option<Said> {
        let tree = self.tree;
        let object = tree.patient(self.v)?;
        let used = self.with(Frame::Thing)?;
        let speaks = match self.kind {
            Some(SourceKind::Document) => used.evidence || used.stance != Stance::Asserts,
            _ => self.takes_things(),
        };
        let speaks = speaks && (!used.values || self.holds_value(object));
        let stance = self.of_target(used.stance, object);
        // A plain thing said of nothing ("reported a profit") is content only with an own source.
        (speaks && Some(object) != self.source).then(|| (tree.all_below(object), stance, false))
    }

    /// Whether what is no clause may be what the source says or wants: of a plain thing that would be a deed.
    fn takes_things(&self) -> bool {
        let speaks = || self.passive || self.source.is_some_and(|h| self.s.can_speak(h));
        self.kind.is_some() || self.book == Book::Attitudes && speaks()
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
            let nested =
                || tree.kids(k).iter().copied().find(|&n| tree.rel(n) == Rel::Nmod && self.s.is_relay(n));
            if self.s.is_relay(k) { Some(k) } else { nested() }
        });
        let told = told.or_else(|| {
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
        })?;
        (!self.s.is_own(told)).then(|| self.s.source(told))
    }

    /// Content without the cue's own words and without the source's.
    fn without_cue(&self, mut content: Vec<TokenIx>) -> Vec<TokenIx> {
        let source = self.source.map(|h| self.s.span(h));
        let inside = |t: TokenIx| source.is_some_and(|s| s.contains(self.tree.tok(t).span));
        content.retain(|t| !self.tokens.contains(t) && (self.passive || !inside(*t)));
        content
    }
}
