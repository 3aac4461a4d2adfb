//! A backtest for a person: the means and how they stand to country12, window by window, and whether intervals hold what they
//! say.

use std::fmt::Write;

use lysoen_answers::forecast::backtest::{BacktestAnswer, Figure, Told, YARDSTICK};
use lysoen_forecasts::calibration::Among;
use lysoen_forecasts::judged::Metric;

use super::number::{decimal, grouped};
use super::phrase::{foot, section, width};
use super::terminal::{Shown, ruled};
use crate::console::fold;

/// The scores that a person is told, with their names.
pub const SCORES: [(Metric, &str); 4] = [
    (Metric::Crps, "CRPS"),
    (Metric::Ign, "IGN"),
    (Metric::Mis, "MIS"),
    (Metric::CrpsLog, "CRPS of log"),
];

/// Where there is no value.
pub const NONE: &str = "–";

/// Room of the column of a window and of that of the models.
const ROOM: (usize, usize) = (10, 16);

/// The whole picture.
pub fn told(answer: &BacktestAnswer, shown: Shown) -> String {
    let mut text = format!("{}\n", shown.paint.heading(&fold(&answer.title(), width(shown), 0)));
    for tried in &answer.windows {
        let line = format!(
            "{}: known to {}, {} units, {} unit-months{}",
            tried.window.name,
            tried.window.origin,
            grouped(tried.units as f64),
            grouped(tried.unit_months as f64),
            if tried.reconstructed { ", reconstructed" } else { "" }
        );
        writeln!(text, "{}", shown.paint.dim(&line)).ok();
    }
    for pair in SCORES.chunks(2) {
        text.push_str(&means(answer, pair, shown));
    }
    text.push_str(&by_window(answer, shown));
    text.push_str(&coverage(answer, shown));
    text.push_str(&fragile(answer, shown));
    text.push_str(&section("Notes", shown.paint));
    for note in &answer.notes {
        writeln!(text, "  {}", fold(note, width(shown).saturating_sub(2), 4)).ok();
    }
    text.push_str(&foot(&answer.about.sources, shown));
    text
}

fn names(answer: &BacktestAnswer) -> impl Iterator<Item = (usize, String)> {
    answer.models.iter().map(|model| model.name.clone()).enumerate()
}

fn table(heads: &[String], rows: &[Vec<String>], shown: Shown) -> String {
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let right: Vec<bool> = (0..heads.len()).map(|at| at > 0).collect();
    format!("{}\n", ruled(&heads, &right, rows, shown.width, shown.paint))
}

/// Two scores: means over windows, and the ratio to the yardstick's.
fn means(answer: &BacktestAnswer, scores: &[(Metric, &str)], shown: Shown) -> String {
    let titles: Vec<&str> = scores.iter().map(|(_, name)| *name).collect();
    let mut text = section(
        &format!(
            "{}: mean of windows, ÷ that of {YARDSTICK} with 90 % interval",
            titles.join(" and ")
        ),
        shown.paint,
    );
    let mut heads = vec!["model".to_string()];
    for (_, name) in scores {
        heads.extend([(*name).to_string(), format!("÷ {YARDSTICK}")]);
    }
    let row = |(model, name): (usize, String)| {
        let mut row = vec![name];
        for (metric, _) in scores {
            row.push(mean(answer, model, None, *metric));
            row.push(ratio(answer.figure(model, None, *metric, Told::Ratio)));
        }
        row
    };
    text.push_str(&table(&heads, &names(answer).map(row).collect::<Vec<_>>(), shown));
    text
}

