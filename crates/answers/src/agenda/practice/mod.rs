//! What is done on the ground, beside the promises: aid given and its distance to 0.7 per cent, humanitarian money against
//! what was asked for, attacks on aid workers, and the practice of those who are bound beside that of those who are not.

pub mod aid;
pub mod aid_workers;
pub mod beside;
pub mod funding;

use serde::{Deserialize, Serialize};

/// A figure: its value or why there is none, and its interval or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The value in its unit; none where it is missing.
    pub value: Option<f64>,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end of its interval.
    pub high: Option<f64>,
    /// The unit in words.
    pub unit: String,
    /// Where the value or an end of its interval is missing: why; else what the interval is.
    pub why: String,
}

impl Told {
    /// A value with both ends of an interval.
    pub fn within(value: f64, (low, high): (f64, f64), unit: &str, interval: &str) -> Told {
        Told {
            value: Some(value),
            low: Some(low),
            high: Some(high),
            unit: unit.to_string(),
            why: interval.to_string(),
        }
    }

    /// A value without an interval.
    pub fn alone(value: f64, unit: &str, why: &str) -> Told {
        Told {
            value: Some(value),
            low: None,
            high: None,
            unit: unit.to_string(),
            why: why.to_string(),
        }
    }

    /// No value.
    pub fn missing(unit: &str, why: impl Into<String>) -> Told {
        Told {
            value: None,
            low: None,
            high: None,
            unit: unit.to_string(),
            why: why.into(),
        }
    }

    /// Value, lower and upper end, where all three are there.
    pub fn bounds(&self) -> Option<(f64, f64, f64)> {
        Some((self.value?, self.low?, self.high?))
    }
}
