//! What the web's own vocabulary, tags and words in class, id and role, says of an element.
//!
//! These are names that page templates use everywhere, whatever the language of the text.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an element is for, as its names tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Mark {
    Article,
    Content,
    Title,
    Lead,
    Menu,
    Header,
    Footer,
    Aside,
    Related,
    Newsletter,
    Share,
    Comments,
    Byline,
    Date,
    Caption,
    Tags,
    Promotion,
    Notice,
    Form,
    Embed,
    Quote,
    List,
    Table,
    Meta,
    Hidden,
}

/// How many marks there are.
pub(crate) const MARKS: usize = Mark::Hidden as usize + 1;

/// A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(pub(crate) u32);

impl Marks {
    pub(crate) fn add(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u8;
    }

    pub(crate) const fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u8) != 0
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The marks of a tag and of its class, id, role and itemprop, given as one string.
pub(crate) fn marks(tag: &str, names: &str) -> Marks {
    let mut out = Marks::default();
    if let Some((_, mark)) = TAGS.iter().find(|(t, _)| *t == tag) {
        out.add(*mark);
    }
    for name in names.split_whitespace() {
        for token in tokens(name) {
            let Some(initial) = token.chars().next() else { continue };
            for (word, any_ending, mark) in BY_INITIAL.get(&initial).into_iter().flatten() {
                if if *any_ending { token.starts_with(word) } else { token == *word } {
                    out.add(*mark);
                }
            }
        }
    }
    out
}

type Word = (&'static str, bool, Mark);

/// The names by their first letter: a page has thousands of elements, and most letters begin few names.
static BY_INITIAL: LazyLock<HashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut out: HashMap<char, Vec<Word>> = HashMap::new();
    for (words, mark) in NAMES {
        for word in *words {
            let stem = word.strip_suffix('*');
            let entry = (stem.unwrap_or(word), stem.is_some(), *mark);
            out.entry(word.chars().next().unwrap_or_default()).or_default().push(entry);
        }
    }
    out
});

/// `relatedArticles_box-2` is `related`, `articles`, `box`.
fn tokens(name: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut lower = false;
    for c in name.chars() {
        if !c.is_alphabetic() || (c.is_uppercase() && lower) {
            out.push(String::new());
        }
        lower = c.is_lowercase();
        if let (true, Some(last)) = (c.is_alphabetic(), out.last_mut()) {
            last.extend(c.to_lowercase());
        }
    }
    out.retain(|t| t.len() > 1);
    out
}

const TAGS: &[(&str, Mark)] = &[
    ("article", Mark::Article),
    ("main", Mark::Content),
    ("nav", Mark::Menu),
    ("menu", Mark::Menu),
    ("header", Mark::Header),
    ("footer", Mark::Footer),
    ("aside", Mark::Aside),
    ("figcaption", Mark::Caption),
    ("figure", Mark::Caption),
    ("caption", Mark::Caption),
    ("form", Mark::Form),
    ("button", Mark::Form),
    ("fieldset", Mark::Form),
    ("label", Mark::Form),
    ("address", Mark::Byline),
    ("time", Mark::Date),
    ("h1", Mark::Title),
    ("blockquote", Mark::Quote),
    ("ul", Mark::List),
    ("ol", Mark::List),
    ("dl", Mark::List),
    ("table", Mark::Table),
    ("dialog", Mark::Notice),
];

