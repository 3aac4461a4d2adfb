//! The rules of the ladder: one test program, a module a subject.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod calibrating;
mod calibrating_made;
