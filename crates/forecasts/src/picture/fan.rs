//! A unit's past and what is forecast of it.

use lysoen_lexicon::panel::Month;

use crate::judged::INTERVALS;
use crate::picture::Words;
use crate::picture::axis::{Axis, decades, labelled, round_up, thousands};
use crate::picture::canvas::{Anchor, Canvas, EDGE, Entry, GREY, SIZE, VERMILION, WIDTH, wide};
use crate::score::quantile;

const LEFT: f64 = 84.0;
const HEIGHT: f64 = 250.0;
/// Of the 50, 90 and 95 % intervals; the darker lies inside.
const SHADES: [&str; INTERVALS.len()] = ["#5da3cf", "#a5cce6", "#d9eaf5"];

/// A unit with its past and the forecasts of some months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fan<'a> {
    /// Its name.
    pub unit: &'a str,
    /// What is counted, such as "Deaths in state-based conflict".
    pub counted: &'a str,
    /// Months up to the origin, in order; none where nothing is known.
    pub history: &'a [(Month, Option<f64>)],
    /// Months ahead, in order.
    pub ahead: &'a [Ahead],
}

/// The forecast of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// The month.
    pub month: Month,
    /// The median.
    pub median: f64,
    /// The central intervals, as [`INTERVALS`].
    pub intervals: [(f64, f64); INTERVALS.len()],
    /// What came, where that is known.
    pub came: Option<f64>,
}

impl Ahead {
    /// From draws in rising order.
    ///
    /// # Panics
    /// Where there are no draws.
    pub fn of(month: Month, sorted: &[f64], came: Option<f64>) -> Ahead {
        let ends = |share: f64| {
            (
                quantile(sorted, (1.0 - share) / 2.0),
                quantile(sorted, (1.0 + share) / 2.0),
            )
        };
        Ahead {
            month,
            median: quantile(sorted, 0.5),
            intervals: INTERVALS.map(ends),
            came,
        }
    }
}

