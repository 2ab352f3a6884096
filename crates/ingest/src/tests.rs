//! Whole files of every kind through [`captures`], and arbitrary bytes as any of them.

use super::*;
use crate::unpack::tests::{gzip, zstd};
use proptest::prelude::*;
use sayso_types::Body;
use std::fs;

/// A line a result: `name#record: body [warnings]` or `name: reason`.
fn read(files: &[(&str, Vec<u8>)], limits: Limits) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let root = format!("{}/", folder.path().display());
    captures(&[Input::from(folder.path())], &limits)
        .map(|found| match found {
            Ok(c) => {
                let (Body::Html(body) | Body::Text(body) | Body::Markdown(body)) = &c.body;
                let id = c.origin.record.map(|id| format!("#{id}")).unwrap_or_default();
                let warnings: Vec<_> = c.warnings.iter().map(|w| format!(" [{:?}]", w.kind)).collect();
                format!(
                    "{}{id} {}: {body}{}",
                    c.origin.file.unwrap().replace(&root, ""),
                    c.origin.number,
                    warnings.concat()
                )
            }
            Err(s) => format!("{}! {}", s.file.replace(&root, ""), s.reason),
        })
        .collect()
}

fn check(name: &str, bytes: impl Into<Vec<u8>>, expected: &[&str]) {
    let got = read(&[(name, bytes.into())], Limits { bytes: 1000, ratio: 50 });
    are(&got, expected);
}

/// Whether these are just the expected; `…` at the end stands for words of a parser that is not ours.
pub(crate) fn are(got: &[String], expected: &[&str]) {
    assert_eq!(got.len(), expected.len(), "{got:?}");
    for (got, expected) in got.iter().zip(expected) {
        match expected.strip_suffix('…') {
            Some(start) => assert!(got.starts_with(start), "{got}"),
            None => assert_eq!(got, expected),
        }
    }
}

#[test]
fn single_reports() {
    check("a.txt", "It opened.", &["a.txt 0: It opened."]);
    check("a.txt", b"caf\xe9 on the corner, na\xefve".to_vec(), &["a.txt 0: café on the corner, naïve"]);
    check("a.json", "{\n\"id\": \"7\",\n\"text\": \"It opened.\"}", &["a.json#7 0: It opened."]);
    check("a.txt.gz", gzip(b"It opened."), &["a.txt.gz 0: It opened."]);
    check("a.zst", zstd(b"<html><p>It opened.</p>"), &["a.zst 0: <html><p>It opened.</p>"]);
}

/// What the caller brings of an address; `expected` as of a file, then address and time.
#[test]
fn addresses() {
    let check = |bytes: &[u8], content_type: Option<&str>, expected: &[&str]| {
        let page = Page {
            url: "https://a.example/2".to_owned(),
            content_type: content_type.map(str::to_owned),
            captured: Moment::day(2024, 5, 2),
            bytes: bytes.to_vec(),
        };
        let inputs = ["HTTPS://a.example/1", "http://a.example/none"].map(Input::from);
        let found = captures_with(&inputs, &Limits::default(), move |url| {
            if url.ends_with("none") { Err("not there".to_owned()) } else { Ok(page.clone()) }
        });
        let got: Vec<_> = found
            .map(|found| match found {
                Ok(c) => {
                    let (Body::Html(body) | Body::Text(body) | Body::Markdown(body)) = c.body;
                    let url = c.origin.url.unwrap_or("nowhere".to_owned());
                    format!("{}: {body} {url} {}", c.origin.file.unwrap(), c.captured.unwrap())
                }
                Err(s) => format!("{}! {}", s.file, s.reason),
            })
            .collect();
        assert_eq!(got, [expected, &["http://a.example/none! not there"]].concat());
    };
    let page = |body: &str| format!("HTTPS://a.example/1: {body} https://a.example/2 2024-05-02");
    check(b"<html><p>It opened.", None, &[&page("<html><p>It opened.")]);
    check(&gzip(b"It opened."), Some("application/gzip"), &[&page("It opened.")]);
    check(b"caf\xe9", Some("text/plain; charset=iso-8859-1"), &[&page("caf\u{e9}")]);
    check(b"\xd0\xcf\xd4", Some("text/html; Charset=\"koi8-r\""), &[&page("\u{43f}\u{43e}\u{442}")]);
    let feed = "<rss version=\"2.0\"><channel><item><link>https://a.example/3</link><description>It opened.</description>\
                </item><item><description>It closed.</description></item></channel></rss>";
    check(
        feed.as_bytes(),
        None,
        &[
            "HTTPS://a.example/1: It opened. https://a.example/3 2024-05-02",
            "HTTPS://a.example/1: It closed. nowhere 2024-05-02",
        ],
    );
}

