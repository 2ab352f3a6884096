//! Patterns over words and classes, compiled to a small program for a backtracking matcher (Thompson 1968,
//! Pike's instruction set).

use std::collections::BTreeMap;

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// Classes of words, and the places in which a match keeps their values.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $($(#[$doc])* $variant),+ }

        impl Class {
            /// By its name in patterns.
            pub(super) fn named(name: &str) -> Result<Self, String> {
                match name { $($name => Ok(Self::$variant),)+ _ => Err(format!("no class of words is called {name:?}")) }
            }
        }
    };
}

classes!(
    /// 0 is Monday.
    Weekday = "weekday",
    /// Short for a weekday, and another word too.
    WeekdayShort = "weekdayshort",
    /// Several of one weekday.
    Weekdays = "weekdays",
    /// 1 to 12.
    Month = "month",
    /// A month that is a common word or name, too.
    MonthAmbiguous = "monthambiguous",
    /// 21 spring to 24 winter.
    Season = "season",
    /// TS second, TM, TH, D, W, WE weekend, M, Q, H half-year, Y, DE decade, CE, WD weekday, N night.
    Unit = "unit",
    /// A unit in which lengths of time are measured.
    Measure = "measure",
    /// The same, in the plural.
    Units = "units",
    /// The unit inside another one ("the last week of next month").
    Inner = "inner",
    /// Part of the day.
    Part = "part",
    /// Counted from the day of writing.
    Shift = "shift",
    /// The one just spoken of.
    Same = "same",
    /// Counted from the one just spoken of.
    Step = "step",
    /// Minutes east of UTC.
    Zone = "zone",
    /// Hours east of UTC.
    East = "east",
    /// Hours west of UTC.
    West = "west",
    /// Hours to add: 0 or 12.
    Half = "half",
    /// Start, middle or end.
    Mod = "mod",
    /// The same, as a noun.
    ModNoun = "modnoun",
    /// An unknown number.
    Some = "some",
    /// Any number.
    Num = "num",
    /// A whole number.
    Int = "int",
    /// Day of the month, in figures.
    Dom = "dom",
    /// First, second, …; -1 is last.
    Nth = "nth",
    /// A number of four figures that may be a year.
    Year = "year",
    /// Such a number that hardly counts anything.
    Modern = "modern",
    /// Two figures.
    Short = "short",
    /// -1 before the common era.
    Era = "era",
    /// Set where the parts of an enumeration are the ends of a stretch.
    Span = "span",
    /// Where a part of an enumeration begins: the lexeme's number.
    Open = "open",
    /// Where it ends.
    Close = "close",
    /// First year of a decade.
    Decade = "decade",
    /// Minutes since midnight.
    Clock = "clock",
    /// Hours since midnight or noon; words before a time of day.
    Hour = "hour",
    /// Minutes after the hour.
    Minutes = "minutes",
    /// Minutes before the hour.
    Lacking = "lacking",
    /// Days after Easter.
    Easter = "easter",
    /// Before what belongs to somebody.
    Own = "own",
    /// Added to a number.
    Plus = "plus",
    /// Minutes since midnight, written with a full stop.
    ClockDot = "clockdot",
    /// Minutes since midnight, written as four figures.
    ClockBare = "clockbare",
    /// A whole date in figures: the day's number.
    Date = "date",
    /// Which way an offset goes.
    Dir = "dir",
    /// Set where an offset counts from the day of writing.
    Now = "now",
    /// The night into a day.
    Over = "over",
    /// Words after which a bare number or name of a month is a time.
    Near = "near",
    /// A noun, name or adjective.
    Noun = "noun",
    /// A plural noun.
    Plural = "plural",
    /// A name.
    Name = "name",
    /// A mark.
    Mark = "mark",
    /// An adjective.
    Adjective = "adjective",
    /// Before a day.
    On = "on",
    /// Before a time that has been told.
    At = "at",
    /// Before a year that tells one thing of a kind from others.
    Article = "article",
    /// Words that tie to what follows.
    Of = "of",
    /// Words before a season.
    During = "during",
    /// Words after an offset that tie it to an event.
    Event = "event",
    /// Up to a time.
    Until = "until",
    /// From a time on.
    Since = "since",
    /// Past, present, future.
    Ref = "ref",
);

