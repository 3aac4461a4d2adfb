//! The histogram of the probability integral transform.

use crate::calibration::PitHistogram;
use crate::calibration::pit::PIT_BINS;
use crate::picture::Words;
use crate::picture::axis::{Axis, labelled, percent, plain, steps};
use crate::picture::canvas::{Canvas, EDGE, INK, WIDTH};

const LEFT: f64 = 72.0;
const HEIGHT: f64 = 240.0;

/// The share of outcomes in each tenth of the forecast distributions; right forecasts have one tenth in each.
pub fn pit_histogram(histogram: &PitHistogram, words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    canvas.legend(&[
        ("what came", &|canvas, (x, y)| {
            canvas.rect((x - 9.0, y - 5.0), (x + 9.0, y + 5.0), BAR)
        }),
        ("90 % band of each bin", &|canvas, (x, y)| {
            whisker(canvas, x, (y - 6.0, y + 6.0))
        }),
        ("as said", &|canvas, (x, y)| {
            canvas.line((x - 12.0, y), (x + 12.0, y), TENTH)
        }),
    ]);
    let highest = (0..PIT_BINS)
        .map(|bin| histogram.shares[bin].max(histogram.bands[bin].1))
        .fold(0.15, f64::max);
    let end = ((highest * 1.05 * 20.0).ceil() / 20.0).min(1.0);
    let (top, bottom) = (canvas.y + 8.0, canvas.y + 8.0 + HEIGHT);
    let (left, right) = (LEFT, WIDTH - EDGE - 8.0);
    let across = Axis::even(0.0, 1.0, left, right);
    let up = Axis::even(0.0, end, bottom, top);
    canvas.beside(
        &up,
        (left, right),
        &labelled(steps(0.0, end), percent),
        "Share of outcomes",
    );
    let edge = |bin: usize| across.place(bin as f64 / PIT_BINS as f64);
    for bin in 0..PIT_BINS {
        let (from, to) = (edge(bin) + 2.0, edge(bin + 1) - 2.0);
        canvas.rect((from, bottom), (to, up.place(histogram.shares[bin])), BAR);
    }
    canvas.line((left, up.place(0.1)), (right, up.place(0.1)), TENTH);
    for bin in 0..PIT_BINS {
        let (low, high) = histogram.bands[bin];
        whisker(
            &mut canvas,
            (edge(bin) + edge(bin + 1)) / 2.0,
            (up.place(high), up.place(low)),
        );
    }
    let ticks = labelled((0..=PIT_BINS).map(|bin| bin as f64 / PIT_BINS as f64).collect(), plain);
    canvas.below(
        &across,
        (bottom, bottom),
        &ticks,
        "Place of what came in the forecast distribution (0: lowest, 1: highest)",
    );

    let shares: Vec<String> = histogram.shares.iter().map(|share| percent(*share)).collect();
    let seen = format!(
        "Share of outcomes in each tenth of the forecast distributions, from the lowest to the highest: {}. {} of {PIT_BINS} \
         lie outside the band in which 90 % of right forecasts lie.",
        shares.join(", "),
        histogram.outside().len()
    );
    canvas.finish(words, &seen)
}

const BAR: &str = "fill=\"#a9cfe8\" stroke=\"#0072B2\"";
const TENTH: &str = "stroke=\"#1b1f27\" stroke-dasharray=\"5 4\"";

fn whisker(canvas: &mut Canvas, x: f64, (high, low): (f64, f64)) {
    let style = format!("stroke=\"{INK}\" stroke-width=\"1.4\"");
    canvas.line((x, high), (x, low), &style);
    canvas.line((x - 6.0, high), (x + 6.0, high), &style);
    canvas.line((x - 6.0, low), (x + 6.0, low), &style);
}
