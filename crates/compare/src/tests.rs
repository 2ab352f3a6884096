//! Whole comparisons of small stories.

use crate::{compare, samples::story};
use sayso_packs::Packs;
use std::sync::LazyLock;

static PACKS: LazyLock<Packs> = LazyLock::new(|| Packs::embedded().unwrap());

/// The claims of several assertions, in text order: "assertions; independent; disputes; updates".
fn check(reports: &[&[&str]], expected: &[&str]) {
    let found = compare(&story(reports), &PACKS, &[]);
    let mut got: Vec<String> = found
        .claims
        .iter()
        .filter(|c| c.assertions.len() > 1)
        .map(|c| {
            let places: Vec<String> =
                c.assertions.iter().map(|a| format!("{}.{}", a.report, a.assertion)).collect();
            let disputes = c.disputes.iter().map(|d| {
                let values: Vec<_> = d.values.iter().map(|v| v.value.clone()).collect();
                format!("; {:?}: {}", d.kind, values.join(" / "))
            });
            let updates = c.updates.iter().map(|u| {
                let values: Vec<_> = u.values.iter().map(|v| v.value.clone()).collect();
                format!("; then: {}", values.join(" / "))
            });
            let ends: String = disputes.chain(updates).collect();
            format!("{}; {}{ends}", places.join(" "), c.independent)
        })
        .collect();
    got.sort();
    assert_eq!(got, expected);
    let carried: usize = found.claims.iter().map(|c| c.assertions.len()).sum();
    let all: usize = story(reports).reports.iter().map(|r| r.statements.assertions.len()).sum();
    assert_eq!(carried, all, "every assertion belongs to one claim");
}

#[test]
fn wording_does_not_part_a_claim() {
    check(
        &[
            &["Harbour_Board/A close* ferry/P terminal @2031-05-02", "crew/A paint* bridge/P"],
            &["Harbour_Board/A shut* ferry/P terminal", "Storm_Olga/A flood* cellar/P"],
        ],
        &["0.0 1.0; 2"],
    );
}

#[test]
fn later_counts_are_updates_and_others_disputes() {
    check(
        &[
            &["published:2031-05-02", "people kill* landslide valley #6:person", "road/P reopen*"],
            &["published:2031-05-03", "toll landslide rise* #8:death", "mayor/A resign*"],
            &["published:2031-05-03", "people perish* landslide valley #4:person", "rain/A stop*"],
        ],
        &["0.0 1.0 2.0; 1; Quantity: 6 / 8 / 4; then: 6 / 8"],
    );
}

#[test]
fn numbers_of_other_things_are_no_dispute() {
    check(
        &[
            &["published:2031-05-02", "people kill* landslide valley #6:person"],
            &["published:2031-05-02", "people injure* landslide valley #19:person"],
        ],
        &[],
    );
}

#[test]
fn answers_that_oppose() {
    check(
        &[
            &["published:2031-05-02", "Norvik_Council/A accept* harbour/P plan/P", "boats/A race* regatta"],
            &["published:2031-05-02", "Norvik_Council/A reject* harbour/P plan/P", "gulls/A nest* cliff"],
        ],
        &["0.0 1.0; 1; Polarity: Norvik Council accept harbour plan / Norvik Council reject harbour plan"],
    );
}

#[test]
fn what_is_denied() {
    check(
        &[
            &[
                "published:2031-05-02",
                "Ostby : Norvik/A sell* rockets/P",
                "Norvik : it* !denies !points",
                "weather/A turn* cold",
            ],
            &["published:2031-05-03", "Norvik/A sell* rockets/P smugglers", "grain/A spoil* silo"],
        ],
        &["0.0 0.1 1.0; 2; Polarity: Norvik sell rockets / it"],
    );
}

#[test]
fn one_agency_is_one_line() {
    let claim = "clerk/A forge* harbour/P permit";
    check(
        &[
            &[&format!("Reuters > two_officials : {claim}"), "rain/A fall* town"],
            &[&format!("Reuters : {claim}"), "dogs/A bark* night"],
            &["copy:1", &format!("Reuters : {claim}"), "shop/A open* corner"],
            &[claim, "bus/A leave* depot"],
        ],
        &["0.0 1.0 2.0 3.0; 2"],
    );
}

#[test]
fn a_plan_and_what_came_of_it() {
    check(
        &[
            &[
                "published:2031-05-01",
                "Norvik/A sign* treaty/P Ostby @2031-05-09 !planned",
                "crab/A moult* reef",
            ],
            &["published:2031-05-03", "Norvik/A sign* treaty/P Ostby", "fog/A lift* fjord"],
            &["published:2031-05-10", "Norvik/A sign* treaty/P Ostby", "choir/A sing* abbey"],
        ],
        &[
            "0.0 1.0 2.0; 1; Modality: Norvik sign treaty Ostby 2031-05-09 / Norvik sign treaty Ostby; then: Norvik sign treaty Ostby 2031-05-09 / Norvik sign treaty Ostby",
        ],
    );
}

/// Run with `--release -- --ignored --nocapture`: the time of a story must grow with its reports, not their square.
#[test]
#[ignore = "a measurement"]
fn growth() {
    let mut seed = 7u64;
    let mut random = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    for reports in [250, 500, 1000, 2000] {
        let lines: Vec<Vec<String>> = (0..reports)
            .map(|_| {
                (0..25)
                    .map(|_| {
                        // Half of what is said is one of forty things that all tell, in words of their own.
                        let fact = random(40);
                        // Letters that no vector knows, so that words are alike only where they are one.
                        let letter = |n: u64| char::from_u32(0x1200 + n as u32 % 250).unwrap();
                        let word = |r: u64| format!("{}{}", letter(r / 250), letter(r));
                        if random(2) == 0 {
                            let (a, b) = (word(fact * 7 + random(7)), word(fact * 7 + random(7)));
                            {
                                let (act, thing) = (word(20_000 + fact), word(30_000 + fact));
                                let rest = word(random(5000));
                                format!("Body{fact}/A {a} {act}* {thing}/P {b} {rest}")
                            }
                        } else {
                            let (a, b, c) = (word(random(9000)), word(random(9000)), word(random(9000)));
                            format!("Body{}/A {a} {b}* {c}/P {}", random(40), word(random(9000)))
                        }
                    })
                    .collect()
            })
            .collect();
        let lines: Vec<Vec<&str>> = lines.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
        let story = story(&lines);
        let start = std::time::Instant::now();
        let found = compare(&story, &PACKS, &[]);
        println!("{reports} reports: {:?}, {} claims", start.elapsed(), found.claims.len());
    }
}
