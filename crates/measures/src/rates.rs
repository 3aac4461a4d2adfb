//! Rates of deaths with intervals that hold in small populations. Pure functions: numbers in, numbers out.
//!
//! | what | interval | when |
//! |---|---|---|
//! | [`garwood`], [`raw`] | exact Poisson (Garwood 1936) | a count of events that come singly |
//! | [`compound`], [`compound_rate`] | gamma for a weighted sum of Poisson counts (Fay and Feuer 1997) | deaths that come many in one event |
//! | [`empirical_bayes`], [`spatial_empirical_bayes`] | gamma posterior (Marshall 1991) | many areas of few people, compared |
//!
//! Rates are deaths per [`PER`] person-years, intervals two-sided with equal tails at a `level` such as 0.95. A rate
//! that cannot be computed is absent with its reason and never zero. None of the intervals covers what a source misses
//! or miscounts: they tell what chance alone would do to a count of that size.
//!
//! ```
//! use lysoen_measures::rates::{Toll, empirical_bayes, raw};
//! // Three deaths among 20,000 people in one year: 15 per 100,000, and anything from 3 to 44 is compatible with it.
//! let hamlet = Toll::new(3, 20_000.0);
//! let rate = raw(&hamlet, 0.95);
//! assert_eq!(rate.rate, Some(15.0));
//! assert!((rate.low.unwrap() - 3.09).abs() < 0.01 && (rate.high.unwrap() - 43.84).abs() < 0.01);
//! // Beside two large areas it is drawn towards the rate of all of them.
//! let smoothed = empirical_bayes(&[hamlet, Toll::new(20, 900_000.0), Toll::new(90, 800_000.0)], 0.95);
//! assert!(smoothed[0].rate.unwrap() < 15.0 && smoothed[0].rate.unwrap() > 6.5);
//! ```

use lysoen_lexicon::estimate::IntervalKind;
use statrs::distribution::{ContinuousCDF, Gamma, Normal};

/// Person-years to which a [`Rate`] refers.
pub const PER: f64 = 100_000.0;

/// The deaths of an area and the person-years in which they were counted: its population times the years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Toll {
    /// Deaths.
    pub deaths: u64,
    /// Person-years; none where the population is not known.
    pub person_years: Option<f64>,
}

impl Toll {
    /// Deaths in so many person-years.
    pub fn new(deaths: u64, person_years: f64) -> Toll {
        Toll {
            deaths,
            person_years: Some(person_years),
        }
    }

    /// The person-years by which the deaths can be divided, or why they cannot.
    fn exposure(&self) -> Result<f64, String> {
        match self.person_years {
            Some(years) if years > 0.0 && years.is_finite() => Ok(years),
            Some(_) => Err(format!("no rate: {} deaths, but nobody lives here", self.deaths)),
            None => Err(format!("no rate: {} deaths, but no population known", self.deaths)),
        }
    }
}

/// A rate of deaths per [`PER`] person-years.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The rate; none where it cannot be computed, and `note` says why.
    pub rate: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// What the interval is, or why there is none.
    pub interval: IntervalKind,
    /// The weight of the area's own rate in it, from 0 (only the others count) to 1 (only its own).
    pub weight: Option<f64>,
    /// What a reader must know.
    pub note: String,
}

impl Rate {
    /// No rate, and why.
    pub(crate) fn absent(why: String) -> Rate {
        Rate {
            rate: None,
            low: None,
            high: None,
            interval: IntervalKind::None { reason: why.clone() },
            weight: None,
            note: why,
        }
    }

    /// A rate from deaths, their interval and the person-years by which all three are divided.
    fn of(deaths: f64, (low, high): (f64, f64), person_years: f64, interval: IntervalKind) -> Rate {
        let per = |count: f64| Some(count * PER / person_years);
        Rate {
            rate: per(deaths),
            low: per(low),
            high: per(high),
            interval,
            weight: Some(1.0),
            note: String::new(),
        }
    }
}

/// Shape from which on Wilson and Hilferty's cube (1931) gives a gamma quantile to eleven digits.
const LARGE_SHAPE: f64 = 1e6;

/// The quantile of a gamma distribution of rate 1; 0 for shape 0.
fn gamma_quantile(shape: f64, p: f64) -> f64 {
    if shape > LARGE_SHAPE {
        let ninth = 1.0 / (9.0 * shape);
        return shape * (1.0 - ninth + Normal::standard().inverse_cdf(p) * ninth.sqrt()).powi(3);
    }
    Gamma::new(shape, 1.0).map_or(0.0, |gamma| gamma.inverse_cdf(p))
}

/// The two probabilities between which an interval of a level lies.
fn tails(level: f64) -> (f64, f64) {
    ((1.0 - level) / 2.0, (1.0 + level) / 2.0)
}

