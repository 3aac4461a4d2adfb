//! The agenda for a person: the ten elements, an instrument, a party, what is due.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use lysoen_answers::agenda::{
    AgendaState, Asked, BOUNDS, BasisRow, DueRow, FindingRow, InstrumentBrief, InstrumentPage, Line, StandingRow,
    is_open, status,
};
use lysoen_answers::{AnswerError, SourceNote};
use lysoen_ladder::log::Indicators as Log;

use super::phrase::{foot, hanging, hints, section, width};
use super::terminal::{Shown, ruled};
use crate::console::fold;

/// Rows of one list that are shown before it is said how many there are more.
const ROWS: usize = 40;
const FINDINGS: usize = 10;
/// Names of who joined early, or has not joined, that are told.
const EARLY: usize = 12;

/// The ten elements.
pub fn overview(state: &AgendaState, on: Date, shown: Shown) -> Result<String, AnswerError> {
    let mut text = title("The agenda of 1999: ten elements", on, shown);
    let mut sources = Vec::new();
    for element in state.catalog.elements() {
        text.push_str(&section(&format!("{}  {}", element.number, element.title), shown.paint));
        let briefs: Vec<InstrumentBrief> = state
            .catalog
            .of_element(element.number)
            .into_iter()
            .map(|i| state.brief(i, on))
            .collect();
        sources.extend(briefs.iter().filter_map(|brief| brief.source.clone()));
        writeln!(text, "{}", instruments(&briefs, shown)).ok();
    }
    caution(BOUNDS, shown, &mut text);
    findings(&state.findings(None, None), shown, &mut text);
    text.push_str(&foot(&state.sources(sources.iter().map(String::as_str)), shown));
    let next = [
        (
            "lysoen agenda --element 1".to_string(),
            "an element: norms, practice, progress",
        ),
        (
            "lysoen agenda --instrument apmbc".to_string(),
            "who is bound, who is not, what is due",
        ),
        (
            "lysoen agenda --party NOR".to_string(),
            "what a state is bound by and owes",
        ),
        ("lysoen agenda --due 12m".to_string(), "what falls due within a year"),
    ];
    text.push_str(&hints(&next, shown));
    Ok(text)
}

/// What an element is told with: the world's line of a measure, and how many warnings were answered.
pub type Beside<'a> = (&'a dyn Fn(&str) -> Option<Line>, Option<&'a Log>);

/// An element: what it asks, its two prongs, its progress.
pub fn element(
    state: &AgendaState,
    number: u8,
    on: Date,
    (worlds, log): Beside<'_>,
    shown: Shown,
) -> Result<String, AnswerError> {
    let page = state.element_page(number, on, worlds, log)?;
    let wide = width(shown);
    let mut text = title(&format!("Element {number}: {}", page.element.title), on, shown);
    writeln!(text, "{}", fold(&page.element.asks, wide, 0)).ok();
    text.push_str(&section("Norms", shown.paint));
    writeln!(text, "{}\n", fold(&page.element.norms, wide, 0)).ok();
    writeln!(text, "{}", instruments(&page.instruments, shown)).ok();
    text.push_str(&section("Practice", shown.paint));
    for practice in &page.element.practice {
        writeln!(
            text,
            "{}",
            fold(&format!("{}: {}", practice.title, practice.told), wide, 2)
        )
        .ok();
    }
    for programme in &page.programmes {
        let place = programme.name.as_deref().unwrap_or("everywhere");
        writeln!(
            text,
            "{}",
            fold(
                &format!(
                    "{place}: {} ({}, {})",
                    programme.what, programme.source, programme.as_of
                ),
                wide,
                2
            )
        )
        .ok();
    }
    text.push_str(&section("Progress", shown.paint));
    for indicator in &page.indicators {
        for line in indicator.sentences() {
            writeln!(text, "{}", fold(&line, wide, 2)).ok();
        }
    }
    caution(BOUNDS, shown, &mut text);
    text.push_str(&foot(&page.sources, shown));
    Ok(text)
}

