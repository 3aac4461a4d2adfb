//! The cases of a class and what they are together.

use super::Words;
use super::axis::{Axis, range, signed_percent, stepped, told};
use super::canvas::{Anchor, BLUE, Canvas, EDGE, GREY, INK, SIZE, VERMILION, WIDTH, fit, wide};

const ROW: f64 = 19.0;
/// Beyond a fiftieth and fiftyfold nothing is told apart.
const FURTHEST: f64 = 50.0;
/// Ratios that may be named, those first that are to be where there is no room for all.
const NAMED: [f64; 11] = [1.0, 0.5, 2.0, 0.1, 10.0, 0.02, 50.0, 0.25, 4.0, 0.05, 20.0];

/// How effects are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// In the outcome's own unit.
    Plain,
    /// The logarithm of a ratio, written as a change in per cent.
    Log,
}

/// An effect and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The effect.
    pub effect: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A case of a class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case<'a> {
    /// Its place and date.
    pub name: &'a str,
    /// Its effect; none where it cannot be told.
    pub effect: Option<Effect>,
    /// Its share of what all are together, 0 to 1; none where it is not among them.
    pub weight: Option<f64>,
}

/// Every case with its interval, a square the larger the more it counts, and below them what all are together as a diamond
/// and where the next case would lie (the prediction interval) as a bar.
pub fn forest(
    cases: &[Case<'_>],
    pooled: Option<Effect>,
    prediction: Option<(f64, f64)>,
    measure: Measure,
    words: Words<'_>,
) -> String {
    let mut canvas = Canvas::new(words);
    let names = cases
        .iter()
        .map(|case| wide(case.name, SIZE))
        .fold(wide("the next case (prediction)", SIZE), f64::max)
        .min(230.0);
    let effects = cases.iter().filter_map(|case| case.effect).chain(pooled);
    let column = effects
        .map(|effect| wide(&told_effect(&effect, measure), SIZE))
        .fold(130.0, f64::max)
        + 20.0;
    let (left, right) = (EDGE + names + 12.0, WIDTH - EDGE - column);
    let rows = cases.len() + usize::from(pooled.is_some()) + usize::from(prediction.is_some());
    let (top, bottom) = (canvas.y + 8.0, canvas.y + 16.0 + ROW * rows as f64);
    let ends = cases
        .iter()
        .filter_map(|case| case.effect)
        .chain(pooled)
        .flat_map(|e| [e.effect, e.low, e.high]);
    let ends = ends.chain(prediction.into_iter().flat_map(|(low, high)| [low, high]));
    let (axis, ticks) = axis_of(range(ends, true), measure, (left, right));
    let name = match measure {
        Measure::Plain => words.outcome.to_string(),
        Measure::Log => format!("{}: change against what would have been", words.outcome),
    };
    canvas.below(&axis, (top, bottom), &ticks, &name);
    let (y_after, zero) = (canvas.y, axis.place(0.0));
    canvas.line(
        (zero, top),
        (zero, bottom),
        &format!("stroke=\"{INK}\" stroke-dasharray=\"5 4\""),
    );
    let mut row = Rows {
        canvas: &mut canvas,
        axis,
        measure,
        names,
        right,
        y: top,
    };
    let most = cases.iter().filter_map(|case| case.weight).fold(0.0, f64::max);
    for case in cases {
        row.case(case, most);
    }
    row.y += 8.0;
    let line = row.y - 4.0;
    row.canvas
        .line((left, line), (right, line), &format!("stroke=\"{GREY}\""));
    if let Some(pooled) = pooled {
        row.together(pooled);
    }
    if let Some(prediction) = prediction {
        row.next(prediction);
    }
    canvas.y = y_after;
    if cases.is_empty() {
        canvas.note("There are no cases.");
    } else if measure == Measure::Log {
        canvas.note(
            "Half as many (−50 %) and twice as many (+100 %) lie equally far from no change. An arrow: the interval goes \
             on.",
        );
    }
    canvas.finish(words, "forest", &seen(cases, pooled, prediction, measure))
}

fn axis_of((low, high): (f64, f64), measure: Measure, (left, right): (f64, f64)) -> (Axis, Vec<(f64, String)>) {
    match measure {
        Measure::Plain => stepped((low, high), left, right),
        Measure::Log => {
            let furthest = FURTHEST.ln();
            let half = low.abs().max(high.abs()).clamp(0.75, furthest);
            let (from, to) = (low.max(-half).min(-0.3), high.min(half).max(0.3));
            let axis = Axis::even(from - 0.05, to + 0.05, left, right);
            let mut ticks: Vec<(f64, String)> = Vec::new();
            for ratio in NAMED.into_iter().filter(|ratio| axis.reaches(ratio.ln())) {
                let label = signed_percent(ratio - 1.0);
                let apart = |(other, text): &(f64, String)| {
                    let room = (wide(text, SIZE) + wide(&label, SIZE)) / 2.0 + 6.0;
                    (axis.place(*other) - axis.place(ratio.ln())).abs() >= room
                };
                if ticks.iter().all(apart) {
                    ticks.push((ratio.ln(), label));
                }
            }
            (axis, ticks)
        }
    }
}

struct Rows<'a> {
    canvas: &'a mut Canvas,
    axis: Axis,
    measure: Measure,
    names: f64,
    right: f64,
    y: f64,
}

