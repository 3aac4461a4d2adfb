//! An expression, how it is written, and the readings that it asks for.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::{Quantity, Unit};
use super::numbers::{counted, percent};

/// When a warning stands. Written out it is an expression in canonical form, which reads as the same expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A single test.
    Is(Leaf),
    /// Where the part does not hold.
    Not(Box<Expression>),
    /// Where all parts hold; at least two.
    And(Vec<Expression>),
    /// Where a part holds; at least two.
    Or(Vec<Expression>),
}

/// A reading held against a number or a trend.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The quantity.
    pub quantity: Quantity,
    /// The reading of it.
    pub need: Need,
    /// What the reading is held against.
    pub test: Test,
}

/// What a reading is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// A number; shares, chances and changes as fractions.
    Number(Comparison, f64),
    /// A trend; of a [`Need::Trend`] only.
    Trend(Trend),
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `≥`
    AtLeast,
    /// `>`
    Above,
    /// `≤`
    AtMost,
    /// `<`
    Below,
}

impl Comparison {
    /// Whether it holds.
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Comparison::AtLeast => left >= right,
            Comparison::Above => left > right,
            Comparison::AtMost => left <= right,
            Comparison::Below => left < right,
        }
    }
}

/// Where a quantity is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    /// Up.
    Rising,
    /// Neither up nor down.
    Steady,
    /// Down.
    Falling,
}

/// The time over which a value is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Over {
    /// The latest value.
    Latest,
    /// The sum of so many months that end with the data.
    Months(u32),
    /// The sum of so many days that end with the data.
    Days(u32),
}

/// A reading that an expression asks for.
#[derive(Clone, Debug)]
pub enum Need {
    /// The chance, 0 to 1, that the total of the coming months reaches a number.
    Chance {
        /// The quantity's name.
        quantity: String,
        /// The number, in the quantity's unit; finite.
        at_least: f64,
        /// The months, counted from the first without data.
        months: u32,
    },
    /// A value that is known.
    Value {
        /// The quantity's name.
        quantity: String,
        /// Over which time.
        over: Over,
    },
    /// Where a quantity is going.
    Trend {
        /// The quantity's name.
        quantity: String,
    },
    /// By which part of it a quantity has changed over so many months: 0.5 for half as much again.
    Change {
        /// The quantity's name.
        quantity: String,
        /// The months.
        months: u32,
    },
}

impl Need {
    /// The quantity's name.
    pub fn quantity(&self) -> &str {
        match self {
            Need::Chance { quantity, .. }
            | Need::Value { quantity, .. }
            | Need::Trend { quantity }
            | Need::Change { quantity, .. } => quantity,
        }
    }

    /// By this needs are compared: the number's bits in an order like the number's own.
    fn key(&self) -> (u8, &str, Option<Over>, u32, i64) {
        let bits = |number: f64| {
            let bits = (number + 0.0).to_bits() as i64;
            bits ^ (((bits >> 63) as u64) >> 1) as i64
        };
        match self {
            Need::Chance {
                quantity,
                at_least,
                months,
            } => (0, quantity, None, *months, bits(*at_least)),
            Need::Value { quantity, over } => (1, quantity, Some(*over), 0, 0),
            Need::Trend { quantity } => (2, quantity, None, 0, 0),
            Need::Change { quantity, months } => (3, quantity, None, *months, 0),
        }
    }
}

