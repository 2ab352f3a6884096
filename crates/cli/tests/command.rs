//! The built program as its users run it.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../demo")
        .canonicalize()
        .expect("the demonstration is there")
}

fn sayso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn brief(inputs: &[&str]) -> serde_json::Value {
    let mut arguments = vec!["brief", "--format", "json"];
    arguments.extend(inputs);
    serde_json::from_slice(&sayso(&arguments).stdout).expect("output is JSON")
}

#[test]
fn same_output_for_any_order_and_any_number_of_jobs() {
    let demo = demo();
    let mut files: Vec<_> = fs::read_dir(&demo)
        .expect("readable")
        .map(|f| f.expect("readable").path().display().to_string())
        .collect();
    files.sort();
    for format in ["json", "md", "html", "csv", "text"] {
        let run = |files: &[String], jobs: &str| {
            let mut arguments = vec!["brief", "--format", format, "--jobs", jobs];
            arguments.extend(files.iter().map(String::as_str));
            stdout(&sayso(&arguments))
        };
        let first = run(&files, "1");
        assert!(first.len() > 200, "{format}: {first}");
        let mut turned = files.clone();
        for n in 1..3 {
            turned.rotate_left(n);
            turned.swap(0, n);
            assert!(run(&turned, "8") == first, "{format} differs for {turned:?}");
        }
    }
    for command in ["extract", "annotate", "group"] {
        let run = |files: &[String], jobs: &str| {
            let mut arguments = vec![command, "--format", "jsonl", "--jobs", jobs];
            arguments.extend(files.iter().map(String::as_str));
            stdout(&sayso(&arguments))
        };
        let mut turned = files.clone();
        turned.reverse();
        assert!(run(&files, "1") == run(&turned, "8"), "{command} differs");
    }
}

#[test]
fn the_json_brief_fits_its_schema() {
    let schema =
        fs::read_to_string(demo().join("../schema/brief-1.schema.json")).expect("the schema is there");
    let schema = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is sound");
    let mut inputs = vec![demo()];
    inputs.extend(["merger", "strike"].map(|s| demo().join("../quality/sets").join(s).join("reports")));
    for input in inputs {
        let brief = brief(&[&input.display().to_string()]);
        let errors: Vec<_> =
            validator.iter_errors(&brief).take(5).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", input.display());
    }
}

