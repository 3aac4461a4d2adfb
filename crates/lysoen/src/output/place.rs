//! One place in depth: each measure under its heading, how it changed, what is missing and why.

use std::fmt::Write;

use lysoen_answers::Assessment;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::catalog::Measure;
use lysoen_measures::{Change, Coverage, Figure};

use super::number::grouped;
use super::phrase::{self, amount, in_unit, interval_in_words, per_cent, rate, tags};
use super::picture::share;
use super::terminal::Shown;
use crate::console::{Paint, fold};

/// Widest that a title is, in columns of text, and the columns of a value and a rate.
const TITLE: usize = 42;
const VALUE: usize = 13;
const RATE: usize = 10;
/// Columns that a value, a rate, the numbers of the sources and the margins take.
const BESIDE_TITLE: usize = VALUE + RATE + 16;
/// Columns that two values and the words for their change take.
const BESIDE_CHANGED: usize = 42;
/// Characters of a bar that stands for everyone.
const BAR: usize = 24;
/// The heading whose measures are shares of the people, with bars.
const THREATS: &str = "at least one threat";

/// The picture of a few places, each in depth.
pub fn told(assessment: &Assessment, name: Option<&str>, shown: Shown) -> String {
    let mut text = String::new();
    for place in &assessment.places {
        let code = if place.as_str() == PlaceId::WORLD {
            String::new()
        } else {
            format!(" ({place})")
        };
        let title = format!("{}{code}, {}", assessment.name(place), assessment.period);
        text.push_str(&phrase::head(assessment, &title, name, shown));
        text.push_str(&groups(assessment, place, shown));
        text.push_str(&changes(assessment, place, shown));
        text.push_str(&missing(assessment, place, shown));
        text.push('\n');
    }
    text.pop();
    text.push_str(&phrase::foot(&assessment.sources, shown));
    text.push_str(&phrase::hints(&next(assessment), shown));
    text
}

fn groups(a: &Assessment, place: &PlaceId, shown: Shown) -> String {
    let measures = &a.measures.list;
    let mut names: Vec<&str> = measures.iter().map(|measure| measure.group.as_str()).collect();
    names.dedup();
    let mut text = String::new();
    for name in names {
        let of_group = measures.iter().filter(|measure| measure.group == name);
        // What a zero means, and which threats are known, is said once in a group.
        let mut said = String::new();
        let lines: Vec<String> = of_group
            .filter_map(|measure| line(a, a.figure(place, &measure.id)?, measure, &mut said, shown))
            .collect();
        if lines.is_empty() {
            continue;
        }
        text.push_str(&heading(name, text.is_empty(), shown));
        lines.iter().for_each(|line| text.push_str(line));
    }
    let legend = "≥: at least. ≤: at most. *: of an earlier year. †: more than three years old. Where no interval stands, the source \
                  gives none, or the figure is computed from several of its counts; --format csv says which.";
    writeln!(text, "\n{}", shown.paint.dim(&fold(legend, phrase::width(shown), 0))).ok();
    text
}

/// A group's heading; above the first one the rates are named.
fn heading(group: &str, first: bool, shown: Shown) -> String {
    let name = capital(group);
    let columns = match first {
        true => format!(
            "{:>1$}",
            "per 100,000",
            title_width(shown, BESIDE_TITLE) + VALUE + RATE + 2 - name.chars().count()
        ),
        false => String::new(),
    };
    format!(
        "{}{}\n",
        phrase::section(&name, shown.paint).trim_end_matches('\n'),
        shown.paint.dim(&columns)
    )
}

/// Columns of text for a title, beside what else stands in the line.
fn title_width(shown: Shown, beside: usize) -> usize {
    phrase::width(shown).saturating_sub(beside).clamp(16, TITLE)
}

/// A measure in one or more lines; nothing where there is no value, for that stands under what is missing.
fn line(a: &Assessment, figure: &Figure, measure: &Measure, said: &mut String, shown: Shown) -> Option<String> {
    let value = value(figure, measure)?;
    let rate = figure
        .per_100k
        .filter(|_| figure.coverage != Coverage::NoneRecorded)
        .map(rate);
    let width = title_width(shown, BESIDE_TITLE);
    let title = fold(&measure.title, width - 2, 0);
    let mut title = title.lines();
    let first = format!("{}{}", indent_of(&measure.title), title.next().unwrap_or_default());
    let line = format!(
        "  {first:<width$}{value:>VALUE$}{:>RATE$}  {}",
        rate.unwrap_or_default(),
        shown.paint.dim(&tags(a, figure))
    );
    let mut text = format!("{}\n", line.trim_end());
    for rest in title {
        writeln!(text, "  {rest}").ok();
    }
    let again = *said == figure.note && !figure.note.is_empty();
    if figure.coverage == Coverage::NoneRecorded && again {
        return Some(text);
    }
    if figure.coverage == Coverage::NoneRecorded || is_of_threats(measure) {
        said.clone_from(&figure.note);
    }
    for beside in beside(a, figure, measure, again && is_of_threats(measure)) {
        for part in fold(&beside, phrase::width(shown).saturating_sub(6), 0).lines() {
            writeln!(text, "      {}", shown.paint.dim(part)).ok();
        }
    }
    Some(text)
}

