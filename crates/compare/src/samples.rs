//! Stories for tests, from a compact notation.
//!
//! A report is a list of lines: `published:DATE`, `outlet:NAME`, `copy:REPORT`, `KIND:Name|Alias` (an entity), or an
//! assertion, `Near_Source > described_origin/KIND : word word* Name/A thing/P @DATE #6:person`. The predicate has a
//! star; capitals make a name, `_` a blank in it. Among the words, `!not`, `!denies`, `!accuses`, `!planned`, `!points`, `!blame` set what
//! their names say.

use sayso_types::*;

/// A quantity as `[>|<|~]VALUE UNIT-OR-THING`.
pub(crate) fn quantity(text: &str) -> Quantity {
    let (number, of) = text.split_once(' ').unwrap_or((text, ""));
    let bound = match number.chars().next() {
        Some('>') => Bound::AtLeast,
        Some('<') => Bound::AtMost,
        Some('~') => Bound::About,
        _ => Bound::Exact,
    };
    let digits = number.trim_start_matches(['>', '<', '~']);
    let value: f64 = digits.parse().unwrap();
    let half = match (digits.split_once('.'), digits.trim_end_matches('0').len()) {
        (Some((_, decimals)), _) => 0.5 * 10f64.powi(-(decimals.len() as i32)),
        (None, kept) if value > 100.0 => 0.5 * 10f64.powi((digits.len() - kept) as i32),
        _ => 0.0,
    };
    let (low, high) = match bound {
        Bound::Exact => (value - half, value + half),
        Bound::About => (value * 0.9, value * 1.1),
        Bound::AtLeast => (value, f64::INFINITY),
        Bound::AtMost => (0.0, value),
    };
    let (dimension, factor) = match of {
        "%" => (Dimension::Percent, 1.0),
        "km" => (Dimension::Length, 1000.0),
        "mi" => (Dimension::Length, 1609.344),
        "l" => (Dimension::Volume, 0.001),
        "barrel" => (Dimension::Volume, 0.158_987),
        "EUR" | "USD" | "GBP" => (Dimension::Money, 1.0),
        _ => (Dimension::Count, 1.0),
    };
    let is_unit = dimension != Dimension::Count;
    let half = if is_unit && half == 0.0 { 0.5 } else { half };
    let (low, high) = if bound == Bound::Exact { (value - half, value + half) } else { (low, high) };
    Quantity {
        span: Span::default(),
        first: 0,
        end: 0,
        value,
        low,
        high,
        dimension,
        unit: if is_unit { of.into() } else { "".into() },
        factor,
        offset: 0.0,
        of: if is_unit { "".into() } else { of.into() },
        of_token: None,
        bound,
    }
}

/// A story of these reports.
pub(crate) fn story(reports: &[&[&str]]) -> Story {
    let mut copies = Vec::new();
    let mut out: Vec<Analysis> = Vec::new();
    for (n, lines) in reports.iter().enumerate() {
        let mut b = Builder::new(n);
        let mut copy = None;
        for line in *lines {
            match line.split_once(':') {
                Some(("published", date)) => b.doc.report.published = Some(date.parse().unwrap()),
                Some(("outlet", name)) => b.doc.report.outlet = Some(name.to_owned()),
                Some(("copy", of)) => {
                    let of = out[of.parse::<usize>().unwrap()].doc.report.id.clone();
                    copy = Some(Copy { of, similarity: 0.95 });
                }
                Some(("person", names)) => b.entity(EntityKind::Person, names),
                Some(("organization", names)) => b.entity(EntityKind::Organization, names),
                Some(("place", names)) => b.entity(EntityKind::Place, names),
                _ => b.assertion(line),
            }
        }
        copies.push(copy);
        out.push(Analysis { doc: b.doc, statements: b.statements });
    }
    Story {
        id: StoryId::of(&["test"]),
        reports: out,
        copies,
        outlets: Default::default(),
        corrections: Default::default(),
    }
}

