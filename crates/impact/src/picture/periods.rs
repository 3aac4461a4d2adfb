//! The axis of periods: where each stands, and which are named.

use super::canvas::{SIZE, wide};

/// Where periods stand in time.
pub(super) struct Periods<'a> {
    labels: &'a [String],
    /// The place of each in time: in years where all are years, quarters or months of the calendar, else their number.
    pub(super) at: Vec<f64>,
}

impl<'a> Periods<'a> {
    pub(super) fn new(labels: &'a [String]) -> Periods<'a> {
        let calendar: Option<Vec<f64>> = labels.iter().map(|label| year(label)).collect();
        let rising = |at: &Vec<f64>| at.windows(2).all(|pair| pair[0] < pair[1]);
        let at = calendar
            .filter(rising)
            .unwrap_or_else(|| (0..labels.len()).map(|number| number as f64).collect());
        Periods { labels, at }
    }

    /// Half of the least step from one to the next.
    pub(super) fn half(&self) -> f64 {
        let steps = self.at.windows(2).map(|pair| pair[1] - pair[0]);
        steps.fold(f64::INFINITY, f64::min).min(1.0) / 2.0
    }

    /// The ends of the axis: half a step beyond the first and the last.
    pub(super) fn ends(&self) -> (f64, f64) {
        match (self.at.first(), self.at.last()) {
            (Some(first), Some(last)) => (first - self.half(), last + self.half()),
            _ => (0.0, 1.0),
        }
    }

    /// Where the policy began: in the middle between the last before and the first after.
    pub(super) fn began(&self, pre: usize) -> Option<f64> {
        Some((self.at.get(pre.checked_sub(1)?)? + self.at.get(pre)?) / 2.0)
    }

    /// The periods that are named, with room between them: round years where that leaves some, else every so many.
    pub(super) fn named(&self, room: f64) -> Vec<(f64, String)> {
        let (from, to) = self.ends();
        let longest = self
            .labels
            .iter()
            .map(|label| wide(label, SIZE))
            .fold(wide("2000", SIZE), f64::max);
        let whole = |number: usize| self.at[number].fract().abs() < 1e-9;
        let is_calendar = self.labels.iter().all(|label| year(label).is_some());
        if is_calendar && to - from > 2.0 {
            let most = (room / (wide("2000", SIZE) + 14.0)).max(1.0);
            let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
            let step = steps
                .into_iter()
                .find(|step| (to - from) / step <= most)
                .unwrap_or(200.0);
            let round = |number: &usize| whole(*number) && self.at[*number].rem_euclid(step) < 1e-9;
            let named = (0..self.at.len())
                .filter(round)
                .map(|number| (self.at[number], format!("{:.0}", self.at[number])));
            return named.collect();
        }
        let most = (room / (longest + 14.0)).max(1.0);
        let step = (self.at.len() as f64 / most).ceil().max(1.0) as usize;
        let named = (0..self.at.len()).step_by(step);
        named
            .map(|number| (self.at[number], self.labels[number].clone()))
            .collect()
    }
}

/// A year, quarter or month in years: `1999`, `1999-Q2`, `1999-03`.
fn year(label: &str) -> Option<f64> {
    let number = |text: &str| -> Option<f64> {
        let digits = text.chars().all(|c| c.is_ascii_digit()) && !text.is_empty();
        digits.then(|| text.parse().ok()).flatten()
    };
    let (year, part) = label
        .split_once('-')
        .map_or((label, None), |(year, part)| (year, Some(part)));
    let year = number(year).filter(|_| year.len() == 4)?;
    let within = match part {
        None => 0.0,
        Some(part) => match part.strip_prefix('Q') {
            Some(quarter) => (number(quarter).filter(|quarter| (1.0..=4.0).contains(quarter))? - 1.0) / 4.0,
            None => (number(part).filter(|month| (1.0..=12.0).contains(month))? - 1.0) / 12.0,
        },
    };
    Some(year + within)
}
