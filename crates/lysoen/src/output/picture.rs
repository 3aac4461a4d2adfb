//! The world's picture: sentences, a table of every place, what is missing, and the sources.

use std::fmt::Write;

use lysoen_answers::Assessment;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::catalog::Measure;
use lysoen_measures::{Coverage, Figure};

use super::number::{decimal, grouped};
use super::phrase::{self, amount, interval_in_words, mark, per_cent, rate, spoken};
use super::terminal::Shown;
use crate::console::fold;

/// Narrowest that a place's name is cut to.
const LEAST_NAME: usize = 12;

/// The picture of many places.
pub fn told(assessment: &Assessment, name: Option<&str>, shown: Shown) -> String {
    let title = format!("How safe are people? {}", assessment.period);
    let mut text = phrase::head(assessment, &title, name, shown);
    let world = PlaceId::world();
    if assessment.places.contains(&world) {
        text.push_str(&phrase::section("The world", shown.paint));
        for sentence in sentences(assessment, &world, shown) {
            let folded = fold(&sentence, phrase::width(shown) - 4, 0).replace('\n', "\n    ");
            writeln!(text, "  • {folded}").ok();
        }
    }
    text.push_str(&phrase::section(order(assessment), shown.paint));
    text.push_str(&table(assessment, shown));
    text.push_str(&missing(assessment, shown));
    text.push_str(&phrase::foot(&assessment.sources, shown));
    text.push_str(&phrase::hints(&next(assessment), shown));
    text
}

/// The heading of the table, by the order of its places: without deaths that is the order of their names.
fn order(a: &Assessment) -> &'static str {
    let killed = |f: &Figure| f.measure == "killed" && f.value.is_some_and(|deaths| deaths > 0.0);
    match a.figures.iter().any(killed) {
        true => "Place by place, by people killed",
        false => "Place by place",
    }
}

/// The world's figures in sentences; a figure without a value has none.
fn sentences(a: &Assessment, place: &PlaceId, shown: Shown) -> Vec<String> {
    let paint = shown.paint;
    let figure = |id: &str| a.figure(place, id).filter(|f| f.value.is_some());
    let n = |f: &Figure| paint.bold(&spoken(f.value.unwrap_or_default()));
    let mut said = Vec::new();
    if let Some(f) = figure("killed") {
        said.push(format!(
            "{} people were killed in organised violence{}.",
            n(f),
            interval_and_rate(f)
        ));
        said.extend(by_type(&figure));
    }
    if let Some(f) = figure("killed_civilians") {
        let unknown = figure("killed_unknown").map(|u| format!("; whether {} more were is unknown", n(u)));
        let attributed = figure("killed_civilians_not_attributed")
            .and_then(|not| share(not, f))
            .map(|share| format!(" For {share} of these the source does not say who killed them."));
        said.push(format!(
            "At least {} of them were civilians{}.{}",
            n(f),
            unknown.unwrap_or_default(),
            attributed.unwrap_or_default()
        ));
    }
    if let Some(f) = figure("aid_workers_killed") {
        let also = |id, word| figure(id).map(|f| format!(", {} {word}", n(f))).unwrap_or_default();
        said.push(format!(
            "{} aid workers were killed{}{}.",
            n(f),
            also("aid_workers_wounded", "wounded"),
            also("aid_workers_kidnapped", "kidnapped")
        ));
    }
    said.extend(movements(&figure, &n));
    if let Some(f) = figure("displaced_in_country") {
        said.push(format!(
            "{}{} people lived displaced at the year's end{}.",
            least(f),
            n(f),
            covered(f)
        ));
    }
    for (id, words) in [
        ("undernourished", "were undernourished"),
        ("extreme_poverty", "lived on less than $3.00 a day"),
        ("without_basic_water", "were without at least basic drinking water"),
        (
            "acute_food_insecurity",
            "were in acute food insecurity (IPC/CH phase 3 or worse) at the year's peak",
        ),
    ] {
        if let Some(f) = figure(id) {
            said.push(format!("{}{} people {words}{}.", least(f), n(f), covered(f)));
        }
    }
    if let Some(f) = figure("facing_at_least_one_threat") {
        let share = f
            .per_100k
            .map(|r| format!(", {} of those counted", per_cent(r)))
            .unwrap_or_default();
        said.push(format!(
            "At least {} people{share}, faced at least one threat{}.",
            n(f),
            covered(f)
        ));
    }
    said
}

fn interval_and_rate(f: &Figure) -> String {
    let words = interval_in_words(&f.interval_kind);
    let range = match phrase::range(f) {
        Some(range) => Some(format!(" ({range}: {words})")),
        None => {
            let why = words.strip_prefix("none: ").unwrap_or("not every row of it has one");
            Some(format!(" (no interval: {why})"))
        }
    };
    let rate = f.per_100k.map(|r| format!(", {} in every 100,000", rate(r)));
    format!("{}{}", range.unwrap_or_default(), rate.unwrap_or_default())
}

