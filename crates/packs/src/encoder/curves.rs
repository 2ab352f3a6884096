//! What a transformer has besides products, in f32: written once without fused multiply-add, sums in a fixed order, so that
//! every processor gives the same bits.

use crate::net::kernel::{LANES, Path, on_every_path};

/// Columns of an attention head.
pub(super) const HEAD: usize = 32;

/// Adding and taking this away rounds to whole numbers, ties to even.
const ROUND: f32 = 12_582_912.0;

/// eˣ for x up to 0 (what is above counts as 0); off by less than 1e-5 of it.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 0.0 { 0.0 } else { x };
    let t = x * std::f32::consts::LOG2_E;
    let whole = (t + ROUND) - ROUND;
    let f = t - whole;
    let power = ((((((1.540_353_e-4 * f + 1.333_355_8e-3) * f + 9.618_129e-3) * f + 5.550_411e-2) * f
        + 0.240_226_5)
        * f
        + std::f32::consts::LN_2)
        * f)
        + 1.0;
    power * f32::from_bits(((whole as i32 + 127) << 23) as u32)
}

/// Abramowitz & Stegun 7.1.26; off by less than 2e-7.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let poly = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_8) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    (1.0 - poly * exp(-size * size)).copysign(x)
}

/// Sum in lanes, then of the lanes.
#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0f32; LANES];
    for chunk in chunks {
        for (lane, v) in lanes.iter_mut().zip(chunk) {
            *lane += of(*v);
        }
    }
    let mut total = 0.0;
    for lane in lanes {
        total += lane;
    }
    for v in rest {
        total += of(*v);
    }
    total
}

on_every_path! {
    /// Gaussian error linear unit (Hendrycks & Gimpel 2016), in place.
    fn gelu(values: &mut [f32]) {
        for v in values {
            *v = 0.5 * *v * (1.0 + erf(*v * std::f32::consts::FRAC_1_SQRT_2));
        }
    }
}

on_every_path! {
    /// `rows += added`, then each row to mean 0 and variance 1, times gain, plus shift (Ba et al. 2016).
    fn add_and_norm(rows: &mut [f32], added: &[f32], gain: &[f32], shift: &[f32]) {
        let width = gain.len();
        for (row, added) in rows.chunks_exact_mut(width).zip(added.chunks_exact(width)) {
            for (v, a) in row.iter_mut().zip(added) {
                *v += *a;
            }
            let mean = sum(row, |v| v) / width as f32;
            let spread = sum(row, |v| (v - mean) * (v - mean)) / width as f32;
            let by = 1.0 / (spread + EPSILON).sqrt();
            for ((v, g), s) in row.iter_mut().zip(gain).zip(shift) {
                *v = (*v - mean) * by * *g + *s;
            }
        }
    }
}
/// Keeps a row without spread from being divided by nothing.
const EPSILON: f32 = 1e-12;

on_every_path! {
    /// One head's attention (Vaswani et al. 2017) over one text: `rows` hold query, key and value of all heads side by side.
    ///
    /// `turned` is room for the keys and `scores` for one row of scores, both padded to a multiple of [`LANES`] pieces; `out` has a
    /// row a piece, all heads side by side.
    fn attend(rows: &[f32], width: usize, head: usize, turned: &mut [f32], scores: &mut [f32], out: &mut [f32]) {
        let (n, at, by) = (rows.len() / (3 * width), head * HEAD, 1.0 / (HEAD as f32).sqrt());
        let padded = n.next_multiple_of(LANES);
        let turned = &mut turned[..padded * HEAD].as_chunks_mut::<LANES>().0;
        for j in 0..padded {
            // Places beyond the last piece hold nothing.
            let key = if j < n { &rows[j * 3 * width + width + at..][..HEAD] } else { &[0.0; HEAD] };
            for d in 0..HEAD {
                turned[j / LANES * HEAD + d][j % LANES] = key[d] * by;
            }
        }
        let scores = &mut scores[..padded].as_chunks_mut::<LANES>().0;
        for i in 0..n {
            let query = &rows[i * 3 * width + at..][..HEAD];
            let mut most = [f32::MIN; LANES];
            for (c, scores) in scores.iter_mut().enumerate() {
                let keys = &turned[c * HEAD..][..HEAD];
                let mut sums = [0f32; LANES];
                for d in 0..HEAD {
                    for l in 0..LANES {
                        sums[l] += query[d] * keys[d][l];
                    }
                }
                for l in 0..LANES {
                    let sum = if c * LANES + l < n { sums[l] } else { f32::MIN };
                    sums[l] = sum;
                    most[l] = if sum > most[l] { sum } else { most[l] };
                }
                *scores = sums;
            }
            let mut top = most[0];
            for one in most {
                top = if one > top { one } else { top };
            }
            let mut sums = [0f32; LANES];
            for scores in scores.iter_mut() {
                for l in 0..LANES {
                    scores[l] = exp(scores[l] - top);
                    sums[l] += scores[l];
                }
            }
            let mut total = 0.0;
            for sum in sums {
                total += sum;
            }
            let by = 1.0 / total;
            let mut sums = [0f32; HEAD];
            for j in 0..n {
                let weight = scores[j / LANES][j % LANES] * by;
                let values = &rows[j * 3 * width + 2 * width + at..][..HEAD];
                for d in 0..HEAD {
                    sums[d] += weight * values[d];
                }
            }
            out[i * width + at..][..HEAD].copy_from_slice(&sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_near_the_true_ones() {
        for k in -800..=0 {
            let x = k as f32 / 10.0;
            assert!((exp(x) - x.exp()).abs() <= 1e-5 * x.exp() + 1e-37, "{x}: {} {}", exp(x), x.exp());
        }
        for (x, want) in [(0.0, 0.0), (0.5, 0.520_499_9), (-1.0, -0.842_700_8), (3.0, 0.999_977_9)] {
            assert!((erf(x) - want).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn every_path_gives_the_same_bits() {
        let (n, width) = (7, 2 * HEAD);
        let wave = |m: usize, by: f32| (0..m).map(|k| (k as f32 * by).sin() * 3.0).collect::<Vec<f32>>();
        let mut seen = Vec::new();
        for path in Path::all() {
            let mut values = wave(n * width, 0.7);
            gelu(path, &mut values);
            add_and_norm(path, &mut values, &wave(n * width, 1.3), &wave(width, 0.3), &wave(width, 0.2));
            let (mut turned, mut scores, mut out) =
                (vec![0.0; 16 * HEAD], vec![0.0; 16], vec![0.0; n * width]);
            for head in 0..2 {
                attend(path, &wave(3 * n * width, 0.9), width, head, &mut turned, &mut scores, &mut out);
            }
            seen.push(values.iter().chain(&out).map(|v| v.to_bits()).collect::<Vec<_>>());
        }
        assert!(seen.windows(2).all(|w| w[0] == w[1]));
    }
}
