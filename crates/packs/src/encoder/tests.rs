//! The English pack's own encoder on invented sentences.

use crate::Pack;
use std::ops::Range;

fn whole(text: &str) -> Vec<Range<usize>> {
    std::iter::once(0..text.len()).collect()
}

/// Vectors of whole texts.
fn views(texts: &[&str]) -> Vec<Vec<f32>> {
    let pack = Pack::embedded("en").unwrap().unwrap();
    let ranges: Vec<_> = texts.iter().map(|text| whole(text)).collect();
    let asked: Vec<_> = texts.iter().zip(&ranges).map(|(text, range)| (*text, range.as_slice())).collect();
    pack.encoder().unwrap().encode(&asked).into_iter().flatten().collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[test]
fn answers_to_one_question_lie_nearer_than_others() {
    let texts = [
        "Two people were killed when the roof came down",
        "The collapse cost a couple of lives",
        "Three men were arrested at the site",
        "The mayor was shown the door",
        "Ana Diaz was dismissed as head of the city",
        "The city has a new bridge",
    ];
    let views = views(&texts);
    for (a, b, other) in [(0, 1, 2), (0, 1, 5), (3, 4, 5), (3, 4, 2)] {
        let (near, far) = (cosine(&views[a], &views[b]), cosine(&views[a], &views[other]));
        assert!(near > far, "{} / {}: {near}, {}: {far}", texts[a], texts[b], texts[other]);
    }
}

#[test]
fn a_vector_has_unit_length_and_does_not_depend_on_its_company() {
    let alone = views(&["The ferry sank."]);
    let long = "The ferry sank off the cape, and the owner says that nobody was hurt. ".repeat(40);
    let together = views(&[&long, "The ferry sank.", "", "?"]);
    assert_eq!(alone[0], together[1]);
    for view in &together {
        assert!((cosine(view, view) - 1.0).abs() < 1e-4);
    }
}

#[test]
fn a_part_is_seen_in_its_text() {
    let pack = Pack::embedded("en").unwrap().unwrap();
    let encoder = pack.encoder().unwrap();
    let text = "He resigned, and the bank fell.";
    let parts = encoder.encode(&[(text, &[0..11, 13..30, 500..600])]).remove(0);
    let whole = encoder.encode(&[(text, &whole(text))]).remove(0);
    assert!(cosine(&parts[0], &parts[1]) < 0.99);
    // No such place: the whole text, its marks of beginning and end included, stands in.
    assert!(cosine(&parts[2], &whole[0]) > 0.9);
}

#[test]
fn a_broken_file_is_an_error() {
    for bytes in [&b""[..], b"SAYW", b"SAYW\x01\0\0\0\0\0\0\0"] {
        assert!(super::Encoder::read("encoder.bin", bytes).is_err());
    }
}
