//! The words of a human-security observatory: places, periods, threats, indicators, estimates, provenance.
//!
//! Nothing here reads a file or a clock. The built-in vocabulary is text in `catalog/`, compiled in and parsed once.
//!
//! ```
//! use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
//! use lysoen_lexicon::period::Period;
//!
//! let month: Period = "2003-06".parse()?;
//! let found = Crosswalk::builtin().resolve(CodeSystem::GleditschWard, "345", Some(month.start()))?;
//! let Resolved::Place(place) = found else { panic!("a state") };
//! assert_eq!(place.as_str(), "SCG"); // the number is Yugoslavia's before and Serbia's after
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod country;
pub mod estimate;
pub mod indicator;
pub mod mistake;
pub mod neighbours;
pub mod panel;
pub mod period;
pub mod place;
pub mod priogrid;
pub mod provenance;
pub mod threat;

mod catalog;
mod crosswalk;
mod spelling;

pub use catalog::CatalogError;
