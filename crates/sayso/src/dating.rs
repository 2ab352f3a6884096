//! Dates the reports of a story that bear no date, from their own words and from the other reports.
//!
//! A report without a date still says "on Wednesday". When another report of the same story says when it was
//! published, or "Tuesday, June 18" (which fixes the year), that Wednesday is known.

use sayso_packs::Packs;
use sayso_types::{Analysis, Basis, Day, Edtf, Moment};

/// Gives each undated report the day that its own words or, failing them, its story tell, and works its times out
/// anew. The basis says that the date is inferred.
pub(crate) fn date_undated(reports: &mut [Analysis], packs: &Packs) {
    let Some(day) = story_day(reports, packs) else { return };
    for analysis in reports.iter_mut() {
        let doc = &mut analysis.doc;
        if doc.report.published.is_some() {
            continue;
        }
        let Some(pack) = packs.get(&doc.report.language) else { continue };
        let own = sayso_annotate::evidence(doc, pack).map(|(_, last)| last);
        let published = Moment::on(own.unwrap_or(day));
        doc.report.published = Some(Edtf::At(published));
        doc.report.published_basis = Some(Basis::Inferred);
        sayso_annotate::anchor(doc, pack, published);
    }
}

/// The day about which the story was told: the middle of its dated reports or, where none is dated, of what the
/// undated ones tell of their own date.
fn story_day(reports: &[Analysis], packs: &Packs) -> Option<Day> {
    let dated = reports.iter().filter_map(|a| a.doc.report.published?.first()?.get_day());
    middle(dated.collect()).or_else(|| {
        let told = reports.iter().filter_map(|a| {
            let pack = packs.get(&a.doc.report.language)?;
            sayso_annotate::evidence(&a.doc, pack).map(|(_, last)| last)
        });
        middle(told.collect())
    })
}

/// The upper median.
fn middle(mut days: Vec<Day>) -> Option<Day> {
    days.sort_unstable();
    days.get(days.len() / 2).copied()
}
