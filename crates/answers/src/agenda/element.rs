//! Everything that is told of an element on a day: its instruments, its programmes, and its progress.

use std::collections::BTreeSet;

use jiff::civil::Date;
use lysoen_agenda::element::{Element, From, Indicator};
use lysoen_agenda::{Commitment, CommitmentKind};
use lysoen_ladder::log::Indicators as Log;
use serde::Serialize;
use utoipa::ToSchema;

use super::rows::{InstrumentBrief, ProgrammeRow};
use super::state::{AgendaState, place};
use crate::areas::grouped;
use crate::error::AnswerError;
use crate::sheet::SourceNote;

/// Everything that is told of an element.
#[derive(Clone, Debug)]
pub struct ElementPage {
    /// The element.
    pub element: Element,
    /// Its instruments, the older first.
    pub instruments: Vec<InstrumentBrief>,
    /// The programmes that a secretariat lists.
    pub programmes: Vec<ProgrammeRow>,
    /// By what its progress is seen.
    pub indicators: Vec<IndicatorTold>,
    /// The sources.
    pub sources: Vec<SourceNote>,
}

/// An indicator with what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaIndicator)]
pub struct IndicatorTold {
    /// Its id within the element.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The unit of its lines.
    pub unit: Option<String>,
    /// From where it is taken: `measure`, `observations`, `aid-workers`, `log`, `aid`, `funding` or `elsewhere`.
    pub kind: &'static str,
    /// What a reader must know.
    pub note: Option<String>,
    /// Lines; two where a method breaks, which are never joined.
    pub lines: Vec<Line>,
    /// Why there is nothing.
    pub missing: Option<String>,
    /// Who publishes it, where it is not in the lake.
    pub publisher: Option<String>,
    /// Where.
    pub url: Option<String>,
}

/// A series of one method and source.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaLine)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The unit.
    pub unit: String,
    /// Its points, the oldest first.
    pub points: Vec<Point>,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = Option<String>, format = Date)]
    pub as_of: Option<Date>,
}

/// A value of a period.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaPoint)]
pub struct Point {
    /// The period.
    pub period: String,
    /// The value.
    pub value: f64,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end of its interval.
    pub high: Option<f64>,
    /// Whether it will be revised.
    pub preliminary: bool,
}

impl Line {
    /// A line.
    pub fn of(id: &str, title: &str, unit: &str, points: Vec<Point>, source: String, as_of: Option<Date>) -> Line {
        Line {
            id: id.to_string(),
            title: title.to_string(),
            unit: unit.to_string(),
            points,
            source,
            as_of,
        }
    }
}

impl IndicatorTold {
    /// What is known of it, in sentences: the last value of each line, or why there is none.
    pub fn sentences(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .lines
            .iter()
            .filter_map(|line| {
                let last = line.points.last()?;
                let interval = last.low.zip(last.high).filter(|(low, high)| low < high);
                let interval = interval.map_or_else(String::new, |(low, high)| {
                    format!(" ({} to {})", plain(low), plain(high))
                });
                let preliminary = if last.preliminary { ", preliminary" } else { "" };
                let as_of = line.as_of.map_or_else(String::new, |day| format!(", {day}"));
                Some(format!(
                    "{}, {}: {}{interval} {} in {}{preliminary} [{}{as_of}]",
                    self.title,
                    line.title,
                    plain(last.value),
                    line.unit,
                    last.period,
                    line.source
                ))
            })
            .collect();
        if all.is_empty() {
            let why = self.missing.clone().unwrap_or_default();
            let publisher = self
                .publisher
                .as_ref()
                .map_or_else(String::new, |p| format!(" Published by {p}."));
            all.push(format!("{}: {why}{publisher}", self.title));
        }
        all.extend(self.note.clone());
        all
    }
}

/// Three digits are enough to be read; the other forms give all.
fn plain(value: f64) -> String {
    match value.abs() >= 100.0 || value.fract() == 0.0 {
        true => grouped(value.round() as i64),
        false => format!("{value:.2}"),
    }
}

impl AgendaState {
    /// Everything that is told of an element on a day. `worlds` gives the world's line of a measure, `log` how many warnings
    /// were answered.
    pub fn element_page(
        &self,
        number: u8,
        on: Date,
        worlds: &dyn Fn(&str) -> Option<Line>,
        log: Option<&Log>,
    ) -> Result<ElementPage, AnswerError> {
        let element = self
            .catalog
            .element(number)
            .ok_or(AnswerError::NoElement { element: number })?;
        let instruments = self.catalog.of_element(number);
        let of = |commitment: &&Commitment| self.is_programme(commitment, number, on);
        let programmes: Vec<ProgrammeRow> = self
            .commitments
            .iter()
            .filter(of)
            .map(|one| self.programme(one))
            .collect();
        let indicators: Vec<IndicatorTold> = element
            .indicator
            .iter()
            .map(|one| self.indicator(one, worlds, log))
            .collect();
        let briefs: Vec<InstrumentBrief> = instruments.into_iter().map(|one| self.brief(one, on)).collect();
        let of_briefs = briefs.iter().filter_map(|brief| brief.source.clone());
        let of_lines = indicators
            .iter()
            .flat_map(|one| &one.lines)
            .flat_map(|line| line.source.split(" + "));
        let mut named: BTreeSet<String> = of_briefs.chain(of_lines.map(str::to_string)).collect();
        named.extend(programmes.iter().map(|one| one.source.clone()));
        Ok(ElementPage {
            element: element.clone(),
            instruments: briefs,
            programmes,
            sources: self.sources(named.iter().map(String::as_str)),
            indicators,
        })
    }

