//! What is computed of the scores: means, differences, ratios and skill, with intervals from resampling units; and how often
//! intervals held what came.

use lysoen_forecasts::bootstrap::{RESAMPLES, Resampled};
use lysoen_forecasts::calibration::{Among, Coverage, coverage};
use lysoen_forecasts::judged::{Judged, Metric};
use lysoen_forecasts::paired::{Cell, Paired, Statistic, largest};

use super::{BacktestAnswer, Tested, YARDSTICK};
use crate::error::AnswerError;

/// Unit-months that are left out to see what is left without the greatest.
pub(super) const LARGEST: usize = 5;

/// What a figure tells. Of all windows together a mean gives each window the same weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The mean score over units and months.
    Mean,
    /// The mean less that of the best benchmark, unit-month by unit-month.
    Difference,
    /// The mean divided by that of [`YARDSTICK`].
    Ratio,
    /// 1 less the ratio.
    Skill,
    /// The geometric mean over windows of the ratio in each.
    GeometricRatio,
    /// The mean without the unit-months with the most deaths. Shown, not judged.
    MeanWithoutLargest,
    /// The ratio without them. Shown, not judged.
    RatioWithoutLargest,
    /// The lowest ratio with one unit left out. Shown, not judged.
    LowestRatio,
    /// The highest ratio with one unit left out. Shown, not judged.
    HighestRatio,
    /// Nothing, for the model forecast nothing.
    Abstention,
}

impl Told {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Told::Mean => "mean",
            Told::Difference => "difference",
            Told::Ratio => "ratio",
            Told::Skill => "skill",
            Told::GeometricRatio => "geometric_ratio",
            Told::MeanWithoutLargest => "mean_without_largest",
            Told::RatioWithoutLargest => "ratio_without_largest",
            Told::LowestRatio => "lowest_ratio_without_a_unit",
            Told::HighestRatio => "highest_ratio_without_a_unit",
            Told::Abstention => "abstention",
        }
    }
}

/// A figure of a model.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The model, by its place in the answer.
    pub model: usize,
    /// The window, by its place in the answer; none of all together.
    pub window: Option<usize>,
    /// Of which score; none of an abstention.
    pub metric: Option<Metric>,
    /// What it tells.
    pub told: Told,
    /// The benchmark in relation to which it is told.
    pub against: Option<String>,
    /// The value, with its interval.
    pub estimate: Option<Resampled>,
    /// The unit that is left out, by its number in the answer.
    pub without: Option<u32>,
    /// Units it is of.
    pub units: usize,
    /// Unit-months it is of.
    pub unit_months: usize,
    /// Why there is no value, or no interval.
    pub note: Option<String>,
}

impl Figure {
    /// The value.
    pub fn value(&self) -> Option<f64> {
        self.estimate.map(|estimate| estimate.value)
    }

    /// The 90 % interval; none of one unit, of which no other can be drawn, nor of a unit left out.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let estimate = self
            .estimate
            .filter(|estimate| self.units > 1 && estimate.resamples > 0)?;
        Some((estimate.low, estimate.high))
    }
}

/// The coverage of a model's intervals in all windows together.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The model, by its place in the answer.
    pub model: usize,
    /// Of which forecasts.
    pub among: Among,
    /// Interval by interval.
    pub coverage: Vec<Coverage>,
}

impl BacktestAnswer {
    /// A figure; none where there is none of the kind.
    pub fn figure(&self, model: usize, window: Option<usize>, metric: Metric, told: Told) -> Option<&Figure> {
        self.figures.iter().find(|figure| {
            (figure.model, figure.window, figure.metric, figure.told) == (model, window, Some(metric), told)
        })
    }
}

/// The unit-months with the most deaths.
pub(super) fn largest_of(tested: &[Tested]) -> Vec<Cell> {
    let windows = tested.iter().find_map(Tested::everywhere);
    windows.map(|windows| largest(&windows, LARGEST)).unwrap_or_default()
}

