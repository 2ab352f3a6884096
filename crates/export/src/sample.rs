//! A story made by hand that has what formats stumble over: marks that mean something to each of them, a copy, a report
//! without address and outlet, a denial.

use crate::{Format, Writer};
use sayso_brief::Account;
use sayso_types::{
    Analysis, Assertion, AssertionRef, Claim, ClaimEvent, ClaimId, Colour, Comparison, Copy, Deed, Dispute,
    DisputeKind, Doc, Entity, EntityId, EntityKind, Event, Factuality, Form, Gender, Lang, Link, LocalEntity,
    Mention, Origin, Plover, Polarity, Proposition, Quote, Report, ReportId, Source, SourceKind, Span,
    Stance, Statements, Story, StoryId, Value,
};

pub(crate) const CLAIMS: [&str; 2] = ["c0", "c1"];
pub(crate) const ADA: &str = "e0";
const TEXTS: [&str; 3] = [
    "Größe zählt. Seven weirs are closed, Ada Roth said. “No boat may pass,” she said.\n\n\
     Ilmen blamed the =Oranto Board for the flood.",
    "Seven weirs are closed, Ada Roth said.",
    "The =Oranto Board denied that weirs were closed.",
];

pub(crate) fn report(n: usize) -> String {
    ReportId::of(&[TEXTS[n]]).to_string()
}

pub(crate) fn story_id() -> String {
    StoryId::of(&["weirs"]).to_string()
}

