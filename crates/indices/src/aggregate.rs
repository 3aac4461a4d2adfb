//! How the parts of a node become one value a unit.

use rayon::prelude::*;

use crate::doubt;
use crate::recipe::Aggregate;
use crate::step::{StepError, finite};

/// Units that are worked on together, so that what is in hand fits the nearest cache.
const BLOCK: usize = 512;
/// How far a share or a weight may be off by rounding.
const ROUNDING: f64 = 1e-12;

/// Aggregates the parts into `out`: each part is a column with one value a unit (NaN where missing), `weights` has one
/// weight a part, which need not sum to 1, and `needs` is the smallest share of the parts, by count, that a unit must have
/// to get a value, 0–1. A unit without any part gets none (NaN).
///
/// Which methods read the weights, and what a missing part means:
///
/// | method | weights | a missing part |
/// |---|---|---|
/// | arithmetic, geometric, harmonic, power, inverted geometric, Mazziotta–Pareto | yes | is left out, the other weights grow |
/// | Copeland | yes | is left out of the comparison of the pair, the other weights grow |
/// | sum | yes | leaves none |
/// | maximum, minimum, Fréchet lower | no | is left out |
/// | benefit of the doubt | no | counts as zero: the unit gets nothing for it |
/// | product, ratio, Sullivan, Fréchet upper, independent union | no | leaves none |
///
/// A part of weight zero counts for `needs` but otherwise has no say. Mazziotta–Pareto was published (2016, Soc. Indic.
/// Res. 127: 983–1003) without weights; with unequal ones the mean and the population variance are weighted.
///
/// # Errors
/// Where a part has an infinite value or one for which the method is not defined (the first such unit is named), where
/// weights are negative or sum to zero, and where the number of parts does not suit the method.
///
/// # Panics
/// Where the parts are not as long as `out`, or there is not one weight for each.
pub fn aggregate(
    method: &Aggregate,
    weights: &[f64],
    parts: &[&[f64]],
    needs: f64,
    out: &mut [f64],
) -> Result<(), StepError> {
    assert_eq!(weights.len(), parts.len(), "one weight for each part");
    assert!(
        parts.iter().all(|part| part.len() == out.len()),
        "one value for each unit"
    );
    let step = name(method);
    check_weights(step, weights)?;
    parts.iter().try_for_each(|part| finite(step, part))?;

    let parts = Parts {
        step,
        weights,
        columns: parts,
        needs,
    };
    match *method {
        Aggregate::Arithmetic => parts.mean(out, |x| x, |mean| mean),
        Aggregate::Power(1.0) => parts.mean(out, |x| x, |mean| mean),
        Aggregate::Geometric | Aggregate::Power(0.0) => {
            parts.above_zero()?;
            parts.mean(out, f64::ln, f64::exp);
        }
        Aggregate::Harmonic => {
            parts.above_zero()?;
            parts.mean(out, f64::recip, f64::recip);
        }
        Aggregate::Power(p) => {
            if !p.is_finite() {
                let needs = "a number, not infinite";
                return Err(StepError::Setting {
                    step,
                    setting: "the exponent",
                    value: p,
                    needs,
                });
            }
            parts.above_zero()?;
            parts.mean(out, |x| x.powf(p), |mean| mean.powf(p.recip()));
        }
        Aggregate::InvertedGeometric { low, high } => parts.inverted_geometric(low, high, out)?,
        Aggregate::Maximum | Aggregate::FrechetLower => {
            if *method == Aggregate::FrechetLower {
                parts.prevalences(|_| true)?;
            }
            parts.each_enough(out, |values| values.fold(f64::NEG_INFINITY, f64::max));
        }
        Aggregate::Minimum => parts.each_enough(out, |values| values.fold(f64::INFINITY, f64::min)),
        Aggregate::Sum => {
            let weights = parts.weights;
            parts.each_whole(out, |values| values.zip(weights).map(|(x, w)| w * x).sum());
        }
        Aggregate::Product => parts.each_whole(out, |values| values.product()),
        Aggregate::Ratio => parts.ratio(out)?,
        Aggregate::Copeland => parts.copeland(out),
        Aggregate::BenefitOfTheDoubt { at_least } => {
            let enough: Vec<bool> = (0..out.len()).map(|unit| parts.enough(parts.known(unit))).collect();
            doubt::benefit_of_the_doubt(at_least, parts.columns, &enough, out)?;
        }
        Aggregate::MazziottaPareto { add } => parts.mazziotta_pareto(add, out)?,
        Aggregate::Sullivan => parts.sullivan(out)?,
        Aggregate::FrechetUpper => {
            parts.prevalences(|_| true)?;
            parts.each_whole(out, |values| values.sum::<f64>().min(1.0));
        }
        Aggregate::IndependentUnion => {
            parts.prevalences(|_| true)?;
            parts.each_whole(out, |values| 1.0 - values.map(|p| 1.0 - p).product::<f64>());
        }
    }
    finite(step, out)
}

