//! Text to sentences, words, tags, dependency parse and raw names, by the pack's models.

use sayso_packs::{Analysis, ModelScratch, Pack, Word};
use sayso_types::{Doc, EntityKind, Report, Sentence, Span, Token, TokenIx};
use std::cell::RefCell;

/// A name as the tagger marks it, before titles are joined and things told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawName {
    /// First token.
    pub first: TokenIx,
    /// One past the last token.
    pub end: TokenIx,
    /// What kind of thing.
    pub kind: EntityKind,
}

thread_local! {
    /// Room for the model to work in; it carries nothing from one text to the next.
    static SCRATCH: RefCell<ModelScratch> = RefCell::default();
}

/// Sentences and tokens of the report, and the names that the model sees in it.
pub(crate) fn parse(report: Report, pack: &Pack) -> (Doc, Vec<RawName>) {
    let segmented = pack.segmenter.segment(&report.text);
    let forms: Vec<&str> = segmented.words.iter().map(|w| pack.segmenter.form(&report.text, w)).collect();
    let analyse = |sentences: &[&Sentence]| {
        let words: Vec<&[&str]> =
            sentences.iter().map(|s| &forms[s.first as usize..s.end as usize]).collect();
        SCRATCH.with_borrow_mut(|scratch| pack.model.analyse(&words, scratch))
    };
    let analyses = analyse(&segmented.sentences.iter().collect::<Vec<_>>());
    let parts = split(segmented.sentences, analyses, &segmented.words);
    let unread: Vec<&Sentence> = parts.iter().filter(|(_, a)| a.is_none()).map(|(s, _)| s).collect();
    let mut read = analyse(&unread).into_iter();
    let mut sentences = Vec::with_capacity(parts.len());
    let (mut tokens, mut names) = (Vec::with_capacity(forms.len()), Vec::new());
    for (sentence, analysis) in parts {
        let Some(analysis) = analysis.or_else(|| read.next()) else { continue };
        sentences.push(sentence);
        let base = tokens.len();
        for word in analysis.words {
            let (place, tag) = (segmented.words[tokens.len()], &pack.model.tags()[usize::from(word.tag)]);
            let form = forms[tokens.len()];
            tokens.push(Token {
                span: place.span,
                form: form.into(),
                lemma: pack.lemmatizer.lemma(form, tag.upos, &tag.xpos),
                upos: tag.upos,
                xpos: tag.xpos.clone(),
                feats: tag.feats.clone(),
                head: base as TokenIx + word.head,
                deprel: word.deprel,
                multiword: place.multiword,
            });
        }
        names.extend(analysis.names.into_iter().map(|(range, kind)| RawName {
            first: (base + range.start) as TokenIx,
            end: (base + range.end) as TokenIx,
            kind,
        }));
    }
    let doc = Doc { sentences, tokens, ..Doc::unread(report) };
    (doc, names)
}

/// Sentences in which the model sees another one end are taken apart there; the parts are yet to be analysed.
fn split(
    sentences: Vec<Sentence>,
    analyses: Vec<Analysis>,
    words: &[Word],
) -> Vec<(Sentence, Option<Analysis>)> {
    let mut out = Vec::with_capacity(sentences.len());
    for (mut sentence, analysis) in sentences.into_iter().zip(analyses) {
        let ends = analysis.ends.iter().map(|end| sentence.first + end).filter(|&end| {
            let [last, next] = [&words[end as usize], &words[end as usize + 1]];
            last.multiword.is_none() || last.multiword != next.multiword
        });
        let ends: Vec<TokenIx> = ends.collect();
        if ends.is_empty() {
            out.push((sentence, Some(analysis)));
            continue;
        }
        for last in ends {
            let (first, next) = (sentence.clone(), &words[last as usize + 1]);
            let span = Span { end: words[last as usize].span.end, ..first.span };
            out.push((Sentence { span, end: last + 1, ..first }, None));
            sentence.first = last + 1;
            sentence.span.start = next.span.start;
        }
        out.push((sentence, None));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;
    use sayso_types::Rel;

    fn check(text: &str, sentences: usize) {
        let pack = Pack::embedded("en").unwrap().unwrap();
        let (doc, names) = parse(conllu::plain(text).report, &pack);
        assert_eq!(doc.sentences.len(), sentences, "{text}");
        for sentence in &doc.sentences {
            let own = sentence.first..sentence.end;
            let roots = own.clone().filter(|&t| doc.tokens[t as usize].head == t).collect::<Vec<_>>();
            assert_eq!(roots.len(), 1, "{text}");
            assert_eq!(doc.tokens[roots[0] as usize].deprel.rel, Rel::Root);
            assert!(
                own.clone().all(|t| own.contains(&doc.tokens[t as usize].head) && doc.is_below(t, roots[0]))
            );
        }
        assert!(names.iter().all(|n| n.first < n.end && n.end as usize <= doc.tokens.len()));
    }

    #[test]
    fn every_sentence_is_one_tree() {
        check("", 0);
        check("Rain.", 1);
        check("The ferry Aurelia sank off Port Sele on Monday. Nobody was hurt, the harbour master said.", 2);
        check(&"again and ".repeat(400), 1);
    }

    #[test]
    fn sentences_are_taken_apart_where_one_ends() {
        let words = |multiword: [Option<u32>; 5]| -> Vec<Word> {
            (0..)
                .zip(multiword)
                .map(|(k, m)| Word { span: Span { start: 9 * k, end: 9 * k + 8 }, multiword: m })
                .collect()
        };
        let check = |words: &[Word], ends: &[u32], expected: &[(u32, u32, u32, u32)]| {
            let sentence = Sentence { span: Span { start: 0, end: 44 }, first: 0, end: 5, paragraph: 0 };
            let analysis = Analysis { ends: ends.into(), ..Analysis::default() };
            let parts = split(vec![sentence], vec![analysis], words);
            assert!(parts.iter().all(|(_, a)| a.is_some() == (expected.len() == 1)));
            let found: Vec<_> =
                parts.iter().map(|(s, _)| (s.first, s.end, s.span.start, s.span.end)).collect();
            assert_eq!(found, expected);
        };
        let plain = words([None; 5]);
        check(&plain, &[], &[(0, 5, 0, 44)]);
        check(&plain, &[1], &[(0, 2, 0, 17), (2, 5, 18, 44)]);
        check(&plain, &[0, 3], &[(0, 1, 0, 8), (1, 4, 9, 35), (4, 5, 36, 44)]);
        check(&words([None, Some(0), Some(0), Some(1), None]), &[1], &[(0, 5, 0, 44)]);
        check(&words([None, Some(0), Some(0), Some(1), None]), &[2], &[(0, 3, 0, 26), (3, 5, 27, 44)]);
    }
}
