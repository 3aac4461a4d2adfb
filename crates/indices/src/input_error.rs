//! How far an input may be from the truth, as a distribution from which it is drawn anew in every replicate.
//!
//! Each draw is the quantile of one random number between 0 and 1, so that the errors of several units can be drawn
//! independently of each other or all alike. The value of the source is the median, except for counts and samples.

use std::sync::LazyLock;

use statrs::distribution::{Beta, ContinuousCDF, Gamma};

use crate::data::Spread;
use crate::random::{normal_quantile, normal_quantiles};
use crate::recipe::InputError;
use crate::step::StepError;

/// The distribution of one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// It is taken as exact.
    Exact,
    /// Normal, with a standard deviation below the median and one above it.
    Normal {
        /// The median.
        median: f64,
        /// The standard deviation below it.
        below: f64,
        /// The standard deviation above it.
        above: f64,
    },
    /// The same of the logarithm.
    LogNormal {
        /// The median of the value itself.
        median: f64,
        /// The standard deviation of the logarithm below it.
        below: f64,
        /// The standard deviation of the logarithm above it.
        above: f64,
    },
    /// The same of the logit of a share.
    LogitNormal {
        /// The median of the share, 0–1.
        median: f64,
        /// The standard deviation of the logit below it.
        below: f64,
        /// The standard deviation of the logit above it.
        above: f64,
        /// What the whole is, of which it is a share: 1 or 100.
        whole: f64,
    },
    /// Half on each side of the best value, and even between low, best and high.
    Range {
        /// The low end.
        low: f64,
        /// The best value.
        best: f64,
        /// The high end.
        high: f64,
    },
    /// The expected number of cases behind a count: gamma with shape count + ½ (the posterior of Jeffreys' prior), so that a
    /// count of zero has an error too.
    Count(f64),
    /// The share behind that of a sample: beta with shapes cases + ½ and others + ½ (likewise).
    Sample {
        /// Cases in the sample.
        cases: f64,
        /// Others in the sample.
        others: f64,
        /// What the whole is, of which it is a share: 1 or 100.
        whole: f64,
    },
}

/// What is known of the error of one input in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputErrors {
    /// The key of the input.
    pub input: String,
    /// How it is drawn, in words.
    pub how: String,
    /// Values that are drawn.
    pub drawn: usize,
    /// Values without an error, which are taken as exact.
    pub unknown: usize,
    /// Values taken as exact because their range does not hold them, or is none.
    pub contradicted: usize,
}

/// The distributions of the values of one input.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Laws {
    pub(crate) each: Vec<Law>,
    /// Draws below are set to it.
    floor: f64,
    /// Draws above are set to it.
    ceiling: f64,
}

/// An input's values and what its source says of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    pub(crate) input: &'a str,
    /// One a unit; NaN where missing.
    pub(crate) values: &'a [f64],
    pub(crate) spreads: Option<&'a [Option<Spread>]>,
    /// What the whole is, if the input is a share by its unit.
    pub(crate) whole: Option<f64>,
}

impl Laws {
    /// The distributions by what the recipe says of the input's error, or where it says nothing by what the source does.
    pub(crate) fn new(error: Option<InputError>, told: Told<'_>) -> Result<(Laws, InputErrors), StepError> {
        let values = told.values;
        let spread = |unit: usize| told.spreads.and_then(|spreads| spreads[unit]);
        let lowest = (0..values.len())
            .flat_map(|u| [Some(values[u]), spread(u).map(|s| s.low)])
            .flatten()
            .filter(|v| !v.is_nan())
            .fold(f64::INFINITY, f64::min);
        let scale = match told.whole {
            Some(whole) => Scale::Logit(whole),
            None if lowest > 0.0 => Scale::Logarithm,
            None => Scale::Plain,
        };
        let mut errors = InputErrors {
            input: told.input.to_string(),
            how: how(error, scale, told),
            drawn: 0,
            unknown: 0,
            contradicted: 0,
        };
        let mut each = Vec::with_capacity(values.len());
        for (unit, &value) in values.iter().enumerate() {
            let found = match error {
                _ if value.is_nan() => {
                    each.push(Law::Exact);
                    continue;
                }
                Some(InputError::None) => Found::Unknown,
                Some(InputError::Poisson) => Found::Law(count(unit, value)?),
                Some(InputError::Binomial(size)) => Found::Law(sample(unit, value, size, whole_of(told))?),
                Some(InputError::Relative(sd)) => Found::Law(Law::LogNormal {
                    median: value,
                    below: sd,
                    above: sd,
                }),
                Some(InputError::Absolute(sd)) => Found::Law(Law::Normal {
                    median: value,
                    below: sd,
                    above: sd,
                }),
                Some(InputError::Interval(level)) => from_source(value, spread(unit), Some(Some(level)), scale),
                Some(InputError::LowBestHigh) => from_source(value, spread(unit), Some(None), scale),
                None => from_source(value, spread(unit), None, scale),
            };
            each.push(match found {
                Found::Law(law) => {
                    errors.drawn += 1;
                    law
                }
                Found::Unknown => {
                    errors.unknown += 1;
                    Law::Exact
                }
                Found::Contradicted => {
                    errors.contradicted += 1;
                    Law::Exact
                }
            });
        }
        let laws = Laws {
            each,
            floor: if lowest >= 0.0 { 0.0 } else { f64::NEG_INFINITY },
            ceiling: told.whole.unwrap_or(f64::INFINITY),
        };
        Ok((laws, errors))
    }

