//! Figures in words: amounts, intervals, rates, marks, and the head and foot of a picture.

use std::fmt::Write;

use lysoen_answers::{Assessment, SourceNote};
use lysoen_measures::catalog::{Bound, Measure, Years};
use lysoen_measures::{Coverage, Figure, Formula};

use super::number::{decimal, grouped};
use super::terminal::Shown;
use crate::console::{Paint, fold};

/// Columns of text for prose.
pub(super) fn width(shown: Shown) -> usize {
    shown.width.unwrap_or(crate::console::DEFAULT_WIDTH)
}

/// What stands before a value that is one end of what may be true.
pub(super) fn sign(measure: &Measure, figure: &Figure) -> &'static str {
    sign_of(measure, figure.coverage)
}

/// What stands before a value of a measure, by what its presence means.
pub fn sign_of(measure: &Measure, coverage: Coverage) -> &'static str {
    let bounded = matches!(measure.bound, Some(Bound::All | Bound::Fear | Bound::Want));
    match measure.years {
        _ if coverage == Coverage::NoneRecorded => "",
        Some(Years::Secure) => "≤ ",
        Some(Years::Insecure) => "≥ ",
        None if measure.minimum || bounded || coverage == Coverage::Incomplete => "≥ ",
        None => "",
    }
}

/// The value as it is shown. Shares of a population are known to a few digits only, and are rounded to three.
pub(super) fn amount(figure: &Figure) -> Option<String> {
    Some(of_figure(figure, figure.value?))
}

/// A value of a figure in the digits of its unit.
fn of_figure(figure: &Figure, value: f64) -> String {
    in_unit(&figure.unit, if is_share(figure) { three_digits(value) } else { value })
}

/// A value in the digits of its unit: people are whole, years and indices are not.
pub(super) fn in_unit(unit: &str, value: f64) -> String {
    decimal(value, decimals_of(unit))
}

/// The decimals in which values of a unit are told.
pub fn decimals_of(unit: &str) -> usize {
    match unit {
        "years" | "index 0–10" => 1,
        "index 0–1" => 3,
        _ => 0,
    }
}

/// A figure rounded as it is told in words, for whoever writes the words in another language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounded {
    /// What stands before the value: `≥ `, `≤ ` or nothing.
    pub sign: &'static str,
    /// What follows it: `*` of an earlier year, `†` more than three years old, or nothing.
    pub mark: &'static str,
    /// The value.
    pub value: Option<f64>,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end of its interval.
    pub high: Option<f64>,
    /// The decimals of these.
    pub decimals: usize,
    /// The rate per 100,000 people; nothing where none is recorded.
    pub rate: Option<Rate>,
}

/// A rate per 100,000 people, rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The rate.
    pub value: f64,
    /// Its decimals.
    pub decimals: usize,
    /// Whether it is above zero and below its last digit.
    pub under: bool,
}

/// Rounds a figure as it is told.
pub fn rounded(measure: &Measure, figure: &Figure) -> Rounded {
    let decimals = decimals_of(&figure.unit);
    let told = |value: f64| rounded_value(&figure.unit, figure.formula, value);
    let none = figure.coverage == Coverage::NoneRecorded;
    Rounded {
        sign: sign(measure, figure),
        mark: mark(figure.coverage),
        value: figure.value.map(told),
        low: figure.low.zip(figure.high).map(|(low, _)| told(low)),
        high: figure.high.zip(figure.low).map(|(high, _)| told(high)),
        decimals,
        rate: figure.per_100k.filter(|_| !none).map(rounded_rate),
    }
}

/// A value rounded as it is told, by its unit and by how it follows from its rows.
pub fn rounded_value(unit: &str, formula: Formula, value: f64) -> f64 {
    let decimals = decimals_of(unit);
    let value = if of_share(formula) { three_digits(value) } else { value };
    // Written and read again, so that a reader who rounds anew finds the same digits.
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// A rate per 100,000 people rounded as it is told.
pub fn rounded_rate(per_100k: f64) -> Rate {
    let decimals = match per_100k {
        0.0 => 0,
        r if r < 1.0 => 2,
        r if r < 100.0 => 1,
        _ => 0,
    };
    Rate {
        value: format!("{per_100k:.decimals$}").parse().unwrap_or(per_100k),
        decimals,
        under: per_100k > 0.0 && per_100k < 0.01,
    }
}

/// The value as it is spoken: `2.35 million` from a million on.
pub(super) fn spoken(value: f64) -> String {
    match value {
        v if v >= 999_500_000.0 => format!("{} billion", significant(v / 1e9)),
        v if v >= 999_500.0 => format!("{} million", significant(v / 1e6)),
        v => grouped(v),
    }
}

fn significant(value: f64) -> String {
    match value {
        v if v >= 99.95 => decimal(v, 0),
        v if v >= 9.995 => decimal(v, 1),
        v => decimal(v, 2),
    }
}

fn is_share(figure: &Figure) -> bool {
    of_share(figure.formula)
}

fn of_share(formula: Formula) -> bool {
    matches!(
        formula,
        Formula::ShareOfPopulation
            | Formula::ComplementOfPopulation
            | Formula::LargestShare
            | Formula::IndependentShares
    )
}

/// A value rounded to three significant digits.
pub(super) fn three_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 10f64.powi(value.abs().log10().floor() as i32 - 2);
    if scale <= 1.0 {
        value.round()
    } else {
        (value / scale).round() * scale
    }
}

