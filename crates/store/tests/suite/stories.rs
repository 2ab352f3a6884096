//! Stories: ids stay or lead on, accounts are marked stale where reports come or go.

use crate::{add, on_each, open, sample::sample, seqs};
use sayso_store::{Redirect, Seq, Why};
use sayso_types::{Comparison, StoryId};

#[test]
fn stories_grow_merge_and_split() {
    on_each(|at| {
        let mut store = open(at);
        add(&mut store, &["One", "Two", "Three", "Four"].map(|title| sample(title).done()));
        store.begin().unwrap();
        store.place(Seq(1), Seq(1), None).unwrap();
        store.place(Seq(2), Seq(2), None).unwrap();
        store.place(Seq(3), Seq(2), Some((Seq(2), 0.5))).unwrap();
        store.place(Seq(4), Seq(1), None).unwrap();
        let (one, two, four) = (
            store.story_id(Seq(1)).unwrap(),
            store.story_id(Seq(2)).unwrap(),
            store.story_id(Seq(4)).unwrap(),
        );
        assert_eq!(store.stale(Seq(0), 9).unwrap(), seqs(&[1, 2]));
        let account = Comparison { entity_of: vec![vec![Some(0), None]], ..Comparison::default() };
        store.put_account(Seq(1), "first", &account).unwrap();
        store.put_account(Seq(2), "second", &Comparison::default()).unwrap();
        store.commit().unwrap();
        assert_eq!(store.account(Seq(1)).unwrap(), Some(("first".to_owned(), account)));
        assert_eq!(store.stale(Seq(0), 9).unwrap(), []);

        store.begin().unwrap();
        store.merge(Seq(2), Seq(1), Seq(4)).unwrap();
        store.place(Seq(4), Seq(4), None).unwrap();
        store.redirect(Seq(1), Seq(4), Why::Split, Seq(4)).unwrap();
        store.commit().unwrap();
        let reports = |store: &mut sayso_store::Store, story| {
            store.reports_of(story).unwrap().iter().map(|r| r.seq).collect::<Vec<_>>()
        };
        assert_eq!(reports(&mut store, Seq(1)), seqs(&[1, 2, 3]));
        assert_eq!(reports(&mut store, Seq(4)), seqs(&[4]));
        assert_eq!(store.report(Seq(3)).unwrap().unwrap().copy, Some((Seq(2), 0.5)));
        assert_eq!(
            (store.story(&one).unwrap(), store.story(&two).unwrap(), store.story(&four).unwrap()),
            (Some(Seq(1)), Some(Seq(1)), Some(Seq(4)))
        );
        assert_eq!(store.story(&StoryId::of(&["none"])).unwrap(), None);
        let redirect = |old: &StoryId, new: &StoryId, why| Redirect {
            at: Seq(4),
            old: old.clone(),
            new: new.clone(),
            why,
        };
        let mut expected = [redirect(&two, &one, Why::Merged), redirect(&one, &four, Why::Split)];
        expected.sort_by(|a, b| a.old.cmp(&b.old));
        assert_eq!(store.redirects().unwrap(), expected);
        assert_eq!(store.stale(Seq(0), 9).unwrap(), seqs(&[1, 4]));
        assert_eq!(store.stale(Seq(1), 9).unwrap(), seqs(&[4]));
        assert_eq!(store.stories(Seq(0), 1).unwrap(), seqs(&[1]));
        assert_eq!(store.stories(Seq(1), 9).unwrap(), seqs(&[4]));
        assert_eq!(store.account(Seq(2)).unwrap(), None);
    });
}