/// An instrument: its rules, who stands how, who is late, what is next.
pub fn instrument(state: &AgendaState, id: &str, on: Date, full: bool, shown: Shown) -> Result<String, AnswerError> {
    let instrument = state.instrument(id)?;
    let page = state.instrument_page(instrument, on);
    let wide = width(shown);
    let mut text = title(&format!("{} ({})", instrument.short, instrument.id), on, shown);
    writeln!(text, "{}", fold(&instrument.title, wide, 0)).ok();
    let entry = page.brief.entered_into_force.map_or_else(
        || "not in force by what is known".to_string(),
        |day| format!("in force since {day}"),
    );
    writeln!(text, "Adopted {}, {entry}.", instrument.adopted).ok();
    if let Some(counts) = &page.brief.counts {
        let known = counts.known_to.map_or_else(String::new, |day| {
            format!(", by a complete list as of {day} and single rows after it")
        });
        let said = format!(
            "{} have consented, for {} of them it is in force{known}; {} have signed only, {} have left, {} have given notice. \
             {} of the consents rest on rows that were not read off the depositary's list.",
            counts.deposited, counts.in_force, counts.signed_only, counts.withdrawn, counts.notified, counts.unverified
        );
        writeln!(text, "{}", fold(&said, wide, 0)).ok();
    }
    text.push_str(&section("Rules", shown.paint));
    for rule in &page.rules {
        let article = if rule.article.is_empty() {
            String::new()
        } else {
            format!(" (Art. {})", rule.article)
        };
        writeln!(text, "{}", fold(&format!("{}{article}", rule.told), wide, 2)).ok();
    }
    by_standing(&page.parties, full, shown, &mut text);
    joined(&page, shown, &mut text);
    if let Some(note) = &page.register_note {
        caution(note, shown, &mut text);
    }
    if !page.late.is_empty() {
        text.push_str(&section("Late and overdue, by a register", shown.paint));
        writeln!(text, "{}", dues(&page.late, true, shown)).ok();
    }
    let ahead: Vec<DueRow> = page
        .calendar
        .iter()
        .filter(|row| row.due.is_some_and(|due| due >= on))
        .cloned()
        .collect();
    if !ahead.is_empty() {
        text.push_str(&section("Next", shown.paint));
        writeln!(text, "{}", dues_or_days(&ahead, true, shown)).ok();
    }
    findings(&page.findings, shown, &mut text);
    text.push_str(&foot(&page.sources, shown));
    Ok(text)
}

/// A party: what it is bound by, what it owes.
pub fn party(
    state: &AgendaState,
    participant: &str,
    asked: &Asked,
    on: Date,
    full: bool,
    shown: Shown,
) -> Result<String, AnswerError> {
    let page = state.party_page(participant, asked, on)?;
    let mut text = title(&format!("{}: what it has bound itself to", page.name), on, shown);
    let rows: Vec<Vec<String>> = page
        .instruments
        .iter()
        .map(|(brief, standing)| {
            vec![
                brief.short.clone(),
                standing.told.clone(),
                mark(standing).to_string(),
                known(standing),
            ]
        })
        .collect();
    writeln!(
        text,
        "{}",
        ruled(
            &["instrument", "standing", "", "as of"],
            &[false; 4],
            &rows,
            shown.width,
            shown.paint
        )
    )
    .ok();
    if full {
        text.push_str(&section("On what it rests", shown.paint));
        for (brief, standing) in &page.instruments {
            rests(&brief.short, &standing.basis, &standing.notes, shown, &mut text);
        }
    }
    if !page.due.is_empty() {
        text.push_str(&section("What it owes: the last and the next", shown.paint));
        writeln!(text, "{}", dues(&page.due, false, shown)).ok();
        if full {
            for due in &page.due {
                rests(
                    &format!("{} {}", due.duty, day(due.due)),
                    &due.basis,
                    &due.notes,
                    shown,
                    &mut text,
                );
            }
        }
    }
    caution(BOUNDS, shown, &mut text);
    findings(&page.findings, shown, &mut text);
    text.push_str(&foot(&page.sources, shown));
    let next = [(
        format!("lysoen agenda --party {participant} --full"),
        "with action, article and source",
    )];
    text.push_str(&hints(&next, shown));
    Ok(text)
}

/// What falls due in a stretch of days.
pub fn due(
    state: &AgendaState,
    asked: &Asked,
    window: &RangeInclusive<Date>,
    on: Date,
    full: bool,
    shown: Shown,
) -> Result<String, AnswerError> {
    let rows: Vec<DueRow> = state.due(asked, window, on)?.into_iter().filter(is_open).collect();
    let mut text = title(&format!("Due from {} to {}", window.start(), window.end()), on, shown);
    let single = asked.participant.is_some();
    if rows.is_empty() {
        writeln!(text, "Nothing is known to fall due.").ok();
    } else {
        writeln!(text, "{}", dues_or_days(&rows, !single, shown)).ok();
    }
    if full {
        for row in rows.iter().take(ROWS) {
            rests(
                &format!("{}, {} {}", row.name, row.duty, day(row.due)),
                &row.basis,
                &row.notes,
                shown,
                &mut text,
            );
        }
    }
    let meetings = state.meetings(asked, window)?;
    if !meetings.is_empty() {
        text.push_str(&section("Meetings", shown.paint));
        for meeting in &meetings {
            let when = meeting.date.map_or_else(
                || meeting.year.map(|y| y.to_string()).unwrap_or_default(),
                |d| d.to_string(),
            );
            writeln!(
                text,
                "{}",
                fold(
                    &format!("{when}  {}: {}", meeting.short, meeting.title),
                    width(shown),
                    12
                )
            )
            .ok();
        }
    }
    let named: Vec<&str> = rows.iter().filter_map(|row| row.source.as_deref()).collect();
    let sources: Vec<SourceNote> = state.sources(named);
    caution(BOUNDS, shown, &mut text);
    text.push_str(&foot(&sources, shown));
    Ok(text)
}

