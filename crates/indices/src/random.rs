//! Random numbers that depend on what they are for, and not on when or on which thread they are drawn.
//!
//! There is one ChaCha stream per [`Key`]: a seed, what is drawn, the place and the period. Its numbers are read in order,
//! and number *r* is found without drawing those before it, so that replicates can be made in any order and in blocks of any
//! size.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// Which stream. Two streams are the same only where seed, subject, place and period are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of a stream: the SHA-256 of the seed (8 bytes, the lowest first) and of the three texts, each with its length
    /// before it (likewise), so that no two lists of texts run together. It is the seed of the stream's ChaCha with 8 rounds.
    pub fn new(seed: u64, subject: &str, place: &str, period: &str) -> Key {
        let mut hash = Sha256::new_with_prefix(seed.to_le_bytes());
        for text in [subject, place, period] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        Key(hash.finalize().into())
    }

    /// Writes the numbers `first`, `first + 1`, … of the stream: even between 0 and 1, and never either. Each takes two words
    /// of the stream, of which it keeps the upper 52 bits and stands in the middle of its cell.
    pub fn uniforms(&self, first: u64, numbers: &mut [f64]) {
        let mut stream = ChaCha8Rng::from_seed(self.0);
        stream.set_word_pos(2 * u128::from(first));
        for number in numbers {
            *number = ((stream.next_u64() >> 12) as f64 + 0.5) * 2f64.powi(-52);
        }
    }
}

/// Replaces probabilities between 0 and 1 by quantiles of the standard normal distribution, to about sixteen digits:
/// algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37: 477–484).
pub fn normal_quantiles(probabilities: &mut [f64]) {
    // Block by block the middle 85 % as if it were all, without a branch and several at once; and then the tails likewise.
    for block in probabilities.chunks_mut(BLOCK) {
        let mut values = [0.0; BLOCK];
        for (value, p) in values.iter_mut().zip(block.iter()) {
            let q = p - 0.5;
            *value = q * ratio(&MIDDLE, 0.180625 - q * q);
        }
        tails(block, &mut values);
        block.copy_from_slice(&values[..block.len()]);
    }
}

const BLOCK: usize = 32;

fn tails(probabilities: &[f64], values: &mut [f64; BLOCK]) {
    let (mut at, mut count) = ([0; BLOCK + 1], 0);
    for (number, p) in probabilities.iter().enumerate() {
        at[count] = number;
        count += usize::from((p - 0.5).abs() > 0.425);
    }
    let mut r = [0.0; BLOCK];
    for (r, at) in r.iter_mut().zip(&at[..count]) {
        let p = probabilities[*at];
        *r = (-p.min(1.0 - p).ln()).sqrt();
    }
    let mut near = [0.0; BLOCK];
    for (near, r) in near.iter_mut().zip(&r[..count]) {
        *near = ratio(&NEAR, r - 1.6);
    }
    for ((at, r), near) in at[..count].iter().zip(r).zip(near) {
        let value = if r <= 5.0 { near } else { ratio(&FAR, r - 5.0) };
        values[*at] = value.copysign(probabilities[*at] - 0.5);
    }
}

/// The quantile of the standard normal distribution at a probability between 0 and 1.
pub fn normal_quantile(probability: f64) -> f64 {
    let mut value = [probability];
    normal_quantiles(&mut value);
    value[0]
}

fn ratio((above, below): &Ratio, x: f64) -> f64 {
    polynomial(above, x) / polynomial(below, x)
}

/// Of the lowest power first.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

type Ratio = ([f64; 8], [f64; 8]);

const MIDDLE: Ratio = (
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
);

const NEAR: Ratio = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

const FAR: Ratio = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);
