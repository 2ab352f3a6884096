//! A web server that misbehaves in every way that is known to us, on this machine, under many names.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};
use ureq::{
    Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// Answers until the test ends; what was asked stands in `asked`, as `host/path` and the conditions.
pub(super) struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                thread::spawn(move || serve(stream, port, &log));
            }
        });
        Self { port, asked }
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> String {
        std::mem::take(&mut *self.asked.lock().unwrap()).join(" ")
    }
}

/// Every connection is kept until the client goes, as servers do.
fn serve(stream: TcpStream, port: u16, log: &Mutex<Vec<String>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    loop {
        let first = lines.next()?.ok()?;
        let path = first.split(' ').nth(1)?.to_owned();
        let headers: Vec<_> = lines.by_ref().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
        let header = |name: &str| {
            let found =
                headers.iter().find_map(|h| h.split_once(": ").filter(|h| h.0.eq_ignore_ascii_case(name)));
            found.map(|h| h.1.to_owned())
        };
        let host = header("host")?;
        let host = host.split(':').next()?;
        let conditions = [("if-none-match", "?"), ("if-modified-since", "@")];
        let conditions =
            conditions.iter().filter_map(|(name, mark)| Some(format!("{mark}{}", header(name)?)));
        let asked = format!("{host}{path}{}", conditions.collect::<String>());
        log.lock().unwrap().push(asked);
        assert_eq!(header("accept-encoding").as_deref(), Some("gzip"));
        assert!(header("user-agent")?.starts_with("sayso/"));
        answer(&mut out, host, &path, header("if-none-match").is_some(), port)?;
    }
}

