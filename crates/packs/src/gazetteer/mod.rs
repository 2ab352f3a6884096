//! Places and bodies that everybody knows: what they are, what they are part of, and by what other names they go.
//!
//! `training/gazetteer.py` makes the file: a table of places, a table of what names mean, and a finite-state map from
//! folded names into it. A name may stand for several things ("Georgia"): look-ups give all of them, the likeliest
//! first, and the caller decides.

mod first_names;

pub use first_names::FirstNames;

use crate::{Error, fold};

const FILE: &str = "gazetteer.bin";
/// Bytes of a place.
const PLACE: usize = 9;
/// In what a name means: it is an adjective or an inhabitant; another meaning follows.
const ADJECTIVE: u16 = 1 << 15;
const MORE: u16 = 1 << 14;

/// The number of a place or body in its gazetteer.
pub type PlaceIx = u32;

/// A place or body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number in GeoNames, the same in every language's pack; 0 where it has none.
    pub geonames: u32,
    /// What it is.
    pub kind: PlaceKind,
    /// The next greater place that it lies in; for a body the country that it is of.
    pub part_of: Option<PlaceIx>,
    /// Thousands of inhabitants, at most 65,535; 0 where not known.
    pub thousands: u32,
}

/// What a place or body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// Africa, Asia, …
    Continent,
    /// A state or what has a country code of its own.
    Country,
    /// A part of a country, or several countries together.
    Region,
    /// A town.
    City,
    /// A seat of government: its name may stand for the government.
    Capital,
    /// Sells news to outlets.
    Agency,
    /// An international or well-known body.
    Body,
    /// Stands for the government of its country ("Kremlin").
    Seat,
}

/// The places and bodies of a pack.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    /// What names mean, one after another.
    meanings: Vec<u16>,
    /// A folded name's first meaning.
    names: fst::Map<&'static [u8]>,
    articles: Vec<String>,
}

impl Gazetteer {
    /// From the bytes of `gazetteer.bin` and the language's articles.
    ///
    /// # Errors
    /// The file is broken.
    pub fn from_bytes(bytes: &'static [u8], articles: Vec<String>) -> Result<Self, Error> {
        let broken = |what: &str| Error::new(FILE, what);
        let (count, rest) = bytes.split_at_checked(8).ok_or_else(|| broken("too short"))?;
        let number = |at: usize| u32::from_le_bytes([count[at], count[at + 1], count[at + 2], count[at + 3]]);
        let (places, rest) =
            rest.split_at_checked(number(0) as usize * PLACE).ok_or_else(|| broken("too few places"))?;
        let (meanings, names) =
            rest.split_at_checked(number(4) as usize * 2).ok_or_else(|| broken("too few meanings"))?;
        let places: Vec<Place> = places
            .chunks_exact(PLACE)
            .map(|row| place(row).ok_or_else(|| broken("a place of no known kind")))
            .collect::<Result<_, _>>()?;
        // a place comes after what it is part of, so that no chain can go round in a circle
        if places.iter().enumerate().any(|(k, p)| p.part_of.is_some_and(|w| w as usize >= k)) {
            return Err(broken("a place lies in one that comes after it"));
        }
        let meanings: Vec<u16> =
            meanings.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        let known = |m: &u16| usize::from(m & !(ADJECTIVE | MORE)) < places.len();
        if !meanings.iter().all(known) || meanings.last().is_some_and(|m| m & MORE != 0) {
            return Err(broken("a name of no place"));
        }
        let names = state_map(FILE, names)?;
        Ok(Self { places, meanings, names, articles })
    }

    /// What is known of a place.
    pub fn place(&self, place: PlaceIx) -> Option<&Place> {
        self.places.get(place as usize)
    }

    /// All that goes by this name, the likeliest first. Case, accents and an article before it do not matter.
    pub fn lookup(&self, name: &str) -> Vec<PlaceIx> {
        self.meanings(name, false)
    }

    /// The places whose adjective or inhabitant this is ("Russian", "Danes"), the likeliest first.
    pub fn demonym(&self, word: &str) -> Vec<PlaceIx> {
        let own = self.meanings(word, true);
        match word.strip_suffix(['s', 'S']) {
            Some(one) if own.is_empty() => self.meanings(one, true),
            _ => own,
        }
    }

    /// What kind of thing a name most likely names.
    pub fn kind(&self, name: &str) -> Option<PlaceKind> {
        self.lookup(name).first().and_then(|&p| self.place(p)).map(|p| p.kind)
    }

    /// Whether `a` lies in `b`, at any remove; no place lies in itself.
    pub fn is_part_of(&self, a: PlaceIx, b: PlaceIx) -> bool {
        self.wholes(a).any(|whole| whole == b)
    }

    /// The country that a place lies in, or that a body is of; a country's is itself.
    pub fn country(&self, place: PlaceIx) -> Option<PlaceIx> {
        let is_country = |&p: &PlaceIx| self.place(p).is_some_and(|p| p.kind == PlaceKind::Country);
        std::iter::once(place).chain(self.wholes(place)).find(is_country)
    }

    /// The country whose government sits there.
    pub fn capital_of(&self, place: PlaceIx) -> Option<PlaceIx> {
        let seat = |p: &&Place| matches!(p.kind, PlaceKind::Capital | PlaceKind::Seat);
        self.place(place).filter(seat).and_then(|_| self.country(place))
    }

