//! A forecast after the fact: its scores, and what calibration is judged by.

use lysoen_lexicon::panel::Month;

use crate::score::{brier, covers, crps, crps_capped, crps_log, ign, mis, mis_capped, pit, probability_of};

/// Deaths in a month whose probability is told and judged.
pub const THRESHOLDS: [f64; 4] = [1.0, 25.0, 100.0, 1000.0];
/// The central intervals that are told and judged.
pub const INTERVALS: [f64; 3] = [0.5, 0.9, 0.95];

/// The scores of a forecast, or means of them; lower is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metric {
    /// Continuous ranked probability score, in deaths.
    Crps,
    /// Ignorance, in bits.
    Ign,
    /// Interval score of the central 90 % interval, in deaths.
    Mis,
    /// CRPS of log(1 + deaths).
    CrpsLog,
    /// CRPS with draws and outcome capped at 1,000.
    CrpsCapped,
    /// Interval score with draws and outcome capped at 1,000.
    MisCapped,
    /// Brier score of the probability of at least 1 death.
    Brier1,
    /// Brier score of the probability of at least 25 deaths.
    Brier25,
    /// Brier score of the probability of at least 100 deaths.
    Brier100,
    /// Brier score of the probability of at least 1,000 deaths.
    Brier1000,
}

impl Metric {
    /// Every metric, the challenge's three first.
    pub const ALL: [Metric; 10] = [
        Metric::Crps,
        Metric::Ign,
        Metric::Mis,
        Metric::CrpsLog,
        Metric::CrpsCapped,
        Metric::MisCapped,
        Metric::Brier1,
        Metric::Brier25,
        Metric::Brier100,
        Metric::Brier1000,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Metric::Crps => "crps",
            Metric::Ign => "ign",
            Metric::Mis => "mis",
            Metric::CrpsLog => "crps_log",
            Metric::CrpsCapped => "crps_capped",
            Metric::MisCapped => "mis_capped",
            Metric::Brier1 => "brier_1",
            Metric::Brier25 => "brier_25",
            Metric::Brier100 => "brier_100",
            Metric::Brier1000 => "brier_1000",
        }
    }

    /// What it says, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Metric::Crps => "continuous ranked probability score, in deaths",
            Metric::Ign => "ignorance, in bits",
            Metric::Mis => "interval score of the central 90 % interval",
            Metric::CrpsLog => "CRPS of log(1 + deaths): no one unit decides it",
            Metric::CrpsCapped => "CRPS, deaths above 1,000 counting as 1,000",
            Metric::MisCapped => "interval score, deaths above 1,000 counting as 1,000",
            Metric::Brier1 => "Brier score of the chance of any death",
            Metric::Brier25 => "Brier score of the chance of 25 deaths or more",
            Metric::Brier100 => "Brier score of the chance of 100 deaths or more",
            Metric::Brier1000 => "Brier score of the chance of 1,000 deaths or more",
        }
    }

    /// Its value for one forecast, whose draws are in rising order.
    pub fn of(self, sorted: &[f64], outcome: f64) -> f64 {
        match self {
            Metric::Crps => crps(sorted, outcome),
            Metric::Ign => ign(sorted, outcome),
            Metric::Mis => mis(sorted, outcome),
            Metric::CrpsLog => crps_log(sorted, outcome),
            Metric::CrpsCapped => crps_capped(sorted, outcome),
            Metric::MisCapped => mis_capped(sorted, outcome),
            Metric::Brier1 => brier(sorted, outcome, 1.0),
            Metric::Brier25 => brier(sorted, outcome, 25.0),
            Metric::Brier100 => brier(sorted, outcome, 100.0),
            Metric::Brier1000 => brier(sorted, outcome, 1000.0),
        }
    }
}

/// How many metrics there are.
pub const METRICS: usize = Metric::ALL.len();

/// One forecast of a unit-month, and what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The unit, by its number in the panel.
    pub unit: u32,
    /// The month that was forecast.
    pub month: Month,
    /// Was anybody killed in the 12 months up to the origin?
    pub active: bool,
    /// Deaths that came.
    pub outcome: f64,
    /// The scores, in the order of [`Metric::ALL`].
    pub scores: [f64; METRICS],
    /// Where the outcome stands in the distribution: see [`pit`].
    pub pit: (f64, f64),
    /// Whether each of [`INTERVALS`] held the outcome.
    pub covered: [bool; INTERVALS.len()],
    /// The probability of each of [`THRESHOLDS`].
    pub probabilities: [f64; THRESHOLDS.len()],
}

impl Judged {
    /// Judges draws in rising order.
    pub fn of(unit: u32, month: Month, active: bool, sorted: &[f64], outcome: f64) -> Judged {
        Judged {
            unit,
            month,
            active,
            outcome,
            scores: Metric::ALL.map(|metric| metric.of(sorted, outcome)),
            pit: pit(sorted, outcome),
            covered: INTERVALS.map(|share| covers(sorted, outcome, share)),
            probabilities: THRESHOLDS.map(|threshold| probability_of(sorted, threshold)),
        }
    }
}
