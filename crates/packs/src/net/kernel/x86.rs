//! Matrix products for x86-64 processors.

use super::gates::{CURVE, GATES};
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
pub(crate) fn avx2(input: &[i8], matrix: &Packed, out: &mut [i32]) {
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

/// Blocks of outputs that share each load of inputs.
const BLOCKS: usize = 4;
/// Rows whose sums are at hand together, so that weights stay near while all of them pass.
const MANY: usize = 96;

/// The instruction multiplies unsigned by signed: weights are shifted by 128, and a row's sum takes it back.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(crate) fn vnni(input: &[i8], matrix: &Packed, out: &mut [i32]) {
    let (wide, tall) = (matrix.inputs, matrix.outputs);
    let weights = matrix.data.as_chunks::<{ LANES * GROUP }>().0;
    let mut sums = [0; MANY];
    for (input, out) in input.chunks(MANY * wide).zip(out.chunks_mut(MANY * tall)) {
        let count = out.len() / tall;
        for (sum, row) in sums.iter_mut().zip(input.chunks_exact(wide)) {
            *sum = total(row);
        }
        let input = input.as_chunks::<GROUP>().0;
        for block in (0..tall / LANES).step_by(BLOCKS) {
            let mut first = 0;
            while first < count {
                let (sums, tile) = (&sums[first..count], Tile { weights, input, first, block });
                first += match count - first {
                    1 => tile.work::<1>(matrix, sums, out),
                    2 => tile.work::<2>(matrix, sums, out),
                    3 => tile.work::<3>(matrix, sums, out),
                    4 | 7 | 8 => tile.work::<4>(matrix, sums, out),
                    5 | 9 | 10 => tile.work::<5>(matrix, sums, out),
                    _ => tile.work::<6>(matrix, sums, out),
                };
            }
        }
    }
}

/// Sum of a row.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn total(row: &[i8]) -> i32 {
    let mut sum = _mm512_setzero_si512();
    for part in row.chunks(64) {
        // SAFETY: only the bytes that `part` has are read.
        let a = unsafe { _mm512_maskz_loadu_epi8(u64::MAX >> (64 - part.len()), part.as_ptr()) };
        sum = _mm512_dpbusd_epi32(sum, _mm512_set1_epi8(1), a);
    }
    _mm512_reduce_add_epi32(sum)
}

/// Where some rows meet some blocks of outputs.
struct Tile<'a> {
    weights: &'a [[i8; LANES * GROUP]],
    input: &'a [[i8; GROUP]],
    first: usize,
    block: usize,
}

impl Tile<'_> {
    /// Works out `N` rows, and says how many these were. Where fewer blocks are left, the last is repeated.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn work<const N: usize>(&self, matrix: &Packed, totals: &[i32], out: &mut [i32]) -> usize {
        let (groups, tall) = (matrix.inputs / GROUP, matrix.outputs);
        let (mut blocks, mut weights) = ([0; BLOCKS], [self.weights.as_ptr(); BLOCKS]);
        for b in 0..BLOCKS {
            blocks[b] = (self.block + b).min(tall / LANES - 1);
            weights[b] = self.weights[blocks[b] * groups..][..groups].as_ptr();
        }
        let input = self.input[self.first * groups..][..N * groups].as_ptr();
        let mut sums = [[_mm512_setzero_si512(); BLOCKS]; N];
        for r in 0..N {
            sums[r] = [_mm512_set1_epi32(-128 * totals[r]); BLOCKS];
        }
        let flip = _mm512_set1_epi8(-128);
        for k in 0..groups {
            let mut w = [flip; BLOCKS];
            for b in 0..BLOCKS {
                // The sign bits flipped: 128 more, as unsigned.
                // SAFETY: `k` is less than `groups`, and each of the weights is 64 bytes long.
                w[b] = _mm512_xor_si512(flip, unsafe { _mm512_loadu_si512(weights[b].add(k).cast()) });
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                // SAFETY: `r` is less than `N`, `k` less than `groups`; any four bytes are a number.
                let a =
                    _mm512_set1_epi32(unsafe { input.add(r * groups + k).cast::<i32>().read_unaligned() });
                for b in 0..BLOCKS {
                    sums[b] = _mm512_dpbusd_epi32(sums[b], w[b], a);
                }
            }
        }
        for r in 0..N {
            for b in 0..BLOCKS {
                let out = &mut out[(self.first + r) * tall + blocks[b] * LANES..][..LANES];
                // SAFETY: `out` is 64 bytes long.
                unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), sums[r][b]) };
            }
        }
        N
    }
}

