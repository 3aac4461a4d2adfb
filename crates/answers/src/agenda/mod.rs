//! The agenda: what was promised, and what is done.

pub mod practice;
