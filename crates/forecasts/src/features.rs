//! What the direct models look at: for a unit in a month, levels that decay, recent months, shares of months with deaths, the
//! units beside it and the other quantities of the panel. Nothing of a later month enters.

use lysoen_lexicon::panel::Panel;
use rayon::prelude::*;

use crate::benchmarks::needs;
use crate::history::{Decaying, decay, outcome};
use crate::model::{Abstention, Target};

/// Features that the logistic regression uses; they come first, the constant before all.
pub(crate) const LINEAR: usize = 8;
/// Features of a unit's own target.
const OWN: usize = 17;
/// What is added to a level before something is divided by it or its logarithm taken.
pub(crate) const OFFSET: f64 = 0.5;

/// Months of training before the origin.
const MONTHS: usize = 240;
/// Months in which the weight of a training month halves.
const TRAINING_HALF_LIFE: f64 = 96.0;
/// Half-life of the level to which amounts are scaled, in months.
const LEVEL_HALF_LIFE: f64 = 1.5;
/// Least months of history.
const LEAST: usize = 36;
/// A month is quiet where nobody was killed in so many months before; of many quiet months some stand for all.
const QUIET: f64 = 60.0;
/// About the most rows of training of each kind, quiet and not.
const ROWS: usize = 60_000;

/// Rows for training and those of the origin.
pub(crate) struct Design {
    /// How many features a row has.
    pub(crate) features: usize,
    /// The rows for training, by unit and then by month.
    pub(crate) training: Vec<Row>,
    /// The row of each unit at the origin; none where it does not exist.
    pub(crate) now: Vec<Option<Row>>,
}

/// A unit in a month.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) unit: u32,
    pub(crate) column: u32,
    pub(crate) features: Vec<f32>,
    /// The geometric level of the last months, in deaths a month.
    pub(crate) level: f64,
    /// How many rows it stands for, less with age.
    pub(crate) weight: f64,
}

impl Row {
    /// The level as amounts are divided by it.
    pub(crate) fn scale(&self) -> f64 {
        self.level + OFFSET
    }

    /// The features of the logistic regression.
    pub(crate) fn linear(&self) -> &[f32; LINEAR] {
        self.features
            .first_chunk()
            .expect("a row has the features of the regression")
    }
}

impl Design {
    /// Of a panel that ends at the origin.
    pub(crate) fn of(model: &str, known: &Panel) -> Result<Design, Abstention> {
        needs(model, known, LEAST)?;
        let origin = known.months() - 1;
        let from = origin.saturating_sub(MONTHS);
        let units = known.units().len();
        let own: Vec<Own> = (0..units)
            .into_par_iter()
            .map(|unit| Own::of(known.series(unit), from))
            .collect();
        let others: Vec<Vec<Own>> = (1..known.layers().len())
            .map(|layer| {
                (0..units)
                    .into_par_iter()
                    .map(|unit| Own::of(known.layer(layer, unit), from))
                    .collect()
            })
            .collect();
        let beside = known.knows_neighbours();
        let (mut quiet, mut violent) = (0usize, 0usize);
        for months in &own {
            for month in months.months.iter().filter(|month| month.there) {
                if month.quiet() { quiet += 1 } else { violent += 1 }
            }
        }
        let stride = |count: usize| count.div_ceil(ROWS).max(1);
        let (quiet, violent) = (stride(quiet), stride(violent));
        let row = |unit: usize, at: usize, month: &Months, stands_for: usize| {
            let mut features = month.features.to_vec();
            if beside {
                features.extend(around(known, &own, unit, at));
            }
            for other in &others {
                let month = &other[unit].months[at];
                features.extend([month.features[2], month.features[5]]);
            }
            Row {
                unit: unit as u32,
                column: (from + at) as u32,
                level: f64::from(month.features[1]).exp_m1(),
                features,
                weight: stands_for as f64 * decay((origin - from - at) as f64, TRAINING_HALF_LIFE),
            }
        };
        let rows_of = |unit: usize| {
            let months = own[unit].months.iter().enumerate().filter(|(_, month)| month.there);
            let chosen = months.filter_map(|(at, month)| {
                let stride = if month.quiet() { quiet } else { violent };
                // Spread over units and months alike.
                (unit * 7919 + at * 104_729)
                    .is_multiple_of(stride)
                    .then(|| row(unit, at, month, stride))
            });
            chosen.collect::<Vec<Row>>()
        };
        let training = (0..units).into_par_iter().flat_map_iter(rows_of).collect();
        let now = (0..units).into_par_iter().map(|unit| {
            let last = own[unit].months.last()?;
            last.there.then(|| row(unit, origin - from, last, 1))
        });
        Ok(Design {
            features: OWN + 2 * usize::from(beside) + 2 * others.len(),
            training,
            now: now.collect(),
        })
    }

