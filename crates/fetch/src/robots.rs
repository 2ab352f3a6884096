//! A site's wishes to programs: RFC 9309, and `Crawl-delay`, which it leaves out but sites use.
//!
//! Written here since the crates that do it have not been kept up since 2023 (texting_robots) and 2021 (robotstxt).

use memchr::memmem;
use std::time::Duration;

/// As much of the file as is read; RFC 9309, 2.5 asks for at least this.
pub(crate) const READ: usize = 500 << 10;

/// Longer waits than this between two pages are not meant for those who read a handful.
const LONGEST_DELAY: f64 = 60.0;

/// What one site asks of us.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Time between two requests.
    pub delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allow: bool,
    /// In the form in which paths are compared; `*` is anything, `$` at its end is the end.
    pattern: Vec<u8>,
}

/// The group's name that the lines being read are for.
#[derive(Clone, Copy, Default, PartialEq)]
struct Names {
    ours: bool,
    everyone: bool,
}

impl Robots {
    /// What the file says to `agent`: its own groups together, failing these the groups for `*`.
    pub fn parse(file: &[u8], agent: &str) -> Self {
        let file = &file[..file.len().min(READ)];
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let (mut ours, mut everyones) = (None::<Self>, Self::default());
        let (mut names, mut naming) = (Names::default(), false);
        for line in file.split(|b| matches!(b, b'\r' | b'\n')) {
            let line = line.split(|&b| b == b'#').next().unwrap_or_default();
            let Some(colon) = line.iter().position(|&b| b == b':') else { continue };
            let (key, value) =
                (line[..colon].trim_ascii().to_ascii_lowercase(), line[colon + 1..].trim_ascii());
            if key == b"user-agent" {
                if !naming {
                    names = Names::default();
                }
                naming = true;
                names.everyone |= value.starts_with(b"*");
                names.ours |= token(value).eq_ignore_ascii_case(agent.as_bytes());
                if names.ours {
                    ours.get_or_insert_default();
                }
                continue;
            }
            if !matches!(key.as_slice(), b"allow" | b"disallow" | b"crawl-delay") {
                continue;
            }
            naming = false;
            let groups =
                [names.ours.then(|| ours.get_or_insert_default()), names.everyone.then_some(&mut everyones)];
            groups.into_iter().flatten().for_each(|group| group.take_in(&key, value));
        }
        ours.unwrap_or(everyones)
    }

    fn take_in(&mut self, key: &[u8], value: &[u8]) {
        if key == b"crawl-delay" {
            let seconds = std::str::from_utf8(value).ok().and_then(|v| v.parse::<f64>().ok());
            let seconds = seconds.filter(|s| s.is_finite() && *s >= 0.0);
            self.delay = seconds.map(|s| Duration::from_secs_f64(s.min(LONGEST_DELAY))).or(self.delay);
        } else if !value.is_empty() {
            self.rules.push(Rule { allow: key == b"allow", pattern: plain(value) });
        }
    }

    /// Whether a page may be fetched, given its path and query: the longest rule that fits decides, of two that are
    /// as long the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let path = plain(path.as_bytes());
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

/// The product's name without its version.
fn token(value: &[u8]) -> &[u8] {
    let end = value.iter().position(|b| !(b.is_ascii_alphabetic() || matches!(b, b'-' | b'_')));
    &value[..end.unwrap_or(value.len())]
}

/// The same octets always written the same way (RFC 9309, 2.2.2): percent signs only where they are needed.
fn plain(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let coded = if byte == b'%' { after.get(..2).and_then(octet) } else { None };
        match coded {
            Some(octet) => {
                rest = &after[2..];
                if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
                    out.push(octet);
                } else {
                    push_coded(&mut out, octet);
                }
            }
            None if byte.is_ascii() => out.push(byte),
            None => push_coded(&mut out, byte),
        }
    }
    out
}

