//! The sources, tried from outside.

<<<<<<< HEAD
// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod acled;
mod awsd;
=======
>>>>>>> fetch
mod bad_input;
mod cards;
mod cells;
<<<<<<< HEAD
mod ged;
mod import;
mod input;
mod mapping;
mod published_totals;
<<<<<<< HEAD
mod reading;
=======
mod hxl;
mod import;
mod input;
mod ophi;
mod taken;
mod treaties;
>>>>>>> treaties
=======
mod tally;
>>>>>>> fetch