    /// What came of a training row at each of the targets that are known by the origin.
    pub(crate) fn outcomes<'d>(
        &self,
        known: &'d Panel,
        row: &Row,
        band: &'d [Target],
    ) -> impl Iterator<Item = f64> + use<'d> {
        let (series, column) = (known.series(row.unit as usize), row.column as usize);
        band.iter()
            .map(move |target| outcome(series, column, *target))
            .filter(|y| !y.is_nan())
    }
}

/// The mean level and the mean share of violent months around a unit.
fn around(known: &Panel, own: &[Own], unit: usize, at: usize) -> [f32; 2] {
    let beside = known
        .neighbours(unit)
        .iter()
        .map(|beside| &own[*beside as usize].months[at]);
    let (mut there, mut level, mut share) = (0.0, 0.0, 0.0);
    for month in beside.filter(|month| month.there) {
        there += 1.0;
        level += month.features[2];
        share += month.features[5];
    }
    if there > 0.0 {
        [level / there, share / there]
    } else {
        [0.0; 2]
    }
}

/// A unit's own features, month by month.
struct Own {
    months: Vec<Months>,
}

struct Months {
    there: bool,
    features: [f32; OWN],
}

impl Months {
    fn quiet(&self) -> bool {
        f64::from(self.features[4]) > QUIET.ln_1p()
    }
}

impl Own {
    /// Of the columns `from` on.
    fn of(series: &[f64], from: usize) -> Own {
        let mut levels = [LEVEL_HALF_LIFE, 6.0, 36.0, 3.0, 12.0, 120.0].map(Decaying::new);
        let mut since = f64::INFINITY;
        let mut months = Vec::with_capacity(series.len() - from);
        for (column, &value) in series.iter().enumerate() {
            for level in &mut levels {
                level.push(value.ln_1p());
            }
            since = if value > 0.0 { 0.0 } else { since + 1.0 };
            if column < from {
                continue;
            }
            let last = |length: usize| &series[(column + 1).saturating_sub(length)..=column];
            let lag = |months: usize| {
                let value = column.checked_sub(months).map_or(f64::NAN, |column| series[column]);
                if value.is_nan() { 0.0 } else { value.ln_1p() }
            };
            let [short, half, three, quarter, year, ten] = levels.map(|level| level.mean());
            months.push(Months {
                there: !value.is_nan(),
                features: [
                    1.0,
                    short,
                    half,
                    three,
                    since.min(240.0).ln_1p(),
                    share(last(12), 1.0),
                    share(last(60), 1.0),
                    f64::from(u8::from(value > 0.0)),
                    lag(0),
                    lag(1),
                    lag(2),
                    quarter,
                    year,
                    ten,
                    last(12).iter().copied().fold(0.0, f64::max).ln_1p(),
                    share(last(12), 25.0),
                    quarter - year,
                ]
                .map(|feature| feature as f32),
            });
        }
        Own { months }
    }
}

/// The share of the months that are there which reach a threshold.
fn share(months: &[f64], threshold: f64) -> f64 {
    let there = months.iter().filter(|value| !value.is_nan()).count();
    let reached = months.iter().filter(|value| **value >= threshold).count();
    if there == 0 { 0.0 } else { reached as f64 / there as f64 }
}

/// Targets that are fitted together: months about as far away, and each total by itself.
pub(crate) fn bands(targets: &[Target]) -> Vec<Vec<Target>> {
    let mut sorted: Vec<Target> = targets.to_vec();
    sorted.sort_by_key(|target| (band(*target), *target));
    sorted.dedup();
    sorted
        .chunk_by(|a, b| band(*a) == band(*b))
        .map(<[Target]>::to_vec)
        .collect()
}

/// The band of a target.
pub(crate) fn band(target: Target) -> u32 {
    match (target.length(), target.first) {
        (1, 1..=2) => 0,
        (1, 3..=5) => 1,
        (1, 6..=8) => 2,
        (1, 9..=11) => 3,
        (1, 12..=14) => 4,
        (1, 15..=19) => 5,
        (1, 20..=27) => 6,
        (1, _) => 7,
        (length, _) => 7 + length,
    }
}

/// Which band each target is in, by the band's place in `bands`.
pub(crate) fn band_of(targets: &[Target], bands: &[Vec<Target>]) -> Vec<usize> {
    let place = |target: &Target| bands.iter().position(|list| band(list[0]) == band(*target));
    targets.iter().map(|target| place(target).unwrap_or_default()).collect()
}
