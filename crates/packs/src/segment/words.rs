//! Tokens to words: which tokens consist of several, and where they are cut.

use super::atoms::hash_lower;
use super::features::Features;
use super::lexicon::Lexicon;
use super::tokens::Token;
use super::{Decision, Question, Word};
use sayso_types::Span;

/// Adds the words of token `k`.
pub(super) fn read(
    text: &str,
    tokens: &[Token],
    k: usize,
    lexicon: &Lexicon,
    decide: &mut impl FnMut(Question<'_>) -> bool,
    out: &mut Vec<Word>,
) {
    let token = &tokens[k];
    let whole = Word { span: Span::new(token.start, token.end), multiword: None };
    let form = whole.span.of(text);
    let Some(cuts) = cuts(form, token.hash, lexicon) else { return out.push(whole) };
    let mut features = Features::default();
    ask(tokens, k, &form[cuts.first().copied().unwrap_or(0)..], &mut features);
    if !decide(Question { decision: Decision::Multiword, at: token.end, features: features.all() }) {
        return out.push(whole);
    }
    let multiword = Some(out.iter().rev().find_map(|w| w.multiword).map_or(0, |n| n + 1));
    let mut start = token.start;
    for end in cuts.into_iter().map(|c| token.start + c as u32).chain([token.end]) {
        out.push(Word { span: Span::new(start, end), multiword });
        start = end;
    }
}

/// Where the token would be cut; `None` for the many that cannot be several words.
fn cuts(form: &str, hash: u32, lexicon: &Lexicon) -> Option<Vec<usize>> {
    if form.len() < 2 || form.len() > 40 {
        return None;
    }
    if let Some(lengths) = lexicon.form(hash) {
        let mut at = 0;
        let cuts: Vec<_> = lengths[..lengths.len() - 1].iter().map(|n| (at += n, at).1).collect();
        return (form.len() == lengths.iter().sum() && form.is_ascii()).then_some(cuts);
    }
    if !form.contains(['\'', '’', '`']) {
        return joined(form, hash, lexicon);
    }
    let lower = form.to_lowercase().replace(['’', '`'], "'");
    let clitic = lexicon.clitics.iter().find(|c| lower.ends_with(c.as_str()) && lower.len() > c.len())?;
    let cut = form.char_indices().nth_back(clitic.chars().count() - 1)?.0;
    (cut > 0).then(|| vec![cut])
}

/// Where clitics begin that are joined to their host without a mark ("darle", "viéndolo").
fn joined(form: &str, hash: u32, lexicon: &Lexicon) -> Option<Vec<usize>> {
    if lexicon.hosts.is_empty() || lexicon.is_whole(hash) {
        return None;
    }
    let is_host = |host: &str| host.len() > 1 && lexicon.hosts.iter().any(|end| host.ends_with(end.as_str()));
    let (host, last) = off(form, lexicon)?;
    if is_host(host) {
        return Some(vec![host.len()]);
    }
    let (first, _) = off(host, lexicon)?;
    (is_host(first) && !last.is_empty()).then(|| vec![first.len(), host.len()])
}

/// The form without its last clitic, and that.
fn off<'a>(form: &'a str, lexicon: &Lexicon) -> Option<(&'a str, &'a str)> {
    let clitic = lexicon.clitics.iter().find(|c| form.ends_with(c.as_str()) && form.len() > c.len())?;
    Some(form.split_at(form.len() - clitic.len()))
}

fn ask(tokens: &[Token], k: usize, rest: &str, f: &mut Features) {
    let token = &tokens[k];
    let hash = |i: Option<usize>| i.and_then(|i| tokens.get(i)).map_or(0, |t| t.hash);
    let shape = |i: Option<usize>| i.and_then(|i| tokens.get(i)).map_or(0, |t| t.shape as u32);
    let (before, after, after2) = (k.checked_sub(1), Some(k + 1), Some(k + 2));
    let (t, rest, s) = (token.hash, hash_lower(rest), token.shape as u32);
    f.start();
    f.add([t]);
    f.add([rest]);
    f.add([rest, s]);
    f.add([rest, hash(before)]);
    f.add([rest, hash(after)]);
    f.add([rest, shape(after), s]);
    f.add([t, hash(before)]);
    f.add([t, hash(after)]);
    f.add([t, shape(before), shape(after)]);
    f.add([rest, shape(before), shape(after), shape(after2)]);
}