/// A star stands for any ending.
// One mark a line.
#[rustfmt::skip]
const NAMES: &[(&[&str], Mark)] = &[
    (&["article*", "post", "story", "entry", "hentry", "artikel*", "beitrag*", "newsarticle", "blogpost*", "blogposting", "news", "single"], Mark::Article),
    (&["content", "body", "text", "articlebody", "main", "maincontent", "inhalt", "richtext", "bodytext", "copy", "prose", "postbody", "entrycontent", "postcontent", "page", "contenido", "cuerpo", "contenu", "texte"], Mark::Content),
    (&["title", "headline*", "titel", "titre", "titulo", "posttitle", "entrytitle"], Mark::Title),
    (&["lead", "lede", "intro*", "standfirst", "teaser", "summary", "subtitle", "subheadline", "subhead*", "deck", "dek", "excerpt", "abstract", "vorspann", "kicker", "chapeau", "bajada", "description"], Mark::Lead),
    (&["nav", "nav*", "menu*", "breadcrumb*", "mainnav", "topbar", "toolbar", "pagination", "pager", "paging", "skip*", "login*", "search*", "suche", "jump*", "tabs", "dropdown", "hamburger", "sitemap", "language*", "lang"], Mark::Menu),
    (&["header", "masthead", "logo", "brand", "branding", "banner", "topper", "kopf", "ticker"], Mark::Header),
    (&["footer*", "bottom", "colophon", "foot", "contentinfo", "fuss", "footnote*"], Mark::Footer),
    (&["sidebar*", "aside", "side", "rail", "widget*", "secondary", "complementary", "marginal*", "module", "infobox", "box", "boxes", "column", "col", "tertiary", "extra"], Mark::Aside),
    (&["related*", "more", "recommend*", "recirc*", "outbrain", "taboola", "similar", "popular", "trending", "mostread", "most", "latest", "recent", "readmore", "further", "next", "prev*", "seealso", "also", "teasers", "teaserlist", "suggest*", "promo*", "moreon", "weitere*", "mehr", "linklist", "links", "list"], Mark::Related),
    (&["newsletter*", "subscribe*", "subscription*", "signup*", "abo", "paywall*", "registration", "nl", "mailing*", "optin", "donat*", "spende*", "support"], Mark::Newsletter),
    (&["share*", "sharing", "social*", "follow*", "facebook*", "twitter*", "whatsapp*", "addthis*", "shariff*", "print*", "sharedaddy", "tweet*", "teilen", "bookmark*", "like*", "likes", "rating*", "stars"], Mark::Share),
    (&["comment*", "disqus*", "respond", "reply", "discussion*", "kommentar*", "replies", "forum*", "trackback*", "pingback*", "commentlist", "livefyre"], Mark::Comments),
    (&["author*", "byline*", "autor*", "writer", "contributor*", "credits", "by", "vcard", "bio", "avatar", "profile*", "fn"], Mark::Byline),
    (&["date*", "time", "timestamp*", "published*", "pubdate", "datum*", "dateline*", "posted", "updated", "datetime", "fecha", "created", "datepublished"], Mark::Date),
    (&["caption*", "credit", "image*", "img", "photo*", "figure", "gallery*", "slideshow*", "bild*", "picture*", "media", "video*", "player*", "lightbox", "thumb*", "carousel", "slider", "copyright", "wp"], Mark::Caption),
    (&["tag", "tags", "tagcloud", "keywords", "topics", "taglist", "taxonomy", "categor*", "cat", "kategorie*", "schlagw*", "rubrik", "section", "label*"], Mark::Tags),
    (&["ad", "ads", "advert*", "adbox", "sponsor*", "promo", "promotion*", "werbung", "anzeige*", "commercial", "affiliate*", "banner*", "dfp", "adslot", "adsense", "shop*", "product*", "offer*", "publicidad"], Mark::Promotion),
    (&["cookie*", "consent*", "gdpr", "privacy", "legal", "disclaimer*", "imprint", "cmp", "modal*", "popup*", "overlay*", "notice*", "alert*", "warning", "license", "message*"], Mark::Notice),
    (&["form*", "input*", "button*", "btn", "submit", "field*", "poll", "survey", "quiz"], Mark::Form),
    (&["embed*", "tweet", "instagram*", "youtube*", "oembed", "twitterwidget"], Mark::Embed),
    (&["quote*", "blockquote", "pullquote*", "zitat"], Mark::Quote),
    (&["meta*", "info", "infos", "details", "data", "postmeta", "entrymeta", "byline", "kicker", "dachzeile", "counter", "views", "readingtime", "reading"], Mark::Meta),
    (&["hidden", "hide", "invisible", "sr", "screenreader", "visuallyhidden", "srspeak", "noprint", "printonly"], Mark::Hidden),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, names: &str, expected: &[Mark]) {
        let got = marks(tag, names);
        let mut want = Marks::default();
        expected.iter().for_each(|m| want.add(*m));
        assert_eq!(got, want, "{tag} {names}");
    }

    #[test]
    fn names_say_what_an_element_is_for() {
        check("div", "relatedLinks-3", &[Mark::Related]);
        check("aside", "", &[Mark::Aside]);
        check("p", "post__byline", &[Mark::Article, Mark::Byline, Mark::Meta]);
        check("div", "header", &[Mark::Header]);
    }
}
