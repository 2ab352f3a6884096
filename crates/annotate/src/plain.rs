//! Untagged documents for tests of the stages that read words more than parses.

use sayso_types::{Deprel, Doc, Feats, Lang, Origin, Report, ReportId, Sentence, Span, Token, Upos};

/// Words and marks at spaces, sentences at full stops, paragraphs at blank lines; nothing tagged.
pub(crate) fn doc(text: &str, published: Option<&str>) -> Doc {
    let report = Report {
        id: ReportId::of(&[text]),
        origin: Origin::default(),
        outlet: None,
        title: String::new(),
        authors: Vec::new(),
        published: published.map(|d| d.parse().unwrap()),
        published_basis: None,
        language: Lang::new("en"),
        text: text.to_owned(),
        furniture: Vec::new(),
        warnings: Vec::new(),
    };
    let mut doc = Doc::unread(report);
    let (mut paragraph, mut first, mut last) = (0, 0, 0);
    let close = |doc: &mut Doc, first: &mut u32, paragraph: u32| {
        let end = doc.tokens.len() as u32;
        if end > *first {
            let span = doc.tokens[*first as usize].span.cover(doc.tokens[end as usize - 1].span);
            doc.sentences.push(Sentence { span, first: *first, end, paragraph });
            *first = end;
        }
    };
    for piece in text.split_whitespace() {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        if text[last..start].contains("\n\n") {
            close(&mut doc, &mut first, paragraph);
            paragraph += 1;
        }
        last = start + piece.len();
        let body = piece.trim_start_matches(['(', '"', '“', '[', '\'', '‘']);
        let head = piece.len() - body.len();
        let mut core = body.trim_end_matches([')', '"', '”', ',', ';', ':', '!', '?', ']', '\'', '’']);
        let dotted = core.ends_with('.') && core[..core.len() - 1].contains('.');
        if !dotted {
            core = core.trim_end_matches('.');
        }
        let tail = head + core.len();
        let own = core.strip_suffix("'s").or(core.strip_suffix("’s")).map_or(core.len(), str::len);
        let mut push = |a: usize, b: usize| {
            if a < b {
                let ix = doc.tokens.len() as u32;
                doc.tokens.push(Token {
                    span: Span::new((start + a) as u32, (start + b) as u32),
                    form: piece[a..b].into(),
                    lemma: piece[a..b].to_lowercase().into(),
                    upos: Upos::X,
                    xpos: "".into(),
                    feats: Feats::default(),
                    head: ix,
                    deprel: Deprel::parse("root"),
                    multiword: None,
                });
            }
        };
        piece[..head].char_indices().for_each(|(i, c)| push(i, i + c.len_utf8()));
        push(head, head + own);
        push(head + own, tail);
        piece[tail..].char_indices().for_each(|(i, c)| push(tail + i, tail + i + c.len_utf8()));
        if piece[tail..].contains(['.', '?', '!']) {
            close(&mut doc, &mut first, paragraph);
        }
    }
    close(&mut doc, &mut first, paragraph);
    doc
}

/// One parsed sentence: `form/UPOS/head/relation` and, where wanted, `/Feature=Value|…`; heads count from 1, 0 is the root.
pub(crate) fn parsed(words: &str, published: Option<&str>) -> Doc {
    let rows: Vec<Vec<&str>> = words.split_whitespace().map(|w| w.split('/').collect()).collect();
    let text = rows.iter().map(|r| r[0]).collect::<Vec<_>>().join(" ");
    let mut doc = doc(&text, published);
    let mut start = 0;
    doc.tokens = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let span = Span::new(start, start + row[0].len() as u32);
            start = span.end + 1;
            let head: u32 = row[2].parse().unwrap();
            Token {
                span,
                form: row[0].into(),
                lemma: row[0].to_lowercase().into(),
                upos: Upos::from_label(row[1]).unwrap(),
                xpos: "".into(),
                feats: Feats::new(row.get(4).copied().unwrap_or("_")),
                head: if head == 0 { i as u32 } else { head - 1 },
                deprel: Deprel::parse(row[3]),
                multiword: None,
            }
        })
        .collect();
    let (first, end) = (0, doc.tokens.len() as u32);
    doc.sentences = vec![Sentence { span: Span::new(0, start.saturating_sub(1)), first, end, paragraph: 0 }];
    doc
}
