//! The rules: how a participant stands, and what it owes, on any day.

mod calendar;
pub mod counts;
pub mod curve;
pub mod deadlines;
pub mod duties;
pub mod groups;
pub mod participation;
mod registers;
mod schedule;
mod spells;
