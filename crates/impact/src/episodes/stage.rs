//! Where in its episode a unit stands at a point.

use serde::Serialize;
use utoipa::ToSchema;

use super::{EpisodeRules, Point, Window};
use crate::methods::mean;
use crate::panel::Panel;
use crate::unfit::Unfit;

/// Ratios beyond this, up or down, are told apart no more: against zero every rise is infinite.
const FURTHEST: f64 = 20.0;

/// Where in its episode a unit stands at a point, by its outcome before the point alone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Stage {
    /// The mean outcome of the recent months, in the outcome's unit a period; above zero.
    pub level: f64,
    /// The level over that of as many months before, from 1/20 to 20.
    pub rise: f64,
    /// The mean of the last months over the level, from 1/20 up.
    pub heat: f64,
    /// The level over the highest of the window, 0 to 1; 1 at a peak.
    pub peak: f64,
    /// How many months ago the episode began, counted no further back than the window.
    pub onset: u32,
    /// The column in which the episode began.
    #[serde(skip)]
    pub(super) began: usize,
}

/// The stage of a point.
///
/// # Errors
/// A sentence where there are too few periods before, one is unknown, nobody was harmed, or so few that there is no episode.
pub fn stage(panel: &Panel, point: Point, window: Window, rules: &EpisodeRules) -> Result<Stage, Unfit> {
    let unit = || panel.units[point.unit].clone();
    let (recent, last) = (window.periods(rules.recent_months), window.periods(rules.last_months));
    let end = point.time.saturating_sub(window.aside);
    let found = window.before.min(end);
    if found < window.before || found < 2 * recent {
        return Err(Unfit::TooFewBefore {
            unit: unit(),
            found,
            needed: window.before.max(2 * recent),
            what: "telling the point of an episode",
        });
    }
    let start = end - window.before;
    let series = panel.series(point.unit);
    if let Some(gap) = (start..end).find(|&time| !series[time].is_finite()) {
        return Err(Unfit::Gap {
            unit: unit(),
            time: panel.times[gap].clone(),
        });
    }
    let level_at = |end: usize| mean(&series[end - recent..end]);
    let level = level_at(end);
    if level <= 0.0 {
        return Err(Unfit::Form(format!(
            "{} has no harm in the {} months before {}, so that it stands at no point of an episode",
            unit(),
            rules.recent_months,
            panel.times[point.time]
        )));
    }
    check_people(panel, point.unit, end - recent..end, rules)?;
    let highest = (start + recent..=end).map(level_at).fold(0.0, f64::max);
    // Back from the point as far as anything is known; with a NaN the comparison is false, so it is looked for by itself.
    let mut began = end;
    while began > recent && series[began - recent].is_finite() && level_at(began) >= rules.quiet * level {
        began -= 1;
    }
    Ok(Stage {
        level,
        rise: ratio(level, level_at(end - recent)),
        heat: ratio(mean(&series[end - last..end]), level),
        peak: level / highest,
        onset: (end - began).min(window.before) as u32 * window.months,
        began,
    })
}

fn check_people(panel: &Panel, unit: usize, recent: std::ops::Range<usize>, rules: &EpisodeRules) -> Result<(), Unfit> {
    let Some(people) = panel.people(unit) else {
        return Ok(());
    };
    let series = panel.series(unit);
    let harmed: f64 = recent.clone().map(|time| series[time] * people[time] / 1e5).sum();
    // An unknown population decides nothing.
    if harmed < rules.least_people - 1e-9 {
        return Err(Unfit::Form(format!(
            "{} has {harmed:.0} people harmed in the {} months up to {}; under {:.0} it is in no episode",
            panel.units[unit],
            rules.recent_months,
            panel.times[recent.end - 1],
            rules.least_people
        )));
    }
    Ok(())
}

fn ratio(over: f64, under: f64) -> f64 {
    if under > 0.0 {
        (over / under).clamp(1.0 / FURTHEST, FURTHEST)
    } else {
        FURTHEST
    }
}

impl Stage {
    /// Whether another stage is the same point of an episode, by the rules.
    pub fn is_like(&self, other: &Stage, rules: &EpisodeRules) -> bool {
        let within = |a: f64, b: f64, times: f64| (a / b).ln().abs() <= times.ln() + 1e-9;
        // One is added to the onset in units of the recent months: 1 month ago and 3 months ago are both just now.
        let since = |stage: &Stage| 1.0 + f64::from(stage.onset) / f64::from(rules.recent_months.max(1));
        within(self.level, other.level, rules.level)
            && within(self.rise, other.rise, rules.rise)
            && within(self.heat, other.heat, rules.heat)
            && (self.peak - other.peak).abs() <= rules.peak + 1e-9
            && within(since(self), since(other), rules.onset)
    }
}
