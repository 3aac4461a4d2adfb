//! The rules of the ladder: one test program, a module a subject.
mod trigger_files;
mod triggers;
mod verdicts;
