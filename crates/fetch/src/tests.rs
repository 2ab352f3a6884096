//! The whole of it against a server that misbehaves.

mod server;

use crate::{Fetcher, Options, Outcome, Seen, hosts::tests::Quick};
use server::{Names, Server};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// Names that stand for this machine with the user's leave.
const ALLOWED: [&str; 14] = [
    "a.test",
    "B.test.",
    "some.test",
    "strict.test",
    "slow.test",
    "elsewhere.test",
    "round.test",
    "inside.test",
    "broken.test",
    "busy.test",
    "dead.test",
    "long.test",
    "localhost",
    "::1",
];

struct Setting {
    server: Server,
    fetcher: Fetcher,
    clock: Quick,
    lookups: Arc<Mutex<usize>>,
}

fn setting(time: Duration) -> Setting {
    let options = Options { allowed: ALLOWED.map(str::to_owned).into(), bytes: 100_000, time };
    let (clock, names) = (Quick::new(), Names::default());
    let lookups = Arc::clone(&names.lookups);
    let fetcher = Fetcher::with_names(&options, Box::new(clock.clone()), Box::new(names));
    Setting { server: Server::start(), fetcher, clock, lookups }
}

impl Setting {
    /// `place` is host and path, or a whole address in which `PORT` is the server's.
    fn get(&self, place: &str, seen: &Seen) -> String {
        let port = self.server.port.to_string();
        let url = match place.split_once('/') {
            Some((host, path)) if !place.contains(':') => format!("http://{host}:{port}/{path}"),
            _ => place.replace("PORT", &port),
        };
        let moved = |moved: Option<String>| moved.map(|to| format!(" moved to {to}")).unwrap_or_default();
        let said = match self.fetcher.get(&url, seen) {
            Outcome::Fetched(page) => {
                format!("{} at {}{}", String::from_utf8_lossy(&page.bytes), page.url, moved(page.moved))
            }
            Outcome::NotModified { moved: to } => format!("not modified{}", moved(to)),
            Outcome::Refused(why) => why.to_string(),
        };
        said.replace(&format!(":{port}"), "")
    }
}

/// Longer than anything takes that ends by itself.
const LONG: Duration = Duration::from_secs(30);

/// One address, asked once by a new client.
fn check(place: &str, expected: &str) {
    assert_eq!(setting(LONG).get(place, &Seen::default()), expected, "{place}");
}

/// What would never end is given up when its time is over.
fn check_slow(place: &str) {
    let (setting, begun) = (setting(Duration::from_secs(1)), Instant::now());
    assert_eq!(setting.get(place, &Seen::default()), "not there within 1 seconds", "{place}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{place}: {:?}", begun.elapsed());
}

/// Places asked one after the other by one client; what the server was asked, and the seconds that passed.
fn check_manners(places: &[&str], expected: &[&str]) {
    let setting = setting(LONG);
    let mut got = Vec::new();
    for place in places {
        match place.strip_prefix('+') {
            Some(seconds) => {
                crate::Clock::wait(&setting.clock, Duration::from_secs(seconds.parse().unwrap()))
            }
            None => {
                let said = setting.get(place, &Seen::default());
                got.push(format!("{}: {said} [{}]", setting.clock.passed(), setting.server.asked()));
            }
        }
    }
    assert_eq!(got, expected);
}

const PAGE: &str = "<p>It opened. at http://a.test/page";

#[test]
fn pages() {
    check("a.test/page", PAGE);
    check("a.test/page#part", PAGE);
    check("b.test/page", "<p>It opened. at http://b.test/page");
    check("a.test/chunked", "<p>It opened. at http://a.test/chunked");
    check("a.test/packed", "<p>It opened. at http://a.test/packed");
    check("http://localhost:PORT/page", "<p>It opened. at http://localhost/page");
    check("a.test/none", "the site answered with status 404");
    check("a.test/gone", "the site answered with status 410");
}

#[test]
fn no_addresses() {
    check("file:///etc/passwd", "no address of a page (its scheme is file)");
    check("not one", "no address of a page (relative URL without a base)");
    check("http://me:word@a.test:PORT/page", "no address of a page (it has a name or a password in it)");
    check(&format!("a.test/{}", "x".repeat(9000)), "no address of a page (it is too long)");
}

