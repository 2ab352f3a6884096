//! Whom or what the words of a source mean.

mod kinds;

use crate::anonymity::Anonymous;
use crate::tree::Tree;
use sayso_packs::{Cues, Frame, Pack, Preposition};
use sayso_types::{
    Bound, Colour, EntityKind, Form, Mention, Person, Quantity, Quote, Rel, Source, SourceKind, Span, Sub,
    TokenIx, Upos,
};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The document with its lexicon: what every rule about sources asks.
pub(crate) struct Sources<'a> {
    pub tree: &'a Tree<'a>,
    pub cues: &'a Cues,
    pub pack: &'a Pack,
    anonymous: Anonymous,
    /// For each token, the mention whose head it is.
    mention_at: Vec<Option<u32>>,
    /// For each token, the phrase of a cue that begins there.
    phrase_at: Vec<Option<&'a Preposition>>,
    /// For each entity, what a noun beside one of its names says that it is: "the daily N", "the news agency N".
    called: Vec<Option<SourceKind>>,
    /// The same by the name's main word, for names that are no mentions.
    called_so: BTreeMap<&'a str, SourceKind>,
}

impl<'a> Sources<'a> {
    pub fn new(tree: &'a Tree<'a>, pack: &'a Pack) -> Self {
        let cues = &pack.cues;
        let mut mention_at = vec![None; tree.doc.tokens.len()];
        for (i, m) in tree.doc.mentions.iter().enumerate() {
            if let Some(at) = mention_at.get_mut(m.head as usize) {
                at.get_or_insert(i as u32);
            }
        }
        let mut called = vec![None; tree.doc.entities.len()];
        let phrase_at = (0..tree.doc.tokens.len()).map(|t| Self::phrase_from(tree, cues, t)).collect();
        let (called_so, anonymous) = (BTreeMap::new(), Anonymous::default());
        let mut new =
            Self { tree, cues, pack, anonymous, mention_at, phrase_at, called: Vec::new(), called_so };
        for (t, token) in tree.doc.tokens.iter().enumerate().filter(|(_, k)| k.upos == Upos::Propn) {
            let Some(kind) = new.called_outlet(t as TokenIx) else { continue };
            new.called_so.entry(&token.form).or_insert(kind);
            if let Some(own) = new.entity(t as TokenIx).and_then(|e| called.get_mut(e as usize)) {
                own.get_or_insert(kind);
            }
        }
        new.called = called;
        new.anonymous = Anonymous::of(&new);
        new
    }

