//! A unit period by period, with and without its policy.

use super::Words;
use super::axis::{Axis, range, stepped, told};
use super::canvas::{Anchor, BAND, BLUE, Canvas, EDGE, Entry, GREY, INK, SIZE, WIDTH, wide, wrap};
use super::periods::Periods;
use crate::examine::Examination;
use crate::methods::mean;

const LEFT: f64 = 78.0;
const HEIGHT: f64 = 280.0;
/// Behind the periods after.
const AFTER: &str = "fill=\"#f3f4f7\"";
const OBSERVED: &str = "fill=\"none\" stroke=\"#1b1f27\" stroke-width=\"2.2\" stroke-linejoin=\"round\"";
const WITHOUT: &str =
    "fill=\"none\" stroke=\"#0072B2\" stroke-width=\"2\" stroke-dasharray=\"7 4\" stroke-linejoin=\"round\"";
const DONOR: &str = "fill=\"none\" stroke=\"#8a92a0\" stroke-width=\"0.9\"";
const EDGES: &str = "fill=\"none\" stroke=\"#5f6672\" stroke-width=\"1\" stroke-dasharray=\"2 2\"";

/// A plot over the periods.
struct Plot {
    across: Axis,
    up: Axis,
    at: Vec<f64>,
}

impl Plot {
    /// Draws the ground: the periods after shaded, both axes, the date of the policy.
    fn ground(canvas: &mut Canvas, examined: &Examination, values: (f64, f64), outcome: &str) -> Plot {
        for line in wrap(outcome, SIZE, WIDTH - 2.0 * EDGE) {
            canvas.y += 15.0;
            let y = canvas.y;
            canvas.text(EDGE, y, Anchor::Start, &line);
        }
        // Room for the words at the policy's date.
        let (top, bottom) = (canvas.y + 26.0, canvas.y + 26.0 + HEIGHT);
        let (left, right) = (LEFT, WIDTH - EDGE - 8.0);
        let periods = Periods::new(&examined.times);
        let (from, to) = periods.ends();
        let across = Axis::even(from, to, left, right);
        let (up, ticks) = stepped(values, bottom, top);
        let began = periods.began(examined.pre).map(|began| across.place(began));
        if let Some(x) = began {
            canvas.rect((x, top), (right, bottom), AFTER);
        }
        canvas.below(&across, (bottom, bottom), &periods.named(right - left), "");
        canvas.beside(&up, (left, right), &ticks);
        if up.from < 0.0 && up.to > 0.0 {
            let zero = up.place(0.0);
            canvas.line((left, zero), (right, zero), &format!("stroke=\"{GREY}\""));
        }
        if let Some(x) = began {
            canvas.line(
                (x, top - 12.0),
                (x, bottom),
                &format!("stroke=\"{INK}\" stroke-dasharray=\"2 3\""),
            );
            let first = examined.times.get(examined.pre).map_or("", String::as_str);
            let text = format!("policy, from {first}");
            let (x, anchor) = if x + 4.0 + wide(&text, SIZE) < right {
                (x + 4.0, Anchor::Start)
            } else {
                (x - 4.0, Anchor::End)
            };
            canvas.text(x, top - 5.0, anchor, &text);
        }
        Plot {
            across,
            up,
            at: periods.at,
        }
    }

    /// A line through values, period by period, broken where one is unknown or beyond the axis.
    fn line(&self, canvas: &mut Canvas, values: &[f64], style: &str) {
        let mut run: Vec<(f64, f64)> = Vec::new();
        for (at, value) in self.at.iter().zip(values) {
            if self.up.reaches(*value) {
                run.push((self.across.place(*at), self.up.place(*value)));
            } else {
                canvas.path("polyline", std::mem::take(&mut run), style);
            }
        }
        canvas.path("polyline", run, style);
    }

    /// A band between two series over some periods.
    fn band(&self, canvas: &mut Canvas, from: usize, band: &[(f64, f64)], style: &str) {
        let known = || {
            (from..self.at.len().min(band.len())).filter(|&time| band[time].0.is_finite() && band[time].1.is_finite())
        };
        let point = |time: usize, value: f64| (self.across.place(self.at[time]), self.up.place(value));
        let low = known().map(|time| point(time, band[time].0));
        let high = known().rev().map(|time| point(time, band[time].1));
        canvas.path("polygon", low.chain(high), style);
    }
}