fn title(what: &str, on: Date, shown: Shown) -> String {
    format!("{}\n\n", shown.paint.heading(&format!("{what}, as of {on}")))
}

fn caution(said: &str, shown: Shown, text: &mut String) {
    writeln!(text, "\n{}", shown.paint.dim(&fold(said, width(shown), 0))).ok();
}

fn instruments(briefs: &[InstrumentBrief], shown: Shown) -> String {
    let row = |brief: &InstrumentBrief| {
        let count = |number: usize| number.to_string();
        let counts = brief.counts.as_ref();
        let nothing = if brief.kind == "political" { "asks" } else { "no list" };
        vec![
            format!("{} ({})", brief.short, brief.id),
            counts.map_or_else(|| "–".to_string(), |c| count(c.in_force)),
            counts.map_or_else(|| "–".to_string(), |c| count(c.deposited)),
            counts.map_or_else(|| "–".to_string(), |c| count(c.signed_only)),
            counts.map_or_else(|| nothing.to_string(), |c| day(c.known_to)),
        ]
    };
    let rows: Vec<Vec<String>> = briefs.iter().map(row).collect();
    let names = ["instrument", "in force", "consented", "signed only", "as of"];
    ruled(
        &names,
        &[false, true, true, true, false],
        &rows,
        shown.width,
        shown.paint,
    )
}

/// Who stands how; of the bound only the number, unless all is asked for.
fn by_standing(parties: &[StandingRow], full: bool, shown: Shown, text: &mut String) {
    let mut groups: BTreeMap<&str, Vec<&StandingRow>> = BTreeMap::new();
    for party in parties {
        groups.entry(party.standing).or_default().push(party);
    }
    text.push_str(&section("Who stands how", shown.paint));
    for (word, group) in groups {
        let names: Vec<String> = group.iter().map(|row| format!("{}{}", row.name, mark(row))).collect();
        let listed = if !full && group.len() > ROWS && matches!(word, "bound" | "asked" | "unknown") {
            String::new()
        } else {
            format!(": {}", names.join(", "))
        };
        let line = format!("{} {}{listed}", group.len(), word.replace('-', " "));
        writeln!(text, "{}", hanging(&line, width(shown), 4, 0)).ok();
    }
    if parties.iter().any(|row| !row.verified && row.since.is_some()) {
        writeln!(text, "{}", shown.paint.dim("* not read off the depositary's own list")).ok();
    }
}

fn dues(rows: &[DueRow], with_party: bool, shown: Shown) -> String {
    let row = |row: &DueRow| {
        let covers = row
            .covers
            .as_ref()
            .map_or_else(String::new, |covers| format!(" for {covers}"));
        let mut cells = vec![day(row.due)];
        cells.extend(with_party.then(|| row.name.clone()));
        cells.extend([format!("{}{covers} ({})", row.title, row.duty), row.told.clone()]);
        cells
    };
    let all: Vec<Vec<String>> = rows.iter().take(ROWS).map(row).collect();
    let names: &[&str] = if with_party {
        &["due", "party", "what", "status"]
    } else {
        &["due", "what", "status"]
    };
    let mut text = ruled(names, &[false; 4], &all, shown.width, shown.paint);
    let more = rows.len().saturating_sub(ROWS);
    if more > 0 {
        write!(text, "\n… and {more} more; --format csv gives all").ok();
    }
    text
}

