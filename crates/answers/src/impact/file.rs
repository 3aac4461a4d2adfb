//! A question of any table with a row a unit and period.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lysoen_impact::methods::{default_predictors, mean_of};
use lysoen_impact::{About, Design, Method, Panel, Rules, Unfit, examine};
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::period::Period;
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::table::{Row, Table};

use super::ask::{cannot, donor_rows, told};
use super::question::FileQuestion;
use super::rows::{DonorRow, ImpactAnswer, OutcomeTold, PlaceName};
use super::state::check_margin;
use crate::error::AnswerError;
use crate::index::nearest;
use crate::sheet::SourceNote;

/// A table as panels of its columns of numbers.
struct Read {
    table: Table,
    findings: Findings,
    units: Vec<String>,
    times: Vec<Time>,
    /// The column of each panel, the outcome first.
    columns: Vec<usize>,
    panels: Vec<Panel>,
}

/// A period of a table.
#[derive(Clone, Debug, PartialEq)]
struct Time {
    /// As it is written.
    label: String,
    /// Its place in time: a number, a month or a day.
    key: f64,
    scale: Scale,
}

/// What a table's periods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scale {
    /// Numbers, such as years.
    Number,
    /// Months.
    Month,
    /// Days.
    Day,
}

/// Answers a question of a table; what is wrong in its rows is found, and the others are kept.
pub fn ask_file(question: &FileQuestion, rules: &Rules) -> Result<(ImpactAnswer, Vec<Findings>), AnswerError> {
    check_margin(question.margin)?;
    let read = Read::of(question)?;
    let treated = read.named(&question.treated, "--treated")?;
    let from = time(&question.from).ok_or_else(|| read.wrong_time(&question.from, "--from"))?;
    let end = match &question.until {
        None => None,
        Some(until) => Some(time(until).ok_or_else(|| read.wrong_time(until, "--until"))?.key),
    };
    let mut answer = read.unanswered(question, &read.units[treated]);
    let outcome = &read.panels[0];
    let known = |column: &usize| outcome.series(treated)[*column].is_finite();
    let first_after = read
        .times
        .iter()
        .position(|time| time.key >= from.key)
        .unwrap_or(read.times.len());
    let last = end.map_or(read.times.len(), |end| {
        read.times.iter().filter(|time| time.key <= end).count()
    });
    let mut before: Vec<usize> = (0..first_after).rev().take_while(known).collect();
    before.reverse();
    let after: Vec<usize> = (first_after..last.max(first_after)).take_while(known).collect();
    let label = |column: Option<&usize>| column.map(|column| read.times[*column].label.clone());
    answer.first_after = label(after.first());
    answer.last_after = label(after.last());
    if before.len() < first_after || after.len() < last.saturating_sub(first_after) {
        answer.notes.push(format!(
            "{} has no value of {} in some periods; those from {} to {} without a gap are compared.",
            question.treated,
            question.outcome,
            label(before.first()).unwrap_or_else(|| question.from.clone()),
            label(after.last()).unwrap_or_else(|| question.from.clone()),
        ));
    }
    let mut donors = Vec::new();
    let mut others = Vec::new();
    for typed in &question.donors {
        let donor = read.named(typed, "--donors")?;
        if donor == treated {
            return Err(read.unfit(format!(
                "{typed} is under the policy and cannot be compared with itself"
            )));
        }
        donors.push(donor);
    }
    if donors.is_empty() {
        donors = (0..read.units.len()).filter(|unit| *unit != treated).collect();
    }
    let chosen: BTreeSet<usize> = donors.iter().copied().collect();
    donors = chosen.into_iter().collect();
    donors.retain(|donor| {
        let gap = before
            .iter()
            .chain(&after)
            .find(|column| !outcome.series(*donor)[**column].is_finite());
        if let Some(gap) = gap {
            others.push(DonorRow {
                place: plain(&read.units[*donor]),
                used: false,
                weight: None,
                why_not: Some(format!("nothing is known of it in {}", read.times[*gap].label)),
            });
        }
        gap.is_none()
    });
    let used: Vec<String> = donors.iter().map(|donor| read.units[*donor].clone()).collect();
    let mut design = read.design(treated, &donors, (&before, &after));
    if let (Ok(design), Method::Predictors) = (&mut design, question.method) {
        let left_out = read.predict(question, design, (treated, &donors), &before)?;
        answer.notes.extend(left_out);
    }
    let examined = design.and_then(|design| {
        let about = About {
            because_of_harm: question.because_of_harm,
            margin: question.margin,
            months: read.months(),
            people: read.people(question, treated, &before, &after),
            ..About::default()
        };
        examine(&design, question.method, rules, &about)
    });
    answer.donors = donor_rows(&used, examined.as_ref().ok(), others, plain);
    let answer = match before.is_empty() || after.is_empty() {
        true => {
            let which = if before.is_empty() { "before" } else { "from" };
            let on = if before.is_empty() { "" } else { " on" };
            cannot(
                answer,
                vec![format!(
                    "{} has no value of {} {which} {}{on}.",
                    question.treated, question.outcome, question.from
                )],
            )
        }
        false => told(answer, examined),
    };
    Ok((answer, vec![read.findings]))
}

