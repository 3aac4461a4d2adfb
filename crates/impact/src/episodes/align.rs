//! Other places at the same point of their own episodes, in event time.

use std::ops::Range;

use super::{EpisodeRules, Point, Scale, Stage, Window, stage};
use crate::design::{Design, Donor};
use crate::methods::mean;
use crate::panel::Panel;
use crate::unfit::Unfit;

/// A question in event time.
#[derive(Clone, Copy)]
pub struct Alignment<'a> {
    /// The outcome, best as a rate per 100,000.
    pub panel: &'a Panel,
    /// The unit and the first period after its policy.
    pub point: Point,
    /// The periods around it.
    pub window: Window,
    /// The units that may be compared with; the unit itself never is.
    pub eligible: &'a [usize],
    /// Whether a unit may not be used in some columns: it is in the unit's own conflict then, or under a similar policy.
    pub excluded: &'a (dyn Fn(usize, Range<usize>) -> bool + Sync),
    /// In what outcomes are compared.
    pub scale: Scale,
    /// What makes two points the same.
    pub rules: &'a EpisodeRules,
}

/// The unit's series around its point, with other places around the same point of their own episodes as donors, named such
/// as `SDN@2003` (the unit at its first period after), and those points. All values are known; labels are the unit's periods.
///
/// # Errors
/// A sentence where the unit's point is at no point of an episode, has no periods after, or too few others are like it.
pub fn aligned(question: Alignment<'_>) -> Result<(Design, Vec<Point>), Unfit> {
    let (panel, point, window) = (question.panel, question.point, question.window);
    let (_, points) = points(question)?;
    let around = whole_window(panel, point, window)?;
    let columns: Vec<usize> = around
        .clone()
        .filter(|&column| column < around.start + window.before || column >= point.time)
        .collect();
    let series = |of: Point| -> Vec<f64> {
        let values = panel.series(of.unit);
        columns
            .iter()
            .map(|&column| values[column + of.time - point.time])
            .collect()
    };
    let observed = series(point);
    let before = mean(&observed[..window.before]);
    let donor = |&of: &Point| {
        let mut values = series(of);
        if question.scale == Scale::Shape {
            // Above zero: a point with no harm before is at no point of an episode.
            let times = before / mean(&values[..window.before]);
            values.iter_mut().for_each(|value| *value *= times);
        }
        Donor {
            unit: of.name(panel),
            values,
        }
    };
    let donors = points.iter().map(donor).collect();
    let times = columns.iter().map(|&column| panel.times[column].clone()).collect();
    let at = columns.iter().map(|&column| column as f64).collect();
    let design = Design::new(&panel.units[point.unit], times, at, window.before, observed, donors)?;
    Ok((design, points))
}

fn whole_window(panel: &Panel, point: Point, window: Window) -> Result<Range<usize>, Unfit> {
    let unit = &panel.units[point.unit];
    let found = panel.times.len() - point.time;
    if window.after == 0 {
        return Err(Unfit::NoneAfter { unit: unit.clone() });
    }
    match window.around(point.time).filter(|_| found >= window.after) {
        Some(around) => Ok(around),
        None => Err(Unfit::Form(format!(
            "{unit} has {found} periods from {} on; episodes are compared over {}",
            panel.times[point.time], window.after
        ))),
    }
}

/// The unit's stage, and the points of other places that are like it, in order of place and date.
///
/// A place is tried once a year, at the unit's own time of the year (seasons are alike), from its first year on, and taken
/// at the first date at which it is like the unit, whatever comes later: a choice among several dates of an episode, such as
/// the closest, would look at how the episode went on. The next point of the same place lies in a later episode (the level
/// was under a tenth of it meanwhile), and its window does not overlap.
///
/// # Errors
/// A sentence where the unit is at no point of an episode, or fewer than [`EpisodeRules::episodes`] are like it.
pub fn points(question: Alignment<'_>) -> Result<(Stage, Vec<Point>), Unfit> {
    let (panel, point, window, rules) = (question.panel, question.point, question.window, question.rules);
    if point.unit >= panel.units.len() || point.time >= panel.times.len() {
        return Err(Unfit::Form(
            "the date of the policy lies outside of the panel".to_string(),
        ));
    }
    let own = stage(panel, point, window, rules)?;
    let mut eligible: Vec<usize> = question.eligible.to_vec();
    eligible.sort_unstable();
    eligible.dedup();
    let others = eligible
        .into_iter()
        .filter(|&unit| unit != point.unit && unit < panel.units.len());
    let points: Vec<Point> = others.flat_map(|unit| points_of(&question, &own, unit)).collect();
    if points.len() < rules.episodes.max(1) {
        return Err(Unfit::Form(format!(
            "{} other episodes stand at the same point as {} before {}; at least {} are needed",
            points.len(),
            panel.units[point.unit],
            panel.times[point.time],
            rules.episodes.max(1)
        )));
    }
    Ok((own, points))
}

fn points_of(question: &Alignment<'_>, own: &Stage, unit: usize) -> Vec<Point> {
    let (panel, window, rules) = (question.panel, question.window, question.rules);
    let step = window.periods(12);
    let mut taken: Vec<Point> = Vec::new();
    for time in (question.point.time % step..panel.times.len()).step_by(step) {
        let around = window.around(time).filter(|around| around.end <= panel.times.len());
        let Some(around) = around else { continue };
        let past = taken.last().map_or(0, |last| last.time + window.after);
        if around.start < past || !panel.is_whole(unit, around.clone()) || (question.excluded)(unit, around) {
            continue;
        }
        let point = Point { unit, time };
        let alike = stage(panel, point, window, rules).ok().filter(|stage| {
            let new = taken.last().is_none_or(|last| stage.began >= last.time);
            new && own.is_like(stage, rules)
        });
        taken.extend(alike.map(|_| point));
    }
    taken
}
