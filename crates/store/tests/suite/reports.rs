//! What comes in: once, in versions, all of a batch or nothing.

use crate::{add, maker, on_each, open, sample::sample, seqs};
use sayso_store::{Added, Digest, Entry, Maker, Seq};
use sayso_types::Stance::Asserts;

#[test]
fn the_same_report_again_is_no_new_report() {
    on_each(|at| {
        let mut store = open(at);
        let gates = || sample("Lock gates closed").at("https://echo.example/gates");
        let around = gates().page("Log in. Lock gates closed");
        let other = sample("Lock gates closed").at("https://post.example/gates").of("Post");
        let reports = [gates().done(), gates().done(), around.clone().done(), other.done(), around.done()];
        let (new, known) = (|n| Added::New(Seq(n)), |n| Added::Known(Seq(n)));
        assert_eq!(add(&mut store, &reports), [new(1), known(1), known(1), new(2), known(1)]);
        assert_eq!(add(&mut store, &reports), [known(1), known(1), known(1), known(2), known(1)]);
        assert_eq!(store.known(Digest::of(&reports[2].0)).unwrap(), Some(Seq(1)));
        assert_eq!(store.known(Digest::of(&sample("No").done().0)).unwrap(), None);
    });
}

#[test]
fn what_was_added_comes_back_as_it_was() {
    on_each(|at| {
        let mut store = open(at);
        // PostgreSQL's text has no place for the null character.
        let (capture, analysis) = sample("Ångström \0 “tower” 東京")
            .at("https://echo.example/a")
            .says("Ada Roth said it stands.", &[("Ada Roth", Asserts)])
            .done();
        add(&mut store, &[(capture.clone(), analysis.clone())]);
        drop(store);
        let mut store = open(at);
        assert_eq!(store.capture(Seq(1)).unwrap(), Some(capture.clone()));
        assert_eq!(store.analysis(Seq(1), &maker()).unwrap(), Some(analysis.clone()));
        assert_eq!(store.seq(&analysis.doc.report.id).unwrap(), Some(Seq(1)));
        assert_eq!((store.capture(Seq(2)).unwrap(), store.analysis(Seq(2), &maker()).unwrap()), (None, None));

        // Another maker's analysis is not read, and gives way to the new one.
        let newer = Maker { stages: "2".into(), ..maker() };
        assert_eq!(store.analysis(Seq(1), &newer).unwrap(), None);
        store.begin().unwrap();
        store.renew(Seq(1), &Entry::of(&capture, &analysis).unwrap(), &newer).unwrap();
        store.commit().unwrap();
        assert_eq!(store.analysis(Seq(1), &newer).unwrap(), Some(analysis));
        assert_eq!(store.analysis(Seq(1), &maker()).unwrap(), None);
        assert_eq!(store.search(&crate::search::words("stands"), None, 9).unwrap().hits.len(), 1);
    });
}

#[test]
fn a_known_address_with_another_text_is_a_version() {
    on_each(|at| {
        let mut store = open(at);
        let at_gates = |text: &str| sample("Gates").at("https://echo.example/gates#top").says(text, &[]);
        let added = add(
            &mut store,
            &[
                at_gates("Two gates closed.").captured("2025-03-07T10:00Z").done(),
                at_gates("Three gates closed.").captured("2025-03-07T12:00Z").done(),
                // Found late, captured early: kept, but not what the page says now.
                at_gates("No gate closed.").captured("2025-03-07T10:00+01:00").done(),
                sample("Front page").at("https://echo.example/").done(),
                sample("Front page of another day").at("https://echo.example/").done(),
            ],
        );
        let version = |n, of| Added::Version(Seq(n), Seq(of));
        assert_eq!(
            added,
            [Added::New(Seq(1)), version(2, 1), version(3, 2), Added::New(Seq(4)), Added::New(Seq(5))]
        );
        let versions = store.versions(Seq(3)).unwrap();
        assert_eq!(versions.iter().map(|v| v.seq).collect::<Vec<_>>(), seqs(&[3, 1, 2]));
        assert_eq!(versions.iter().map(|v| v.current).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(store.versions(Seq(4)).unwrap().len(), 1);
        let hits = store.search(&crate::search::words("closed"), None, 9).unwrap().hits;
        assert_eq!(hits.iter().map(|h| h.text.as_str()).collect::<Vec<_>>(), ["Three gates closed."]);
    });
}

#[test]
fn a_batch_is_seen_at_once_or_never() {
    on_each(|at| {
        let mut store = open(at);
        let mut reader = store.again().unwrap();
        let entry = |title: &str| {
            let (capture, analysis) = sample(title).done();
            (Digest::of(&capture), Entry::of(&capture, &analysis).unwrap())
        };
        let ((one, first), (two, second)) = (entry("One"), entry("Two"));
        store.begin().unwrap();
        store.add(&first, &maker()).unwrap();
        assert_eq!(store.known(one).unwrap(), Some(Seq(1)));
        assert_eq!(reader.known(one).unwrap(), None);
        store.rollback();
        assert_eq!(store.known(one).unwrap(), None);

        // The numbers begin where they would have, had nothing happened.
        store.begin().unwrap();
        assert_eq!(store.add(&second, &maker()).unwrap(), Added::New(Seq(1)));
        store.commit().unwrap();
        assert_eq!(reader.known(two).unwrap(), Some(Seq(1)));
        assert!(store.add(&first, &maker()).is_err(), "no batch is open");
    });
}

/// Two programs that add at once take turns.
#[test]
fn writers_wait_for_each_other() {
    on_each(|at| {
        drop(open(at));
        let write = |name: &'static str| {
            let at = at.to_owned();
            std::thread::spawn(move || {
                let mut store = open(&at);
                for n in 0..5 {
                    add(&mut store, &[sample(&format!("{name} {n}")).done()]);
                }
            })
        };
        [write("Ann"), write("Bo")].into_iter().for_each(|t| t.join().unwrap());
        assert!((1..=10).all(|n| open(at).report(Seq(n)).unwrap().is_some()));
    });
}