/// The story in one of the formats.
pub(crate) fn written(format: Format) -> String {
    let (story, comparison) = (story(), comparison());
    let mut writer = Writer::new(format, Vec::new()).unwrap();
    writer.story(&Account::new(&story, &comparison)).unwrap();
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

pub(crate) fn story() -> Story {
    let mut first =
        analysis(0, "Weir 7 {of 9} & more: 50% \\ closed", Some("Oranto Post"), "2025-03-02T07:30Z");
    let report = &mut first.doc.report;
    report.authors = vec!["Ana Ruiz".into(), "Bells and Sons".into()];
    report.origin.url = Some("https://post.example/weir 7".into());
    first.doc.quotes =
        vec![Quote { span: place(0, "No boat may pass,"), marked: true, speaker: Some(0), cue: None }];
    first.statements.assertions = vec![
        said(0, "Seven weirs are closed", Stance::Asserts),
        says(0, "Ilmen blamed the =Oranto Board for the flood."),
    ];
    let mut second = analysis(1, "Seven weirs\tclosed", Some("Oranto Post"), "2025-03-02T09:00Z");
    second.statements.assertions = vec![said(1, "Seven weirs are closed", Stance::Asserts)];
    let mut third = analysis(2, "Weir", None, "2025-03~");
    third.statements.assertions = vec![Assertion {
        stance: Stance::Denies,
        ..says(2, "The =Oranto Board denied that weirs were closed.")
    }];
    let copy = Copy { of: ReportId::of(&[TEXTS[0]]), similarity: 0.9 };
    Story {
        id: StoryId::of(&["weirs"]),
        reports: vec![first, second, third],
        copies: vec![None, Some(copy), None],
        outlets: Default::default(),
        corrections: Default::default(),
    }
}

pub(crate) fn comparison() -> Comparison {
    let side =
        |value: &str, assertions: &[u32]| Value { value: value.into(), assertions: assertions.to_vec() };
    let dispute = Dispute {
        kind: DisputeKind::Polarity,
        about: "are closed".into(),
        values: vec![side("closed", &[0, 1]), side("denied", &[2])],
    };
    let event = Event { deed: Deed { cameo: 11, plover: Plover::Accuse }, source: 1, target: Some(2) };
    let (source, target) = (event.source, event.target.unwrap());
    let closed =
        Claim { disputes: vec![dispute], independent: 1, ..claim(CLAIMS[0], &[(0, 0), (1, 0), (2, 0)]) };
    let blamed = Claim {
        time: Some("2025-03-01".parse().unwrap()),
        event: Some(ClaimEvent { deed: event.deed, source, target }),
        omitted_by: vec![1, 2],
        ..claim(CLAIMS[1], &[(0, 1)])
    };
    Comparison {
        entities: vec![
            entity(
                ADA,
                EntityKind::Person,
                "Ada Roth",
                &[(0, place(0, "Ada Roth")), (1, place(1, "Ada Roth"))],
            ),
            entity("e1", EntityKind::Organization, "Ilmen", &[(0, place(0, "Ilmen"))]),
            entity("e2", EntityKind::Organization, "=Oranto Board", &[(0, place(0, "=Oranto Board"))]),
        ],
        entity_of: vec![vec![Some(0), Some(1), Some(2)]; 3],
        claims: vec![closed, blamed],
        wording: Vec::new(),
    }
}

fn analysis(n: usize, title: &str, outlet: Option<&str>, published: &str) -> Analysis {
    let report = Report {
        id: ReportId::of(&[TEXTS[n]]),
        origin: Origin { file: Some(format!("{n}.txt")), ..Origin::default() },
        outlet: outlet.map(str::to_owned),
        title: title.into(),
        authors: Vec::new(),
        published: Some(published.parse().unwrap()),
        published_basis: None,
        language: Lang::new("en"),
        text: TEXTS[n].into(),
        furniture: Vec::new(),
        warnings: Vec::new(),
    };
    let mut doc = Doc::unread(report);
    doc.entities = vec![LocalEntity {
        kind: EntityKind::Person,
        name: "Ada Roth".into(),
        aliases: Vec::new(),
        gender: Gender::Unknown,
        mentions: vec![0],
    }];
    let span = place(n, if n < 2 { "Ada Roth" } else { "Board" });
    let (kind, form) = (EntityKind::Person, Form::Name);
    doc.mentions = vec![Mention { span, first: 0, end: 0, head: 0, kind, form, name: Some(span), entity: 0 }];
    Analysis { doc, statements: Statements::default() }
}

/// In the report's own voice.
fn says(n: usize, words: &str) -> Assertion {
    let span = place(n, words);
    Assertion {
        sentence: 0,
        span,
        evidence: span,
        stance: Stance::Asserts,
        chain: Vec::new(),
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

/// On Ada Roth's word.
fn said(n: usize, words: &str, stance: Stance) -> Assertion {
    let source = Source {
        span: place(n, "Ada Roth"),
        head: 0,
        entity: Some(0),
        kind: SourceKind::Person,
        reason: None,
    };
    let link = Link { source, cue: Some(place(n, "said")), colour: Colour::Neutral };
    Assertion { stance, chain: vec![link], ..says(n, words) }
}

fn claim(id: &str, assertions: &[(u32, u32)]) -> Claim {
    let of = |&(report, assertion): &(u32, u32)| AssertionRef { report, assertion };
    Claim {
        id: ClaimId::read(id),
        stated_by: 0,
        time: None,
        dates: Vec::new(),
        place: None,
        assertions: assertions.iter().map(of).collect(),
        ties: Vec::new(),
        independent: 1,
        lines: Vec::new(),
        credibility: 3,
        disputes: Vec::new(),
        updates: Vec::new(),
        omitted_by: Vec::new(),
        unread: Vec::new(),
        event: None,
        weight: 1.0,
    }
}

fn entity(id: &str, kind: EntityKind, name: &str, mentions: &[(u32, Span)]) -> Entity {
    Entity {
        id: EntityId::read(id),
        kind,
        name: name.into(),
        aliases: Vec::new(),
        mentions: mentions.to_vec(),
    }
}

fn place(n: usize, words: &str) -> Span {
    let start = TEXTS[n].find(words).unwrap() as u32;
    Span::new(start, start + words.len() as u32)
}