/// The outcome with its policy and, dashed, as it would have been without; after the policy began, the band in which it would
/// lie by chance, from the placebos.
pub fn observed(examined: &Examination, words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    let without: &[f64] = examined.fit.as_ref().map_or(&[], |fit| &fit.counterfactual);
    let chance = chance_band(examined, without);
    let observed_mark = |canvas: &mut Canvas, (x, y): (f64, f64)| canvas.line((x - 13.0, y), (x + 13.0, y), OBSERVED);
    let without_mark = |canvas: &mut Canvas, (x, y): (f64, f64)| canvas.line((x - 13.0, y), (x + 13.0, y), WITHOUT);
    let mut entries: Vec<Entry<'_>> = vec![("observed", &observed_mark)];
    if !without.is_empty() {
        entries.push(("as it would have been without the policy", &without_mark));
    }
    if !chance.is_empty() {
        entries.push(("where chance would put it (placebos)", &swatch));
    }
    canvas.legend(&entries);
    let seen = range(examined.observed.iter().chain(without).copied(), true);
    // The band may not make the lines flat.
    let room = seen.1 - seen.0;
    let banded = chance
        .iter()
        .flat_map(|(low, high)| [low.max(seen.0 - 0.5 * room), high.min(seen.1 + 0.5 * room)]);
    // Where nobody can be fewer than none, the axis does not go on.
    let values = range(
        [seen.0, seen.1]
            .into_iter()
            .chain(banded.map(|value| if seen.0 >= 0.0 { value.max(0.0) } else { value })),
        true,
    );
    let plot = Plot::ground(&mut canvas, examined, values, words.outcome);
    plot.band(
        &mut canvas,
        examined.pre,
        &chance,
        &format!("fill=\"{BAND}\" fill-opacity=\"0.75\""),
    );
    plot.line(&mut canvas, without, WITHOUT);
    plot.line(&mut canvas, &examined.observed, OBSERVED);
    if without.is_empty() {
        canvas.note("How it would have been without the policy could not be estimated.");
    }
    canvas.finish(words, "observed", &seen_of(examined, without))
}

/// The counterfactual with the donors' band of gaps around it, period by period.
fn chance_band(examined: &Examination, without: &[f64]) -> Vec<(f64, f64)> {
    let band = examined.space.as_ref().map_or(&[][..], |space| &space.band);
    band.iter()
        .zip(without)
        .map(|((low, high), value)| (value + low, value + high))
        .collect()
}

fn seen_of(examined: &Examination, without: &[f64]) -> String {
    let (pre, unit) = (examined.pre.min(examined.observed.len()), &examined.unit);
    let after = &examined.observed[pre..];
    let dates = match (
        examined.times.first(),
        examined.times.get(examined.pre),
        examined.times.last(),
    ) {
        (Some(first), Some(began), Some(last)) => format!(" from {first} to {last}, with the policy from {began} on"),
        _ => String::new(),
    };
    let mut told_all = format!("{unit}{dates}.");
    if pre > 0 {
        told_all += &format!(
            " The outcome was {} a period before in the mean",
            told(mean(&examined.observed[..pre]))
        );
        told_all += &if after.is_empty() {
            ".".to_string()
        } else {
            format!(" and {} after.", told(mean(after)))
        };
    }
    if without.len() > pre && !after.is_empty() {
        let without = mean(&without[pre..]);
        told_all += &format!(
            " Without the policy it would have been {} after: {}.",
            told(without),
            apart(mean(after) - without)
        );
    }
    told_all
}

fn apart(gap: f64) -> String {
    let word = if gap < 0.0 { "less" } else { "more" };
    format!("the observed is {} {word}", told(gap.abs()))
}

