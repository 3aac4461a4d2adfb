//! Each question that a user can ask, answered once, as typed rows with their provenance and under one policy of what
//! may leave. The command line, the API, the page and exports only format the answers.

pub mod agenda;
mod areas;
mod assess;
mod beside;
mod changes;
mod error;
mod export;
pub mod forecast;
pub mod impact;
pub mod index;
pub mod ladder;
mod observatory;
mod own_files;
pub mod policy;
pub mod sheet;
mod sources;
pub mod standing;

pub use areas::{AreasAssessment, AreasRequest, EVENTS, assess_areas};
pub use assess::{AssessRequest, Assessment, Gap, assess, for_export, rows_for_export};
pub use beside::Beside;
pub use changes::{Changes, changes};
pub use error::{AnswerError, Lacking};
pub use export::{Exported, export};
pub use observatory::{Observatory, own_measures};
pub use sheet::{Cell, Sheet, SourceNote};
pub use sources::sources;
