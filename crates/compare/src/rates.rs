//! What one currency is worth in another, by the reports' own words: "200 million kroner, or 18 million euros".

use sayso_types::{Dimension, Doc, Quantity, Story};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The most tokens between a sum and the same in another currency.
const NEAR: u32 = 3;

/// The worth of each currency that the story's reports exchange, in the one that they most exchange others for.
pub(crate) fn rates(story: &Story) -> BTreeMap<SmolStr, f64> {
    let mut told: BTreeMap<(SmolStr, SmolStr), Vec<f64>> = BTreeMap::new();
    for analysis in &story.reports {
        let doc = &analysis.doc;
        for pair in doc.quantities.windows(2).filter(|p| is_one_sum(doc, &p[0], &p[1])) {
            for (a, b) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                told.entry((b.unit.clone(), a.unit.clone())).or_default().push(b.value / a.value);
            }
        }
    }
    let mut common: BTreeMap<&SmolStr, usize> = BTreeMap::new();
    told.iter().for_each(|((to, _), all)| *common.entry(to).or_default() += all.len());
    let most = common.into_iter().max_by_key(|(unit, n)| (*n, std::cmp::Reverse(*unit)));
    let Some(reference) = most.map(|(unit, _)| unit.clone()) else { return BTreeMap::new() };
    let mut out = BTreeMap::from([(reference.clone(), 1.0)]);
    for ((to, from), mut all) in told {
        if to == reference {
            all.sort_by(f64::total_cmp);
            out.insert(from, all[all.len() / 2]);
        }
    }
    out
}

/// Whether the second says the first again in another currency: nothing but a comma, a bracket or "or" between them.
fn is_one_sum(doc: &Doc, a: &Quantity, b: &Quantity) -> bool {
    let money = |q: &Quantity| q.dimension == Dimension::Money && q.value > 0.0 && q.value.is_finite();
    let between = || doc.tokens.get(a.end as usize..b.first as usize).unwrap_or(&[]).iter();
    money(a)
        && money(b)
        && a.unit != b.unit
        && b.first >= a.end
        && b.first - a.end <= NEAR
        && doc.sentence_of(a.first) == doc.sentence_of(b.first)
        && b.first > a.end
        && between().all(|t| !t.upos.is_content() && t.upos != sayso_types::Upos::Adp)
}
