//! Charts of forecasts and of how well they did, as SVG.
//!
//! Each is one self-contained text: no script, no style sheet, no font from elsewhere. A screen reader is told the
//! title and, in a sentence or two, what is seen. Colours are those of Okabe & Ito (2008, *Color Universal Design*),
//! which people who are blind to some colours tell apart; and nothing is told by colour alone, so that a chart can be
//! printed in black and white.

mod axis;
mod canvas;
mod coverage;
mod fan;
mod pit;
mod ratios;
mod reliability;

pub use coverage::coverage;
pub use fan::{Ahead, Fan, fan};
pub use pit::pit_histogram;
pub use ratios::ratios;
pub use reliability::reliability;

/// What is written above and below a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// What it shows.
    pub title: &'a str,
    /// Where the numbers come from and of which vintage, and what else must be known to read them.
    pub caption: &'a str,
}