/// How long it took, who joined early, and who of a region has not joined.
fn joined(page: &InstrumentPage, shown: Shown, text: &mut String) {
    let mut said = Vec::new();
    if let Some(took) = &page.time_to_entry
        && let (Some(days), Some(median)) = (took.days, took.median_days_from_adoption_to_consent)
    {
        said.push(format!(
            "From adoption to entry into force: {days} days. Half of {} dated consents came within {median} days.",
            took.dated
        ));
    }
    let early: Vec<String> = page
        .alike
        .iter()
        .take(EARLY)
        .map(|one| format!("{} ({})", one.name, one.early_in.len()))
        .collect();
    if !early.is_empty() {
        said.push(format!(
            "Early here, and in how many instruments of its elements: {}.",
            early.join(", ")
        ));
    }
    said.extend(page.regions.iter().map(|region| {
        let others: Vec<&str> = region.not_joined.iter().map(|one| one.name.as_str()).collect();
        let others = match others.len() {
            0 => String::new(),
            n if n <= EARLY => format!("; not {}", others.join(", ")),
            n => format!("; {n} not"),
        };
        format!(
            "{}: {} of {} bound{others}.",
            region.title, region.bound, region.members
        )
    }));
    if said.is_empty() {
        return;
    }
    let list = page.brief.counts.as_ref().and_then(|counts| counts.known_to);
    let until = list.map_or_else(String::new, |day| format!(", by a list as of {day}"));
    text.push_str(&section(&format!("Who joined{until}"), shown.paint));
    for line in said {
        writeln!(text, "{}", fold(&line, width(shown), 2)).ok();
    }
}

/// Row by row; of many parties day by day.
fn dues_or_days(rows: &[DueRow], with_party: bool, shown: Shown) -> String {
    match with_party && rows.len() > ROWS {
        true => by_day(rows, shown),
        false => dues(rows, with_party, shown),
    }
}

/// What is due on each day, with the number of parties.
fn by_day(rows: &[DueRow], shown: Shown) -> String {
    let mut days: BTreeMap<(Option<Date>, &str), Vec<&DueRow>> = BTreeMap::new();
    for row in rows {
        days.entry((row.due, &row.duty)).or_default().push(row);
    }
    let line = |((due, duty), group): (&(Option<Date>, &str), &Vec<&DueRow>)| {
        let who = match group.as_slice() {
            [] => String::new(),
            [one] => one.name.clone(),
            [one, two] => format!("{}, {}", one.name, two.name),
            many => format!("{} parties", many.len()),
        };
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for row in group {
            *words.entry(status(row)).or_default() += 1;
        }
        let words: Vec<String> = words
            .iter()
            .map(|(word, n)| {
                if words.len() == 1 {
                    word.clone()
                } else {
                    format!("{n} {word}")
                }
            })
            .collect();
        let what = group.first().map_or("", |row| row.title.as_str());
        vec![day(*due), format!("{what} ({duty})"), who, words.join(", ")]
    };
    let all: Vec<Vec<String>> = days.iter().map(line).collect();
    ruled(
        &["due", "what", "who", "status"],
        &[false; 4],
        &all,
        shown.width,
        shown.paint,
    )
}

fn rests(what: &str, basis: &[BasisRow], notes: &[String], shown: Shown, text: &mut String) {
    if basis.is_empty() && notes.is_empty() {
        return;
    }
    writeln!(text, "{}", shown.paint.bold(what)).ok();
    for one in basis {
        let article = one
            .article
            .as_ref()
            .map_or_else(String::new, |article| format!(", Art. {article}"));
        let source = one
            .source
            .as_ref()
            .map_or_else(String::new, |source| format!(" [{source}, {}]", day(one.as_of)));
        let unverified = if one.verified == Some(false) {
            ", unverified"
        } else {
            ""
        };
        let date = one.date.map_or_else(String::new, |date| format!(" {date}"));
        writeln!(
            text,
            "{}",
            fold(
                &format!("  {}{date}{article}{source}{unverified}", one.act),
                width(shown),
                4
            )
        )
        .ok();
    }
    for note in notes {
        writeln!(text, "{}", fold(&format!("  {note}"), width(shown), 4)).ok();
    }
}

fn findings(found: &[FindingRow], shown: Shown, text: &mut String) {
    if found.is_empty() {
        return;
    }
    text.push_str(&section("Not understood, and not guessed", shown.paint));
    for one in found.iter().take(FINDINGS) {
        let source = one
            .source
            .as_ref()
            .map_or_else(String::new, |source| format!(" [{source}]"));
        let about = format!("{} {}: {}{source}", one.instrument, one.participant, one.message);
        writeln!(text, "{}", fold(&about, width(shown), 2)).ok();
    }
    let more = found.len().saturating_sub(FINDINGS);
    if more > 0 {
        writeln!(text, "… and {more} more").ok();
    }
}

fn mark(standing: &StandingRow) -> &'static str {
    if standing.since.is_some() && !standing.verified {
        "*"
    } else {
        ""
    }
}

fn known(standing: &StandingRow) -> String {
    day(standing.known_to)
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(|| "–".to_string(), |day| day.to_string())
}
