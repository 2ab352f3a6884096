//! How like two names are.

use super::NameLexicon;
use sayso_types::EntityKind;

/// How like two names are, most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same words, titles, articles and company forms aside.
    Same,
    /// One is the other's initials: "HRC", "Harbour Rescue Corps".
    Acronym,
    /// One is a part of the other: "Berg", "Anna Berg"; "A. Berg". Right only where nothing else has that part.
    Part,
    /// Two spellings: "Sulaymanov", "Suleimanov". Right only where nothing else speaks against it.
    Near,
    /// Nothing tells that they mean one thing.
    Different,
}

/// Lower case, without accents; letters of other scripts stay.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => out.push('a'),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => out.push('c'),
            'ð' | 'ď' | 'đ' => out.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => out.push('g'),
            'ĥ' | 'ħ' => out.push('h'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => out.push('i'),
            'ĵ' => out.push('j'),
            'ķ' => out.push('k'),
            'ĺ' | 'ļ' | 'ľ' | 'ł' => out.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => out.push('o'),
            'ŕ' | 'ŗ' | 'ř' => out.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => out.push('s'),
            'ţ' | 'ť' | 'ŧ' | 'ț' => out.push('t'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => out.push('u'),
            'ŵ' => out.push('w'),
            'ý' | 'ÿ' | 'ŷ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '\u{300}'..='\u{36f}' | '\'' | '’' | '.' | '“' | '”' | '"' => {}
            '‐' | '‑' | '–' => out.push('-'),
            _ => out.push(c),
        }
    }
    out
}

impl NameLexicon {
    /// How like two names of things of one kind are.
    pub fn likeness(&self, a: &str, b: &str, kind: EntityKind) -> Likeness {
        let (mut x, mut y) = (self.bare(a), self.bare(b));
        if kind == EntityKind::Place {
            self.drop_place_words(&mut x);
            self.drop_place_words(&mut y);
        }
        if x.is_empty() || y.is_empty() {
            return Likeness::Different;
        }
        if x == y || x.concat() == y.concat() || self.run_together(a) == self.run_together(b) {
            return Likeness::Same;
        }
        if kind != EntityKind::Person && (self.is_acronym(a, b) || self.is_acronym(b, a)) {
            return Likeness::Acronym;
        }
        let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
        let longer = if x.len() <= y.len() { b } else { a };
        let whose = match kind {
            EntityKind::Person => self.is_home(short, longer),
            _ => self.is_owner(short, longer),
        };
        if is_part(short, long, kind) && !whose {
            return Likeness::Part;
        }
        let near = is_near(&x, &y)
            || kind == EntityKind::Person && self.is_other_order(&x, &y)
            || kind != EntityKind::Person && is_near_part(short, long);
        if near { Likeness::Near } else { Likeness::Different }
    }

    /// Whether `short` is where the person `long` is from: "Harrow" of "Anna of Harrow".
    fn is_home(&self, short: &[String], long: &str) -> bool {
        let words: Vec<String> = long.split_whitespace().map(fold).collect();
        let link = words.iter().skip(1).position(|w| self.from.contains(w));
        link.is_some_and(|at| short == self.bare(&words[at + 2..].join(" ")))
    }

    /// Whether `short` is what the body `long` belongs to, is for or lies in: "Harrow" of "the Port of Harrow" and of
    /// "the Harrow Harbour Authority".
    fn is_owner(&self, short: &[String], long: &str) -> bool {
        let words: Vec<String> = long.split_whitespace().map(fold).collect();
        let link = words.iter().skip(1).position(|w| self.behind.contains(w)).map(|at| at + 1);
        let head = &words[..link.unwrap_or(words.len())];
        let tail = link.map_or_else(Vec::new, |at| self.bare(&words[at + 1..].join(" ")));
        let official = |w: &String| self.official.contains(w);
        let called_after = head.last().is_some_and(official) && !short.iter().any(official);
        short == tail || called_after && short.len() < self.bare(&head.join(" ")).len()
    }

    /// The name's words written as one: "van der Velde", "Vandervelde".
    fn run_together(&self, name: &str) -> String {
        self.own_words(name).into_iter().flat_map(|w| w.split('-')).map(fold).collect()
    }

