//! The unit among the donors as if they had had the policy.

use super::Words;
use super::axis::{Axis, told};
use super::canvas::{Anchor, Canvas, EDGE, GREY, INK, SIZE, VERMILION, WIDTH, wide};
use crate::examine::Examination;
use crate::inference::Space;

const LEFT: f64 = EDGE + 8.0;
const HEIGHT: f64 = 170.0;
/// The width of a column of dots.
const COLUMN: f64 = 9.0;
const DOT: &str = "fill=\"#ffffff\" stroke=\"#5f6672\" stroke-width=\"1.4\"";
const UNIT: &str = "fill=\"#D55E00\" stroke=\"#1b1f27\" stroke-width=\"1\"";

/// The ratio of the mean squared gap after to that before: a ring for each donor, stacked where they would overlap, and the
/// unit as a filled diamond.
pub fn placebos(examined: &Examination, words: Words<'_>) -> String {
    let mut canvas = Canvas::new(words);
    let Some(space) = &examined.space else {
        canvas.note("There are no placebos in space.");
        return canvas.finish(words, "placebos", "There are no placebos in space.");
    };
    let known = |ratio: &f64| ratio.is_finite() && *ratio > 0.0;
    let mut donors: Vec<(f64, &str)> = space
        .donors
        .iter()
        .filter_map(|donor| Some((donor.ratio.filter(known)?, donor.unit.as_str())))
        .collect();
    donors.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    canvas.legend(&[
        (&examined.unit, &|canvas, at| canvas.diamond(at, (7.0, 7.0), UNIT)),
        ("a place without the policy, as if it had had it", &|canvas, at| {
            canvas.disc(at, 3.8, DOT)
        }),
    ]);
    let ratios = || {
        donors
            .iter()
            .map(|(ratio, _)| *ratio)
            .chain(Some(space.ratio).filter(known))
    };
    let low = ratios().fold(1.0, f64::min);
    let high = ratios().fold(1.0, f64::max);
    // Whole powers of ten, at least one.
    let (from, to) = (
        10f64.powf(low.log10().floor()),
        10f64.powf(high.log10().ceil().max(low.log10().floor() + 1.0)),
    );
    let (top, bottom) = (canvas.y + 26.0, canvas.y + 26.0 + HEIGHT);
    let axis = Axis::ratios(from, to, LEFT, WIDTH - EDGE - 8.0);
    canvas.below(
        &axis,
        (top, bottom),
        &decades(from, to),
        "Mean squared gap after the policy ÷ before it (1: no worse a fit after)",
    );
    let one = axis.place(1.0);
    canvas.line(
        (one, top),
        (one, bottom),
        &format!("stroke=\"{GREY}\" stroke-dasharray=\"5 4\""),
    );
    stack(&mut canvas, &axis, &donors, (top, bottom));
    mark_unit(&mut canvas, &axis, examined, space, (top, bottom));
    let left_out = space.donors.len() - donors.len();
    if left_out > 0 {
        canvas.note(&format!(
            "{left_out} places have no ratio: their fit before is perfect, or no gap is left."
        ));
    }
    let larger: Vec<&str> = donors
        .iter()
        .rev()
        .filter(|(ratio, _)| *ratio > space.ratio)
        .map(|(_, unit)| *unit)
        .collect();
    if (1..=12).contains(&larger.len()) {
        canvas.note(&format!("Larger: {}.", larger.join(", ")));
    }
    canvas.finish(words, "placebos", &seen(examined, space))
}

/// Dots in columns over the axis, closer to each other where a column would not have room.
fn stack(canvas: &mut Canvas, axis: &Axis, donors: &[(f64, &str)], (top, bottom): (f64, f64)) {
    let column = |ratio: f64| ((axis.place(ratio) - axis.start) / COLUMN).floor();
    let height = |at: f64| donors.iter().filter(|(ratio, _)| column(*ratio) == at).count();
    let highest = donors
        .iter()
        .map(|(ratio, _)| height(column(*ratio)))
        .max()
        .unwrap_or(1);
    let step = ((bottom - top - 8.0) / highest as f64).min(COLUMN);
    let (mut last, mut stacked) = (f64::NAN, 0);
    for (ratio, _) in donors {
        stacked = if column(*ratio) == last { stacked + 1 } else { 0 };
        last = column(*ratio);
        let x = (axis.start + (last + 0.5) * COLUMN).min(axis.end);
        canvas.disc((x, bottom - 5.5 - step * f64::from(stacked)), 3.8, DOT);
    }
}

fn mark_unit(canvas: &mut Canvas, axis: &Axis, examined: &Examination, space: &Space, (top, bottom): (f64, f64)) {
    if space.ratio.is_nan() || space.ratio <= 0.0 {
        return;
    }
    let x = axis.place(space.ratio);
    canvas.line(
        (x, top - 4.0),
        (x, bottom),
        &format!("stroke=\"{VERMILION}\" stroke-width=\"1.6\""),
    );
    canvas.diamond((x, bottom - 7.0), (7.0, 7.0), UNIT);
    let text = format!(
        "{}: {} (rank {} of {})",
        examined.unit,
        told(space.ratio),
        space.rank,
        space.of
    );
    let half = wide(&text, SIZE) / 2.0;
    let x = x.clamp(EDGE + half, (WIDTH - EDGE - half).max(EDGE + half));
    canvas.styled(x, top - 9.0, Anchor::Middle, &format!("fill=\"{INK}\""), &text);
}

fn decades(from: f64, to: f64) -> Vec<(f64, String)> {
    let (first, last) = (from.log10().round() as i32, to.log10().round() as i32);
    let every = (last - first) / 9 + 1;
    let label = |power: i32| {
        if (-4..=6).contains(&power) {
            super::axis::figure(10f64.powi(power), 10f64.powi(power.min(0)))
        } else {
            format!("10^{}", super::axis::figure(f64::from(power), 1.0))
        }
    };
    (first..=last)
        .filter(|power| (power - first) % every == 0)
        .map(|power| (10f64.powi(power), label(power)))
        .collect()
}

fn seen(examined: &Examination, space: &Space) -> String {
    format!(
        "The mean squared gap of {} after the policy is {} times that before. Among it and {} places without the policy this \
         ranks {} of {}, so that p is {}.",
        examined.unit,
        told(space.ratio),
        space.donors.len(),
        space.rank,
        space.of,
        told(space.p)
    )
}
