//! Whose words a quotation gives: the subject of the verb of saying that governs it, stands beside it, or stood
//! beside the quotation before it.

use sayso_packs::{Frame, Pack};
use sayso_types::{
    Doc, EntityKind, Form, Gender, Mention, MentionIx, Person, Quote, Rel, Stance, Sub, TokenIx, Upos,
};

/// Who says something, and the word that tells so.
#[derive(Clone, Copy)]
struct Saying {
    speaker: Option<MentionIx>,
    cue: TokenIx,
}

/// Sets speaker and cue of every quotation.
pub(super) fn attribute(doc: &mut Doc, pack: &Pack) {
    let mut quotes = std::mem::take(&mut doc.quotes);
    for at in 0..quotes.len() {
        let quote = &quotes[at];
        let whole = ends_whole(doc, quote);
        // Words in the middle of a clause are on the word of whoever governs it, not of who passes the sentence on.
        let part = quote.span.of(doc.text()).starts_with(char::is_lowercase);
        let governed = if part { within(doc, pack, &quotes, at) } else { None };
        let saying = governed
            .or_else(|| beside(doc, pack, &quotes, at))
            .or_else(|| within(doc, pack, &quotes, at))
            .or_else(|| continued(doc, pack, &quotes, at).filter(|_| whole))
            .or_else(|| signed(doc, &quotes[at]));
        if let Some(saying) = saying {
            quotes[at].speaker = saying.speaker.map(|m| spoke_before(doc, pack, &quotes, at, m).unwrap_or(m));
            quotes[at].cue = Some(saying.cue);
        }
    }
    // A quotation that is taken up in the next paragraph may have its verb only there.
    for at in (0..quotes.len().saturating_sub(1)).rev() {
        let gap =
            doc.text().get(quotes[at].span.end as usize..quotes[at + 1].span.start as usize).unwrap_or("x");
        let taken_up = gap.contains('\n') && gap.chars().all(|c| c.is_whitespace() || "“\"«„".contains(c));
        if taken_up && quotes[at].speaker.is_none() {
            (quotes[at].speaker, quotes[at].cue) = (quotes[at + 1].speaker, quotes[at + 1].cue);
        }
    }
    doc.quotes = quotes;
}

fn ends_whole(doc: &Doc, quote: &Quote) -> bool {
    let words = quote.span.of(doc.text());
    words.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
        && words.ends_with(['.', '!', '?', ',', '…'])
}

/// Whether a verb may govern a quotation.
fn says(doc: &Doc, pack: &Pack, token: TokenIx) -> bool {
    let word = &doc.tokens[token as usize];
    matches!(word.upos, Upos::Verb)
        && pack
            .cues
            .verb(&word.lemma)
            .iter()
            .any(|c| c.frames.iter().any(|f| matches!(f, Frame::Quote | Frame::Marked | Frame::Clause)))
}

/// Whether a verb may govern words quoted inside its clause: any cue may.
fn reports(doc: &Doc, pack: &Pack, token: TokenIx) -> bool {
    let word = &doc.tokens[token as usize];
    matches!(word.upos, Upos::Verb) && !pack.cues.verb(&word.lemma).is_empty()
}

fn quoted(quotes: &[Quote], doc: &Doc, token: TokenIx) -> bool {
    let span = doc.tokens[token as usize].span;
    quotes.iter().any(|q| q.span.contains(span))
}

/// The sentence's tokens right after a quotation, or right before it, up to a sentence's end.
fn beside(doc: &Doc, pack: &Pack, quotes: &[Quote], at: usize) -> Option<Saying> {
    let quote = &quotes[at];
    let tokens = doc.tokens_in(quote.span);
    let text = doc.text();
    // '…," said X', '…," X said'
    let words = quote.span.of(text);
    let runs_on = !words.ends_with('.')
        || doc.sentence_of(tokens.end.saturating_sub(1))
            == doc.sentence_of(tokens.end.min(doc.tokens.len() as TokenIx - 1));
    let behind = (runs_on && tokens.end > tokens.start).then(|| after(doc, pack, quotes, quote, tokens.end));
    behind.flatten().or_else(|| before(doc, pack, quotes, quote, tokens.start))
}