    /// Whether both are one person's, family name first or last, with a given name or the short form of it.
    fn is_other_order(&self, x: &[String], y: &[String]) -> bool {
        let long = |w: &String| {
            let full = self.nicknames.get(w.as_str());
            full.map_or(w.as_str(), String::as_str).to_owned()
        };
        let given = |w: &[String]| -> Vec<String> { w.iter().map(long).collect() };
        let (p, q) = (given(x), given(y));
        let sorted = |w: &[String]| {
            let mut out = w.to_vec();
            out.sort();
            out
        };
        x.len() > 1
            && x.len() == y.len()
            && (x.last() == y.last() && p == q || x.last() != y.last() && sorted(x) == sorted(y))
    }

    fn drop_place_words(&self, words: &mut Vec<String>) {
        while words.len() > 1 && words.last().is_some_and(|w| self.place.contains(w)) {
            words.pop();
        }
        while words.len() > 1 && self.place.contains(&words[0]) {
            words.remove(0);
        }
    }

    /// Whether `short` is the initials of `long`: of its capitalised words, with or without links.
    fn is_acronym(&self, short: &str, long: &str) -> bool {
        let letters: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
        let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
        if short.split_whitespace().count() > 1 || capitals < 2 || capitals * 2 <= letters.chars().count() {
            return false;
        }
        let parts = |keep_links: bool| -> String {
            long.split(|c: char| c.is_whitespace() || c == '-')
                .filter(|w| !self.is_article(w) && (keep_links || !self.links.contains(&w.to_lowercase())))
                .filter_map(|w| w.chars().next())
                .flat_map(char::to_uppercase)
                .collect()
        };
        let upper = letters.to_uppercase();
        [parts(false), parts(true)].iter().any(|p| {
            // A company form at the end may be left out, or be a letter of its own.
            p.chars().count() > 1
                && (*p == upper || p.chars().count() > 3 && p.strip_suffix(|_: char| true) == Some(&upper))
        })
    }
}

fn is_part(short: &[String], long: &[String], kind: EntityKind) -> bool {
    if short.len() == long.len() && kind != EntityKind::Person {
        return false;
    }
    if kind == EntityKind::Person {
        // The family name stands at one end; before it, given names may be shortened or left out.
        let initial = |s: &str, l: &str| s == l || s.chars().count() == 1 && l.starts_with(s);
        let at_end = short.last() == long.last();
        let mut rest = long.iter();
        return (at_end || short.len() < long.len() && short.first() == long.first())
            && short.last().is_some_and(|w| w.chars().count() > 1)
            && short.iter().all(|s| rest.any(|l| initial(s, l) || initial(l, s)));
    }
    let mut rest = long.iter();
    short.iter().all(|s| rest.any(|l| l == s))
        && (short.first() == long.first() || short.last() == long.last())
        && short.iter().any(|w| w.chars().count() > 2)
}

/// As many words, each the same or nearly, and no more than a fifth of the letters changed.
fn is_near(x: &[String], y: &[String]) -> bool {
    let (a, b) = (x.concat(), y.concat());
    let letters = a.chars().count().min(b.chars().count());
    if letters < 5 {
        return false;
    }
    if x.len() != y.len() {
        // "Guest House", "Guesthouse".
        let size = letters as u32;
        return size >= 8 && distance(&a, &b) <= size / 8;
    }
    if x.len() == 1 {
        return sounds(&a) == sounds(&b) || distance(&a, &b) <= if letters < 9 { 1 } else { 2 };
    }
    let held = x.iter().zip(y).any(|(s, t)| s == t && s.chars().count() > 2);
    let mut changed = 0;
    for (s, t) in x.iter().zip(y) {
        if s != t && sounds(s) != sounds(t) {
            let (off, size) = (distance(s, t), s.chars().count().min(t.chars().count()));
            if off > 2 || size < 3 || off as usize * 3 > size || !held && size < 5 {
                return false;
            }
            changed += off;
        }
    }
    changed as usize * 5 <= letters
}

/// "Osgar Guest House", "Oskar State Guesthouse": the short one's words, in order, with the same first and last, one
/// at least as it stands; what is one word there may be two here.
fn is_near_part(short: &[String], long: &[String]) -> bool {
    let (short, long) = (written_alike(short, long), written_alike(long, short));
    let close = |a: &String, b: &String| {
        let size = a.chars().count().min(b.chars().count()) as u32;
        a == b || size > 4 && distance(a, b) <= size / 5
    };
    let (few, many) = if short.len() <= long.len() { (&short, &long) } else { (&long, &short) };
    let ends = |a: Option<&String>, b: Option<&String>| a.zip(b).is_some_and(|(a, b)| close(a, b));
    let mut rest = many.iter();
    few.len() > 1
        && ends(few.first(), many.first())
        && ends(few.last(), many.last())
        && few.iter().any(|w| w.chars().count() > 4 && many.contains(w))
        && few.iter().all(|w| rest.any(|v| close(w, v)))
}

