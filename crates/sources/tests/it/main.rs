//! Tests of what turns outside files into facts.

mod bad_input;
mod cards;
mod cells;
mod hxl;
mod import;
mod input;
mod ophi;
mod taken;
mod treaties;
