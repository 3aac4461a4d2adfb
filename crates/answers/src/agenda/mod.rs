//! The agenda of 1999: who is bound by what, what is due and who is late, and what is done on the ground beside it.

mod catalog;
mod due;
mod element;
mod facts;
mod instrument;
mod party;
pub mod practice;
mod rows;
mod sheets;
mod state;
mod told;

pub use catalog::catalog;
pub use due::{Asked, Horizon, is_open};
pub use element::{ElementPage, IndicatorTold, Line, Point};
pub use instrument::InstrumentPage;
pub use party::PartyPage;
pub use rows::{
    BasisRow, CountsRow, DueRow, FindingRow, InstrumentBrief, MeetingRow, ProgrammeRow, StandingRow,
};
pub use sheets::status;
pub use state::AgendaState;
