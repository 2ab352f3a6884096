//! Temporary: runs the stage over a folder of texts, until the command line does.
use sayso_types::CodePoints;
use std::fmt::Write;

#[test]
#[ignore]
fn run() {
    let folder = std::env::var("TIMES_IN").unwrap();
    let pack = sayso_packs::Pack::embedded("en").unwrap().unwrap();
    let mut out = String::new();
    let mut took = std::time::Duration::ZERO;
    let mut words = 0;
    for line in std::fs::read_to_string(format!("{folder}/dates.tsv")).unwrap().lines() {
        let (name, date) = line.split_once('\t').unwrap();
        let text = std::fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
        let doc = crate::plain::doc(&text, (!date.is_empty()).then_some(date));
        let start = std::time::Instant::now();
        let times = super::find(&doc, &pack);
        took += start.elapsed();
        words += doc.tokens.len();
        let cp = CodePoints::of(&text);
        let mut rows = Vec::new();
        for t in &times {
            let (a, b) = cp.span(t.span);
            rows.push(format!(
                "{{\"start\":{a},\"end\":{b},\"type\":\"{}\",\"value\":\"{}\",\"edtf\":\"{}\"}}",
                format!("{:?}", t.kind).to_uppercase(),
                t.value,
                t.edtf.map_or(String::new(), |e| e.to_string())
            ));
        }
        writeln!(
            out,
            "{{\"id\":\"{name}\",\"file\":\"{name}.txt\",\"text\":{text:?},\"times\":[{}]}}",
            rows.join(",")
        )
        .unwrap();
    }
    std::fs::write(format!("{folder}/out.jsonl"), out.replace("\\'", "'").replace("\\u{a0}", "\u{a0}"))
        .unwrap();
    println!("{words} tokens in {took:?}");
}