#[test]
fn files_of_records() {
    check(
        "a.jsonl",
        "{\"id\": 1, \"text\": \"One.\"}\n{\"id\": 2, \"te\n\n{\"id\": 3, \"text\": \"Three.\"}\n{\"id\": 4}\n",
        &[
            "a.jsonl#1 0: One.",
            "a.jsonl#2! broken JSON…",
            "a.jsonl#3 2: Three.",
            "a.jsonl#5! no field holds…",
        ],
    );
    check(
        "a.json.gz",
        gzip(b"[{\"text\": \"One.\"}, 7, {\"text\": \"T"),
        &["a.json.gz 0: One.", "a.json.gz#2! not a record", "a.json.gz#3! broken JSON…"],
    );
    check(
        "a.csv",
        "id,title,text\n1,A,\"It, it\nopened.\"\n2,B\n3,C,Three.\n",
        &[
            "a.csv#1 0: It, it\nopened.",
            "a.csv#4! a row of 2 fields under a header of 3",
            "a.csv#3 2: Three.",
        ],
    );
    let wide: Vec<u8> = "\u{feff}id;text\n1;Zürich".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("a.csv", wide, &["a.csv#1 0: Zürich"]);
    check(
        "a.txt",
        "{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"F\", \"items\": [{\"id\": \"1\", \"content_html\": \"<p>It opened.\"}]}",
        &["a.txt#1 0: <p>It opened."],
    );
}

#[test]
fn what_others_write() {
    // Named wrongly: the content tells.
    check(
        "a.txt",
        "{\"raw_text\": \"It.\", \"text\": \"It opened.\", \"source\": \"https://example.org/b\", \"hostname\": \"example.org\"}\n\
         {\"maintext\": \"Late.\", \"url\": \"https://example.org/c\", \"date_publish\": \"2024-05-02 08:00:00\"}\n\
         {\"uri\": \"urn:d\", \"versioncreated\": \"2024-05-02T08:00:00Z\", \"body_xhtml\": \"<p>Again.\"}",
        &["a.txt 0: It opened.", "a.txt 1: Late.", "a.txt#urn:d 2: <p>Again."],
    );
    let message =
        |id: &str| format!("Message-ID: <{id}>\nMIME-Version: 1.0\nContent-Type: text/plain\n\nIt opened.\n");
    check("a.txt", message("7@a"), &["a.txt#7@a 0: It opened.\n"]);
    check(
        "a.txt.gz",
        gzip(
            format!(
                "From a Thu\n{}\nFrom b Thu\nMIME-Version: 1.0\nContent-Type: image/png\n\n\n",
                message("8@a")
            )
            .as_bytes(),
        ),
        &["a.txt.gz#8@a 0: It opened.\n\n", "a.txt.gz#2! a message without a text"],
    );
    check(
        "a.html",
        "<nitf><body><body.content><p>It opened.</p></body.content></body></nitf>",
        &["a.html 0: It opened."],
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    check("a.txt", "", &["a.txt! empty file"]);
    check("a.txt", "x".repeat(1001), &["a.txt! longer than 1000 bytes"]);
    check("a.txt", b"a\0\0\0\0b".to_vec(), &["a.txt! a binary file of unknown kind"]);
    check("a.gz", gzip(&[b'a'; 100_000]), &["a.gz! longer than 1000 bytes"]);
    check("a.gz", b"\x1f\x8b\x08\0".to_vec(), &["a.gz! …"]);
    check("a.xml", "<rss><channel>", &["a.xml! broken feed…"]);
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Two.\"}}", "x".repeat(1000));
    check("a.jsonl", long, &["a.jsonl#1! longer than 1000 bytes", "a.jsonl 1: Two."]);
}

#[test]
fn broken_archives_keep_what_could_be_read() {
    let mut noise = 7u32;
    let letters: String = std::iter::repeat_with(|| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (noise >> 24) as u8 % 26)
    })
    .take(900)
    .collect();
    let packed = gzip(letters.as_bytes());
    let got = read(&[("a.txt.gz", packed[..packed.len() - 100].to_vec())], Limits::default());
    assert!(
        got[0].starts_with(&format!("a.txt.gz 0: {}", &letters[..100])) && got[0].ends_with(" [Truncated]"),
        "{got:?}"
    );
    assert!(got[1].contains("what could be read is kept"), "{got:?}");
}

#[cfg(unix)]
#[test]
fn unreadable_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "It opened.").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let found: Vec<_> = captures(&[Input::from(&path)], &Limits::default()).collect();
    // The superuser may read it all the same.
    if let [Err(skipped)] = &found[..] {
        assert_eq!(skipped.reason, "permission denied");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_as_any_kind(
        start in prop::sample::select(vec![
            &b""[..], b"<rss><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"[{\"text\":",
            b"{\"text\":\"a\"}\n{", b"id,text\n1,\"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"<html>", b"# a [b](c)\n",
            b"{\"version\":\"https://jsonfeed.org/version/1\",", b"WARC/1.0\r\nContent-Length: 9\r\n\r\n", b"PK\x03\x04", b"%PDF-1.4\n1 0 obj\n<<",
            b"From a\nSubject: b\nMIME-Version: 1.0\n\n", b"<newsItem><contentSet><inlineXML>", b"<nitf>",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        name in prop::sample::select(vec!["a", "a.txt", "a.json", "a.jsonl", "a.csv", "a.html", "a.md", "a.xml", "a.gz"]),
        packed in 0..3u8,
    ) {
        let bytes = [start, &bytes].concat();
        let bytes = match packed { 0 => bytes, 1 => gzip(&bytes), _ => zstd(&bytes) };
        let got = read(&[(name, bytes)], Limits::default());
        prop_assert!(!got.is_empty());
    }
}
