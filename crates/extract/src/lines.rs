//! The line model: whether a line is the report's or furniture, and of what kind, from its form, its words and its
//! place. Saved pages and pasted text share it; what only a page has (markup) comes on top in [`crate::blocks`].

use sayso_packs::{Calendar, FurnitureLexicon, Manner, Packs};
use sayso_types::{FurnitureKind, Lang};

/// What a line looks like, whatever its words mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Form {
    /// Letters and the like, white space left out.
    pub(crate) chars: usize,
    /// Words.
    pub(crate) words: usize,
    /// Ends as a sentence does.
    pub(crate) stop: bool,
    /// Parts between bars, dots, arrows or wide gaps.
    pub(crate) parts: usize,
    /// Parts of three words at most.
    pub(crate) short_parts: usize,
    /// Words with a capital first letter.
    pub(crate) capitals: usize,
    /// Words that have no letter.
    pub(crate) numbers: usize,
    /// Letters that are capitals.
    pub(crate) upper: usize,
    /// Letters.
    pub(crate) letters: usize,
    /// Commas, semicolons and colons inside.
    pub(crate) commas: usize,
    /// Stops followed by a space inside.
    pub(crate) inner_stops: usize,
}

impl Form {
    pub(crate) fn of(line: &str) -> Self {
        let mut form = Self { stop: ends_sentence(line), ..Self::default() };
        for word in line.split_whitespace() {
            let first = word.chars().find(|c| c.is_alphanumeric());
            let Some(first) = first else { continue };
            form.words += 1;
            form.capitals += usize::from(first.is_uppercase());
            form.numbers += usize::from(!word.chars().any(char::is_alphabetic));
            form.inner_stops += usize::from(word.ends_with(['.', '!', '?']));
        }
        for c in line.chars() {
            form.chars += usize::from(!c.is_whitespace());
            form.letters += usize::from(c.is_alphabetic());
            form.upper += usize::from(c.is_uppercase());
            form.commas += usize::from(matches!(c, ',' | ';' | ':'));
        }
        for part in parts(line) {
            form.parts += 1;
            form.short_parts += usize::from(part.split_whitespace().count() <= 3 && !ends_sentence(part));
        }
        form
    }

    /// A row of headings: several parts, each short.
    pub(crate) fn is_row(&self) -> bool {
        self.parts >= 3 && self.short_parts == self.parts && !self.stop
    }

    /// A sentence or more, as reports are made of.
    pub(crate) fn is_prose(&self) -> bool {
        (self.stop && self.words >= 6) || self.words >= 20 || (self.words <= 3 && self.chars > 60)
    }
}

/// Whether a line ends with a stop, quotation marks and brackets after it aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | ')' | ']')
    });
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟'])
}

/// The parts of a line between bars, dots, arrows and wide gaps.
pub(crate) fn parts(line: &str) -> Vec<&str> {
    // Most lines have none of the marks, which are these four or begin with one of these two bytes.
    let marked = |b: &u8| matches!(b, b'|' | b'\t' | b'>' | b'*' | 0xc2 | 0xe2);
    if !line.as_bytes().iter().any(marked) && !line.contains("  ") {
        // A dash or a stroke parts a menu where it comes again and again; once, it is a sentence's own.
        let often = [" / ", " - "].into_iter().max_by_key(|mark| line.matches(mark).count());
        if let Some(mark) = often.filter(|mark| line.matches(mark).nth(2).is_some()) {
            return line.split(mark).map(str::trim).collect();
        }
        let line = line.trim();
        return if line.is_empty() { Vec::new() } else { vec![line] };
    }
    let mut out = Vec::new();
    for part in line.split(['|', '•', '·', '›', '»', '▪', '■', '\t', '→', '>', '¦', '●', '*'])
    {
        let mut rest = part;
        while let Some(gap) = rest.find("  ") {
            out.push(rest[..gap].trim());
            rest = rest[gap..].trim_start();
        }
        out.push(rest.trim());
    }
    out.retain(|p| !p.is_empty());
    out
}

/// The lexicons that fit a language; all of them where none does, since pages mix languages.
pub(crate) struct Words<'a> {
    lexicons: Vec<&'a FurnitureLexicon>,
    calendar: &'a Calendar,
}

impl<'a> Words<'a> {
    pub(crate) fn of(packs: &'a Packs, lang: &Lang) -> Self {
        let lexicons = match packs.get(lang) {
            Some(pack) => vec![&pack.furniture],
            None => packs.iter().map(|p| &p.furniture).collect(),
        };
        Self { lexicons, calendar: packs.calendar() }
    }

    pub(crate) fn find(&self, line: &str) -> Option<(FurnitureKind, Manner)> {
        self.lexicons.iter().find_map(|l| l.find(line))
    }

    pub(crate) fn calendar(&self) -> &'a Calendar {
        self.calendar
    }

    pub(crate) fn lexicons(&self) -> impl Iterator<Item = &'a FurnitureLexicon> + '_ {
        self.lexicons.iter().copied()
    }
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before the first sentence.
    Head,
    /// Between the first and the last.
    Body,
    /// After the last.
    Tail,
}

/// How sure the words and the form make it that a line is furniture; the report's where not above 0.
pub(crate) fn judge(line: &str, form: &Form, place: Place, words: &Words) -> (f32, FurnitureKind) {
    weigh(line, form, place, by_words(line, form, words))
}

/// A line's form and what its words say, which stay the same wherever it stands; both are costly to find out.
pub(crate) struct Seen {
    pub(crate) form: Form,
    said: (f32, FurnitureKind),
}

