//! Temporary: runs the stage over a folder of texts, until the command line does.
use sayso_types::{CodePoints, Edtf};
use std::fmt::Write;

fn parsed(text: &str, date: &str, pack: &sayso_packs::Pack) -> sayso_types::Doc {
    let doc = crate::plain::doc(text, (!date.is_empty()).then_some(date));
    if std::env::var("TIMES_PARSE").is_ok() { crate::parse::parse(doc.report, pack).0 } else { doc }
}

#[test]
#[ignore]
fn run() {
    let folder = std::env::var("TIMES_IN").unwrap();
    let pack = sayso_packs::Pack::embedded("en").unwrap().unwrap();
    let mut out = String::new();
    let mut took = std::time::Duration::ZERO;
    let mut words = 0;
    let show = std::env::var("TIMES_SHOW").is_ok();
    for line in std::fs::read_to_string(format!("{folder}/dates.tsv")).unwrap().lines() {
        let (name, date) = line.split_once('\t').unwrap();
        let text = std::fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
        let mut doc = parsed(&text, date, &pack);
        let start = std::time::Instant::now();
        doc.times = super::find(&doc, &pack);
        let quantities = crate::quantities::find(&doc, &pack);
        took += start.elapsed();
        words += doc.tokens.len();
        let cp = CodePoints::of(&text);
        let edtf = |e: Option<Edtf>| e.map_or(String::new(), |e| e.to_string());
        if show {
            println!(
                "## {name} {date} evidence {:?} dated {:?}",
                super::evidence(&doc, &pack).map(|(a, b)| (a.civil(), b.civil())),
                super::dated(&doc).iter().map(|d| d.civil()).collect::<Vec<_>>()
            );
            for (i, s) in doc.sentences.iter().enumerate() {
                let _ = i;
                let ts: Vec<_> = doc.times.iter().filter(|t| s.span.contains(t.span)).collect();
                let qs: Vec<_> = quantities.iter().filter(|t| s.span.contains(t.span)).collect();
                if ts.is_empty() && qs.is_empty() {
                    continue;
                }
                println!("-- {}", s.span.of(&text).replace('\n', " "));
                for t in ts {
                    println!("   T [{}] {} | {} | {:?}", t.span.of(&text), t.value, edtf(t.edtf), t.anchor);
                }
                for q in qs {
                    println!(
                        "   Q [{}] {} {} {}..{} of={} {:?} {:?}",
                        q.span.of(&text).replace('\n', " "),
                        q.value,
                        q.unit,
                        q.low,
                        q.high,
                        q.of,
                        q.dimension,
                        q.bound
                    );
                }
            }
        }
        let mut rows = Vec::new();
        for t in &doc.times {
            let (a, b) = cp.span(t.span);
            rows.push(format!(
                "{{\"start\":{a},\"end\":{b},\"type\":\"{}\",\"value\":\"{}\",\"edtf\":\"{}\"}}",
                format!("{:?}", t.kind).to_uppercase(),
                t.value,
                edtf(t.edtf)
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
