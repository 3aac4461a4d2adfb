//! The record as it is stored.

use lysoen_lexicon::panel::Month;
use serde::{Deserialize, Serialize};

use super::EventKind;
use super::beside::{Beside, beside};
use super::counts::{Counts, Tally};
use super::ground::Ground;
use super::judge::{activated, episodes};
use super::suggest::{Suggestion, suggest};
use super::trial::{Invalid, Terms, Trial};

/// How it is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The start of every stream of random numbers.
    pub seed: u64,
    /// How often countries and years are drawn anew.
    pub resamples: usize,
    /// How often chance is drawn.
    pub draws: usize,
    /// The thresholds tried for a suggestion.
    pub thresholds: Vec<f64>,
    /// The budget of the suggestion: onset activations a year in the whole set.
    pub budget: f64,
    /// Budgets for which a threshold is told.
    pub budgets: Vec<f64>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            seed: 1999,
            resamples: 1000,
            draws: 200,
            thresholds: vec![
                0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8,
            ],
            budget: 12.0,
            budgets: vec![3.0, 6.0, 12.0, 24.0, 52.0],
        }
    }
}

/// The trigger's own threshold, and how it was come by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Own {
    /// The threshold.
    pub threshold: f64,
    /// How many thresholds were tried before it was settled.
    pub thresholds_tried: usize,
    /// Was it chosen on the very origins on which it is measured?
    pub in_sample: bool,
}

/// What is of unknown kind, because a month that would tell is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// Places and origins assessed.
    pub at_risk: usize,
    /// Episodes.
    pub episodes: usize,
    /// Events.
    pub events: usize,
}

/// What a trigger did at one threshold on a span of origins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The threshold, and how it was come by.
    pub own: Own,
    /// The first and last origin.
    pub origins: (Month, Month),
    /// How many origins.
    pub origins_tried: usize,
    /// The headline.
    pub onset: Counts,
    /// Where there was one in the last 12 months.
    pub continuation: Counts,
    /// What is neither, for want of data.
    pub unknown: Unknown,
    /// Episodes of any kind a year in the whole set.
    pub all_activations_per_year: f64,
    /// "Last 12 months" and "chance", for onset and then for continuation.
    pub beside: Vec<Beside>,
}

/// The record of a trigger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What it was measured on, in words.
    pub measured_on: String,
    /// The state of the data.
    pub vintage: String,
    /// What is an event, and what counts as in time.
    pub terms: Terms,
    /// How many places.
    pub places: usize,
    /// How many countries, which are what is resampled.
    pub countries: usize,
    /// Months from one origin to the next.
    pub every_months: i32,
    /// At the trigger's own threshold, on all origins.
    pub at_own: Measured,
    /// A threshold for onset from the earlier origins, told by the later.
    pub suggestion: Suggestion,
    /// The start of every stream of random numbers.
    pub seed: u64,
    /// How often countries and years were drawn anew.
    pub resamples: usize,
    /// What a reader must know beside the numbers.
    pub notes: Vec<String>,
}

/// The record of a trigger on past origins. `measured_on` and `vintage` say in words what it is measured on.
pub fn record(
    trial: &Trial,
    terms: &Terms,
    own: Own,
    settings: &Settings,
    (measured_on, vintage): (&str, &str),
) -> Result<Record, Invalid> {
    check(own, settings)?;
    let ground = Ground::new(trial, terms)?;
    let reach = ground.slots.last().map_or(0, |slot| slot.to.since(slot.origin));
    let mut notes = vec![
        "Budgets and activations a year of a suggestion are those of onset: wars that everybody knows are no news.".to_string(),
        "\"Last 12 months\" and \"chance\" take the trigger's place at windows of the kind alone, without confirmations and with the same cool-down; places with equal sums are taken in a seeded random order.".to_string(),
        "Intervals of countries and of years are apart: neither holds the whole uncertainty.".to_string(),
    ];
    let within = terms.event.within_months;
    if i64::from(reach) > i64::from(within) {
        notes.push(format!(
            "The window reaches {reach} months after the origin, and the forecast tells of {within}: events later than that are hits of luck."
        ));
    }
    Ok(Record {
        measured_on: measured_on.to_string(),
        vintage: vintage.to_string(),
        terms: *terms,
        places: trial.actuals.units().len(),
        countries: ground.countries,
        every_months: trial.every_months(),
        at_own: measured(&ground, own, settings),
        suggestion: suggest(trial, terms, settings)?,
        seed: settings.seed,
        resamples: settings.resamples,
        notes,
    })
}

/// What the trigger did at a threshold.
pub(super) fn measured(ground: &Ground<'_>, own: Own, settings: &Settings) -> Measured {
    let activated = activated(ground, own.threshold);
    let episodes = episodes(ground, &activated);
    let counts = |kind| Tally::of(ground, kind, &episodes).told(ground, settings);
    let pairs = ground.kinds.iter().zip(&ground.assessed);
    let kinds = [EventKind::Onset, EventKind::Continuation];
    // A checked trial has origins.
    let origin = |slot: Option<&super::ground::Slot>| slot.map_or(Month(0), |slot| slot.origin);
    Measured {
        own,
        origins: (origin(ground.slots.first()), origin(ground.slots.last())),
        origins_tried: ground.slots.len(),
        onset: counts(EventKind::Onset),
        continuation: counts(EventKind::Continuation),
        unknown: Unknown {
            at_risk: pairs.filter(|(kind, assessed)| kind.is_none() && **assessed).count(),
            episodes: episodes.iter().filter(|episode| episode.kind.is_none()).count(),
            events: ground
                .happened
                .iter()
                .flatten()
                .filter(|event| event.kind.is_none())
                .count(),
        },
        all_activations_per_year: episodes.len() as f64 / ground.span_years(),
        beside: kinds
            .into_iter()
            .flat_map(|kind| beside(ground, kind, &activated, settings))
            .collect(),
    }
}

fn check(own: Own, settings: &Settings) -> Result<(), Invalid> {
    let unusable = |why: &str| Err(Invalid::Setting(why.to_string()));
    if !own.threshold.is_finite() {
        return unusable("the trigger's threshold is no number: give the threshold that its scores are held against");
    }
    let rising = settings.thresholds.windows(2).all(|pair| pair[0] < pair[1]);
    if settings.thresholds.is_empty() || !rising || !settings.thresholds.iter().all(|threshold| threshold.is_finite()) {
        return unusable("the thresholds to try must be numbers that rise: give at least one");
    }
    let budgets = settings.budgets.iter().chain([&settings.budget]);
    if !budgets.copied().all(|budget| budget > 0.0) {
        return unusable("a budget of activations a year must be above 0");
    }
    Ok(())
}
