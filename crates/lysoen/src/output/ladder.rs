//! The ladder for a person: what stands, the rungs of a country, the log as a timeline.

use std::fmt::Write;

use lysoen_answers::Observatory;
use lysoen_answers::ladder::{ADVICE, Fact, LadderState, PlaceLadder, Warned, kind, percent};
use lysoen_ladder::Tier;
use lysoen_ladder::log::{Chain, Record, RecordKind};
use lysoen_ladder::rules::{Rung, Status};

use super::phrase::{foot, hanging, hints, section, width};
use super::terminal::{Shown, ruled};
use crate::console::fold;

/// Rows of not assessed triggers that are shown.
const UNKNOWN: usize = 12;

/// What stands everywhere.
pub fn warnings(state: &LadderState, shown: Shown) -> String {
    let mut text = String::new();
    let wide = width(shown);
    let title = format!("Warnings and observed breaches as of {}", state.as_of);
    writeln!(text, "{}\n", shown.paint.heading(&title)).ok();
    if let Some(label) = &state.label {
        writeln!(text, "{}\n", shown.paint.caution(&fold(label, wide, 0))).ok();
    }
    for forecast in [true, false] {
        let list: Vec<&Warned> = state
            .standing
            .iter()
            .filter(|warned| warned.forecast == forecast)
            .collect();
        let heading = if forecast {
            "Warnings: a forecast past a trigger"
        } else {
            "Observed breaches: figures past a trigger"
        };
        text.push_str(&section(heading, shown.paint));
        if list.is_empty() {
            writeln!(text, "None stands.").ok();
            continue;
        }
        let row = |warned: &&Warned| {
            vec![
                warned.name.clone(),
                warned.title.clone(),
                warned.chance.map(percent).unwrap_or_default(),
                warned.window.to.to_string(),
            ]
        };
        let rows: Vec<Vec<String>> = list.iter().map(row).collect();
        let names = ["place", "trigger", "chance", "until"];
        writeln!(
            text,
            "{}",
            ruled(&names, &[false, false, true, false], &rows, shown.width, shown.paint)
        )
        .ok();
    }
    if !state.not_assessed.is_empty() {
        text.push_str(&section("Not assessed", shown.paint));
        for one in state.not_assessed.iter().take(UNKNOWN) {
            let example = one
                .places
                .first()
                .and_then(|place| state.names.get(place))
                .cloned()
                .unwrap_or_default();
            let places = match one.places.len() {
                1 => example,
                n => format!("{n} places, such as {example}"),
            };
            writeln!(
                text,
                "{}",
                fold(&format!("{} in {places}: {}", one.trigger, one.why), wide, 2)
            )
            .ok();
        }
        let more = state.not_assessed.len().saturating_sub(UNKNOWN);
        if more > 0 {
            writeln!(text, "… and {more} more").ok();
        }
    }
    text.push_str(&advice(shown));
    text.push_str(&foot(&state.sources(), shown));
    let next = [
        (
            "lysoen ladder PLACE".to_string(),
            "what can still be done there, by whom, and in time",
        ),
        (
            "lysoen ladder calibrate TRIGGER".to_string(),
            "what a trigger would have done in the past",
        ),
    ];
    text.push_str(&hints(&next, shown));
    text
}

/// The ladder of a country.
pub fn place(state: &LadderState, ladder: &PlaceLadder, chain: &Chain, full: bool, shown: Shown) -> String {
    let mut text = String::new();
    let wide = width(shown);
    let title = format!("{}: the ladder of options as of {}", ladder.name, state.as_of);
    writeln!(text, "{}\n", shown.paint.heading(&title)).ok();
    if let Some(label) = &state.label {
        writeln!(text, "{}\n", shown.paint.caution(&fold(label, wide, 0))).ok();
    }
    facts("What is known", &ladder.situation, shown, &mut text);
    facts("What is forecast", &ladder.forecast, shown, &mut text);
    text.push_str(&section("What stands", shown.paint));
    for warned in &ladder.warnings {
        let line = format!(
            "{} ({}): {}",
            warned.title,
            kind(warned).replace('-', " "),
            warned.reasons.join(" ")
        );
        writeln!(text, "{}", fold(&line, wide, 2)).ok();
    }
    if ladder.warnings.is_empty() {
        writeln!(text, "No trigger stands.").ok();
    }
    let window = format!(
        "Window: {} to {}. {}.",
        ladder.window.from,
        ladder.window.to,
        ladder.window.told.trim_end_matches('.')
    );
    writeln!(text, "{}", fold(&window, wide, 2)).ok();
    writeln!(text, "{}", fold(&format!("Phase: {}.", ladder.phase_told), wide, 2)).ok();
    for (framework, standing) in &ladder.frameworks {
        writeln!(
            text,
            "{}",
            fold(&format!("Framework {}: {}.", framework.title, standing.told()), wide, 2)
        )
        .ok();
    }
    for tier in [Tier::Hard, Tier::Medium, Tier::Soft] {
        let rungs: Vec<&Rung> = ladder.rungs.iter().filter(|rung| rung.option.tier == tier).collect();
        if rungs.is_empty() {
            continue;
        }
        text.push_str(&section(heading(tier), shown.paint));
        match full {
            true => rungs.iter().for_each(|rung| in_full(rung, shown, &mut text)),
            false => brief(&rungs, shown, &mut text),
        }
    }
    if let Some(head) = chain.head() {
        writeln!(
            text,
            "\n{}",
            shown.paint.dim(&fold(&format!("Head of the log: {head}"), wide, 2))
        )
        .ok();
    }
    text.push_str(&advice(shown));
    text.push_str(&foot(&ladder.sources, shown));
    let next = [
        (
            format!("lysoen ladder {} --full", ladder.place),
            "reasons, actors, legal basis, checks",
        ),
        (
            format!("lysoen ladder log {}", ladder.place),
            "who warned, proposed, decided and acted",
        ),
    ];
    text.push_str(&hints(&next, shown));
    text
}