/// The value with what must be read with it.
fn value(figure: &Figure, measure: &Measure) -> Option<String> {
    if figure.coverage == Coverage::NoneRecorded {
        return Some("none recorded".to_string());
    }
    let sign = phrase::sign(measure, figure);
    Some(format!("{sign}{}{}", amount(figure)?, phrase::mark(figure.coverage)))
}

fn indent_of(title: &str) -> &str {
    &title[..title.len() - title.trim_start().len()]
}

/// Whether the measure is computed from the core threats, so that its note tells of each of them.
fn is_of_threats(measure: &Measure) -> bool {
    measure.bound.is_some() || measure.years.is_some()
}

/// What stands under a figure: its interval, its period where that is another one, its share, and its note, unless that
/// has been `said`.
fn beside(a: &Assessment, figure: &Figure, measure: &Measure, said: bool) -> Vec<String> {
    let mut parts = Vec::new();
    if measure.group != THREATS
        && figure.coverage != Coverage::NoneRecorded
        && let Some(range) = phrase::range(figure)
    {
        parts.push(format!("{range}: {}", interval_in_words(&figure.interval_kind)));
    }
    let whole = measure.share_of.as_deref().and_then(|id| a.figure(&figure.place, id));
    if let Some(share) = whole.and_then(|whole| share(figure, whole)) {
        parts.push(format!("{share} of the civilians killed"));
    }
    match (&figure.data_period, figure.coverage) {
        (Some(period), Coverage::Stale) => {
            parts.push(format!(
                "of {period}, more than three years old: in no bound and no change"
            ));
        }
        (Some(period), Coverage::Earlier) => parts.push(format!("of {period}")),
        _ => {}
    }
    let note = if said { "as above" } else { figure.note.as_str() };
    parts.extend((!note.is_empty()).then(|| note.to_string()));
    parts.extend(ranks(a, figure));
    // A bar stands on its own line; the rest is one sentence.
    let bar = (measure.group == THREATS).then(|| bar(figure)).flatten();
    bar.into_iter()
        .chain((!parts.is_empty()).then(|| parts.join("; ")))
        .collect()
}

/// Where the place stands by an index of the state, and by its people's figures, among the same places.
fn ranks(a: &Assessment, figure: &Figure) -> Vec<String> {
    let of_index = a
        .beside
        .iter()
        .filter(|b| b.place == figure.place && b.index == figure.measure);
    let said = of_index.map(|b| {
        let title = a
            .measures
            .get(&b.measure)
            .map_or(b.measure.as_str(), |m| m.title.trim());
        format!(
            "rank {} of {} by it, {} by “{}”: {}",
            b.index_rank,
            b.of,
            b.rank,
            title.to_lowercase(),
            b.said()
        )
    });
    said.collect()
}

/// The share of the people as a bar: full up to the lower bound, light up to the upper one.
fn bar(figure: &Figure) -> Option<String> {
    let people = figure.population.filter(|people| *people > 0.0)?;
    let low = figure.value? / people;
    let high = figure.high.map(|high| high / people);
    let cells = |share: f64| ((share * BAR as f64).round() as usize).min(BAR);
    let (full, light) = (cells(low), cells(high.unwrap_or(low)));
    let bar = format!(
        "{}{}{}",
        "█".repeat(full),
        "▒".repeat(light.saturating_sub(full)),
        "·".repeat(BAR - light.max(full))
    );
    let percent = |share: f64| per_cent(share * 100_000.0);
    let said = match high {
        Some(high) if percent(low) == percent(high) => format!("{} of the people", percent(low)),
        Some(high) => format!("{} to {} of the people", percent(low), percent(high)),
        None if figure.low.is_some() => format!("at least {} of the people", percent(low)),
        None => format!("{} of the people", percent(low)),
    };
    Some(format!("{bar} {said}"))
}