/// CRPS window by window, as many windows beside each other as fit.
fn by_window(answer: &BacktestAnswer, shown: Shown) -> String {
    let mut text = section("CRPS by window", shown.paint);
    let windows: Vec<usize> = (0..answer.windows.len()).collect();
    let beside = (width(shown).saturating_sub(ROOM.1) / ROOM.0).max(1);
    for windows in windows.chunks(beside) {
        let name = |window: &usize| answer.windows[*window].window.name.clone();
        let heads: Vec<String> = ["model".to_string()]
            .into_iter()
            .chain(windows.iter().map(name))
            .collect();
        let row = |(model, name): (usize, String)| {
            let of = |window: &usize| mean(answer, model, Some(*window), Metric::Crps);
            [name].into_iter().chain(windows.iter().map(of)).collect()
        };
        text.push_str(&table(
            &heads,
            &names(answer).map(row).collect::<Vec<Vec<String>>>(),
            shown,
        ));
    }
    text
}

/// The coverage of intervals, whose ends are counted in part, among all units and among active ones.
fn coverage(answer: &BacktestAnswer, shown: Shown) -> String {
    let mut text = String::new();
    for (among, title) in [
        (
            Among::Every,
            "Intervals, per cent of outcomes inside, ends counted in part",
        ),
        (
            Among::Active,
            "The same where somebody was killed in the year before the forecast",
        ),
    ] {
        let of = || answer.coverage.iter().filter(move |covered| covered.among == among);
        let Some(first) = of().find(|covered| !covered.coverage.is_empty()) else {
            continue;
        };
        text.push_str(&section(title, shown.paint));
        let nominal = first.coverage.iter().map(|one| format!("{:.0} %", one.nominal * 100.0));
        let heads: Vec<String> = ["model".to_string()].into_iter().chain(nominal).collect();
        let rows = of().map(|covered| {
            let cells = covered.coverage.iter().map(|one| {
                let share = one.randomised;
                let value = decimal(share.value * 100.0, 1);
                match one.units > 1 {
                    true => format!("{value} ({:.0}–{:.0})", share.low * 100.0, share.high * 100.0),
                    false => value,
                }
            });
            let name = answer.models[covered.model].name.clone();
            [name].into_iter().chain(cells).collect::<Vec<String>>()
        });
        text.push_str(&table(&heads, &rows.collect::<Vec<_>>(), shown));
    }
    text
}

/// What a gain hangs on: the ratio of CRPS without the greatest unit-months, and without a unit.
fn fragile(answer: &BacktestAnswer, shown: Shown) -> String {
    let mut text = section(
        &format!("CRPS ÷ that of {YARDSTICK} where some are left out: shown, not judged"),
        shown.paint,
    );
    let heads = ["model", "all", "no 5 largest", "least, without", "most, without"].map(String::from);
    let row = |(model, name): (usize, String)| {
        let figure = |told| answer.figure(model, None, Metric::Crps, told);
        let short = |figure: Option<&Figure>| match figure.and_then(Figure::value) {
            Some(value) => decimal(value, 3),
            None => NONE.to_string(),
        };
        let without = |figure: Option<&Figure>| match figure.and_then(|figure| figure.without) {
            Some(unit) => format!("{}, {}", short(figure), answer.unit(unit)),
            None => short(figure),
        };
        vec![
            name,
            short(figure(Told::Ratio)),
            ratio(figure(Told::RatioWithoutLargest)),
            without(figure(Told::LowestRatio)),
            without(figure(Told::HighestRatio)),
        ]
    };
    text.push_str(&table(&heads, &names(answer).map(row).collect::<Vec<_>>(), shown));
    text
}

/// A mean score in its digits.
pub fn mean(answer: &BacktestAnswer, model: usize, window: Option<usize>, metric: Metric) -> String {
    let value = answer.figure(model, window, metric, Told::Mean).and_then(Figure::value);
    let decimals = match metric {
        Metric::Mis | Metric::MisCapped => 1,
        Metric::Crps | Metric::CrpsCapped => 2,
        _ => 3,
    };
    value.map_or_else(|| NONE.to_string(), |value| decimal(value, decimals))
}

/// A ratio with its interval.
pub fn ratio(figure: Option<&Figure>) -> String {
    let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.value()?))) else {
        return NONE.to_string();
    };
    match figure.interval() {
        Some((low, high)) => format!("{} ({}–{})", decimal(value, 3), decimal(low, 2), decimal(high, 2)),
        None => decimal(value, 3),
    }
}