fn after(doc: &Doc, pack: &Pack, quotes: &[Quote], quote: &Quote, from: TokenIx) -> Option<Saying> {
    let paragraph_end = doc.text()[quote.span.end as usize..]
        .find('\n')
        .map_or(doc.text().len(), |n| quote.span.end as usize + n);
    let mut subject = None;
    let mut seen = 0;
    for t in from..doc.tokens.len() as TokenIx {
        let word = &doc.tokens[t as usize];
        if word.span.start as usize >= paragraph_end || seen > 24 || quoted(quotes, doc, t) {
            return None;
        }
        if word.upos == Upos::Punct {
            // A full stop, a semicolon or a colon ends the reach; commas and marks do not.
            if matches!(word.form.as_str(), "." | "!" | "?" | ";") {
                return None;
            }
            continue;
        }
        seen += 1;
        if says(doc, pack, t) && (seen == 1 || subject.is_some() || is_subject_below(doc, t, from)) {
            return Some(Saying { speaker: subject_of(doc, quotes, t, subject), cue: t });
        }
        // Between the quotation and its verb stands its subject, and nothing else.
        if word.upos == Upos::Verb && !matches!(word.deprel.rel, Rel::Acl | Rel::Amod)
            || matches!(word.upos, Upos::Sconj | Upos::Cconj)
        {
            return None;
        }
        if seen == 1 && matches!(word.upos, Upos::Adp) {
            return None;
        }
        subject = subject.or_else(|| mention_at(doc, t).filter(|_| word.upos.is_nominal()));
    }
    None
}

fn is_subject_below(doc: &Doc, verb: TokenIx, from: TokenIx) -> bool {
    doc.children(verb).any(|c| c >= from && doc.tokens[c as usize].deprel.rel == Rel::Nsubj)
}

/// 'X said: "…"', 'X told Y, "…"', 'X said that "…"': the verb before, with nothing but its own words between.
fn before(doc: &Doc, pack: &Pack, quotes: &[Quote], quote: &Quote, to: TokenIx) -> Option<Saying> {
    let sentence = &doc.sentences.get(doc.sentence_of(to))?;
    let first = if sentence.first < to {
        sentence.first
    } else {
        doc.sentences.get(doc.sentence_of(to).checked_sub(1)?)?.first
    };
    let colon = |t: TokenIx| doc.tokens[t as usize].form == ":";
    let across = sentence.first >= to || (first..to).all(|t| doc.tokens[t as usize].upos == Upos::Punct);
    let last = (first..to).rev().find(|&t| !is_mark(doc, t))?;
    if across && !colon(last) || doc.tokens[last as usize].span.end + 4 < quote.span.start {
        return None;
    }
    for t in (first..to).rev() {
        if quoted(quotes, doc, t) {
            return None;
        }
        if !reports(doc, pack, t) {
            continue;
        }
        // A verb in a relative clause about something else does not govern what follows the clause.
        let own = !matches!(doc.tokens[t as usize].deprel.sub, Sub::Relcl) || last == t || colon(last);
        if own {
            return Some(Saying { speaker: subject_of(doc, quotes, t, None), cue: t });
        }
    }
    // 'X: "…"'
    let name = (first..last).rev().find_map(|t| mention_at(doc, t)).filter(|m| {
        let m = &doc.mentions[*m as usize];
        colon(last) && m.end == last
    })?;
    Some(Saying { speaker: Some(name), cue: last })
}

