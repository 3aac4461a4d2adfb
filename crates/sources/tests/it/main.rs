//! The sources, tried from outside.

mod bad_input;
mod cards;
mod cells;
mod hxl;
mod import;
mod input;
mod mapping;
mod ophi;
mod published_totals;
mod taken;
mod treaties;
