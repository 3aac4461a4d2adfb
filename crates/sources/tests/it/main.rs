//! The sources, tried from outside.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod acled;
mod awsd;
mod bad_input;
mod boundaries;
mod cards;
mod cells;
mod commitments;
mod drawn;
mod draws;
mod ged;
mod hxl;
mod import;
mod input;
mod mapping;
mod ophi;
mod places;
mod published_boundaries;
mod published_totals;
mod reading;
mod table;
mod taken;
mod tally;
mod treaties;
mod treaty_files;