impl Read {
    fn of(question: &FileQuestion) -> Result<Read, AnswerError> {
        let (table, findings) = Table::read(&question.path)?;
        let unit = column(&table, &question.unit, "--unit")?;
        let at = column(&table, &question.time, "--time")?;
        let outcome = column(&table, &question.outcome, "--outcome")?;
        let mut columns = vec![outcome];
        let people = question
            .people
            .as_ref()
            .map(|name| column(&table, name, "--people"))
            .transpose()?;
        columns.extend(people);
        for predictor in &question.predictors {
            let (name, _) = predictor.split_once('@').unwrap_or((predictor, ""));
            columns.push(column(&table, name, "--predictors")?);
        }
        if question.method == Method::Predictors && question.predictors.is_empty() {
            let numbers = |at: &usize| {
                table
                    .rows()
                    .iter()
                    .any(|row| matches!(table.number(row, *at), Ok(Some(_))))
            };
            let clean = |at: &usize| table.rows().iter().all(|row| table.number(row, *at).is_ok());
            let free = (0..table.header().names().len()).filter(|c| ![unit, at, outcome].contains(c));
            let row_number = |at: &usize| table.header().names()[*at].is_empty();
            columns.extend(free.filter(|c| numbers(c) && clean(c) && !row_number(c)));
        }
        let mut read = Read {
            table,
            findings,
            units: Vec::new(),
            times: Vec::new(),
            columns,
            panels: Vec::new(),
        };
        read.take(unit, at)?;
        Ok(read)
    }

