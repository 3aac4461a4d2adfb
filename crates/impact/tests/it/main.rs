//! The tests of the room, a module a subject.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod policies_mistakes;
mod policies_schemas;
mod policies_shipped;
mod prop99;
