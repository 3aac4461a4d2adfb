//! Holds readings against an expression: true, false or unknown, with the reasons in sentences.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::{Quantity, Unit};
use super::expression::{Comparison, Expression, Leaf, Need, Over, Test, Trend};
use super::numbers::{Style, counted};

/// What is known of a [`Need`].
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A number; shares, chances and changes as fractions.
    Number(f64),
    /// A trend.
    Trend(Trend),
    /// It is not known; why, as a clause: `no source imported`.
    Unknown(String),
}

/// What an expression comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It holds.
    True,
    /// It does not.
    False,
    /// What is known does not tell.
    Unknown,
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

/// What an expression comes to, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// What it comes to.
    pub truth: Truth,
    /// Sentences on the readings that decide it; at least one.
    pub reasons: Vec<String>,
}

/// Where a monthly count is going, by its last twelve months: rising where the mean of the last three is above 1.25 times that of
/// the nine before and by at least 1 a month, falling where it is below 0.8 times. None where one of the twelve is absent (NaN).
pub fn trend(months: &[f64]) -> Option<Trend> {
    let last = months.last_chunk::<12>()?;
    if last.iter().any(|month| !month.is_finite()) {
        return None;
    }
    let before = last[..9].iter().sum::<f64>() / 9.0;
    let now = last[9..].iter().sum::<f64>() / 3.0;
    Some(if now > 1.25 * before && now - before >= 1.0 {
        Trend::Rising
    } else if now < 0.8 * before {
        Trend::Falling
    } else {
        Trend::Steady
    })
}

impl Expression {
    /// Holds readings against it. What is unknown stays so unless the rest decides: false and unknown is false, true or unknown
    /// is true.
    pub fn evaluate(&self, reading: &dyn Fn(&Need) -> Reading) -> Verdict {
        match self {
            Expression::Is(leaf) => leaf.evaluate(reading(&leaf.need)),
            Expression::Not(part) => {
                let Verdict { truth, reasons } = part.evaluate(reading);
                Verdict { truth: !truth, reasons }
            }
            Expression::And(parts) => joined(parts, reading, Truth::False),
            Expression::Or(parts) => joined(parts, reading, Truth::True),
        }
    }
}

/// The verdict on parts of which one that comes to `decisive` decides the whole.
fn joined(parts: &[Expression], reading: &dyn Fn(&Need) -> Reading, decisive: Truth) -> Verdict {
    let verdicts: Vec<Verdict> = parts.iter().map(|part| part.evaluate(reading)).collect();
    let one = |truth| verdicts.iter().any(|verdict| verdict.truth == truth);
    let decides = [decisive, Truth::Unknown].into_iter().find(|truth| one(*truth));
    let truth = decides.unwrap_or(!decisive);
    let mut seen = BTreeSet::new();
    let deciding = verdicts.into_iter().filter(|verdict| verdict.truth == truth);
    let reasons = deciding.flat_map(|verdict| verdict.reasons);
    let reasons = reasons.filter(|reason| seen.insert(reason.clone())).collect();
    Verdict { truth, reasons }
}

impl Leaf {
    fn evaluate(&self, reading: Reading) -> Verdict {
        let (holds, reason) = match (reading, self.test) {
            (Reading::Number(number), Test::Number(comparison, limit)) if number.is_finite() => {
                let holds = comparison.holds(number, limit);
                (holds, self.told(number, comparison, limit, holds))
            }
            (Reading::Trend(trend), Test::Trend(expected)) => {
                let but = if trend == expected {
                    String::new()
                } else {
                    format!(", not {expected}")
                };
                let title = &self.quantity.title;
                (trend == expected, format!("The trend of {title} is {trend}{but}."))
            }
            (Reading::Unknown(why), _) => return self.unknown(&why),
            (Reading::Number(_), Test::Number(..)) => return self.unknown("the reading is not a finite number"),
            (Reading::Number(_) | Reading::Trend(_), _) => return self.unknown("the reading is of another kind"),
        };
        let truth = if holds { Truth::True } else { Truth::False };
        Verdict {
            truth,
            reasons: vec![reason],
        }
    }

