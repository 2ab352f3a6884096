//! The words by which sentences are found: in lower case, without marks on letters. The databases' own tokenisers
//! differ with version and locale; they are handed words that each of them leaves as they are.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The words of a text. A character of a script that is written without blanks is a word by itself.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut take = |c: char| {
        if c.is_alphanumeric() && !unspaced(c) {
            word.extend(c.to_lowercase());
            return;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if unspaced(c) {
            out.push(c.to_string());
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut take);
    } else {
        // Taken apart, and put together again for scripts whose letters have parts.
        text.nfkd().filter(|c| !is_combining_mark(*c)).nfc().for_each(&mut take);
    }
    take(' ');
    out
}

/// Han, Hiragana, Katakana.
fn unspaced(c: char) -> bool {
    c.is_alphanumeric()
        && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether the words of `part` stand in `whole` one after the other.
pub(crate) fn holds(whole: &[String], part: &[String]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|w| w == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(words(text).join(" "), expected);
    }

    #[test]
    fn words_without_marks() {
        check("The mayor's 4.6bn harbour — ‘Karu’!", "the mayor s 4 6bn harbour karu");
        check("Łódź, São João, Ångström, ﬁne", "łodz sao joao angstrom fine");
        check("東京は雨", "東 京 は 雨");
        check("서울 시장", "서울 시장");
        check("", "");
    }

    #[test]
    fn names_are_found_by_their_parts() {
        let check =
            |whole: &str, part: &str, expected| assert_eq!(holds(&words(whole), &words(part)), expected);
        check("Mayor Ana Díaz", "ana diaz", true);
        check("Mayor Ana Díaz", "mayor diaz", false);
        check("Mayor Ana Díaz", "", true);
    }

    proptest! {
        /// Words are words: the databases can be handed them as they are.
        #[test]
        fn words_hold_letters_and_digits_alone(text in ".*") {
            for word in words(&text) {
                prop_assert!(!word.is_empty());
                prop_assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
                prop_assert_eq!(words(&word).concat(), word.clone());
            }
        }
    }
}