/// How often intervals held what came, of every model that forecast all windows.
pub(super) fn covered(tested: &[Tested], seed: u64) -> Vec<Covered> {
    let mut all = Vec::new();
    for (model, tested) in tested.iter().enumerate() {
        let Some(windows) = tested.everywhere() else { continue };
        all.extend([Among::Every, Among::Active].map(|among| Covered {
            model,
            among,
            coverage: coverage(&windows, among, seed),
        }));
    }
    all
}

/// All figures, in the order of models, windows (then all together) and metrics.
pub(super) fn figures(tested: &[Tested], largest: &[Cell], seed: u64) -> Result<Vec<Figure>, AnswerError> {
    let best: Vec<Option<usize>> = Metric::ALL
        .iter()
        .map(|metric| best_benchmark(tested, *metric))
        .collect();
    let yardstick = tested.iter().position(|model| model.name == YARDSTICK);
    let windows = tested.first().map_or(0, |model| model.judged.len());
    let mut figures = Vec::new();
    for model in 0..tested.len() {
        for window in (0..windows).map(Some).chain([None]) {
            let of = Of {
                tested,
                model,
                window,
                yardstick,
                largest,
                seed,
            };
            match of.rows(model) {
                Err(why) => figures.push(of.figure(&[], None, Told::Abstention, Err(why))),
                Ok(rows) => {
                    for (metric, best) in Metric::ALL.into_iter().zip(&best) {
                        of.metric(&rows, metric, *best, &mut figures)?;
                    }
                }
            }
        }
    }
    Ok(figures)
}

/// The benchmark with the best mean over windows.
fn best_benchmark(tested: &[Tested], metric: Metric) -> Option<usize> {
    let mean = |model: &Tested| {
        let windows = model.everywhere()?;
        let of = |rows: &&[Judged]| rows.iter().map(|row| row.scores[metric as usize]).sum::<f64>() / rows.len() as f64;
        Some(windows.iter().map(of).sum::<f64>())
    };
    let means = tested.iter().enumerate().filter(|(_, model)| model.is_benchmark());
    let means = means.filter_map(|(at, model)| Some((at, mean(model)?)));
    means.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

/// A model in a window, or in all.
struct Of<'a> {
    tested: &'a [Tested],
    model: usize,
    window: Option<usize>,
    yardstick: Option<usize>,
    largest: &'a [Cell],
    seed: u64,
}

