//! A class of policies on the screen.

use std::fmt::Write;

use lysoen_answers::impact::{CaseRow, ClassTold, EventRow, OutcomeOfClass};

use super::answer::{listed, sentences, verdict};
use super::words::{NONE, Scale, change, changes, figure, in_people, is_finding, maybe_p, people_cell};
use crate::console::fold;
use crate::output::number::decimal;
use crate::output::phrase::{foot, hints, section, width};
use crate::output::terminal::{Shown, ruled};

/// Tells a class.
pub fn class(told: &ClassTold, shown: Shown) -> String {
    let wide = width(shown);
    let mut text = format!("{}\n\n", shown.paint.heading(&told.title));
    writeln!(text, "{}", fold(&told.question, wide, 0)).ok();
    let primary = told.outcomes.iter().find(|outcome| outcome.primary);
    if let Some(primary) = primary {
        verdict(&primary.verdict, shown, &mut text);
    }
    writeln!(text, "\n{}", fold(&counted(told), wide, 0)).ok();
    for outcome in &told.outcomes {
        of_outcome(outcome, shown, &mut text);
    }
    cases(told, shown, &mut text);
    let fixed = [fixed(told)];
    sentences("Fixed before any effect was looked at", &fixed, shown, &mut text);
    sentences("What a reader must know", &told.caveats, shown, &mut text);
    sentences("Notes", &told.notes, shown, &mut text);
    text.push_str(&foot(&told.sources, shown));
    let next = [
        (
            format!("lysoen impact --class {} --report DIR", told.id),
            "a page with charts, to read and to print",
        ),
        (
            format!("lysoen impact --class {} --format csv", told.id),
            "a row a case",
        ),
    ];
    text.push_str(&hints(&next, shown));
    text
}

/// How many cases there are and how many of them could be answered.
pub(super) fn counted(told: &ClassTold) -> String {
    let answered = told.cases.iter().filter(|case| case.answered).count();
    format!(
        "{} cases; {answered} of them could be answered on the primary outcome and {} could not.",
        told.cases.len(),
        told.cases.len() - answered
    )
}

/// What was fixed beforehand.
pub(super) fn fixed(told: &ClassTold) -> String {
    let margin = told.margin.map_or_else(String::new, |margin| {
        format!(", d {} % of what would have been", decimal(margin * 100.0, 1))
    });
    format!(
        "{} years before and {} after{margin}. {}",
        told.before,
        told.after,
        told.rationale.trim()
    )
}

/// The outcomes in rows: title, pooled change, interval, τ, where a new case would lie, p, adjusted p, verdict.
pub(super) fn outcome_rows(told: &ClassTold) -> Vec<Vec<String>> {
    let row = |outcome: &OutcomeOfClass| {
        let pooled = outcome.pooled.as_ref();
        let of =
            |cell: &dyn Fn(&lysoen_answers::impact::PooledRow) -> String| pooled.map_or_else(|| NONE.to_string(), cell);
        let primary = if outcome.primary { " (primary)" } else { "" };
        vec![
            format!("{}{primary}", outcome.title),
            outcome.verdict.word.title().to_string(),
            of(&|pooled| change(pooled.effect)),
            of(&|pooled| changes(Some(pooled.low), Some(pooled.high))),
            of(&|pooled| changes(pooled.prediction_low, pooled.prediction_high)),
            of(&|pooled| figure(pooled.tau)),
            maybe_p(outcome.p),
            maybe_p(outcome.p_adjusted),
            of(&|pooled| format!("{} in {}", pooled.cases, pooled.clusters)),
        ]
    };
    told.outcomes.iter().map(row).collect()
}

/// The headings of [`outcome_rows`].
pub(super) const OUTCOME: [&str; 9] = [
    "outcome",
    "verdict",
    "pooled",
    "interval",
    "a new case",
    "τ",
    "p",
    "p adjusted",
    "cases in clusters",
];

/// The cases of an outcome pooled, in a sentence.
fn pooled(outcome: &OutcomeOfClass) -> Option<String> {
    let pooled = outcome.pooled.as_ref()?;
    let next = match (pooled.prediction_low, pooled.prediction_high) {
        (None, _) | (_, None) => String::new(),
        (low, high) => format!(
            "; a new case would lie between {}",
            changes(low, high).replace(" to ", " and ")
        ),
    };
    Some(format!(
        "Pooled by random effects over {} cases in {} clusters: {} ({}), τ {}{next}. p {} by re-assigned dates, {} for all \
         outcomes together.",
        pooled.cases,
        pooled.clusters,
        change(pooled.effect),
        changes(Some(pooled.low), Some(pooled.high)),
        figure(pooled.tau),
        maybe_p(outcome.p),
        maybe_p(outcome.p_adjusted)
    ))
}

