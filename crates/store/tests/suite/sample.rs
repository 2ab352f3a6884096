//! Reports of invented events, with as much analysis as the store looks at.

use sayso_types::*;

/// A report under way.
#[derive(Clone)]
pub struct Sample {
    capture: Capture,
    outlet: &'static str,
    day: &'static str,
    title: String,
    sentences: Vec<(String, Vec<(&'static str, Stance)>)>,
}

pub fn sample(title: &str) -> Sample {
    let capture = Capture {
        origin: Origin::default(),
        body: Body::Text(title.to_owned()),
        given: Given::default(),
        captured: None,
        warnings: Vec::new(),
    };
    Sample {
        capture,
        outlet: "Norvik Echo",
        day: "2025-03-07",
        title: title.to_owned(),
        sentences: Vec::new(),
    }
}

impl Sample {
    pub fn at(mut self, url: &str) -> Self {
        self.capture.origin.url = Some(url.to_owned());
        self
    }

    pub fn captured(mut self, when: &str) -> Self {
        self.capture.captured = Some(when.parse().unwrap());
        self
    }

    pub fn of(mut self, outlet: &'static str) -> Self {
        self.outlet = outlet;
        self
    }

    pub fn on(mut self, day: &'static str) -> Self {
        self.day = day;
        self
    }

    /// The page around the report, which is no part of it.
    pub fn page(mut self, page: &str) -> Self {
        self.capture.body = Body::Text(page.to_owned());
        self
    }

    /// A sentence, and on whose word what is said in it; names that stand in it are entities.
    pub fn says(mut self, text: &str, words_of: &[(&'static str, Stance)]) -> Self {
        self.sentences.push((text.to_owned(), words_of.to_vec()));
        self
    }

    pub fn done(mut self) -> (Capture, Analysis) {
        let mut text = String::new();
        let (mut sentences, mut statements) = (Vec::new(), Statements::default());
        let (mut mentions, mut entities) = (Vec::new(), Vec::new());
        for (n, (words, words_of)) in self.sentences.iter().enumerate() {
            let start = text.len() as u32;
            text.push_str(words);
            let span = Span::new(start, text.len() as u32);
            text.push(' ');
            let first = n as u32 * 10;
            sentences.push(Sentence { span, first, end: first + 10, paragraph: 0 });
            for (name, stance) in words_of {
                let at = start + words.find(name).unwrap() as u32;
                let name_span = Span::new(at, at + name.len() as u32);
                let number = mentions.len() as u32;
                mentions.push(Mention {
                    span: name_span,
                    first,
                    end: first + 1,
                    head: first,
                    kind: EntityKind::Person,
                    form: Form::Name,
                    name: Some(name_span),
                    entity: number,
                });
                entities.push(LocalEntity {
                    kind: EntityKind::Person,
                    name: (*name).to_owned(),
                    aliases: Vec::new(),
                    gender: Gender::Unknown,
                    mentions: vec![number],
                });
                statements.assertions.push(assertion(n as u32, span, *stance, source(name_span, number)));
            }
        }
        if self.capture.body == Body::Text(self.title.clone()) {
            self.capture.body = Body::Text(format!("{}\n\n{text}", self.title));
        }
        let url = self.capture.origin.url.clone().unwrap_or_default();
        let report = Report {
            id: ReportId::of(&[&self.title, &text, self.outlet, &url]),
            origin: self.capture.origin.clone(),
            outlet: Some(self.outlet.to_owned()),
            title: self.title,
            authors: Vec::new(),
            published: self.day.parse().ok(),
            published_basis: None,
            language: Lang::new("en"),
            text,
            furniture: Vec::new(),
            warnings: Vec::new(),
        };
        let doc = Doc { sentences, mentions, entities, ..Doc::unread(report) };
        (self.capture, Analysis { doc, statements })
    }
}

fn source(span: Span, entity: u32) -> Source {
    Source { span, head: 0, entity: Some(entity), kind: SourceKind::Person, reason: None }
}

fn assertion(sentence: u32, span: Span, stance: Stance, source: Source) -> Assertion {
    Assertion {
        sentence,
        span,
        evidence: span,
        stance,
        chain: vec![Link { source, cue: None, colour: Colour::Neutral }],
        proposition: Proposition {
            predicate: 0,
            arguments: Vec::new(),
            polarity: Polarity::Positive,
            factuality: Factuality::Fact,
            times: Vec::new(),
            quantities: Vec::new(),
            tokens: Vec::new(),
        },
        points: None,
        goes_on: None,
        event: None,
    }
}
