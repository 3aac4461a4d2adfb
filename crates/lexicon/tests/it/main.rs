//! The lexicon's tests: one binary. Tests that read the shared data folder are ignored where it is absent.

mod catalog;
mod crosswalk;
mod estimates;
mod neighbours;
mod periods;
mod places;
mod priogrid;
#[cfg(shared_data)]
mod shared;
mod sources;
