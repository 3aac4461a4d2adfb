//! The tests of the room, a module a subject.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod class_bad_input;
mod class_dates;
mod class_made;
mod class_poisson;
mod class_pooling;
mod class_simulated;
mod prop99;
