//! Tests of what turns outside files into facts.

mod hxl;
mod ophi;
mod taken;
mod treaties;