fn octet(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok().filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

fn push_coded(out: &mut Vec<u8>, octet: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend([b'%', DIGITS[usize::from(octet >> 4)], DIGITS[usize::from(octet & 15)]]);
}

/// Each piece between stars is looked for once, from the left: no pattern takes more than one pass over the path.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = pattern.strip_suffix(b"$").map_or((pattern, false), |p| (p, true));
    let mut pieces = pattern.split(|&b| b == b'*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let Some(last) = pieces.next_back() else { return !to_end || rest.is_empty() };
    for piece in pieces {
        let Some(at) = memmem::find(rest, piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    if to_end { rest.ends_with(last) } else { memmem::find(rest, last).is_some() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `expected`: the paths with `+` where they may be fetched and `-` where not, then the delay.
    fn check(file: &str, expected: &str) {
        let robots = Robots::parse(file.as_bytes(), "sayso");
        let got: Vec<_> = expected
            .split(' ')
            .map(|word| match word.split_at(1) {
                ("+" | "-", path) => format!("{}{path}", if robots.allows(path) { '+' } else { '-' }),
                _ => format!("{}s", robots.delay.map_or(0.0, |d| d.as_secs_f64())),
            })
            .collect();
        assert_eq!(got.join(" "), expected, "{file}");
    }

    #[test]
    fn groups() {
        check("", "+/ +/a");
        check("User-agent: *\nDisallow: /\n", "-/ -/a");
        check("Disallow: /\n", "+/");
        check("user-AGENT : SaySo/2.0 # us\nDISALLOW:/a\n\nUser-agent: *\nDisallow: /\n", "-/a +/b");
        // Two groups of one name are one; a longer name is another's.
        check(
            "User-agent: sayso\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: sayso\nDisallow: /b",
            "-/a -/b +/c",
        );
        check("User-agent: saysome\nDisallow: /\n", "+/a");
        check("User-agent: x\nUser-agent: sayso\n\nDisallow: /a\n", "-/a +/b");
        // Named, but nothing is asked of it: what everyone is asked does not count.
        check("User-agent: *\nDisallow: /\nUser-agent: sayso\nDisallow:\n", "+/a");
        check("User-agent: *\nSitemap: https://a.example/s.xml\nDisallow: /a\n", "-/a +/b");
        check("\u{feff}User-agent: *\rDisallow: /a\r\nnonsense\n", "-/a +/b");
    }

    #[test]
    fn rules() {
        let check = |rules: &str, expected: &str| check(&format!("User-agent: *\n{rules}"), expected);
        check("Disallow: /a\nAllow: /a/b\n", "-/a -/ab +/a/b +/a/bc");
        check("Allow: /a\nDisallow: /a\n", "+/a");
        check("Disallow: /*.pdf$\n", "-/a.pdf +/a.pdf?x +/a.html");
        check("Disallow: /*?s=\n", "-/?s=1 -/a?s= +/a");
        check("Disallow: /a*b*c\n", "-/abc -/axxbxxcxx +/acb");
        check("Disallow: /*a$\n", "-/aa -/ba +/ab");
        check("Disallow: /$\n", "-/ +/a");
        check("Disallow: *\n", "-/ -/a");
        check(
            "Disallow: /caf%C3%a9\nDisallow: /%61b\nDisallow: /straße\n",
            "-/caf%c3%A9 -/ab -/stra%C3%9Fe +/cafe",
        );
        check("Disallow: /a%2Fb\n", "-/a%2fb +/a/b");
        check("Disallow: /100%\n", "-/100% +/10");
    }

    #[test]
    fn delays() {
        check("User-agent: *\nCrawl-delay: 2.5\n", "+/a 2.5s");
        check("User-agent: *\nCrawl-delay: 1e99\n", "+/a 60s");
        check("User-agent: *\nCrawl-delay: -1\n", "+/a 0s");
        check("User-agent: *\nCrawl-delay: 10\nUser-agent: other\nDisallow: /\n", "+/a 10s");
    }

    /// What `fits` means, by trying everything.
    fn fits_slowly(pattern: &[u8], path: &[u8]) -> bool {
        match pattern {
            [] => true,
            b"$" => path.is_empty(),
            [b'*', more @ ..] => (0..=path.len()).any(|at| fits_slowly(more, &path[at..])),
            [byte, more @ ..] => path.first() == Some(byte) && fits_slowly(more, &path[1..]),
        }
    }

    proptest! {
        #[test]
        fn stars(pattern in "/[ab*]{0,6}\\$?", path in "/[ab]{0,8}") {
            prop_assert_eq!(fits(pattern.as_bytes(), path.as_bytes()), fits_slowly(pattern.as_bytes(), path.as_bytes()));
        }

        #[test]
        fn any_file(file: Vec<u8>, path: String) {
            let _ = Robots::parse(&file, "sayso").allows(&path);
        }
    }
}