    /// Reads the cells. Of two rows for one unit and period that contradict each other neither counts.
    fn take(&mut self, unit: usize, at: usize) -> Result<(), AnswerError> {
        let mut cells: BTreeMap<(String, String), Vec<Option<f64>>> = BTreeMap::new();
        let mut first: BTreeMap<(String, String), u64> = BTreeMap::new();
        let mut times: BTreeMap<String, Time> = BTreeMap::new();
        let (table, findings) = (&self.table, &mut self.findings);
        let names = table.header().names();
        for row in table.rows() {
            let code = row.cell(unit);
            let wrong = |findings: &mut Findings, column: usize, expected: &str| {
                let found = format!("{:?}", row.cell(column));
                findings.add(
                    Severity::Rejected,
                    Some(row.number),
                    Some(&names[column]),
                    found,
                    expected,
                );
                findings.rows_rejected += 1;
            };
            if code.is_empty() {
                wrong(findings, unit, "the name of a unit; the row is left out");
                continue;
            }
            let Some(time) = time(row.cell(at)) else {
                wrong(
                    findings,
                    at,
                    "a period: a year, a number, a month as 1999-03 or a day; the row is left out",
                );
                continue;
            };
            let values = match self
                .columns
                .iter()
                .map(|column| number(table, row, *column))
                .collect::<Result<Vec<_>, _>>()
            {
                Ok(values) => values,
                Err(column) => {
                    wrong(findings, column, "a number; the row is left out");
                    continue;
                }
            };
            let key = (code.to_string(), time.label.clone());
            times.entry(time.label.clone()).or_insert(time);
            match cells.get_mut(&key) {
                None => {
                    findings.rows_kept += 1;
                    first.insert(key.clone(), row.number);
                    cells.insert(key, values);
                }
                Some(known) if *known == values => findings.rows_skipped += 1,
                Some(known) => {
                    let row_before = first.get(&key).copied().unwrap_or_default();
                    let found = format!(
                        "{} in {} again, with other values than in row {row_before}",
                        key.0, key.1
                    );
                    findings.add(
                        Severity::Rejected,
                        Some(row.number),
                        None,
                        found,
                        "one row a unit and period; neither is taken",
                    );
                    findings.rows_rejected += 1;
                    known.iter_mut().for_each(|value| *value = None);
                }
            }
        }
        let mut times: Vec<Time> = times.into_values().collect();
        let scales: BTreeSet<Scale> = times.iter().map(|time| time.scale).collect();
        if scales.len() > 1 {
            return Err(self.unfit(format!(
                "the column {} mixes years, months and days; write all periods in one way",
                names[at]
            )));
        }
        times.sort_by(|a, b| a.key.total_cmp(&b.key));
        self.units = cells
            .keys()
            .map(|(unit, _)| unit.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let labels: Vec<String> = times.iter().map(|time| time.label.clone()).collect();
        self.panels = vec![Panel::new(self.units.clone(), labels.clone()); self.columns.len()];
        for ((unit, label), values) in &cells {
            let (Ok(unit), Some(time)) = (self.units.binary_search(unit), labels.iter().position(|l| l == label))
            else {
                continue;
            };
            for (panel, value) in self.panels.iter_mut().zip(values) {
                if let Some(value) = value {
                    panel.set(unit, time, *value);
                }
            }
        }
        self.times = times;
        match cells.is_empty() {
            true => Err(AnswerError::NoSeries {
                file: self.table.file().to_string(),
                list: self.findings.list().to_vec(),
            }),
            false => Ok(()),
        }
    }

    fn design(&self, treated: usize, donors: &[usize], (before, after): (&[usize], &[usize])) -> Result<Design, Unfit> {
        let mut design = Design::of_panel(&self.panels[0], treated, donors, before, after)?;
        let steps = self.times.windows(2).map(|pair| pair[1].key - pair[0].key);
        let step = steps.fold(f64::INFINITY, f64::min);
        let columns = before.iter().chain(after);
        design.at = columns
            .map(|column| (self.times[*column].key - self.times[0].key) / step)
            .collect();
        Ok(design)
    }

    /// Gives a design what is matched beside the outcome: the columns that are named, each as its mean over the periods that
    /// are named with it or all before; where none is named every other column of numbers, and the outcome in some periods.
    fn predict(
        &self,
        question: &FileQuestion,
        design: &mut Design,
        (treated, donors): (usize, &[usize]),
        before: &[usize],
    ) -> Result<Vec<String>, AnswerError> {
        let skip = 1 + usize::from(question.people.is_some());
        let names = self.table.header().names();
        if question.predictors.is_empty() {
            let others = self.panels.iter().zip(&self.columns).skip(skip);
            let others: Vec<(&str, &Panel)> = others.map(|(panel, at)| (names[*at].as_str(), panel)).collect();
            let (found, left_out) = default_predictors(&self.panels[0], &others, treated, donors, before);
            design.predictors = found;
            return Ok(left_out);
        }
        for (panel, predictor) in self.panels.iter().skip(skip).zip(&question.predictors) {
            let times = match predictor.split_once('@') {
                None => before.to_vec(),
                Some((_, span)) => self.span(span, predictor)?,
            };
            if let Some(late) = times.iter().find(|column| !before.contains(column)) {
                return Err(self.unfit(format!(
                    "the predictor {predictor} takes {}, which does not lie before the policy",
                    self.times[*late].label
                )));
            }
            design
                .predictors
                .push(mean_of(panel, predictor, treated, donors, &times));
        }
        Ok(Vec::new())
    }

    /// The columns of `1975` or `1980..1988`.
    fn span(&self, span: &str, predictor: &str) -> Result<Vec<usize>, AnswerError> {
        let (first, last) = span.split_once("..").unwrap_or((span, span));
        let key = |text: &str| time(text).map(|time| time.key);
        let columns = key(first).zip(key(last)).map(|(first, last)| {
            let within = |column: &usize| (first..=last).contains(&self.times[*column].key);
            (0..self.times.len()).filter(within).collect::<Vec<usize>>()
        });
        columns.filter(|columns| !columns.is_empty()).ok_or_else(|| {
            self.unfit(format!(
                "the predictor {predictor} names no period of the table; write a column with a period or a span of them, \
                 such as beer@1984..1988"
            ))
        })
    }

    /// The people of the unit in each period compared, where a column tells them.
    fn people(&self, question: &FileQuestion, treated: usize, before: &[usize], after: &[usize]) -> Option<Vec<f64>> {
        question.people.as_ref()?;
        let series = self.panels.get(1)?.series(treated);
        Some(before.iter().chain(after).map(|column| series[*column]).collect())
    }

    /// Months in a period, where the periods are of the calendar.
    fn months(&self) -> Option<u32> {
        let first = self.times.first()?;
        let year = |time: &Time| time.key.fract() == 0.0 && (1500.0..2200.0).contains(&time.key);
        match first.scale {
            Scale::Month => Some(1),
            Scale::Number if self.times.iter().all(year) => Some(12),
            Scale::Number | Scale::Day => None,
        }
    }

    fn named(&self, unit: &str, option: &str) -> Result<usize, AnswerError> {
        self.units.iter().position(|known| known == unit.trim()).ok_or_else(|| {
            let near = nearest(unit, self.units.iter().map(String::as_str));
            let near = near.map_or_else(
                || format!("; there are {}", some(self.units.iter().map(String::as_str))),
                |near| format!("; did you mean {near}?"),
            );
            self.unfit(format!("there is no unit {unit} ({option}){near}"))
        })
    }

    fn wrong_time(&self, text: &str, option: &str) -> AnswerError {
        let (first, last) = (self.times.first(), self.times.last());
        let label = |time: Option<&Time>| time.map_or_else(String::new, |time| time.label.clone());
        self.unfit(format!(
            "{option} {text} is no period; the table's run from {} to {}",
            label(first),
            label(last)
        ))
    }

    fn unfit(&self, why: String) -> AnswerError {
        AnswerError::Unfit {
            file: self.table.file().to_string(),
            why,
        }
    }

    fn unanswered(&self, question: &FileQuestion, treated: &str) -> ImpactAnswer {
        ImpactAnswer {
            title: format!("{} of {treated} from {}", question.outcome, question.from),
            question: format!(
                "{} of {treated}: was it less with what began in {} than it would have been without?",
                question.outcome, question.from
            ),
            policy: None,
            outcome: OutcomeTold {
                id: question.outcome.clone(),
                title: question.outcome.clone(),
                definition: format!("the column {} of {}", question.outcome, self.table.file()),
                unit: match question.people {
                    Some(_) => "per 100,000 people a period".to_string(),
                    None => format!("{} a period", question.outcome),
                },
                counted: "people".to_string(),
            },
            place: plain(treated),
            from: question.from.clone(),
            by: "period".to_string(),
            first_after: None,
            last_after: None,
            set_aside: Vec::new(),
            method: question.method,
            episodes: false,
            donors: Vec::new(),
            examination: None,
            verdict: super::ask::unknown(question.margin),
            sources: vec![SourceNote {
                id: self.table.file().to_string(),
                title: format!("a file of your own, SHA-256 {}", self.table.sha256()),
                licence: "yours to know".to_string(),
                citation: String::new(),
                as_of: None,
            }],
            notes: Vec::new(),
        }
    }
}

/// A column by its name; the nearest where there is none.
fn column(table: &Table, name: &str, option: &str) -> Result<usize, AnswerError> {
    table.header().index(name).ok_or_else(|| {
        let names = || {
            table
                .header()
                .names()
                .iter()
                .map(String::as_str)
                .filter(|name| !name.is_empty())
        };
        let near = nearest(name, names());
        let near = near.map_or_else(
            || format!("; there are {}", some(names())),
            |near| format!("; did you mean {near}?"),
        );
        AnswerError::Unfit {
            file: table.file().to_string(),
            why: format!("there is no column {name} ({option}){near}"),
        }
    })
}

/// The first few of many names.
fn some<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let more = if names.len() > 12 { ", …" } else { "" };
    format!("{}{more}", names[..names.len().min(12)].join(", "))
}

/// A number of a row; the column where it is none.
fn number(table: &Table, row: &Row, column: usize) -> Result<Option<f64>, usize> {
    table.number(row, column).map_err(|_| column)
}

/// A period as tables write it.
fn time(text: &str) -> Option<Time> {
    let text = text.trim();
    let told = |label: String, key: f64, scale| Some(Time { label, key, scale });
    if let Ok(number) = text.parse::<f64>() {
        let label = match number.fract() == 0.0 && number.abs() < 1e15 {
            true => format!("{number:.0}"),
            false => text.to_string(),
        };
        return number.is_finite().then(|| told(label, number, Scale::Number)).flatten();
    }
    if let Ok(day) = text.parse::<Date>() {
        let days = day.since(Date::ZERO).ok()?.get_days();
        return told(day.to_string(), f64::from(days), Scale::Day);
    }
    let period: Period = text.parse().ok()?;
    told(period.to_string(), f64::from(Month::first_of(period).0), Scale::Month)
}

fn plain(unit: &str) -> PlaceName {
    PlaceName {
        code: unit.to_string(),
        name: unit.to_string(),
    }
}
