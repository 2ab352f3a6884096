//! Joins the words of one number: "a hundred and twenty-four", "1.2 million", "two dozen", "half a million".

use super::{Figure, Form, Lexeme, Written};
use sayso_packs::QuantityLexicon;

/// The same lexemes, numbers joined.
pub(super) fn merge(pieces: &[Lexeme], lexicon: &QuantityLexicon) -> Vec<Lexeme> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let Some((form, len)) = number(&pieces[at..], lexicon) else {
            out.push(piece.clone());
            at += 1;
            continue;
        };
        let last = &pieces[at + len - 1];
        let span = piece.span.cover(last.span);
        out.push(Lexeme { span, end: last.end, tag: last.tag, form, ..piece.clone() });
        at += len;
    }
    out
}

/// The number that starts here, and how many pieces it takes.
fn number(pieces: &[Lexeme], lexicon: &QuantityLexicon) -> Option<(Form, usize)> {
    let first = &pieces[0];
    let here: usize = pieces.iter().take(24).take_while(|p| p.sentence == first.sentence).count();
    let pieces = &pieces[..here];
    match first.form {
        Form::Number(figure) => {
            // "a $30-million deal"
            let hyphen = usize::from(pieces.get(1).is_some_and(|p| &*p.key == "-" && p.joined));
            let next = pieces.get(1 + hyphen).filter(|n| hyphen == 0 || n.joined)?;
            let big = lexicon.multipliers.get(&next.key).copied();
            let short = || {
                lexicon
                    .short_multipliers
                    .get(&next.key)
                    .copied()
                    .filter(|_| hyphen == 0 && (next.joined || !metre(next)))
            };
            let times = big.or_else(short).filter(|_| next.form == Form::Word)?;
            let figure =
                Figure { value: figure.value * times, step: figure.step * times, multiplied: true, ..figure };
            // "1.2 million million" is not said; "3 hundred thousand" is.
            let more = pieces
                .get(2 + hyphen)
                .and_then(|p| lexicon.multipliers.get(&p.key))
                .copied()
                .filter(|m| *m > times);
            match more {
                Some(m) => {
                    let figure = Figure { value: figure.value * m, step: figure.step * m, ..figure };
                    Some((Form::Number(figure), 3 + hyphen))
                }
                None => Some((Form::Number(figure), 2 + hyphen)),
            }
        }
        Form::Word => words(pieces, lexicon),
        _ => None,
    }
}

/// A lone "m" set off by a space is metres as often as millions; with a space it is left to the units.
fn metre(word: &Lexeme) -> bool {
    word.key.len() == 1
}

fn words(pieces: &[Lexeme], lexicon: &QuantityLexicon) -> Option<(Form, usize)> {
    let key = |i: usize| pieces.get(i).filter(|p| p.form == Form::Word).map(|p| &p.key);
    let cardinal = |i: usize| key(i).and_then(|k| lexicon.cardinals.get(k)).copied();
    let times = |i: usize| key(i).and_then(|k| lexicon.multipliers.get(k)).copied();
    let ordinal = |i: usize| key(i).and_then(|k| lexicon.ordinals.get(k)).copied();
    let one = |i: usize| key(i).is_some_and(|k| lexicon.ones.contains(k));
    let part = |i: usize| key(i).and_then(|k| lexicon.fractions.get(k)).copied();
    let made = |value: f64, step: f64, multiplied: bool, len: usize| {
        let figure = Figure { value, step, written: Written::Words, decimals: 0, figures: 0, multiplied };
        Some((Form::Number(figure), len))
    };

    // "half a million", "a quarter of a million", "half a dozen", Spanish "medio millón".
    if let Some(f) = part(0).filter(|f| *f < 1.)
        && let Some(m) = times(1 + usize::from(one(1)))
    {
        return made(f * m, f * m * 0.1, true, 2 + usize::from(one(1)));
    }
    let (mut total, mut step, mut multiplied) = (0., 1., false);
    let (mut group, mut len);
    if let Some(n) = cardinal(0) {
        group = n;
        len = 1;
        multiplied = n >= 100.;
    } else if one(0) && times(1).is_some() {
        group = 1.;
        len = 1;
    } else if times(0).is_some() && key(0).is_some_and(|k| lexicon.bare_multipliers.contains(k)) {
        group = 1.;
        len = 0;
    } else if let Some(n) = ordinal(0) {
        return Some((Form::Ordinal(n, Written::Words), 1));
    } else {
        return None;
    }
    let ty = |n: f64| (20. ..=90.).contains(&n) && n % 10. == 0.;
    loop {
        let ties = |p: &Lexeme| &*p.key == "-" || lexicon.tens_joiners.contains(&p.key);
        let hyphen = usize::from(pieces.get(len).is_some_and(ties));
        if ty(group % 100.) {
            if let Some(n) = cardinal(len + hyphen).filter(|n| (1. ..=9.).contains(n)) {
                group += n;
                step = 1.;
                len += 1 + hyphen;
                continue;
            }
            if let Some(n) = ordinal(len + hyphen).filter(|n| *n <= 9. && hyphen == 1) {
                return Some((Form::Ordinal(total + group + n, Written::Words), len + 2));
            }
        }
        if let Some(m) = times(len) {
            multiplied = true;
            step *= m;
            if m >= 1000. {
                total += group.max(1.) * m;
                group = 0.;
            } else {
                group = group.max(1.) * m;
            }
            len += 1;
            continue;
        }
        // "and" joins only below a hundred or a thousand: "two hundred and five", not "two and five".
        let joined = key(len).is_some_and(|k| lexicon.joiners.contains(k));
        let low = len + usize::from(joined);
        let room = if group == 0. { 1000. } else { 100. };
        let small = || cardinal(low).filter(|n| *n < room && (times(low + 1).is_none() || total > 0.));
        if multiplied
            && group % 100. == 0.
            && let Some(n) = small()
        {
            group += n;
            step = 1.;
            len = low + 1;
            continue;
        }
        // "a million and a half", Spanish "un millón y medio".
        let half = len + 1 + usize::from(one(len + 1));
        if joined
            && multiplied
            && group == 0.
            && part(half) == Some(0.5)
            && let Some(m) = times(len - 1)
        {
            return made(total + m / 2., m * 0.1, true, half + 1);
        }
        // "two and a half million", "two and a half years".
        let piece = || part(len + 2).filter(|f| *f == 0.5 || times(len + 3).is_some() || *f == 0.25);
        if joined
            && one(len + 1)
            && let Some(f) = piece()
        {
            group += f;
            step = 0.1;
            len += 3;
            return match times(len) {
                Some(m) => made(total + group * m, step * m, true, len + 1),
                None => made(total + group, step, multiplied, len),
            };
        }
        break;
    }
    // "one third of", "two-thirds": a share of what follows.
    let hyphen = usize::from(pieces.get(len).is_some_and(|p| &*p.key == "-"));
    let tied = hyphen == 1 || key(len + 1).is_some_and(|k| lexicon.of.contains(k));
    if let Some(f) = part(len + hyphen).filter(|_| !multiplied && group < 10. && tied) {
        return made(group * f, 0.01, false, len + hyphen + 1);
    }
    let value = total + group;
    made(value, if multiplied && value % step == 0. { step } else { 1. }, multiplied, len)
}
