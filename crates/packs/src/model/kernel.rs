//! The inner loops, for each kind of processor: int8 matrix products and the cell of the LSTM.
//!
//! Why by hand: a dozen lines decide how fast everything is, and no crate promises the same bits on every path.
//! Products are sums of whole numbers, hence exact in any order. Steps in f32 are written once, without fused
//! multiply-add, and only compiled more than once; IEEE arithmetic then gives the same bits everywhere.

/// Which instructions to use. All give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Path {
    /// Every path that this processor has, fastest last.
    pub(super) fn all() -> Vec<Self> {
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

    pub(super) fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::Portable)
    }
}

/// Outputs that are worked out side by side; matrices are padded to a multiple.
pub(super) const LANES: usize = 16;
/// Inputs that one instruction multiplies; rows are padded to a multiple.
pub(super) const GROUP: usize = 4;

/// A matrix of weights, outputs × inputs, laid out as `[output / 16][input / 4][16][4]`.
#[derive(Debug)]
pub(super) struct Packed {
    data: Vec<i8>,
    /// -128 times the sum of each output's weights: takes back the shift of the inputs to unsigned.
    shift: Vec<i32>,
    /// Inputs, padded.
    pub(super) inputs: usize,
    /// Outputs, padded.
    pub(super) outputs: usize,
}

impl Packed {
    /// From row-major weights, a row an output.
    pub(super) fn new(weights: &[i8], outputs: usize, inputs: usize) -> Self {
        let (wide, tall) = (inputs.next_multiple_of(GROUP), outputs.next_multiple_of(LANES));
        let mut data = vec![0; wide * tall];
        let mut shift = vec![0; tall];
        for (n, row) in weights.chunks_exact(inputs.max(1)).take(outputs).enumerate() {
            let block = (n / LANES) * wide * LANES + (n % LANES) * GROUP;
            for (k, &w) in row.iter().enumerate() {
                data[block + (k / GROUP) * LANES * GROUP + k % GROUP] = w;
                shift[n] -= 128 * i32::from(w);
            }
        }
        Self { data, shift, inputs: wide, outputs: tall }
    }
}

/// `out[row][output] = Σ input[row][k] · weight[output][k]`; rows of `input` and `out` are as long as the
/// matrix's padded sides. No element may be -128.
pub(super) fn product(path: Path, input: &[i8], matrix: &Packed, out: &mut [i32]) {
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

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{GROUP, LANES, Packed};
    use std::arch::x86_64::*;

    /// Rows that share each load of weights.
    const ROWS: usize = 4;

    /// Some rows in groups of four inputs; where fewer are left than asked for, the last one is repeated.
    fn rows<const N: usize>(
        input: &[[i8; GROUP]],
        first: usize,
        many: usize,
        groups: usize,
    ) -> [&[[i8; GROUP]]; N] {
        std::array::from_fn(|r| &input[(first + r.min(many - 1)) * groups..][..groups])
    }

    // Spelled out, like the loops below: `map` and `zip` are not always inlined, which costs a factor of five.
    #[inline(always)]
    fn whole(a: [i8; GROUP]) -> i32 {
        let [a, b, c, d] = a;
        i32::from_le_bytes([a.cast_unsigned(), b.cast_unsigned(), c.cast_unsigned(), d.cast_unsigned()])
    }

    /// `|a| · sign(w, a)`: two products of at most 127 × 127 fit the 16 bits of the intermediate sum.
    #[target_feature(enable = "avx2")]
    pub(super) fn avx2(input: &[i8], matrix: &Packed, out: &mut [i32]) {
        let (groups, tall) = (matrix.inputs / GROUP, matrix.outputs);
        let (input, count) = (input.as_chunks::<GROUP>().0, out.len() / tall);
        let (weights, ones) = (matrix.data.as_chunks::<{ LANES * GROUP }>().0, _mm256_set1_epi16(1));
        for first in (0..count).step_by(ROWS) {
            let many = ROWS.min(count - first);
            let input: [_; ROWS] = rows(input, first, many, groups);
            for block in 0..tall / LANES {
                let weights = &weights[block * groups..][..groups];
                let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
                for k in 0..groups {
                    let w = weights[k].as_ptr();
                    // SAFETY: each of `weights` is 64 bytes long.
                    let w = unsafe { [_mm256_loadu_si256(w.cast()), _mm256_loadu_si256(w.add(32).cast())] };
                    for (r, sum) in sums.iter_mut().enumerate() {
                        let a = _mm256_set1_epi32(whole(input[r][k]));
                        let size = _mm256_abs_epi8(a);
                        let low = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w[0], a));
                        let high = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w[1], a));
                        sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(low, ones));
                        sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(high, ones));
                    }
                }
                for (r, sum) in sums.iter().enumerate().take(many) {
                    let out = &mut out[(first + r) * tall + block * LANES..][..LANES];
                    // SAFETY: `out` is 64 bytes long.
                    unsafe {
                        _mm256_storeu_si256(out.as_mut_ptr().cast(), sum[0]);
                        _mm256_storeu_si256(out.as_mut_ptr().add(8).cast(), sum[1]);
                    }
                }
            }
        }
    }

    /// The instruction multiplies unsigned by signed: inputs are shifted by 128, and `shift` takes it back.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn vnni(input: &[i8], matrix: &Packed, out: &mut [i32]) {
        let (groups, tall) = (matrix.inputs / GROUP, matrix.outputs);
        let (input, count) = (input.as_chunks::<GROUP>().0, out.len() / tall);
        let weights = matrix.data.as_chunks::<{ LANES * GROUP }>().0;
        // Two blocks at a time keep enough sums in flight; a last odd one is paired with itself.
        for block in (0..tall / LANES).step_by(2) {
            let blocks = [block, (block + 1).min(tall / LANES - 1)];
            let [left, right] = blocks.map(|b| &weights[b * groups..][..groups]);
            let starts = blocks.map(|b| {
                let shift = &matrix.shift[b * LANES..][..LANES];
                // SAFETY: `shift` is 64 bytes long.
                unsafe { _mm512_loadu_si512(shift.as_ptr().cast()) }
            });
            for first in (0..count).step_by(ROWS) {
                let many = ROWS.min(count - first);
                let input: [_; ROWS] = rows(input, first, many, groups);
                let mut sums = [starts; ROWS];
                for k in 0..groups {
                    // SAFETY: each of `left` and `right` is 64 bytes long.
                    let w = unsafe {
                        [
                            _mm512_loadu_si512(left[k].as_ptr().cast()),
                            _mm512_loadu_si512(right[k].as_ptr().cast()),
                        ]
                    };
                    for (r, sum) in sums.iter_mut().enumerate() {
                        // The sign bits flipped: 128 more, as unsigned.
                        let a = _mm512_set1_epi32(whole(input[r][k]) ^ i32::from_le_bytes([0x80; 4]));
                        sum[0] = _mm512_dpbusd_epi32(sum[0], a, w[0]);
                        sum[1] = _mm512_dpbusd_epi32(sum[1], a, w[1]);
                    }
                }
                for (r, sum) in sums.iter().enumerate().take(many) {
                    for (sum, b) in sum.iter().zip(blocks) {
                        let out = &mut out[(first + r) * tall + b * LANES..][..LANES];
                        // SAFETY: `out` is 64 bytes long.
                        unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
                    }
                }
            }
        }
    }
}

