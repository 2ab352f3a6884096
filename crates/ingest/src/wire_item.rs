//! One item of NITF or NewsML-G2 while it is read, and the capture that it becomes.

use sayso_types::{Body, Capture, Given, Lang, Origin};

/// What a piece of text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Headline,
    /// For want of a headline.
    Title,
    By,
    Provider,
    /// When this version was published.
    Published,
    /// When the first one was.
    Created,
    Body,
}

/// What was read so far.
#[derive(Default)]
pub(crate) struct Item {
    id: Option<String>,
    language: Option<String>,
    status: Option<String>,
    headline: Option<String>,
    title: Option<String>,
    by: Vec<String>,
    provider: Option<String>,
    published: Option<String>,
    created: Option<String>,
    /// Paragraphs, with a blank line between.
    text: String,
    /// A page that was put in whole.
    pub html: String,
}

impl Item {
    /// Takes from an element what its attributes say; and what its text is for, if for anything.
    pub fn field(
        &mut self,
        name: &str,
        parent: &str,
        attribute: impl Fn(&str) -> Option<String>,
    ) -> Option<Target> {
        let set = |field: &mut Option<String>, value: Option<String>| *field = field.take().or(value);
        match (name, parent) {
            ("newsitem", _) => {
                set(&mut self.id, attribute("guid"));
                set(&mut self.language, attribute("lang"));
            }
            ("pubstatus", "itemmeta") => self.status = attribute("qcode"),
            ("provider", "itemmeta") => {
                let code = attribute("qcode").map(|q| q.rsplit(':').next().unwrap_or_default().to_owned());
                set(&mut self.provider, attribute("literal").or(code));
            }
            ("name", "provider") => return Some(Target::Provider),
            ("versioncreated", "itemmeta") => return Some(Target::Published),
            ("firstcreated", "itemmeta") | ("contentcreated", "contentmeta") => return Some(Target::Created),
            ("language", "contentmeta") => self.language = attribute("tag").or(self.language.take()),
            ("headline", "contentmeta") => return Some(Target::Headline),
            ("by", "contentmeta") => return Some(Target::By),
            ("inlinexml" | "inlinedata", "contentset") => return self.is_empty().then_some(Target::Body),

            ("nitf", _) => set(&mut self.language, attribute("baselang")),
            ("docdata", _) => set(&mut self.status, attribute("management-status")),
            ("doc-id", _) => set(&mut self.id, attribute("id-string")),
            ("date.issue" | "date.release" | "story.date", _) => {
                set(&mut self.published, attribute("norm").map(|d| iso(&d)));
            }
            ("pubdata", _) => {
                self.provider = attribute("name").or(self.provider.take());
                set(&mut self.created, attribute("date.publication").map(|d| iso(&d)));
            }
            ("doc.copyright", _) => set(&mut self.provider, attribute("holder")),
            ("distributor", _) if self.provider.is_none() => return Some(Target::Provider),
            ("hl1", "hedline" | "headline") => return Some(Target::Headline),
            ("title", "head" | "itemmeta") => return Some(Target::Title),
            ("byline", "body.head") => return Some(Target::By),
            ("body.content", _) => return self.is_empty().then_some(Target::Body),
            _ => {}
        }
        None
    }

    /// The text that an element was found to have.
    pub fn keep(&mut self, target: Target, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
        let text = text.trim_start_matches([',', ' ']).to_owned();
        if text.is_empty() {
            return;
        }
        match target {
            Target::Headline => self.headline = self.headline.take().or(Some(text)),
            Target::Title => self.title = self.title.take().or(Some(text)),
            Target::By => self.by.push(text),
            Target::Provider => self.provider = Some(text),
            Target::Published => self.published = Some(iso(&text)),
            Target::Created => self.created = self.created.take().or_else(|| Some(iso(&text))),
            Target::Body => {}
        }
    }

    /// Adds words to the body; a blank line between them parts paragraphs.
    pub fn words(&mut self, text: &str) {
        let (mut space, mut lines) = (false, 0);
        for c in text.chars().map(Some).chain([None]) {
            match c {
                Some(c) if c.is_whitespace() => {
                    space = true;
                    lines += u32::from(c == '\n');
                    continue;
                }
                _ if lines > 1 => self.paragraph(),
                _ if space && !self.text.ends_with('\n') && !self.text.is_empty() => self.text.push(' '),
                _ => {}
            }
            (space, lines) = (false, 0);
            self.text.extend(c);
        }
    }

    /// What follows is another paragraph.
    pub fn paragraph(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.html.is_empty()
    }

    /// What it is, or why it is no report.
    pub fn capture(self, file: Option<&str>, number: u32) -> Result<Capture, String> {
        let status = self.status.as_deref().and_then(|s| s.rsplit(':').next());
        if let Some(status @ ("canceled" | "withheld")) = status {
            return Err(format!("{status} by who published it"));
        }
        let text = self.text.trim_end();
        let body = match () {
            () if !self.html.trim().is_empty() => Body::Html(self.html),
            () if !text.is_empty() => Body::Text(text.to_owned()),
            () => {
                let id = self.id.map(|id| format!(" ({id})")).unwrap_or_default();
                return Err(format!("an item without a text of its own{id}"));
            }
        };
        Ok(Capture {
            origin: Origin {
                file: file.map(str::to_owned),
                url: self.id.clone().filter(|id| id.starts_with("http")),
                record: self.id,
                number,
            },
            body,
            given: Given {
                title: self.headline.or(self.title),
                outlet: self.provider,
                authors: self.by,
                published: self.published.or(self.created),
                language: self.language.as_deref().map(Lang::new),
            },
            captured: None,
            warnings: Vec::new(),
        })
    }
}

/// ISO 8601 with its marks, which NITF leaves out: `20240502T080000Z`.
fn iso(written: &str) -> String {
    let digits = written.bytes().take_while(u8::is_ascii_digit).count();
    let (Some(date), true) = (written.get(..8), digits == 8) else { return written.to_owned() };
    let date = format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
    let time = written[8..].trim_start_matches('T');
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        4 | 6 => format!(
            "{date}T{}:{}:{}{}",
            &time[..2],
            &time[2..4],
            if digits == 6 { &time[4..6] } else { "00" },
            &time[digits..]
        ),
        _ => date,
    }
}