struct Builder {
    doc: Doc,
    statements: Statements,
}

impl Builder {
    fn new(n: usize) -> Self {
        let report = Report {
            id: ReportId::of(&[&n.to_string()]),
            origin: Origin::default(),
            outlet: None,
            title: String::new(),
            authors: Vec::new(),
            published: None,
            published_basis: None,
            language: Lang::new("en"),
            text: String::new(),
            furniture: Vec::new(),
            warnings: Vec::new(),
        };
        let doc = Doc::unread(report);
        Self { doc, statements: Statements::default() }
    }

    fn entity(&mut self, kind: EntityKind, names: &str) {
        let mut names = names.split('|').map(str::to_owned);
        let name = names.next().unwrap();
        self.doc.entities.push(LocalEntity {
            kind,
            name: name.clone(),
            aliases: names.collect(),
            gender: Gender::Unknown,
            mentions: Vec::new(),
        });
        let ix = self.doc.entities.len() as EntityIx - 1;
        let span = self.append(&name);
        self.mention(ix, span, 0, Form::Name);
    }

    fn append(&mut self, words: &str) -> Span {
        let text = &mut self.doc.report.text;
        let start = text.len() as u32;
        text.push_str(words);
        let span = Span::new(start, text.len() as u32);
        text.push(' ');
        span
    }

    fn mention(&mut self, entity: EntityIx, span: Span, token: TokenIx, form: Form) {
        let kind = self.doc.entities[entity as usize].kind;
        let mention = self.doc.mentions.len() as MentionIx;
        self.doc.entities[entity as usize].mentions.push(mention);
        let name = (form == Form::Name).then_some(span);
        self.doc.mentions.push(Mention {
            span,
            first: token,
            end: token + 1,
            head: token,
            kind,
            form,
            name,
            entity,
        });
    }

    fn token(&mut self, word: &str, upos: Upos) -> TokenIx {
        let span = self.append(word);
        self.doc.tokens.push(Token {
            span,
            form: word.into(),
            lemma: word.into(),
            upos,
            xpos: "".into(),
            feats: Feats::default(),
            head: self.doc.tokens.len() as TokenIx,
            deprel: Deprel::parse("dep"),
            multiword: None,
        });
        self.doc.tokens.len() as TokenIx - 1
    }

    /// The entity of a name, made where it is new.
    fn named(&mut self, name: &str, token: TokenIx, span: Span) -> EntityIx {
        let known =
            self.doc.entities.iter().position(|e| e.name == name || e.aliases.iter().any(|a| a == name));
        let ix = known.unwrap_or_else(|| {
            self.doc.entities.push(LocalEntity {
                kind: EntityKind::Organization,
                name: name.to_owned(),
                aliases: Vec::new(),
                gender: Gender::Unknown,
                mentions: Vec::new(),
            });
            self.doc.entities.len() - 1
        }) as EntityIx;
        self.mention(ix, span, token, Form::Name);
        ix
    }