    /// Whether nothing is drawn.
    pub(crate) fn all_exact(&self) -> bool {
        self.each.iter().all(|law| *law == Law::Exact)
    }

    /// Whether the value of a unit is taken as exact.
    pub(crate) fn is_exact(&self, unit: usize) -> bool {
        self.each[unit] == Law::Exact
    }

    /// Replaces random numbers between 0 and 1 by draws of a unit's value.
    pub(crate) fn draw(&self, unit: usize, numbers: &mut [f64]) {
        self.each[unit].draw(numbers);
        for value in numbers {
            *value = value.clamp(self.floor, self.ceiling);
        }
    }
}

impl Law {
    /// Replaces random numbers between 0 and 1 by the quantiles at them; leaves them as they are for an exact value.
    pub fn draw(&self, numbers: &mut [f64]) {
        match *self {
            Law::Exact => {}
            Law::Normal { median, below, above } => {
                normal_quantiles(numbers);
                each(numbers, |z| median + side(z, below, above));
            }
            Law::LogNormal { median, below, above } => {
                normal_quantiles(numbers);
                each(numbers, |z| median * side(z, below, above).exp());
            }
            Law::LogitNormal {
                median,
                below,
                above,
                whole,
            } => {
                normal_quantiles(numbers);
                let odds = (1.0 - median) / median;
                each(numbers, |z| whole / (1.0 + odds * (-side(z, below, above)).exp()));
            }
            Law::Range { low, best, high } => each(numbers, |u| {
                if u < 0.5 {
                    low + (best - low) * 2.0 * u
                } else {
                    best + (high - best) * (2.0 * u - 1.0)
                }
            }),
            Law::Count(count) => expected_cases(count, numbers),
            Law::Sample { cases, others, whole } => {
                share_behind(cases + 0.5, others + 0.5, numbers);
                each(numbers, |p| p * whole);
            }
        }
    }
}

/// The scale on which an interval is taken as normal.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    Plain,
    Logarithm,
    Logit(f64),
}

enum Found {
    Law(Law),
    Unknown,
    Contradicted,
}

/// The distribution by the source's spread; the recipe may say that it is an interval of some level, or a range (none).
fn from_source(value: f64, spread: Option<Spread>, level: Option<Option<f64>>, scale: Scale) -> Found {
    let Some(Spread { low, high, level: own }) = spread else {
        return Found::Unknown;
    };
    // UCDP has ranges that do not hold the best value; nothing can be known from them.
    if !(low <= value && value <= high && (high - low).is_finite()) {
        return Found::Contradicted;
    }
    let Some(level) = level.unwrap_or(own) else {
        return Found::Law(Law::Range { low, best: value, high });
    };
    if !(level > 0.0 && level < 1.0) {
        return Found::Contradicted;
    }
    // Half of the distribution lies on each side of the value, and the interval holds its share: an interval that is not
    // even about the value has a standard deviation for each side.
    let z = normal_quantile((1.0 + level) / 2.0);
    let on = |x: f64| match scale {
        Scale::Plain => x,
        Scale::Logarithm => x.ln(),
        Scale::Logit(whole) => (x / (whole - x)).ln(),
    };
    let (below, above) = ((on(value) - on(low)) / z, (on(high) - on(value)) / z);
    Found::Law(match scale {
        Scale::Logarithm => Law::LogNormal {
            median: value,
            below,
            above,
        },
        Scale::Logit(whole) if low > 0.0 && high < whole => Law::LogitNormal {
            median: value / whole,
            below,
            above,
            whole,
        },
        // A share whose interval reaches 0 or the whole has no logit there.
        Scale::Plain | Scale::Logit(_) => Law::Normal {
            median: value,
            below: (value - low) / z,
            above: (high - value) / z,
        },
    })
}

fn count(unit: usize, value: f64) -> Result<Law, StepError> {
    if value >= 0.0 {
        return Ok(Law::Count(value));
    }
    Err(StepError::Domain {
        step: "the error of a count",
        unit,
        value,
        needs: "a count of zero or more",
        advice: "mend it in the data, or give the input another `error`",
    })
}

fn sample(unit: usize, value: f64, size: f64, whole: f64) -> Result<Law, StepError> {
    if (0.0..=whole).contains(&value) {
        let cases = size * value / whole;
        return Ok(Law::Sample {
            cases,
            others: size - cases,
            whole,
        });
    }
    Err(StepError::Domain {
        step: "the error of a share of a sample",
        unit,
        value,
        needs: "shares from 0 to 1 or from 0 to 100",
        advice: "mend it in the data, or give the input another `error`",
    })
}

