//! A web server on this machine that answers as it is told, in order: the last answer to a path stands for all after.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What comes back.
#[derive(Clone)]
pub enum Answer {
    /// Status line and headers after it, and the body; `HERE` in either is the server.
    Whole(&'static str, String),
    /// A body that never ends.
    Endless,
    /// Zeros that unpack to far more than is sent.
    Bomb,
    /// The connection is cut in the middle.
    Cut,
}

/// Path, with the host in front where it matters, to answers.
pub type Routes = BTreeMap<&'static str, Vec<Answer>>;

pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `when` is asked at each request.
    pub fn start(routes: Routes, when: impl Fn() -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, routes, when) = (Arc::clone(&asked), Arc::new(Mutex::new(routes)), Arc::new(when));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, routes, when) = (Arc::clone(&log), Arc::clone(&routes), Arc::clone(&when));
                thread::spawn(move || serve(stream, port, &log, &routes, &*when));
            }
        });
        Self { port, asked }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(
    stream: TcpStream,
    port: u16,
    log: &Mutex<Vec<String>>,
    routes: &Mutex<Routes>,
    when: &dyn Fn() -> String,
) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    loop {
        let first = lines.next()?.ok()?;
        let path = first.split(' ').nth(1)?.to_owned();
        let headers: Vec<_> = lines.by_ref().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
        let header = |name: &str| {
            headers
                .iter()
                .find_map(|h| h.split_once(": ").filter(|h| h.0.eq_ignore_ascii_case(name)))
                .map(|h| h.1)
        };
        let host = header("host")?.split(':').next()?;
        let condition = header("if-none-match").map(|c| format!(" if not {c}")).unwrap_or_default();
        // Of rules there are none, unless a test has some.
        let at_host = format!("{host}{path}");
        let answer = {
            let mut routes = routes.lock().unwrap();
            let known = if routes.contains_key(at_host.as_str()) { at_host.as_str() } else { path.as_str() };
            let of_rules = path == "/robots.txt" && !routes.contains_key(known);
            if !of_rules {
                log.lock().unwrap().push(format!("{} {at_host}{condition}", when()));
            }
            match routes.get_mut(known) {
                Some(answers) if answers.len() > 1 => answers.remove(0),
                Some(answers) => answers[0].clone(),
                None => Answer::Whole("404 Not Found", String::new()),
            }
        };
        let here = format!("http://127.0.0.1:{port}");
        match answer {
            Answer::Whole(head, body) => {
                let (head, body) = (head.replace("HERE", &here), body.replace("HERE", &here));
                let length = body.len();
                out.write_all(
                    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n{body}").as_bytes(),
                )
                .ok()?;
            }
            Answer::Endless => {
                out.write_all(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>").ok()?;
                loop {
                    out.write_all(&[b'x'; 1 << 16]).ok()?;
                }
            }
            Answer::Bomb => {
                let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                packed.write_all(&vec![b' '; 20 << 20]).unwrap();
                let packed = packed.finish().unwrap();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
                    packed.len()
                );
                out.write_all(head.as_bytes()).and_then(|()| out.write_all(&packed)).ok()?;
            }
            Answer::Cut => {
                out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss><chan").ok()?;
                return None;
            }
        }
    }
}
