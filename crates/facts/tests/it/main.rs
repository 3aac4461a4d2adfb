//! The lake's promises, tried from outside.

mod commits;
mod lakes;
mod schemas;
mod views;