    fn assertion(&mut self, line: &str) {
        let (chain, words) = match line.split_once(" : ") {
            Some((chain, words)) => (chain.split(" > ").collect(), words),
            None => (Vec::new(), line),
        };
        let first = self.doc.tokens.len() as TokenIx;
        let chain = chain
            .into_iter()
            .map(|s| Link { source: self.source(s), cue: None, colour: Colour::Neutral })
            .collect();
        let from = self.doc.tokens.len() as TokenIx;
        let mut a = Assertion {
            sentence: self.doc.sentences.len() as u32,
            span: Span::default(),
            evidence: Span::default(),
            stance: Stance::Asserts,
            chain,
            proposition: Proposition {
                predicate: from,
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
        };
        for word in words.split_whitespace() {
            self.word(word, &mut a);
        }
        let end = self.doc.tokens.len() as TokenIx;
        for t in first..end {
            self.doc.tokens[t as usize].head = a.proposition.predicate;
        }
        a.proposition.tokens = (from..end).collect();
        let span = |t: TokenIx| self.doc.tokens[t as usize].span;
        a.span = span(from).cover(span(end - 1));
        a.evidence = a.span;
        let sentence = Span::new(span(first).start, a.span.end);
        self.doc.sentences.push(Sentence {
            span: sentence,
            first,
            end,
            paragraph: self.doc.sentences.len() as u32,
        });
        self.statements.assertions.push(a);
    }

    fn source(&mut self, text: &str) -> Source {
        let (text, kind) = text.split_once('/').unwrap_or((text, ""));
        let proper = |w: &&str| w.starts_with(char::is_uppercase);
        let words: Vec<&str> = text.split('_').collect();
        let first = self.doc.tokens.len();
        for word in &words {
            let upos = match kind {
                "pronoun" => Upos::Pron,
                _ if *word == "the" => Upos::Det,
                _ if proper(word) => Upos::Propn,
                _ => Upos::Noun,
            };
            self.token(word, upos);
        }
        let head = self.doc.tokens.len() as TokenIx - 1;
        let span = self.doc.tokens[first].span.cover(self.doc.tokens[head as usize].span);
        let name = words.iter().copied().filter(proper).collect::<Vec<_>>().join(" ");
        let entity = (!name.is_empty()).then(|| self.named(&name, head, span));
        let kind = match kind {
            "person" | "pronoun" => SourceKind::Person,
            "agency" => SourceKind::Agency,
            "outlet" => SourceKind::Outlet,
            "body" => SourceKind::Body,
            "bare" => SourceKind::Bare,
            _ if name.is_empty() => SourceKind::Described,
            _ => SourceKind::Body,
        };
        Source { span, head, entity, kind, reason: None }
    }

    fn word(&mut self, word: &str, a: &mut Assertion) {
        let p = &mut a.proposition;
        if let Some(flag) = word.strip_prefix('!') {
            match flag.split_once('=').unwrap_or((flag, "")) {
                ("not", _) => p.polarity = Polarity::Negative,
                ("planned", _) => p.factuality = Factuality::Planned,
                ("denies", _) => a.stance = Stance::Denies,
                ("accuses", _) => a.stance = Stance::Accuses,
                ("blame", _) => a.points = Some(Pointer::Accusation),
                ("points", _) => a.points = Some(Pointer::Pronoun),
                _ => panic!("{word}"),
            }
        } else if let Some(date) = word.strip_prefix('@') {
            let first = self.token(date, Upos::Num);
            p.times.push(self.doc.times.len() as TimeIx);
            self.doc.times.push(TimeExpr {
                span: self.doc.tokens[first as usize].span,
                first,
                end: first + 1,
                kind: TimeType::Date,
                value: date.into(),
                edtf: date.parse().ok(),
                anchor: Anchor::Explicit,
            });
        } else if let Some(number) = word.strip_prefix('#') {
            let mut q = quantity(&number.replace(':', " "));
            let first = self.token(number.split(':').next().unwrap(), Upos::Num);
            (q.first, q.end, q.span) = (first, first + 1, self.doc.tokens[first as usize].span);
            p.quantities.push(self.doc.quantities.len() as QuantityIx);
            self.doc.quantities.push(q);
        } else {
            let (bare, role) = word.split_once('/').unwrap_or((word, ""));
            let name = bare.trim_end_matches('*').replace('_', " ");
            let (named, predicate) = (name.starts_with(char::is_uppercase), bare.ends_with('*'));
            let upos = if named {
                Upos::Propn
            } else if predicate {
                Upos::Verb
            } else {
                Upos::Noun
            };
            let head = self.token(&name, upos);
            let entity = named.then(|| self.named(&name, head, self.doc.tokens[head as usize].span));
            let role = match role {
                "A" => Role::Agent,
                "P" => Role::Patient,
                "L" => Role::Place,
                _ => Role::Other,
            };
            if predicate {
                a.proposition.predicate = head;
            } else {
                a.proposition.arguments.push(Argument { role, head, entity, marker: None });
            }
        }
    }
}
