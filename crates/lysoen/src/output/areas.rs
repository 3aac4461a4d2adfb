//! One country by its areas: a table, the total with what is in no area, and how unequal the areas are.

use std::fmt::Write;

use lysoen_answers::{AreasAssessment, EVENTS};
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::Coverage;
use lysoen_measures::communities::{Community, Level};
use lysoen_measures::rates::Rate;

use super::number::grouped;
use super::phrase::{hanging, rate, section, three_digits, width};
use super::terminal::{Shown, ruled};
use crate::console::fold;

/// Areas that a table shows; the others are in the other formats.
const SHOWN: usize = 40;
/// Widest that an area's name is shown.
const WIDEST_NAME: usize = 18;
/// Columns of text from which on the people and the smoothed rate stand in the table too.
const WIDE: usize = 96;

/// A country seen from its communities.
pub fn told(assessment: &AreasAssessment, name: Option<&str>, shown: Shown) -> String {
    let paint = shown.paint;
    let mut text = String::new();
    if let Some(name) = name {
        writeln!(text, "{}", paint.dim(name)).ok();
    }
    writeln!(text, "{}", paint.heading(&fold(&assessment.title(), width(shown), 0))).ok();
    for note in assessment.notes_of_time() {
        writeln!(text, "{}", paint.caution(&fold(&note, width(shown), 0))).ok();
    }
    writeln!(text, "\n{}", table(assessment, shown)).ok();
    let areas = assessment.seen.areas.len();
    if areas > SHOWN {
        let more = format!(
            "… and {} more; all of them with --format csv",
            grouped((areas - SHOWN) as f64)
        );
        writeln!(text, "{}", paint.dim(&more)).ok();
    }
    text.push_str(&others(assessment, shown));
    let mut paragraph = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&section(title, paint));
            for line in lines {
                let folded = fold(&line, width(shown) - 4, 0).replace('\n', "\n    ");
                writeln!(text, "  • {folded}").ok();
            }
        }
    };
    paragraph("Spread", assessment.spread_line().into_iter().collect());
    let total = [assessment.total_line()]
        .into_iter()
        .chain(assessment.doubt_line())
        .chain(assessment.beside_lines());
    paragraph("Every death accounted for", total.collect());
    let mut know: Vec<String> = assessment.areas_line().into_iter().collect();
    know.push(assessment.rates_line());
    know.extend(assessment.unmatched_lines());
    if !assessment.seen.covered {
        know.extend(
            assessment
                .notes()
                .into_iter()
                .filter(|note| note.starts_with("No release")),
        );
    }
    paragraph("To know", know);
    text.push_str(&section("Sources", paint));
    for source in &assessment.sources {
        let vintage = source.as_of.map(|day| format!(", {day}")).unwrap_or_default();
        let line = format!("{} ({}){vintage}, {}", source.title, source.id, source.licence);
        writeln!(text, "  {}", hanging(&line, width(shown).saturating_sub(6), 0, 4)).ok();
    }
    text.push_str(&section("Next", paint));
    for (command, what) in next(assessment) {
        writeln!(text, "  {command}\n      {}", paint.dim(what)).ok();
    }
    text
}

