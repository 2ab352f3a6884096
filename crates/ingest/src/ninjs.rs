//! ninjs, the IPTC's news in JSON (1.x to 3.x), to a capture. From 2.0 on headlines and bodies are lists, from 3.0 on
//! names are written with a capital letter inside; both are read as one.

use sayso_types::{Body, Capture, Given, Lang, Origin};
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

/// Whether a record is one: it names itself and has a body as ninjs has it.
pub(crate) fn is(fields: &Fields) -> bool {
    let named = ["uri", "guid", "versioncreated", "versionCreated"].iter().any(|n| fields.contains_key(*n));
    let body =
        fields.get("bodies").is_some_and(Value::is_array) || fields.keys().any(|k| k.starts_with("body_"));
    let other = !body && fields.contains_key("type") && fields.keys().any(|k| k == "renditions");
    named && (body || other)
}

/// An item's capture, or why it is none.
pub(crate) fn capture(fields: &Fields, file: Option<&str>, number: u32) -> Result<Capture, String> {
    if let Some(status @ ("canceled" | "withheld")) = string(fields, &["pubstatus", "pubStatus"]) {
        return Err(format!("{status} by who published it"));
    }
    let kind = string(fields, &["type"]).unwrap_or("text");
    let body = body(fields).ok_or_else(|| format!("an item without a text (of type {kind})"))?;
    let headline = string(fields, &["headline", "title"]);
    let outlet = string(fields, &["source", "copyrightholder", "copyrightHolder"]);
    let uri = string(fields, &["uri", "guid"]);
    Ok(Capture {
        origin: Origin {
            file: file.map(str::to_owned),
            record: uri.map(str::to_owned),
            number,
            url: uri.filter(|u| u.starts_with("http")).map(str::to_owned),
        },
        body,
        given: Given {
            title: best(fields, "headlines", |h| Some(h.get("role")? == "main"))
                .or(headline)
                .map(str::to_owned),
            outlet: provider(fields).or(outlet).map(str::to_owned),
            authors: string(fields, &["byline", "by"]).map(str::to_owned).into_iter().collect(),
            published: string(fields, &["versioncreated", "versionCreated", "firstcreated", "firstCreated"])
                .map(str::to_owned),
            language: string(fields, &["language"]).map(Lang::new),
        },
        captured: None,
        warnings: Vec::new(),
    })
}

/// Marked-up text where there is one: plain text often has lost its paragraphs.
fn body(fields: &Fields) -> Option<Body> {
    let marked = |b: &Fields| Some(string(b, &["contenttype", "contentType"])?.contains("html"));
    let html = best(fields, "bodies", marked).filter(|v| v.contains('<'));
    if let Some(html) = html.or(string(fields, &["body_xhtml", "body_html"])) {
        return Some(Body::Html(html.to_owned()));
    }
    let plain = best(fields, "bodies", |b| Some(b.get("role")? == "main"));
    plain.or(string(fields, &["body_text"])).map(|text| Body::Text(text.to_owned()))
}

/// The value of the list's element that is wished for, else of the first.
fn best<'f>(fields: &'f Fields, list: &str, wish: impl Fn(&Fields) -> Option<bool>) -> Option<&'f str> {
    let all =
        || fields.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let value = |one: &'f Fields| string(one, &["value"]);
    all().filter(|one| wish(one) == Some(true)).find_map(value).or_else(|| all().find_map(value))
}

/// Of those from whom the item has its information, who provides it.
fn provider(fields: &Fields) -> Option<&str> {
    let all = fields.get("infosources").or(fields.get("infoSources"))?.as_array()?;
    let provides =
        |one: &&Fields| matches!(string(one, &["rel", "role"]), None | Some("provider" | "publisher"));
    all.iter().filter_map(Value::as_object).filter(provides).find_map(|one| string(one, &["name"]))
}

fn string<'f>(fields: &'f Fields, names: &[&str]) -> Option<&'f str> {
    names.iter().find_map(|name| fields.get(*name)?.as_str().filter(|s| !s.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: body, then whatever else is filled, or the reason.
    fn check(item: &str, expected: &str) {
        let value: Value = serde_json::from_str(item).unwrap();
        let fields = value.as_object().unwrap();
        assert!(is(fields), "{item}");
        let got = match capture(fields, None, 0) {
            Err(why) => why,
            Ok(c) => {
                let body = match c.body {
                    Body::Html(s) => format!("html {s}"),
                    Body::Text(s) | Body::Markdown(s) => s,
                };
                let language = c.given.language.map(|l| l.to_string());
                let rest = [c.origin.url, c.given.title, c.given.outlet, c.given.published, language];
                let all = std::iter::once(body).chain(rest.into_iter().flatten()).chain(c.given.authors);
                all.collect::<Vec<_>>().join(" | ")
            }
        };
        assert_eq!(got, expected, "{item}");
    }

    #[test]
    fn versions() {
        check(
            r#"{"uri": "https://example.org/b", "type": "text", "versioncreated": "2024-05-02T08:00:00Z", "byline": "Ana Diaz",
                "headline": "Bridge opens", "body_text": "It opened. Late.", "body_xhtml": "<p>It opened.</p><p>Late.</p>",
                "copyrightholder": "Example Wire", "language": "en"}"#,
            "html <p>It opened.</p><p>Late.</p> | https://example.org/b | Bridge opens | Example Wire | 2024-05-02T08:00:00Z | en | Ana Diaz",
        );
        check(
            r#"{"uri": "urn:b", "versioncreated": "2024-05-02T08:00:00Z", "by": "Ana Diaz",
                "infosources": [{"name": "City Hall", "rel": "source"}, {"name": "Example Wire", "rel": "provider"}],
                "headlines": [{"role": "short", "value": "Opens"}, {"role": "main", "value": "Bridge opens"}],
                "bodies": [{"role": "main", "contenttype": "text/plain", "value": "It opened."}]}"#,
            "It opened. | Bridge opens | Example Wire | 2024-05-02T08:00:00Z | Ana Diaz",
        );
        check(
            r#"{"uri": "urn:b", "versionCreated": "2024-05-02T08:00:00Z", "copyrightHolder": "Example Wire",
                "headlines": [{"value": "Bridge opens"}],
                "bodies": [{"role": "main", "contentType": "text/plain", "value": "It."},
                           {"role": "rich", "contentType": "application/xhtml+xml", "value": "<p>It.</p>"}]}"#,
            "html <p>It.</p> | Bridge opens | Example Wire | 2024-05-02T08:00:00Z",
        );
    }

    #[test]
    fn no_reports() {
        check(
            r#"{"uri": "urn:b", "type": "picture", "renditions": []}"#,
            "an item without a text (of type picture)",
        );
        check(
            r#"{"uri": "urn:b", "pubstatus": "canceled", "body_text": "It."}"#,
            "canceled by who published it",
        );
    }
}
