//! The rules of the agenda: one test program, a module a subject.

#![allow(clippy::unwrap_used, missing_docs)]

mod deadlines;
mod duties;
mod owed;
mod reports;
mod uncertain;
mod waits;
mod whatever_rows;
