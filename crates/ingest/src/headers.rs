//! Lines of `Name: value`, as they open the records of web archives and the messages of HTTP.

/// Longest head that is read; those of pages with many cookies have 20 kB.
pub(crate) const LONGEST: u64 = 1 << 16;

/// Names and values in their order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers(Vec<(String, String)>);

impl Headers {
    /// The lines up to the first blank one. What is no header is passed over: one bad line costs only itself.
    pub fn parse(lines: &[u8]) -> Self {
        let mut all: Vec<(String, String)> = Vec::new();
        for line in lines.split(|&b| b == b'\n') {
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            match (text.split_once(':'), all.last_mut()) {
                _ if text.is_empty() => break,
                // A value may go on in the next line (RFC 2616; WARC 1.0 has it, too).
                (_, Some((_, value))) if text.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (Some((name, value)), _) => all.push((name.trim().to_owned(), value.trim().to_owned())),
                (None, _) => {}
            }
        }
        Self(all)
    }

    /// The first value of this name that is not empty, however the name is written.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter().filter(|(n, v)| n.eq_ignore_ascii_case(name) && !v.is_empty());
        all.next().map(|(_, value)| value.as_str())
    }

    /// The media type, in lower case and without its parameters.
    pub fn media_type(&self) -> Option<String> {
        let value = self.get("content-type")?;
        let kind = value.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &str, name: &str, expected: Option<&str>) {
        assert_eq!(Headers::parse(lines.as_bytes()).get(name), expected, "{lines:?}");
    }

    #[test]
    fn values() {
        check("A: b\r\nC-d:  e: f \r\n\r\nC: later", "c-D", Some("e: f"));
        check("A: b\r\n  and c\r\n\td\r\n", "a", Some("b and c d"));
        check("no header\nA:\nA: b", "a", Some("b"));
        check("A: b\n\nC: d", "c", None);
        check(" starts within\n", "a", None);
        let of = |line: &str| Headers::parse(line.as_bytes()).media_type();
        assert_eq!(of("Content-Type: Text/HTML; charset=utf-8"), Some("text/html".to_owned()));
        assert_eq!(of("Content-Type: ;"), None);
    }
}