fn check_weights(step: &'static str, weights: &[f64]) -> Result<(), StepError> {
    if weights.is_empty() {
        return Err(StepError::Parts {
            step,
            needs: "one part at least",
            found: 0,
        });
    }
    if let Some(part) = weights.iter().position(|weight| !(0.0..f64::INFINITY).contains(weight)) {
        return Err(StepError::Weight {
            part,
            weight: weights[part],
        });
    }
    if weights.iter().sum::<f64>() > 0.0 {
        Ok(())
    } else {
        Err(StepError::NoWeight)
    }
}

/// The parts of a node and what is asked of them.
#[derive(Clone, Copy)]
struct Parts<'a> {
    step: &'static str,
    weights: &'a [f64],
    columns: &'a [&'a [f64]],
    needs: f64,
}

impl<'a> Parts<'a> {
    /// The generalised mean f⁻¹(Σ w f(x) / Σ w) of the known parts.
    fn mean(self, out: &mut [f64], function: impl Fn(f64) -> f64, inverse: impl Fn(f64) -> f64) {
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            let units = block * BLOCK..block * BLOCK + out.len();
            let mut sums = [0.0; BLOCK];
            let mut weights = [0.0; BLOCK];
            let mut known = [0.0; BLOCK];
            for (column, &weight) in self.columns.iter().zip(self.weights) {
                let column = &column[units.clone()];
                for (known, x) in known.iter_mut().zip(column) {
                    *known += if x.is_nan() { 0.0 } else { 1.0 };
                }
                if weight == 0.0 {
                    continue; // what has no say may lie outside the domain of the function
                }
                for ((sum, total), &x) in sums.iter_mut().zip(&mut weights).zip(column) {
                    let missing = x.is_nan();
                    *sum += if missing { 0.0 } else { weight * function(x) };
                    *total += if missing { 0.0 } else { weight };
                }
            }
            for (unit, value) in out.iter_mut().enumerate() {
                *value = if self.enough(known[unit] as usize) && weights[unit] > 0.0 {
                    inverse(sums[unit] / weights[unit])
                } else {
                    f64::NAN
                };
            }
        }
    }

    /// Whether so many known parts are enough.
    fn enough(self, known: usize) -> bool {
        known > 0 && known as f64 / self.columns.len() as f64 >= self.needs - ROUNDING
    }

    fn known(self, unit: usize) -> usize {
        self.columns.iter().filter(|column| !column[unit].is_nan()).count()
    }

    fn known_values(self, unit: usize) -> impl Iterator<Item = f64> + 'a {
        self.columns
            .iter()
            .map(move |column| column[unit])
            .filter(|x| !x.is_nan())
    }

    /// A function of each unit's known parts, where they are enough.
    fn each_enough(self, out: &mut [f64], function: impl Fn(&mut dyn Iterator<Item = f64>) -> f64) {
        for (unit, value) in out.iter_mut().enumerate() {
            let enough = self.enough(self.known(unit));
            *value = if enough {
                function(&mut self.known_values(unit))
            } else {
                f64::NAN
            };
        }
    }

    /// A function of each unit's parts, where none is missing.
    fn each_whole(self, out: &mut [f64], function: impl Fn(&mut dyn Iterator<Item = f64>) -> f64) {
        for (unit, value) in out.iter_mut().enumerate() {
            let whole = self.known(unit) == self.columns.len();
            *value = if whole {
                function(&mut self.known_values(unit))
            } else {
                f64::NAN
            };
        }
    }

    /// An error at the first unit with a value of zero or less in a part that has a weight.
    fn above_zero(self) -> Result<(), StepError> {
        let (needs, advice) = (
            "values above zero",
            "normalise to a range that begins above zero, or aggregate otherwise",
        );
        self.check(|part| self.weights[part] > 0.0, |x| x > 0.0, needs, advice)
    }

    /// An error at the first unit with a prevalence outside 0–1 in the parts chosen by number.
    fn prevalences(self, chosen: impl Fn(usize) -> bool) -> Result<(), StepError> {
        let share = |x| (-ROUNDING..=1.0 + ROUNDING).contains(&x);
        let advice = "divide per cent by 100, or clamp it";
        self.check(chosen, share, "prevalences between 0 and 1", advice)
    }

    /// An error at the first unit where a known value in a part chosen by number is not allowed.
    fn check(
        self,
        chosen: impl Fn(usize) -> bool,
        allowed: impl Fn(f64) -> bool,
        needs: &'static str,
        advice: &'static str,
    ) -> Result<(), StepError> {
        let columns = || {
            self.columns
                .iter()
                .enumerate()
                .filter(|(part, _)| chosen(*part))
                .map(|(_, column)| column)
        };
        let wrong = |x: f64| !x.is_nan() && !allowed(x);
        let first = columns()
            .filter(|column| column.iter().fold(false, |found, &x| found | wrong(x)))
            .filter_map(|column| Some((column.iter().position(|&x| wrong(x))?, column)))
            .min_by_key(|(unit, _)| *unit);
        match first {
            None => Ok(()),
            Some((unit, column)) => Err(StepError::Domain {
                step: self.step,
                unit,
                value: column[unit],
                needs,
                advice,
            }),
        }
    }

    /// INFORM's (Marin-Ferrer, Vernaccini & Poljansek 2017, INFORM Concept and Methodology): y = 1 at the high end of the
    /// scale and 10 at the low one.
    fn inverted_geometric(self, low: f64, high: f64, out: &mut [f64]) -> Result<(), StepError> {
        if low >= high || low.is_nan() || high.is_nan() {
            return Err(StepError::UpsideDown {
                step: self.step,
                low,
                high,
            });
        }
        let range = high - low;
        let slack = 1e-9 * range;
        let advice = "normalise to the scale, or clamp it";
        self.check(
            |part| self.weights[part] > 0.0,
            |x| x >= low - slack && x <= high + slack,
            "values on its scale",
            advice,
        )?;
        self.mean(
            out,
            |x| ((high - x) / range * 9.0 + 1.0).ln(),
            |mean| high - (mean.exp() - 1.0) / 9.0 * range,
        );
        Ok(())
    }

    fn ratio(self, out: &mut [f64]) -> Result<(), StepError> {
        let &[above, below] = self.columns else {
            return Err(StepError::Parts {
                step: self.step,
                needs: "two parts",
                found: self.columns.len(),
            });
        };
        if let Some(unit) = (0..out.len()).find(|&unit| below[unit] == 0.0 && !above[unit].is_nan()) {
            let (needs, advice) = ("a divisor other than zero", "mark it as missing, or add a constant");
            return Err(StepError::Domain {
                step: self.step,
                unit,
                value: 0.0,
                needs,
                advice,
            });
        }
        for ((value, above), below) in out.iter_mut().zip(above).zip(below) {
            *value = above / below;
        }
        Ok(())
    }

    /// M ∓ S²/M with the mean M and the population variance S² of each unit's parts.
    fn mazziotta_pareto(self, add: bool, out: &mut [f64]) -> Result<(), StepError> {
        let sign = if add { 1.0 } else { -1.0 };
        for (unit, value) in out.iter_mut().enumerate() {
            let pairs = || {
                self.columns
                    .iter()
                    .map(|column| column[unit])
                    .zip(self.weights)
                    .filter(|(x, _)| !x.is_nan())
            };
            let total: f64 = pairs().map(|(_, w)| w).sum();
            if !self.enough(self.known(unit)) || total == 0.0 {
                *value = f64::NAN;
                continue;
            }
            let mean = pairs().map(|(x, w)| w * x).sum::<f64>() / total;
            if mean <= 0.0 {
                let (needs, advice) = (
                    "a mean of the parts above zero",
                    "normalise by z-score with mean 100 and sd 10",
                );
                return Err(StepError::Domain {
                    step: self.step,
                    unit,
                    value: mean,
                    needs,
                    advice,
                });
            }
            let variance = pairs().map(|(x, w)| w * (x - mean).powi(2)).sum::<f64>() / total;
            *value = mean + sign * variance / mean;
        }
        Ok(())
    }

    /// Σ L (1 − π) over pairs of person-years and prevalence (Sullivan 1971, HSMHA Health Reports 86: 347–354).
    fn sullivan(self, out: &mut [f64]) -> Result<(), StepError> {
        let found = self.columns.len();
        if !found.is_multiple_of(2) {
            let needs = "pairs of person-years and prevalence";
            return Err(StepError::Parts {
                step: self.step,
                needs,
                found,
            });
        }
        self.prevalences(|part| part % 2 == 1)?;
        for (unit, value) in out.iter_mut().enumerate() {
            // A missing part makes the sum NaN.
            *value = self
                .columns
                .chunks_exact(2)
                .map(|pair| pair[0][unit] * (1.0 - pair[1][unit]))
                .sum();
        }
        Ok(())
    }

    /// Wins less defeats of each unit against all others with enough parts (Copeland 1951; as in Munda & Nardo 2009, Appl.
    /// Econ. 41: 1513–1523): a unit wins where the parts in which it has more outweigh those in which it has less.
    ///
    /// A row of the outranking matrix at a time, a block of opponents in hand, without branches: sums of whole numbers in
    /// the end, so the result does not depend on how the rows are shared among threads.
    fn copeland(self, out: &mut [f64]) {
        let enough: Vec<bool> = (0..out.len()).map(|unit| self.enough(self.known(unit))).collect();
        // A unit without enough parts is missing in all, and so neither wins nor loses against anyone.
        let columns: Vec<Vec<f64>> = self
            .columns
            .iter()
            .map(|column| {
                column
                    .iter()
                    .zip(&enough)
                    .map(|(&x, &enough)| if enough { x } else { f64::NAN })
                    .collect()
            })
            .collect();
        let tie = ROUNDING * self.weights.iter().sum::<f64>();
        out.par_iter_mut()
            .enumerate()
            .with_min_len(64)
            .for_each(|(unit, value)| {
                *value = if enough[unit] {
                    wins_less_defeats(unit, &columns, self.weights, tie)
                } else {
                    f64::NAN
                };
            });
    }
}

