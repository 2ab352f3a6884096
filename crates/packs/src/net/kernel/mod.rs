//! The inner loops, for each kind of processor: int8 matrix products and the cell of the LSTM.
//!
//! Why by hand: a dozen lines decide how fast everything is, and no crate promises the same bits on every path.
//! Products are sums of whole numbers, hence exact in any order. Steps in f32 are written once, without fused
//! multiply-add, and only compiled more than once; IEEE arithmetic then gives the same bits everywhere.

mod gates;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use gates::{FIXED, GATES, fix, fix_onto, lstm_cell};

/// Which instructions to use. All give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Path {
    /// Every path that this processor has, fastest last.
    pub(crate) fn all() -> Vec<Self> {
        #[allow(unused_mut, reason = "other processors have one path")]
        let mut out = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                out.push(Self::Avx2);
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vnni")
                {
                    out.push(Self::Vnni);
                }
            }
        }
        out
    }

    pub(crate) fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::Portable)
    }
}

/// Outputs that are worked out side by side; matrices are padded to a multiple.
pub(crate) const LANES: usize = 16;
/// Inputs that one instruction multiplies; rows are padded to a multiple.
pub(crate) const GROUP: usize = 4;

/// A matrix of weights, outputs × inputs, laid out as `[output / 16][input / 4][16][4]`.
#[derive(Debug)]
pub(crate) struct Packed {
    data: Vec<i8>,
    /// Inputs, padded.
    pub(crate) inputs: usize,
    /// Outputs, padded.
    pub(crate) outputs: usize,
}

impl Packed {
    /// From row-major weights, a row an output.
    pub(crate) fn new(weights: &[i8], outputs: usize, inputs: usize) -> Self {
        let (wide, tall) = (inputs.next_multiple_of(GROUP), outputs.next_multiple_of(LANES));
        let mut data = vec![0; wide * tall];
        for (n, row) in weights.chunks_exact(inputs.max(1)).take(outputs).enumerate() {
            let block = (n / LANES) * wide * LANES + (n % LANES) * GROUP;
            for (k, &w) in row.iter().enumerate() {
                data[block + (k / GROUP) * LANES * GROUP + k % GROUP] = w;
            }
        }
        Self { data, inputs: wide, outputs: tall }
    }
}

