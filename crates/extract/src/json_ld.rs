//! What a page says of itself to search engines: schema.org as JSON-LD.

use serde_json::Value;

/// What the scripts say of the article.
#[derive(Debug, Default)]
pub(crate) struct Structured {
    /// `headline`, else `name`.
    pub(crate) title: Option<String>,
    /// Names, with whether they are said to be a person's.
    pub(crate) authors: Vec<(String, bool)>,
    /// `publisher`.
    pub(crate) publisher: Option<String>,
    /// `name` of a `WebSite` or organisation.
    pub(crate) site: Option<String>,
    /// `datePublished`.
    pub(crate) published: Option<String>,
    /// `dateModified`.
    pub(crate) modified: Option<String>,
    /// `articleBody`.
    pub(crate) body: Option<String>,
    /// `isAccessibleForFree` is false.
    pub(crate) paywalled: bool,
    /// How many articles the scripts describe.
    pub(crate) articles: usize,
}

/// Reads the scripts; what is broken JSON is mended where that is easy, else passed over.
pub(crate) fn read(scripts: &[String]) -> Structured {
    let values: Vec<Value> = scripts.iter().filter_map(|s| parse(s)).collect();
    let mut nodes = Vec::new();
    for value in &values {
        collect(value, &mut nodes, 0);
    }
    let mut out = Structured::default();
    let is = |node: &Value, fits: &dyn Fn(&str) -> bool| types(node).iter().any(|t| fits(t));
    let articles: Vec<&Value> = nodes
        .iter()
        .copied()
        .filter(|n| {
            is(n, &|t| {
                t.ends_with("Article")
                    || t.ends_with("BlogPosting")
                    || t == "Report"
                    || t == "LiveBlogPosting"
                    || t == "Recipe"
            })
        })
        .collect();
    out.articles = articles.len();
    let page = nodes.iter().copied().find(|n| is(n, &|t| t == "WebPage"));
    let main = articles.iter().copied().max_by_key(|n| {
        n.get("articleBody").and_then(Value::as_str).map_or(0, str::len)
            + n.as_object().map_or(0, |o| o.len())
    });
    for node in main.into_iter().chain(page) {
        let is_article = main.is_some_and(|m| std::ptr::eq(m, node));
        if is_article {
            out.title = text(node.get("headline").or_else(|| node.get("name")));
            out.body = text(node.get("articleBody"));
        }
        out.published = out
            .published
            .or_else(|| text(node.get("datePublished")).or_else(|| text(node.get("dateCreated"))));
        out.modified = out.modified.or_else(|| text(node.get("dateModified")));
        if out.authors.is_empty() {
            for key in ["author", "creator"] {
                if out.authors.is_empty() {
                    people(node.get(key), &nodes, &mut out.authors, 0);
                }
            }
        }
        out.publisher = out.publisher.or_else(|| name(node.get("publisher")?, &nodes));
        out.paywalled |= match node.get("isAccessibleForFree") {
            Some(Value::Bool(free)) => !free,
            Some(Value::String(s)) => s.eq_ignore_ascii_case("false"),
            _ => false,
        };
    }
    out.site = nodes.iter().copied().filter(|n| is(n, &|t| t == "WebSite")).find_map(|n| text(n.get("name")));
    out.publisher = out.publisher.or_else(|| {
        nodes
            .iter()
            .copied()
            .filter(|n| is(n, &|t| t == "NewsMediaOrganization" || t == "Organization"))
            .find_map(|n| text(n.get("name")))
    });
    out
}

fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let script = script
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        // Raw line breaks inside strings are the usual mistake.
        let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

/// Every object, the list in `@graph` and the like included.
fn collect<'a>(value: &'a Value, out: &mut Vec<&'a Value>, depth: usize) {
    if depth > 6 || out.len() > 500 {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|v| collect(v, out, depth + 1)),
        Value::Object(map) => {
            out.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = map.get(key) {
                    collect(inner, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn types(node: &Value) -> Vec<&str> {
    match node.get("@type") {
        Some(Value::String(s)) => vec![s.as_str()],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    let value = match value? {
        Value::Array(list) => list.first()?,
        value => value,
    };
    let text = unescape(value.as_str()?);
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn name(value: &Value, nodes: &[&Value]) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()).filter(|s| !s.starts_with("http") && !s.starts_with('#')),
        Value::Array(list) => list.iter().find_map(|v| name(v, nodes)),
        Value::Object(_) => text(value.get("name")).or_else(|| text(resolve(value, nodes)?.get("name"))),
        _ => None,
    }
}

/// The object that an `@id` points to.
fn resolve<'a>(value: &Value, nodes: &[&'a Value]) -> Option<&'a Value> {
    let id = value.get("@id")?.as_str()?;
    nodes
        .iter()
        .copied()
        .find(|n| n.get("name").is_some() && n.get("@id").and_then(Value::as_str) == Some(id))
}

fn people(value: Option<&Value>, nodes: &[&Value], out: &mut Vec<(String, bool)>, depth: usize) {
    match value {
        Some(Value::Array(list)) if depth < 2 => {
            list.iter().take(20).for_each(|v| people(Some(v), nodes, out, depth + 1))
        }
        Some(value @ Value::Object(_)) => {
            if let Some(Value::Array(names)) = value.get("name") {
                out.extend(names.iter().filter_map(Value::as_str).map(|n| (unescape(n), true)));
            } else if let Some(name) = name(value, nodes) {
                out.push((unescape(&name), !types(value).contains(&"Organization")));
            }
        }
        Some(Value::String(s)) if !s.starts_with("http") => out.push((unescape(s), true)),
        _ => {}
    }
}

/// The few entities that templates put into JSON by mistake.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#8211;", "–"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8222;", "„"),
        ("&raquo;", "»"),
        ("&laquo;", "«"),
        ("&ndash;", "–"),
        ("&auml;", "ä"),
        ("&ouml;", "ö"),
        ("&uuml;", "ü"),
        ("&szlig;", "ß"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said<'a> = (Option<&'a str>, &'a [(&'a str, bool)], Option<&'a str>, Option<&'a str>);

    fn check(script: &str, expected: Said) {
        let got = read(&[script.to_owned()]);
        let authors: Vec<(&str, bool)> = got.authors.iter().map(|(n, p)| (n.as_str(), *p)).collect();
        let got =
            (got.title.as_deref(), authors.as_slice(), got.publisher.as_deref(), got.published.as_deref());
        assert_eq!(got, expected, "{script}");
    }

    #[test]
    fn articles_are_found_in_any_shape() {
        check(
            r##"{"@graph":[{"@type":"WebSite","name":"S"},{"@type":["NewsArticle"],"headline":"A &amp; B","author":{"@id":"#1"},"publisher":{"name":"P"},"datePublished":"2021-03-04"},{"@id":"#1","@type":"Person","name":"Ida Holm"}]}"##,
            (Some("A & B"), &[("Ida Holm", true)], Some("P"), Some("2021-03-04")),
        );
        check(
            r#"[{"@type":"Article","name":"A","author":["X Y",{"@type":"Organization","name":"Z"}]}];"#,
            (Some("A"), &[("X Y", true), ("Z", false)], None, None),
        );
        check("{broken", (None, &[], None, None));
    }
}
