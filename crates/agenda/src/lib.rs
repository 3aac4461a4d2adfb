//! The agenda of 1999: who is bound by what, what is due, and who is late. Pure rules: it opens no file and asks no clock.
//!
//! An [`Instrument`] is data of `catalog/agenda/`, with the rules of its own articles; no treaty has code. [`rules`] hold what
//! states did ([`Action`]) and what secretariats have listed ([`Commitment`]) against them and tell, for any day, how a state
//! stands and what it owes, each with the action, the article and the source that it rests on. What no source tells is unknown.

pub mod catalog;
pub mod check;
pub mod element;
pub mod fact;
pub mod instrument;
pub mod rules;
pub mod standing;
pub mod wait;

pub use catalog::Catalog;
pub use element::Element;
pub use fact::{Act, Action, Commitment, CommitmentKind, List, Origin, Precision};
pub use instrument::Instrument;
pub use standing::{Basis, Finding, History, Standing, StandingWord};
pub use wait::Wait;
