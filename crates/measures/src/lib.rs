//! Turns facts into numbers about people: who is killed, displaced, in want, and how many face at least one threat.
//!
//! Which series a measure reads, in which order of precedence, is data: `catalog/series.toml` ([`catalog`]). A
//! [`Figure`] keeps the rows that make it up, so that it can be explained and added up again; what cannot be computed
//! is absent, with the reason.

pub mod bounds;
pub mod catalog;
pub mod communities;
mod compute;
mod figure;
mod history;
pub mod inputs;
pub mod panels;
mod picture;
mod population;
pub mod rates;
pub mod secure_life;
mod series;
mod store;
mod world;
mod years;

pub use catalog::Measures;
pub use figure::{Coverage, Figure, Formula, Role, TableName, Term};
pub use history::{History, YearValue, history};
pub use picture::{Change, Picture, latest_year, picture};
