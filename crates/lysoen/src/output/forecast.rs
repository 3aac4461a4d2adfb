//! Forecasts for a person: the places where most harm is expected, or one place month by month, and how good it has been.

use std::fmt::Write;

use lysoen_answers::forecast::live::{LiveAnswer, Record, Told, WindowRecord, told_source};
use lysoen_forecasts::Target;
use lysoen_forecasts::summary::{Summary, return_period};

use super::number::{decimal, grouped};
use super::phrase::{hanging, section, width};
use super::picture::cut;
use super::terminal::{Shown, fitting, ruled};
use crate::console::fold;

/// Widest name of a place in a table.
const NAME: usize = 18;
/// Places of which the drivers are told.
const WHY: usize = 5;

/// The forecast: one place in depth, else the first `top` by expected deaths.
pub fn told(answer: &LiveAnswer, name: impl Fn(&str) -> Option<String>, top: usize, shown: Shown) -> String {
    let mut text = String::new();
    let card = &answer.card;
    writeln!(text, "{}\n", shown.paint.heading(&fold(&card.title, width(shown), 0))).ok();
    let places = answer.told();
    let title = |code: &str| name(code).unwrap_or_else(|| code.to_string());
    match &places[..] {
        [(code, told)] => one(answer, code, &title(code), told, shown, &mut text),
        _ => several(answer, places, title, top, shown, &mut text),
    }
    text.push_str(&foot(answer, shown));
    text
}

fn one(answer: &LiveAnswer, code: &str, title: &str, told: &[Told], shown: Shown, text: &mut String) {
    writeln!(text, "{}\n", shown.paint.bold(title)).ok();
    months(answer, told, shown, text);
    let Some(unit) = answer.unit(code) else { return };
    for (number, model) in answer.models().enumerate().skip(1) {
        text.push_str(&section(&format!("By {model}"), shown.paint));
        months(answer, &answer.told_by(number, unit), shown, text);
    }
    text.push_str(&section("Why", shown.paint));
    drivers(answer, unit, shown, text);
}

fn months(answer: &LiveAnswer, told: &[Told], shown: Shown, text: &mut String) {
    let row = |told: &Told| {
        let (from, to) = answer.months(told.target);
        let when = if from == to {
            from.to_string()
        } else {
            format!("{from} to {to}")
        };
        let [half, nine, _] = told.summary.intervals;
        let mut row = vec![
            when,
            people(told.summary.median),
            range(half),
            range(nine),
            people(told.summary.mean),
        ];
        row.extend(told.summary.probabilities.iter().map(|p| percent(*p)));
        row
    };
    let rows: Vec<Vec<String>> = told.iter().map(row).collect();
    let names = [
        "months",
        "median",
        "50 %",
        "90 %",
        "mean",
        "P(≥1)",
        "P(≥25)",
        "P(≥100)",
        "P(≥1,000)",
    ];
    table(
        &names,
        &[false, true, true, true, true, true, true, true, true],
        &rows,
        shown,
        text,
    );
}

fn drivers(answer: &LiveAnswer, unit: usize, shown: Shown, text: &mut String) {
    for (driver, said) in answer.why(unit) {
        let line = format!("{:<14}{said}", driver.name());
        writeln!(text, "  {}", hanging(&line, width(shown).saturating_sub(2), 14, 2)).ok();
    }
}

/// The forecast of a total over so many months, or of as many as there are.
fn total(told: &[Told], months: u32) -> Option<&Summary> {
    let target = Target { first: 1, last: months };
    told.iter().find(|told| told.target == target).map(|told| &told.summary)
}

