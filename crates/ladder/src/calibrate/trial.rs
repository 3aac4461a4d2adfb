//! What is tried: the terms stated beforehand, and what the trigger said at past origins.

use std::ops::Range;

use lysoen_lexicon::panel::{Month, Panel};
use serde::{Deserialize, Serialize};

/// What is warned of, stated beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// So much or more in one calendar month.
    pub at_least: f64,
    /// Within so many months after the origin: what the trigger's forecast tells of.
    pub within_months: u32,
}

/// The terms on which a trigger is judged.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// What is warned of.
    pub event: Event,
    /// The window ends so many days after the data are available.
    pub window_days: u32,
    /// It begins so many days after: what comes before comes too soon to be prepared for.
    pub prepare_days: u32,
    /// An episode lasts so many months.
    pub cool_down_months: u32,
    /// From the end of the origin's month to the day on which its data are available.
    pub lag_days: u32,
    /// The trigger is activated where it fires at so many origins in a row.
    pub confirmations: u32,
}

/// A trigger on past origins. Lists of places × origins hold the first place's origins first, then the second's.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The monthly values that came, of every place; absent where not known.
    pub actuals: Panel,
    /// The country of each place, which is resampled as a whole; of a country, itself.
    pub countries: Vec<String>,
    /// The last months of data, rising by the same number of months.
    pub origins: Vec<Month>,
    /// The highest threshold at which the trigger is true; NaN where unknown or not forecast.
    pub scores: Vec<f64>,
    /// What was known at the origin of the last 12 months together: the benchmark. NaN where unknown.
    pub last12: Vec<f64>,
    /// Places and origins, by their numbers, whose warning was followed by action.
    pub followed: Vec<(usize, usize)>,
}

impl Trial {
    /// How many months lie between one origin and the next; 1 where there is one origin.
    pub fn every_months(&self) -> i32 {
        match self.origins[..] {
            [first, second, ..] => second.since(first),
            _ => 1,
        }
    }

    /// The same on some of the origins.
    pub(super) fn on(&self, origins: Range<usize>) -> Trial {
        let cut = |values: &[f64]| -> Vec<f64> {
            values
                .chunks(self.origins.len().max(1))
                .flat_map(|unit| &unit[origins.clone()])
                .copied()
                .collect()
        };
        let followed = self.followed.iter().filter(|(_, origin)| origins.contains(origin));
        Trial {
            actuals: self.actuals.clone(),
            countries: self.countries.clone(),
            scores: cut(&self.scores),
            last12: cut(&self.last12),
            followed: followed.map(|(unit, origin)| (*unit, origin - origins.start)).collect(),
            origins: self.origins[origins].to_vec(),
        }
    }

    /// Can it be judged on these terms?
    pub(super) fn check(&self, terms: &Terms) -> Result<(), Invalid> {
        terms.check()?;
        let units = self.actuals.units().len();
        let Some(&first) = self.origins.first() else {
            return Err(Invalid::NoOrigins);
        };
        for pair in self.origins.windows(2) {
            let step = pair[1].since(pair[0]);
            if step < 1 || step != self.every_months() {
                return Err(Invalid::Uneven {
                    first,
                    step: self.every_months(),
                    before: pair[0],
                    after: pair[1],
                });
            }
        }
        for &origin in &self.origins {
            if !(1900..=2200).contains(&origin.year()) {
                return Err(Invalid::Far(origin));
            }
        }
        let pairs = units * self.origins.len();
        for (what, found, expected) in [
            ("countries", self.countries.len(), units),
            ("scores", self.scores.len(), pairs),
            ("last12", self.last12.len(), pairs),
        ] {
            if found != expected {
                return Err(Invalid::Length { what, found, expected });
            }
        }
        let outside = |&&(unit, origin): &&(usize, usize)| unit >= units || origin >= self.origins.len();
        match self.followed.iter().find(outside) {
            Some(&(unit, origin)) => Err(Invalid::Followed { unit, origin }),
            None => Ok(()),
        }
    }
}

impl Terms {
    fn check(&self) -> Result<(), Invalid> {
        let out_of_range = |what, found: f64, expected| Err(Invalid::Term { what, found, expected });
        if !(self.event.at_least.is_finite() && self.event.at_least > 0.0) {
            return out_of_range("event.at_least", self.event.at_least, "a number above 0");
        }
        if self.confirmations == 0 {
            return out_of_range("confirmations", 0.0, "1 or more");
        }
        if self.window_days < self.prepare_days {
            return out_of_range(
                "window_days",
                f64::from(self.window_days),
                "at least prepare_days: otherwise no event comes in time",
            );
        }
        for (what, found, most, expected) in [
            ("window_days", self.window_days, 3660, "at most 3660"),
            ("lag_days", self.lag_days, 3660, "at most 3660"),
            ("cool_down_months", self.cool_down_months, 240, "at most 240"),
        ] {
            if found > most {
                return out_of_range(what, f64::from(found), expected);
            }
        }
        Ok(())
    }
}

/// Why a trial cannot be judged.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Invalid {
    /// Nothing was tried.
    #[error("the trial has no origins: give the months at which the trigger was tried")]
    NoOrigins,
    /// Origins of another step, or not rising.
    #[error(
        "the origins must rise by the same number of months: from {first} on by {step}, but {after} comes after {before}; leave out origins or judge the parts apart"
    )]
    Uneven {
        /// The first origin.
        first: Month,
        /// The months from the first to the second.
        step: i32,
        /// The origin before the surprise.
        before: Month,
        /// The surprise.
        after: Month,
    },
    /// An origin that no record reaches.
    #[error("the origin {0} lies outside the years 1900 to 2200: check the months")]
    Far(Month),
    /// A list of another length than the places and origins ask for.
    #[error("the trial's {what} are {found} where {expected} were expected: one a place, or one a place and origin")]
    Length {
        /// The list.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length expected.
        expected: usize,
    },
    /// A warning followed by action of which the trial does not know.
    #[error(
        "a warning followed by action is of place {unit} at origin {origin}, which the trial does not have; both are counted from 0"
    )]
    Followed {
        /// The number of the place.
        unit: usize,
        /// The number of the origin.
        origin: usize,
    },
    /// A term out of range.
    #[error("the term {what} is {found}; expected: {expected}")]
    Term {
        /// The term.
        what: &'static str,
        /// Its value.
        found: f64,
        /// What would do.
        expected: &'static str,
    },
    /// A grid of thresholds or a setting that cannot be used.
    #[error("{0}")]
    Setting(String),
}