/// Neighbours made one where the other name writes them as one.
fn written_alike(words: &[String], other: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match out.last_mut() {
            Some(last) if other.contains(&format!("{last}{word}")) => last.push_str(word),
            _ => out.push(word.clone()),
        }
    }
    out
}

/// Letters for which transcriptions differ, made one.
fn sounds(word: &str) -> String {
    let mut s = word.to_owned();
    let same = [
        ("sch", "sh"),
        ("tch", "ch"),
        ("cz", "ch"),
        ("tz", "ts"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ei", "ai"),
        ("ey", "ai"),
        ("ay", "ai"),
        ("ck", "k"),
        ("q", "k"),
        ("yu", "iu"),
        ("ya", "ia"),
        ("ye", "e"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
        ("x", "ks"),
        ("oh", "o"),
        ("ah", "a"),
        ("oe", "o"),
        ("ae", "a"),
        ("ca", "ka"),
        ("co", "ko"),
        ("cu", "ku"),
        ("cl", "kl"),
        ("cr", "kr"),
        ("ct", "kt"),
        ("dt", "t"),
    ];
    for (from, to) in same {
        s = s.replace(from, to);
    }
    s = s.replace('-', "");
    let mut chars: Vec<char> = s.chars().collect();
    chars.dedup();
    chars.into_iter().collect()
}

/// Letters put in, left out, changed or (neighbours) swapped.
fn distance(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<u32> = (0..=b.len() as u32).collect();
    for i in 0..a.len() {
        let mut row = vec![i as u32 + 1];
        for j in 0..b.len() {
            let change = last[j] + u32::from(a[i] != b[j]);
            let mut best = change.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Files;
    use EntityKind::{Organization, Person, Place};
    use Likeness::{Acronym, Different, Near, Part, Same};

    #[test]
    fn likenesses() {
        fn check(a: &str, b: &str, kind: EntityKind, expected: Likeness) {
            let names: NameLexicon = Files::embedded("en").unwrap().toml("names.toml").unwrap();
            assert_eq!(names.likeness(a, b, kind), expected, "{a} / {b}");
            assert_eq!(names.likeness(b, a, kind), expected, "{b} / {a}");
        }
        check("Mr Berg", "Anna Berg", Person, Part);
        check("A. Berg", "Anna Berg", Person, Part);
        check("Otto Berg", "Anna Berg", Person, Different);
        check("Harrow", "Anna of Harrow", Person, Different);
        check("Anna", "Anna of Harrow", Person, Part);
        check("Park", "Park Min Su", Person, Part);
        check("Park Min Su", "Park Min Ho", Person, Different);
        check("Ruslan Suleimanov", "Ruslan Sulaymanov", Person, Near);
        check("Noh Tae-gwan", "Roh Tae-kwan", Person, Near);
        check("Park Min-su", "Min-su Park", Person, Near);
        check("Bill Berg", "William Berg", Person, Near);
        check("Bill Berg", "William Holm", Person, Different);
        check("Jan van der Laan", "Jan Vanderlaan", Person, Same);
        check("Jabhat al-Nur", "Jabhat an-Nour", Organization, Near);
        check("HRC", "Harbour Rescue Corps", Organization, Acronym);
        check("BA", "Bank of Altona", Organization, Acronym);
        check("Tidewater", "Tidewater Shipping AG", Organization, Part);
        check("Harrow", "Harrow Harbour Authority", Organization, Different);
        check("Harrow", "Food Office of Harrow", Organization, Different);
        check("Harbour Authority", "Harrow Harbour Authority", Organization, Part);
        check("Tidewater Ltd", "the Tidewater Company", Organization, Same);
        check("Harrow", "Harrow province", Place, Same);
        check("Iran", "Iraq", Place, Different);
        check("Old Pier Guest House", "Old Pier Guesthouse", Place, Same);
        check("Kasbek", "Qasbek", Place, Near);
        check("Osgar Pier Guest House", "Oskar Old Pier Guesthouse", Place, Near);
        check("Karl Nybo", "Carl Nyboe", Person, Near);
        check("North Harbour Police", "South Harbour Police", Organization, Different);
    }
}
