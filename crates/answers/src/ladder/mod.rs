//! The ladder of options at the places of an observatory: what is read, what stands, what can still be done, and the log.

pub mod calibrate;
mod catalog;
pub mod chances;
mod indicators;
pub mod log;
pub mod monthly;
mod place;
mod quantities;
mod readings;
mod records;
mod sheets;
mod state;
mod statements;

pub use calibrate::{CalibrateRequest, Calibrated, KeptRecord, calibrate};
pub use catalog::LadderCatalog;
pub use indicators::indicators;
pub use log::permille;
pub use monthly::Asked;
pub use place::{Fact, PlaceLadder, percent};
pub use quantities::{INCIDENTS, vocabulary};
pub use readings::Readings;
pub use records::{keep, record_of};
pub use sheets::{ADVICE, indicators_sheet, kind, log_sheet};
pub use state::{LadderState, NotAssessed, Warned};
pub use statements::statements;