impl Rows<'_> {
    fn named(&mut self, name: &str, style: &str) -> f64 {
        let y = self.y + ROW / 2.0;
        self.y += ROW;
        let name = fit(name, SIZE, self.names);
        self.canvas
            .styled(EDGE + self.names + 4.0, y + 4.0, Anchor::End, style, &name);
        y
    }

    fn told(&mut self, y: f64, style: &str, text: &str) {
        self.canvas
            .styled(self.right + 12.0, y + 4.0, Anchor::Start, style, text);
    }

    fn case(&mut self, case: &Case<'_>, most: f64) {
        let y = self.named(case.name, "");
        let Some(effect) = case.effect else {
            self.told(y, &format!("fill=\"{GREY}\""), "cannot be told");
            return;
        };
        self.interval(
            y,
            (effect.low, effect.high),
            &format!("stroke=\"{BLUE}\" stroke-width=\"1.5\""),
        );
        let half = match case.weight {
            Some(weight) if most > 0.0 => 2.0 + 4.0 * (weight / most).max(0.0).sqrt(),
            _ => 3.0,
        };
        let x = self.axis.place(effect.effect);
        let style = match case.weight {
            Some(_) => format!("fill=\"{BLUE}\""),
            None => format!("fill=\"#ffffff\" stroke=\"{BLUE}\""),
        };
        self.canvas.rect((x - half, y - half), (x + half, y + half), &style);
        let text = told_effect(&effect, self.measure);
        self.told(y, "", &text);
    }

    fn interval(&mut self, y: f64, (low, high): (f64, f64), style: &str) {
        let (from, to) = (self.axis.place(low), self.axis.place(high));
        self.canvas.line((from, y), (to, y), style);
        for (value, x, inward) in [(low, from, 5.0), (high, to, -5.0)] {
            if !self.axis.reaches(value) {
                self.canvas.line((x, y), (x + inward, y - 4.0), style);
                self.canvas.line((x, y), (x + inward, y + 4.0), style);
            }
        }
    }

    fn together(&mut self, pooled: Effect) {
        let y = self.named("all together", "font-weight=\"bold\"");
        let [low, middle, high] = [pooled.low, pooled.effect, pooled.high].map(|value| self.axis.place(value));
        let corners = [(low, y), (middle, y - 6.0), (high, y), (middle, y + 6.0)];
        self.canvas
            .path("polygon", corners, &format!("fill=\"{VERMILION}\" stroke=\"{INK}\""));
        let text = told_effect(&pooled, self.measure);
        self.told(y, "font-weight=\"bold\"", &text);
    }

    fn next(&mut self, (low, high): (f64, f64)) {
        let y = self.named("the next case (prediction)", "");
        self.interval(y, (low, high), &format!("stroke=\"{VERMILION}\" stroke-width=\"3\""));
        let text = format!(
            "{} to {}",
            told_value(low, self.measure),
            told_value(high, self.measure)
        );
        self.told(y, "", &text);
    }
}

fn told_value(value: f64, measure: Measure) -> String {
    match measure {
        Measure::Plain => told(value),
        Measure::Log if value > 1e3f64.ln() => "over 1,000 times".to_string(),
        Measure::Log => signed_percent((value.exp_m1() * 100.0).round() / 100.0),
    }
}

fn told_effect(effect: &Effect, measure: Measure) -> String {
    let [value, low, high] = [effect.effect, effect.low, effect.high].map(|value| told_value(value, measure));
    format!("{value} ({low} to {high})")
}

fn seen(cases: &[Case<'_>], pooled: Option<Effect>, prediction: Option<(f64, f64)>, measure: Measure) -> String {
    let one = |case: &Case<'_>| match &case.effect {
        Some(effect) => format!("{} {}", case.name, told_effect(effect, measure)),
        None => format!("{} cannot be told", case.name),
    };
    let mut seen = format!(
        "{} cases: {}.",
        cases.len(),
        cases.iter().map(one).collect::<Vec<_>>().join("; ")
    );
    if let Some(pooled) = pooled {
        seen += &format!(" All together: {}.", told_effect(&pooled, measure));
    }
    if let Some((low, high)) = prediction {
        seen += &format!(
            " The next case would lie between {} and {}.",
            told_value(low, measure),
            told_value(high, measure)
        );
    }
    seen
}
