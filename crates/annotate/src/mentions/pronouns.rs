//! Mentions by pronoun.

use super::candidate::Candidate;
use sayso_packs::{Pack, Pronoun};
use sayso_types::{Doc, EntityKind, Form, Gender, Rel, TokenIx, Upos};

/// Every pronoun of the third person that stands for something.
pub(super) fn find(doc: &Doc, found: &[Candidate], pack: &Pack) -> Vec<Candidate> {
    (0..doc.tokens.len() as TokenIx).filter_map(|t| pronoun(doc, found, pack, t)).collect()
}

fn pronoun(doc: &Doc, found: &[Candidate], pack: &Pack, token: TokenIx) -> Option<Candidate> {
    let word = &doc.tokens[token as usize];
    if word.upos != Upos::Pron || word.deprel.rel == Rel::Expl {
        return None;
    }
    let pronoun = pack.names.pronoun(&word.form)?;
    let (kind, gender) = match pronoun {
        Pronoun::Third(Gender::Neuter) if is_empty(doc, token) => return None,
        Pronoun::Third(Gender::Neuter) => (EntityKind::Other, Gender::Neuter),
        Pronoun::Third(gender) => (EntityKind::Person, gender),
        Pronoun::Plural => (EntityKind::Other, Gender::Unknown),
        Pronoun::First | Pronoun::Ours | Pronoun::Second | Pronoun::Relative => return None,
    };
    if found.iter().any(|c| c.form == Form::Name && c.first <= token && token < c.end && c.end - c.first == 1)
    {
        return None;
    }
    let mut out = Candidate::over(doc, token, token + 1, kind, Form::Pronoun);
    (out.gender, out.plural, out.pronoun) = (gender, pronoun == Pronoun::Plural, Some(pronoun));
    Some(out)
}

/// "it is clear that", "it rained": the subject of a predicate that a clause fills, or of a copula without a noun.
fn is_empty(doc: &Doc, token: TokenIx) -> bool {
    let word = &doc.tokens[token as usize];
    let clause = |t: TokenIx| {
        let rel = doc.tokens[t as usize].deprel.rel;
        matches!(rel, Rel::Csubj | Rel::Ccomp)
            || rel == Rel::Advcl && doc.tokens[t as usize].feats.value("VerbForm") == Some("Inf")
    };
    let copula = doc.children(word.head).any(|t| doc.tokens[t as usize].deprel.rel == Rel::Cop);
    let passive = word.deprel.sub == sayso_types::Sub::Pass;
    word.deprel.rel == Rel::Nsubj && (copula || passive) && doc.children(word.head).any(clause)
}
