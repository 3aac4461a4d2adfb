//! The rules of the agenda: one test program, a module a subject.

#![allow(clippy::unwrap_used, missing_docs)]

mod catalog;
mod counts;
mod deadlines;
mod duties;
mod entry_cases;
mod fixture;
mod groups;
mod leaving;
mod made;
mod mistakes;
mod owed;
mod participation;
mod properties;
mod reports;
mod schemas;
mod uncertain;
mod waits;
mod whatever_rows;