fn several(
    answer: &LiveAnswer,
    mut places: Vec<(String, Vec<Told>)>,
    title: impl Fn(&str) -> String,
    top: usize,
    shown: Shown,
    text: &mut String,
) {
    let expected = |told: &[Told]| {
        total(told, 3)
            .or(told.first().map(|told| &told.summary))
            .map_or(0.0, |s| s.mean)
    };
    places.sort_by(|a, b| expected(&b.1).total_cmp(&expected(&a.1)).then(a.0.cmp(&b.0)));
    let (first, _) = answer.months(Target::month(1));
    let mut names = vec!["place".to_string(), format!("P(≥25) {first}")];
    let spans: Vec<u32> = [3, 12]
        .into_iter()
        .filter(|months| *months <= answer.card.months)
        .collect();
    names.extend(spans.iter().map(|months| format!("next {months} months (90 %)")));
    names.extend(["P(≥1,000)".to_string(), "once in months".to_string()]);
    let row = |(code, told): &(String, Vec<Told>)| {
        let chance = told.first().map_or(0.0, |told| told.summary.probabilities[1]);
        let once = return_period(chance).map_or("never drawn".to_string(), |months| {
            decimal(months, usize::from(months < 10.0))
        });
        let mut row = vec![cut(&title(code), NAME), percent(chance)];
        let in_words = |s: &Summary| format!("{} ({})", people(s.median), range(s.intervals[1]));
        row.extend(
            spans
                .iter()
                .map(|months| total(told, *months).map_or(String::new(), in_words)),
        );
        let most = spans
            .last()
            .and_then(|months| total(told, *months))
            .or(told.first().map(|t| &t.summary));
        row.extend([most.map_or(String::new(), |s| percent(s.probabilities[3])), once]);
        row
    };
    let rows: Vec<Vec<String>> = places.iter().take(top).map(row).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let right: Vec<bool> = (0..names.len()).map(|at| at > 0).collect();
    table(&names, &right, &rows, shown, text);
    let mut say = |said: &str| writeln!(text, "{}", shown.paint.dim(&fold(said, width(shown), 0))).ok();
    if places.len() > top {
        say(&format!(
            "… and {} more; all of them with --format csv",
            grouped((places.len() - top) as f64)
        ));
    }
    let over = spans
        .last()
        .map_or(String::new(), |months| format!("; P(≥1,000) is of all {months} months"));
    say(&format!(
        "By expected deaths of the next months. Medians with central intervals{over}. “Once in months”: months that pass on average until one \
         with at least 25 deaths."
    ));
    text.push_str(&section("Why", shown.paint));
    for (code, _) in places.iter().take(WHY.min(top)) {
        if let Some(unit) = answer.unit(code) {
            writeln!(text, "  {}", shown.paint.bold(&title(code))).ok();
            drivers(answer, unit, shown, text);
        }
    }
}

fn table(names: &[&str], right: &[bool], rows: &[Vec<String>], shown: Shown, text: &mut String) {
    let fit = fitting(names, right, rows, shown.width);
    writeln!(text, "{}", ruled(&names[..fit], right, rows, shown.width, shown.paint)).ok();
    if fit < names.len() {
        let left = format!(
            "Not shown for want of room: {}. All with --format csv.",
            names[fit..].join(", ")
        );
        writeln!(text, "{}", shown.paint.dim(&fold(&left, width(shown), 0))).ok();
    }
}

fn foot(answer: &LiveAnswer, shown: Shown) -> String {
    let card = &answer.card;
    let mut text = section("How good such forecasts have been", shown.paint);
    let say = |text: &mut String, said: &str| {
        writeln!(text, "  {}", hanging(said, width(shown).saturating_sub(2), 0, 2)).ok();
    };
    match &card.record {
        Record::Unknown(why) => say(&mut text, &format!("Unknown: {why}.")),
        Record::Measured(windows) => {
            for window in windows {
                say(&mut text, &record(window));
            }
            say(
                &mut text,
                "Data to October of the year before; country12 is the country's own last 12 months, which no published \
                 forecast has beaten on CRPS in a true future.",
            );
        }
    }
    text.push_str(&section("Read this", shown.paint));
    for note in &card.notes {
        say(&mut text, note);
    }
    for (model, why) in &card.abstained {
        say(&mut text, &format!("{model} gives no forecast: {why}."));
    }
    let models: Vec<String> = card
        .models
        .iter()
        .map(|(name, about)| format!("{name} ({about})"))
        .collect();
    say(
        &mut text,
        &format!(
            "Model: {}; seed {}, version {}.",
            models.join("; "),
            card.seed,
            card.version
        ),
    );
    for source in &card.sources {
        say(&mut text, &format!("Source: {}.", told_source(source)));
    }
    text
}

/// A window's scores against the benchmark.
fn record(window: &WindowRecord) -> String {
    let against = |metric: &str| {
        let (ours, theirs) = (window.pool.get(metric)?, window.country12.get(metric)?);
        let ratio = if *theirs > 0.0 {
            format!(" ({} ×)", decimal(ours / theirs, 2))
        } else {
            String::new()
        };
        Some(format!("{} against {}{ratio}", decimal(*ours, 2), decimal(*theirs, 2)))
    };
    let told = |metric: &str| against(metric).unwrap_or_else(|| "unknown".to_string());
    let cut = if window.reconstructed { ", reconstructed" } else { "" };
    format!(
        "{}{cut}: CRPS {} of country12; IGN {}",
        window.window,
        told("crps"),
        told("ign")
    )
}

/// Deaths, whole.
fn people(deaths: f64) -> String {
    match deaths {
        d if d > 0.0 && d < 0.5 => "<1".to_string(),
        d => grouped(d.round()),
    }
}

fn range((low, high): (f64, f64)) -> String {
    format!("{}–{}", people(low), people(high))
}

/// A probability of a thousand draws: none below one in a thousand.
fn percent(probability: f64) -> String {
    match probability {
        p if p < 0.0005 => "<0.1 %".to_string(),
        p if p > 0.9995 => ">99.9 %".to_string(),
        p if !(0.1..=0.9).contains(&p) => format!("{} %", decimal(100.0 * p, 1)),
        p => format!("{} %", decimal(100.0 * p, 0)),
    }
}
