//! The agenda of 1999: who is bound by what, what is due and who is late, and what is done on the ground beside it.

mod catalog;
mod due;
mod element;
mod facts;
mod ground;
mod instrument;
mod money;
mod party;
pub mod practice;
mod rows;
mod sheets;
mod state;
mod told;

pub use catalog::catalog;
pub use due::{Asked, Horizon, is_open};
pub use element::{ElementPage, IndicatorTold, Line, Point};
pub use ground::{AidDifference, AidWorkersYear, AidYear, Beside, Ground, standing};
pub use instrument::{AlikeRow, InstrumentPage, RegionRow, Register, Rule, due_told};
pub use money::{DropRow, FundingRow};
pub use party::{PartyPage, Record};
pub use practice::aid::PROMISE;
pub use rows::{BasisRow, CountsRow, DueRow, FindingRow, InstrumentBrief, MeetingRow, ProgrammeRow, StandingRow};
pub use sheets::{BOUNDS, status};
pub use state::AgendaState;
