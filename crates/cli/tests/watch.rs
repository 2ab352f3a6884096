//! `sayso watch` as its users run it, against a server of this machine.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    process::{Command, Output, Stdio},
};

/// A feed with so many whole reports at `/feed`, and nothing else.
fn server(reports: u32) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    let text =
        "The harbour office closed the lock gates at Norvik on Friday, Captain Ada Roth said. ".repeat(12);
    let item = |n| {
        format!(
            "<item><title>Ice at Norvik</title><link>{here}/ice/{n}</link><description>{n} barges. {text}</description></item>"
        )
    };
    let items: String = (0..reports).map(item).collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Norvik Echo</title>{items}</channel></rss>");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let asked = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let (status, body) =
                if asked.contains(" /feed") { ("200 OK", feed.as_str()) } else { ("404 Not Found", "") };
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            // Whoever has been killed does not listen.
            let _ = stream.write_all(format!("{head}{body}").as_bytes());
        }
    });
    here
}

fn sayso(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(arguments);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn one_round() {
    let (here, folder) = (server(1), tempfile::tempdir().unwrap());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let db = path("news.db");
    let (feed, none) = (format!("{here}/feed"), format!("{here}/none"));
    fs::write(path("mine.opml"), format!("<opml><body><outline xmlUrl=\"{feed}\"/></body></opml>")).unwrap();
    let once = |feeds: &[&str]| {
        let all = [&["watch", "--once", "--db", &db, "--allow-host", "127.0.0.1"], feeds].concat();
        sayso(&all).output().unwrap()
    };
    let check = |output: &Output, code, words: &[&str]| {
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        words.iter().for_each(|word| assert!(said(output).contains(word), "{word}: {}", said(output)));
    };
    let refused = sayso(&["watch", "--once", "--db", &path("other.db"), &feed]).output().unwrap();
    check(&refused, 1, &["127.0.0.1 is at 127.0.0.1, which is loopback: not asked unless"]);
    check(
        &once(&[&path("mine.opml")]),
        0,
        &["/feed: entries taken 1; asked again in 30 min", "1 new reports"],
    );
    check(&once(&[&feed]), 0, &["1 feeds are not due yet"]);
    check(&once(&[&none]), 1, &["/none: the site answered with status 404; asked again in 30 min"]);
    check(&once(&[&path("none.opml")]), 1, &["none.opml: no such file"]);
    check(&once(&[]), 2, &[]);
    let found = sayso(&["search", "--db", &db, "lock gates", "--format", "jsonl"]).output().unwrap();
    assert!(String::from_utf8_lossy(&found.stdout).contains("/ice"), "{found:?}");
}

/// Told to stop it ends well, with what it found in the database.
#[cfg(unix)]
#[test]
fn until_stopped() {
    for signal in ["-TERM", "-INT"] {
        let (here, folder) = (server(1), tempfile::tempdir().unwrap());
        let db = folder.path().join("news.db").display().to_string();
        let feed = format!("{here}/feed");
        let mut child = sayso(&["watch", "--db", &db, "--allow-host", "127.0.0.1", &feed])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("1 new reports")));
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

/// Killed at any moment and run again, nothing of what a feed has is lost or doubled.
#[test]
fn killed_and_run_again() {
    const REPORTS: u32 = 60;
    let (here, folder) = (server(REPORTS), tempfile::tempdir().unwrap());
    let db = folder.path().join("news.db").display().to_string();
    let feeds = [format!("{here}/feed"), format!("{here}/feed?again")];
    let run = || {
        sayso(&["watch", "--once", "--quiet", "--db", &db, "--allow-host", "127.0.0.1", &feeds[0], &feeds[1]])
    };
    let known = || {
        let db = rusqlite::Connection::open(&db).ok()?;
        db.query_row("SELECT (SELECT COUNT(*) FROM reports), (SELECT COUNT(*) FROM feeds)", [], |r| {
            Ok((r.get::<_, u32>(0)?, r.get::<_, u32>(1)?))
        })
        .ok()
    };
    let mut seen = Vec::new();
    for n in 1..=30 {
        let mut child = run().spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(n * 100));
        child.kill().unwrap();
        child.wait().unwrap();
        seen.push(known());
        if known() == Some((REPORTS, 2)) {
            break;
        }
    }
    assert_eq!(run().status().unwrap().code(), Some(0));
    assert_eq!(known(), Some((REPORTS, 2)), "{seen:?}");
    let check = rusqlite::Connection::open(&db).unwrap();
    assert_eq!(check.query_row("PRAGMA integrity_check", [], |r| r.get::<_, String>(0)).unwrap(), "ok");
}
