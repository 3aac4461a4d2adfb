//! Sham policies at real peaks: UCDP's deaths by country and month, 1989 to 2022.

use lysoen_impact::episodes::{Alignment, EpisodeRules, Point, Scale, Shams, Window, aligned, shams};
use lysoen_impact::{Method, Panel};

use crate::episodes_data;

const WINDOW: Window = Window {
    before: 36,
    aside: 0,
    after: 12,
    months: 1,
};

fn deaths(panel: &Panel, unit: usize, from: usize, to: usize) -> f64 {
    let (rates, people) = (panel.series(unit), panel.people(unit).unwrap());
    (from..to).map(|time| rates[time] * people[time] / 1e5).sum()
}

/// The first months after a country's own 12-month peak: the last 12 months hold at least 25 deaths and no fewer than any 12
/// months that ended in the 24 months before; 24 months apart.
fn peaks(panel: &Panel) -> Vec<Point> {
    let mut peaks: Vec<Point> = Vec::new();
    for unit in 0..panel.units.len() {
        let mut last = None;
        for time in 36..=panel.times.len() - 12 {
            let year = |end: usize| deaths(panel, unit, end - 12, end);
            let highest = (time - 24..time).map(year).fold(25.0, f64::max);
            if year(time) >= highest - 1e-6 && last.is_none_or(|last| time - last >= 24) {
                last = Some(time);
                peaks.push(Point { unit, time });
            }
        }
    }
    peaks
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn answered(panel: &Panel, peaks: &[Point], scale: Scale) -> Vec<Shams> {
    let eligible: Vec<usize> = (0..panel.units.len()).collect();
    let rules = EpisodeRules::default();
    let of = |&point: &Point| {
        let question = Alignment {
            panel,
            point,
            window: WINDOW,
            eligible: &eligible,
            excluded: &|_, _| false,
            scale,
            rules: &rules,
        };
        shams(&aligned(question).ok()?.0, Method::Did).ok()
    };
    peaks.iter().filter_map(of).collect()
}

/// How far, in times, the unit lay from what the shams foretold: the median of |ln(1 + beyond)|.
fn off(found: &[Shams]) -> f64 {
    median(
        found
            .iter()
            .filter_map(|shams| shams.beyond)
            .map(|beyond| (1.0 + beyond).ln().abs())
            .collect(),
    )
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn sham_policies_at_real_peaks_seem_to_help_until_they_are_held_against_other_episodes() {
    let panel = episodes_data::deaths();
    let peaks = peaks(&panel);
    assert_eq!(peaks.len(), 417);
    let change = |point: &Point| {
        let (before, after) = (point.time - 12..point.time, point.time..point.time + 12);
        deaths(&panel, point.unit, after.start, after.end) / deaths(&panel, point.unit, before.start, before.end) - 1.0
    };
    let raw = median(peaks.iter().map(change).collect());
    assert!((raw + 0.1875).abs() < 0.002, "without a comparison: {raw}");

    let found = answered(&panel, &peaks, Scale::Shape);
    assert!(found.len() > 300, "{} can be answered", found.len());
    let beyond = median(found.iter().filter_map(|shams| shams.beyond).collect());
    assert!(beyond.abs() < 0.05, "against other episodes: {beyond}");
    let false_positives = found.iter().filter(|shams| shams.p <= 0.05).count() as f64;
    let cases = found.len() as f64;
    assert!(false_positives <= 0.05 * cases, "{false_positives} of {cases}");

    // Shapes foretell better than rates.
    let rates = answered(&panel, &peaks, Scale::Rate);
    assert!(off(&found) < off(&rates), "{} against {}", off(&found), off(&rates));
}
