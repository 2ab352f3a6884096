//! What one report does to the stories that were there.

use super::*;

const SIGNAL: &str = "A signal failed near Tamsin on the Orlec line on Monday, and trains stood for three hours, the railway \
    said. Engineer Petra Lunn blamed a cable that rats had gnawed through.";
const STRIKE: &str = "Drivers walked out at the Belcour depot on Monday. Union leader Karl Moss said that nobody would \
    drive before the company talks about night shifts.";
const BOTH: &str = "Nothing moved on the Orlec line on Monday: a gnawed cable broke a signal near Tamsin, engineer Petra Lunn \
    said, and train drivers walked out at the Belcour depot over night shifts. Union leader Karl Moss wants talks.";
const TANNERY: &str = "Petra Lunn's tannery burnt down on Sunday night. Smoke drifted over the racecourse, and the \
    spring meeting was put off. The road to Sarn was closed. Lunn put the stock at two million crowns.";

/// Reports one after another; expected: the story of each as it came, the changes that the last one made, and the stories
/// in the end.
fn check(texts: &[&str], placed: &[i64], changes: &[(i64, i64, Why)], stories: &[&[i64]]) {
    let frequencies = quality::frequencies();
    let mut archive = Memory::default();
    let mut got = Vec::new();
    let mut last = Vec::new();
    let mut stands = std::collections::BTreeMap::new();
    for (n, text) in (1..).zip(texts) {
        let signature = Signature::of_text("", text, Some(&frequencies));
        let Ok(placed) = place(&mut archive, Seq(n), None, &signature);
        got.push(placed.story.0);
        stands.insert(Seq(n), placed.story);
        stands.extend(placed.moved);
        last = placed.changes.iter().map(|c| (c.old.0, c.new.0, c.why)).collect();
    }
    assert_eq!((got.as_slice(), last.as_slice()), (placed, changes));
    let all: Vec<Vec<i64>> =
        archive.stories().map(|(_, reports)| reports.iter().map(|r| r.0).collect()).collect();
    assert_eq!(all, stories);
    // Whoever follows what is told of each report knows the same stories.
    for (story, reports) in archive.stories() {
        assert!(reports.iter().all(|r| stands[r] == story), "{stands:?}");
    }
}

#[test]
fn a_story_keeps_its_number() {
    check(&[FIRE, MARKET, FIRE_OWN, FIRE_EDITED], &[1, 2, 1, 1], &[], &[&[1, 3, 4], &[2]]);
}

#[test]
fn one_report_joins_two_stories() {
    check(&[SIGNAL, STRIKE, BOTH], &[1, 2, 1], &[(2, 1, Why::Merged)], &[&[1, 2, 3]]);
}

#[test]
fn one_report_parts_a_story() {
    check(&[FIRE_LATER, FIRE_NEXT, TANNERY], &[1, 1, 2], &[(1, 2, Why::Split)], &[&[1], &[2, 3]]);
}

/// The same stories come out of every order in which reports come.
#[test]
fn the_order_of_arrival_matters_little() {
    let texts = [FIRE, FIRE_OWN, FIRE_LATER, FIRE_ELSEWHERE, MARKET, SIGNAL, STRIKE];
    let frequencies = quality::frequencies();
    let stories = |order: &[usize]| {
        let mut archive = Memory::default();
        for (seq, &n) in (0..).map(Seq).zip(order) {
            let Ok(_) = place(&mut archive, seq, None, &Signature::of_text("", texts[n], Some(&frequencies)));
        }
        let mut out: Vec<Vec<usize>> = archive
            .stories()
            .map(|(_, reports)| {
                let mut story: Vec<usize> = reports.iter().map(|r| order[r.0 as usize]).collect();
                story.sort_unstable();
                story
            })
            .collect();
        out.sort();
        out
    };
    let forward: Vec<usize> = (0..texts.len()).collect();
    for turn in 0..texts.len() {
        let mut order = forward.clone();
        order.rotate_left(turn);
        assert_eq!(stories(&order), stories(&forward), "{order:?}");
    }
}

#[test]
fn what_is_kept_can_be_written_and_read() {
    let mut archive = Memory::default();
    let Ok(_) = place(&mut archive, Seq(1), None, &Signature::of_text("", FIRE, None));
    let Ok(Some(story)) = archive.story(Seq(1)) else { panic!("no story") };
    let Ok(Some(trace)) = archive.trace(Seq(1)) else { panic!("no trace") };
    let Ok(counts) = archive.counts();
    let text = serde_json::to_string(&(&story, &trace, &*counts)).unwrap();
    let back: (Story, Trace, Counts) = serde_json::from_str(&text).unwrap();
    assert_eq!((story, trace, counts.clone()), back);
}