/// Past months as bars, and of the months ahead the median and the 50, 90 and 95 % intervals, on a scale on which tens,
/// hundreds and thousands of deaths have room alike.
pub fn fan(fan: &Fan<'_>, words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    let swatch = |shade: &'static str| {
        move |canvas: &mut Canvas, (x, y): (f64, f64)| {
            canvas.rect((x - 11.0, y - 5.0), (x + 11.0, y + 5.0), &format!("fill=\"{shade}\""));
        }
    };
    let swatches = SHADES.map(swatch);
    let bar = |canvas: &mut Canvas, (x, y): (f64, f64)| canvas.rect((x - 3.0, y - 6.0), (x + 3.0, y + 6.0), BAR);
    let median = |canvas: &mut Canvas, (x, y): (f64, f64)| canvas.line((x - 12.0, y), (x + 12.0, y), MEDIAN);
    let came = |canvas: &mut Canvas, at: (f64, f64)| outcome(canvas, at);
    let mut entries: Vec<Entry<'_>> = vec![
        ("past", &bar),
        ("median", &median),
        ("50 %", &swatches[0]),
        ("90 %", &swatches[1]),
        ("95 % interval", &swatches[2]),
    ];
    if fan.ahead.iter().any(|ahead| ahead.came.is_some()) {
        entries.push(("what came", &came));
    }
    canvas.legend(&entries);

    let months = || {
        fan.history
            .iter()
            .map(|(month, _)| *month)
            .chain(fan.ahead.iter().map(|ahead| ahead.month))
    };
    let first = months().min().unwrap_or(Month(1));
    let last = months().max().unwrap_or(first);
    let past = fan.history.iter().filter_map(|(_, value)| *value);
    let ahead = fan
        .ahead
        .iter()
        .flat_map(|ahead| [ahead.intervals[2].1, ahead.came.unwrap_or(0.0)]);
    let most = round_up(past.chain(ahead).filter(|value| value.is_finite()).fold(10.0, f64::max));
    let (top, bottom) = (canvas.y + 18.0, canvas.y + 18.0 + HEIGHT);
    let (left, right) = (LEFT, WIDTH - EDGE - 8.0);
    let across = Axis::even(f64::from(first.0) - 0.6, f64::from(last.0) + 0.6, left, right);
    let at = |month: Month| across.place(f64::from(month.0));
    let slot = at(Month(first.0 + 1)).min(right) - at(first);
    let up = Axis::counts(most, bottom, top);
    canvas.beside(
        &up,
        (left, right),
        &labelled(decades(most), thousands),
        &format!("{} in a month", fan.counted),
    );

    // A month stands for all of its width, so that a fan of one month has some.
    let line = |value: &dyn Fn(&Ahead) -> f64| -> Vec<(f64, f64)> {
        let (Some(first), Some(last)) = (fan.ahead.first(), fan.ahead.last()) else {
            return Vec::new();
        };
        let point = |ahead: &Ahead, beside: f64| (at(ahead.month) + beside * slot, up.place(value(ahead)));
        let middle = fan.ahead.iter().map(|ahead| point(ahead, 0.0));
        [point(first, -0.5)]
            .into_iter()
            .chain(middle)
            .chain([point(last, 0.5)])
            .collect()
    };
    for interval in (0..INTERVALS.len()).rev() {
        let low = line(&|ahead| ahead.intervals[interval].0);
        let high = line(&|ahead| ahead.intervals[interval].1);
        if !low.is_empty() {
            let style = format!("fill=\"{}\"", SHADES[interval]);
            canvas.path("polygon", low.into_iter().chain(high.into_iter().rev()), &style);
        }
    }
    if !fan.ahead.is_empty() {
        canvas.path(
            "polyline",
            line(&|ahead| ahead.median),
            &format!("fill=\"none\" {MEDIAN}"),
        );
    }
    let half = (slot * 0.36).clamp(0.4, 8.0);
    for (month, value) in fan.history {
        // Zero is seen as a line on the ground; what is not known is not seen.
        if let Some(value) = value {
            canvas.rect(
                (at(*month) - half, bottom),
                (at(*month) + half, up.place(*value).min(bottom - 1.5)),
                BAR,
            );
        }
    }
    for ahead in fan.ahead {
        if let Some(came) = ahead.came {
            outcome(&mut canvas, (at(ahead.month), up.place(came)));
        }
    }
    if let (Some((origin, _)), false) = (fan.history.last(), fan.ahead.is_empty()) {
        let x = at(*origin) + slot * 0.5;
        canvas.line(
            (x, top - 6.0),
            (x, bottom),
            &format!("stroke=\"{GREY}\" stroke-dasharray=\"2 3\""),
        );
        let text = format!("data end {origin}");
        let (x, anchor) = if x - wide(&text, SIZE) > left {
            (x - 4.0, Anchor::End)
        } else {
            (x + 4.0, Anchor::Start)
        };
        canvas.text(x, top - 5.0, anchor, &text);
    }

    // Every January, or every so many years, or months where there are few.
    let ticks = months_named(first, last, right - left);
    let ticks: Vec<(f64, String)> = ticks
        .into_iter()
        .map(|month| (f64::from(month.0), month.to_string()))
        .collect();
    canvas.below(&across, (bottom, bottom), &ticks, "Month");
    if fan.history.iter().any(|(_, value)| value.is_none()) {
        canvas.note("Where there is no bar, not even one on the ground, nothing is known.");
    }
    canvas.finish(words, &seen(fan))
}

const BAR: &str = "fill=\"#5f6672\"";
const MEDIAN: &str = "stroke=\"#1b1f27\" stroke-width=\"2\"";

fn outcome(canvas: &mut Canvas, at: (f64, f64)) {
    canvas.circle(
        at,
        3.4,
        &format!("fill=\"#ffffff\" stroke=\"{VERMILION}\" stroke-width=\"1.8\""),
    );
}

/// Months that have room for their names beside each other.
fn months_named(first: Month, last: Month, room: f64) -> Vec<Month> {
    let length = last.since(first) + 1;
    let most = (room / (wide("2000-00", SIZE) + 16.0)).floor() as i32;
    let step = [1, 3, 6, 12, 24, 60, 120]
        .into_iter()
        .find(|step| length / step < most)
        .unwrap_or(240);
    // Counted from January 1980, so that years and quarters begin where they do.
    (first.0..=last.0)
        .filter(|month| (month - 1).rem_euclid(step) == 0)
        .map(Month)
        .collect()
}

fn seen(fan: &Fan<'_>) -> String {
    let one = |ahead: &Ahead| {
        let (low, high) = ahead.intervals[1];
        let came = ahead
            .came
            .map_or(String::new(), |came| format!(", {} came", thousands(came)));
        format!(
            "{}: {} ({} to {}){came}",
            ahead.month,
            thousands(ahead.median),
            thousands(low),
            thousands(high)
        )
    };
    let past = match fan.history.last() {
        Some((month, Some(value))) => format!(" In {month}, the last month known, there were {}.", thousands(*value)),
        Some((month, None)) => format!(" The history ends in {month}, of which nothing is known."),
        None => String::new(),
    };
    let ahead: Vec<String> = fan.ahead.iter().map(one).collect();
    format!(
        "{}, {}.{past} Forecast by median and 90 % interval: {}.",
        fan.unit,
        fan.counted,
        ahead.join("; ")
    )
}
