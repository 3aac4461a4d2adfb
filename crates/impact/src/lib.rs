//! Did it protect people? What happened to people's safety after a policy, against what would have happened without it.
//!
//! Pure: a [`Design`] (one unit under a policy, the units that it is compared with, periods before and after) in, an
//! [`Examination`] out. [`methods`] make the counterfactual, [`inference`] asks how far it can be trusted, [`gates`] decides
//! from the periods before alone whether the question can be answered at all, and [`verdict`] gives one of four answers.
//! [`episodes`] compares policies that were adopted because harm was high with the same point of other episodes; [`class`]
//! asks many cases of a policy at once. [`catalog`] is the policies, the classes and the rules as data of
//! `catalog/policies/`. It opens no file and asks no clock.

pub mod calibrate;
pub mod catalog;
pub mod class;
pub mod design;
pub mod episodes;
pub mod examine;
pub mod gates;
pub mod inference;
pub mod methods;
pub mod panel;
pub mod people;
pub mod picture;
pub mod policy;
pub mod rules;
mod simplex;
mod spoken;
mod unfit;
pub mod verdict;

pub use calibrate::{Calibration, calibrate};
pub use catalog::Catalog;
pub use design::{Design, Donor, Predictor};
pub use examine::{About, Examination, answer, examine};
pub use methods::{Fit, Method, Weight};
pub use panel::Panel;
pub use policy::{Class, Policy, PolicyKind};
pub use rules::Rules;
pub use unfit::Unfit;
pub use verdict::{Verdict, Word};
