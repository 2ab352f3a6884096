//! What stands in quotation marks: of any shape, nested, run over paragraphs, or left open.

use sayso_types::Span;

/// The words between marks, the marks left out, in text order; an outer quotation comes before those in it.
pub(super) fn find(text: &str) -> Vec<Span> {
    let paragraphs = paragraphs(text);
    let mut out = Vec::new();
    for (at, &(start, end)) in paragraphs.iter().enumerate() {
        let chars: Vec<(usize, char)> =
            text[start..end].char_indices().map(|(i, c)| (start + i, c)).collect();
        let mut scan = Scan { chars: &chars, open: Vec::new(), found: Vec::new(), start, text };
        scan.run();
        let reopened = paragraphs.get(at + 1).and_then(|&(next, _)| text[next..].chars().next());
        scan.leave_open(end, reopened);
        let mut found = scan.found;
        found.sort_by_key(|s| (s.start, u32::MAX - s.end));
        out.extend(found);
    }
    out
}

/// Lines that hold something; quotations do not run over their ends, they are taken up again.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if !bare.is_empty() {
            let start = at + (bare.as_ptr() as usize - line.as_ptr() as usize);
            out.push((start, start + bare.len()));
        }
        at += line.len();
    }
    out
}

/// What closes a mark that opens.
fn closer(open: char) -> &'static [char] {
    match open {
        '“' => &['”', '“', '"'],
        '„' | '‟' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '‘' | '‚' => &['’', '‘'],
        '「' => &['」'],
        '『' => &['』'],
        '"' | '”' => &['"', '”'],
        DOUBLED => &[],
        _ => &['\''],
    }
}

/// Stands for two single marks among the open ones.
const DOUBLED: char = '\u{1}';

struct Scan<'a> {
    chars: &'a [(usize, char)],
    /// Marks that are open: the mark, and where the words after it begin.
    open: Vec<(char, usize)>,
    found: Vec<Span>,
    start: usize,
    text: &'a str,
}

