//! A page as a list of blocks: pieces of text that a browser sets apart, each with where it stands in the tree.

use crate::bounds::NUMBER;
use crate::markup::{Marks, marks};
use dom_query::{Document, NodeData, NodeId, NodeRef};

/// What is read off a page's tree.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The `title` element.
    pub(crate) title: String,
    /// `meta` elements: name, property or itemprop in lower case, and content.
    pub(crate) metas: Vec<(String, String)>,
    /// Address as the page gives it.
    pub(crate) canonical: Option<String>,
    /// Declared language.
    pub(crate) lang: Option<String>,
    /// Elements with machine-readable dates, in page order.
    pub(crate) times: Vec<TimeMark>,
    /// Elements that hold a person's name by their markup, in page order.
    pub(crate) people: Vec<PersonMark>,
    /// Elements, parents before children.
    pub(crate) elements: Vec<Element>,
    /// Pieces of visible text, in page order.
    pub(crate) blocks: Vec<Block>,
}

/// A machine-readable date in the page.
#[derive(Debug)]
pub(crate) struct TimeMark {
    /// The attribute, or the words.
    pub(crate) value: String,
    /// `datePublished` and the like, class names.
    pub(crate) names: String,
    /// Where it stands: the number of the block that comes with or after it.
    pub(crate) block: usize,
    /// The element that holds it.
    pub(crate) element: u32,
}

/// Words marked up as an author.
#[derive(Debug)]
pub(crate) struct PersonMark {
    /// Class, id, rel and itemprop.
    pub(crate) names: String,
    /// The words.
    pub(crate) text: String,
    /// Where it stands: the number of the block that comes with or after it.
    pub(crate) block: usize,
    /// The element that holds it.
    pub(crate) element: u32,
}

/// An element of the tree.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its parent's place in the list; the root's is its own.
    pub(crate) parent: u32,
    /// Its tag.
    pub(crate) tag: String,
    /// What its names say.
    pub(crate) marks: Marks,
    /// Characters of visible text inside.
    pub(crate) chars: u32,
    /// Of these, inside links.
    pub(crate) link_chars: u32,
    /// Number given by [`crate::bounds`].
    pub(crate) number: u32,
}

/// A piece of text that a browser sets apart.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// Its words, white space folded.
    pub(crate) text: String,
    /// Characters inside links.
    pub(crate) link_chars: u32,
    /// Number of links.
    pub(crate) links: u32,
    /// The block-level element that holds it (index into [`Page::elements`]).
    pub(crate) element: u32,
    /// The innermost element of its first words.
    pub(crate) inner: u32,
    /// Begins after a line break inside its element, not at the element's own start.
    pub(crate) after_break: bool,
}

/// Elements that flow within a line.
const INLINE: &[&str] = &[
    "a", "span", "img", "label", "time", "bdi", "bdo", "data", "dfn", "kbd", "samp", "var", "wbr", "acronym",
    "ruby", "rt", "rp", "picture", "source", "font", "amp-img", "button",
];

/// Bytes of an element that is no more than a date with its label.
const LONGEST_DATE: usize = 150;

enum Step {
    Enter(NodeId),
    Leave,
}

/// Reads the page in one walk, without recursion.
pub(crate) fn read(document: &Document) -> Page {
    let mut walk = Walk::default();
    let root = document.tree.root();
    let mut steps: Vec<Step> = children(&root).into_iter().rev().map(Step::Enter).collect();
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave => walk.leave(),
            Step::Enter(id) => {
                let Some(node) = document.tree.get(&id) else { continue };
                let enters = node.query_or(false, |n| match &n.data {
                    NodeData::Text { contents } => {
                        walk.text(contents);
                        false
                    }
                    NodeData::Element(e) => walk.enter(e, &node),
                    _ => false,
                });
                if enters {
                    steps.push(Step::Leave);
                    steps.extend(children(&node).into_iter().rev().map(Step::Enter));
                }
            }
        }
    }
    walk.flush();
    walk.page
}

fn children(node: &NodeRef) -> Vec<NodeId> {
    node.children_it(false).map(|c| c.id).collect()
}

#[derive(Default)]
struct Walk {
    page: Page,
    /// Elements that stand open: index, whether block-level, whether a link.
    open: Vec<(u32, bool, bool)>,
    links_open: u32,
    current: Block,
    breaks: u32,
    after_break: bool,
    /// People marks that wait for their words: index, element.
    waiting: Vec<(usize, u32)>,
    waiting_times: Vec<(usize, u32)>,
}

