//! Whether two places can both be right: a part and its whole can.

use super::Agreement;
use crate::words;
use sayso_packs::{Gazetteer, PlaceIx, PlaceKind};
use sayso_types::{Entity, EntityKind};

/// Two places of one thing.
pub(crate) fn compare(a: &Entity, b: &Entity, gazetteer: &Gazetteer) -> Agreement {
    if a.id == b.id {
        return Agreement::Agree;
    }
    if a.kind != EntityKind::Place || b.kind != EntityKind::Place {
        return Agreement::Unlike;
    }
    if names_other(a, b) || names_other(b, a) {
        return Agreement::Agree;
    }
    let (x, y) = (gazetteer.lookup(&a.name), gazetteer.lookup(&b.name));
    let inside = x
        .iter()
        .any(|&p| y.iter().any(|&q| p == q || gazetteer.is_part_of(p, q) || gazetteer.is_part_of(q, p)));
    if inside {
        return Agreement::Agree;
    }
    let one_country = || {
        let country = |p: &[PlaceIx]| p.first().and_then(|&p| gazetteer.country(p));
        matches!((country(&x), country(&y)), (Some(p), Some(q)) if p == q)
    };
    let is_region = |p: &[PlaceIx]| {
        p.first().and_then(|&p| gazetteer.place(p)).is_some_and(|p| p.kind == PlaceKind::Region)
    };
    match (x.is_empty(), y.is_empty()) {
        // Of a place that only the reports know, nobody can tell whether it lies in another.
        (true, false) | (false, true) => Agreement::Unlike,
        // Not of every town is it known in which part of its country it lies.
        (false, false) if is_region(&x) != is_region(&y) && one_country() => Agreement::Unlike,
        _ => Agreement::Conflict,
    }
}

/// Whether a place is also called by the other's name: "the port of Larn", "the capital of the Larn islands".
fn names_other(a: &Entity, b: &Entity) -> bool {
    let name = words::fold(&b.name);
    let holds = |form: &String| {
        let form = words::fold(form);
        format!(" {form} ").contains(&format!(" {name} "))
    };
    !name.is_empty() && std::iter::once(&a.name).chain(&a.aliases).any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cast::Cast, samples::story};

    fn check(a: &str, b: &str, expected: Agreement) {
        let pack = sayso_packs::Pack::embedded("en").unwrap().unwrap();
        let cast = Cast::of(&story(&[&[a], &[b]]), &[&pack, &pack]);
        let (first, last) = (&cast.entities[0], &cast.entities[cast.entities.len() - 1]);
        assert_eq!(compare(first, last, &pack.gazetteer), expected, "{a} / {b}");
    }

    #[test]
    fn places() {
        use Agreement::{Agree, Conflict, Unlike};
        check("place:Larn", "place:Larn", Agree);
        check("place:Larn", "place:Larn Harbour", Agree);
        check("place:Larn", "place:Ostby", Conflict);
        check("place:Larn", "person:Mara Holt", Unlike);
        check("place:Lyon", "place:France", Agree);
        check("place:Lyon", "place:Italy", Conflict);
        check("place:Lyon", "place:Ostby", Unlike);
        check("place:Ostby|the capital of Larn", "place:Larn", Agree);
    }
}
