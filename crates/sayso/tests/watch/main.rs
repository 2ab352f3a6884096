//! Feeds that are watched, against a server that misbehaves, in a time that passes at once.

#![allow(clippy::unwrap_used, reason = "tests")]

mod server;

use sayso::{
    Limits, Options, Pipeline,
    store::Seq,
    types::Body,
    watch::{Clock, Rounds, Told},
};
use server::{
    Answer::{self, Bomb, Cut, Endless, Whole},
    Server,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Passes at once, and stops when its time is over.
struct Quick {
    begun: Instant,
    /// Milliseconds, over all runs.
    passed: Arc<AtomicU64>,
    stops: u64,
}

impl sayso::fetch::Clock for Quick {
    fn now(&self) -> Instant {
        self.begun + Duration::from_millis(self.passed.load(Ordering::SeqCst))
    }

    fn wait(&self, time: Duration) {
        self.passed.fetch_add(time.as_millis() as u64, Ordering::SeqCst);
    }

    fn stopped(&self) -> bool {
        self.passed.load(Ordering::SeqCst) >= self.stops
    }
}

impl Clock for Quick {
    fn unix(&self) -> i64 {
        1_795_000_000 + (self.passed.load(Ordering::SeqCst) / 1000) as i64
    }
}

fn pipeline() -> Pipeline {
    let hosts = ["127.0.0.1", "localhost"].map(str::to_owned);
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    Pipeline::new(Options { allowed_hosts: hosts.into(), limits, ..Options::default() }).unwrap()
}

/// Runs of the program on one database, each of so many minutes; 0 is one round, after which half an hour passes.
/// `asked` and `told` have the minute in front, the server is `HERE`. Gives back each report's address and beginning.
fn check(
    routes: &[(&'static str, &[Answer])],
    feeds: &[&str],
    runs: &[u64],
    asked: &[&str],
    told: &[&str],
) -> Vec<String> {
    let passed = Arc::new(AtomicU64::new(0));
    let minute = |passed: &AtomicU64| passed.load(Ordering::SeqCst) / 60_000;
    let seen = Arc::clone(&passed);
    let routes = routes.iter().map(|(path, answers)| (*path, answers.to_vec())).collect();
    let server = Server::start(routes, move || minute(&seen).to_string());
    let (here, port) = (format!("http://127.0.0.1:{}", server.port), format!(":{}", server.port));
    let short = |text: &str| text.replace(&here, "HERE").replace(&port, "").replace(" 127.0.0.1/", " /");

    let folder = tempfile::tempdir().unwrap();
    let mut store = sayso::store::open(&folder.path().join("news.db").display().to_string()).unwrap();
    let feeds: Vec<_> = feeds.iter().map(|f| f.replace("HERE", &here).replace(":PORT", &port)).collect();
    let (pipeline, mut said) = (pipeline(), Vec::new());
    for &minutes in runs {
        let (rounds, stops) = match minutes {
            0 => (Rounds::One, u64::MAX),
            _ => (Rounds::UntilStopped, passed.load(Ordering::SeqCst) + minutes * 60_000),
        };
        let clock: Arc<dyn Clock> =
            Arc::new(Quick { begun: Instant::now(), passed: Arc::clone(&passed), stops });
        let mut tell = |told: Told| said.push(format!("{} {}", minute(&passed), line(&told)));
        pipeline.watch(&mut store, &feeds, &clock, rounds, &mut tell).unwrap();
        if rounds == Rounds::One {
            passed.fetch_add(31 * 60_000, Ordering::SeqCst);
        }
    }
    assert_eq!(server.asked().iter().map(|a| short(a)).collect::<Vec<_>>(), asked, "asked");
    assert_eq!(said.iter().map(|s| short(s)).collect::<Vec<_>>(), told, "told");
    let reports = (1..).map_while(|n| store.report(Seq(n)).unwrap());
    let rows: Vec<_> = reports.map(|r| (r.seq, r.url.unwrap_or_default())).collect();
    let row = |(seq, url): (Seq, String)| {
        let body = store.capture(seq).unwrap().unwrap().body;
        let (Body::Html(text) | Body::Text(text) | Body::Markdown(text)) = body;
        let first = text.rsplit("<p>").next().unwrap_or("").split(' ').take(2).collect::<Vec<_>>();
        short(&format!("{url} {}", first.join(" ")))
    };
    rows.into_iter().map(row).collect()
}

fn line(told: &Told) -> String {
    match told {
        Told::News { feed, items, next } => format!("{feed}: {items}, next in {} min", next.as_secs() / 60),
        Told::Failed(skipped) => format!("{}! {}", skipped.file, skipped.reason),
        Told::Added(taken) => format!("+{} v{} ={}", taken.new, taken.versions.len(), taken.known),
        Told::NotDue(feeds) => format!("{feeds} not due"),
    }
}

const LONG: &str = "The harbour office closed the lock gates at Norvik on Friday, it said. Captain Ada Roth said that nine \
    barges were waiting below the town. The mayor, Jon Abel, denied that the ice had been foreseen. ";

fn ok(body: &str) -> Answer {
    Whole("200 OK", body.to_owned())
}

/// A feed of entries: address, and text or nothing.
fn rss(channel: &str, items: &[(&str, &str)]) -> String {
    let items = items.iter().map(|(link, text)| {
        format!(
            "<item><title>Ice at Norvik</title><link>{link}</link><description>{text}</description></item>"
        )
    });
    format!(
        "<rss version=\"2.0\"><channel><title>Norvik Echo</title>{channel}{}</channel></rss>",
        items.collect::<String>()
    )
}

/// A page with a report that begins so.
fn page(first: &str) -> Answer {
    ok(&format!(
        "<html><head><title>Ice at Norvik</title></head><body><article><h1>Ice at Norvik</h1><p>{first} {}</p></article></body></html>",
        LONG.repeat(3)
    ))
}

fn full(first: &str) -> String {
    format!("{first} {}", LONG.repeat(6))
}

#[test]
fn full_text_and_teasers() {
    let feed = rss(
        "",
        &[
            ("HERE/one", &full("Number one.")),
            ("/two", "Number two."),
            ("/none", "Number three."),
            ("/gone", ""),
        ],
    );
    let wall = "<html><body><p>Yes?</p></body></html>";
    let reports = check(
        &[("/feed", &[ok(&feed)]), ("/two", &[page("Page two.")]), ("/none", &[ok(wall)])],
        &["HERE/feed"],
        &[0, 0],
        &["0 /feed", "0 /two", "0 /none", "0 /gone", "31 /feed"],
        &[
            "0 HERE/none! the page has less text than the feed; what the feed has of it is taken",
            "0 HERE/gone! the site answered with status 404",
            "0 HERE/feed: 3, next in 30 min",
            "0 +3 v0 =0",
        ],
    );
    assert_eq!(reports, ["HERE/one Number one.", "HERE/two Page two.", "HERE/none Number three."]);
}

#[test]
fn only_what_has_changed_is_asked_for() {
    let tagged = Whole("200 OK\r\nETag: \"v1\"", rss("<ttl>60</ttl>", &[("/one", "Number one.")]));
    let same = Whole("304 Not Modified", String::new());
    let changed = ok(&rss("", &[("/one", "Number one, corrected."), ("/two", &full("Number two."))]));
    let reports = check(
        &[("/feed", &[tagged, same, changed]), ("/one", &[page("First."), page("Second.")])],
        &["HERE/feed"],
        &[190],
        &[
            "0 /feed",
            "0 /one",
            "60 /feed if not \"v1\"",
            "120 /feed if not \"v1\"",
            "120 /one",
            "150 /feed",
            "180 /feed",
        ],
        &["0 HERE/feed: 1, next in 60 min", "0 +1 v0 =0", "120 HERE/feed: 2, next in 30 min", "120 +1 v1 =0"],
    );
    assert_eq!(reports, ["HERE/one First. The", "HERE/two Number two.", "HERE/one Second. The"]);
}

#[test]
fn wishes_and_redirects_are_remembered() {
    let feed = rss("<ttl>20</ttl>", &[("/one", &full("Number one."))]);
    check(
        &[
            ("/feed", &[Whole("301 Moved\r\nLocation: /new", String::new())]),
            ("/new", &[ok(&feed)]),
            ("/robots.txt", &[ok("User-agent: *\nDisallow: /closed\n")]),
        ],
        &["HERE/feed", "HERE/closed/feed"],
        &[21, 20],
        &["0 /robots.txt", "0 /feed", "0 /new", "20 /new", "30 /robots.txt", "40 /new"],
        &[
            "0 HERE/closed/feed! the site's robots.txt asks programs not to fetch it; asked again in 30 min",
            "0 HERE/feed: 1, next in 20 min",
            "0 +1 v0 =0",
            "30 HERE/closed/feed! the site's robots.txt asks programs not to fetch it; asked again in 60 min",
        ],
    );
}

#[test]
fn failures_wait_longer_each_time() {
    let broken = Whole("500 Broken", String::new());
    let busy = Whole("503 Busy\r\nRetry-After: 7200", String::new());
    let feed = ok(&rss("", &[("/one", &full("Number one."))]));
    check(
        &[("/feed", &[broken.clone(), broken, busy, feed])],
        &["HERE/feed"],
        &[300],
        &["0 /feed", "30 /feed", "90 /feed", "210 /feed", "240 /feed", "270 /feed"],
        &[
            "0 HERE/feed! the site answered with status 500; asked again in 30 min",
            "30 HERE/feed! the site answered with status 500; asked again in 60 min",
            "90 HERE/feed! the site answered with status 503; asked again in 120 min",
            "210 HERE/feed: 1, next in 30 min",
            "210 +1 v0 =0",
        ],
    );
}

#[test]
fn a_feed_that_is_gone_is_left_alone_for_good() {
    check(
        &[("/feed", &[Whole("410 Gone", String::new())])],
        &["HERE/feed"],
        &[500, 10, 0],
        &["0 /feed"],
        &[
            "0 HERE/feed! the site answered with status 410; gone for good: not asked any more",
            "0 HERE/feed! it said that it is gone for good: not asked any more",
            "0 HERE/feed! it said that it is gone for good: not asked any more",
        ],
    );
}

#[test]
fn any_feed_is_survived() {
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<item>".repeat(20_000));
    let feeds = ["binary", "bomb", "cut", "deep", "endless", "garbage", "page", "redirect", "round", "truth"];
    let told = [
        "binary! a binary file of unknown kind; asked again in 30 min",
        "bomb! longer than 1048576 bytes; asked again in 30 min",
        "cut! cannot be reached (io: Peer disconnected); asked again in 30 min",
        "deep! broken feed: unable to parse XML: Parser error: syntax error: tag not closed: `>` not found before end of input; asked again in 30 min",
        "endless! longer than 1048576 bytes; asked again in 30 min",
        "garbage! no feed; asked again in 30 min",
        "page! a page, no feed; it says that its feed is at /rss; asked again in 30 min",
        "redirect! 169.254.169.254 is at 169.254.169.254, which is link-local: not asked unless that host is allowed by name; asked again in 30 min",
        "round! redirected too often; asked again in 30 min",
    ];
    let mut expected: Vec<_> = told.iter().map(|t| format!("0 HERE/{t}")).collect();
    expected.extend(["0 HERE/truth: 1, next in 30 min", "0 +1 v0 =0"].map(str::to_owned));
    let latin =
        Whole("200 OK\r\nContent-Type: text/xml; charset=utf-16", rss("", &[("/one", &full("Number one."))]));
    let mut asked: Vec<_> = feeds.iter().map(|f| format!("0 /{f}")).collect();
    asked.splice(8..9, std::iter::repeat_n("0 /round".to_owned(), 11));
    let given: Vec<_> = feeds.iter().map(|f| format!("HERE/{f}")).collect();
    check(
        &[
            ("/bomb", &[Bomb]),
            ("/cut", &[Cut]),
            ("/deep", &[ok(&deep)]),
            ("/endless", &[Endless]),
            ("/garbage", &[ok("ssh-2.0 hello")]),
            ("/page", &[ok("<html><link rel=alternate type=application/rss+xml href=/rss>")]),
            ("/binary", &[ok("\u{0}\u{1}\u{2}binary")]),
            ("/redirect", &[Whole("302 Found\r\nLocation: http://169.254.169.254/feed", String::new())]),
            ("/round", &[Whole("302 Found\r\nLocation: /round", String::new())]),
            ("/truth", &[latin]),
        ],
        &given.iter().map(String::as_str).collect::<Vec<_>>(),
        &[0],
        &asked.iter().map(String::as_str).collect::<Vec<_>>(),
        &expected.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

/// What a feed says makes nobody ask a network that is not everyone's.
#[test]
fn entries_lead_to_nobodys_network() {
    let feed = rss(
        "",
        &[
            ("http://127.0.0.2:1/admin", "Number one."),
            ("http://169.254.169.254/latest/meta-data", "Number two."),
            ("http://[::1]:1/", ""),
            ("file:///etc/passwd", "Number four."),
        ],
    );
    let not = |host: &str, kind: &str| {
        format!("{host} is at {host}, which is {kind}: not asked unless that host is allowed by name")
    };
    let reports = check(
        &[("/feed", &[ok(&feed)])],
        &["HERE/feed"],
        &[0],
        &["0 /feed"],
        &[
            &format!(
                "0 http://127.0.0.2:1/admin! {}; what the feed has of it is taken",
                not("127.0.0.2", "loopback")
            ),
            &format!(
                "0 http://169.254.169.254/latest/meta-data! {}; what the feed has of it is taken",
                not("169.254.169.254", "link-local")
            ),
            &format!("0 http://[::1]:1/! {}", not("::1", "loopback")),
            "0 HERE/feed: 3, next in 30 min",
            "0 +3 v0 =0",
        ],
    );
    assert_eq!(reports.len(), 3);
}

#[test]
fn pages_that_cannot_be_had_for_now_are_asked_for_again() {
    let feed = Whole("200 OK\r\nETag: \"v1\"", rss("", &[("/one", "Number one."), ("/two", "Number two.")]));
    let broken = Whole("500 Broken", String::new());
    let reports = check(
        &[("/feed", &[feed]), ("/one", &[broken.clone(), page("First.")]), ("/two", &[broken])],
        &["HERE/feed"],
        &[0, 0, 0, 0],
        &[
            "0 /feed",
            "0 /one",
            "0 /two",
            "31 /feed",
            "31 /one",
            "31 /two",
            "62 /feed",
            "62 /two",
            "93 /feed if not \"v1\"",
        ],
        &[
            "0 HERE/one! the site answered with status 500; asked for again with its feed",
            "0 HERE/two! the site answered with status 500; asked for again with its feed",
            "31 HERE/two! the site answered with status 500; asked for again with its feed",
            "31 HERE/feed: 1, next in 30 min",
            "31 +1 v0 =0",
            "62 HERE/two! the site answered with status 500; what the feed has of it is taken",
            "62 HERE/feed: 1, next in 30 min",
            "62 +1 v0 =0",
        ],
    );
    assert_eq!(reports, ["HERE/one First. The", "HERE/two Number two."]);
}

#[test]
fn lists_are_followed() {
    let list = |feeds: &[&str]| {
        let outlines: String = feeds.iter().map(|f| format!("<outline xmlUrl=\"{f}\"/>")).collect();
        ok(&format!("<opml><body>{outlines}</body></opml>"))
    };
    let one = [ok(&rss("", &[("/one", &full("Number one."))]))];
    check(
        &[
            (
                "/list",
                &[
                    list(&["HERE/a", "HERE/b", "HERE/inner", "ftp://a.example/"]),
                    list(&["HERE/a", "HERE/inner"]),
                ],
            ),
            ("/a", &one),
            ("/b", &one),
            ("/inner", &[list(&["HERE/c"])]),
        ],
        &["HERE/list"],
        &[100],
        &[
            "0 /list",
            "0 /a",
            "0 /b",
            "0 /inner",
            "30 /a",
            "30 /b",
            "30 /inner",
            "60 /list",
            "60 /a",
            "90 /a",
            "90 /inner",
        ],
        &[
            "0 ftp://a.example/! no address of a feed: it must begin with http:// or https://",
            "0 HERE/a: 1, next in 30 min",
            "0 HERE/b: 1, next in 30 min",
            "0 HERE/inner! a list of feeds within a list of feeds is not followed; asked again in 30 min",
            "0 +1 v0 =1",
            "30 HERE/inner! a list of feeds within a list of feeds is not followed; asked again in 60 min",
            "90 HERE/inner! a list of feeds within a list of feeds is not followed; asked again in 120 min",
        ],
    );
}

/// While one host rests, another one is asked; a host with a pace of a minute is asked once a minute.
#[test]
fn hosts_take_turns() {
    let feed = |links: &[(&str, &str)]| ok(&rss("", links));
    let slow = feed(&[("/1", ""), ("/2", ""), ("/3", "")]);
    check(
        &[
            ("localhost/robots.txt", &[ok("User-agent: *\nCrawl-delay: 60\n")]),
            ("/slow", &[slow]),
            ("/fast", &[feed(&[("HERE/4", ""), ("HERE/5", "")])]),
            ("/1", &[page("First.")]),
            ("/2", &[page("Second.")]),
            ("/3", &[page("Third.")]),
            ("/4", &[page("Fourth.")]),
            ("/5", &[page("Fifth.")]),
        ],
        &["http://localhost:PORT/slow", "HERE/fast"],
        &[5],
        &[
            "0 /fast",
            "0 localhost/robots.txt",
            "0 localhost/slow",
            "0 /4",
            "0 localhost/1",
            "0 /5",
            "1 localhost/2",
            "2 localhost/3",
        ],
        &[
            "0 HERE/fast: 2, next in 30 min",
            "0 +3 v0 =0",
            "1 +1 v0 =0",
            "2 http://localhost/slow: 3, next in 30 min",
            "2 +1 v0 =0",
        ],
    );
}
