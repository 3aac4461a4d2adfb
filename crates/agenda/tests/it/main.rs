//! The rules of the agenda: one test program, a module a subject.

#![allow(clippy::unwrap_used, missing_docs)]

mod catalog;
mod mistakes;
mod schemas;
mod waits;
