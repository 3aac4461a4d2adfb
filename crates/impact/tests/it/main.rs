//! The tests of the room, a module a subject.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod episodes_data;
mod episodes_made;
mod episodes_real;
mod pictures;
mod prop99;