#[test]
fn nobodys_network() {
    let no = |host: &str, ip: &str, kind: &str| {
        format!("{host} is at {ip}, which is {kind}: not asked unless that host is allowed by name")
    };
    let loopback = no("127.0.0.1", "127.0.0.1", "loopback");
    check("http://127.0.0.1:PORT/page", &loopback);
    for disguise in ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "%31%32%37.0.0.1", "１２７.0.0.1"] {
        check(&format!("http://{disguise}:PORT/page"), &loopback);
    }
    check(
        "http://[::ffff:127.0.0.1]:PORT/page",
        &no("::ffff:7f00:1", "::ffff:127.0.0.1", "IPv4 in disguise"),
    );
    check("http://[64:ff9b::7f00:1]:PORT/page", &no("64:ff9b::7f00:1", "64:ff9b::7f00:1", "loopback"));
    check("http://0:PORT/page", &no("0.0.0.0", "0.0.0.0", "this machine's"));
    check("http://169.254.169.254/latest/meta-data", &no("169.254.169.254", "169.254.169.254", "link-local"));
    check("http://[fd00::1]/", &no("fd00::1", "fd00::1", "private"));
    check("private.test/page", &no("private.test", "127.0.0.1", "loopback"));
    check("mixed.test/page", &no("mixed.test", "127.0.0.1", "loopback"));
    // The name of an allowed host within another's.
    check("a.test.private.test/page", &no("a.test.private.test", "127.0.0.1", "loopback"));
    // Redirects, of the page and of the rules.
    check("a.test/literal", &loopback);
    check("a.test/disguised", &no("::ffff:7f00:1", "::ffff:127.0.0.1", "IPv4 in disguise"));
    check("a.test/inside", &no("private.test", "127.0.0.1", "loopback"));
    check("inside.test/page", &no("private.test", "127.0.0.1", "loopback"));
    check("a.test/file", "no address of a page (its scheme is file)");
    check("a.test/secret", "no address of a page (it has a name or a password in it)");
}

#[test]
fn nothing_is_asked_of_what_is_refused() {
    let setting = setting(LONG);
    setting.get("private.test/page", &Seen::default());
    setting.get("http://127.0.0.1:PORT/page", &Seen::default());
    assert_eq!(setting.server.asked(), "");
    setting.get("a.test/inside", &Seen::default());
    assert_eq!(setting.server.asked(), "a.test/robots.txt a.test/inside");
}

/// A second lookup could have a second answer.
#[test]
fn one_lookup_a_request() {
    let setting = setting(LONG);
    setting.get("a.test/elsewhere", &Seen::default());
    let asked = setting.server.asked();
    assert_eq!(asked, "a.test/robots.txt a.test/elsewhere b.test/robots.txt b.test/page");
    assert_eq!(*setting.lookups.lock().unwrap(), asked.split(' ').count());
}

#[test]
fn bounds() {
    let long = "longer than 100000 bytes";
    check("a.test/bomb", long);
    check("a.test/nothing-packed", long);
    check("a.test/endless", long);
    check("a.test/endless-chunks", long);
    check("a.test/huge-head", "longer than 65536 bytes");
    check("a.test/many-heads", "cannot be reached (protocol: http parse resulted in too many headers)");
    for place in ["a.test/drip", "a.test/drip-head", "a.test/silent", "a.test/continue"] {
        check_slow(place);
    }
    check("a.test/loop", "redirected too often");
    check("a.test/nowhere", "the site answered with status 302");
}

#[test]
fn damage() {
    check("a.test/brotli", "packed in a way that cannot be read (br)");
    check("a.test/cut", "cannot be reached (io: Peer disconnected)");
    check("a.test/lying", "cannot be reached (io: Peer disconnected)");
    check("a.test/hang-up", "cannot be reached (io: Peer disconnected)");
    check("a.test/garbage", "cannot be reached (protocol: http parse fail: invalid HTTP version)");
    check("a.test/unasked", "the site answered with status 304");
}

#[test]
fn moved() {
    check("a.test/elsewhere", "<p>It opened. at http://b.test/page");
    check("a.test/for-good", "<p>It opened. at http://a.test/same moved to http://a.test/same");
    check("a.test/for-now", "<p>It opened. at http://a.test/same");
    check("a.test/for-good-then-not", "<p>It opened. at http://a.test/same moved to http://a.test/for-now");
}

