//! Effects by the time since the policy.

use super::Words;
use super::axis::{Axis, figure, range, stepped, told};
use super::canvas::{Anchor, BLUE, Canvas, EDGE, GREY, INK, SIZE, WIDTH, wide, wrap};

const LEFT: f64 = 78.0;
const HEIGHT: f64 = 270.0;
const LEAD: &str = "fill=\"#ffffff\" stroke=\"#1b1f27\" stroke-width=\"1.6\"";

/// The effect so many periods after the policy began.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventPoint {
    /// Periods since the first under the policy, which is 0; negative before.
    pub time: i32,
    /// The effect, in what the chart's outcome says.
    pub effect: f64,
    /// The lower end of its interval; none where there is no interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// How many cases it is the mean of.
    pub cases: usize,
}

/// Effects in event time with their intervals: rings before the policy, where there should be none, discs after. `points` are
/// in order of time.
pub fn event_study(points: &[EventPoint], words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    let whisker = format!("stroke=\"{BLUE}\" stroke-width=\"1.6\"");
    canvas.legend(&[
        ("before the policy: a check, none is expected", &|canvas, at| {
            canvas.disc(at, 3.6, LEAD)
        }),
        ("after it began", &|canvas, at| {
            canvas.disc(at, 4.0, &format!("fill=\"{BLUE}\""))
        }),
        ("interval", &|canvas, (x, y)| {
            canvas.line((x, y - 7.0), (x, y + 7.0), &whisker)
        }),
    ]);
    for line in wrap(words.outcome, SIZE, WIDTH - 2.0 * EDGE) {
        canvas.y += 15.0;
        let y = canvas.y;
        canvas.text(EDGE, y, Anchor::Start, &line);
    }
    let (top, bottom) = (canvas.y + 26.0, canvas.y + 26.0 + HEIGHT);
    let (left, right) = (LEFT, WIDTH - EDGE - 8.0);
    let first = points.first().map_or(-1, |point| point.time);
    let last = points.last().map_or(1, |point| point.time).max(first);
    let across = Axis::even(f64::from(first) - 0.5, f64::from(last) + 0.5, left, right);
    let ends = |point: &EventPoint| [Some(point.effect), point.low, point.high].into_iter().flatten();
    let (up, ticks) = stepped(range(points.iter().flat_map(ends), true), bottom, top);
    canvas.below(
        &across,
        (bottom, bottom),
        &whole_steps(first, last, right - left),
        "Periods since the policy began (0: the first under it)",
    );
    canvas.beside(&up, (left, right), &ticks);
    let zero = up.place(0.0);
    canvas.line((left, zero), (right, zero), &format!("stroke=\"{GREY}\""));
    if first < 0 && last >= 0 {
        let x = across.place(-0.5);
        canvas.line(
            (x, top - 12.0),
            (x, bottom),
            &format!("stroke=\"{INK}\" stroke-dasharray=\"2 3\""),
        );
        let name = "policy";
        let (x, anchor) = if x + 4.0 + wide(name, SIZE) < right {
            (x + 4.0, Anchor::Start)
        } else {
            (x - 4.0, Anchor::End)
        };
        canvas.text(x, top - 5.0, anchor, name);
    }
    for point in points.iter().filter(|point| point.effect.is_finite()) {
        let x = across.place(f64::from(point.time));
        if let (Some(low), Some(high)) = (point.low, point.high) {
            canvas.line((x, up.place(low)), (x, up.place(high)), &whisker);
        }
        let at = (x, up.place(point.effect));
        if point.time < 0 {
            canvas.disc(at, 3.6, LEAD);
        } else {
            canvas.disc(at, 4.0, &format!("fill=\"{BLUE}\""));
        }
    }
    let (fewest, most) = (
        points.iter().map(|p| p.cases).min(),
        points.iter().map(|p| p.cases).max(),
    );
    if let (Some(fewest), Some(most)) = (fewest, most) {
        canvas.note(&if fewest == most {
            format!("Every point is the mean of the same number of cases, {most}.")
        } else {
            format!("Points are means of {fewest} to {most} cases, and not of the same ones.")
        });
    }
    canvas.finish(words, "event-study", &seen(points))
}

/// Whole numbers with room between them, zero among them.
fn whole_steps(first: i32, last: i32, room: f64) -> Vec<(f64, String)> {
    let most = (room / 44.0) as i32;
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240];
    let step = steps
        .into_iter()
        .find(|step| (last - first) / step < most)
        .unwrap_or(600);
    let named = (first..=last).filter(|time| time % step == 0);
    named
        .map(|time| (f64::from(time), figure(f64::from(time), 1.0)))
        .collect()
}

fn seen(points: &[EventPoint]) -> String {
    let one = |point: &EventPoint| {
        let interval = match (point.low, point.high) {
            (Some(low), Some(high)) => format!(" ({} to {})", told(low), told(high)),
            _ => String::new(),
        };
        format!(
            "{}: {}{interval}",
            figure(f64::from(point.time), 1.0),
            told(point.effect)
        )
    };
    let all: Vec<String> = points.iter().map(one).collect();
    format!("Effects by periods since the policy began. {}.", all.join("; "))
}
