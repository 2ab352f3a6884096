//! What single words and their neighbours tell of spoiling.

use sayso_packs::Spelling;
use sayso_types::Span;

/// One word that looks spoilt.
pub(super) struct Witness {
    /// Its number in the line.
    pub word: usize,
    /// How much it is worth.
    pub weight: f32,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Believed alone.
const SURE: f32 = 2.0;
const STRONG: f32 = 1.2;
/// Each half of a word in two pieces, one of which is a word too.
const PAIR: f32 = 0.8;
const WEAK: f32 = 0.6;
const FAINT: f32 = 0.4;

const LETTERS: &str = "letters read as other letters or digits";
const SPLINTERS: &str = "words broken into pieces";
const SPACED: &str = "a word with its letters spaced out";
const ENCODING: &str = "letters shown in a wrong encoding";
const PASTED: &str = "words pasted into a name";
const REPEATED: &str = "a word repeated over and over";
const AGAIN: &str = "the same words again and again";
/// So many times in a row no sentence says the same few words, nor any single one of so many letters.
const TIMES: usize = 3;
const WORD_TIMES: usize = 4;
const LETTERS_OF_WORD: usize = 4;
/// The longest run of words that is looked for again right after itself.
const PHRASE: usize = 6;

/// Every witness among a line's words, in their order.
pub(super) fn hear(text: &str, spans: &[Span], spelling: &Spelling) -> Vec<Witness> {
    let words: Vec<Word> = spans.iter().map(|s| Word::of(s.of(text), spelling)).collect();
    let (mut out, mut again) = (Vec::new(), 0);
    for at in 0..words.len() {
        again = again.max(at + repetition(&words[at..]));
        let heard = splinters(&words, at, spelling)
            .or_else(|| spaced(&words, at))
            .or_else(|| repeated(&words, at, spelling))
            .or_else(|| (at < again).then_some((SURE, AGAIN)))
            .or_else(|| alone(&words[at], spelling));
        out.extend(heard.map(|(weight, why)| Witness { word: at, weight, why }));
    }
    out
}

struct Word<'a> {
    /// As it stands between spaces.
    whole: &'a str,
    /// Without the marks around it.
    core: &'a str,
    lower: String,
    /// Letters only, at most the first a capital.
    plain: bool,
    known: bool,
}

impl<'a> Word<'a> {
    fn of(whole: &'a str, spelling: &Spelling) -> Self {
        let core = whole.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = core.to_ascii_lowercase();
        let plain = !core.is_empty()
            && core.bytes().all(|b| b.is_ascii_alphabetic())
            && core.bytes().skip(1).all(|b| b.is_ascii_lowercase());
        let known = plain && spelling.is_word(&lower);
        Self { whole, core, lower, plain, known }
    }

    fn capital(&self) -> bool {
        self.core.starts_with(|c: char| c.is_uppercase())
    }

    /// Whether it may be a piece of a broken word: no mark parts it from its neighbours.
    fn joins_next(&self) -> bool {
        self.plain && self.whole.ends_with(self.core)
    }

    fn joins_previous(&self) -> bool {
        self.plain && self.whole.starts_with(self.core) && !self.capital()
    }
}

fn splinters(words: &[Word], at: usize, spelling: &Spelling) -> Option<(f32, &'static str)> {
    let pair = |first: usize| {
        let (a, b) = (words.get(first)?, words.get(first + 1)?);
        // A lone letter is an initial or an article; a long piece beside a sound word is a rare word.
        let piece = |w: &Word| !w.known && w.lower.len() < 5;
        let broken = piece(a) || piece(b) || !a.known && !b.known;
        let parted = a.joins_next() && b.joins_previous() && a.lower.len() > 1 && b.lower.len() > 1;
        let weight = if a.known || b.known { PAIR } else { SURE / 2.0 };
        (broken && parted && spelling.is_word(&format!("{}{}", a.lower, b.lower)))
            .then_some((weight, SPLINTERS))
    };
    pair(at).or_else(|| pair(at.checked_sub(1)?))
}

fn spaced(words: &[Word], at: usize) -> Option<(f32, &'static str)> {
    let letter = |w: &&Word| w.whole.len() == 1 && w.plain;
    let after = words[at..].iter().take_while(letter).count();
    let before = words[..at].iter().rev().take_while(letter).count();
    (after > 0 && after + before > 5).then_some((WEAK, SPACED))
}

fn repeated(words: &[Word], at: usize, spelling: &Spelling) -> Option<(f32, &'static str)> {
    let word = &words[at];
    if !spelling.never_thrice(&word.lower) || word.whole.len() != word.lower.len() {
        return None;
    }
    let same = |w: &&Word| w.lower == word.lower && w.whole.len() == w.lower.len();
    let run = words[at..].iter().take_while(same).count() + words[..at].iter().rev().take_while(same).count();
    (run > 2).then_some((SURE / 2.0, REPEATED))
}