    fn unknown(&self, why: &str) -> Verdict {
        let quantity = &self.quantity;
        let why = why.trim_end_matches('.');
        let reason = match &self.need {
            Need::Value { over, .. } if *over != Over::Latest && counts(quantity) => {
                let what = match quantity.title.strip_prefix("people ") {
                    Some(what) => format!("people were {what}"),
                    None => format!("{} there were", quantity.title),
                };
                format!("It is not known how many {what} {over}: {why}.")
            }
            _ => format!("{} is not known: {why}.", self.subject()),
        };
        Verdict {
            truth: Truth::Unknown,
            reasons: vec![reason],
        }
    }

    /// What is read, as the beginning of a sentence.
    fn subject(&self) -> String {
        let Quantity { title, .. } = &self.quantity;
        match &self.need {
            Need::Chance { at_least, months, .. } => {
                let amount = self.quantity.exact(*at_least);
                let what = match title.strip_prefix("people ") {
                    Some(what) if counts(&self.quantity) => format!("{amount} or more people are {what}"),
                    None if counts(&self.quantity) => format!("there are {amount} or more {title}"),
                    _ => format!("{title} reaches {amount}"),
                };
                format!("The chance that {what} within {}", counted(*months, "month"))
            }
            Need::Value { over: Over::Latest, .. } => format!("The latest figure of {title}"),
            Need::Value { over, .. } => format!("{} {over}", capital(title)),
            Need::Trend { .. } => format!("The trend of {title}"),
            Need::Change { months, .. } => format!("The change of {title} over {}", counted(*months, "month")),
        }
    }

    /// How a number compares with the limit, in a sentence.
    fn told(&self, number: f64, comparison: Comparison, limit: f64, holds: bool) -> String {
        let quantity = &self.quantity;
        let verb = match &self.need {
            Need::Value { over, .. } if *over != Over::Latest && counts(quantity) => "were",
            _ => "is",
        };
        let share = |number: f64, limit: f64| {
            let decimals = usize::from(number.abs() < 0.1);
            (
                Style::Percent.rounded(number, limit, decimals),
                Style::Percent.exact(limit),
            )
        };
        let (number, limit) = match &self.need {
            Need::Value { .. } if quantity.unit != Unit::Share => {
                (quantity.rounded(number, limit), quantity.exact(limit))
            }
            Need::Change { .. } => {
                let sign = if number > 0.0 { "+" } else { "" };
                let (number, limit) = share(number, limit);
                (format!("{sign}{number}"), limit)
            }
            _ => share(number, limit),
        };
        let side = match (comparison, holds) {
            (Comparison::AtLeast, true) | (Comparison::Below, false) => "at or above",
            (Comparison::AtLeast, false) | (Comparison::Below, true) => "below",
            (Comparison::Above, true) | (Comparison::AtMost, false) => "above",
            (Comparison::Above, false) | (Comparison::AtMost, true) => "at or below",
        };
        format!("{} {verb} {number}, {side} {limit}.", self.subject())
    }
}

fn counts(quantity: &Quantity) -> bool {
    matches!(quantity.unit, Unit::People | Unit::Incidents)
}

fn capital(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

impl Quantity {
    fn style(&self) -> (Style, usize, &'static str) {
        match self.unit {
            Unit::People | Unit::Incidents => (Style::Grouped, 0, ""),
            Unit::Share => (Style::Percent, 0, ""),
            Unit::PerHundredThousand => (Style::Grouped, 1, " per 100,000"),
            Unit::Index => (Style::Plain, 2, ""),
        }
    }

    fn exact(&self, number: f64) -> String {
        let (style, _, unit) = self.style();
        style.exact(number) + unit
    }

    fn rounded(&self, number: f64, limit: f64) -> String {
        let (style, decimals, unit) = self.style();
        style.rounded(number, limit, decimals) + unit
    }
}
