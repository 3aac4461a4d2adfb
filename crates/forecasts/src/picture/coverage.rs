//! Coverage of several models' intervals.

use crate::calibration::Coverage;
use crate::picture::Words;
use crate::picture::axis::{Axis, labelled, percent, steps};
use crate::picture::canvas::{Anchor, Canvas, EDGE, Form, GREY, INK, Look, SIZE, WIDTH, fit, look, wide};

const ROW: f64 = 20.0;

/// Of each model, the share of outcomes that its intervals held: the randomised coverage with its interval, beside it
/// the closed coverage, and a line at what the intervals are said to hold. Models are handed over with their names; a
/// model may lack some intervals.
pub fn coverage(models: &[(&str, &[Coverage])], words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    canvas.legend(&[
        ("ends counted in part, 90 % interval", &|canvas, (x, y)| {
            canvas.line(
                (x - 13.0, y),
                (x + 13.0, y),
                &format!("stroke=\"{INK}\" stroke-width=\"1.6\""),
            );
            canvas.mark(
                (x, y),
                Look {
                    colour: INK,
                    form: Form::Disc,
                },
            );
        }),
        ("ends counted whole", &|canvas, at| {
            canvas.mark(
                at,
                Look {
                    colour: GREY,
                    form: Form::Cross,
                },
            )
        }),
        ("as said", &|canvas, (x, y)| {
            canvas.line((x, y - 7.0), (x, y + 7.0), SAID)
        }),
    ]);

    let mut levels: Vec<f64> = models
        .iter()
        .flat_map(|(_, rows)| rows.iter().map(|row| row.nominal))
        .collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let least = (models.iter().flat_map(|(_, rows)| rows.iter()))
        .map(|row| row.randomised.low.min(row.closed.value).min(row.nominal))
        .fold(0.9, f64::min);
    let room = models
        .iter()
        .map(|(name, _)| wide(name, SIZE))
        .fold(60.0, f64::max)
        .min(200.0);
    let (left, right) = (EDGE + room + 14.0, WIDTH - EDGE - 14.0);
    let from = (least * 10.0 - 0.2).floor().max(0.0) / 10.0;
    let across = Axis::even(from, 1.0, left, right);
    let top = canvas.y + 4.0;
    let mut rows = Vec::new();
    let mut y = top;
    for level in &levels {
        y += ROW;
        rows.push((y, *level));
        y += ROW * models.len() as f64 + 4.0;
    }
    let bottom = y + 8.0;
    canvas.below(
        &across,
        (top, bottom),
        &labelled(steps(from, 1.0), percent),
        "Share of outcomes inside the interval",
    );

    for (y, level) in rows {
        canvas.text(EDGE, y, Anchor::Start, &format!("{} interval", percent(level)));
        let said = across.place(level);
        canvas.line((said, y - 8.0), (said, y + ROW * models.len() as f64 + 2.0), SAID);
        for (number, (name, rows)) in models.iter().enumerate() {
            let y = y + ROW * (number + 1) as f64 - 4.0;
            canvas.text(left - 14.0, y + 4.0, Anchor::End, &fit(name, SIZE, room));
            let Some(row) = rows.iter().find(|row| row.nominal == level) else {
                continue;
            };
            let look = look(number);
            let style = format!("stroke=\"{}\" stroke-width=\"1.6\"", look.colour);
            canvas.mark(
                (across.place(row.closed.value), y),
                Look {
                    colour: GREY,
                    form: Form::Cross,
                },
            );
            canvas.line(
                (across.place(row.randomised.low), y),
                (across.place(row.randomised.high), y),
                &style,
            );
            canvas.mark((across.place(row.randomised.value), y), look);
        }
    }
    canvas.finish(words, &seen(models))
}

const SAID: &str = "stroke=\"#1b1f27\" stroke-dasharray=\"5 4\"";

fn seen(models: &[(&str, &[Coverage])]) -> String {
    let one = |row: &Coverage| {
        let Coverage {
            nominal, randomised, ..
        } = row;
        format!(
            "{} said, {} held ({} to {})",
            percent(*nominal),
            percent(randomised.value),
            percent(randomised.low),
            percent(randomised.high)
        )
    };
    let all: Vec<String> = models
        .iter()
        .map(|(name, rows)| format!("{name}: {}", rows.iter().map(one).collect::<Vec<_>>().join("; ")))
        .collect();
    format!(
        "Share of outcomes inside intervals, ends counted in part. {}.",
        all.join(". ")
    )
}
