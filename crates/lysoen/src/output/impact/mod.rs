//! Impact for a person: what can be asked, an answer, a class, and the report.

mod answer;
mod calibrated;
mod class;
mod offer;
pub mod report;
mod words;

pub use answer::answer;
pub use calibrated::{asked_before, calibration, calibration_sheet, runs};
pub use class::class;
pub use offer::{MethodName, Offer, list, methods};