fn is_mark(doc: &Doc, token: TokenIx) -> bool {
    let form = &doc.tokens[token as usize].form;
    form.chars().all(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`' | '‹' | '›'))
}

/// Words quoted inside a clause: the verb above them, or any verb of saying in the sentence, before or after.
fn within(doc: &Doc, pack: &Pack, quotes: &[Quote], at: usize) -> Option<Saying> {
    let quote = &quotes[at];
    let tokens = doc.tokens_in(quote.span);
    let sentence = doc.sentences.get(doc.sentence_of(tokens.start))?;
    let inside = |t: TokenIx| tokens.contains(&t);
    let top =
        tokens.clone().find(|&t| !inside(doc.tokens[t as usize].head) || doc.tokens[t as usize].head == t)?;
    let mut up = top;
    for _ in 0..12 {
        if !inside(up) && reports(doc, pack, up) && !quoted(quotes, doc, up) {
            let speaker = subject_of(doc, quotes, up, None);
            // "was signed" brings nobody's words.
            if speaker.is_some() {
                return Some(Saying { speaker, cue: up });
            }
        }
        let head = doc.tokens[up as usize].head;
        if head == up {
            break;
        }
        up = head;
    }
    // The whole sentence is on somebody's word: 'The talks "may slip", the envoy said.'
    let saying = |t: &TokenIx| {
        says(doc, pack, *t)
            && !quoted(quotes, doc, *t)
            && doc.children(*t).any(|c| doc.tokens[c as usize].deprel.rel == Rel::Nsubj)
    };
    let cue = (sentence.first..tokens.start)
        .rev()
        .find(saying)
        .or_else(|| (tokens.end..sentence.end).find(saying))?;
    Some(Saying { speaker: subject_of(doc, quotes, cue, None), cue })
}

/// The one who spoke before goes on: in the same paragraph, with nobody else named as subject in between.
fn continued(doc: &Doc, pack: &Pack, quotes: &[Quote], at: usize) -> Option<Saying> {
    let quote = &quotes[at];
    if let Some(previous) = quotes[..at].iter().rev().find(|q| !q.span.contains(quote.span)) {
        let between = doc.text().get(previous.span.end as usize..quote.span.start as usize)?;
        let paragraph = !between.contains('\n');
        if let (true, Some(speaker), Some(cue)) = (paragraph, previous.speaker, previous.cue) {
            return Some(Saying { speaker: Some(speaker), cue });
        }
    }
    // Not yet quoted, but the sentence before reports what somebody says.
    let here = doc.sentence_of(doc.tokens_in(quote.span).start);
    let last = doc.sentences.get(here.checked_sub(1)?)?;
    if last.paragraph != doc.sentences[here].paragraph {
        return None;
    }
    let cue = (last.first..last.end).find(|&t| {
        reports(doc, pack, t) && doc.children(t).any(|c| doc.tokens[c as usize].deprel.rel == Rel::Nsubj)
    })?;
    subject_of(doc, quotes, cue, None).map(|speaker| Saying { speaker: Some(speaker), cue })
}

/// Whom a pronoun or "the company" means: whoever spoke in the sentence before. Elsewhere the nearest name may be
/// meant; of speakers, the one who has the word goes on.
fn spoke_before(
    doc: &Doc,
    pack: &Pack,
    quotes: &[Quote],
    at: usize,
    speaker: MentionIx,
) -> Option<MentionIx> {
    let this = &doc.mentions[speaker as usize];
    let start = doc.tokens_in(quotes[at].span).start.min(this.first);
    let last = doc.sentences.get(doc.sentence_of(start).checked_sub(1)?)?;
    let answers = |t: TokenIx| {
        let uses = pack.cues.verb(&doc.tokens[t as usize].lemma);
        uses.first().is_some_and(|u| u.stance != Stance::Accuses)
    };
    let subject = |&c: &TokenIx| {
        let deprel = doc.tokens[c as usize].deprel;
        deprel.rel == Rel::Nsubj && deprel.sub != Sub::Pass
    };
    let says = |&t: &TokenIx| reports(doc, pack, t) && answers(t) && !quoted(quotes, doc, t);
    let told = (last.first..last.end).rfind(|t| says(t) && doc.children(*t).any(|c| subject(&c)));
    // "Z, who runs it, denied it": a parse may lose so distant a subject.
    let first = || {
        let opens = |m: &Mention| m.first == last.first && m.form == Form::Name;
        let name = doc.mentions.iter().position(opens).map(|m| m as MentionIx);
        name.filter(|_| (last.first..last.end).any(|t| says(&t)))
    };
    let before = told.map_or_else(first, |cue| subject_of(doc, quotes, cue, None))?;
    let that = &doc.mentions[before as usize];
    let feats = &doc.tokens[this.head as usize].feats;
    let number = |m: &Mention| doc.tokens[m.head as usize].feats.number();
    if number(this).zip(number(that)).is_some_and(|(a, b)| a != b) {
        return None;
    }
    let other = doc.entities.get(that.entity as usize)?.gender;
    let agrees = feats.person() == Some(Person::Third)
        && match feats.value("Gender") {
            Some("Fem") => other != Gender::Masculine,
            Some("Masc") => other != Gender::Feminine,
            _ => true,
        };
    let fits = match (this.form, this.kind) {
        (Form::Pronoun, EntityKind::Person) => agrees,
        (Form::Nominal, EntityKind::Organization) => that.form == Form::Name,
        (Form::Nominal, EntityKind::Person) => that.form == Form::Nominal && !has_name(doc, this.entity),
        _ => false,
    };
    (fits && that.kind == this.kind).then_some(before)
}

fn has_name(doc: &Doc, entity: u32) -> bool {
    let all = doc.entities.get(entity as usize).map_or(&[][..], |e| &e.mentions);
    all.iter().any(|&m| doc.mentions.get(m as usize).is_some_and(|m| m.form == Form::Name))
}

/// "its director, N. N.,": the name behind a description that has none of its own.
fn named_behind(doc: &Doc, speaker: MentionIx) -> Option<MentionIx> {
    let this = &doc.mentions[speaker as usize];
    let punct = |t: TokenIx| doc.tokens.get(t as usize).is_some_and(|t| t.upos == Upos::Punct);
    let name = doc.mentions.iter().position(|m| {
        m.first == this.end + 1 && m.form == Form::Name && m.kind == this.kind && punct(m.end)
    })?;
    let bare = this.form == Form::Nominal && punct(this.end) && !has_name(doc, this.entity);
    bare.then_some(name as MentionIx)
}

/// A quotation in a paragraph of its own with a name after a dash: '"…" — Harbour Office, 3 May'.
fn signed(doc: &Doc, quote: &Quote) -> Option<Saying> {
    let tokens = doc.tokens_in(quote.span);
    let dash = (tokens.end..doc.tokens.len() as TokenIx).find(|&t| !is_mark(doc, t))?;
    let form = &doc.tokens[dash as usize].form;
    let mention = mention_at(doc, dash + 1)?;
    matches!(form.as_str(), "—" | "–" | "―" | "-" | "--")
        .then_some(Saying { speaker: Some(mention), cue: dash })
}

/// The mention that this token stands for: the widest that has it before or at its head ("the UN" of "the UN envoy"
/// stands for the envoy, however it was parsed), or else the widest that holds it.
fn mention_at(doc: &Doc, token: TokenIx) -> Option<MentionIx> {
    let all = doc.mentions.iter().enumerate();
    let holding = all.filter(|(_, m)| m.first <= token && token < m.end);
    holding
        .max_by_key(|(at, m)| (token <= m.head, m.end - m.first, usize::MAX - at))
        .map(|(at, _)| at as MentionIx)
}

/// Whose words a verb brings: its subject, that of the verb it is tied to, or the noun that it describes.
fn subject_of(doc: &Doc, quotes: &[Quote], verb: TokenIx, beside: Option<MentionIx>) -> Option<MentionIx> {
    // Who stands between the quotation and a verb without a subject of its own is that subject.
    let bare = |c: TokenIx| doc.tokens[c as usize].deprel.rel != Rel::Nsubj || quoted(quotes, doc, c);
    if beside.is_some() && doc.children(verb).all(bare) {
        return beside.map(|m| named_behind(doc, m).unwrap_or(m));
    }
    let mut at = verb;
    for _ in 0..4 {
        let passive = doc.children(at).any(|c| {
            doc.tokens[c as usize].deprel == sayso_types::Deprel { rel: Rel::Nsubj, sub: Sub::Pass }
        });
        let subject = doc.children(at).find(|&c| {
            let deprel = doc.tokens[c as usize].deprel;
            let agent = deprel.rel == Rel::Obl && deprel.sub == Sub::Agent;
            if passive { agent } else { deprel.rel == Rel::Nsubj && !quoted(quotes, doc, c) || agent }
        });
        if let Some(mention) = subject.and_then(|s| speaker_at(doc, s)) {
            return Some(mention);
        }
        if subject.is_some() {
            break;
        }
        let token = &doc.tokens[at as usize];
        match token.deprel.rel {
            Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Ccomp | Rel::Parataxis if token.head != at => {
                at = token.head
            }
            Rel::Acl => return mention_at(doc, token.head),
            _ => break,
        }
    }
    // The parse lost it: the mention right after the verb or right before it.
    beside.or_else(|| {
        let near = [verb + 1, verb + 2, verb + 3].into_iter().take_while(|&t| {
            doc.tokens.get(t as usize).is_some_and(|t| t.upos != Upos::Punct && t.upos != Upos::Adp)
        });
        near.chain(verb.checked_sub(1)).find_map(|t| speaker_at(doc, t))
    })
}

/// A mention that may speak; a pronoun that is joined to nothing has none.
fn speaker_at(doc: &Doc, token: TokenIx) -> Option<MentionIx> {
    let mention = mention_at(doc, token)?;
    let kind = doc.mentions[mention as usize].kind;
    let speaks = !matches!(kind, EntityKind::Event) || doc.mentions[mention as usize].form == Form::Pronoun;
    speaks.then(|| named_behind(doc, mention).unwrap_or(mention))
}
