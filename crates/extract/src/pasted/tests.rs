//! Heads of pasted texts: which line is the headline, and which are the paper's.

use super::*;
use sayso_packs::Packs;
use sayso_types::Lang;

const TEXT: &str = "The harbour of Norvik froze over on Monday, and eleven barges lie fast in the ice below the old lock.\n\n\
                    Nobody was hurt, the river guard said on Tuesday.";

/// The head's lines before [`TEXT`], and its headline, author and first line of text.
fn check(head: &[&str], expected: (&str, &[&str], &str)) {
    let packs = Packs::embedded().unwrap();
    let words = Words::of(&packs, &Lang::new("en"));
    let reading = Reading { calendar: packs.calendar(), month_first: false, latest: None, year: None };
    let draft = draft(&format!("{}\n\n{TEXT}", head.join("\n")), false, &words, &reading);
    let authors: Vec<_> = draft.authors.iter().map(String::as_str).collect();
    let first = draft.text.split("\n\n").next().unwrap_or_default();
    assert_eq!((draft.title.as_str(), &authors[..], first), expected, "{head:?}");
}

const FIRST: &str =
    "The harbour of Norvik froze over on Monday, and eleven barges lie fast in the ice below the old lock.";

#[test]
fn readers_tools_may_follow_the_headline() {
    let expected = ("Eleven barges caught in the ice at Norvik", &[][..], FIRST);
    check(
        &[
            "Norvik Courier | Tuesday | Letters | Tides",
            "",
            "Eleven barges caught in the ice at Norvik",
            "",
            "Published Tue 4 February 2025, 9:05am",
            "Text size A A A   Share",
        ],
        expected,
    );
    check(
        &["Norvik Courier", "Eleven barges caught in the ice at Norvik", "4 February 2025 | News | 3 min"],
        expected,
    );
}

#[test]
fn strokes_and_dashes_part_menus_where_they_come_again() {
    let expected = ("Eleven barges caught in the ice", &[][..], FIRST);
    check(
        &[
            "The Norvik Week",
            "This week / Archive / Tide tables / Basket (0)",
            "Eleven barges caught in the ice",
        ],
        expected,
    );
    check(&["NORVIK NOW", "Home - Town - River - Lottery", "Eleven barges caught in the ice"], expected);
    check(
        &["Ice on the river - and no way out", "4 February 2025"],
        ("Ice on the river - and no way out", &[], FIRST),
    );
}

#[test]
fn the_name_of_a_paper_over_its_date_is_no_headline() {
    let expected = ("Eleven barges caught in the ice", &[][..], FIRST);
    check(
        &[
            "THE NORVIK EVENING POST",
            "Tuesday 4 February 2025 - Page 11 - River",
            "",
            "Eleven barges caught in the ice",
        ],
        expected,
    );
    check(&["Norvik on Ice", "4 February 2025"], ("Norvik on Ice", &[], FIRST));
    check(
        &[
            "The Lock",
            "Weekly on rivers and who lives by them",
            "4 February 2025   Issue 4   Page 6",
            "Eleven barges caught in the ice",
        ],
        expected,
    );
}
