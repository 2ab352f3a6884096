//! Search to the sentence: what is found, in which order, a page at a time.

use crate::{add, on_each, open, sample::sample};
use proptest::prelude::*;
use sayso_store::{Part, Query, Store};
use sayso_types::{
    Day,
    Stance::{Asserts, Denies},
    StoryId,
};

pub fn words(words: &str) -> Query {
    Query { words: words.to_owned(), ..Query::default() }
}

fn texts(store: &mut Store, query: &Query) -> Vec<String> {
    store.search(query, None, 100).unwrap().hits.into_iter().map(|h| h.text).collect()
}

fn bridge(store: &mut Store) {
    let reports = [
        sample("Bridge opens")
            .at("https://www.echo.example/bridge")
            .on("2024-12-31")
            .says("Ana Díaz said the Karu bridge is safe.", &[("Ana Díaz", Asserts)])
            .says("The bridge is safe, safe as a house, they say, and whoever doubts it may walk.", &[]),
        sample("Doubts at Karu")
            .of("Ilmen Post")
            .on("2025-01-15")
            .says(
                "Bo Lee denied that Ana Díaz had seen the plans.",
                &[("Bo Lee", Denies), ("Ana Díaz", Asserts)],
            )
            .says("It cost 4.6bn.", &[]),
        sample("Undated").on("").says("No bridge here.", &[]),
    ];
    add(store, &reports.map(|r| r.done()));
}

#[test]
fn sentences_are_found_by_their_words() {
    on_each(|at| {
        let mut store = open(at);
        bridge(&mut store);
        let mut check = |typed: &str, expected: &[&str]| {
            assert_eq!(texts(&mut store, &words(typed)), expected, "{typed}")
        };
        check("SAFE karu", &["Ana Díaz said the Karu bridge is safe."]);
        check("\"karu bridge\"", &["Ana Díaz said the Karu bridge is safe."]);
        check("\"bridge karu\"", &[]);
        check("open*", &["Bridge opens"]);
        check("open", &[]);
        check("4.6bn", &["It cost 4.6bn."]);
        check("diaz plan*", &["Bo Lee denied that Ana Díaz had seen the plans."]);
        // A headline is found, too; twice is more than once, but not in a sentence so much longer.
        check(
            "bridge",
            &[
                "Bridge opens",
                "No bridge here.",
                "Ana Díaz said the Karu bridge is safe.",
                "The bridge is safe, safe as a house, they say, and whoever doubts it may walk.",
            ],
        );
        check(
            "safe",
            &[
                "The bridge is safe, safe as a house, they say, and whoever doubts it may walk.",
                "Ana Díaz said the Karu bridge is safe.",
            ],
        );
        check("' OR 1=1 \" NEAR(", &[]);
    });
}

#[test]
fn filters_hold_together() {
    on_each(|at| {
        let mut store = open(at);
        bridge(&mut store);
        let mut check = |query: Query, expected: usize| {
            assert_eq!(texts(&mut store, &query).len(), expected, "{query:?}")
        };
        let none = Query::default;
        let some = |text: &str| Some(text.to_owned());
        check(none(), 8);
        check(Query { outlet: some("the echo"), ..none() }, 0);
        check(Query { outlet: some("Norvik"), ..none() }, 5);
        check(Query { outlet: some("echo.example"), ..none() }, 3);
        check(Query { outlet: some("?!"), ..none() }, 0);
        check(Query { entity: some("ana diaz"), ..none() }, 2);
        check(Query { speaker: some("Díaz"), ..none() }, 2);
        check(Query { source: some("Bo Lee"), ..words("plans") }, 1);
        check(Query { stance: Some(Denies), ..none() }, 1);
        check(Query { stance: Some(Denies), speaker: some("Bo Lee"), ..none() }, 1);
        // Somebody else denies in that sentence.
        check(Query { stance: Some(Denies), speaker: some("Ana Díaz"), ..none() }, 0);
        let day = |y, m, d| Some(Day::of(y, m, d));
        check(Query { from: day(2025, 1, 1), ..none() }, 3);
        check(Query { until: day(2025, 1, 14), ..none() }, 3);
        check(Query { from: day(2024, 12, 31), until: day(2025, 1, 15), ..none() }, 6);
        check(Query { from: day(2025, 1, 16), ..none() }, 0);
        check(Query { from: day(2025, 2, 1), until: day(2025, 1, 1), ..none() }, 0);
    });
}

