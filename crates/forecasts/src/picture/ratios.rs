//! A score of several models against a benchmark's, window by window.

use crate::bootstrap::Resampled;
use crate::picture::Words;
use crate::picture::axis::{Axis, labelled, plain};
use crate::picture::canvas::{Anchor, Canvas, EDGE, Entry, GREY, INK, SIZE, WIDTH, fit, look};

const LEFT: f64 = 72.0;
const HEIGHT: f64 = 230.0;
/// Ratios that may be named.
const NAMED: [f64; 19] = [
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0,
];

/// Of each model and window the ratio of its score to the benchmark's, with its interval; below 1 it is better.
/// `windows` are named on the axis, and each model has as many values, none where there is no ratio. `score` is what is
/// divided, such as "CRPS", and `benchmark` by whose.
pub fn ratios(
    score: &str,
    benchmark: &str,
    windows: &[&str],
    models: &[(&str, &[Option<Resampled>])],
    words: Words<'_>,
) -> String {
    let mut canvas = Canvas::new(words);
    let marks: Vec<_> = (0..models.len())
        .map(|number| move |canvas: &mut Canvas, at: (f64, f64)| canvas.mark(at, look(number)))
        .collect();
    let entries: Vec<Entry<'_>> = models
        .iter()
        .zip(&marks)
        .map(|((name, _), mark)| (*name, mark as _))
        .collect();
    canvas.legend(&entries);

    let all = || models.iter().flat_map(|(_, values)| values.iter().flatten());
    // Beyond a tenth and tenfold nothing is told apart.
    let least = all().map(|ratio| ratio.low).fold(0.9, f64::min).max(0.1) / 1.03;
    let most = all().map(|ratio| ratio.high).fold(1.1, f64::max).min(10.0) * 1.03;
    let (top, bottom) = (canvas.y + 8.0, canvas.y + 8.0 + HEIGHT);
    let (left, right) = (LEFT, WIDTH - EDGE - 8.0);
    let up = Axis::ratios(least, most, bottom, top);
    let mut ticks: Vec<f64> = vec![1.0];
    for tick in NAMED.into_iter().filter(|tick| up.reaches(*tick)) {
        if ticks
            .iter()
            .all(|other| (up.place(*other) - up.place(tick)).abs() >= 15.0)
        {
            ticks.push(tick);
        }
    }
    canvas.beside(
        &up,
        (left, right),
        &labelled(ticks, plain),
        &format!("{score} ÷ that of {benchmark}"),
    );
    let one = up.place(1.0);
    canvas.line(
        (left, one),
        (right, one),
        &format!("stroke=\"{INK}\" stroke-width=\"1.2\""),
    );
    canvas.text(right, one - 4.0, Anchor::End, "worse ↑");
    canvas.text(right, one + 13.0, Anchor::End, "better ↓");
    canvas.line((left, bottom), (right, bottom), &format!("stroke=\"{GREY}\""));

    // The right end is kept for the two words.
    let slot = (right - 56.0 - left) / windows.len().max(1) as f64;
    for (window, name) in windows.iter().enumerate() {
        let middle = left + slot * (window as f64 + 0.5);
        canvas.text(middle, bottom + 16.0, Anchor::Middle, &fit(name, SIZE, slot - 4.0));
        let apart = (slot * 0.8 / models.len().max(1) as f64).min(16.0);
        for (number, (_, values)) in models.iter().enumerate() {
            let Some(Some(ratio)) = values.get(window) else {
                continue;
            };
            let x = middle + apart * (number as f64 - (models.len() as f64 - 1.0) / 2.0);
            let style = format!("stroke=\"{}\" stroke-width=\"1.6\"", look(number).colour);
            canvas.line((x, up.place(ratio.low)), (x, up.place(ratio.high)), &style);
            canvas.mark((x, up.place(ratio.value)), look(number));
        }
    }
    canvas.text((left + right) / 2.0, bottom + 32.0, Anchor::Middle, "Window");
    canvas.y = bottom + 36.0;
    if all().any(|ratio| ratio.low < 0.1 || ratio.high > 10.0) {
        canvas.note("Below a tenth and above tenfold, values stand at the edge.");
    }
    canvas.finish(words, &seen(score, benchmark, windows, models))
}

fn seen(score: &str, benchmark: &str, windows: &[&str], models: &[(&str, &[Option<Resampled>])]) -> String {
    let one = |(window, ratio): (&&str, &Option<Resampled>)| match ratio {
        Some(r) => format!("{window} {:.3} ({:.3} to {:.3})", r.value, r.low, r.high),
        None => format!("{window} none"),
    };
    let all: Vec<String> = models
        .iter()
        .map(|(name, values)| {
            format!(
                "{name}: {}",
                windows.iter().zip(*values).map(one).collect::<Vec<_>>().join("; ")
            )
        })
        .collect();
    format!(
        "{score} divided by that of {benchmark}, window by window, with 90 % intervals. {}.",
        all.join(". ")
    )
}