/// The cell of `gates::portable`, step by step.
#[target_feature(enable = "avx2")]
pub(crate) fn lstm_cell(gates: &[[i16; GATES]], cells: &mut [[i16; LANES]], out: &mut [[i8; LANES]]) {
    for ((gates, cells), out) in gates.iter().zip(cells).zip(out) {
        let (i, f, o) = (sigmoid(gate(gates, 0)), sigmoid(gate(gates, 1)), sigmoid(gate(gates, 3)));
        let new = _mm256_mulhrs_epi16(i, _mm256_srai_epi16::<4>(tanh(gate(gates, 2))));
        // SAFETY: each of `cells` is 32 bytes long, of `out` 16.
        unsafe {
            let kept = _mm256_mulhrs_epi16(f, _mm256_loadu_si256(cells.as_ptr().cast()));
            let cell = _mm256_adds_epi16(kept, new);
            _mm256_storeu_si256(cells.as_mut_ptr().cast(), cell);
            let given = _mm256_mulhrs_epi16(_mm256_mulhrs_epi16(o, tanh(cell)), _mm256_set1_epi16(127));
            let (low, high) = (_mm256_castsi256_si128(given), _mm256_extracti128_si256::<1>(given));
            _mm_storeu_si128(out.as_mut_ptr().cast(), _mm_packs_epi16(low, high));
        }
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn gate(gates: &[i16; GATES], which: usize) -> __m256i {
    let gate = &gates[which * LANES..][..LANES];
    // SAFETY: `gate` is 32 bytes long.
    unsafe { _mm256_loadu_si256(gate.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn tanh4(s: __m256i) -> __m256i {
    let one = _mm256_set1_epi16(i16::MAX);
    let (c0, c1, c2) =
        (_mm256_set1_epi16(CURVE[0]), _mm256_set1_epi16(CURVE[1]), _mm256_set1_epi16(CURVE[2]));
    let m = _mm256_abs_epi16(_mm256_max_epi16(s, _mm256_set1_epi16(-i16::MAX)));
    let q = _mm256_add_epi16(_mm256_mulhrs_epi16(m, c2), c1);
    let q = _mm256_add_epi16(_mm256_mulhrs_epi16(m, q), c0);
    let bend = _mm256_slli_epi16::<2>(_mm256_mulhrs_epi16(_mm256_mulhrs_epi16(m, m), q));
    let p = _mm256_add_epi16(_mm256_sub_epi16(one, m), bend);
    let p = _mm256_mulhrs_epi16(p, p);
    let y = _mm256_sub_epi16(one, _mm256_mulhrs_epi16(p, p));
    // The sign of `s`, where it has one; 1 - p⁴ is not quite 0 at 0.
    _mm256_sign_epi16(y, _mm256_or_si256(s, _mm256_set1_epi16(1)))
}

#[inline]
#[target_feature(enable = "avx2")]
fn tanh(x: __m256i) -> __m256i {
    let x = _mm256_adds_epi16(x, x);
    tanh4(_mm256_adds_epi16(x, x))
}

#[inline]
#[target_feature(enable = "avx2")]
fn sigmoid(x: __m256i) -> __m256i {
    let half = _mm256_srai_epi16::<1>(tanh4(_mm256_adds_epi16(x, x)));
    _mm256_add_epi16(half, _mm256_set1_epi16(1 << 14))
}