/// The exact interval of a Poisson mean from a count (Garwood 1936): χ²(α/2; 2n)/2 to χ²(1 − α/2; 2n + 2)/2.
///
/// It is conservative: it holds the mean at least as often as its level says.
///
/// ```
/// use lysoen_measures::rates::garwood;
/// let (low, high) = garwood(10, 0.95);
/// assert!((low - 4.795).abs() < 5e-4 && (high - 18.390).abs() < 5e-4);
/// // Nothing counted is compatible with a mean of up to −ln 0.025 = 3.689.
/// assert!(garwood(0, 0.95).0 == 0.0 && (garwood(0, 0.95).1 - 3.689).abs() < 5e-4);
/// ```
pub fn garwood(count: u64, level: f64) -> (f64, f64) {
    let (lower, upper) = tails(level);
    let count = count as f64;
    // A χ² with 2n degrees of freedom, halved, is a gamma of shape n.
    (gamma_quantile(count, lower), gamma_quantile(count + 1.0, upper))
}

/// An area's own rate with Garwood's interval. It assumes that the deaths came singly and independently.
pub fn raw(toll: &Toll, level: f64) -> Rate {
    toll.exposure().map_or_else(Rate::absent, |person_years| {
        let interval = IntervalKind::Confidence { level };
        Rate::of(toll.deaths as f64, garwood(toll.deaths, level), person_years, interval)
    })
}

/// The gamma interval of a weighted sum of Poisson counts (Fay and Feuer 1997, Statistics in Medicine 16:791–801),
/// from the sum y = Σ wᵢ, its variance v = Σ wᵢ² over single events, and the largest weight w.
///
/// Low: gamma of shape y²/v and scale v/y; high: shape (y + w)²/(v + w²), scale (v + w²)/(y + w). Never below zero; with
/// all weights 1 it is [`garwood`].
pub fn gamma_interval(sum: f64, variance: f64, largest: f64, level: f64) -> (f64, f64) {
    let (lower, upper) = tails(level);
    let quantile = |sum: f64, variance: f64, p: f64| match sum > 0.0 {
        true => variance / sum * gamma_quantile(sum * sum / variance, p),
        false => 0.0,
    };
    (
        quantile(sum, variance, lower),
        quantile(sum + largest, variance + largest * largest, upper),
    )
}

/// The interval of the deaths to be expected where single events kill many: the number of events is Poisson, and the
/// variance of the sum of deaths is estimated by Σ x² (compound Poisson). The deaths xᵢ of each event are the weights of
/// [`gamma_interval`].
///
/// `largest` is the largest event that could have happened here, such as the largest of the country in all years known: it
/// alone makes the upper end where nothing was counted. The largest of `events` counts where it is larger.
///
/// ```
/// use lysoen_measures::rates::{compound, garwood};
/// // Ten deaths, one at a time, or all at once.
/// assert_eq!(compound(&[1; 10], 1, 0.95), garwood(10, 0.95));
/// let (low, high) = compound(&[10], 10, 0.95);
/// assert!((low - 0.253).abs() < 5e-4 && (high - 55.716).abs() < 5e-4);
/// ```
pub fn compound(events: &[u64], largest: u64, level: f64) -> (f64, f64) {
    let deaths = || events.iter().map(|x| *x as f64);
    let largest = events.iter().copied().fold(largest, u64::max).max(1);
    gamma_interval(deaths().sum(), deaths().map(|x| x * x).sum(), largest as f64, level)
}

/// An area's own rate with the interval of [`compound`]; `events` are the deaths of each event.
pub fn compound_rate(events: &[u64], largest: u64, person_years: Option<f64>, level: f64) -> Rate {
    let toll = Toll {
        deaths: events.iter().sum(),
        person_years,
    };
    toll.exposure().map_or_else(Rate::absent, |person_years| {
        let interval = IntervalKind::Confidence { level };
        let mut rate = Rate::of(
            toll.deaths as f64,
            compound(events, largest, level),
            person_years,
            interval,
        );
        rate.note = "the number of events is taken as Poisson, each with the deaths that it had".to_string();
        rate
    })
}

/// What a group of areas says about the rates of areas like them (Marshall 1991, Applied Statistics 40:283–294).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The pooled rate m = Σe/Σb, in deaths per person-year.
    pub mean: f64,
    /// The variance a of the rates between areas beyond what chance makes of them:
    /// a = Σb(e/b − m)²/Σb − m/mean(b), cut at 0.
    pub variance: f64,
    /// Deaths Σe of the areas.
    pub deaths: u64,
    /// Person-years Σb of the areas.
    pub person_years: f64,
    /// The number of areas whose population is known.
    pub areas: usize,
}