fn by_type<'a>(figure: &impl Fn(&str) -> Option<&'a Figure>) -> Option<String> {
    let of = |id: &str| figure(id).and_then(|f| f.value).map(spoken);
    Some(format!(
        "Of these, {} were killed in state-based conflict, {} in non-state conflict, and {} in one-sided violence against civilians.",
        of("killed_state_based")?,
        of("killed_non_state")?,
        of("killed_one_sided")?
    ))
}

fn movements<'a>(figure: &impl Fn(&str) -> Option<&'a Figure>, n: &impl Fn(&Figure) -> String) -> Option<String> {
    let conflict = figure("internal_displacements_conflict").map(|f| format!("{} times by conflict", n(f)));
    let disaster = figure("internal_displacements_disaster").map(|f| format!("{} times by disasters", n(f)));
    let both: Vec<String> = conflict.into_iter().chain(disaster).collect();
    (!both.is_empty()).then(|| {
        format!(
            "People were forced to move within their country {} (movements, not people).",
            both.join(" and ")
        )
    })
}

fn least(f: &Figure) -> &'static str {
    if f.coverage == Coverage::Incomplete {
        "At least "
    } else {
        ""
    }
}

/// What part of the world a sum of places stands for, where it is not all of it.
fn covered(f: &Figure) -> String {
    match f.coverage {
        Coverage::Incomplete if !f.note.is_empty() => format!(" ({})", f.note.split("; ").next().unwrap_or_default()),
        _ => String::new(),
    }
}

/// The first as a share of the second.
pub(super) fn share(part: &Figure, whole: &Figure) -> Option<String> {
    let (part, whole) = (part.value?, whole.value.filter(|whole| *whole > 0.0)?);
    Some(format!("{:.0} %", part / whole * 100.0))
}

/// What stands above the columns.
const HEADS: [[&str; 2]; 7] = [
    ["", "Place"],
    ["", "Killed"],
    ["", "low–high"],
    ["per", "100,000"],
    ["Civilians", "at least"],
    ["Displaced", "there"],
    ["Facing", "≥ 1 threat"],
];

const LEGEND: &str = "none: none recorded above the source's inclusion rules, which is not the same as nobody. –: not \
                      covered, or no value. ≥: part of it is not known. ?: a threat is not known, and what is \
                      known touches fewer than one in a thousand. *: of an earlier year. †: more than three years old. \
                      Two places joined by “and” are counted together by a source; the rest stands under each. Places are not ranked by threats, for what is known of them differs.";

/// Every place but the world in a row; those of which nothing is known are named below.
fn table(a: &Assessment, shown: Shown) -> String {
    let places = a.places.iter().filter(|place| **place != PlaceId::world());
    let rows = places.map(|place| row(a, place));
    let (rows, unknown): (Vec<_>, Vec<_>) = rows.partition(|row| [1, 5, 6].iter().any(|at| row[*at] != "–"));
    let mut text = lines(&HEADS, &rows, shown);
    let mut say = |said: &str| writeln!(text, "{}", shown.paint.dim(&fold(said, phrase::width(shown), 0))).ok();
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().map(|row| row[0].as_str()).collect();
        say(&format!("Nothing is known here of: {}.", names.join(", ")));
    }
    say(LEGEND);
    text
}

/// Rows under two lines of heads, the first column cut to what the others leave.
pub(super) fn lines<const N: usize>(heads: &[[&str; 2]; N], rows: &[[String; N]], shown: Shown) -> String {
    let mut widths = heads.map(|head| head.map(|word| word.chars().count()).into_iter().max().unwrap_or(0));
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let others: usize = widths[1..].iter().map(|width| width + 1).sum();
    widths[0] = widths[0].min(phrase::width(shown).saturating_sub(others).max(LEAST_NAME));
    let line = |cells: [&str; N]| {
        let mut line = format!("{:<1$}", cut(cells[0], widths[0]), widths[0]);
        for (cell, width) in cells[1..].iter().zip(&widths[1..]) {
            write!(line, " {cell:>width$}").ok();
        }
        line.trim_end().to_string()
    };
    let mut text = String::new();
    for at in 0..2 {
        writeln!(text, "{}", shown.paint.bold(&line(heads.map(|head| head[at])))).ok();
    }
    writeln!(text, "{}", "─".repeat(widths[0] + others)).ok();
    for row in rows {
        writeln!(text, "{}", line(row.each_ref().map(String::as_str))).ok();
    }
    text
}

