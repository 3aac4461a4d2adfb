//! The ladder of options: which warnings stand, what can still be done by whom and in time, and what was done. Pure rules:
//! it opens no file and asks no clock.
//!
//! A [`trigger`] is an expression over readings; the room lists the readings that it needs and evaluates what it is given. A
//! [`LadderOption`] is data of `catalog/ladder/`; [`rules`] holds it against what is recorded of a place ([`Statement`]) and
//! against the window of a warning. [`log`] keeps who warned, proposed, decided and acted, in a chain that shows tampering.
//! [`calibrate`] tells what a trigger would have done in the past. Nothing is decided here, and no hard option is ever armed.

pub mod calibrate;
pub mod catalog;
pub mod check;
pub mod framework;
pub mod log;
pub mod option;
pub mod rules;
pub mod statement;
pub mod trigger;

pub use catalog::Catalog;
pub use option::{LadderOption, Phase, Tier};
pub use statement::{Answer, Kind, Statement};