#[test]
fn a_hit_tells_where_it_stands() {
    on_each(|at| {
        let mut store = open(at);
        bridge(&mut store);
        let hit = store.search(&words("denied"), None, 1).unwrap().hits.remove(0);
        assert_eq!(
            (hit.title.as_str(), hit.outlet.as_deref(), hit.published.as_deref()),
            ("Doubts at Karu", Some("Ilmen Post"), Some("2025-01-15"))
        );
        // Code points: the accent is one.
        assert_eq!((hit.part, hit.place), (Part::Text, (0, 47)));
        assert_eq!((hit.says[0].stance, hit.says[0].speaker()), (Denies, Some("Bo Lee")));
        let headline = store.search(&words("opens"), None, 1).unwrap().hits.remove(0);
        assert_eq!((headline.part, headline.place, headline.says.len()), (Part::Title, (0, 12), 0));
    });
}

#[test]
fn pages_follow_each_other_whatever_is_added_meanwhile() {
    on_each(|at| {
        let mut store = open(at);
        let report = |n: usize| {
            sample("Rain").says(&format!("Rain fell on day {n}."), &[]).says("Much rain.", &[]).done()
        };
        add(&mut store, &(0..700).map(report).collect::<Vec<_>>());
        let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let found = store.search(&words("rain"), after.as_deref(), 97).unwrap();
            seen.extend(found.hits.iter().map(|h| (h.report.to_string(), h.part == Part::Title, h.place)));
            pages += 1;
            add(&mut store, &[report(1000 + pages)]);
            match found.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!((seen.len(), pages), (2100, 22));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 2100, "none twice");
        let wrong = store.search(&words("rain"), Some("soon"), 1).unwrap_err();
        assert!(wrong.is_misuse(), "{wrong}");
    });
}

#[test]
fn a_storys_sentences_are_found_by_its_id_and_by_the_ids_that_gave_way_to_it() {
    on_each(|at| {
        let mut store = open(at);
        bridge(&mut store);
        store.begin().unwrap();
        let seq = sayso_store::Seq;
        (1..=3).for_each(|n| store.place(seq(n), seq(n), None).unwrap());
        let ids: Vec<_> = (1..=3).map(|n| store.story_id(seq(n)).unwrap()).collect();
        store.merge(seq(2), seq(1), seq(3)).unwrap();
        store.commit().unwrap();
        let mut check = |story: &StoryId, words: &str, expected| {
            let query = Query { story: Some(story.clone()), ..self::words(words) };
            assert_eq!(texts(&mut store, &query).len(), expected, "{query:?}");
        };
        check(&ids[0], "", 6);
        check(&ids[1], "", 6);
        check(&ids[1], "bridge", 3);
        check(&ids[2], "bridge", 1);
        let query = Query { story: Some(StoryId::of(&["no"])), ..words("bridge") };
        let wrong = store.search(&query, None, 1).unwrap_err();
        assert!(wrong.is_misuse(), "{wrong}");
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// Whatever a report's texts and names are, it is stored and found, and whatever is typed is no fault.
    #[test]
    fn anything_is_stored_and_found(text in "\\PC{0,80}", wild: String, name in "\\PC{1,20}", typed: String) {
        let text = format!("{name} {text} karubridge {wild}");
        on_each(|at| {
            let mut store = open(at);
            let name: &'static str = name.clone().leak();
            add(&mut store, &[sample(&wild).says(&text, &[(name, Asserts)]).done()]);
            assert_eq!(store.search(&words("karubridge"), None, 10).unwrap().hits.len(), 1);
            store.search(&words(&typed), None, 10).unwrap();
            store.search(&Query { speaker: Some(typed.clone()), entity: Some(wild.clone()), ..Query::default() }, None, 10).unwrap();
        });
    }
}