fn heading(tier: Tier) -> &'static str {
    match tier {
        Tier::Hard => "Hard: collective authority, human decision, legal review",
        Tier::Medium => "Medium",
        Tier::Soft => "Soft",
    }
}

fn facts(title: &str, facts: &[Fact], shown: Shown, text: &mut String) {
    if facts.is_empty() {
        return;
    }
    text.push_str(&section(title, shown.paint));
    for fact in facts {
        let line = format!("{} [{}]", fact.said, fact.sources.join(", "));
        writeln!(text, "{}", fold(&line, width(shown), 2)).ok();
    }
}

fn brief(rungs: &[&Rung], shown: Shown, text: &mut String) {
    let row = |rung: &&Rung| {
        vec![
            rung.option.id.clone(),
            rung.option.title.clone(),
            rung.status_told.clone(),
            rung.timing.told().to_string(),
            rung.option.lead_time.told.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = rungs.iter().map(row).collect();
    let names = ["id", "option", "status", "timing", "lead"];
    writeln!(text, "{}", ruled(&names, &[false; 5], &rows, shown.width, shown.paint)).ok();
}

/// One option with all that is told of it. A reference that nobody has checked is said to be unchecked.
fn in_full(rung: &Rung, shown: Shown, text: &mut String) {
    let wide = width(shown);
    let option = &rung.option;
    let status = match rung.status {
        Status::Open => shown.paint.bold(&rung.status_told),
        _ => rung.status_told.clone(),
    };
    writeln!(
        text,
        "\n{} {}: {status}",
        shown.paint.bold(&option.id),
        shown.paint.bold(&option.title)
    )
    .ok();
    let mut line = |what: &str, said: &str| {
        if !said.is_empty() {
            writeln!(text, "{}", hanging(&format!("  {what}: {said}"), wide, 4, 0)).ok();
        }
    };
    line("What", &option.description);
    line("Who", &option.actors.join(", "));
    line("Why", &rung.reasons.join(" "));
    line("Timing", &rung.timing_told);
    line("Waiting", &rung.waiting.told);
    let below: Vec<&str> = rung.below.iter().map(|below| below.id.as_str()).collect();
    line("Rungs below not yet tried", &below.join(" "));
    let legal = option.legal_basis.iter().map(|basis| match basis.checked {
        Some(_) => basis.text.clone(),
        None => format!("{} (not checked)", basis.text),
    });
    line("Legal basis", &legal.collect::<Vec<_>>().join("; "));
    let harm = rung.harm.iter().map(|harm| match harm.failed {
        Some(true) => format!("{} FAILED", harm.text),
        Some(false) => format!("{} passed", harm.text),
        None => harm.text.clone(),
    });
    line("Harm checks", &harm.collect::<Vec<_>>().join(" "));
    line("Prerequisites", &option.prerequisites.join("; "));
    if rung.fits_phase == Some(false) {
        line(
            "Phase",
            "meant for another phase than the one that is recorded; that closes nothing",
        );
    }
}

/// The log as a timeline.
pub fn log(observatory: &Observatory, chain: &Chain, of: &dyn Fn(&Record) -> bool, shown: Shown) -> String {
    let mut text = String::new();
    writeln!(
        text,
        "{}\n",
        shown.paint.heading("Who warned, proposed, decided and acted")
    )
    .ok();
    let records: Vec<&Record> = chain.records().iter().filter(|record| of(record)).collect();
    if records.is_empty() {
        writeln!(
            text,
            "Nothing is recorded. `lysoen ladder warn` records a warning that stands."
        )
        .ok();
    }
    for record in records {
        let state = chain
            .state(record.number, observatory.today)
            .map(|state| format!(" [{state}]"))
            .unwrap_or_default();
        writeln!(
            text,
            "{}",
            hanging(&format!("{}{state}", recorded(observatory, record)), width(shown), 6, 0)
        )
        .ok();
    }
    if let Some(head) = chain.head() {
        writeln!(text, "\n{}", fold(&format!("Head of the log: {head}"), width(shown), 2)).ok();
    }
    text
}

/// A record in a line.
pub fn recorded(observatory: &Observatory, record: &Record) -> String {
    let what = match record.kind {
        RecordKind::Warn => format!("warns of {}", record.trigger.as_deref().unwrap_or("a threat")),
        RecordKind::Propose => format!("proposes {}", record.option.as_deref().unwrap_or("an option")),
        RecordKind::Decide => format!("decides {}", record.option.as_deref().unwrap_or("on the warning")),
        RecordKind::Act => format!("acts on {}", record.option.as_deref().unwrap_or("an option")),
    };
    let answer = record.answer.map(|answer| format!(", {answer}")).unwrap_or_default();
    let to = record
        .answers
        .map(|number| format!(" (answers {number})"))
        .unwrap_or_default();
    let expires = record
        .expires
        .map(|day| format!(" It can be answered until {day}."))
        .unwrap_or_default();
    let outcome = record
        .outcome
        .as_ref()
        .map(|outcome| format!(" Outcome: {outcome}"))
        .unwrap_or_default();
    format!(
        "{}  {}  {}, {}: {what}{answer} in {}{to}. {}{outcome}{expires}",
        record.number,
        record.day(),
        record.by,
        record.organisation,
        observatory.name(&record.place),
        record.reason
    )
}

fn advice(shown: Shown) -> String {
    format!("\n{}\n", shown.paint.dim(&fold(ADVICE, width(shown), 0)))
}