/// `Σ a[k] · b[k]`
pub(super) fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// Defines a function once and compiles it for each path.
macro_rules! on_every_path {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        pub(super) fn $name(path: Path, $($arg: $type),*) {
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

/// Adding and taking this away rounds to whole numbers, ties to even.
const ROUND: f32 = 12_582_912.0;

#[inline(always)]
fn round(x: f32) -> i8 {
    // The sum's last bits are the whole number itself; |x| is at most 127 here.
    ((x + ROUND).to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32) as i8
}

/// Lambert's continued fraction; off by less than 1e-4, and 1 beyond 4.97.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let top = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let bottom = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    (top / bottom).clamp(-1.0, 1.0)
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

on_every_path! {
    /// One step of an LSTM for one sentence. `given`: what the input says, `sums`: what the last output says in
    /// whole numbers, `scales` what one is worth; gates in the order in, forget, cell, out. `cell` goes on,
    /// `output` is the new output in 127ths.
    fn lstm_cell(given: &[f32], sums: &[i32], scales: &[f32], cell: &mut [f32], output: &mut [i8]) {
        let n = cell.len();
        let gate = |g: usize| (&given[g * n..][..n], &sums[g * n..][..n], &scales[g * n..][..n]);
        let ((xi, hi, si), (xf, hf, sf), (xg, hg, sg), (xo, ho, so)) = (gate(0), gate(1), gate(2), gate(3));
        let output = &mut output[..n];
        for k in 0..n {
            let i = sigmoid(xi[k] + hi[k] as f32 * si[k]);
            let f = sigmoid(xf[k] + hf[k] as f32 * sf[k]);
            let g = tanh(xg[k] + hg[k] as f32 * sg[k]);
            let o = sigmoid(xo[k] + ho[k] as f32 * so[k]);
            cell[k] = f * cell[k] + i * g;
            output[k] = round(127.0 * (o * tanh(cell[k])));
        }
    }
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
        let most = lanes.iter().chain(rest).fold(0f32, |most, v| if v.abs() > most { v.abs() } else { most });
        let by = if most > 0.0 { 127.0 / most } else { 0.0 };
        for (out, v) in out.iter_mut().zip(values) {
            *out = round(*v * by);
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
            let n = 1 + next() as usize % 70;
            let mut floats =
                |m: usize| (0..m).map(|_| (next() % 20_001 - 10_000) as f32 / 1_237.0).collect::<Vec<_>>();
            let (given, scales, cell) = (floats(4 * n), floats(4 * n), floats(n));
            let sums: Vec<i32> = (0..4 * n).map(|_| next() % 100_000 - 50_000).collect();
            let mut seen = Vec::new();
            for path in Path::all() {
                let (mut cell, mut output) = (cell.clone(), vec![0; n]);
                lstm_cell(path, &given, &sums, &scales, &mut cell, &mut output);
                let (mut whole, mut scale, mut back) = (vec![0; 4 * n], [0.0], vec![0.0; 4 * n]);
                quantize(path, &given, &mut whole, &mut scale);
                rescale(path, &sums, scale[0], &scales, &given, &mut back);
                add_row(path, &whole, 0.37, &mut back);
                let bits: Vec<u32> = cell.iter().chain(&back).chain(&scale).map(|v| v.to_bits()).collect();
                seen.push((bits, output, whole));
            }
            assert!(seen.windows(2).all(|w| w[0] == w[1]));
        }
    }

    #[test]
    fn the_curve_is_tanh() {
        for k in -800..=800 {
            let x = k as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}");
        }
    }
}
