//! Did it protect people? A place, a date and an outcome counted in people in; an answer with its uncertainty out, or why it
//! cannot be told.

mod action;
mod ask;
mod catalog;
mod class;
mod donors;
mod file;
mod policies;
mod question;
mod rows;
mod runs;
mod series;
mod sheets;
mod state;

pub use catalog::catalog;
pub use file::ask_file;
pub use question::{FileQuestion, Question, Step};
pub use rows::{
    CaseRow, ClassBrief, ClassTold, DonorRow, EventRow, ImpactAnswer, LeftOutRow, OutcomeBrief, OutcomeOfClass,
    OutcomeTold, PlaceName, PolicyBrief, PooledRow,
};
pub use runs::{Run, log_class, log_run, runs};
pub use sheets::{class_sheet, policies_sheet, sheet};
pub use state::ImpactState;