/// How measures changed over five years.
fn changes(a: &Assessment, place: &PlaceId, shown: Shown) -> String {
    let list: Vec<(&Measure, &Change)> = a
        .measures
        .list
        .iter()
        .filter(|measure| measure.alternative.is_none())
        .filter_map(|measure| {
            Some((
                measure,
                a.changes
                    .iter()
                    .find(|c| c.place == *place && c.measure == measure.id)?,
            ))
        })
        .collect();
    let Some((_, first)) = list.first() else {
        return String::new();
    };
    let title = format!("Over five years, {} to {}", first.from, first.to);
    let mut text = phrase::section(&title, shown.paint);
    let width = title_width(shown, BESIDE_CHANGED);
    for (measure, change) in list {
        let (before, after) = (
            in_unit(&measure.unit, change.before),
            in_unit(&measure.unit, change.after),
        );
        let title = fold(&measure.title, width, 0);
        let mut title = title.lines();
        let first = title.next().unwrap_or_default();
        let line = format!("  {first:<width$}{before:>12} → {after:<12} {}", in_words(change));
        writeln!(text, "{}", line.trim_end()).ok();
        for rest in title {
            writeln!(text, "  {rest}").ok();
        }
    }
    text
}

fn in_words(change: &Change) -> String {
    let (before, after) = (change.before, change.after);
    match after / before {
        _ if before == 0.0 => "from none".to_string(),
        _ if after == 0.0 => "to none".to_string(),
        ratio if ratio >= 10.0 => format!("{} times", grouped(ratio)),
        ratio if ratio >= 2.0 => format!("{ratio:.1} times"),
        ratio if (ratio - 1.0).abs() < 0.005 => "unchanged".to_string(),
        ratio if ratio > 1.0 => format!("+{:.0} %", (ratio - 1.0) * 100.0),
        ratio => format!("−{:.0} %", (1.0 - ratio) * 100.0),
    }
}

/// What is not known of the place, and why; measures with the same reason together.
fn missing(a: &Assessment, place: &PlaceId, shown: Shown) -> String {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for gap in a.gaps.iter().filter(|gap| gap.place == *place) {
        let why = if gap.why.is_empty() {
            gap.coverage.as_str().to_string()
        } else {
            gap.why.clone()
        };
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, measures)) => measures.push(gap.measure.trim()),
            None => reasons.push((why, vec![gap.measure.trim()])),
        }
    }
    if reasons.is_empty() {
        return String::new();
    }
    let mut text = phrase::section("What is missing or old", shown.paint);
    for (why, measures) in reasons {
        let line = format!("{}: {why}.", capital(&measures.join(", ")));
        let folded = fold(&line, phrase::width(shown).saturating_sub(4), 0).replace('\n', "\n    ");
        writeln!(text, "  • {folded}").ok();
    }
    text
}

/// A figure and its formula in words, above the rows that make it up.
pub fn explained(a: &Assessment, figure: &Figure, width: usize, paint: Paint) -> String {
    let measure = a.measures.get(&figure.measure);
    let title = measure.map_or(figure.measure.as_str(), |measure| measure.title.trim());
    let value = match (figure.value, figure.coverage) {
        (_, Coverage::NoneRecorded) => "none recorded".to_string(),
        (Some(value), _) => format!("{} {}", in_unit(&figure.unit, value), figure.unit),
        (None, _) => "no value".to_string(),
    };
    let mut text = format!(
        "{}\n",
        paint.heading(&format!("{title}: {}, {}", a.name(&figure.place), figure.period))
    );
    let interval =
        phrase::range(figure).map(|range| format!(" ({range}: {})", interval_in_words(&figure.interval_kind)));
    writeln!(text, "{}{}", paint.bold(&value), interval.unwrap_or_default()).ok();
    let mut say = |line: String| {
        writeln!(text, "{}", fold(&line, width, 0)).ok();
    };
    if let Some(measure) = measure {
        say(measure.definition.clone());
    }
    if !figure.note.is_empty() {
        say(format!("Note: {}.", figure.note));
    }
    for source in a
        .sources
        .iter()
        .filter(|s| figure.source.split(" + ").any(|id| id == s.id))
    {
        let vintage = source.as_of.map(|day| format!(", {day}")).unwrap_or_default();
        say(format!("Source: {}{vintage}, {}", source.title, source.licence));
    }
    match figure.terms.len() {
        0 => {}
        1 => say("It is made of this row:".to_string()),
        n => say(format!(
            "It is {}, {} in all:",
            figure.formula.as_str(),
            grouped(n as f64)
        )),
    }
    text.push('\n');
    text
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn next(a: &Assessment) -> Vec<(String, &'static str)> {
    let place = a.places.first().map_or("UKR", PlaceId::as_str);
    vec![
        (
            format!("lysoen assess {place} --explain killed"),
            "the rows behind a figure",
        ),
        (
            format!("lysoen assess {place} --format csv"),
            "for a spreadsheet or a program",
        ),
        ("lysoen assess".to_string(), "the world"),
    ]
}
