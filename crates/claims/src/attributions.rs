//! All attributions of a report: found by rule, bound to quotations, nested in each other, relays told apart.

use crate::found::Found;
use crate::sources::Sources;
use crate::{attitudes, boundaries, nouns, phrases, quoted, stance, surface, verbs};
use sayso_types::{Attribution, Link, Person, Source, SourceKind, Span, Stance, TokenIx, Upos};

/// Attributions in text order of their content, with what chains need to know of them.
pub(crate) struct Attributed {
    pub found: Vec<Found>,
    /// For each, what the source does, cue and content considered.
    pub stances: Vec<Stance>,
    /// For each, the one in whose content it stands.
    pub within: Vec<Option<usize>>,
}

impl Attributed {
    pub fn of(s: &Sources) -> Self {
        let mut found = Vec::new();
        for sentence in &s.tree.doc.sentences {
            let words = || sentence.first..sentence.end;
            let mut of_verbs: Vec<_> = words().filter_map(|v| verbs::attribution(s, v)).collect();
            surface::mend(s, words(), &mut of_verbs);
            let of_phrases = phrases::attributions(s, (sentence.first, sentence.end), &mut of_verbs);
            for noun in words().filter_map(|n| nouns::attribution(s, n)) {
                // "rejected the idea that P": what the verb does, it does with P.
                let outer = of_verbs.iter_mut().find(|f| !f.clausal && f.says(noun.verb) && noun.clausal);
                match outer {
                    Some(f) if noun.source.is_none() || f.stance == Stance::Denies || same_head(f, &noun) => {
                        f.cue.push(noun.verb);
                        f.content = noun.content;
                        f.clausal = true;
                    }
                    _ => found.push(noun),
                }
            }
            found.extend(of_verbs);
            found.extend(of_phrases);
        }
        quoted::bind(s, &mut found);
        let says = |f: &Found| f.content.iter().any(|&t| s.tree.upos(t) != Upos::Punct);
        found.retain(|f| says(f) && !is_own_deed(s, f));
        uncross(s, &mut found);
        found.sort_by_key(|f| (f.content.first().copied(), std::cmp::Reverse(f.content.len()), f.verb));
        let stances = found.iter().map(|f| stance::stance(s, f)).collect();
        let within = nest(&found.iter().collect::<Vec<_>>());
        let mut out = Self { found, stances, within };
        out.relay(s);
        out
    }

    /// The attributions around a token, nearest to the reader first.
    pub fn around(&self, t: TokenIx) -> Vec<usize> {
        let inmost = (0..self.found.len())
            .filter(|&k| self.found[k].says(t))
            .max_by_key(|&k| (self.depth(k), std::cmp::Reverse(self.found[k].content.len())));
        let mut out: Vec<_> = std::iter::successors(inmost, |&k| self.within[k]).take(DEEPEST).collect();
        out.reverse();
        out
    }

    fn depth(&self, k: usize) -> usize {
        std::iter::successors(Some(k), |&k| self.within[k]).take(DEEPEST).count()
    }

    /// The sources of these attributions as a chain.
    pub fn chain(&self, s: &Sources, around: &[usize]) -> Vec<Link> {
        let mut out: Vec<Link> = Vec::new();
        for &k in around {
            let f = &self.found[k];
            let cue = cue_span(s, f);
            let bare = || Source {
                span: cue.unwrap_or_default(),
                head: f.verb,
                entity: None,
                kind: SourceKind::Bare,
                reason: None,
            };
            let own = f.source.clone().or_else(|| verbs::leaves_out_speaker(s, f.verb).then(bare));
            for source in f.told.iter().cloned().chain(own) {
                let text = s.tree.doc.text();
                let again = |l: &Link| {
                    l.source.head == source.head
                        || l.source.entity.is_some() && l.source.entity == source.entity
                        || l.source.span.of(text) == source.span.of(text)
                };
                if source.kind != SourceKind::Own && !source.span.is_empty() && !out.iter().any(again) {
                    out.push(Link { source, cue, colour: s.colour(&f.cue) });
                }
            }
        }
        out
    }

    /// "One of them put …", after "two people told Agency …": the second, too, comes by the agency.
    fn relay(&mut self, s: &Sources) {
        for k in 0..self.found.len() {
            if self.found[k].told.is_some() || self.within[k].is_some() {
                continue;
            }
            let Some(source) = self.found[k].source.clone() else { continue };
            let here = s.tree.sentence(self.found[k].verb);
            let refers = |other: &Source| {
                let same = source.entity.is_some() && source.entity == other.entity;
                same && s.tree.upos(source.head) == Upos::Pron || part_of(s, &source, other)
            };
            let before =
                self.found.iter().enumerate().filter(|(j, f)| *j != k && f.verb < self.found[k].verb);
            let near = before.filter(|(_, f)| here.saturating_sub(s.tree.sentence(f.verb)) <= 1);
            let Some((j, _)) =
                near.filter(|(_, f)| f.source.as_ref().is_some_and(refers)).max_by_key(|(_, f)| f.verb)
            else {
                continue;
            };
            let by = self.found[j].told.clone();
            let by = by.or_else(|| self.within[j].and_then(|w| self.found[w].source.clone()));
            self.found[k].told = by.filter(|b| matches!(b.kind, SourceKind::Outlet | SourceKind::Agency));
        }
    }