/// One step of a pattern's program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Inst {
    /// That word.
    Word(u32),
    /// A word of the class (with this value), kept under another.
    Class(Class, Option<f64>, Class),
    /// Keep a value.
    Set(Class, f64),
    /// Keep the place.
    Mark(Class),
    /// The word before is of the class, or is not.
    Before(Class, bool),
    /// The next word is of the class, or is not.
    Next(Class, bool),
    /// Try the one, then the other.
    Split(u32, u32),
    /// Go on there.
    Jump(u32),
    /// The pattern has matched.
    Accept,
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    /// Its steps.
    pub program: Vec<Inst>,
    /// Words with which a match can begin.
    pub first_words: Vec<u32>,
    /// Classes with which a match can begin.
    pub first_classes: Vec<Class>,
    /// Whether the second word of a match, if there is one, must be one that the grammar knows, or a number.
    pub knows_second: bool,
}

/// A value as written: a number, or a code of TIMEX3.
pub(super) fn value(text: &str) -> Result<f64, String> {
    const CODES: [(&str, f64); 31] = [
        ("MO", 0.),
        ("MI", 1.),
        ("AF", 2.),
        ("EV", 3.),
        ("NI", 4.),
        ("DT", 5.),
        ("START", 0.),
        ("MID", 1.),
        ("END", 2.),
        ("TS", 0.),
        ("TM", 1.),
        ("TH", 2.),
        ("D", 3.),
        ("W", 4.),
        ("WE", 5.),
        ("M", 6.),
        ("Q", 7.),
        ("H", 8.),
        ("Y", 9.),
        ("DE", 10.),
        ("CE", 11.),
        ("WD", 12.),
        ("N", 13.),
        ("SP", 21.),
        ("SU", 22.),
        ("FA", 23.),
        ("WI", 24.),
        ("PAST", -1.),
        ("PRESENT", 0.),
        ("FUTURE", 1.),
        ("SOME", 0.),
    ];
    let code = CODES.iter().find(|(name, _)| *name == text).map(|(_, v)| *v);
    code.or_else(|| text.parse().ok()).ok_or_else(|| format!("{text:?} is no value"))
}

impl Pattern {
    /// Compiles a pattern; `id` numbers words.
    pub(super) fn compile(
        text: &str,
        parts: &BTreeMap<String, String>,
        id: &mut dyn FnMut(&str) -> u32,
    ) -> Result<Self, String> {
        let mut compiler = Compiler { parts, id, program: Vec::new(), depth: 0 };
        compiler.text(text).map_err(|e| format!("{e} in {text:?}"))?;
        compiler.program.push(Inst::Accept);
        let mut out = Self {
            program: compiler.program,
            first_words: Vec::new(),
            first_classes: Vec::new(),
            knows_second: true,
        };
        let mut firsts = Vec::new();
        out.starts(0, &mut firsts).map_err(|e| format!("{e}: {text:?}"))?;
        for at in firsts {
            match out.program[at as usize] {
                Inst::Word(w) => out.first_words.push(w),
                Inst::Class(c, ..) => out.first_classes.push(c),
                _ => {}
            }
            let mut seconds = Vec::new();
            // A match may also end here.
            let single = out.starts(at + 1, &mut seconds).is_err();
            let unknown =
                |at: &u32| matches!(out.program[*at as usize], Inst::Class(c, ..) if c.is_of_text());
            out.knows_second &= !single && !seconds.iter().any(unknown);
        }
        Ok(out)
    }

    /// Collects the steps that take the next word, from `at` on.
    fn starts(&self, at: u32, out: &mut Vec<u32>) -> Result<(), String> {
        match self.program[at as usize] {
            Inst::Word(_) | Inst::Class(..) => out.push(at),
            Inst::Set(..) | Inst::Mark(_) | Inst::Before(..) | Inst::Next(..) => self.starts(at + 1, out)?,
            Inst::Split(a, b) => {
                self.starts(a, out)?;
                self.starts(b, out)?;
            }
            Inst::Jump(to) => self.starts(to, out)?,
            Inst::Accept => return Err("a pattern matches nothing at all".to_owned()),
        }
        Ok(())
    }
}

impl Class {
    /// Told by the tagger or the spelling, not by the grammar's lists.
    pub const fn is_of_text(self) -> bool {
        matches!(self, Self::Noun | Self::Plural | Self::Adjective | Self::Name)
    }
}

struct Compiler<'a> {
    parts: &'a BTreeMap<String, String>,
    id: &'a mut dyn FnMut(&str) -> u32,
    program: Vec<Inst>,
    depth: u8,
}

