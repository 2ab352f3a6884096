//! Text to sentences, words, tags, dependency parse and raw names, by the pack's models.

use sayso_packs::{ModelScratch, Pack};
use sayso_types::{Doc, EntityKind, Report, Token, TokenIx};
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
    let sentences: Vec<&[&str]> =
        segmented.sentences.iter().map(|s| &forms[s.first as usize..s.end as usize]).collect();
    let analyses = SCRATCH.with_borrow_mut(|scratch| pack.model.analyse(&sentences, scratch));
    let (mut tokens, mut names) = (Vec::with_capacity(forms.len()), Vec::new());
    for analysis in analyses {
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
    let doc = Doc { sentences: segmented.sentences, tokens, ..Doc::unread(report) };
    (doc, names)
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
}