    /// The agency of that name.
    pub fn agency(&self, name: &str) -> Option<PlaceIx> {
        let is_agency = |&p: &PlaceIx| self.place(p).is_some_and(|p| p.kind == PlaceKind::Agency);
        self.lookup(name).into_iter().find(is_agency)
    }

    /// What a place is part of, nearest first.
    pub fn wholes(&self, place: PlaceIx) -> impl Iterator<Item = PlaceIx> {
        std::iter::successors(self.part_of(place), |&p| self.part_of(p))
    }

    fn part_of(&self, place: PlaceIx) -> Option<PlaceIx> {
        self.place(place)?.part_of
    }

    fn meanings(&self, name: &str, adjectives: bool) -> Vec<PlaceIx> {
        let key = fold(name.trim());
        let bare = || {
            let (article, rest) = key.split_once(' ')?;
            self.articles.iter().any(|a| a == article).then(|| self.names.get(rest)).flatten()
        };
        let mut out = Vec::new();
        let Some(first) = self.names.get(&key).or_else(bare) else { return out };
        for meaning in self.meanings.iter().skip(first as usize) {
            if (meaning & ADJECTIVE != 0) == adjectives {
                out.push(PlaceIx::from(meaning & !(ADJECTIVE | MORE)));
            }
            if meaning & MORE == 0 {
                break;
            }
        }
        out
    }
}

/// A map of which nothing is missing.
fn state_map(file: &str, bytes: &'static [u8]) -> Result<fst::Map<&'static [u8]>, Error> {
    let map = fst::Map::new(bytes).map_err(|e| Error::new(file, e))?;
    map.as_fst().verify().map_err(|e| Error::new(file, e))?;
    Ok(map)
}

/// GeoNames' number, what it is part of (65,535: nothing), thousands, kind.
fn place(row: &[u8]) -> Option<Place> {
    let kind = match row[8] {
        0 => PlaceKind::Continent,
        1 => PlaceKind::Country,
        2 => PlaceKind::Region,
        3 => PlaceKind::City,
        4 => PlaceKind::Capital,
        5 => PlaceKind::Agency,
        6 => PlaceKind::Body,
        7 => PlaceKind::Seat,
        _ => return None,
    };
    let whole = u16::from_le_bytes([row[4], row[5]]);
    Some(Place {
        geonames: u32::from_le_bytes([row[0], row[1], row[2], row[3]]),
        kind,
        part_of: (whole != u16::MAX).then_some(PlaceIx::from(whole)),
        thousands: u32::from(u16::from_le_bytes([row[6], row[7]])),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Gazetteer {
        let bytes = include_bytes!("../../../../packs/en/gazetteer.bin");
        Gazetteer::from_bytes(bytes, vec!["the".to_owned()]).unwrap()
    }

    /// A name and the names of what it means and lies in.
    fn check(name: &str, expected: &[&str]) {
        let g = english();
        let first = |name: &&str| g.lookup(name)[0];
        let found: Option<Vec<_>> =
            g.lookup(name).first().map(|&p| std::iter::once(p).chain(g.wholes(p)).collect());
        assert_eq!(found.unwrap_or_default(), expected.iter().map(first).collect::<Vec<_>>(), "{name}");
    }

    #[test]
    fn names_and_what_they_are_part_of() {
        check("Hà Nội", &["Hanoi", "Vietnam", "Asia"]);
        check("the UK", &["United Kingdom", "Europe"]);
        check("DPRK", &["North Korea", "Asia"]);
        check("U.A.E.", &["United Arab Emirates", "Asia"]);
        check("Los Angeles", &["Los Angeles", "California", "United States", "North America"]);
        check("Kiev", &["Kyiv", "Ukraine", "Europe"]);
        check("nowhere at all", &[]);
        check("the", &[]);
        check("", &[]);
    }

    #[test]
    fn part_of_goes_one_way() {
        let g = english();
        let first = |name| g.lookup(name)[0];
        assert!(g.is_part_of(first("Edinburgh"), first("Britain")));
        assert!(!g.is_part_of(first("Britain"), first("Edinburgh")));
        assert!(!g.is_part_of(first("Britain"), first("Britain")));
        assert!(g.lookup("Georgia").len() > 1);
    }

    #[test]
    fn demonyms_capitals_agencies() {
        let g = english();
        let first = |name| g.lookup(name).first().copied();
        assert_eq!(g.demonym("Russians").first().copied(), first("Russia"));
        assert_eq!(g.demonym("Swiss").first().copied(), first("Switzerland"));
        assert_eq!(g.capital_of(g.lookup("Pyongyang")[0]), first("North Korea"));
        assert_eq!(g.capital_of(g.lookup("Washington")[0]), first("United States"));
        assert_eq!(g.capital_of(g.lookup("the Kremlin")[0]), first("Russia"));
        assert_eq!(g.capital_of(g.lookup("Mumbai")[0]), None);
        assert_eq!(g.agency("AFP"), g.agency("Agence France-Presse"));
        assert_eq!(g.agency("Hanoi"), None);
    }

    #[test]
    fn broken_files_are_errors() {
        let whole: &'static [u8] = include_bytes!("../../../../packs/en/gazetteer.bin");
        for end in [0, 4, 100, 150_000, whole.len() - 1] {
            assert!(Gazetteer::from_bytes(&whole[..end], Vec::new()).is_err(), "{end}");
        }
    }
}