/// How many words at the beginning are one run of words several times, with no mark between, as nobody chants in print.
fn repetition(words: &[Word]) -> usize {
    let same = |a: &Word, b: &Word| a.plain && a.lower == b.lower;
    let marked = |w: &Word| w.whole.len() != w.core.len();
    let runs = |size: usize, times: usize| {
        words.get(..size * times).is_some_and(|run| {
            !run[..run.len() - 1].iter().any(marked) && run.iter().zip(&run[size..]).all(|(a, b)| same(a, b))
        })
    };
    let long = words.first().is_some_and(|w| w.lower.len() >= LETTERS_OF_WORD);
    if long && runs(1, WORD_TIMES) {
        return WORD_TIMES;
    }
    let differ = |size: usize| !same(&words[0], &words[size - 1]);
    (2..=PHRASE).find(|&size| runs(size, TIMES) && differ(size)).map_or(0, |size| size * TIMES)
}

fn alone(word: &Word, spelling: &Spelling) -> Option<(f32, &'static str)> {
    if word
        .whole
        .contains(['@', '#', '/', '\\', ':', '=', '<', '>', '{', '}', '[', ']', '$', '€', '£', '+', '*', '~'])
    {
        return None;
    }
    if has_wrong_encoding(word.whole) {
        return Some((SURE, ENCODING));
    }
    if is_pasted(word.core) {
        return Some((SURE, PASTED));
    }
    if !word.core.bytes().all(|b| b.is_ascii_alphanumeric()) || word.core.len() > 24 {
        return None;
    }
    let digits = word.core.bytes().filter(u8::is_ascii_digit).count();
    if digits > 0 {
        return digits_for_letters(word, spelling);
    }
    if word.known || !word.plain {
        return None;
    }
    match spelling.repaired(&word.lower) {
        // A name may have any letters: capitals tell only where a word of grammar was meant.
        Some(meant) => (!word.capital() || spelling.never_thrice(&meant)).then_some((WEAK, LETTERS)),
        None => (word.lower.len() < 5 && !word.capital()).then_some((FAINT, SPLINTERS)),
    }
}

/// Digits inside a word of which changing them back makes a word: sure of itself where they stand amid letters.
fn digits_for_letters(word: &Word, spelling: &Spelling) -> Option<(f32, &'static str)> {
    let bytes = word.core.as_bytes();
    let small = bytes.iter().any(u8::is_ascii_lowercase);
    if !small || bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    spelling.repaired(&word.lower)?;
    let amid = bytes
        .windows(3)
        .any(|w| w[0].is_ascii_alphabetic() && w[1].is_ascii_digit() && w[2].is_ascii_lowercase());
    let weight = match (amid, bytes.len()) {
        (true, 6..) => SURE,
        (true, 4..) => STRONG,
        _ => WEAK,
    };
    Some((weight, LETTERS))
}

/// UTF-8 that was read as Windows-1252, and what stands for bytes that fit no encoding.
fn has_wrong_encoding(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() > 1 && chars.contains(&'\u{FFFD}') {
        return true;
    }
    // The bytes 0x80 to 0xBF, as Windows-1252 shows them; letters are among them but stand in running text too.
    let trail = |c: char| {
        matches!(
            c,
            '\u{80}'
                ..='\u{BF}'
                    | '€'
                    | '‚'
                    | 'ƒ'
                    | '„'
                    | '…'
                    | '†'
                    | '‡'
                    | 'ˆ'
                    | '‰'
                    | '‹'
                    | '‘'
                    | '’'
                    | '“'
                    | '”'
                    | '•'
                    | '˜'
                    | '™'
                    | '›'
                    | 'œ'
                    | 'Œ'
                    | 'š'
                    | 'Š'
                    | 'ž'
                    | 'Ž'
                    | 'Ÿ'
                    | '–'
                    | '—'
        )
    };
    chars.windows(2).enumerate().any(|(at, w)| {
        // "NÃO”" and "â" before a closing mark are sound: only a small letter before Ã, only two marks after â.
        let after_capital = at > 0 && chars[at - 1].is_uppercase();
        match w[0] {
            'Ã' | 'Â' => !after_capital && trail(w[1]),
            'â' => trail(w[1]) && chars.get(at + 2).is_some_and(|c| trail(*c)) && w[1] != '’',
            'Ð' | 'Ñ' => trail(w[1]) && chars.get(at + 2).is_some_and(|c| matches!(c, 'Ð' | 'Ñ')),
            _ => false,
        }
    })
}

/// A capitalised name and a common word, tied with an underscore: no handle, no identifier of a program.
fn is_pasted(core: &str) -> bool {
    let core = core.strip_suffix("'s").or_else(|| core.strip_suffix("’s")).unwrap_or(core);
    let Some((first, rest)) = core.split_once('_') else { return false };
    let name = first.len() > 1
        && first.starts_with(|c: char| c.is_uppercase())
        && first.chars().skip(1).all(char::is_lowercase);
    name && rest.len() > 3 && rest.bytes().all(|b| b.is_ascii_lowercase())
}