/// `60,000–70,000`, where there is an interval with two ends.
pub(super) fn range(figure: &Figure) -> Option<String> {
    Some(format!(
        "{}–{}",
        of_figure(figure, figure.low?),
        of_figure(figure, figure.high?)
    ))
}

/// What the interval is, in words.
pub(super) fn interval_in_words(kind: &str) -> String {
    match kind {
        "source-range" => "the source's range".to_string(),
        "bounds" => "bounds, for how the threats overlap is unknown".to_string(),
        other => {
            let of_level = |name: &str| {
                let level: f64 = other.strip_prefix(name)?.strip_prefix('-')?.parse().ok()?;
                let per_cent = if level <= 1.0 {
                    (level * 1e4).round() / 1e2
                } else {
                    level
                };
                Some(format!("{per_cent} % {name} interval"))
            };
            let level = of_level("confidence").or_else(|| of_level("credible"));
            level.unwrap_or_else(|| other.replace('-', " "))
        }
    }
}

/// A rate per 100,000 people.
pub(super) fn rate(per_100k: f64) -> String {
    match rounded_rate(per_100k) {
        Rate { under: true, .. } => "< 0.01".to_string(),
        Rate { value, decimals, .. } => decimal(value, decimals),
    }
}

/// A share of people in per cent, from a rate per 100,000.
pub(super) fn per_cent(per_100k: f64) -> String {
    match per_100k / 1000.0 {
        0.0 => "0 %".to_string(),
        p if p < 0.1 => "< 0.1 %".to_string(),
        p if p < 9.95 => format!("{p:.1} %"),
        p => format!("{p:.0} %"),
    }
}

/// What follows a value that is not of the period.
pub(super) fn mark(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Earlier => "*",
        Coverage::Stale => "†",
        _ => "",
    }
}

/// The numbers of a figure's sources in the list at the foot.
pub(super) fn tags(assessment: &Assessment, figure: &Figure) -> String {
    let of = |id: &str| assessment.sources.iter().position(|source| source.id == id);
    let mut numbers: Vec<usize> = figure.source.split(" + ").filter_map(of).map(|at| at + 1).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
    if numbers.is_empty() {
        String::new()
    } else {
        format!("[{}]", numbers.join(","))
    }
}

/// The head of a picture: what it is, as of when, and whether it is a replay.
pub(super) fn head(assessment: &Assessment, title: &str, name: Option<&str>, shown: Shown) -> String {
    let paint = shown.paint;
    let mut text = String::new();
    if let Some(name) = name {
        writeln!(text, "{}", paint.dim(name)).ok();
    }
    writeln!(text, "{}", paint.heading(title)).ok();
    if let Some(end) = assessment.replay {
        let banner = format!("REPLAY as of {end}: the data end on that day. This is not a current alert.");
        writeln!(text, "{}", paint.caution(&fold(&banner, width(shown), 0))).ok();
    }
    if let Some(day) = assessment.as_of {
        writeln!(text, "As it was known on {day}.").ok();
    }
    if assessment.reconstructed {
        let said =
            "RECONSTRUCTED: where no vintage is old enough, the oldest one was cut by the source's publication lag.";
        writeln!(text, "{}", paint.caution(&fold(said, width(shown), 0))).ok();
    }
    text
}

/// A heading within a picture.
pub(super) fn section(title: &str, paint: Paint) -> String {
    format!("\n{}\n", paint.bold(title))
}

/// The sources with vintage and licence.
pub(super) fn foot(sources: &[SourceNote], shown: Shown) -> String {
    let mut text = section("Sources", shown.paint);
    for (at, source) in sources.iter().enumerate() {
        let vintage = source.as_of.map(|day| format!(", {day}")).unwrap_or_default();
        let tag = format!("[{}]", at + 1);
        let line = format!("{tag:<5}{} ({}){vintage}, {}", source.title, source.id, source.licence);
        writeln!(text, "  {}", hanging(&line, width(shown).saturating_sub(2), 5, 2)).ok();
    }
    text
}

/// What to type next.
pub(super) fn hints(list: &[(String, &str)], shown: Shown) -> String {
    let mut text = section("Next", shown.paint);
    for (command, what) in list {
        match width(shown) >= 76 {
            true => writeln!(text, "  {command:<42} {}", shown.paint.dim(what)).ok(),
            false => writeln!(text, "  {command}\n      {}", shown.paint.dim(what)).ok(),
        };
    }
    text
}

/// Folds a line whose first `column` columns are kept as they are; later lines are indented to there and by `margin`.
pub(super) fn hanging(line: &str, width: usize, column: usize, margin: usize) -> String {
    let split = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let (lead, rest) = line.split_at(split);
    let folded = fold(rest, width.saturating_sub(column).max(20), 0);
    let indent = format!("\n{}", " ".repeat(column + margin));
    format!("{lead}{}", folded.replace('\n', &indent))
}