/// What an input of shares is a share of. Where its unit does not say so, shares above 1 are per cent.
fn whole_of(told: Told<'_>) -> f64 {
    let percent = told.values.iter().any(|v| *v > 1.0);
    told.whole.unwrap_or(if percent { 100.0 } else { 1.0 })
}

fn how(error: Option<InputError>, scale: Scale, told: Told<'_>) -> String {
    let on = match scale {
        Scale::Plain => "normal",
        Scale::Logarithm => "normal on the logarithmic scale",
        Scale::Logit(_) => "normal on the logit scale",
    };
    match error {
        None => {
            let has = |ranges: bool| {
                let spreads = told.spreads.unwrap_or_default().iter().flatten();
                spreads.into_iter().any(|s| s.level.is_none() == ranges)
            };
            match (has(false), has(true)) {
                (false, false) => "no error is known".to_string(),
                (true, false) => format!("the source's intervals, {on}"),
                (false, true) => "the source's low, best and high".to_string(),
                (true, true) => format!("the source's intervals, {on}, or its low, best and high"),
            }
        }
        Some(InputError::None) => "exact, as the recipe says".to_string(),
        Some(InputError::Interval(level)) => format!("the source's {} % intervals, {on}", level * 100.0),
        Some(InputError::LowBestHigh) => "the source's low, best and high".to_string(),
        Some(InputError::Poisson) => "counts of independent cases".to_string(),
        Some(InputError::Binomial(size)) => format!("shares of {} in samples of {size}", whole_of(told)),
        Some(InputError::Relative(sd)) => format!("{} % of the value, normal on the logarithmic scale", sd * 100.0),
        Some(InputError::Absolute(sd)) => format!("normal with a standard deviation of {sd}"),
    }
}

fn side(z: f64, below: f64, above: f64) -> f64 {
    z * if z < 0.0 { below } else { above }
}

/// Counts from here on go by Wilson and Hilferty's approximation (1931, PNAS 17: 684–688), which is then off by less than
/// a fiftieth of a standard deviation between the quantiles 0.0005 and 0.9995.
const MANY: f64 = 20.0;

/// Quantiles of the gamma distribution with shape count + ½.
fn expected_cases(count: f64, numbers: &mut [f64]) {
    let shape = count + 0.5;
    if count >= MANY {
        normal_quantiles(numbers);
        let (centre, slope) = (1.0 - 1.0 / (9.0 * shape), 1.0 / (3.0 * shape.sqrt()));
        each(numbers, |z| shape * (centre + slope * z).max(0.0).powi(3));
    } else if count.fract() == 0.0 {
        let table = &FEW_CASES[count as usize];
        normal_quantiles(numbers);
        each(numbers, |z| table.quantile(z));
    } else {
        let law = Gamma::new(shape, 1.0).expect("a count is zero or more");
        each(numbers, |u| law.inverse_cdf(u));
    }
}

/// Quantiles of a gamma distribution at evenly spaced standard normal quantiles, as cube roots, which are nearly on a line.
struct Table(Vec<f64>);

static FEW_CASES: LazyLock<Vec<Table>> =
    LazyLock::new(|| (0..MANY as usize).map(|count| Table::new(count as f64 + 0.5)).collect());

impl Table {
    /// The 52 bits of a random number reach to 8.2.
    const REACH: f64 = 8.5;
    const STEPS: usize = 2048;

    fn new(shape: f64) -> Table {
        let law = Gamma::new(shape, 1.0).expect("a shape above zero");
        let normal = statrs::distribution::Normal::standard();
        let step = 2.0 * Table::REACH / Table::STEPS as f64;
        let root = |at: usize| {
            law.inverse_cdf(normal.cdf(at as f64 * step - Table::REACH).min(1.0 - 1e-16))
                .cbrt()
        };
        Table((0..=Table::STEPS).map(root).collect())
    }

    fn quantile(&self, z: f64) -> f64 {
        let at = (z + Table::REACH) / (2.0 * Table::REACH) * Table::STEPS as f64;
        let before = (at as usize).min(Table::STEPS - 1);
        let (low, high) = (self.0[before], self.0[before + 1]);
        (low + (high - low) * (at - before as f64)).powi(3)
    }
}

/// Quantiles of a beta distribution; where both shapes are large by Abramowitz and Stegun 26.5.22, which is then off by less
/// than a hundredth of a standard deviation.
fn share_behind(a: f64, b: f64, numbers: &mut [f64]) {
    if a.min(b) < MANY {
        let law = Beta::new(a, b).expect("shapes above zero");
        each(numbers, |u| law.inverse_cdf(u));
        return;
    }
    normal_quantiles(numbers);
    let (of_a, of_b) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (of_a + of_b);
    each(numbers, |z| {
        // The formula is for the upper tail.
        let lambda = (z * z - 3.0) / 6.0;
        let w = -z * (h + lambda).sqrt() / h - (of_b - of_a) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        a / (a + b * (2.0 * w).exp())
    });
}

fn each(values: &mut [f64], function: impl Fn(f64) -> f64) {
    values.iter_mut().for_each(|value| *value = function(*value));
}