/// Invariant: every sentence in a brief stands in a report, at the place that it names.
#[test]
fn nothing_is_said_that_stands_in_no_report() {
    let brief = brief(&[&demo().display().to_string()]);
    let stories = brief["stories"].as_array().expect("stories");
    assert_eq!(stories.len(), 2, "the ferry and the museum");
    for story in stories {
        let reports: Vec<_> = story["reports"].as_array().expect("reports").iter().collect();
        let text = |id: &serde_json::Value| -> Vec<char> {
            let report = reports.iter().find(|r| r["id"] == *id).expect("a report of the story");
            report["text"].as_str().expect("text").chars().collect()
        };
        let folded = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        let stands = |words: &serde_json::Value| {
            let words = folded(words.as_str().expect("words"));
            reports.iter().any(|r| folded(r["text"].as_str().expect("text")).contains(&words))
        };
        let claims = story["claims"].as_array().expect("claims");
        assert!(!claims.is_empty());
        for claim in claims {
            assert!(stands(&claim["text"]), "{}", claim["text"]);
            for a in claim["assertions"].as_array().expect("assertions") {
                let range =
                    a["start"].as_u64().expect("start") as usize..a["end"].as_u64().expect("end") as usize;
                let there: String = text(&a["report"])[range].iter().collect();
                assert_eq!(a["text"].as_str(), Some(there.as_str()));
            }
        }
        let lines = story["summary"].as_array().into_iter().chain(story["timeline"].as_array()).flatten();
        lines.for_each(|line| assert!(stands(&line["text"]), "{}", line["text"]));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("good.txt"),
        "Bridge opens\n\nThe mayor, Ana Diaz, opened the bridge on Monday, the city said.\n",
    )
    .expect("written");
    fs::write(path("empty.txt"), "").expect("written");
    fs::write(path("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").expect("written");
    fs::write(path("broken.html.gz"), b"\x1f\x8b\x08\0\0\0\0\0\0\x03garbage").expect("written");
    let missing = path("missing.txt").display().to_string();
    let output = sayso(&["brief", "--format", "json", &folder.path().display().to_string(), &missing]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let brief: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(brief["stories"].as_array().map(Vec::len), Some(1));
    let skipped = brief["skipped"].as_array().expect("skipped");
    for name in ["empty.txt", "picture.png", "broken.html.gz", "missing.txt"] {
        assert!(errors.contains(name), "{name} is not in {errors}");
        assert!(skipped.iter().any(|s| s["file"].as_str().is_some_and(|f| f.ends_with(name))), "{name}");
    }
}

#[test]
fn exit_status_tells_wrong_use() {
    let check = |arguments: &[&str], status| {
        assert_eq!(sayso(arguments).status.code(), Some(status), "{arguments:?}")
    };
    check(&["brief"], 2);
    check(&["brief", "--format", "cbor", "x"], 2);
    check(&["brief", "--jobs", "0", "x"], 2);
    check(&["frobnicate"], 2);
    check(&["--help"], 0);
    check(&["--version"], 0);
    check(&["completions", "bash"], 0);
    check(&["man", "brief"], 0);
    check(&["brief", "--quiet", &demo().display().to_string()], 0);
}

#[test]
fn standard_input_is_read() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["annotate", "--plain", "--date", "2024-06-20", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let text = "The Kremlin said on Tuesday that 14 people were hurt.\n";
    std::io::Write::write_all(child.stdin.as_mut().expect("a pipe"), text.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("done");
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one line of JSON");
    assert_eq!(line["text"].as_str(), Some(text), "--plain changes nothing");
    assert_eq!(line["times"][0]["edtf"].as_str(), Some("2024-06-18"));
    assert_eq!(line["quantities"][0]["value"].as_f64(), Some(14.0));
}

#[test]
fn a_claim_is_explained() {
    let reports = demo().display().to_string();
    let claims = brief(&[&reports])["stories"][0]["claims"].clone();
    let check = |claim: &serde_json::Value, heads: &[&str]| {
        let id = claim["id"].as_str().expect("an id");
        let output = sayso(&["brief", &reports, "--explain", id]);
        assert!(output.status.success());
        let printed = stdout(&output);
        let missing: Vec<_> = heads.iter().filter(|h| !printed.contains(**h)).collect();
        assert!(missing.is_empty(), "{missing:?} in {printed}");
        // The start of an id will do.
        assert_eq!(stdout(&sayso(&["brief", &reports, "--explain", &id[..12]])), printed);
    };
    let all = claims.as_array().expect("claims");
    let basics = ["Who carries it", "Why these are one claim", "Lines of evidence", "No more than"];
    check(&all[0], &basics);
    let disputed = all.iter().find(|c| !c["disputes"].as_array().expect("a list").is_empty());
    check(disputed.expect("the demonstration has a dispute"), &["Why the values conflict", "understood as"]);
}

#[test]
fn a_claim_that_is_not_there_is_wrong_use() {
    let reports = demo().display().to_string();
    let check = |start: &str, word: &str| {
        let output = sayso(&["brief", &reports, "--explain", start]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(said.contains(word), "{said}");
    };
    check("x", "no claim");
    check("", "no claim");
    check("c", "claims have ids that begin so");
}

#[test]
fn what_the_user_knows_of_outlets_is_shown_and_bad_rows_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("outlets.csv");
    fs::write(&table, "outlet,owner,reliability\nEastern Mail,Coast Ltd,B\nHarbour Radio,,X\n")
        .expect("writable");
    let (reports, table) = (demo().display().to_string(), table.display().to_string());
    let output = sayso(&["brief", &reports, "--format", "json", "--outlets", &table]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    assert!(said.contains("outlets.csv#3: reliability \"X\" is no letter from A to F"), "{said}");
    let brief: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let letter = |outlet: &str| {
        let reports = brief["stories"][0]["reports"].as_array().expect("reports");
        let report = reports.iter().find(|r| r["outlet"] == outlet).expect("the outlet");
        report["reliability"].as_str().expect("a letter").to_owned()
    };
    assert_eq!((letter("Eastern Mail"), letter("Harbour Radio")), ("B".to_owned(), "F".to_owned()));
    assert_eq!(sayso(&["brief", &reports, "--outlets", "nowhere.csv"]).status.code(), Some(1));
}

/// A host of this machine is asked only where the user says so; the page is then a report like any other.
#[test]
fn addresses_are_fetched() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/bridge", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines =
                BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
            let asked = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let (status, body) = match asked.split(' ').nth(1) {
                Some("/bridge") => (
                    "200 OK",
                    "<html><title>Bridge opened</title><article><h1>Bridge opened</h1>\
                     <p>Mayor Ana Diaz opened the new bridge on Monday, the city said.</p></article>",
                ),
                Some("/inside") => ("302 Found\r\nLocation: http://169.254.169.254/latest/meta-data", ""),
                _ => ("404 Not Found", ""),
            };
            let length = body.len();
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
            stream.write_all(format!("{head}{body}").as_bytes()).expect("the program listens");
        }
    });
    let output = sayso(&["extract", "--format", "jsonl", &url]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains(&url) && said.contains("127.0.0.1, which is loopback"), "{said}");
    let [inside, none] = ["inside", "none"].map(|page| url.replace("bridge", page));
    let allowed = ["extract", "--format", "jsonl", "--allow-host", "127.0.0.1"];
    let output = sayso(&[&allowed[..], &[&url, &inside, &none]].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one report");
    assert_eq!(
        (&report["title"], &report["url"]),
        (&"Bridge opened".into(), &url.as_str().into()),
        "{report}"
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains(&format!("{inside}: 169.254.169.254 is at 169.254.169.254, which is link-local")),
        "{said}"
    );
    assert!(said.contains(&format!("{none}: the site answered with status 404")), "{said}");
}
