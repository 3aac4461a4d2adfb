//! Do forecasts mean what they say? Of the outcomes that were given 90 %, did 90 % come?
//!
//! Everything here is handed the forecasts window by window: a window is what was forecast from one origin. Months of a
//! unit in a window hang together, for they are forecast from the same origin and share what came after it; so do the
//! months of a unit in all windows, where it is mis-forecast in the same way each time. Each test says which of the two
//! it allows for.

pub mod consistency;
pub mod coverage;
pub mod pit;
pub mod reliability;

pub use consistency::Band;
pub use coverage::{Among, Coverage, coverage};
pub use pit::{PitHistogram, pit_histogram};
pub use reliability::{Bin, Brier, Reliability, reliability};