/// Area by area: deaths with the source's range, events, and the rate with its interval.
fn table(a: &AreasAssessment, shown: Shown) -> String {
    let with_rates = a.seen.people.is_some();
    let wide = width(shown) >= WIDE;
    let mut names = vec!["area", "", "killed", "low–high", "events"];
    if with_rates {
        names.extend(["rate", "95 %"]);
    }
    if with_rates && wide {
        names.extend(["people", "smoothed"]);
    }
    let right: Vec<bool> = (0..names.len()).map(|column| column > 1).collect();
    let row = |c: &Community| {
        let mut cells = vec![cut(&c.name), c.place.to_string()];
        match c.figures.first().and_then(|f| f.value.map(|value| (f, value))) {
            Some((f, value)) => {
                let doubt = if c.doubtful.events > 0 { "?" } else { "" };
                let range = f
                    .low
                    .zip(f.high)
                    .map(|(low, high)| format!("{}–{}", grouped(low), grouped(high)));
                let least = if f.coverage == Coverage::Incomplete { "≥" } else { "" };
                cells.push(format!("{least}{}{doubt}", grouped(value)));
                cells.push(range.unwrap_or_else(|| "–".to_string()));
                cells.push(grouped(c.tally.events as f64));
            }
            None => cells.extend(["–"; 3].map(str::to_string)),
        }
        cells.extend([of_rate(&c.rate), of_interval(&c.rate)]);
        cells.push(
            c.people
                .map_or_else(|| "–".to_string(), |people| grouped(three_digits(people))),
        );
        cells.push(of_rate(&c.smoothed));
        cells.truncate(names.len());
        cells
    };
    let rows: Vec<Vec<String>> = a.seen.areas.iter().take(SHOWN).map(row).collect();
    let mut legend = Vec::new();
    if a.seen.areas.iter().any(|c| c.doubtful.events > 0) {
        legend.push("?: some of these may lie in another area.");
    }
    let is_least = |c: &Community| c.figures.first().is_some_and(|f| f.coverage == Coverage::Incomplete);
    if a.seen.areas.iter().any(is_least) {
        legend.push("≥: deaths known to lie around, or in the country, may lie here too.");
    }
    if with_rates {
        legend.push("rate: per 100,000 person-years.");
    }
    let table = ruled(&names, &right, &rows, shown.width, shown.paint);
    format!(
        "{table}\n{}",
        shown.paint.dim(&fold(&legend.join(" "), width(shown), 0))
    )
}

fn of_rate(known: &Rate) -> String {
    known.rate.map_or_else(|| "–".to_string(), rate)
}

fn of_interval(known: &Rate) -> String {
    let ends = known.low.zip(known.high);
    ends.map_or_else(
        || "–".to_string(),
        |(low, high)| format!("{}–{}", rate(low), rate(high)),
    )
}

fn cut(name: &str) -> String {
    match name.chars().count() > WIDEST_NAME {
        true => name.chars().take(WIDEST_NAME - 1).chain(['…']).collect(),
        false => name.to_string(),
    }
}

/// The other measures that some area has, each with the areas where most people are.
fn others(a: &AreasAssessment, shown: Shown) -> String {
    const MOST: usize = 3;
    let mut text = String::new();
    for (id, title) in &a.seen.others {
        let mut known: Vec<(f64, &Community, &str)> = a
            .seen
            .areas
            .iter()
            .filter_map(|c| {
                let figure = c.figure(id)?;
                Some((figure.value?, c, figure.data_period.as_deref().unwrap_or_default()))
            })
            .collect();
        if known.is_empty() {
            continue;
        }
        known.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.place.cmp(&y.1.place)));
        let most = known
            .iter()
            .take(MOST)
            .map(|(v, c, period)| format!("{} {} ({period})", c.name, grouped(*v)));
        let line = format!(
            "{title} ({id}): known for {} of {} areas; most in {}.",
            known.len(),
            a.seen.areas.len(),
            most.collect::<Vec<_>>().join(", ")
        );
        if text.is_empty() {
            text.push_str(&section("Also known of these areas", shown.paint));
        }
        writeln!(text, "  • {}", fold(&line, width(shown) - 4, 0).replace('\n', "\n    ")).ok();
    }
    text
}

fn next(a: &AreasAssessment) -> Vec<(String, &'static str)> {
    let question = &a.seen.question;
    let country: &PlaceId = &question.country;
    // The same question again, so that what is shown next belongs to what is shown here.
    let mut asked = format!("--level {} --period {}", question.level, question.span);
    if question.source != EVENTS {
        write!(asked, " --events {}", question.source).ok();
    }
    if let Some(day) = a.as_of {
        write!(asked, " --as-of {day}").ok();
    }
    if a.reconstructed {
        asked.push_str(" --reconstruct");
    }
    let place = a.within.as_ref().unwrap_or(country);
    let command = |rest: &str| format!("lysoen assess {place} {asked} {rest}");
    let mut next = vec![
        (command("--unplaced"), "the events that are in no area, and why"),
        (command("--format csv"), "every figure, with P-codes"),
    ];
    if question.level != Level::Grid
        && let Some(first) = a.seen.areas.first()
    {
        let explain = format!("lysoen assess {} {asked} --explain killed", first.place);
        next.push((explain, "the rows behind a figure"));
    }
    next
}
