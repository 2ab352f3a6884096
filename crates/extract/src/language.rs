//! The language of a text: what the user says, else what its words say, else what the page or record declares.

use sayso_types::Lang;
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
    fn words_outweigh_a_template() {
        let german = "Der Gemeinderat hat gestern Abend beschlossen, die alte Brücke über den Fluss nicht abzureißen, sondern sie für Fußgänger und Radfahrer zu öffnen. Die Kosten trägt das Land, sagte die Bürgermeisterin nach der Sitzung im Rathaus.";
        check(german, Some("en"), "de");
        check(german, None, "de");
        check("Bridge", Some("en-GB"), "en-gb");
        check("", None, "und");
    }
}