fn row(a: &Assessment, place: &PlaceId) -> [String; 7] {
    let figure = |id: &str| a.figure(place, id);
    let dash = || "–".to_string();
    let killed = figure("killed");
    [
        a.name(place).to_string(),
        killed.map_or_else(dash, cell),
        killed
            .filter(|f| f.coverage != Coverage::NoneRecorded)
            .and_then(phrase::range)
            .unwrap_or_default(),
        killed
            .filter(|f| f.coverage != Coverage::NoneRecorded)
            .and_then(|f| f.per_100k)
            .map(rate)
            .unwrap_or_default(),
        figure("killed_civilians")
            .filter(|f| f.value.is_some_and(|v| v > 0.0))
            .map(cell)
            .unwrap_or_default(),
        figure("displaced_in_country").map_or_else(dash, compact),
        figure("facing_at_least_one_threat").map_or_else(dash, threats),
    ]
}

fn cell(f: &Figure) -> String {
    match (amount(f), f.coverage) {
        (_, Coverage::NoneRecorded) => "none".to_string(),
        (Some(amount), coverage) => format!("{amount}{}", mark(coverage)),
        (None, _) => "–".to_string(),
    }
}

/// A value in few characters: `6.7 M`.
fn compact(f: &Figure) -> String {
    let Some(value) = f.value else { return "–".to_string() };
    let least = if f.coverage == Coverage::Incomplete { "≥ " } else { "" };
    let number = match value {
        v if v >= 9_950_000.0 => format!("{} M", decimal(v / 1e6, 1)),
        v if v >= 999_500.0 => format!("{} M", decimal(v / 1e6, 2)),
        v => grouped(v),
    };
    format!("{least}{number}{}", mark(f.coverage))
}

/// The bounds as a share of the people: `23–41 %` or `≥ 23 %`.
pub(super) fn threats(f: &Figure) -> String {
    let Some(low) = f.per_100k else {
        return "–".to_string();
    };
    let high = f
        .high
        .zip(f.population.filter(|p| *p > 0.0))
        .map(|(high, people)| high / people * 100.0);
    match high {
        Some(high) if format!("{:.0}", low / 1000.0) == format!("{high:.0}") => per_cent(low),
        Some(high) => format!("{:.0}–{high:.0} %", low / 1000.0),
        // Less than one in a thousand, where a threat is missing: next to nothing is known, and a figure would read
        // like safety.
        None if low < 100.0 => "?".to_string(),
        None => format!("≥ {}", per_cent(low)),
    }
}

/// A name cut to `width`, with an ellipsis.
pub(super) fn cut(name: &str, width: usize) -> String {
    match name.chars().count() > width {
        true => name.chars().take(width.saturating_sub(1)).chain(['…']).collect(),
        false => name.to_string(),
    }
}

/// For how many places the measures of the table and the core threats are missing or stale.
fn missing(a: &Assessment, shown: Shown) -> String {
    let measures = &a.measures;
    let told = measures
        .list
        .iter()
        .filter(|m| m.headline || measures.core.all().any(|id| id == m.id));
    let lines: Vec<String> = told.filter_map(|measure| lacking(a, measure)).collect();
    if lines.is_empty() {
        return String::new();
    }
    let mut text = phrase::section("What is missing or old", shown.paint);
    for line in lines {
        let folded = fold(&line, phrase::width(shown) - 4, 0).replace('\n', "\n    ");
        writeln!(text, "  • {folded}").ok();
    }
    text
}

fn lacking(a: &Assessment, measure: &Measure) -> Option<String> {
    let world = PlaceId::world();
    let figures: Vec<&Figure> = a
        .figures
        .iter()
        .filter(|f| f.measure == measure.id && f.place != world)
        .collect();
    let count = |coverage: Coverage| figures.iter().filter(|f| f.coverage == coverage).count();
    let absent = figures.iter().filter(|f| f.value.is_none()).count();
    if absent == figures.len() {
        let why = figures.first().map(|f| f.note.as_str()).filter(|note| !note.is_empty());
        return Some(format!(
            "{}: no value for any place{}.",
            measure.title.trim(),
            why.map(|w| format!(" ({w})")).unwrap_or_default()
        ));
    }
    let parts = [
        (absent, "without a value"),
        (count(Coverage::Stale), "with one more than three years old"),
        (count(Coverage::Earlier), "with one of an earlier year"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, words)| format!("{n} {words}"))
        .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "{}: of {} places {}.",
            measure.title.trim(),
            figures.len(),
            parts.join(", ")
        )
    })
}

fn next(a: &Assessment) -> Vec<(String, &'static str)> {
    let world = PlaceId::world();
    let place = a
        .places
        .iter()
        .find(|place| **place != world)
        .map_or("UKR", PlaceId::as_str);
    vec![
        (format!("lysoen assess {place}"), "one place in depth"),
        (
            format!("lysoen assess {place} --explain killed"),
            "the rows behind a figure",
        ),
        (
            "lysoen assess --output picture.xlsx".to_string(),
            "every figure, with its sources",
        ),
        ("lysoen sources".to_string(), "licences and freshness"),
    ]
}
