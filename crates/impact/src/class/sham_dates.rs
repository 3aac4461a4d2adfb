//! A class of policies adopted because harm was high, held against sham policies at the same points of other episodes.

use super::chance::{self, Purpose};
use crate::episodes::Shams;
use crate::methods::mean;

/// The largest fall that is told apart: a fall to nothing has no logarithm.
const LARGEST_FALL: f64 = 0.99;

/// What sham classes show: each case is replaced by one of its own sham policies, drawn anew for every sham class, and the
/// mean of the logarithms is taken, as it is of the cases.
///
/// `p` is the share of the class and the sham classes whose mean is at least as far from the median of them all as the
/// class's; `episodes` is the fewest sham policies that a case has, `effects` are those of all cases. None of no case.
pub fn of_cases(cases: &[Shams], draws: usize, seed: u64) -> Option<Shams> {
    let fewest = cases
        .iter()
        .map(|case| case.effects.len())
        .min()
        .filter(|fewest| *fewest > 0)?;
    let own = mean(&cases.iter().map(|case| log(case.effect)).collect::<Vec<_>>());
    let mut stream = chance::stream(seed, Purpose::Shams, 0);
    let mut sham = || {
        let one = |case: &Shams| log(case.effects[chance::below(&mut stream, case.effects.len())].1);
        mean(&cases.iter().map(one).collect::<Vec<_>>())
    };
    let mut means: Vec<f64> = (0..draws.max(1)).map(|_| sham()).collect();
    means.push(own);
    means.sort_by(f64::total_cmp);
    let middle = means[means.len() / 2];
    let far = means
        .iter()
        .filter(|mean| (**mean - middle).abs() >= (own - middle).abs() - 1e-12)
        .count();
    Some(Shams {
        episodes: fewest,
        median: middle.exp() - 1.0,
        effect: own.exp() - 1.0,
        beyond: Some((own - middle).exp() - 1.0),
        p: far as f64 / means.len() as f64,
        effects: cases.iter().flat_map(|case| case.effects.iter().cloned()).collect(),
    })
}

/// The logarithm of what an effect, as a share, leaves.
fn log(effect: f64) -> f64 {
    effect.max(-LARGEST_FALL).ln_1p()
}