    /// The cue phrase before a source ("according to", "citing") that begins at this token.
    pub fn preposition(&self, t: TokenIx, end: TokenIx) -> Option<&'a Preposition> {
        let found = self.phrase_at[t as usize]?;
        Some(found).filter(|p| p.words.len() as TokenIx <= end.saturating_sub(t).max(1))
    }

    fn phrase_from(tree: &Tree, cues: &'a Cues, t: usize) -> Option<&'a Preposition> {
        let tokens = &tree.doc.tokens;
        let is = |k: usize, w: &SmolStr| tokens.get(t + k).is_some_and(|x| x.form.eq_ignore_ascii_case(w));
        cues.prepositions.iter().find(|p| p.words.iter().enumerate().all(|(k, w)| is(k, w)))
    }

    /// The mention of a name, a pronoun or a being; things that are only described can say nothing.
    pub fn mention(&self, head: TokenIx) -> Option<&'a Mention> {
        let thing = |m: &Mention| {
            m.form == Form::Nominal
                && matches!(m.kind, EntityKind::Other | EntityKind::Event | EntityKind::Product)
        };
        self.any_mention(head).filter(|m| !thing(m))
    }

    fn any_mention(&self, head: TokenIx) -> Option<&'a Mention> {
        self.mention_at[head as usize].and_then(|i| self.tree.doc.mentions.get(i as usize))
    }

    pub fn entity(&self, head: TokenIx) -> Option<u32> {
        self.any_mention(head).map(|m| m.entity)
    }

    /// The source whose head is this token.
    pub fn source(&self, head: TokenIx) -> Source {
        // "its director, N. N.": where nobody has joined the two, the name says who it is.
        let named = |h: &TokenIx| self.entity(*h).is_some_and(|e| self.entity_has_name(e));
        let beside = self.tree.kids(head).iter().copied().filter(|&k| {
            self.tree.rel(k) == Rel::Appos
                || self.tree.rel(k) == Rel::Flat && self.tree.upos(k) == Upos::Propn
        });
        let name = std::iter::once(head).chain(beside).find(named).unwrap_or(head);
        let described =
            self.kind(head).filter(|_| name == head || self.kind(head) != Some(SourceKind::Described));
        let by_name = || match self.kind_of_head(name)? {
            SourceKind::Body if self.is_body(name) => Some(SourceKind::Body),
            SourceKind::Body | SourceKind::Person => Some(SourceKind::Person),
            _ => None,
        };
        let said = self.tree.upos(head) == Upos::Noun && self.cues.noun(self.tree.lemma(head)).is_some();
        let other = if said { SourceKind::Document } else { SourceKind::Described };
        let kind = described.or_else(by_name).unwrap_or(other);
        let entity = self.entity(name);
        let hidden = matches!(kind, SourceKind::Described | SourceKind::Bare);
        let reason = self.anonymous.reason(head, entity).filter(|_| hidden);
        Source { span: self.span(head), head, entity, kind, reason }
    }

    /// What the words of a cue let show, by its verb with a particle, or its noun.
    pub fn colour(&self, cue: &[TokenIx]) -> Colour {
        let of = |&t: &TokenIx| {
            let lemma = self.tree.lemma(t);
            let after = self.tree.kids(t).iter().find(|&&k| self.tree.deprel(k).sub == Sub::Prt);
            let after = after.or_else(|| cue.iter().find(|&&k| k == t + 1));
            let two = after.map(|&k| self.pack.wording.colour(&format!("{lemma} {}", self.tree.lemma(k))));
            two.filter(|c| *c != Colour::Neutral).unwrap_or_else(|| self.pack.wording.colour(lemma))
        };
        cue.iter().map(of).find(|c| *c != Colour::Neutral).unwrap_or_default()
    }

    /// Its words: the noun phrase without its adposition and without clauses that merely follow it.
    pub fn span(&self, head: TokenIx) -> Span {
        let tree = self.tree;
        let relative = |t: TokenIx| tree.rel(t) == Rel::Acl && tree.finite(t);
        // "the AP on condition of", "Z on Monday": what a parse hangs on a name though it is said of the telling.
        let initials = self.mention(head).is_none() && self.is_agency_name(head);
        let ends_here = |t: TokenIx| tree.head(t) == Some(head) && (initials || self.is_time(t));
        let time_before = |t: TokenIx| {
            t < head && tree.head(t) == Some(head) && tree.deprel(t).sub == Sub::Unmarked && self.is_time(t)
        };
        let leave = |t: TokenIx| {
            matches!(
                tree.rel(t),
                Rel::Case
                    | Rel::Parataxis
                    | Rel::Advcl
                    | Rel::Ccomp
                    | Rel::Mark
                    | Rel::Cop
                    | Rel::Aux
                    | Rel::Punct
            ) && tree.head(t) == Some(head)
                || (tree.rel(t) == Rel::Cc && t < head)
                || (t > head
                    && self.preposition(t, tree.doc.tokens.len() as TokenIx).is_some_and(|p| p.citing))
                || relative(t)
                || (tree.rel(t) == Rel::Nmod && self.anonymous.is_mark(t))
                || (t > head && tree.rel(t) == Rel::Nmod && tree.kid(t, Rel::Case).is_some() && ends_here(t))
                || time_before(t)
                || (tree.rel(t) == Rel::Conj && tree.head(t) == Some(head) && tree.upos(t) == Upos::Verb)
        };
        let tokens = tree.below(head, leave);
        let whole = tree.cover(&tokens).unwrap_or(tree.tok(head).span);
        // A subtree that a wrong parse has made too large would swallow the clause; the mention knows better.
        match self.mention(head) {
            Some(m) if tokens.len() > 25 || !whole.contains(m.span) => m.span,
            _ => whole,
        }
    }

    /// Initials that the tagger may take for anything.
    pub fn is_agency_name(&self, t: TokenIx) -> bool {
        self.cues.known(&self.tree.tok(t).form) == Some(SourceKind::Agency)
    }

    /// Whether whatever this names can say things at all: no time, no relative pronoun, no plain thing or number.
    pub fn can_speak(&self, head: TokenIx) -> bool {
        let tree = self.tree;
        if self.kind(head).is_some() {
            return true;
        }
        match tree.upos(head) {
            _ if self.is_time(head) => false,
            Upos::Pron => !matches!(tree.tok(head).feats.value("PronType"), Some("Rel" | "Int")),
            Upos::Num | Upos::Det => {
                tree.kids(head).iter().any(|&k| tree.rel(k) == Rel::Nmod && self.kind(k).is_some())
            }
            Upos::Adj => tree.kid(head, Rel::Det).is_some(),
            Upos::Noun => self.cues.noun(tree.lemma(head)).is_some(),
            _ => false,
        }
    }

    /// A mention's proper name without its article.
    fn bare_name(&self, m: &Mention) -> &'a str {
        let doc = self.tree.doc;
        let Some(name) = m.name else { return "" };
        let articles = doc.tokens_in(name).take_while(|&t| self.tree.upos(t) == Upos::Det);
        let start = articles
            .last()
            .map_or(name.start, |t| doc.tokens.get(t as usize + 1).map_or(name.end, |n| n.span.start));
        Span::new(start, name.end).of(doc.text())
    }

    fn entity_has_name(&self, entity: u32) -> bool {
        let doc = self.tree.doc;
        doc.entities.get(entity as usize).is_some_and(|e| {
            e.mentions.iter().any(|&i| doc.mentions.get(i as usize).is_some_and(|m| m.form == Form::Name))
        })
    }

    /// The report itself: "this newspaper", its outlet's name, or one of the writers ("told me").
    pub fn is_own(&self, head: TokenIx) -> bool {
        let tree = self.tree;
        let outlet_word = self.cues.source_kinds(tree.lemma(head)).contains(&SourceKind::Outlet);
        if outlet_word {
            let own = |&k: &TokenIx| {
                let form = tree.tok(k).form.to_lowercase();
                matches!(tree.rel(k), Rel::Det | Rel::Nmod) && self.cues.own.iter().any(|o| *o == form)
            };
            return tree.kids(head).iter().any(own);
        }
        if tree.upos(head) == Upos::Pron {
            let span = tree.tok(head).span;
            let quoted = tree.doc.quotes.iter().any(|q| q.span.contains(span));
            return !quoted && tree.tok(head).feats.person() == Some(Person::First);
        }
        let Some(outlet) = tree.doc.report.outlet.as_deref() else { return false };
        let Some(mention) = self.mention(head) else { return false };
        let same = |name: &str| !name.is_empty() && same_outlet(outlet, name);
        // "the Echo" of the Harbour Echo, but not the Harbour; "the Weekly", "Harbour Radio" of Harbour Radio News.
        let name = self.bare_name(mention);
        let ends = !name.is_empty() && outlet.ends_with(name);
        let word = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let press = (ends || !name.is_empty() && outlet.starts_with(name))
            && self.cues.source_kinds(&word).contains(&SourceKind::Outlet);
        let short = ends && tree.doc.entities.get(mention.entity as usize).is_some_and(|e| same(&e.name));
        press || short || same(name)
    }

    /// Somebody or something that passes news on: an outlet or agency other than the report's own.
    pub fn is_relay(&self, head: TokenIx) -> bool {
        matches!(self.kind(head), Some(SourceKind::Outlet | SourceKind::Agency))
    }

    /// The quotation in which the token stands.
    pub fn quoted(&self, t: TokenIx) -> Option<&'a Quote> {
        let span = self.tree.tok(t).span;
        self.tree.doc.quotes.iter().find(|q| q.span.contains(span))
    }

    /// The verb can introduce a quotation.
    pub fn can_quote(&self, v: TokenIx) -> bool {
        self.has_frame(v, Frame::Quote)
    }

    /// The verb can govern a clause that says what is said.
    pub fn can_govern_clause(&self, v: TokenIx) -> bool {
        self.has_frame(v, Frame::Clause)
    }

    /// The verb's object may be the one who is told.
    pub fn tells(&self, v: TokenIx) -> bool {
        self.has_frame(v, Frame::Told)
    }

    fn has_frame(&self, v: TokenIx, frame: Frame) -> bool {
        self.cues.verb(self.tree.lemma(v)).iter().any(|u| !u.negated && u.frames.contains(&frame))
    }

    /// The token is a part of an expression of time.
    pub fn is_time(&self, t: TokenIx) -> bool {
        self.tree.doc.times.iter().any(|x| (x.first..x.end).contains(&t))
    }

    /// A word that negates what it hangs on.
    pub fn negates(&self, t: TokenIx) -> bool {
        let token = self.tree.tok(t);
        matches!(self.tree.rel(t), Rel::Advmod | Rel::Det | Rel::Cc | Rel::Mark | Rel::Aux)
            && (self.cues.reality.negators.contains(&token.lemma) || token.feats.is_negative())
            && !self.is_bound(t)
    }

    /// A word of "not less than twelve".
    pub fn is_bound(&self, t: TokenIx) -> bool {
        let bounded = |q: &&Quantity| q.bound != Bound::Exact && (q.first..q.end).contains(&t);
        self.tree.doc.quantities.iter().any(|q| bounded(&q))
    }

    /// Whether a word below it negates it.
    pub fn negates_any(&self, v: TokenIx) -> bool {
        self.tree.kids(v).iter().any(|&k| self.negates(k))
    }

    /// "as" before a reporting clause.
    pub fn is_likening(&self, t: TokenIx) -> bool {
        matches!(self.tree.rel(t), Rel::Mark | Rel::Advmod | Rel::Case)
            && self.cues.likening.iter().any(|w| w == self.tree.lemma(t))
    }
}

/// The same letters and digits, but for an article before one of the two.
fn same_outlet(a: &str, b: &str) -> bool {
    let fold = |s: &str| s.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (a, b) = (fold(a), fold(b));
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    long.ends_with(&short) && long.len() - short.len() <= ARTICLE
}

/// Letters of the longest article before an outlet's name.
const ARTICLE: usize = 3;
