//! What names that may mean one thing have in common, so that few are compared with each other.

use std::collections::BTreeSet;

/// Keys of a name, from the folded words that tell it from others and from how it is written: two that mean one
/// thing share one.
pub(super) fn keys(bare: &[String], written: &str) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = bare.iter().map(|w| skeleton(w)).filter(|k| k.len() > 1).collect();
    out.extend(bare.iter().filter(|w| w.chars().count() > 1).cloned());
    out.insert(bare.concat());
    let initials = |least: usize| -> String {
        let long = bare.iter().filter(|w| w.chars().count() > least);
        long.filter_map(|w| w.chars().next()).collect()
    };
    out.insert(initials(0));
    out.insert(initials(3));
    let capitals = written.split(|c: char| c.is_whitespace() || c == '-').filter_map(|w| w.chars().next());
    out.insert(capitals.filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect());
    out.remove("");
    out
}

/// Consonants that transliterations vary, folded; vowels, which they vary most, and silent letters dropped.
pub(crate) fn skeleton(word: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for c in word.chars() {
        let folded = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' => continue,
            'c' | 'q' | 'g' | 'k' => 'k',
            'z' | 's' => 's',
            'w' | 'v' | 'f' => 'v',
            'd' | 't' => 't',
            'b' | 'p' => 'p',
            'x' => 's',
            c => c,
        };
        if folded == 's' && c == 'x' && last != 'k' {
            out.push('k');
        }
        if folded != last || c == 'x' {
            out.push(folded);
        }
        last = folded;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: bool) {
        let of = |name: &str| {
            let bare: Vec<String> = name.to_lowercase().split(' ').map(str::to_owned).collect();
            keys(&bare, name)
        };
        assert_eq!(!of(a).is_disjoint(&of(b)), expected, "{a} / {b}");
    }

    #[test]
    fn one_thing_shares_a_key() {
        check("Aleksei Dorov", "Alexei Dorof", true);
        check("Lowland Rail Board", "LRB", true);
        check("Mara Holt", "Holt", true);
        check("Mara Holt", "Petra Vos", false);
    }
}
