//! Whether two places can both be right: a part and its whole can.

use super::Agreement;
use crate::words;
use sayso_types::{Entity, EntityKind};

/// Two places of one thing.
pub(crate) fn compare(a: &Entity, b: &Entity) -> Agreement {
    if a.id == b.id {
        return Agreement::Agree;
    }
    if a.kind != EntityKind::Place || b.kind != EntityKind::Place {
        return Agreement::Unlike;
    }
    let (x, y) = (words::fold(&a.name), words::fold(&b.name));
    let inside = |part: &str, whole: &str| whole.split(' ').any(|w| part.split(' ').any(|v| v == w));
    // "the port of Larn" and "Larn": names that share a word tell no two places.
    if inside(&x, &y) { Agreement::Agree } else { Agreement::Conflict }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cast::Cast, samples::story};

    fn check(a: &str, b: &str, expected: Agreement) {
        let pack = sayso_packs::Pack::embedded("en").unwrap().unwrap();
        let cast = Cast::of(&story(&[&[a], &[b]]), &pack.names);
        let (first, last) = (&cast.entities[0], &cast.entities[cast.entities.len() - 1]);
        assert_eq!(compare(first, last), expected, "{a} / {b}");
    }

    #[test]
    fn places() {
        use Agreement::{Agree, Conflict, Unlike};
        check("place:Larn", "place:Larn", Agree);
        check("place:Larn", "place:Larn Harbour", Agree);
        check("place:Larn", "place:Ostby", Conflict);
        check("place:Larn", "person:Mara Holt", Unlike);
    }
}