/// `None` ends the connection.
fn answer(out: &mut TcpStream, host: &str, path: &str, conditional: bool, port: u16) -> Option<()> {
    let mut say = |text: &[u8]| out.write_all(text).and_then(|()| out.flush()).ok();
    let whole = |status: &str, headers: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    };
    let to = |status: &str, to: &str| whole(status, &format!("Location: {to}\r\n"), b"");
    let drip = |out: &mut dyn FnMut(&[u8]) -> Option<()>, byte: &[u8]| loop {
        thread::sleep(Duration::from_millis(20));
        out(byte)?;
    };
    if path == "/robots.txt" {
        let rules = "User-agent: sayso\nDisallow: /closed\n";
        return match host {
            "strict.test" => say(&whole("200 OK", "", b"User-agent: *\nDisallow: /\n")),
            "slow.test" => say(&whole("200 OK", "", b"User-agent: *\nCrawl-delay: 5\n")),
            "elsewhere.test" => say(&to("302 Found", &format!("http://strict.test:{port}/robots.txt"))),
            "round.test" => say(&to("302 Found", "/robots.txt")),
            "inside.test" => say(&to("302 Found", &format!("http://private.test:{port}/robots.txt"))),
            "broken.test" => say(&whole("503 Busy", "Retry-After: 900\r\n", b"")),
            "busy.test" => say(&whole("429 Too Many", "", b"")),
            "dead.test" => None,
            "long.test" => {
                say(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: sayso\nDisallow: /closed\n")?;
                loop {
                    say(&[b'#'; 1 << 16])?;
                }
            }
            "some.test" => say(&whole("200 OK", "", rules.as_bytes())),
            _ => say(&whole("404 Not Found", "", b"")),
        };
    }
    let page = b"<p>It opened.";
    match path {
        "/page" => say(&whole(
            "200 OK",
            "Content-Type: text/html\r\nETag: \"v1\"\r\nLast-Modified: Sun, 22 Nov 2026 08:00:00 GMT\r\n",
            page,
        )),
        "/same" if conditional => say(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        "/same" => say(&whole("200 OK", "ETag: \"v1\"\r\n", page)),
        "/unasked" => say(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        "/chunked" => {
            say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n<p>It opened.\r\n0\r\n\r\n")
        }
        "/packed" => say(&whole("200 OK", "Content-Encoding: gzip\r\n", &gzip(page))),
        "/bomb" => say(&whole("200 OK", "Content-Encoding: gzip\r\n", &gzip(&vec![0; 20 << 20]))),
        "/nothing-packed" => {
            say(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")?;
            let nothing = gzip(b"").repeat(1000);
            loop {
                say(&nothing)?;
            }
        }
        "/brotli" => say(&whole("200 OK", "Content-Encoding: br\r\n", b"\x8b\x04\x80It opened.\x03")),
        "/endless" => {
            say(b"HTTP/1.1 200 OK\r\n\r\n")?;
            loop {
                say(&[b'x'; 1 << 16])?;
            }
        }
        "/endless-chunks" => {
            say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            loop {
                say(b"4\r\nxxxx\r\n")?;
            }
        }
        "/lying" => say(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\nx").and(None),
        "/cut" => say(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>It op").and(None),
        "/drip" => {
            say(b"HTTP/1.1 200 OK\r\n\r\n")?;
            drip(&mut say, b"x")
        }
        "/drip-head" => {
            say(b"HTTP/1.1 200 OK\r\nX: ")?;
            drip(&mut say, b"x")
        }
        "/silent" => {
            thread::sleep(Duration::from_secs(60));
            None
        }
        "/huge-head" => {
            say(b"HTTP/1.1 200 OK\r\nX: ")?;
            loop {
                say(&[b'x'; 1 << 12])?;
            }
        }
        "/many-heads" => {
            say(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                say(b"X: x\r\n")?;
            }
        }
        "/continue" => drip(&mut say, b"HTTP/1.1 100 Continue\r\n\r\n"),
        "/garbage" => say(b"SSH-2.0-OpenSSH_9.2\r\n\r\n").and(None),
        "/hang-up" => None,
        "/loop" => say(&to("302 Found", "/loop")),
        "/nowhere" => say(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
        "/file" => say(&to("302 Found", "file:///etc/passwd")),
        "/secret" => say(&to("302 Found", "http://me:word@a.test/page")),
        "/literal" => say(&to("302 Found", &format!("http://127.0.0.1:{port}/page"))),
        "/disguised" => say(&to("302 Found", &format!("http://[::ffff:127.0.0.1]:{port}/page"))),
        "/inside" => say(&to("302 Found", &format!("http://private.test:{port}/page"))),
        "/elsewhere" => say(&to("302 Found", &format!("//b.test:{port}/page"))),
        "/to-closed" => say(&to("302 Found", &format!("http://strict.test:{port}/page"))),
        "/for-good" => say(&to("301 Moved", "/for-good-2")),
        "/for-good-2" => say(&to("308 Permanent Redirect", "/same")),
        "/for-good-then-not" => say(&to("301 Moved", "/for-now")),
        "/for-now" => say(&to("307 Temporary Redirect", "/for-good")),
        "/gone" => say(&whole("410 Gone", "", b"")),
        "/later" => say(&whole("503 Busy", "Retry-After: 120\r\n", b"")),
        "/later-date" => say(&whole(
            "429 Too Many",
            "Date: Sun, 22 Nov 2026 08:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 08:05:00 GMT\r\n",
            b"",
        )),
        "/broken" => say(&whole("500 Broken", "", b"")),
        _ => say(&whole("404 Not Found", "", b"no such page")),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Every name is this machine; some stand for other machines of a network that is nobody else's, too.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub lookups: Arc<Mutex<usize>>,
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        *self.lookups.lock().unwrap() += 1;
        let host = uri.host().unwrap();
        if !host.ends_with(".test") {
            return DefaultResolver::default().resolve(uri, config, timeout);
        }
        let port = uri.port_u16().unwrap();
        let mut found = self.empty();
        if host == "mixed.test" {
            found.push(([10, 0, 0, 1], port).into());
            found.push(([169, 254, 169, 254], port).into());
        }
        found.push(([127, 0, 0, 1], port).into());
        Ok(found)
    }
}
