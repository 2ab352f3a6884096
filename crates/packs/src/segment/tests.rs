//! What must hold for any text, and the cases that a reader of news would trip over.

use super::*;
use proptest::prelude::*;

fn english() -> Segmenter {
    let lexicon = include_str!("../../../../packs/en/segment.toml");
    Segmenter::new(lexicon, include_bytes!("../../../../packs/en/segment.bin")).unwrap()
}

/// `expected`: sentences; words are parted by spaces, words of one token by '+'.
fn check(text: &str, expected: &[&str]) {
    let found = english().segment(text);
    let sentences: Vec<_> = found
        .sentences
        .iter()
        .map(|s| {
            let mut line = String::new();
            let mut last = None;
            for word in &found.words[s.first as usize..s.end as usize] {
                let joined = word.multiword.is_some() && word.multiword == last;
                line += if line.is_empty() {
                    ""
                } else if joined {
                    "+"
                } else {
                    " "
                };
                line += word.span.of(text);
                last = word.multiword;
            }
            line
        })
        .collect();
    assert_eq!(sentences, expected);
}

#[test]
fn clitics_and_contractions() {
    check("They don't know what's gonna happen.", &["They do+n't know what+'s gon+na happen ."]);
    check("The ministers’ plan isn’t Anna’s.", &["The ministers+’ plan is+n’t Anna+’s ."]);
    check("We cannot go at 5 o'clock.", &["We can+not go at 5 o'clock ."]);
}

#[test]
fn numbers_units_hyphens() {
    check("It cost $4.6bn, or 1,250 euros.", &["It cost $ 4.6 bn , or 1,250 euros ."]);
    check("The 15-year-old ran 30km.", &["The 15 - year - old ran 30 km ."]);
    check("On 12/05/2021 at 7:30 it fell 3.5%.", &["On 12/05/2021 at 7:30 it fell 3.5 % ."]);
}

#[test]
fn abbreviations_end_no_sentence() {
    check(
        "Mr. Oakes of Tarn Co. met Gen. A. B. Reyes at 9 a.m. on Friday. He left.",
        &["Mr. Oakes of Tarn Co. met Gen. A. B. Reyes at 9 a.m. on Friday .", "He left ."],
    );
    check(
        "The U.S. Senate met in Flint, Mich., on Monday.",
        &["The U.S. Senate met in Flint , Mich. , on Monday ."],
    );
    check(
        "It fell at 2 a.m. Sunday in Flint. It rose at 3 p.m. Oslo time.",
        &["It fell at 2 a.m. Sunday in Flint .", "It rose at 3 p.m. Oslo time ."],
    );
    check("It was the U.N.'s plan. No. 5 won.", &["It was the U.N.+'s plan .", "No. 5 won ."]);
}

#[test]
fn quotation_marks_and_brackets() {
    check(
        "“We will go,” Lund said. “Then we rest.” He smiled.",
        &["“ We will go , ” Lund said .", "“ Then we rest . ”", "He smiled ."],
    );
    check(
        "\"Stop!\" he shouted. (Nobody did.) It was late.",
        &["\" Stop ! \" he shouted .", "( Nobody did . )", "It was late ."],
    );
    check("A ‘no’ vote, Oslo said, ends it.", &["A ‘ no ’ vote , Oslo said , ends it ."]);
}

#[test]
fn datelines_colons_addresses() {
    check("ALDPORT, June 4 (AFP) — Rain fell.", &["ALDPORT , June 4 ( AFP ) — Rain fell ."]);
    check(
        "See www.example.org/a?b=1. Or mail x.y@example.com.",
        &["See www.example.org/a?b=1 .", "Or mail x.y@example.com ."],
    );
}

#[test]
fn headings_are_sentences() {
    check("River rises\n\nThe river rose.\nIt fell.", &["River rises", "The river rose .", "It fell ."]);
}

#[test]
fn broken_packs_are_errors() {
    assert!(Segmenter::untrained("[abbreviations]").is_err());
    let lexicon = include_str!("../../../../packs/en/segment.toml");
    let weights = include_bytes!("../../../../packs/en/segment.bin");
    for end in [0, 4, 5, 9, 100, weights.len() - 1] {
        assert!(Segmenter::new(lexicon, &weights[..end]).is_err(), "{end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_stands_in_one_word(text in any_text()) {
        thread_local!(static SEGMENTER: Segmenter = english());
        let found = SEGMENTER.with(|s| s.segment(&text));
        let mut covered = String::new();
        let mut end = 0;
        for word in &found.words {
            prop_assert!(word.span.start >= end && word.span.end > word.span.start);
            end = word.span.end;
            let form = text.get(word.span.range());
            prop_assert!(form.is_some_and(|f| !f.contains(char::is_whitespace)));
            covered += form.unwrap();
        }
        let expected: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(covered, expected);
        let mut next = 0;
        for sentence in &found.sentences {
            prop_assert!(sentence.first == next && sentence.end > next);
            next = sentence.end;
            let words = &found.words[sentence.first as usize..sentence.end as usize];
            prop_assert_eq!(sentence.span, words[0].span.cover(words[words.len() - 1].span));
        }
        prop_assert_eq!(next as usize, found.words.len());
    }
}

/// Any characters, and texts of the pieces that the rules look for.
fn any_text() -> impl Strategy<Value = String> {
    let piece = "[a-zA-Z]{1,3}|[0-9]{1,2}|[.,:;!?'’\"“”()@/_-]|Mr\\.|U\\.S|www\\.|://|\\.com|don't|'s|İ|ß|\u{301}| |\n|\r\n|\\PC";
    prop_oneof![any::<String>(), proptest::collection::vec(piece, 0..40).prop_map(|p| p.concat())]
}
