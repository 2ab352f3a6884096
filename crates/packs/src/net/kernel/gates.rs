//! The cell of the LSTM, in 16-bit fixed point: whole numbers need no proof that every processor rounds alike, and
//! a register holds twice as many of them as of f32.
//!
//! What goes into a gate stands in 2048ths (a sum past ±16 stays there: every curve is flat long before), what comes
//! out in 32768ths, the cell itself in 2048ths, an output in 127ths.

use super::{LANES, Path, on_every_path, round};

/// What one is in a gate's input and in a cell.
pub(crate) const FIXED: f32 = 2048.0;

/// `a · b` where one of them is in 32768ths, to the nearest. Shifted as the instruction for it does.
#[inline(always)]
fn times(a: i16, b: i16) -> i16 {
    ((((i32::from(a) * i32::from(b)) >> 14) + 1) >> 1) as i16
}

#[inline(always)]
fn fixed(x: f32) -> i16 {
    round(x.clamp(-32767.0, 32767.0)) as i16
}

/// tanh(4 s) is 1 - p⁴, and p = 1 - s + s² q(s) with these, in 8192nds: fitted, off by less than 1e-3.
pub(crate) const CURVE: [i16; 3] = [-13_340, 30_888, -16_928];

/// tanh(4 s), `s` and result in 32768ths.
#[inline(always)]
fn tanh4(s: i16) -> i16 {
    let m = s.max(-i16::MAX).abs();
    let q = times(m, times(m, CURVE[2]) + CURVE[1]) + CURVE[0];
    let p = i16::MAX - m + 4 * times(times(m, m), q);
    let p = times(p, p);
    let y = i16::MAX - times(p, p);
    if s < 0 { -y } else { y }
}

/// Of something in 2048ths.
#[inline(always)]
fn tanh(x: i16) -> i16 {
    let x = x.saturating_add(x);
    tanh4(x.saturating_add(x))
}

/// Of something in 2048ths.
#[inline(always)]
fn sigmoid(x: i16) -> i16 {
    (1 << 14) + (tanh4(x.saturating_add(x)) >> 1)
}

on_every_path! {
    /// `out = sums · scale · scales + bias`, rounded; `scales` and `bias` are in 2048ths already.
    fn fix(sums: &[i32], scale: f32, scales: &[f32], bias: &[f32], out: &mut [i16]) {
        for (((out, sum), s), b) in out.iter_mut().zip(sums).zip(scales).zip(bias) {
            *out = fixed(*sum as f32 * (scale * *s) + *b);
        }
    }
}

on_every_path! {
    /// `out = given + sums · scales`, rounded; `scales` are in 2048ths already.
    fn fix_onto(given: &[i16], sums: &[i32], scales: &[f32], out: &mut [i16]) {
        for (((out, given), sum), s) in out.iter_mut().zip(given).zip(sums).zip(scales) {
            *out = given.saturating_add(fixed(*sum as f32 * *s));
        }
    }
}

/// Gates of [`LANES`] cells.
pub(crate) const GATES: usize = 4 * LANES;

/// One step of an LSTM for one sentence. `gates`: for every [`LANES`] cells what goes into their gates in, forget,
/// cell and out; `cells` go on, `out` is the new output.
pub(crate) fn lstm_cell(path: Path, gates: &[i16], cells: &mut [i16], out: &mut [i8]) {
    let (gates, cells) = (gates.as_chunks::<GATES>().0, cells.as_chunks_mut::<LANES>().0);
    let out = out.as_chunks_mut::<LANES>().0;
    match path {
        Path::Portable => portable(gates, cells, out),
        // SAFETY: `Path::all` gives these only where the processor has the instructions.
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 | Path::Vnni => unsafe { super::x86::lstm_cell(gates, cells, out) },
    }
}

fn portable(gates: &[[i16; GATES]], cells: &mut [[i16; LANES]], out: &mut [[i8; LANES]]) {
    for ((gates, cells), out) in gates.iter().zip(cells).zip(out) {
        let [i, f, g, o] = std::array::from_fn(|g| &gates[g * LANES..][..LANES]);
        for k in 0..LANES {
            cells[k] = times(sigmoid(f[k]), cells[k]).saturating_add(times(sigmoid(i[k]), tanh(g[k]) >> 4));
            out[k] = times(times(sigmoid(o[k]), tanh(cells[k])), 127) as i8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_what_their_names_say() {
        for x in i16::MIN..=i16::MAX {
            let real = f32::from(x) / FIXED;
            let check = |name: &str, found: i16, expected: f32| {
                assert!((f32::from(found) / 32_768.0 - expected).abs() < 1e-3, "{name} {real}");
            };
            check("tanh", tanh(x), real.tanh());
            check("sigmoid", sigmoid(x), 1.0 / (1.0 + (-real).exp()));
        }
    }
}
