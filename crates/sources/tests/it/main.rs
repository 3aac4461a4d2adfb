//! The sources, tried from outside.

mod mapping;
mod published_totals;
