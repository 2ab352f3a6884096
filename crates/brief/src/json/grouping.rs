//! The line of `group --format jsonl`.

use serde::Serialize;

#[derive(Serialize)]
struct Wire<'a> {
    id: &'a str,
    file: Option<&'a str>,
    record: Option<&'a str>,
    story: &'a str,
    copy_of: Option<&'a str>,
    similarity: Option<f64>,
}

/// One report's place among the stories, without the line break.
///
/// # Errors
/// Never for ids made by this program; serialisation reports them all the same.
pub fn grouped(
    id: &sayso_types::ReportId,
    origin: &sayso_types::Origin,
    story: &sayso_types::StoryId,
    copy: Option<&sayso_types::Copy>,
) -> serde_json::Result<String> {
    serde_json::to_string(&Wire {
        id: id.as_str(),
        file: origin.file.as_deref(),
        record: origin.record.as_deref(),
        story: story.as_str(),
        copy_of: copy.map(|c| c.of.as_str()),
        similarity: copy.map(super::similarity),
    })
}
