//! The rules: how a participant stands, and what it owes, on any day.

mod calendar;
pub mod deadlines;
pub mod duties;
mod registers;
mod schedule;
mod spells;
