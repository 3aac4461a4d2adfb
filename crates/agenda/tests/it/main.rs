//! The rules of the agenda: one test program, a module a subject.

#![allow(clippy::unwrap_used, missing_docs)]

mod counts;
mod entry_cases;
mod fixture;
mod groups;
mod leaving;
mod made;
mod participation;
mod properties;
mod waits;
