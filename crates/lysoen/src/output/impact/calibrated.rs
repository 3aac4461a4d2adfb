//! How often the rule finds an effect where there was no policy, and what was asked before.

use std::fmt::Write;

use lysoen_answers::impact::{ImpactAnswer, Run};
use lysoen_answers::sheet::{Cell, Column, Kind, Sheet};
use lysoen_impact::Word;
use lysoen_impact::calibrate::{AtDate, Calibration};

use super::answer::listed;
use super::words::{NONE, per_cent};
use crate::console::fold;
use crate::output::phrase::{section, width};
use crate::output::terminal::{Shown, ruled};

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

const CALIBRATION: [Column; 7] = [
    column("time", Kind::Text),
    column("periods_before", Kind::Count),
    column("asked", Kind::Count),
    column("answered", Kind::Count),
    column("fewer", Kind::Count),
    column("more", Kind::Count),
    column("none_larger", Kind::Count),
];

const RUNS: [Column; 10] = [
    column("number", Kind::Count),
    column("at", Kind::Text),
    column("id", Kind::Text),
    column("title", Kind::Text),
    column("outcome", Kind::Text),
    column("place", Kind::Text),
    column("periods", Kind::Text),
    column("method", Kind::Text),
    column("answer", Kind::Text),
    column("p", Kind::Number),
];

/// What a calibration is of, and what came of it in a sentence.
fn sentence(told: &Calibration) -> String {
    let rate = told.false_positive_rate.map_or_else(|| NONE.to_string(), per_cent);
    let of_answered = told.of_answered.map_or_else(|| NONE.to_string(), per_cent);
    format!(
        "Asked {} times where there was no policy, the rule found fewer people harmed {} times and more {} times: {rate} of \
         all, and {of_answered} of the {} that could be answered.",
        told.asked, told.fewer, told.more, told.answered
    )
}

fn count(date: &AtDate, word: Word) -> usize {
    date.findings.iter().filter(|(_, found)| *found == word).count()
}

/// How often the rule finds an effect where there was no policy.
pub fn calibration(told: &Calibration, shown: Shown) -> String {
    let title = "The same asked of every place without the policy";
    let mut text = format!(
        "{}\n\n{}\n",
        shown.paint.heading(title),
        fold(&sentence(told), width(shown), 0)
    );
    text.push_str(&section("By date", shown.paint));
    let row = |date: &AtDate| {
        let named: Vec<&str> = date.findings.iter().map(|(unit, _)| unit.as_str()).collect();
        vec![
            date.time.clone(),
            date.pre.to_string(),
            date.asked.to_string(),
            date.answered.to_string(),
            count(date, Word::Fewer).to_string(),
            count(date, Word::More).to_string(),
            date.none_larger.to_string(),
            listed(&named),
        ]
    };
    let rows: Vec<Vec<String>> = told.dates.iter().map(row).collect();
    let names = [
        "date",
        "periods before",
        "asked",
        "answered",
        "fewer",
        "more",
        "none larger",
        "where",
    ];
    let right = [false, true, true, true, true, true, true, false];
    writeln!(text, "{}", ruled(&names, &right, &rows, shown.width, shown.paint)).ok();
    text
}

/// The same, a row a date.
pub fn calibration_sheet(told: &Calibration) -> Sheet {
    let cell = |number: usize| Cell::from(number as u64);
    let row = |date: &AtDate| {
        vec![
            date.time.as_str().into(),
            cell(date.pre),
            cell(date.asked),
            cell(date.answered),
            cell(count(date, Word::Fewer)),
            cell(count(date, Word::More)),
            cell(date.none_larger),
        ]
    };
    Sheet {
        title: "The same asked of every place without the policy".to_string(),
        columns: CALIBRATION.to_vec(),
        rows: told.dates.iter().map(row).collect(),
        sources: Vec::new(),
        notes: vec![sentence(told)],
    }
}

/// What was asked before, a row a run.
pub fn runs(rows: &[Run]) -> Sheet {
    let row = |run: &Run| {
        vec![
            run.number.into(),
            run.at.as_str().into(),
            run.id.clone().into(),
            run.title.as_str().into(),
            run.outcome.as_str().into(),
            run.place.clone().into(),
            run.periods.join(" ").into(),
            run.method.clone().into(),
            run.word.id().into(),
            run.p.into(),
        ]
    };
    Sheet {
        title: "What was asked, in the order in which it was".to_string(),
        columns: RUNS.to_vec(),
        rows: rows.iter().map(row).collect(),
        sources: Vec::new(),
        notes: Vec::new(),
    }
}

/// Which run of how many an answer is: a question that was asked until it gave an answer is no evidence.
pub fn asked_before(answer: &ImpactAnswer, runs: &[Run]) -> Option<String> {
    let same = |run: &&Run| run.outcome == answer.outcome.id && run.place.as_deref() == Some(&answer.place.code);
    let times = runs.iter().filter(same).count();
    (times > 1).then(|| {
        format!(
            "The log has {times} questions about this outcome in this place; `lysoen impact --runs` lists them. Whoever asks \
             often finds something by chance."
        )
    })
}
