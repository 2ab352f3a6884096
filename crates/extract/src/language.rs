//! The language of a text: what the user says, else what its words say, else what the page or record declares; and
//! the paragraphs that are in another one.

use sayso_packs::{Frequencies, Packs};
use sayso_types::{Lang, Span, Warning, WarningKind};
use whatlang::{Lang as Found, detect};

/// Letters that detection looks at; more change nothing.
const ENOUGH: usize = 4000;
/// Shorter texts say little: a declared language is believed first.
const SHORT: usize = 200;

/// The language of `text`; `declared` is what its page or record says, which is often a template's default.
pub(crate) fn language(text: &str, declared: Option<&Lang>) -> Lang {
    let declared = declared.filter(|l| l.primary() != "und" && l.primary().len() <= 3);
    let sample = &text[..text.floor_char_boundary(ENOUGH)];
    let found = detect(sample).map(|info| (info.is_reliable(), Lang::new(tag(info.lang()))));
    match (declared, found) {
        (Some(declared), Some((_, found))) if declared.primary() == found.primary() => declared.clone(),
        (Some(declared), Some((reliable, _))) if !reliable || sample.len() < SHORT => declared.clone(),
        (Some(declared), None) => declared.clone(),
        (_, Some((_, found))) => found,
        (None, None) => Lang::unknown(),
    }
}

/// Words that a paragraph must have to tell its language by itself.
const WORDS: usize = 12;
/// How sure detection must be of a paragraph.
const SURE: f64 = 0.9;
/// A word that more than this share of passages hold is one of grammar …
const GRAMMAR: f32 = 0.1;
/// … of which at least this share of a text's words are, whatever it is about; names, figures and verse aside.
const OWN: f32 = 0.15;

/// A warning for each paragraph that is in another language than the report: a stretch of another page, or one that
/// was not translated. Two witnesses must agree: detection, and the want of the report's own words of grammar.
pub(crate) fn foreign(text: &str, language: &Lang, packs: &Packs) -> Vec<Warning> {
    let Some(pack) = packs.get(language) else { return Vec::new() };
    let mut out = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive("\n\n") {
        let own = paragraph.trim();
        let at = start + (own.as_ptr() as usize - paragraph.as_ptr() as usize);
        start += paragraph.len();
        if let Some(other) = other_language(own, language, &pack.frequencies) {
            let span = Span::new(at as u32, (at + own.len()) as u32);
            let why = format!("in another language than the report: {other}");
            out.push(Warning { kind: WarningKind::Garbled, span, why });
        }
    }
    out
}

fn other_language(paragraph: &str, language: &Lang, frequencies: &Frequencies) -> Option<Lang> {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let small = words.iter().filter(|w| w.chars().all(|c| c.is_lowercase() || !c.is_alphabetic())).count();
    if words.len() < WORDS || small * 2 < words.len() {
        return None;
    }
    let bare = |w: &&str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let grammar = |w: &String| frequencies.share(Frequencies::key(w)) > GRAMMAR;
    let own = words.iter().map(bare).filter(grammar).count();
    if own as f32 >= OWN * words.len() as f32 {
        return None;
    }
    let info = detect(paragraph).filter(|i| i.is_reliable() && i.confidence() >= SURE)?;
    let found = Lang::new(tag(info.lang()));
    (found.primary() != language.primary()).then_some(found)
}

/// BCP 47 wants the two-letter code where there is one.
fn tag(lang: Found) -> &'static str {
    match lang {
        Found::Eng => "en",
        Found::Deu => "de",
        Found::Fra => "fr",
        Found::Spa => "es",
        Found::Ita => "it",
        Found::Por => "pt",
        Found::Nld => "nl",
        Found::Pol => "pl",
        Found::Ces => "cs",
        Found::Slk => "sk",
        Found::Hun => "hu",
        Found::Ron => "ro",
        Found::Swe => "sv",
        Found::Dan => "da",
        Found::Nob => "nb",
        Found::Fin => "fi",
        Found::Tur => "tr",
        Found::Ell => "el",
        Found::Rus => "ru",
        Found::Ukr => "uk",
        Found::Bul => "bg",
        Found::Srp => "sr",
        Found::Hrv => "hr",
        Found::Slv => "sl",
        Found::Lit => "lt",
        Found::Lav => "lv",
        Found::Est => "et",
        Found::Cat => "ca",
        Found::Ara => "ar",
        Found::Heb => "he",
        Found::Pes => "fa",
        Found::Hin => "hi",
        Found::Ben => "bn",
        Found::Cmn => "zh",
        Found::Jpn => "ja",
        Found::Kor => "ko",
        Found::Vie => "vi",
        Found::Ind => "id",
        Found::Tha => "th",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, declared: Option<&str>, expected: &str) {
        assert_eq!(language(text, declared.map(Lang::new).as_ref()).as_str(), expected, "{text}");
    }

    #[test]
    fn paragraphs_in_another_language() {
        let packs = Packs::embedded().unwrap();
        let check = |text: &str, language: &str, expected: &[&str]| {
            let found = foreign(text, &Lang::new(language), &packs);
            let words: Vec<_> = found.iter().map(|w| w.span.of(text)).collect();
            assert_eq!(words, expected);
        };
        let english = "The council met on Monday and voted for the new bridge, which will be opened to cars in the spring.";
        let spanish = "El concejo se reunió el lunes y votó a favor del nuevo puente, que se abrirá al tráfico en primavera.";
        let squad = "Squad: Marco Rossini, Luca Ferrante, Paolo Bianchetti, Andrea Della Torre, Giorgio Lombardo, Matteo Ricci, Fabio Conte.";
        check(&format!("{english}\n\n{spanish}\n\n{english}"), "en", &[spanish]);
        check(&format!("{spanish}\n\n{english}"), "es", &[english]);
        check(&format!("{english}\n\n{squad}\n\nMañana, mañana.\n\n{english}"), "en", &[]);
        check(english, "de", &[]);
    }

    #[test]
    fn words_outweigh_a_template() {
        let german = "Der Gemeinderat hat gestern Abend beschlossen, die alte Brücke über den Fluss nicht abzureißen, sondern sie für Fußgänger und Radfahrer zu öffnen. Die Kosten trägt das Land, sagte die Bürgermeisterin nach der Sitzung im Rathaus.";
        check(german, Some("en"), "de");
        check(german, None, "de");
        check("Bridge", Some("en-GB"), "en-gb");
        check("", None, "und");
    }
}
