//! What a counterfactual is made of.

use super::Words;
use super::axis::{figure, range, stepped};
use super::canvas::{Anchor, BLUE, Canvas, EDGE, GREY, INK, SIZE, VERMILION, WIDTH, fit, wide};
use crate::examine::Examination;
use crate::methods::Weight;

const ROW: f64 = 20.0;
/// How many donors have a bar of their own.
const MOST: usize = 25;
/// Weights below this are none that can be seen.
const LEAST: f64 = 0.0005;

/// The donors' weights as bars, the heaviest first; those that cannot be seen are counted together.
pub fn weights(examined: &Examination, words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    let all: &[Weight] = examined.fit.as_ref().map_or(&[], |fit| &fit.weights);
    let mut order: Vec<&Weight> = all.iter().collect();
    order.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.unit.cmp(&b.unit)));
    let shown: Vec<&Weight> = order
        .iter()
        .copied()
        .filter(|weight| weight.weight.abs() >= LEAST)
        .take(MOST)
        .collect();
    if shown.is_empty() {
        canvas.note("This counterfactual has no donors with a weight.");
        return canvas.finish(words, "weights", "No donor has a weight.");
    }
    let names = shown
        .iter()
        .map(|weight| wide(&weight.unit, SIZE))
        .fold(60.0, f64::max)
        .min(220.0);
    let (left, right) = (EDGE + names + 10.0, WIDTH - EDGE - 60.0);
    let (top, bottom) = (canvas.y + 8.0, canvas.y + 8.0 + ROW * shown.len() as f64);
    let (low, high) = range(shown.iter().map(|weight| weight.weight), true);
    let (axis, ticks) = stepped((low, high), left, right);
    canvas.below(&axis, (top, bottom), &ticks, "Weight");
    let zero = axis.place(0.0);
    for (row, weight) in shown.iter().enumerate() {
        let y = top + ROW * (row as f64 + 0.5);
        // A negative weight is seen by its side, its colour and its outline.
        let style = if weight.weight < 0.0 {
            format!("fill=\"#ffffff\" stroke=\"{VERMILION}\" stroke-width=\"1.5\"")
        } else {
            format!("fill=\"{BLUE}\"")
        };
        canvas.rect((zero, y - 6.0), (axis.place(weight.weight), y + 6.0), &style);
        canvas.text(left - 7.0, y + 4.0, Anchor::End, &fit(&weight.unit, SIZE, names));
        let x = axis.place(weight.weight.max(0.0)) + 5.0;
        canvas.text(x, y + 4.0, Anchor::Start, &figure(weight.weight, 0.001));
    }
    canvas.line((zero, top), (zero, bottom), &format!("stroke=\"{INK}\""));
    canvas.line((left, bottom), (right, bottom), &format!("stroke=\"{GREY}\""));
    let others = all.len() - shown.len();
    if others > 0 {
        let sum: f64 = order.iter().skip(shown.len()).map(|weight| weight.weight).sum();
        let sum = if sum.abs() < LEAST {
            "no weight".to_string()
        } else {
            format!("{} together", figure(sum, 0.001))
        };
        canvas.note(&format!("{others} other donors have {sum}."));
    }
    let named: Vec<String> = shown
        .iter()
        .map(|weight| format!("{} {}", weight.unit, figure(weight.weight, 0.001)))
        .collect();
    let seen = format!(
        "Weights of the donors of {}: {}; {others} others.",
        examined.unit,
        named.join(", ")
    );
    canvas.finish(words, "weights", &seen)
}
