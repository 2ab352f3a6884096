//! Small invented cases here; figures on real collections, with floors, in [`quality`].

use super::*;

mod quality;

const FIRE: &str = "A fire destroyed the Tamsin textile mill in Orlec on Tuesday night, the fire service said. \
    Nobody was hurt, as the night shift had been cancelled for repairs to the boilers.\n\n\
    Around 4.6 billion crowns of stock burnt, the owner, Marek Dovan, told reporters at the gate. \
    He said that the mill, which opened in 1911, would be rebuilt on the same ground.\n\n\
    Police closed the Lower Bridge until noon and asked people in the Weavers' Quarter to keep their windows shut.";
const FIRE_EDITED: &str = "A fire destroyed the Tamsin textile mill in Orlec on Tuesday night, the fire service said. \
    Nobody was hurt, because the night shift had been canceled for repairs to the boilers.\n\n\
    Around 4.6bn crowns of stock burnt, the owner, Marek Dovan, told reporters at the gate. \
    He said that the mill, which opened in 1911, would be rebuilt on the same ground.\n\n\
    The mill is one of the oldest in the valley and employs three hundred people in two shifts.";
const FIRE_OWN: &str = "Orlec's Tamsin mill burnt down overnight. Flames could be seen from the hills, neighbours told \
    this paper. The fire service put the blaze out by dawn; the cause is not known. \
    Owner Marek Dovan promised to rebuild the textile mill.";
const FIRE_ELSEWHERE: &str = "A fire destroyed a paper warehouse in Port Quill on Tuesday night, the fire service said. \
    Two guards were taken to hospital with burns. Harbour officials blamed a faulty heater in the canteen, \
    and the Quill shipping company said that its ferries to Saint Brannoc would not run before Friday.";
const MARKET: &str = "Seed prices doubled at the Oranto exchange after the drought, traders said. The farm ministry \
    in Belcour plans to release grain from its reserve, minister Ilse Karran told parliament.";

/// Rows of (publication, text); expected: the stories as lists of rows, and the copies as (row, original).
fn check(rows: &[(&str, &str)], stories: &[&[usize]], copies: &[(usize, usize)]) {
    let frequencies = quality::frequencies();
    let signatures: Vec<_> =
        rows.iter().map(|(_, text)| Signature::of_text("", text, Some(&frequencies))).collect();
    let ids: Vec<_> = (0..rows.len()).map(|n| ReportId::of(&[&n.to_string()])).collect();
    let given = |order: &[usize]| {
        let rows: Vec<_> =
            order.iter().map(|&n| (&ids[n], rows[n].0.parse::<Edtf>().ok(), &signatures[n])).collect();
        let found = group(&rows);
        let mut sets: Vec<Vec<usize>> =
            found.stories.iter().map(|s| s.iter().map(|&m| order[m]).collect()).collect();
        sets.iter_mut().for_each(|s| s.sort_unstable());
        sets.sort();
        let mut pairs: Vec<_> = found
            .copies
            .iter()
            .enumerate()
            .filter_map(|(n, c)| c.map(|(o, _)| (order[n], order[o])))
            .collect();
        pairs.sort_unstable();
        (sets, pairs)
    };
    let forward: Vec<usize> = (0..rows.len()).collect();
    let backward: Vec<usize> = forward.iter().rev().copied().collect();
    assert_eq!(given(&forward), given(&backward), "the order of the rows matters");
    assert_eq!(given(&forward), (stories.iter().map(|s| s.to_vec()).collect(), copies.to_vec()));
}

#[test]
fn copies_are_found_in_either_direction() {
    check(&[("2024-03-05", FIRE), ("2024-03-06", FIRE_EDITED)], &[&[0, 1]], &[(1, 0)]);
    check(&[("2024-03-07", FIRE), ("2024-03-06", FIRE_EDITED)], &[&[0, 1]], &[(0, 1)]);
    // Without a date: after those with one.
    check(&[("", FIRE), ("2024-03-06", FIRE_EDITED)], &[&[0, 1]], &[(0, 1)]);
    check(&[("", ""), ("", "")], &[&[0], &[1]], &[]);
}

#[test]
fn same_words_of_a_source_are_no_copy() {
    check(&[("2024-03-05", FIRE), ("2024-03-06", FIRE_OWN)], &[&[0, 1]], &[]);
}

#[test]
fn events_of_one_kind_are_told_apart() {
    check(
        &[
            ("2024-03-05", FIRE),
            ("2024-03-05", FIRE_ELSEWHERE),
            ("2024-03-06", FIRE_OWN),
            ("2024-03-06", MARKET),
        ],
        &[&[0, 2], &[1], &[3]],
        &[],
    );
}
