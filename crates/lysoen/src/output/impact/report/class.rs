//! The page of a class.

use lysoen_answers::impact::{CaseRow, ClassTold, EventRow, OutcomeOfClass};
use lysoen_impact::Rules;
use lysoen_impact::picture::{Case, Effect, EventPoint, Measure, Words, event_study, forest};

use super::super::class::{
    CASE, EVENT, OUTCOME, case_rows, counted, event_rows, fixed, left_out, outcome_rows, unanswered,
};
use super::super::words::{change, in_people, is_finding};
use super::{caption, foot, of_rules, opened, sentences, verdict};
use crate::output::folder::Chart;
use crate::output::html::{heading, heads, list, paragraph, show, table};

/// The page.
pub(super) fn page(told: &ClassTold, rules: &Rules, charts: &[Chart]) -> String {
    let mut page = opened(&told.title, &told.question);
    if let Some(primary) = told.outcomes.iter().find(|outcome| outcome.primary) {
        verdict(&mut page, &primary.verdict);
    }
    paragraph(&mut page, &counted(told));
    heading(&mut page, "outcomes", "The outcomes");
    page.push_str(&sentences(
        "Changes pooled by random effects; τ is the standard deviation of true effects between clusters, on logarithms",
        &heads(OUTCOME),
        outcome_rows(told),
    ));
    for outcome in &told.outcomes {
        of_outcome(&mut page, outcome, charts);
    }
    heading(&mut page, "cases", "The cases on the primary outcome");
    show(&mut page, charts, "forest");
    page.push_str(&table("Answered", &heads(CASE), case_rows(told)));
    let rows: Vec<Vec<String>> = unanswered(told)
        .into_iter()
        .map(|(why, cases)| vec![why.to_string(), cases.join(", ")])
        .collect();
    if !rows.is_empty() {
        page.push_str(&sentences("Could not be answered", &heads(["why", "cases"]), rows));
    }
    heading(&mut page, "fixed", "Fixed before any effect was looked at");
    paragraph(&mut page, &fixed(told));
    heading(&mut page, "caveats", "What a reader must know");
    list(&mut page, told.caveats.iter().chain(&told.notes));
    of_rules(&mut page, rules);
    foot(&mut page, &told.sources);
    page
}

fn of_outcome(page: &mut String, outcome: &OutcomeOfClass, charts: &[Chart]) {
    heading(page, &format!("outcome-{}", outcome.measure), &outcome.title);
    let mut said = Vec::new();
    if !outcome.primary {
        said.push(outcome.verdict.sentence.clone());
        said.extend(outcome.verdict.reasons.iter().cloned());
    }
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
    list(page, said);
    show(page, charts, &format!("events_{}.", outcome.measure));
    if !outcome.events.is_empty() {
        let caption = format!(
            "{}: the effect by time from adoption, of the same cases at each",
            outcome.title
        );
        page.push_str(&table(&caption, &heads(EVENT), event_rows(outcome)));
    }
    if !outcome.left_out.is_empty() {
        let rows = outcome
            .left_out
            .iter()
            .map(|one| vec![one.cluster.clone(), change(one.effect)]);
        let caption = format!("{}: pooled without each cluster", outcome.title);
        page.push_str(&table(&caption, &heads(["without", "pooled change"]), rows));
    }
}

/// The charts: the cases of the primary outcome, and each outcome by event time.
pub(super) fn charts(told: &ClassTold) -> Vec<Chart> {
    let caption = caption(&told.sources);
    let words = |title: &str, outcome: &str, draw: &dyn Fn(Words<'_>) -> String| {
        draw(Words {
            title,
            caption: &caption,
            outcome,
        })
    };
    let mut charts = Vec::new();
    let primary = told.outcomes.iter().find(|outcome| outcome.primary);
    if let Some(primary) = primary.filter(|_| told.cases.iter().any(|case| case.answered)) {
        let title = format!("{}: the cases", told.title);
        let outcome = format!("{}, change against what would have been", primary.title);
        let svg = words(&title, &outcome, &|words| forest_of(told, primary, words));
        charts.push(Chart {
            file: "forest.svg".to_string(),
            svg,
        });
    }
    for outcome in told.outcomes.iter().filter(|outcome| !outcome.events.is_empty()) {
        let title = format!("{}: by time from adoption", outcome.title);
        let unit = format!("{}, change in per cent", outcome.title);
        let point = |event: &EventRow| EventPoint {
            time: event.relative,
            effect: event.effect,
            low: event.low,
            high: event.high,
            cases: event.cases,
        };
        let points: Vec<EventPoint> = outcome.events.iter().map(point).collect();
        charts.push(Chart {
            file: format!("events_{}.svg", outcome.measure),
            svg: words(&title, &unit, &|words| event_study(&points, words)),
        });
    }
    charts
}

fn forest_of(told: &ClassTold, primary: &OutcomeOfClass, words: Words<'_>) -> String {
    let answered: Vec<&CaseRow> = told.cases.iter().filter(|case| case.answered).collect();
    let names: Vec<String> = answered
        .iter()
        .map(|case| format!("{} {}", case.place.name, case.date.year()))
        .collect();
    let effect = |case: &CaseRow| {
        Some(Effect {
            effect: case.effect?,
            low: case.low?,
            high: case.high?,
        })
    };
    let cases: Vec<Case<'_>> = answered
        .iter()
        .zip(&names)
        .map(|(row, name)| Case {
            name,
            effect: effect(row),
            weight: None,
        })
        .collect();
    let pooled = primary.pooled.as_ref();
    let all = pooled.map(|pooled| Effect {
        effect: pooled.effect,
        low: pooled.low,
        high: pooled.high,
    });
    let prediction = pooled.and_then(|pooled| pooled.prediction_low.zip(pooled.prediction_high));
    forest(&cases, all, prediction, Measure::Log, words)
}