impl Scan<'_> {
    fn char(&self, at: usize) -> char {
        self.chars.get(at).map_or(' ', |c| c.1)
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.chars.len() {
            let (byte, c) = self.chars[at];
            let before = if at == 0 { ' ' } else { self.char(at - 1) };
            let after = self.char(at + 1);
            let closes = self.open.last().is_some_and(|(open, _)| closer(*open).contains(&c));
            match c {
                // Two single marks for a double one, as wires have them.
                '\'' | '`' if after == c && (c == '\'' || !self.is_open(DOUBLED)) => {
                    if self.is_open(DOUBLED) {
                        self.close(byte);
                    } else if opens_before(before) && !self.char(at + 2).is_whitespace() {
                        self.open.push((DOUBLED, byte + 2));
                    }
                    at += 1;
                }
                '\'' | '’' | '‘' => self.single(at, before, after),
                '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' =>
                {
                    let leads = opens_before(before) && !after.is_whitespace();
                    let opens = match c {
                        // A straight mark turns with its surroundings; after a digit it is inches or seconds.
                        '"' => {
                            !closes
                                || leads && opens_before(before) && before != '\u{a0}' && !self.is_open('"')
                        }
                        '“' => !closes,
                        '»' | '«' => !closes && !after.is_whitespace(),
                        // A closing mark that stands where one opens was meant to open.
                        '”' => !closes && leads && after.is_alphanumeric(),
                        '›' | '」' | '』' => false,
                        _ => true,
                    };
                    if closes && !(opens && c == '"') {
                        self.close(byte);
                    } else if opens && (c != '"' || !before.is_alphanumeric()) {
                        self.open.push((c, byte + c.len_utf8()));
                    } else if c == '”' {
                        self.close_unopened(byte, before);
                    } else if let Some(k) = self.open.iter().rposition(|(o, _)| closer(*o).contains(&c)) {
                        // An inner mark was never closed: it was none.
                        self.open.truncate(k + 1);
                        self.close(byte);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn is_open(&self, mark: char) -> bool {
        self.open.iter().any(|(o, _)| *o == mark)
    }

    fn close(&mut self, byte: usize) {
        if let Some((_, from)) = self.open.pop() {
            self.found.push(Span::new(from as u32, byte as u32));
        }
    }

    /// Single marks are apostrophes unless both ends can be found.
    fn single(&mut self, at: usize, before: char, after: char) {
        let (byte, c) = self.chars[at];
        let pair = if c == '\'' { '\'' } else { '‘' };
        if self.is_open(pair) {
            if c != '‘'
                && !before.is_whitespace()
                && !after.is_alphanumeric()
                && !self.is_possessive(at, before, after)
            {
                while self.open.last().is_some_and(|(o, _)| *o != pair) {
                    self.open.pop();
                }
                self.close(byte);
            }
        } else if c != '’' && opens_before(before) && after.is_alphanumeric() && !after.is_ascii_digit() {
            let closing = (at + 2..self.chars.len()).any(|k| {
                matches!(self.chars[k].1, '’' | '\'')
                    && !self.char(k + 1).is_alphanumeric()
                    && !self.char(k - 1).is_whitespace()
            });
            if closing {
                self.open.push((pair, byte + c.len_utf8()));
            }
        }
    }

    /// "the drivers’ union": an s before, a small letter after, and a better end later on.
    fn is_possessive(&self, at: usize, before: char, after: char) -> bool {
        before == 's'
            && after == ' '
            && self.char(at + 2).is_lowercase()
            && self.chars[at + 1..]
                .iter()
                .take_while(|(_, c)| *c != '‘')
                .enumerate()
                .any(|(k, (_, c))| matches!(c, '’' | '\'') && !self.char(at + 2 + k).is_alphanumeric())
    }

    /// A closing mark by itself: its quotation runs from the paragraph's start, if nothing was quoted there before.
    fn close_unopened(&mut self, byte: usize, before: char) {
        if self.found.is_empty() && self.open.is_empty() && matches!(before, ',' | '.' | '!' | '?') {
            self.found.push(Span::new(self.start as u32, byte as u32));
        }
    }

    /// At the paragraph's end: what is still open runs to it, whether the next takes it up or the mark is missing.
    fn leave_open(&mut self, end: usize, next: Option<char>) {
        let Some(&(mark, from)) = self.open.first() else { return };
        let taken_up = next == Some(mark);
        let words = self.text[from..end].split_whitespace().count();
        if !taken_up && (matches!(mark, '\'' | '‘') || words < 2) {
            return;
        }
        self.found.push(Span::new(from as u32, end as u32));
    }
}

fn opens_before(before: char) -> bool {
    before.is_whitespace()
        || matches!(before, '(' | '[' | '—' | '–' | '-' | '/' | ':' | '“' | '"' | '‘' | '«' | '„' | '…')
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = super::find(text).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn shapes() {
        check(r#""It holds," she said. "It will hold.""#, &["It holds,", "It will hold."]);
        check("“It holds,” she said.", &["It holds,"]);
        check(
            "Sie sagte „es hält“ und «es hielt» und »es wird halten«.",
            &["es hält", "es hielt", "es wird halten"],
        );
        check("The union’s ‘last offer’ is on the drivers’ table.", &["last offer"]);
        check("'We won't go,' he said of the '90s.", &["We won't go,"]);
        check("''It holds,'' she said. ``It will hold.''", &["It holds,", "It will hold."]);
        check("”It holds,” she said.", &["It holds,"]);
        check(r#"A 12" pipe and a 6'2" man."#, &[]);
    }

    #[test]
    fn nested() {
        check(
            "“He said ‘never again’ and left,” she said.",
            &["He said ‘never again’ and left,", "never again"],
        );
        check(
            "\"He said 'never again' and left,\" she said.",
            &["He said 'never again' and left,", "never again"],
        );
    }

    #[test]
    fn over_paragraphs_and_open() {
        check("“One.\n\n“Two,” she said.", &["One.", "Two,"]);
        check("She said: \"It holds and it will hold.\n\nNobody asked.", &["It holds and it will hold."]);
        check("It holds,” she said.", &["It holds,"]);
    }
}
