//! The reliability diagram.

use crate::calibration::Reliability;
use crate::picture::Words;
use crate::picture::axis::{Axis, decades, labelled, percent, plain, round_up, steps, thousands};
use crate::picture::canvas::{BAND, BLUE, Canvas, EDGE, GREY, GRID, INK, WIDTH, look};

const LEFT: f64 = 84.0;
const HEIGHT: f64 = 330.0;
const COUNTS: f64 = 74.0;

/// Observed frequency against forecast probability, with the diagonal, the consistency band of each bin and that of the
/// whole diagram; below, how many forecasts each bin holds. The axes end where the last bin or band does.
pub fn reliability(diagram: &Reliability, words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    let event = format!(
        "at least {} death{}",
        thousands(diagram.threshold),
        if diagram.threshold == 1.0 { "" } else { "s" }
    );
    canvas.legend(&[
        ("what came", &|canvas, at| canvas.mark(at, look(0))),
        ("90 % band of each bin", &|canvas, (x, y)| {
            canvas.rect((x - 9.0, y - 5.0), (x + 9.0, y + 5.0), &format!("fill=\"{BAND}\""));
        }),
        ("90 % band of the whole", &|canvas, at| {
            whisker(canvas, at.0, (at.1 - 6.0, at.1 + 6.0))
        }),
        ("as said", &|canvas, (x, y)| {
            canvas.line((x - 12.0, y + 4.0), (x + 12.0, y - 4.0), DIAGONAL)
        }),
    ]);

    let furthest = diagram
        .bins
        .iter()
        .map(|bin| bin.forecast.max(bin.observed).max(bin.simultaneous.high))
        .fold(0.0, f64::max);
    let end = [0.05, 0.1, 0.2, 0.5, 1.0]
        .into_iter()
        .find(|end| furthest <= *end)
        .unwrap_or(1.0);
    let (top, bottom) = (canvas.y + 8.0, canvas.y + 8.0 + HEIGHT);
    let (left, right) = (LEFT, WIDTH - EDGE - 8.0);
    let across = Axis::even(0.0, end, left, right);
    let up = Axis::even(0.0, end, bottom, top);
    let ticks = labelled(steps(0.0, end), plain);
    canvas.beside(&up, (left, right), &ticks, "Share that saw it happen");
    for (value, _) in &ticks {
        let x = across.place(*value);
        canvas.line((x, top), (x, bottom), &format!("stroke=\"{GRID}\""));
    }
    canvas.line((left, bottom), (right, bottom), &format!("stroke=\"{GREY}\""));

    let place = |share: f64, frequency: f64| (across.place(share), up.place(frequency));
    // A box of each bin, as wide as its forecasts' bin where that leaves room.
    for bin in &diagram.bins {
        let x = across.place(bin.forecast);
        let half = ((across.place(bin.to) - across.place(bin.from)) / 2.0 - 1.0).clamp(3.0, 9.0);
        let (low, high) = (up.place(bin.pointwise.low), up.place(bin.pointwise.high));
        canvas.rect(
            (x - half, low.max(high + 1.0)),
            (x + half, high),
            &format!("fill=\"{BAND}\""),
        );
        whisker(
            &mut canvas,
            x,
            (up.place(bin.simultaneous.high), up.place(bin.simultaneous.low)),
        );
    }
    canvas.line(place(0.0, 0.0), place(end, end), DIAGONAL);
    let line = format!("fill=\"none\" stroke=\"{BLUE}\" stroke-width=\"1.2\"");
    canvas.path(
        "polyline",
        diagram.bins.iter().map(|bin| place(bin.forecast, bin.observed)),
        &line,
    );
    for bin in &diagram.bins {
        canvas.mark(place(bin.forecast, bin.observed), look(0));
    }

    // How many.
    let (top, bottom) = (bottom + 16.0, bottom + 16.0 + COUNTS);
    let most = diagram.bins.iter().map(|bin| bin.forecasts).max().unwrap_or(0) as f64;
    let most = round_up(most);
    let up = Axis::counts(most, bottom, top);
    let ticks = decades(most).into_iter().filter(|tick| *tick != 1.0).collect();
    canvas.beside(&up, (left, right), &labelled(ticks, thousands), "Forecasts");
    for bin in diagram.bins.iter().filter(|bin| bin.from < end) {
        let (from, to) = (across.place(bin.from) + 0.5, across.place(bin.to) - 0.5);
        canvas.rect(
            (from, bottom),
            (to, up.place(bin.forecasts as f64)),
            &format!("fill=\"{BLUE}\""),
        );
    }
    let ticks = labelled(steps(0.0, end), plain);
    canvas.below(
        &across,
        (bottom, bottom),
        &ticks,
        &format!("Forecast probability of {event} in a month"),
    );

    canvas.finish(words, &seen(diagram, &event))
}

const DIAGONAL: &str = "stroke=\"#1b1f27\" stroke-dasharray=\"5 4\"";

fn whisker(canvas: &mut Canvas, x: f64, (high, low): (f64, f64)) {
    let style = format!("stroke=\"{INK}\" stroke-width=\"1\"");
    canvas.line((x, high), (x, low), &style);
    canvas.line((x - 4.0, high), (x + 4.0, high), &style);
    canvas.line((x - 4.0, low), (x + 4.0, low), &style);
}

fn seen(diagram: &Reliability, event: &str) -> String {
    let bins: Vec<String> = diagram
        .bins
        .iter()
        .map(|bin| {
            format!(
                "{} forecasts of {} on average, {} came",
                thousands(bin.forecasts as f64),
                percent(bin.forecast),
                percent(bin.observed)
            )
        })
        .collect();
    format!(
        "Reliability of the probability of {event}. The whole diagram lies {} the band in which 90 % of right forecasts lie; \
         {} of {} bins lie outside their own. By bin: {}.",
        if diagram.within() { "within" } else { "outside" },
        diagram.outside().len(),
        diagram.bins.len(),
        bins.join("; ")
    )
}
