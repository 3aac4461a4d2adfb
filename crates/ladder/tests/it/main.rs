//! The rules of the ladder: one test program, a module a subject.

#![allow(clippy::unwrap_used, missing_docs)]

mod calibrating;
mod calibrating_made;
mod catalog;
mod frameworks;
mod log;
mod options;
mod rules;
mod trigger_files;
mod triggers;
mod verdicts;