#[test]
fn seen_before() {
    let setting = setting(LONG);
    let url = format!("http://a.test:{}/page", setting.server.port);
    let Outcome::Fetched(page) = setting.fetcher.get(&url, &Seen::default()) else { panic!("no page") };
    assert_eq!(page.content_type.as_deref(), Some("text/html"));
    let date = "Sun, 22 Nov 2026 08:00:00 GMT";
    assert_eq!(page.seen, Seen { etag: Some("\"v1\"".to_owned()), modified: Some(date.to_owned()) });
    setting.server.asked();
    assert_eq!(setting.get("a.test/same", &page.seen), "not modified");
    assert_eq!(setting.server.asked(), format!("a.test/same?\"v1\"@{date}"));
    assert_eq!(setting.get("a.test/for-good", &page.seen), "not modified moved to http://a.test/same");
}

#[test]
fn wishes() {
    let no = "the site's robots.txt asks programs not to fetch it";
    check("strict.test/page", no);
    check("some.test/page", "<p>It opened. at http://some.test/page");
    check("some.test/closed/page", no);
    check("elsewhere.test/page", no);
    check("a.test/to-closed", no);
    check("round.test/page", "<p>It opened. at http://round.test/page");
    check("long.test/page", "<p>It opened. at http://long.test/page");
    check("long.test/closed", no);
    let none =
        |why: &str| format!("the site's robots.txt cannot be had ({why}), so nothing is fetched for now");
    check("broken.test/page", &none("the site answered with status 503"));
    check("busy.test/page", &none("the site answered with status 429"));
    check("dead.test/page", &none("cannot be reached (io: Peer disconnected)"));
}

#[test]
fn manners() {
    let page = "<p>It opened. at http://a.test/page";
    check_manners(
        &["a.test/page", "a.test/page", "+86400", "a.test/page"],
        &[
            &format!("0: {page} [a.test/robots.txt a.test/page]"),
            &format!("1: {page} [a.test/page]"),
            &format!("86401: {page} [a.test/robots.txt a.test/page]"),
        ],
    );
    let slow = "<p>It opened. at http://slow.test/page";
    check_manners(
        &["slow.test/page", "slow.test/page", "slow.test/page"],
        &[
            &format!("0: {slow} [slow.test/robots.txt slow.test/page]"),
            &format!("1: {slow} [slow.test/page]"),
            &format!("6: {slow} [slow.test/page]"),
        ],
    );
}

#[test]
fn rests() {
    let left = |seconds: u32| format!("the site is to be left alone for {seconds} seconds yet");
    check_manners(
        &["a.test/later", "a.test/page", "b.test/page", "+120", "a.test/page"],
        &[
            "0: the site answered with status 503 [a.test/robots.txt a.test/later]",
            &format!("0: {} []", left(120)),
            "0: <p>It opened. at http://b.test/page [b.test/robots.txt b.test/page]",
            &format!("120: {PAGE} [a.test/page]"),
        ],
    );
    check_manners(
        &["a.test/later-date", "a.test/page"],
        &[
            "0: the site answered with status 429 [a.test/robots.txt a.test/later-date]",
            &format!("0: {} []", left(300)),
        ],
    );
    check_manners(
        &["broken.test/page", "broken.test/page", "+900", "broken.test/page"],
        &[
            "0: the site's robots.txt cannot be had (the site answered with status 503), so nothing is fetched for now \
             [broken.test/robots.txt]",
            &format!("0: {} []", left(900)),
            "900: the site's robots.txt cannot be had (the site answered with status 503), so nothing is fetched for now \
             [broken.test/robots.txt]",
        ],
    );
    let broken = "the site answered with status 500";
    check_manners(
        &[
            "a.test/broken",
            "a.test/broken",
            "a.test/broken",
            "a.test/broken",
            "a.test/broken",
            "a.test/broken",
        ],
        &[
            &format!("0: {broken} [a.test/robots.txt a.test/broken]"),
            &format!("2: {broken} [a.test/broken]"),
            &format!("6: {broken} [a.test/broken]"),
            &format!("14: {broken} [a.test/broken]"),
            &format!("30: {broken} [a.test/broken]"),
            &format!("30: {} []", left(32)),
        ],
    );
}

/// The test starts itself again where the environment names a proxy that is not there.
#[test]
fn no_proxy_of_the_system() {
    if std::env::var_os("SAYSO_TEST_PROXY").is_some() {
        return check("a.test/page", PAGE);
    }
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "tests::no_proxy_of_the_system"]).env("SAYSO_TEST_PROXY", "1");
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        again.env(name, "http://127.0.0.1:9");
    }
    assert!(again.output().unwrap().status.success());
}
