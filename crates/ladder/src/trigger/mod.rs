//! Triggers: an expression over readings that says when a warning stands, and the catalog entry around it.
//!
//! ```text
//! P(killed ≥ 25 within 3 months) ≥ 0.3 and trend rising
//! killed in last 12 months < 25 or not trend(killed) falling
//! acute_food_insecurity ≥ 20 %
//! change(displaced_in_country, 12 months) ≥ 50 %
//! ```
//!
//! `P(…)` is the chance that the total of a quantity over the coming months reaches a number. `in last …` is a sum over a window
//! that ends with the data; a bare name is the latest value. A trend without a name is that of the first quantity named.
//! [`parse`] reads an expression with a [`Vocabulary`] and points at what is wrong; [`Expression::needs`] lists the readings that
//! it asks for, and [`Expression::evaluate`] holds them against it in the logic of three values, with its reasons.

mod check;
mod evaluate;
mod expression;
mod numbers;
mod parse;
mod spec;
mod tokens;

pub use check::{Mistake, Quantity, Unit, Vocabulary};
pub use evaluate::{Reading, Truth, Verdict, trend};
pub use expression::{Comparison, Expression, Leaf, Need, Over, Test, Trend};
pub use parse::parse;
pub use spec::{Chosen, EventSpec, Trigger, TriggerSpec};