/// Observed less counterfactual, with the same of each donor as if it had had the policy, and the band of those.
pub fn gaps(examined: &Examination, words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    let space = examined.space.as_ref();
    let (band, donors) = space.map_or((&[][..], &[][..]), |space| (&space.band[..], &space.donors[..]));
    let unit_mark = |canvas: &mut Canvas, (x, y): (f64, f64)| canvas.line((x - 13.0, y), (x + 13.0, y), OBSERVED);
    let donor_mark = |canvas: &mut Canvas, (x, y): (f64, f64)| canvas.line((x - 13.0, y), (x + 13.0, y), DONOR);
    let donors_name = format!("each of {} places without it", donors.len());
    let mut entries: Vec<Entry<'_>> = vec![(&examined.unit, &unit_mark)];
    if !donors.is_empty() {
        entries.push((&donors_name, &donor_mark));
    }
    if !band.is_empty() {
        entries.push(("the band of those places", &edged));
    }
    canvas.legend(&entries);
    let ends = band.iter().flat_map(|(low, high)| [*low, *high]);
    let (low, high) = range(examined.gaps.iter().copied().chain(ends), true);
    let room = 0.1 * (high - low);
    let name = format!("Observed less counterfactual: {}", words.outcome);
    let plot = Plot::ground(&mut canvas, examined, (low - room, high + room), &name);
    plot.band(&mut canvas, 0, band, &format!("fill=\"{BAND}\" fill-opacity=\"0.75\""));
    // Fainter the more there are, so that the band and the unit are seen through them.
    let faint = (25.0 / donors.len().max(1) as f64).clamp(0.18, 0.7);
    for donor in donors {
        plot.line(
            &mut canvas,
            &donor.gaps,
            &format!("{DONOR} stroke-opacity=\"{faint:.2}\""),
        );
    }
    let edge = |end: fn(&(f64, f64)) -> f64| band.iter().map(end).collect::<Vec<f64>>();
    plot.line(&mut canvas, &edge(|band| band.0), EDGES);
    plot.line(&mut canvas, &edge(|band| band.1), EDGES);
    let (left, right) = (plot.across.start, plot.across.end);
    let zero = plot.up.place(0.0);
    canvas.line(
        (left, zero),
        (right, zero),
        &format!("stroke=\"{BLUE}\" stroke-width=\"1.2\" stroke-dasharray=\"7 4\""),
    );
    plot.line(&mut canvas, &examined.gaps, OBSERVED);
    let out = |gaps: &[f64]| gaps.iter().any(|gap| gap.is_finite() && !plot.up.reaches(*gap));
    let beyond = donors.iter().filter(|donor| out(&donor.gaps)).count();
    if beyond > 0 {
        canvas.note(&format!(
            "Lines of {beyond} of the {} places are broken where they leave the chart.",
            donors.len()
        ));
    }
    let pre = examined.pre.min(examined.gaps.len());
    let mut seen = format!(
        "The gap between {} and how it would have been without the policy.",
        examined.unit
    );
    if pre > 0 && pre < examined.gaps.len() {
        let (before, after) = examined.gaps.split_at(pre);
        seen += &format!(
            " Its mean is {} before the policy and {} after.",
            told(mean(before)),
            told(mean(after))
        );
        let outside = |time: &usize| {
            band.get(*time)
                .is_some_and(|(low, high)| examined.gaps[*time] < *low || examined.gaps[*time] > *high)
        };
        if !band.is_empty() {
            let count = (pre..examined.gaps.len()).filter(outside).count();
            seen += &format!(
                " In {count} of {} periods after it lies outside the band of {} places.",
                after.len(),
                donors.len()
            );
        }
    }
    canvas.finish(words, "gaps", &seen)
}

fn swatch(canvas: &mut Canvas, (x, y): (f64, f64)) {
    canvas.rect((x - 12.0, y - 5.0), (x + 12.0, y + 5.0), &format!("fill=\"{BAND}\""));
}

fn edged(canvas: &mut Canvas, (x, y): (f64, f64)) {
    swatch(canvas, (x, y));
    canvas.line((x - 12.0, y - 5.0), (x + 12.0, y - 5.0), EDGES);
    canvas.line((x - 12.0, y + 5.0), (x + 12.0, y + 5.0), EDGES);
}
