//! The sources, tried from outside.

mod bad_input;
mod cards;
mod cells;
mod import;
mod input;
mod mapping;
mod published_totals;
