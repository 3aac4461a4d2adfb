//! Estimates: a value, its interval and how both were made.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What the low and high of an [`Estimate`] mean. Each has one stable text, which files and interfaces carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum IntervalKind {
    /// `source-range`: the source's own low and high, such as UCDP's; no quantiles.
    SourceRange,
    /// `confidence-0.95`: a confidence interval.
    Confidence {
        /// Between 0 and 1.
        level: f64,
    },
    /// `credible-0.9`: a credible interval.
    Credible {
        /// Between 0 and 1.
        level: f64,
    },
    /// `bounds`: what logic allows, such as Fréchet bounds of a union of shares.
    Bounds,
    /// `projection-80`: the 80 % prediction interval of a projection, such as the UN's.
    Projection80,
    /// `projection-95`: the 95 % prediction interval of a projection.
    Projection95,
    /// `none: …`: no interval, and why.
    None {
        /// Why there is none.
        reason: String,
    },
}

/// A text that is no kind of interval.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a kind of interval; use source-range, confidence-0.95, credible-0.9, bounds, projection-80, projection-95 or `none: ` and the reason"
)]
pub struct NotAnInterval(pub String);

impl fmt::Display for IntervalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SourceRange => f.write_str("source-range"),
            Self::Confidence { level } => write!(f, "confidence-{level}"),
            Self::Credible { level } => write!(f, "credible-{level}"),
            Self::Bounds => f.write_str("bounds"),
            Self::Projection80 => f.write_str("projection-80"),
            Self::Projection95 => f.write_str("projection-95"),
            Self::None { reason } => write!(f, "none: {reason}"),
        }
    }
}

impl FromStr for IntervalKind {
    type Err = NotAnInterval;

    fn from_str(text: &str) -> Result<Self, NotAnInterval> {
        let refused = || NotAnInterval(text.to_owned());
        let level = |digits: &str| match digits.parse::<f64>() {
            Ok(level) if level > 0.0 && level < 1.0 => Ok(level),
            _ => Err(refused()),
        };
        match text {
            "source-range" => Ok(Self::SourceRange),
            "bounds" => Ok(Self::Bounds),
            "projection-80" => Ok(Self::Projection80),
            "projection-95" => Ok(Self::Projection95),
            _ => {
                if let Some(digits) = text.strip_prefix("confidence-") {
                    Ok(Self::Confidence { level: level(digits)? })
                } else if let Some(digits) = text.strip_prefix("credible-") {
                    Ok(Self::Credible { level: level(digits)? })
                } else if let Some(reason) = text.strip_prefix("none: ") {
                    Ok(Self::None {
                        reason: reason.to_owned(),
                    })
                } else {
                    Err(refused())
                }
            }
        }
    }
}

impl TryFrom<String> for IntervalKind {
    type Error = NotAnInterval;

    fn try_from(text: String) -> Result<Self, NotAnInterval> {
        text.parse()
    }
}

impl From<IntervalKind> for String {
    fn from(kind: IntervalKind) -> String {
        kind.to_string()
    }
}

/// A value in the unit of its indicator or measure, with an interval, or the reason why it has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The best value.
    pub value: f64,
    /// The lower end, where there is one. A source's low may lie above its best: it is kept as given.
    pub low: Option<f64>,
    /// The upper end, where there is one.
    pub high: Option<f64>,
    /// What `low` and `high` mean.
    pub interval: IntervalKind,
    /// How the value was made, as a phrase.
    pub how: String,
}

impl Estimate {
    /// An estimate with an interval.
    pub fn within(value: f64, low: f64, high: f64, interval: IntervalKind, how: impl Into<String>) -> Self {
        Self {
            value,
            low: Some(low),
            high: Some(high),
            interval,
            how: how.into(),
        }
    }

    /// An estimate without an interval, and why it has none.
    pub fn without_interval(value: f64, reason: impl Into<String>, how: impl Into<String>) -> Self {
        let interval = IntervalKind::None { reason: reason.into() };
        Self {
            value,
            low: None,
            high: None,
            interval,
            how: how.into(),
        }
    }

    /// Is low ≤ value ≤ high, as far as they are given?
    pub fn is_ordered(&self) -> bool {
        self.low.is_none_or(|low| low <= self.value) && self.high.is_none_or(|high| self.value <= high)
    }
}
