//! Small invented cases here; figures on real collections, with floors, in [`quality`].

use super::*;

mod copies;
mod quality;
mod stream;
mod templates;

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
const FIRE_CUT: &str = "A fire destroyed the Tamsin textile mill in Orlec on Tuesday night, the fire service said. \
    Nobody was hurt, as the night shift had been cancelled for repairs to the boilers.\n\n\
    Police closed the Lower Bridge until noon and asked people in the Weavers' Quarter to keep their windows shut.";
const FIRE_LATER: &str = "Investigators blame a boiler for the fire that destroyed the Tamsin textile mill in Orlec. \
    A valve stuck during the repairs, the fire service said in its report to the town council. \
    Owner Marek Dovan said that the insurers had agreed to pay, and that the new mill would open in two years.";
const FIRE_NEXT: &str = "A fire destroyed a tannery in Orlec on Sunday night, the fire service said. Nobody was hurt. \
    The owner, Petra Lunn, told reporters that stock worth two million crowns burnt. Police closed the road to \
    Sarn, and smoke drifted over the racecourse, where the spring meeting was put off.";
const RELAY_A: &str = "\"We shall not sell one more litre of water to the plant until the river is clean again, whatever \
    the ministry may write to us,\" mayor Ana Roth told the Delta News Agency. The plant's shares lost a tenth of \
    their value in Belcour. Analysts expect a settlement before the summer, when the reservoirs run low.";
const RELAY_B: &str = "The town of Ilmen cuts the chemical plant off. The Delta News Agency quoted mayor Ana Roth as \
    saying: \"We shall not sell one more litre of water to the plant until the river is clean again, whatever the \
    ministry may write to us.\" Fishermen found dead trout below the outlet last week, and a laboratory in Sarn \
    measured nine times the mercury that the law allows.";
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
fn dropped_paragraphs_leave_a_copy() {
    check(&[("2024-03-05", FIRE), ("2024-03-05", FIRE_CUT)], &[&[0, 1]], &[(1, 0)]);
    // The earliest is the original.
    check(
        &[("2024-03-08", FIRE_EDITED), ("2024-03-06", FIRE), ("2024-03-07", FIRE_CUT)],
        &[&[0, 1, 2]],
        &[(0, 1), (2, 1)],
    );
    check(
        &[("2024-03-08", FIRE), ("2024-03-06", FIRE_CUT), ("2024-03-07", FIRE_EDITED)],
        &[&[0, 1, 2]],
        &[(0, 1), (2, 1)],
    );
}

#[test]
fn same_words_of_a_source_are_no_copy() {
    check(&[("2024-03-05", FIRE), ("2024-03-06", FIRE_OWN)], &[&[0, 1]], &[]);
    check(&[("2024-03-05", RELAY_A), ("2024-03-05", RELAY_B)], &[&[0, 1]], &[]);
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

#[test]
fn time_parts_like_events_and_not_one_event() {
    check(
        &[("2024-03-05", FIRE), ("2024-03-14", FIRE_LATER), ("2024-04-28", FIRE_NEXT)],
        &[&[0, 1], &[2]],
        &[],
    );
    // Six weeks later, and still about the same mill.
    check(&[("2024-03-05", FIRE), ("2024-04-17", FIRE_LATER)], &[&[0, 1]], &[]);
}
