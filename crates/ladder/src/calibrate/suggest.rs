//! Thresholds: chosen on earlier origins, told by later ones.

use std::ops::Range;

use lysoen_lexicon::panel::Month;
use serde::{Deserialize, Serialize};

use super::counts::{FEWEST, Tally};
use super::ground::Ground;
use super::judge::{activated, episodes};
use super::record::{Measured, Settings, measured};
use super::trial::{Invalid, Terms, Trial};
use super::{EventKind, Own};

/// A point of the trade-off between hits and alarms, at onset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The threshold.
    pub threshold: f64,
    /// Places and origins of any kind at which the trigger is activated.
    pub activations: usize,
    /// Onset episodes a year in the whole set.
    pub activations_per_year: f64,
    /// Episodes of any kind a year in the whole set.
    pub all_activations_per_year: f64,
    /// Onsets in the window of an episode.
    pub hits: usize,
    /// Onsets for which the warning came too late.
    pub late: usize,
    /// Onsets without a warning.
    pub missed: usize,
    /// Onset episodes with no onset.
    pub false_alarms: usize,
    /// Hits / (hits + late + missed); none with fewer than 10 such onsets.
    pub hit_rate: Option<f64>,
    /// False alarms / (right + late + false alarms) of onset episodes; none with fewer than 10 onsets.
    pub false_alarm_ratio: Option<f64>,
    /// Are these the origins on which thresholds were chosen?
    pub in_sample: bool,
}

/// The threshold for a budget of activations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Budgeted {
    /// At most so many onset episodes a year in the whole set.
    pub budget: f64,
    /// The threshold chosen on the earlier origins; none where nothing could be chosen.
    pub threshold: Option<f64>,
    /// What it did on the later ones.
    pub later: Option<Point>,
}

/// A threshold for onset, chosen on earlier origins, and its record on later ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What was asked of the threshold.
    pub objective: String,
    /// At most so many onset episodes a year in the whole set.
    pub budget: f64,
    /// How many thresholds were tried.
    pub thresholds_tried: usize,
    /// The first and last origin on which it was chosen.
    pub chosen_on: (Month, Month),
    /// The first and last later origin; none where the gap leaves none.
    pub told_by: Option<(Month, Month)>,
    /// Origins between them, left out so that no window of the earlier reaches into the later.
    pub origins_in_gap: usize,
    /// The threshold.
    pub threshold: Option<f64>,
    /// Why there is none, or no record.
    pub why_none: Option<String>,
    /// Its record, on the later origins alone.
    pub record: Option<Measured>,
    /// Thresholds for other budgets.
    pub budgets: Vec<Budgeted>,
    /// The trade-off on the earlier origins (in sample), then on the later ones.
    pub curve: Vec<Point>,
}

/// The trade-off over the thresholds tried.
fn curve(ground: &Ground<'_>, thresholds: &[f64], in_sample: bool) -> Vec<Point> {
    let years = ground.span_years();
    let point = |&threshold: &f64| {
        let activated = activated(ground, threshold);
        let episodes = episodes(ground, &activated);
        let mut tally = Tally::empty(ground);
        tally.add_episodes(ground, EventKind::Onset, &episodes);
        Point {
            threshold,
            activations: activated.iter().filter(|activated| **activated).count(),
            activations_per_year: tally.counts.episodes as f64 / years,
            all_activations_per_year: episodes.len() as f64 / years,
            hits: tally.counts.hits,
            late: tally.counts.late,
            missed: tally.counts.missed,
            false_alarms: tally.counts.false_alarms,
            hit_rate: tally.hit_rate(),
            false_alarm_ratio: tally.false_alarm_ratio(),
            in_sample,
        }
    };
    thresholds.iter().map(point).collect()
}

/// The point with the largest hit rate among those within the budget that hit at all; of equal ones the one with fewer
/// activations, then the higher threshold.
fn choose(earlier: &[Point], budget: f64) -> Option<&Point> {
    let within = |point: &&Point| point.activations_per_year <= budget && point.hits > 0 && point.hit_rate.is_some();
    earlier.iter().filter(within).max_by(|one, other| {
        let rate = |point: &Point| point.hit_rate.unwrap_or(0.0);
        rate(one)
            .total_cmp(&rate(other))
            .then(other.activations_per_year.total_cmp(&one.activations_per_year))
            .then(one.threshold.total_cmp(&other.threshold))
    })
}

/// The earlier origins, and the later ones after the gap.
fn halves(trial: &Trial, terms: &Terms) -> Result<(Range<usize>, Range<usize>), Invalid> {
    let earlier = 0..trial.origins.len().div_ceil(2);
    let half = trial.on(earlier.clone());
    let reach = Ground::new(&half, terms)?
        .slots
        .last()
        .map_or(Month(i32::MAX), |slot| slot.to);
    let after = trial.origins.partition_point(|origin| *origin < reach).max(earlier.end);
    Ok((earlier, after..trial.origins.len()))
}

/// Chooses on the earlier half, tells by the later.
pub(super) fn suggest(trial: &Trial, terms: &Terms, settings: &Settings) -> Result<Suggestion, Invalid> {
    let (earlier, later) = halves(trial, terms)?;
    let gap = later.start - earlier.end;
    let (first, second) = (trial.on(earlier), trial.on(later));
    let grid = &settings.thresholds;
    let mut points = curve(&Ground::new(&first, terms)?, grid, true);
    let chosen: Vec<Option<f64>> = settings
        .budgets
        .iter()
        .map(|budget| choose(&points, *budget).map(|point| point.threshold))
        .collect();
    let threshold = choose(&points, settings.budget).map(|point| point.threshold);
    let onsets = points
        .iter()
        .map(|point| point.hits + point.late + point.missed)
        .max()
        .unwrap_or(0);
    let why_none = match threshold {
        Some(_) if second.origins.is_empty() => {
            Some("No origin comes after the windows of the earlier half: the record needs a longer span.".to_string())
        }
        Some(_) => None,
        None if onsets < FEWEST => Some(format!(
            "The earlier half holds {onsets} onsets: too few to choose a threshold by ({FEWEST} are needed)."
        )),
        None => Some(format!(
            "No threshold tried warns of an onset in time within {} activations a year on the earlier half.",
            settings.budget
        )),
    };
    let mut record = None;
    let mut later_points = Vec::new();
    if !second.origins.is_empty() {
        let ground = Ground::new(&second, terms)?;
        later_points = curve(&ground, grid, false);
        record = threshold.map(|threshold| {
            let own = Own {
                threshold,
                thresholds_tried: grid.len(),
                in_sample: false,
            };
            measured(&ground, own, settings)
        });
    }
    let budgets = settings.budgets.iter().zip(chosen).map(|(budget, threshold)| Budgeted {
        budget: *budget,
        threshold,
        later: threshold.and_then(|chosen| later_points.iter().find(|point| point.threshold == chosen).cloned()),
    });
    let budgets = budgets.collect();
    points.extend(later_points);
    let span = |trial: &Trial| Some((*trial.origins.first()?, *trial.origins.last()?));
    Ok(Suggestion {
        objective: format!(
            "The largest hit rate of onset with at most {} onset activations a year in the whole set; of equal ones the fewest activations.",
            settings.budget
        ),
        budget: settings.budget,
        thresholds_tried: grid.len(),
        chosen_on: span(&first).ok_or(Invalid::NoOrigins)?,
        told_by: span(&second),
        origins_in_gap: gap,
        threshold,
        why_none,
        record,
        budgets,
        curve: points,
    })
}
