//! PDFs made here, whole and broken, and what is read of them.

use super::*;
use lopdf::{Object, Stream, dictionary};

/// A PDF with a page for each content, in Helvetica (`F1`); `widths` of its letters in thousandths.
fn pdf(contents: &[&str], packed: bool) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        "FirstChar" => 0, "LastChar" => 255, "Widths" => vec![Object::Integer(500); 256],
    });
    // A form that paints itself, too.
    let form = document.new_object_id();
    let named =
        dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "X1" => form } };
    let resources = document.add_object(named);
    let within = dictionary! { "Subtype" => "Form", "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), (-40).into()] };
    let text = b"BT /F1 10 Tf 72 700 Td (Painted by a form.) Tj ET".to_vec();
    document.objects.insert(form, Stream::new(within, [&text[..], b" /X1 Do /X1 Do"].concat()).into());
    let kids: Vec<Object> = contents
        .iter()
        .map(|content| {
            let mut stream = Stream::new(dictionary! {}, content.as_bytes().to_vec());
            if packed {
                stream.compress().unwrap();
            }
            let content = document.add_object(stream);
            let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content };
            document.add_object(page).into()
        })
        .collect();
    let count = kids.len() as i64;
    let all = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    document.objects.insert(pages, all.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

fn check(bytes: Vec<u8>, expected: &str) {
    let limits = Limits { bytes: 1 << 16, ratio: 20 };
    let got = match capture(bytes, None, limits) {
        Err(why) => why,
        Ok(Capture { body: Body::Text(text), warnings, .. }) => {
            let warnings: Vec<_> = warnings.iter().map(|w| format!(" [{:?}]", w.kind)).collect();
            text + &warnings.concat()
        }
        Ok(other) => panic!("{other:?}"),
    };
    crate::tests::are(&[got], &[expected]);
}

#[test]
fn paragraphs() {
    let page = "BT /F1 18 Tf 20 TL 72 760 Td (Harbour) Tj T* (bridge opens) Tj ET BT /F1 10 Tf 12 TL 72 700 Td \
                (The city opened the har-) Tj T* [(bour b) -10 (ridge) -300 (on Monday,)] TJ T* \
                (Mayor Lind said.) Tj 0 -24 Td (It cost 41) Tj ( million.) ' ET";
    let expected = "Harbour bridge opens\n\nThe city opened the harbour bridge on Monday, Mayor Lind said.\n\n\
                    It cost 41 million.";
    check(pdf(&[page], false), expected);
    check(pdf(&[page], true), expected);
}

#[test]
fn pages_run_on() {
    let page = |n: u32, text: &str| {
        format!(
            "BT /F1 10 Tf 72 800 Td (Example Press Office) Tj 0 -30 Td ({text}) Tj 0 -700 Td (Page {n}) Tj ET"
        )
    };
    let pages =
        [page(1, "The city opened the"), page(2, "bridge on Monday."), page(3, "It was late by two years.")];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    check(
        pdf(&pages, true),
        "Example Press Office\n\nThe city opened the bridge on Monday.\n\nIt was late by two years.",
    );
}

#[test]
fn forms() {
    let page = "BT /F1 10 Tf 72 700 Td (The city opened the bridge.) Tj ET /X1 Do";
    check(pdf(&[page], true), "The city opened the bridge.\n\nPainted by a form.\n\nPainted by a form.…");
}

#[test]
fn no_text() {
    check(pdf(&["0 0 100 100 re f"], false), "a PDF without a text layer");
    check(b"%PDF-1.7\n".to_vec(), "broken PDF…");
    check(b"%PDF-1.7\n1 0 obj\n<</Length 1>>".to_vec(), "broken PDF…");
}

#[test]
fn bombs_and_knots() {
    let bomb = format!("BT /F1 10 Tf (It) Tj ET {}", " ".repeat(20 << 20));
    check(pdf(&[&bomb], true), "a PDF whose pages could not be read");
    let good = "BT /F1 10 Tf 72 700 Td (The city opened the bridge on Monday.) Tj ET";
    check(pdf(&[&bomb, good], true), "The city opened the bridge on Monday. [Bounds]");
    check(pdf(&["[".repeat(50_000).as_str(), good], true), "The city opened the bridge on Monday.…");
    // A page that is its own parent and child.
    let knot = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
                2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF";
    check(knot.as_bytes().to_vec(), "a PDF without a text layer");
}