impl Prior {
    /// The prior from areas; none where none of them has a population. Areas without one play no part.
    pub fn of<'a>(tolls: impl Iterator<Item = &'a Toll> + Clone) -> Option<Prior> {
        let known = || {
            tolls
                .clone()
                .filter_map(|t| Some((t.deaths as f64, t.exposure().ok()?)))
        };
        let areas = known().count();
        let person_years: f64 = known().map(|(_, b)| b).sum();
        let deaths = tolls.clone().filter(|t| t.exposure().is_ok()).map(|t| t.deaths).sum();
        (areas > 0).then(|| {
            let mean = deaths as f64 / person_years;
            let spread = known().map(|(e, b)| b * (e / b - mean).powi(2)).sum::<f64>() / person_years;
            let by_chance = mean / (person_years / areas as f64);
            Prior {
                mean,
                variance: (spread - by_chance).max(0.0),
                deaths,
                person_years,
                areas,
            }
        })
    }

    /// The posterior rate of an area: w·e/b + (1 − w)·m with w = a/(a + m/b), which is the mean of the gamma posterior
    /// of shape m²/a + e and rate m/a + b. Without variance between the areas, the pooled rate with Garwood's interval.
    fn posterior(&self, toll: &Toll, level: f64) -> Rate {
        let exposure = match toll.exposure() {
            Ok(person_years) => person_years,
            Err(why) => return Rate::absent(why),
        };
        let (m, a) = (self.mean, self.variance);
        if a == 0.0 {
            let interval = IntervalKind::Confidence { level };
            return Rate {
                weight: Some(0.0),
                note: self.pooled(),
                ..Rate::of(
                    self.deaths as f64,
                    garwood(self.deaths, level),
                    self.person_years,
                    interval,
                )
            };
        }
        let (shape, years) = (m * m / a + toll.deaths as f64, m / a + exposure);
        let (lower, upper) = tails(level);
        let ends = (gamma_quantile(shape, lower), gamma_quantile(shape, upper));
        let weight = a / (a + m / exposure);
        Rate {
            weight: Some(weight),
            note: format!(
                "drawn towards the {:.2} per 100,000 of {} areas, with weight {weight:.2} of its own rate; the interval \
                 leaves out the error of that rate and of the spread between the areas",
                m * PER,
                self.areas
            ),
            ..Rate::of(shape, ends, years, IntervalKind::Credible { level })
        }
    }

    fn pooled(&self) -> String {
        match self.areas {
            1 => "its own rate: no other area to draw on".to_string(),
            n => format!(
                "the rate of {n} areas together: they differ no more than chance alone would make them; the interval is \
                 that of the common rate"
            ),
        }
    }
}

/// Marshall's empirical Bayes rates, towards the rate of all areas, one for each area in their order.
///
/// The interval is that of the gamma posterior and ignores the error of m and a; both assume independent deaths, so where
/// single events kill many, read [`compound_rate`] beside it.
pub fn empirical_bayes(tolls: &[Toll], level: f64) -> Vec<Rate> {
    let prior = Prior::of(tolls.iter());
    tolls
        .iter()
        .map(|toll| posterior(prior.as_ref(), toll, level))
        .collect()
}

/// Neighbours that do not fit the areas.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NeighboursError {
    /// Not one list for each area.
    #[error("{lists} lists of neighbours for {areas} areas: give one for each, empty where an area has none")]
    Lists {
        /// The lists given.
        lists: usize,
        /// The areas given.
        areas: usize,
    },
    /// A neighbour that is no area.
    #[error("area {area} has the neighbour {neighbour}, but the areas are numbered from 0 to {last}")]
    Unknown {
        /// The area.
        area: usize,
        /// The number of its neighbour.
        neighbour: usize,
        /// The number of the last area.
        last: usize,
    },
}

/// The same towards the rate of an area's neighbours and the area itself, one rate for each area in their order.
///
/// `neighbours[i]` are the places in `tolls` of the areas that touch area `i`; the area itself and repetitions may be
/// among them and count once. An area without neighbours keeps its own rate with Garwood's interval.
pub fn spatial_empirical_bayes(
    tolls: &[Toll],
    neighbours: &[Vec<usize>],
    level: f64,
) -> Result<Vec<Rate>, NeighboursError> {
    if neighbours.len() != tolls.len() {
        return Err(NeighboursError::Lists {
            lists: neighbours.len(),
            areas: tolls.len(),
        });
    }
    let around = |(area, toll): (usize, &Toll)| {
        let mut group: Vec<usize> = neighbours[area].iter().copied().chain([area]).collect();
        group.sort_unstable();
        group.dedup();
        if let Some(neighbour) = group.iter().copied().find(|i| *i >= tolls.len()) {
            let last = tolls.len() - 1;
            return Err(NeighboursError::Unknown { area, neighbour, last });
        }
        let prior = Prior::of(group.iter().map(|i| &tolls[*i]));
        Ok(posterior(prior.as_ref(), toll, level))
    };
    tolls.iter().enumerate().map(around).collect()
}

/// The posterior of an area's group; absent, with the reason, where nobody in it is known to live anywhere.
fn posterior(prior: Option<&Prior>, toll: &Toll, level: f64) -> Rate {
    prior.map_or_else(|| raw(toll, level), |prior| prior.posterior(toll, level))
}
