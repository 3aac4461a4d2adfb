//! Policies adopted because harm was high: other places at the same point of their own episodes, and sham dates there.
//!
//! Ceasefires, missions and embargoes come where harm has just been high, and from there it falls by itself. In UCDP's deaths
//! by country and month, 1989 to 2022, a sham policy dated at a country's own 12-month peak (the last 12 months hold at least
//! 25 deaths and no fewer than any 12 months that ended in the 24 months before; dates 24 months apart: 417 of them)
//! "reduces" the deaths of the next 12 months by 19 % in the median. So the unit is compared with other places **at the same
//! point of their own episode**, in event time, and its effect is held against those of sham policies dated at those points.
//!
//! What makes a point the same was chosen by what foretells the coming fall, on 1,200 country-years with at least 25
//! deaths (log of the next year over the last one, least squares): how hot the last 3 months were (t = 16), the rise against
//! the year before (t = −7), the level (t = −3) and how long ago the episode began (t = 2). At the 417 sham dates, with 36
//! months before and [`EpisodeRules::default`], 312 have at least 19 other episodes (34 in the median). Against those the
//! median "effect" is −2.5 % ([`Shams::beyond`]), and 1.3 % have a p of at most 0.05. A rise within 3 times in place of 2
//! leaves −7 %, and with it heat within 1.5 times and peaks within 0.15 leave −9 %. The rules were set on these same data.
//!
//! What comes is foretold better by shapes than by rates: with a rise within 3 times, half of the sham dates lie within
//! 0.86 log units of what their shams foretold, against 0.89. It is foretold better by the plain mean of the episodes
//! (difference-in-differences, 0.86) than by a synthetic control (1.18, on a quarter of the dates): weights fitted to 36
//! months of such rates fit their noise. So [`Scale::Shape`] with [`Method::Did`](crate::Method::Did) is what to use first.
//! Even so a year's deaths are so hard to foretell that few effects can be told from chance.
//!
//! Episodes within the rules are alike and not equal: in made-up places, sham dates in the very month in which a peak is
//! first passed, which are hotter than their comparisons, were 17 % above them in the median.

mod align;
mod shams;
mod stage;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use align::{Alignment, aligned, points};
pub use shams::{Shams, shams};
pub use stage::{Stage, stage};

use crate::panel::Panel;

/// A unit at a date on which a policy began, or might have begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// The unit's number in the panel.
    pub unit: usize,
    /// The column of the first period after.
    pub time: usize,
}

/// Which periods around a point are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many periods before.
    pub before: usize,
    /// How many periods between those and the first period after are set aside: the one in which the policy began, or
    /// those of anticipation.
    pub aside: usize,
    /// How many periods after.
    pub after: usize,
    /// The months in a period: 12, 3 or 1.
    pub months: u32,
}

/// In what the donors' outcomes are compared with the unit's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// As they are.
    Rate,
    /// Each donor multiplied so that its mean before is the unit's: shapes are compared, and the outcome's unit stays.
    #[default]
    Shape,
}

/// What makes two points the same point of an episode. Everything is measured on the periods before the point alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EpisodeRules {
    /// The months whose mean is the level at a point, and from which the rise is counted; 12, so that seasons cancel.
    pub recent_months: u32,
    /// The last months, whose mean against the level tells how hot the moment is.
    pub last_months: u32,
    /// How many times higher or lower the level may be.
    pub level: f64,
    /// How many times steeper or flatter the rise of the level against that of as many months before may be.
    pub rise: f64,
    /// How many times hotter or cooler the last months may be against their level.
    pub heat: f64,
    /// How far the level as a share of the highest in the window may lie from the unit's.
    pub peak: f64,
    /// How many times longer or shorter the episode may have lasted.
    pub onset: f64,
    /// An episode began when the level was last under this share of what it is at the point.
    pub quiet: f64,
    /// The least number of people harmed in the recent months for a point to lie in an episode, where it is known how many
    /// people live there.
    pub least_people: f64,
    /// The least number of episodes of other places.
    pub episodes: usize,
}

impl Default for EpisodeRules {
    fn default() -> Self {
        EpisodeRules {
            recent_months: 12,
            last_months: 3,
            level: 10.0,
            rise: 2.0,
            heat: 2.0,
            peak: 0.25,
            onset: 2.0,
            quiet: 0.1,
            least_people: 25.0,
            episodes: 19,
        }
    }
}

impl Point {
    /// Its name: the unit's code at the first period after, such as `SDN@2003`.
    pub fn name(self, panel: &Panel) -> String {
        format!("{}@{}", panel.units[self.unit], panel.times[self.time])
    }
}

impl Window {
    /// The columns from the first before to the last after; none where there are not as many before.
    fn around(self, time: usize) -> Option<std::ops::Range<usize>> {
        let start = time.checked_sub(self.before + self.aside)?;
        Some(start..time + self.after)
    }

    /// How many periods some months are, at least one.
    fn periods(self, months: u32) -> usize {
        (months / self.months.max(1)).max(1) as usize
    }
}