    /// As the types have them, attitudes included.
    pub fn attributions(&self, s: &Sources) -> Vec<Attribution> {
        let attitudes = attitudes::attitudes(s, &self.found);
        let all: Vec<&Found> = self.found.iter().chain(&attitudes).collect();
        let within = nest(&all);
        let stances = self.stances.iter().copied().chain(attitudes.iter().map(|f| f.stance));
        let one = |((f, w), stance): ((&&Found, &Option<usize>), Stance)| {
            let (cue, content) = boundaries::cue_and_content(s, f);
            Attribution {
                source: boundaries::source(s, f),
                cue,
                content: s.tree.spans(&content).into_iter().map(|x| with_marks(s, x)).collect(),
                stance,
                within: w.map(|w| w as u32),
            }
        };
        all.iter().zip(&within).zip(stances).map(one).collect()
    }
}

/// The span with the marks of a quotation that it holds, and with what stands between words and mark.
fn with_marks(s: &Sources, span: Span) -> Span {
    let text = s.tree.doc.text();
    let is_mark = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
    let held = s.tree.doc.quotes.iter().filter(|q| q.marked && span.overlaps(q.span));
    held.fold(span, |span, q| {
        let (before, after) = (text.get(..q.span.start as usize), text.get(q.span.end as usize..));
        let before =
            before.and_then(|t| t.chars().next_back()).filter(is_mark).map_or(0, char::len_utf8) as u32;
        let after = after.and_then(|t| t.chars().next()).filter(is_mark).map_or(0, char::len_utf8) as u32;
        let at_start = span.start <= q.span.start + EDGE && span.start + EDGE >= q.span.start;
        let at_end = span.end + EDGE >= q.span.end && span.end <= q.span.end + EDGE;
        let start = if at_start { q.span.start - before } else { span.start };
        Span::new(start, if at_end { q.span.end + after } else { span.end })
    })
}

/// Bytes of punctuation and space between the words of a quotation and its marks.
const EDGE: u32 = 3;

fn same_head(a: &Found, b: &Found) -> bool {
    matches!((&a.source, &b.source), (Some(a), Some(b)) if a.head == b.head)
}

fn cue_span(s: &Sources, f: &Found) -> Option<Span> {
    let main = s.tree.tok(*f.cue.first()?).span;
    let near = |t: &&TokenIx| t.abs_diff(f.cue[0]) <= 3;
    Some(f.cue.iter().filter(near).fold(main, |span, &t| span.cover(s.tree.tok(t).span)))
}

/// "one of them", "one of the two people": some of those that another source names.
fn part_of(s: &Sources, part: &Source, whole: &Source) -> bool {
    let tree = s.tree;
    let of = |&k: &TokenIx| tree.rel(k) == sayso_types::Rel::Nmod;
    let inner = tree.kids(part.head).iter().copied().find(of);
    inner.is_some_and(|k| {
        let same = s.entity(k).is_some() && s.entity(k) == whole.entity;
        let pronoun = tree.upos(k) == Upos::Pron;
        let count = matches!(tree.upos(part.head), Upos::Num | Upos::Pron | Upos::Det);
        count && (same || pronoun || tree.lemma(k) == tree.lemma(whole.head))
    })
}

/// "I have admitted nothing", in a quotation: whoever speaks tells what he or she did.
fn is_own_deed(s: &Sources, f: &Found) -> bool {
    let first = |x: &Source| s.tree.tok(x.head).feats.person() == Some(Person::First);
    !f.clausal && s.quoted(f.verb).is_some() && f.source.as_ref().is_some_and(first)
}

/// A phrase that covers another's cue takes itself out of that one's content; an agency stands outside.
fn uncross(s: &Sources, found: &mut [Found]) {
    let relays = |f: &Found| f.source.as_ref().is_some_and(|x| s.is_relay(x.head));
    for k in 0..found.len() {
        for j in 0..found.len() {
            if j != k && found[k].says(found[j].verb) && found[j].says(found[k].verb) {
                let size = |n: usize| (relays(&found[n]), found[n].content.len());
                let (outer, inner) = if size(k) >= size(j) { (k, j) } else { (j, k) };
                let cue = found[outer].cue.clone();
                let source = found[outer].source.as_ref().map(|x| x.head);
                found[inner].content.retain(|t| !cue.contains(t) && Some(*t) != source);
            }
        }
    }
}

/// For each attribution the smallest other one that holds its cue and what it says.
fn nest(found: &[&Found]) -> Vec<Option<usize>> {
    let holds = |outer: &Found, inner: &Found| {
        let first = inner.content.iter().filter(|t| outer.says(**t)).count();
        first * 2 > inner.content.len() && outer.says(inner.verb) && !inner.says(outer.verb)
    };
    let same = |outer: &Found, inner: &Found| {
        let farther = (inner.cited, inner.verb) > (outer.cited, outer.verb);
        outer.content == inner.content && farther
    };
    let mut within: Vec<Option<usize>> = vec![None; found.len()];
    for k in 0..found.len() {
        let near =
            (0..found.len()).filter(|&j| j != k && (holds(found[j], found[k]) || same(found[j], found[k])));
        let inmost = near.min_by_key(|&j| (found[j].content.len(), j));
        // A wrong parse can make a ring of them.
        let ring = |j: usize| std::iter::successors(Some(j), |&j| within[j]).any(|j| j == k);
        within[k] = inmost.filter(|&j| !ring(j));
    }
    within
}

/// Attributions in each other's contents are followed no deeper.
const DEEPEST: usize = 8;
