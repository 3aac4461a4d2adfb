//! The record as it is shown beside a trigger.

use serde::Serialize;

use super::counts::{Counts, Estimate, FEWEST};
use super::record::Record;
use super::{EventKind, Terms};

/// The record of a trigger, short enough to stand beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TriggerRecord {
    /// The headline, of onset.
    pub told: String,
    /// On what it was measured.
    pub measured_on: String,
    /// From the first origin to the last.
    pub origins: String,
    /// The trigger's threshold.
    pub threshold: f64,
    /// How many thresholds were tried before it was settled.
    pub thresholds_tried: usize,
    /// Was it chosen on these origins?
    pub in_sample: bool,
    /// The state of the data.
    pub vintage: String,
    /// After 12 months without.
    pub onset: KindCounts,
    /// After a month with one among the last 12.
    pub continuation: KindCounts,
    /// The trade-off at onset.
    pub curve: Vec<CurvePoint>,
    /// Benchmarks with as many onset episodes.
    pub beside: Vec<BesideRate>,
}

/// Counts and rates of one kind of event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KindCounts {
    /// Places and origins at risk of which the window is known.
    pub windows: usize,
    /// The share of windows followed by an event.
    pub base_rate: Option<f64>,
    /// All events.
    pub events: usize,
    /// Events warned of in time.
    pub hits: usize,
    /// Events warned of too late.
    pub late: usize,
    /// Events without a warning.
    pub missed: usize,
    /// Events after the window while the episode stood.
    pub in_cool_down: usize,
    /// Events for which the trigger was never asked.
    pub not_assessable: usize,
    /// All episodes.
    pub episodes: usize,
    /// Episodes with no event.
    pub false_alarms: usize,
    /// Episodes followed by action, which prove nothing either way.
    pub followed_by_action: usize,
    /// Hits / (hits + late + missed).
    pub hit_rate: Option<EstimateWithin>,
    /// False alarms of episodes judged.
    pub false_alarm_ratio: Option<EstimateWithin>,
    /// False alarms a year of a place at risk.
    pub false_alarms_per_place_year: Option<EstimateWithin>,
    /// From the day of available data to the event.
    pub median_lead_days: Option<f64>,
    /// Years of a place at risk per episode.
    pub return_period_years: Option<f64>,
    /// Years of the whole set per episode.
    pub years_between_activations: Option<f64>,
}

/// A rate within its 90 % intervals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EstimateWithin {
    /// The rate.
    pub value: f64,
    /// The lower end, from resampling countries.
    pub low: f64,
    /// The upper end, from resampling countries.
    pub high: f64,
    /// The lower end, from resampling years.
    pub low_by_year: Option<f64>,
    /// The upper end, from resampling years.
    pub high_by_year: Option<f64>,
}

/// A threshold and what it gives at onset.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// The threshold.
    pub threshold: f64,
    /// Hits / (hits + late + missed).
    pub hit_rate: Option<f64>,
    /// False alarms of episodes judged.
    pub false_alarm_ratio: Option<f64>,
    /// Onset episodes a year in the whole set.
    pub activations_per_year: f64,
    /// Are these the origins on which a threshold was chosen?
    pub in_sample: bool,
}

/// A benchmark of onset.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BesideRate {
    /// What it is.
    pub name: String,
    /// How many episodes it got.
    pub episodes: f64,
    /// Hits / (hits + late + missed).
    pub hit_rate: Option<f64>,
    /// False alarms of episodes judged.
    pub false_alarm_ratio: Option<f64>,
}

impl Record {
    /// The record as it is shown beside the trigger: at its own threshold.
    pub fn shown(&self) -> TriggerRecord {
        let at = &self.at_own;
        let curve = self.suggestion.curve.iter().map(|point| CurvePoint {
            threshold: point.threshold,
            hit_rate: point.hit_rate,
            false_alarm_ratio: point.false_alarm_ratio,
            activations_per_year: point.activations_per_year,
            in_sample: point.in_sample,
        });
        let onset = at.beside.iter().filter(|beside| beside.kind == EventKind::Onset);
        let beside = onset.map(|beside| BesideRate {
            name: beside.name.clone(),
            episodes: beside.episodes,
            hit_rate: beside.hit_rate,
            false_alarm_ratio: beside.false_alarm_ratio,
        });
        TriggerRecord {
            told: told(&at.onset, &self.terms),
            measured_on: self.measured_on.clone(),
            origins: format!("{} to {}", at.origins.0, at.origins.1),
            threshold: at.own.threshold,
            thresholds_tried: at.own.thresholds_tried,
            in_sample: at.own.in_sample,
            vintage: self.vintage.clone(),
            onset: short(&at.onset),
            continuation: short(&at.continuation),
            curve: curve.collect(),
            beside: beside.collect(),
        }
    }
}

fn short(counts: &Counts) -> KindCounts {
    let within = |estimate: Option<Estimate>| {
        let estimate = estimate?;
        let by_country = estimate.by_country?;
        Some(EstimateWithin {
            value: estimate.value,
            low: by_country.low,
            high: by_country.high,
            low_by_year: estimate.by_year.map(|interval| interval.low),
            high_by_year: estimate.by_year.map(|interval| interval.high),
        })
    };
    KindCounts {
        windows: counts.windows,
        base_rate: counts.base_rate.map(|estimate| estimate.value),
        events: counts.events,
        hits: counts.hits,
        late: counts.late,
        missed: counts.missed,
        in_cool_down: counts.in_cool_down,
        not_assessable: counts.not_assessable,
        episodes: counts.episodes,
        false_alarms: counts.false_alarms,
        followed_by_action: counts.followed_by_action,
        hit_rate: within(counts.hit_rate),
        false_alarm_ratio: within(counts.false_alarm_ratio),
        false_alarms_per_place_year: within(counts.false_alarms_per_place_year),
        median_lead_days: counts.median_lead_days,
        return_period_years: counts.return_period_years,
        years_between_activations: counts.years_between_activations,
    }
}

/// The headline: of onsets, how many were warned of in time.
fn told(onset: &Counts, terms: &Terms) -> String {
    let asked = onset.hits + onset.late + onset.missed;
    let what = format!(
        "Of {asked} onsets ({} or more in a month, after 12 months without), {} were warned of {} to {} days before, {} too late, {} not at all",
        terms.event.at_least, onset.hits, terms.prepare_days, terms.window_days, onset.late, onset.missed
    );
    let judged = onset.right_episodes + onset.late_episodes + onset.false_alarms;
    let alarms = format!(
        "{} of {judged} onset warnings were false alarms; {} windows were at risk",
        onset.false_alarms, onset.windows
    );
    match onset.hit_rate.and_then(|rate| Some((rate.value, rate.by_country?))) {
        Some((value, within)) => format!(
            "{what}: a hit rate of {value:.2} (90 % interval {:.2} to {:.2}). {alarms}.",
            within.low, within.high
        ),
        None if asked < FEWEST => format!("{what}: too few for a rate ({FEWEST} are needed). {alarms}."),
        None => format!("{what}. {alarms}."),
    }
}