/// `out[row][output] = Σ input[row][k] · weight[output][k]`; rows of `input` and `out` are as long as the
/// matrix's padded sides. No element may be -128.
pub(crate) fn product(path: Path, input: &[i8], matrix: &Packed, out: &mut [i32]) {
    let rows = out.len() / matrix.outputs;
    assert!(input.len() >= rows * matrix.inputs && out.len() == rows * matrix.outputs, "shapes agree");
    match path {
        Path::Portable => portable(input, matrix, out),
        // SAFETY: `Path::all` gives these only where the processor has the instructions; shapes are checked above.
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 => unsafe { x86::avx2(input, matrix, out) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Path::Vnni => unsafe { x86::vnni(input, matrix, out) },
    }
}

fn portable(input: &[i8], matrix: &Packed, out: &mut [i32]) {
    let wide = matrix.inputs;
    for (row, out) in input.chunks_exact(wide).zip(out.chunks_exact_mut(matrix.outputs)) {
        for (block, out) in matrix.data.chunks_exact(wide * LANES).zip(out.as_chunks_mut::<LANES>().0) {
            let mut sums = [0i32; LANES];
            for (a, w) in row.as_chunks::<GROUP>().0.iter().zip(block.chunks_exact(LANES * GROUP)) {
                for (sum, w) in sums.iter_mut().zip(w.as_chunks::<GROUP>().0) {
                    for (a, w) in a.iter().zip(w) {
                        *sum += i32::from(*a) * i32::from(*w);
                    }
                }
            }
            *out = sums;
        }
    }
}

/// Defines a function once and compiles it for each path.
macro_rules! on_every_path {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        pub(crate) fn $name(path: Path, $($arg: $type),*) {
            #[inline(always)]
            fn body($($arg: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($arg: $type),*) { body($($arg),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw")]
            fn avx512($($arg: $type),*) { body($($arg),*) }
            match path {
                Path::Portable => body($($arg),*),
                // SAFETY: `Path::all` gives these only where the processor has the instructions.
                #[cfg(target_arch = "x86_64")]
                Path::Avx2 => unsafe { avx2($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Path::Vnni => unsafe { avx512($($arg),*) },
            }
        }
    };
}
pub(crate) use on_every_path;

/// Adding and taking this away rounds to whole numbers, ties to even.
const ROUND: f32 = 12_582_912.0;

/// Of a number that fits 16 bits.
#[inline(always)]
fn round(x: f32) -> i32 {
    // The sum's last bits are the whole number itself.
    ((x + ROUND).to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32)
}

on_every_path! {
    /// `out = sums · scale · scales + bias`, number by number.
    fn rescale(sums: &[i32], scale: f32, scales: &[f32], bias: &[f32], out: &mut [f32]) {
        for (((out, sum), s), b) in out.iter_mut().zip(sums).zip(scales).zip(bias) {
            *out = *sum as f32 * (scale * *s) + *b;
        }
    }
}

on_every_path! {
    /// What a row makes with each of `others`, by what one is worth in the row (`worth`, one number) and in them.
    fn dots(row: &[i8], worth: &[f32], others: &[i8], worths: &[f32], out: &mut [f32]) {
        let (n, worth) = (row.len(), worth[0]);
        for ((out, other), w) in out.iter_mut().zip(others.chunks_exact(n)).zip(worths) {
            // Not `map` and `sum`: where they are not inlined, they are compiled for any processor.
            let mut dot = 0;
            for (a, b) in row.iter().zip(other) {
                dot += i32::from(*a) * i32::from(*b);
            }
            *out = dot as f32 * (worth * *w);
        }
    }
}

on_every_path! {
    /// `out += weight · row`.
    fn add_row(row: &[i8], weight: f32, out: &mut [f32]) {
        for (out, v) in out.iter_mut().zip(row) {
            *out += weight * f32::from(*v);
        }
    }
}

on_every_path! {
    /// Rounds to int8; `scale`, which must be one number long, is what one is worth afterwards.
    fn quantize(values: &[f32], out: &mut [i8], scale: &mut [f32]) {
        let mut lanes = [0f32; LANES];
        let (chunks, rest) = values.as_chunks::<LANES>();
        for chunk in chunks {
            for (most, v) in lanes.iter_mut().zip(chunk) {
                *most = if v.abs() > *most { v.abs() } else { *most };
            }
        }
        let mut most = 0f32;
        for part in [&lanes[..], rest] {
            for v in part {
                most = if v.abs() > most { v.abs() } else { most };
            }
        }
        let by = if most > 0.0 { 127.0 / most } else { 0.0 };
        for (out, v) in out.iter_mut().zip(values) {
            *out = round(*v * by) as i8;
        }
        scale.fill(most / 127.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without pattern, the same in each run.
    fn noise(seed: u64) -> impl FnMut() -> i32 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i32
        }
    }

    fn small(next: &mut impl FnMut() -> i32) -> i8 {
        (next() % 255 - 127) as i8
    }

    #[test]
    fn every_path_gives_the_plain_product() {
        let mut next = noise(1);
        for round in 0..200 {
            let (rows, inputs, outputs) =
                (1 + next() as usize % 11, 1 + next() as usize % 90, 1 + next() as usize % 70);
            let extreme = round % 4 == 0;
            let mut value =
                || if extreme { if next() % 2 == 0 { 127 } else { -127 } } else { small(&mut next) };
            let weights: Vec<i8> = (0..inputs * outputs).map(|_| value()).collect();
            let matrix = Packed::new(&weights, outputs, inputs);
            let mut input = vec![0; rows * matrix.inputs];
            for row in input.chunks_exact_mut(matrix.inputs) {
                row[..inputs].fill_with(&mut value);
            }
            for path in Path::all() {
                let mut out = vec![1; rows * matrix.outputs];
                product(path, &input, &matrix, &mut out);
                for (r, n) in (0..rows).flat_map(|r| (0..outputs).map(move |n| (r, n))) {
                    let plain: i32 = (0..inputs)
                        .map(|k| i32::from(input[r * matrix.inputs + k]) * i32::from(weights[n * inputs + k]))
                        .sum();
                    assert_eq!(out[r * matrix.outputs + n], plain, "{path:?} {rows} {inputs} {outputs}");
                }
            }
        }
    }

    #[test]
    fn every_path_gives_the_same_bits() {
        let mut next = noise(2);
        for _ in 0..200 {
            let (n, blocks) = (1 + next() as usize % 70, next() as usize % 5);
            let mut floats =
                |m: usize| (0..m).map(|_| (next() % 20_001 - 10_000) as f32 / 1_237.0).collect::<Vec<_>>();
            let (given, scales) = (floats(4 * n), floats(4 * n));
            let sums: Vec<i32> = (0..4 * n).map(|_| next() % 100_000 - 50_000).collect();
            let mut shorts = |m: usize| (0..m).map(|_| next() as i16).collect::<Vec<_>>();
            let (gates, cells, fixed) = (shorts(blocks * GATES), shorts(blocks * LANES), shorts(4 * n));
            let mut seen = Vec::new();
            for path in Path::all() {
                let (mut cells, mut output) = (cells.clone(), vec![0; blocks * LANES]);
                lstm_cell(path, &gates, &mut cells, &mut output);
                let (mut whole, mut scale, mut back) = (vec![0; 4 * n], [0.0], vec![0.0; 4 * n]);
                quantize(path, &given, &mut whole, &mut scale);
                rescale(path, &sums, scale[0], &scales, &given, &mut back);
                add_row(path, &whole, 0.37, &mut back);
                dots(path, &whole[..n], &scale, &whole, &scales, &mut back);
                let mut short = [vec![0; 4 * n], vec![0; 4 * n]];
                fix(path, &sums, scale[0], &scales, &given, &mut short[0]);
                fix_onto(path, &fixed, &sums, &scales, &mut short[1]);
                let bits: Vec<u32> = back.iter().chain(&scale).map(|v| v.to_bits()).collect();
                seen.push((bits, cells, output, whole, short));
            }
            assert!(seen.windows(2).all(|w| w[0] == w[1]));
        }
    }
}
