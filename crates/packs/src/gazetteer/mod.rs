//! Places and bodies that everybody knows: what they are, what they are part of, and by what other names they go.
//!
//! The pack's lists come from `training/gazetteer.py`, which tells their columns. A name may stand for several things
//! ("Georgia"): look-ups give all of them, the likeliest first, and the caller decides.

mod first_names;

pub use first_names::FirstNames;

use crate::{Error, fold};

/// The number of a place or body in its gazetteer.
pub type PlaceIx = u32;

/// A place or body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// As the pack's language calls it.
    pub name: &'static str,
    /// What it is.
    pub kind: PlaceKind,
    /// The next greater place that it lies in; for a body the country that it is of.
    pub part_of: Option<PlaceIx>,
    /// Thousands of inhabitants; 0 where not known.
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
    /// An international or well-known body, or what stands for one ("Kremlin").
    Body,
}

/// The places and bodies of a pack.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    /// Sorted by key.
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    key: &'static str,
    /// An adjective or an inhabitant, not a name.
    is_adjective: bool,
    place: PlaceIx,
}

impl Gazetteer {
    /// From the text of `gazetteer-places.tsv` and `gazetteer-names.tsv`.
    ///
    /// # Errors
    /// A line is broken, or names are not in order.
    pub fn new(places: &'static str, names: &'static str) -> Result<Self, Error> {
        let broken = |file, k: usize| Error::new(file, format!("line {} is broken", k + 1));
        let places: Vec<_> = places
            .lines()
            .enumerate()
            .map(|(k, line)| place(line).ok_or_else(|| broken("gazetteer-places.tsv", k)))
            .collect::<Result<_, _>>()?;
        // a place comes after what it is part of, so that no chain can go round in a circle
        let circle = places.iter().enumerate().position(|(k, p)| p.part_of.is_some_and(|w| w as usize >= k));
        if let Some(k) = circle {
            return Err(broken("gazetteer-places.tsv", k));
        }
        let names: Vec<Name> = names
            .lines()
            .enumerate()
            .map(|(k, line)| name(line, places.len()).ok_or_else(|| broken("gazetteer-names.tsv", k)))
            .collect::<Result<_, _>>()?;
        if let Some(k) = names.windows(2).position(|pair| pair[0].key > pair[1].key) {
            return Err(Error::new("gazetteer-names.tsv", format!("line {} is out of order", k + 2)));
        }
        Ok(Self { places, names })
    }

    /// What is known of a place.
    pub fn place(&self, place: PlaceIx) -> Option<&Place> {
        self.places.get(place as usize)
    }

    /// All that goes by this name, the likeliest first. Case, accents and an article before it do not matter.
    pub fn lookup(&self, name: &str) -> Vec<PlaceIx> {
        self.entries(name).filter(|n| !n.is_adjective).map(|n| n.place).collect()
    }

    /// The places whose adjective or inhabitant this is ("Russian", "Danes"), the likeliest first.
    pub fn demonym(&self, word: &str) -> Vec<PlaceIx> {
        let found = |word| self.entries(word).filter(|n| n.is_adjective).map(|n| n.place).collect::<Vec<_>>();
        let own = found(word);
        match word.strip_suffix(['s', 'S']) {
            Some(one) if own.is_empty() => found(one),
            _ => own,
        }
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
        self.place(place).filter(|p| p.kind == PlaceKind::Capital).and_then(|_| self.country(place))
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

    fn entries(&self, name: &str) -> impl Iterator<Item = &Name> {
        let key = fold(name.trim());
        let begin = self.names.partition_point(|n| n.key < key.as_str());
        let count = self.names[begin..].iter().take_while(|n| n.key == key).count();
        self.names[begin..begin + count].iter()
    }
}

fn place(line: &'static str) -> Option<Place> {
    let mut cells = line.split('\t');
    let (name, kind, whole, thousands) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let kind = match kind {
        "continent" => PlaceKind::Continent,
        "country" => PlaceKind::Country,
        "region" => PlaceKind::Region,
        "city" => PlaceKind::City,
        "capital" => PlaceKind::Capital,
        "agency" => PlaceKind::Agency,
        "body" => PlaceKind::Body,
        _ => return None,
    };
    let part_of = if whole.is_empty() { None } else { Some(whole.parse().ok()?) };
    Some(Place { name, kind, part_of, thousands: thousands.parse().ok()? })
}

fn name(line: &'static str, places: usize) -> Option<Name> {
    let mut cells = line.split('\t');
    let (key, relation, row) = (cells.next()?, cells.next()?, cells.next()?);
    let is_adjective = match relation {
        "n" => false,
        "a" => true,
        _ => return None,
    };
    let place: PlaceIx = row.parse().ok()?;
    ((place as usize) < places).then_some(Name { key, is_adjective, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Gazetteer {
        Gazetteer::new(
            include_str!("../../../../packs/en/gazetteer-places.tsv"),
            include_str!("../../../../packs/en/gazetteer-names.tsv"),
        )
        .unwrap()
    }

    fn check(name: &str, expected: &str) {
        let g = english();
        let chain = |p: PlaceIx| {
            let names = std::iter::once(p).chain(g.wholes(p)).filter_map(|p| g.place(p)).map(|p| p.name);
            names.collect::<Vec<_>>().join(" < ")
        };
        assert_eq!(g.lookup(name).first().map(|&p| chain(p)).unwrap_or_default(), expected, "{name}");
    }

    #[test]
    fn names_and_what_they_are_part_of() {
        check("Hà Nội", "Hanoi < Vietnam < Asia");
        check("the UK", "United Kingdom < Europe");
        check("DPRK", "North Korea < Asia");
        check("U.A.E.", "United Arab Emirates < Asia");
        check("Los Angeles", "Los Angeles < California < United States < North America");
        check("Kiev", "Kyiv < Ukraine < Europe");
        check("nowhere at all", "");
        check("", "");
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
        let named = |p: Option<PlaceIx>| p.and_then(|p| g.place(p)).map(|p| p.name);
        assert_eq!(named(g.demonym("Russians").first().copied()), Some("Russia"));
        assert_eq!(named(g.demonym("Swiss").first().copied()), Some("Switzerland"));
        assert_eq!(named(g.capital_of(g.lookup("Pyongyang")[0])), Some("North Korea"));
        assert_eq!(named(g.capital_of(g.lookup("Washington")[0])), Some("United States"));
        assert_eq!(named(g.capital_of(g.lookup("Mumbai")[0])), None);
        assert_eq!(named(g.agency("AFP")), Some("Agence France-Presse"));
        assert_eq!(named(g.agency("Hanoi")), None);
    }

    #[test]
    fn keys_are_folded() {
        for name in english().names {
            assert_eq!(fold(name.key), name.key);
        }
    }

    #[test]
    fn broken_files_are_errors() {
        assert!(Gazetteer::new("A\tcity\t0\t1", "").is_err(), "a place in itself");
        assert!(Gazetteer::new("A\ttown\t\t1", "").is_err());
        assert!(Gazetteer::new("A\tcity\t\t1", "a\tn\t1").is_err());
        assert!(Gazetteer::new("A\tcity\t\t1", "b\tn\t0\na\tn\t0").is_err());
    }
}