impl Seen {
    pub(crate) fn of(line: &str, words: &Words) -> Self {
        let form = Form::of(line);
        Self { form, said: by_words(line, &form, words) }
    }

    /// As [`judge`], of the line that was seen.
    pub(crate) fn judge(&self, line: &str, place: Place) -> (f32, FurnitureKind) {
        weigh(line, &self.form, place, self.said)
    }
}

fn weigh(line: &str, form: &Form, place: Place, said: (f32, FurnitureKind)) -> (f32, FurnitureKind) {
    let (mut score, mut kind) = said;
    let by_form = by_form(line, form, place);
    if by_form.0 > score {
        (score, kind) = by_form;
    }
    if score <= 0.0 {
        return (score, kind);
    }
    // Sentences can open or end with a lexicon's words and be the report's all the same.
    let sure = matches!(
        kind,
        FurnitureKind::Newsletter
            | FurnitureKind::Share
            | FurnitureKind::Comments
            | FurnitureKind::Promotion
            | FurnitureKind::Notice
    );
    if form.stop && form.words >= 6 {
        score -= if sure { 1.0 } else { 2.0 };
    }
    if form.words >= 14 {
        score -= 1.0;
    }
    if form.words >= 25 {
        score -= 1.5;
    }
    if place == Place::Tail {
        score += 1.5;
    }
    (score, kind)
}

fn by_words(line: &str, form: &Form, words: &Words) -> (f32, FurnitureKind) {
    let weight = |manner: Manner| match manner {
        Manner::Whole => 4.0,
        Manner::Label | Manner::Starts => 3.0,
        Manner::Anywhere => 2.5,
        Manner::Ends if form.words <= 8 && !form.stop => 2.0,
        Manner::Ends => 0.0,
    };
    let whole = words.find(line).map(|(kind, manner)| (weight(manner), kind));
    let parts = parts(line);
    if parts.len() < 2 {
        return whole.unwrap_or((0.0, FurnitureKind::Other));
    }
    let hits: Vec<_> =
        parts.iter().filter_map(|p| words.find(p)).filter(|(_, m)| *m != Manner::Anywhere).collect();
    let by_parts = hits.first().map(|(kind, _)| {
        (3.5 * hits.len() as f32 / parts.len() as f32 + 0.5 * (hits.len() > 1) as u8 as f32, *kind)
    });
    match (whole, by_parts) {
        (Some(a), Some(b)) if b.0 > a.0 => b,
        (Some(a), _) => a,
        (None, Some(b)) if b.0 >= 1.5 => b,
        _ => (0.0, FurnitureKind::Other),
    }
}

fn by_form(line: &str, form: &Form, place: Place) -> (f32, FurnitureKind) {
    if form.words == 0 {
        return (if form.chars == 0 || place != Place::Body { 2.0 } else { 0.5 }, FurnitureKind::Other);
    }
    if form.is_row() {
        return (3.0, FurnitureKind::Menu);
    }
    // A word and its number, again and again: counters and tickers.
    if form.numbers >= 2
        && form.words <= 12
        && form.words <= 3 * form.numbers
        && !form.stop
        && form.words > form.numbers
        && place == Place::Tail
    {
        return (1.0, FurnitureKind::Header);
    }
    if form.numbers == form.words && form.words <= 4 {
        return (if place == Place::Body { 0.5 } else { 1.5 }, FurnitureKind::Header);
    }
    let bracketed = line.starts_with(['(', '[', '<']) && line.ends_with([')', ']', '>']);
    if bracketed && place == Place::Head && form.words <= 8 && !form.stop {
        return (1.0, FurnitureKind::Header);
    }
    (0.0, FurnitureKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[(&str, Place)], expected: &[Option<FurnitureKind>]) {
        let packs = Packs::embedded().unwrap();
        let words = Words::of(&packs, &Lang::new("en"));
        for ((line, place), expected) in lines.iter().zip(expected) {
            let (score, kind) = judge(line, &Form::of(line), *place, &words);
            assert_eq!((score > 0.0).then_some(kind), *expected, "{line} ({score})");
        }
    }

    #[test]
    fn furniture_by_its_words_and_form() {
        check(
            &[
                ("World | Sport | Weather | Obituaries", Place::Head),
                ("Home > Region > Harbour", Place::Head),
                ("READ ALSO: Ferry fares rise again", Place::Body),
                ("Sign up for our weekly letter", Place::Tail),
                ("Tags: ferry, harbour, fares", Place::Tail),
                ("Photo: Ida Holm", Place::Body),
                ("Like 14 Love 3 Wow 1", Place::Tail),
                ("12 comments", Place::Tail),
            ],
            &[
                Some(FurnitureKind::Menu),
                Some(FurnitureKind::Menu),
                Some(FurnitureKind::Related),
                Some(FurnitureKind::Newsletter),
                Some(FurnitureKind::Tags),
                Some(FurnitureKind::Caption),
                Some(FurnitureKind::Header),
                Some(FurnitureKind::Comments),
            ],
        );
    }

    #[test]
    fn lines_of_a_report_stay() {
        check(
            &[
                ("Share prices of the ferry line fell by a tenth on Monday.", Place::Body),
                ("Why now?", Place::Body),
                ("WHO PAYS?", Place::Body),
                ("- Two of the ferries are older than the harbour", Place::Body),
                ("Q. Who owns the ferries?", Place::Body),
                ("A. The county does.", Place::Body),
                ("Subscribers to the line's newsletter learned of it first, the mayor said.", Place::Body),
                ("Watch out for ice, the coast guard warned on Tuesday evening.", Place::Body),
            ],
            &[None; 8],
        );
    }
}