fn wins_less_defeats(unit: usize, columns: &[Vec<f64>], weights: &[f64], tie: f64) -> f64 {
    let count = columns[0].len();
    let mut score = 0.0;
    for start in (0..count).step_by(BLOCK) {
        let end = count.min(start + BLOCK);
        let mut leads = [0.0; BLOCK];
        for (column, &weight) in columns.iter().zip(weights) {
            let own = column[unit];
            for (lead, &other) in leads.iter_mut().zip(&column[start..end]) {
                // Comparisons with a missing value are false, so it adds nothing.
                *lead += if own > other { weight } else { 0.0 };
                *lead -= if own < other { weight } else { 0.0 };
            }
        }
        for &lead in &leads[..end - start] {
            score += if lead > tie { 1.0 } else { 0.0 };
            score -= if lead < -tie { 1.0 } else { 0.0 };
        }
    }
    score
}

fn name(method: &Aggregate) -> &'static str {
    match method {
        Aggregate::Arithmetic => "the arithmetic mean",
        Aggregate::Geometric => "the geometric mean",
        Aggregate::Harmonic => "the harmonic mean",
        Aggregate::Power(_) => "the generalised mean",
        Aggregate::InvertedGeometric { .. } => "the inverted geometric mean",
        Aggregate::Maximum => "the maximum",
        Aggregate::Minimum => "the minimum",
        Aggregate::Sum => "the sum",
        Aggregate::Product => "the product",
        Aggregate::Ratio => "the ratio",
        Aggregate::Copeland => "Copeland's rule",
        Aggregate::BenefitOfTheDoubt { .. } => "the benefit of the doubt",
        Aggregate::MazziottaPareto { .. } => "Mazziotta and Pareto's index",
        Aggregate::Sullivan => "Sullivan's expectancy",
        Aggregate::FrechetLower => "the lower Fréchet bound",
        Aggregate::FrechetUpper => "the upper Fréchet bound",
        Aggregate::IndependentUnion => "the union of independent threats",
    }
}