/// An outcome: its verdict where it is not the primary one, people, clusters left out, event times.
fn of_outcome(outcome: &OutcomeOfClass, shown: Shown, text: &mut String) {
    let mut said = Vec::new();
    if !outcome.primary {
        said.push(outcome.verdict.sentence.clone());
        said.extend(outcome.verdict.reasons.iter().cloned());
    }
    said.extend(pooled(outcome));
    if let Some(people) = &outcome.people {
        let finding = if is_finding(outcome.verdict.word) {
            ""
        } else {
            ", which is no finding"
        };
        said.push(format!(
            "Over all answered cases{finding}: {}.",
            in_people(people, "people")
        ));
    }
    said.extend(left_out(outcome));
    sentences(&outcome.title, &said, shown, text);
    if outcome.events.is_empty() {
        return;
    }
    let rows = event_rows(outcome);
    let right = [true, true, false, true];
    writeln!(text, "\n{}", ruled(&EVENT, &right, &rows, shown.width, shown.paint)).ok();
}

/// The headings of [`event_rows`].
pub(super) const EVENT: [&str; 4] = ["years from adoption", "change, %", "interval", "cases"];

/// The effect by event time in rows.
pub(super) fn event_rows(outcome: &OutcomeOfClass) -> Vec<Vec<String>> {
    let ends = outcome
        .events
        .iter()
        .flat_map(|event| [event.low, event.high])
        .flatten();
    let known: Vec<f64> = outcome.events.iter().map(|event| event.effect).chain(ends).collect();
    let scale = Scale::of(&known);
    let row = |event: &EventRow| {
        let ends = event.low.zip(event.high);
        vec![
            event.relative.to_string(),
            scale.told(event.effect),
            ends.map_or_else(|| NONE.to_string(), |(low, high)| scale.span(low, high)),
            event.cases.to_string(),
        ]
    };
    outcome.events.iter().map(row).collect()
}

/// Between what the pooled effect lies without each cluster in turn.
pub(super) fn left_out(outcome: &OutcomeOfClass) -> Option<String> {
    let by = |a: &&lysoen_answers::impact::LeftOutRow, b: &&lysoen_answers::impact::LeftOutRow| {
        a.effect.total_cmp(&b.effect)
    };
    let low = outcome.left_out.iter().min_by(by)?;
    let high = outcome.left_out.iter().max_by(by)?;
    Some(format!(
        "Without each cluster in turn the pooled change lies between {} (without {}) and {} (without {}).",
        change(low.effect),
        low.cluster,
        change(high.effect),
        high.cluster
    ))
}

/// The headings of [`case_rows`].
pub(super) const CASE: [&str; 5] = ["case", "date", "change", "interval", "people"];

/// The answered cases in rows.
pub(super) fn case_rows(told: &ClassTold) -> Vec<Vec<String>> {
    let row = |case: &CaseRow| {
        vec![
            case.place.name.clone(),
            case.date.to_string(),
            case.effect.map_or_else(|| NONE.to_string(), change),
            changes(case.low, case.high),
            people_cell(case.people.as_ref()),
        ]
    };
    told.cases.iter().filter(|case| case.answered).map(row).collect()
}

/// The cases that could not be answered, by the reason.
pub(super) fn unanswered(told: &ClassTold) -> Vec<(&str, Vec<String>)> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for case in told.cases.iter().filter(|case| !case.answered) {
        let why = case.why_not.as_deref().unwrap_or("no reason is given");
        let named = format!("{} {}", case.place.name, case.date.year());
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, cases)) => cases.push(named),
            None => reasons.push((why, vec![named])),
        }
    }
    reasons
}

fn cases(told: &ClassTold, shown: Shown, text: &mut String) {
    let rows = case_rows(told);
    if !rows.is_empty() {
        text.push_str(&section("The cases on the primary outcome", shown.paint));
        let right = [false, false, true, false, true];
        writeln!(text, "{}", ruled(&CASE, &right, &rows, shown.width, shown.paint)).ok();
    }
    let told: Vec<String> = unanswered(told)
        .iter()
        .map(|(why, cases)| {
            let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
            format!("{}: {}.", why.trim_end_matches('.'), listed(&cases))
        })
        .collect();
    sentences("Cases that could not be answered", &told, shown, text);
}
