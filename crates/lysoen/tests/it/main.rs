//! The program, tried from outside.

mod fetch;
