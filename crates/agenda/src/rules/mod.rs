//! The rules: how a participant stands, and what it owes, on any day.

pub mod counts;
pub mod curve;
pub mod groups;
pub mod participation;