impl Walk {
    fn enter(&mut self, e: &dom_query::Element, node: &NodeRef) -> bool {
        let tag = e.name.local.as_ref();
        let attr = |name: &str| e.attr(name).map(|v| v.to_string());
        match tag {
            "meta" => {
                let key = attr("property").or_else(|| attr("name")).or_else(|| attr("itemprop"));
                if let (Some(key), Some(content)) = (key, attr("content")) {
                    self.page.metas.push((key.trim().to_lowercase(), content.trim().to_owned()));
                }
                return false;
            }
            "link" => {
                if attr("rel").as_deref() == Some("canonical") {
                    self.page.canonical = self.page.canonical.take().or(attr("href"));
                }
                return false;
            }
            "title" => {
                if self.page.title.is_empty() && self.open.len() < 3 {
                    self.page.title = fold(&node.text());
                }
                return false;
            }
            "head" | "html" | "body" => {}
            "br" => {
                self.breaks += 1;
                if self.breaks > 1 {
                    self.flush();
                    self.after_break = true;
                } else {
                    self.current.text.push('\n');
                }
                return false;
            }
            "hr" => self.flush(),
            _ if attr("hidden").is_some()
                || attr("aria-hidden").as_deref() == Some("true") && tag != "div" && tag != "section" =>
            {
                return false;
            }
            _ => {}
        }
        if tag == "html" {
            self.page.lang = attr("lang").filter(|l| !l.trim().is_empty());
        }
        let names = ["class", "id", "role", "itemprop", "rel"]
            .iter()
            .filter_map(|n| attr(n))
            .collect::<Vec<_>>()
            .join(" ");
        let is_root = matches!(tag, "html" | "body" | "head");
        let block_level = !INLINE.contains(&tag);
        if block_level {
            self.flush();
        }
        let index = self.page.elements.len() as u32;
        let parent = self.open.last().map_or(0, |(i, ..)| *i);
        self.page.elements.push(Element {
            parent,
            tag: tag.to_owned(),
            marks: if is_root { Marks::default() } else { marks(tag, &names) },
            number: attr(NUMBER).and_then(|n| n.parse().ok()).unwrap_or(0),
            ..Element::default()
        });
        self.metadata(tag, names, index, &attr);
        self.open.push((index, block_level, tag == "a"));
        self.links_open += u32::from(tag == "a");
        if tag == "a" {
            self.current.links += 1;
        }
        true
    }

    /// Notes what the markup says is a date or a person.
    fn metadata(&mut self, tag: &str, names: String, element: u32, attr: &dyn Fn(&str) -> Option<String>) {
        let block = self.page.blocks.len();
        let lower = names.to_lowercase();
        let dated = tag == "time"
            || lower.contains("date")
            || lower.contains("time")
            || lower.contains("publish")
            || lower.contains("datum");
        // A tooltip may be the headline.
        let digits = |value: &String| value.bytes().any(|b| b.is_ascii_digit());
        let told = || attr("content").or_else(|| attr("title")).filter(digits);
        let machine = attr("datetime").or_else(|| if dated { told() } else { None });
        if dated && !matches!(tag, "html" | "body") {
            let waits = machine.is_none();
            self.page.times.push(TimeMark {
                value: machine.unwrap_or_default(),
                names: lower.clone(),
                block,
                element,
            });
            if waits {
                self.waiting_times.push((self.page.times.len() - 1, element));
            }
        }
        if ["author", "byline", "autor", "verfasser", "writer", "contributor", "vcard"]
            .iter()
            .any(|w| lower.contains(w))
            && tag != "body"
        {
            self.page.people.push(PersonMark { names: lower, text: String::new(), block, element });
            self.waiting.push((self.page.people.len() - 1, element));
        }
    }

    fn leave(&mut self) {
        let Some((index, block_level, link)) = self.open.pop() else { return };
        if block_level {
            self.flush();
        }
        self.links_open -= u32::from(link);
        let (chars, links) = {
            let e = &self.page.elements[index as usize];
            (e.chars, e.link_chars)
        };
        if let Some((parent, ..)) = self.open.last() {
            let parent = &mut self.page.elements[*parent as usize];
            parent.chars += chars;
            parent.link_chars += links;
        }
        while let Some((at, _)) = self.waiting.pop_if(|(_, e)| *e == index) {
            self.page.people[at].text = fold(&self.page.people[at].text);
        }
        while let Some((at, _)) = self.waiting_times.pop_if(|(_, e)| *e == index) {
            let value = &mut self.page.times[at].value;
            // What holds that much is no date, whatever its names say.
            *value = if value.len() < LONGEST_DATE { fold(value) } else { String::new() };
        }
    }

    fn text(&mut self, text: &str) {
        let Some((index, ..)) = self.open.last().copied() else { return };
        for (at, _) in &self.waiting {
            if self.page.people[*at].text.len() < 300 {
                self.page.people[*at].text.push_str(text);
            }
        }
        for (at, _) in &self.waiting_times {
            if self.page.times[*at].value.len() < LONGEST_DATE {
                self.page.times[*at].value.push_str(text);
            }
        }
        let count = text.chars().filter(|c| !c.is_whitespace()).count() as u32;
        if count > 0 {
            if self.current.text.trim().is_empty() {
                self.current.inner = index;
                self.current.element =
                    self.open.iter().rev().find(|(_, block, _)| *block).map_or(index, |(i, ..)| *i);
                self.current.after_break = self.after_break;
            }
            self.breaks = 0;
        }
        self.current.text.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        let element = &mut self.page.elements[index as usize];
        element.chars += count;
        if self.links_open > 0 {
            element.link_chars += count;
            self.current.link_chars += count;
        }
    }

    fn flush(&mut self) {
        let mut block = std::mem::take(&mut self.current);
        self.breaks = 0;
        self.after_break = false;
        block.text = fold(&block.text);
        if !block.text.is_empty() {
            self.page.blocks.push(block);
        }
    }
}

/// White space folded.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

impl Page {
    /// The elements from this one up to the root.
    pub(crate) fn above(&self, element: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let at = next?;
            let parent = self.elements.get(at as usize)?.parent;
            next = (parent != at).then_some(parent);
            Some(at)
        })
    }

    /// A meta element's content, by the first of these names that has one.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas
                .iter()
                .find(|(key, value)| key == name && !value.is_empty())
                .map(|(_, value)| value.as_str())
        })
    }
}