impl PartialEq for Need {
    fn eq(&self, other: &Need) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Need {}

impl PartialOrd for Need {
    fn partial_cmp(&self, other: &Need) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Need {
    fn cmp(&self, other: &Need) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Need {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Expression {
    /// The readings that it asks for, each once, in the order in which they are written.
    pub fn needs(&self) -> Vec<Need> {
        let mut seen = BTreeSet::new();
        let needs = self.leaves().into_iter().map(|leaf| &leaf.need);
        needs.filter(|need| seen.insert(*need)).cloned().collect()
    }

    /// Whether it asks for a chance, so that what it says is a warning and not an observed breach.
    pub fn is_forecast(&self) -> bool {
        self.threshold().is_some()
    }

    /// The number against which its first chance is held.
    pub fn threshold(&self) -> Option<f64> {
        self.leaves()
            .into_iter()
            .find_map(|leaf| match (&leaf.need, leaf.test) {
                (Need::Chance { .. }, Test::Number(_, number)) => Some(number),
                _ => None,
            })
    }

    /// The expression with another number against which its first chance is held.
    pub fn with_threshold(&self, threshold: f64) -> Expression {
        let mut changed = self.clone();
        changed.replace_threshold(threshold);
        changed
    }

    fn replace_threshold(&mut self, threshold: f64) -> bool {
        match self {
            Expression::Is(Leaf {
                need: Need::Chance { .. },
                test: Test::Number(_, number),
                ..
            }) => {
                *number = threshold;
                true
            }
            Expression::Is(_) => false,
            Expression::Not(part) => part.replace_threshold(threshold),
            Expression::And(parts) | Expression::Or(parts) => {
                parts.iter_mut().any(|part| part.replace_threshold(threshold))
            }
        }
    }

    fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Expression::Is(leaf) => vec![leaf],
            Expression::Not(part) => part.leaves(),
            Expression::And(parts) | Expression::Or(parts) => parts.iter().flat_map(Expression::leaves).collect(),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Expression], word: &str, bare: fn(&Expression) -> bool| {
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    write!(f, " {word} ")?;
                }
                within(f, part, bare)?;
            }
            Ok(())
        };
        match self {
            Expression::Is(leaf) => leaf.fmt(f),
            Expression::Not(part) => {
                f.write_str("not ")?;
                within(f, part, |part| matches!(part, Expression::Is(_) | Expression::Not(_)))
            }
            Expression::And(parts) => joined(f, parts, "and", |part| {
                matches!(part, Expression::Is(_) | Expression::Not(_))
            }),
            // `and` binds closer than `or`; a parenthesis that is not needed would make a text deeper than it was.
            Expression::Or(parts) => joined(f, parts, "or", |part| !matches!(part, Expression::Or(_))),
        }
    }
}

fn within(f: &mut fmt::Formatter<'_>, part: &Expression, bare: fn(&Expression) -> bool) -> fmt::Result {
    if bare(part) {
        write!(f, "{part}")
    } else {
        write!(f, "({part})")
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = |number: f64| match self.quantity.unit {
            Unit::Share => format!("{} %", percent(number)),
            _ => number.to_string(),
        };
        match &self.need {
            Need::Chance {
                quantity,
                at_least,
                months,
            } => write!(
                f,
                "P({quantity} ≥ {} within {})",
                amount(*at_least),
                counted(*months, "month")
            ),
            Need::Value { quantity, over } => match over {
                Over::Latest => f.write_str(quantity),
                Over::Months(n) => write!(f, "{quantity} in last {}", counted(*n, "month")),
                Over::Days(n) => write!(f, "{quantity} in last {}", counted(*n, "day")),
            },
            Need::Trend { quantity } => write!(f, "trend({quantity})"),
            Need::Change { quantity, months } => write!(f, "change({quantity}, {})", counted(*months, "month")),
        }?;
        match (&self.need, self.test) {
            (_, Test::Trend(trend)) => write!(f, " {trend}"),
            (Need::Value { .. }, Test::Number(comparison, limit)) => write!(f, " {comparison} {}", amount(limit)),
            (Need::Change { .. }, Test::Number(comparison, limit)) => write!(f, " {comparison} {} %", percent(limit)),
            (_, Test::Number(comparison, limit)) => write!(f, " {comparison} {limit}"),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Comparison::AtLeast => "≥",
            Comparison::Above => ">",
            Comparison::AtMost => "≤",
            Comparison::Below => "<",
        })
    }
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Trend::Rising => "rising",
            Trend::Steady => "steady",
            Trend::Falling => "falling",
        })
    }
}

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Over::Latest => f.write_str("latest"),
            Over::Months(1) => f.write_str("in the last month"),
            Over::Days(1) => f.write_str("on the last day"),
            Over::Months(n) => write!(f, "in the last {n} months"),
            Over::Days(n) => write!(f, "in the last {n} days"),
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Need::Chance {
                quantity,
                at_least,
                months,
            } => write!(
                f,
                "the chance that {quantity} reaches {at_least} within {}",
                counted(*months, "month")
            ),
            Need::Value {
                quantity,
                over: Over::Latest,
            } => write!(f, "the latest value of {quantity}"),
            Need::Value { quantity, over } => write!(f, "{quantity} {over}"),
            Need::Trend { quantity } => write!(f, "the trend of {quantity}"),
            Need::Change { quantity, months } => {
                write!(f, "the change of {quantity} over {}", counted(*months, "month"))
            }
        }
    }
}