    fn is_programme(&self, commitment: &Commitment, number: u8, on: Date) -> bool {
        let instrument = commitment
            .instrument
            .as_ref()
            .and_then(|id| self.catalog.instrument(id));
        let of = commitment.element == Some(number) || instrument.is_some_and(|i| i.elements.contains(&number));
        let runs = commitment.date.is_none_or(|from| from <= on) && commitment.until.is_none_or(|until| until >= on);
        commitment.kind == CommitmentKind::Programme && of && runs
    }

    fn programme(&self, commitment: &Commitment) -> ProgrammeRow {
        let participant = commitment.participant.as_deref();
        ProgrammeRow {
            id: commitment.id.clone(),
            place: participant.and_then(place).map(|place| place.to_string()),
            name: participant.map(|one| self.name(one)),
            what: commitment.note.clone().unwrap_or_default(),
            from: commitment.date,
            until: commitment.until,
            document: commitment.document.clone(),
            source: commitment.origin.source.clone(),
            as_of: commitment.origin.as_of,
            verified: commitment.origin.verified,
        }
    }

    fn indicator(
        &self,
        indicator: &Indicator,
        worlds: &dyn Fn(&str) -> Option<Line>,
        log: Option<&Log>,
    ) -> IndicatorTold {
        const NOT_HERE: &str = "nothing of it is in the lake.";
        let mut told = IndicatorTold {
            id: indicator.id.clone(),
            title: indicator.title.clone(),
            unit: None,
            kind: kind(&indicator.from),
            note: indicator.note.clone(),
            lines: Vec::new(),
            missing: None,
            publisher: None,
            url: None,
        };
        match &indicator.from {
            From::Measure { measure } => told.lines.extend(worlds(measure)),
            From::Observations { indicator, .. } => told.lines.extend(self.ground.observed(indicator).cloned()),
            From::AidWorkers => told.lines = self.ground.aid_workers_lines(),
            From::Aid => {
                told.lines = self.ground.aid_lines();
                told.note = Some(self.differences()).filter(|said| !said.is_empty()).or(told.note);
            }
            From::Funding => {
                told.lines = self.ground.funding_lines();
                let drops: Vec<String> = self.drops().into_iter().map(|row| format!("{}.", row.told)).collect();
                told.note = Some(drops.join(" ")).filter(|said| !said.is_empty()).or(told.note);
            }
            From::Log => match log {
                Some(log) => told.note = Some(answered(log)),
                None => told.missing = Some("no warning is recorded in the ladder's log.".to_string()),
            },
            From::Elsewhere { publisher, url } => {
                told.publisher = Some(publisher.clone());
                told.url.clone_from(url);
                told.missing = Some("it is not in the lake, and no card reads it.".to_string());
            }
        }
        told.unit = told.lines.first().map(|line| line.unit.clone());
        if told.lines.is_empty() && told.missing.is_none() && !matches!(indicator.from, From::Log) {
            told.missing = Some(NOT_HERE.to_string());
        }
        told
    }
}

impl AgendaState {
    /// The ratios on which the two sources of aid differ, in a sentence.
    fn differences(&self) -> String {
        let all = self.ground.aid_differences(&|donor| self.name(donor));
        let one = |row: &super::ground::AidDifference| {
            let value = |value: Option<f64>| value.map_or_else(|| "nothing".to_string(), |value| format!("{value:.3}"));
            format!(
                "{} {} ({} against {})",
                row.name,
                row.year,
                value(row.one),
                value(row.dac1)
            )
        };
        let told: Vec<String> = all.iter().map(one).collect();
        match told.is_empty() {
            true => String::new(),
            false => format!(
                "The ONE Campaign and DAC1 differ by more than they round: {}.",
                told.join(", ")
            ),
        }
    }
}

fn kind(from: &From) -> &'static str {
    match from {
        From::Measure { .. } => "measure",
        From::Observations { .. } => "observations",
        From::AidWorkers => "aid-workers",
        From::Log => "log",
        From::Aid => "aid",
        From::Funding => "funding",
        From::Elsewhere { .. } => "elsewhere",
    }
}

fn answered(log: &Log) -> String {
    let share = log
        .share
        .map_or_else(String::new, |share| format!(" ({:.0} %)", share * 100.0));
    let median = log
        .median_days_to_action
        .map_or_else(String::new, |days| format!("; median {days} days to the first action"));
    format!(
        "{} warnings are recorded, {} were answered before the event or the end of their window{share}, {} are open{median}.",
        log.warnings, log.answered_before, log.open
    )
}
