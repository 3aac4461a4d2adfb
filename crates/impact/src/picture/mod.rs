//! Charts of what a policy did, as SVG.
//!
//! Each is one self-contained text: no script, no style sheet, no font from elsewhere. A screen reader is told the title and,
//! in a sentence or two, what is seen. Colours are those of Okabe & Ito (2008, *Color Universal Design*), which people who are
//! blind to some colours tell apart; and nothing is told by colour alone, so that a chart can be printed in black and white.

mod axis;
mod canvas;
mod effects;
mod forest;
mod periods;
mod placebos;
mod series;
mod weights;

pub use effects::{EventPoint, event_study};
pub use forest::{Case, Effect, Measure, forest};
pub use placebos::placebos;
pub use series::{gaps, observed};
pub use weights::weights;

/// What is written above, below and beside a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// What it shows.
    pub title: &'a str,
    /// Where the numbers come from and of which vintage, and what else must be known to read them.
    pub caption: &'a str,
    /// What is counted, with its unit, such as "Deaths per 100,000 a month".
    pub outcome: &'a str,
}