impl Compiler<'_> {
    fn text(&mut self, text: &str) -> Result<(), String> {
        self.depth += 1;
        if self.depth > 12 {
            return Err("parts lie deeper in each other than 12 levels".to_owned());
        }
        let items: Vec<&str> = text.split_whitespace().collect();
        self.either(&items)?;
        self.depth -= 1;
        Ok(())
    }

    /// `a | b | c`
    fn either(&mut self, items: &[&str]) -> Result<(), String> {
        let Some(bar) = at_top(items, "|")? else {
            return self.sequence(items);
        };
        let split = self.program.len();
        self.program.push(Inst::Split(split as u32 + 1, 0));
        self.sequence(&items[..bar])?;
        let jump = self.program.len();
        self.program.push(Inst::Jump(0));
        self.program[split] = Inst::Split(split as u32 + 1, jump as u32 + 1);
        self.either(&items[bar + 1..])?;
        self.program[jump] = Inst::Jump(self.program.len() as u32);
        Ok(())
    }

    fn sequence(&mut self, mut items: &[&str]) -> Result<(), String> {
        while let Some((&item, rest)) = items.split_first() {
            let split = self.program.len();
            self.program.push(Inst::Split(split as u32 + 1, 0));
            let optional;
            if item == "(" {
                let close = closing(rest)?;
                self.either(&rest[..close])?;
                optional = rest[close] == ")?";
                items = &rest[close + 1..];
            } else {
                optional = item.len() > 1 && item.ends_with('?');
                self.item(if optional { &item[..item.len() - 1] } else { item })?;
                items = rest;
            }
            if optional {
                self.program[split] = Inst::Split(split as u32 + 1, self.program.len() as u32);
            } else {
                self.remove(split);
            }
        }
        Ok(())
    }

    /// Takes a step out again that turned out not to be needed; what came after it moves up.
    fn remove(&mut self, at: usize) {
        self.program.remove(at);
        for inst in &mut self.program[at..] {
            match inst {
                Inst::Split(a, b) => {
                    *a -= 1;
                    *b -= 1;
                }
                Inst::Jump(to) => *to -= 1,
                _ => {}
            }
        }
    }

    fn item(&mut self, item: &str) -> Result<(), String> {
        let inst = match item.split_at(item.chars().next().map_or(0, char::len_utf8)) {
            ("$", name) => {
                let (name, keep) = name.split_once(':').unwrap_or((name, ""));
                let (name, only) = name.split_once('=').unwrap_or((name, ""));
                let class = Class::named(name)?;
                let keep = if keep.is_empty() { class } else { Class::named(keep)? };
                Inst::Class(class, if only.is_empty() { None } else { Some(value(only)?) }, keep)
            }
            ("{", set) => {
                let (name, v) = set.trim_end_matches('}').split_once('=').ok_or("a value without '='")?;
                Inst::Set(Class::named(name)?, value(v)?)
            }
            ("<", name) if name.ends_with('>') => {
                let name = &name[..name.len() - 1];
                let text = self.parts.get(name).ok_or_else(|| format!("no part is called {name:?}"))?;
                return self.text(text);
            }
            ("^", name) if !name.is_empty() => Inst::Before(Class::named(name)?, true),
            ("~", name) if !name.is_empty() => Inst::Before(Class::named(name)?, false),
            ("&", name) if !name.is_empty() => Inst::Next(Class::named(name)?, true),
            ("!", name) if !name.is_empty() => Inst::Next(Class::named(name)?, false),
            ("[", "") => Inst::Mark(Class::Open),
            ("]", "") => Inst::Mark(Class::Close),
            ("\\", mark) => Inst::Word((self.id)(mark)),
            _ => Inst::Word((self.id)(item)),
        };
        self.program.push(inst);
        Ok(())
    }
}

/// Where the item stands outside all brackets.
fn at_top(items: &[&str], wanted: &str) -> Result<Option<usize>, String> {
    let mut depth = 0;
    for (i, item) in items.iter().enumerate() {
        match *item {
            "(" => depth += 1,
            ")" | ")?" => depth -= 1,
            item if item == wanted && depth == 0 => return Ok(Some(i)),
            _ => {}
        }
    }
    if depth == 0 { Ok(None) } else { Err("a bracket without its other half".to_owned()) }
}

fn closing(items: &[&str]) -> Result<usize, String> {
    let mut depth = 0;
    for (i, item) in items.iter().enumerate() {
        match *item {
            "(" => depth += 1,
            ")" | ")?" if depth == 0 => return Ok(i),
            ")" | ")?" => depth -= 1,
            _ => {}
        }
    }
    Err("a bracket without its other half".to_owned())
}