impl<'a> Of<'a> {
    /// What a model forecast there, or why it forecast nothing.
    fn rows(&self, model: usize) -> Result<Vec<&'a [Judged]>, String> {
        let judged = &self.tested[model].judged;
        let windows = match self.window {
            Some(window) => &judged[window..=window],
            None => judged,
        };
        let rows: Result<Vec<&[Judged]>, &String> = windows.iter().map(|one| one.as_deref()).collect();
        rows.map_err(|why| match self.window {
            Some(_) => why.clone(),
            None => format!("not of every window: {why}"),
        })
    }

    fn metric(
        &self,
        rows: &[&[Judged]],
        metric: Metric,
        best: Option<usize>,
        figures: &mut Vec<Figure>,
    ) -> Result<(), AnswerError> {
        let yard = self.yardstick.and_then(|yardstick| self.rows(yardstick).ok());
        let paired = Paired::new(metric, rows, yard.as_deref().unwrap_or(rows))?;
        let [mean, difference, ratio, geometric] = paired.estimates(
            [
                Statistic::Mean,
                Statistic::Difference,
                Statistic::Ratio,
                Statistic::GeometricRatio,
            ],
            self.seed,
        );
        let figure = |told, estimate| self.figure(rows, Some(metric), told, estimate);
        figures.push(figure(
            Told::Mean,
            mean.ok_or_else(|| "no unit-month is judged".to_string()),
        ));

        let difference = match best {
            None => Err("no benchmark forecast every window".to_string()),
            Some(best) if Some(best) == self.yardstick => difference.ok_or_else(String::new),
            Some(best) => match self.rows(best) {
                Err(why) => Err(format!("{} has none: {why}", self.tested[best].name)),
                Ok(other) => {
                    let [difference] = Paired::new(metric, rows, &other)?.estimates([Statistic::Difference], self.seed);
                    difference.ok_or_else(String::new)
                }
            },
        };
        figures.push(Figure {
            against: best.map(|best| self.tested[best].name.clone()),
            ..figure(Told::Difference, difference)
        });

        let no_ratio = || match &yard {
            None => format!("{YARDSTICK} forecasts nothing here, so there is no ratio to it"),
            Some(_) => format!("the score of {YARDSTICK} is zero, so there is no ratio to it"),
        };
        let related = |estimate: Option<Resampled>| estimate.filter(|_| yard.is_some()).ok_or_else(no_ratio);
        figures.push(figure(Told::Ratio, related(ratio)));
        figures.push(figure(Told::Skill, related(ratio.map(skill))));
        if self.window.is_some() {
            return Ok(());
        }
        let geometric = related(geometric).map_err(|_| match &yard {
            None => no_ratio(),
            Some(_) => format!("a score in some window is zero, the model's or that of {YARDSTICK}"),
        });
        figures.push(figure(Told::GeometricRatio, geometric));

        let without = Paired::without(metric, rows, yard.as_deref().unwrap_or(rows), self.largest)?;
        let [mean, ratio] = without.estimates([Statistic::Mean, Statistic::Ratio], self.seed);
        let nothing = || "without them a window has no unit-month".to_string();
        let ratio = match mean {
            Some(_) => related(ratio),
            None => Err(nothing()),
        };
        for (told, estimate) in [
            (Told::MeanWithoutLargest, mean.ok_or_else(nothing)),
            (Told::RatioWithoutLargest, ratio),
        ] {
            let figure = figure(told, estimate);
            let unit_months = figure.unit_months - self.largest.len();
            figures.push(Figure { unit_months, ..figure });
        }
        let range = yard.as_ref().and_then(|_| paired.leave_one_out(Statistic::Ratio));
        for (told, end) in [
            (Told::LowestRatio, range.map(|range| range.lowest)),
            (Told::HighestRatio, range.map(|range| range.highest)),
        ] {
            let alone = |(value, _): (f64, u32)| Resampled {
                value,
                low: value,
                high: value,
                resamples: 0,
            };
            let none = || "no ratio is left where a unit is left out".to_string();
            figures.push(Figure {
                without: end.map(|(_, unit)| unit),
                ..figure(told, end.map(alone).ok_or_else(none))
            });
        }
        Ok(())
    }

    fn figure(
        &self,
        rows: &[&[Judged]],
        metric: Option<Metric>,
        told: Told,
        estimate: Result<Resampled, String>,
    ) -> Figure {
        let mut units: Vec<u32> = rows.iter().flat_map(|rows| rows.iter()).map(|row| row.unit).collect();
        units.sort_unstable();
        units.dedup();
        let related = matches!(
            told,
            Told::Ratio
                | Told::Skill
                | Told::GeometricRatio
                | Told::RatioWithoutLargest
                | Told::LowestRatio
                | Told::HighestRatio
        );
        let note = match &estimate {
            Err(why) => Some(why.clone()),
            Ok(estimate) if estimate.resamples == 0 => None,
            Ok(_) if units.len() < 2 => Some("no interval: of one unit no other can be drawn".to_string()),
            Ok(estimate) if estimate.resamples < RESAMPLES => Some(format!(
                "the interval is of {} of {RESAMPLES} resamples; in the others it cannot be computed",
                estimate.resamples
            )),
            Ok(_) => None,
        };
        Figure {
            model: self.model,
            window: self.window,
            metric,
            told,
            against: related.then(|| YARDSTICK.to_string()),
            estimate: estimate.ok(),
            without: None,
            units: units.len(),
            unit_months: rows.iter().map(|rows| rows.len()).sum(),
            note,
        }
    }
}

/// 1 less a ratio: the high end of the one is the low end of the other.
fn skill(ratio: Resampled) -> Resampled {
    Resampled {
        value: 1.0 - ratio.value,
        low: 1.0 - ratio.high,
        high: 1.0 - ratio.low,
        ..ratio
    }
}
