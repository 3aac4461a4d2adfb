//! The lake's promises, tried from outside.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod commits;
mod lakes;
mod schemas;
mod views;
