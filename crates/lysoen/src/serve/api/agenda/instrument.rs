//! An instrument: its rules, who stands how, the curve, the calendar, who is late.

use axum::extract::State;
use axum::response::Response;
use lysoen_agenda::Instrument;
use lysoen_answers::agenda::{
    AgendaState, AlikeRow, Asked as Question, Beside, CountsRow, DueRow, FindingRow, InstrumentPage, MeetingRow,
    RegionRow, Register, Rule, StandingRow, due_told,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{OnDay, made};
use crate::output::Format;
use crate::serve::api::{SourceNote, notes};
use crate::serve::asked::{Asked, Named};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// An instrument.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgendaInstrument {
    /// The day for which it is told.
    as_of: String,
    /// Its id.
    id: String,
    /// The name by which it is known.
    short: String,
    /// Its title.
    title: String,
    /// `treaty`, `protocol` or `political`.
    kind: &'static str,
    /// The elements that it serves.
    elements: Vec<ElementName>,
    /// When it was adopted.
    adopted: String,
    /// Where.
    adopted_at: Option<String>,
    /// When it entered into force.
    entered_into_force: Option<String>,
    /// Who keeps the list of its parties.
    depositary: Option<String>,
    /// Where it is registered.
    registration: Option<String>,
    /// Where it can be read.
    url: Option<String>,
    /// The instrument that it belongs to.
    protocol_to: Option<InstrumentName>,
    /// Its rules in sentences.
    rules: Vec<Rule>,
    /// What its parties owe.
    duties: Vec<DutyRule>,
    /// By when something must be done.
    deadlines: Vec<DeadlineRule>,
    /// Meetings to come.
    meetings: Vec<MeetingRow>,
    /// What was read of it.
    read: Vec<Read>,
    /// What a reader must know.
    notes: Vec<String>,
    /// The newest list of its parties.
    list: Option<ListName>,
    /// How many stand how.
    counts: Option<CountsRow>,
    /// How everybody stands.
    parties: Vec<StandingRow>,
    /// How many had joined, at each day of change.
    curve: Vec<CurvePoint>,
    /// How long it took.
    time_to_entry: Option<TimeToEntry>,
    /// Of each duty the last and the next.
    calendar: Vec<DueRow>,
    /// Who is late or overdue, by a register.
    late: Vec<DueRow>,
    /// The registers of what was received.
    registers: Vec<Register>,
    /// Why nobody is told as late, where no register is there.
    register_note: Option<String>,
    /// Who has not joined, by region.
    regions: Vec<RegionRow>,
    /// Who joined early.
    alike: Vec<AlikeRow>,
    /// Promise and practice side by side.
    beside: Option<Beside>,
    /// What was not understood, and not guessed.
    findings: Vec<FindingRow>,
    /// The sources.
    sources: Vec<SourceNote>,
}

/// An element by number and name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ElementName {
    /// 1 to 10.
    number: u8,
    /// Its name.
    title: String,
}

/// An instrument by id and name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstrumentName {
    /// Its id.
    id: String,
    /// Its short name.
    short: String,
}

/// Something that a party owes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyRule {
    /// Its id.
    id: String,
    /// What is owed.
    title: String,
    /// The article.
    article: String,
    /// When, in a sentence.
    told: String,
    /// Whether it is asked and not owed.
    voluntary: bool,
    /// Who keeps the register.
    register: Option<String>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// By when something must be done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadlineRule {
    /// Its id.
    id: String,
    /// What must be done.
    title: String,
    /// The article.
    article: String,
    /// By when, in a sentence.
    told: String,
    /// Whom it concerns.
    concerns: String,
    /// The article by which it can be extended.
    extension: Option<String>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// What was read of an instrument.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Read {
    /// The text.
    text: String,
    /// The articles that it is the source of.
    articles: Vec<String>,
    /// When it was read; nothing where it is from general knowledge.
    checked: Option<String>,
}

/// A list of parties.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListName {
    /// The source's card.
    source: String,
    /// Its vintage.
    as_of: String,
}

/// A point of the curve.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CurvePoint {
    /// The day.
    on: String,
    /// Consents that stand.
    deposited: usize,
    /// Those in force.
    in_force: usize,
}

/// How long it took.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimeToEntry {
    /// The day of entry into force.
    entry: Option<String>,
    /// Days from the adoption.
    days_from_adoption: Option<i32>,
    /// Consents of which the day is known.
    consents_dated: usize,
    /// Days from the adoption until a quarter of them.
    first_quartile_days: Option<i32>,
    /// Until half of them.
    median_days: Option<i32>,
    /// Until three quarters.
    third_quartile_days: Option<i32>,
}

/// An instrument on a day.
#[utoipa::path(get, path = "/api/v1/agenda/instruments/{instrument}", tag = "agenda", params(
    ("instrument" = String, Path, description = "Its id, such as apmbc, or its number in the UN Treaty Collection, such as 26-5."),
    ("as_of" = Option<String>, Query, description = "The day for which it is told; today where none.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a party and duty.", body = AgendaInstrument),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(asked_for): Named<String>,
    Asked(asked): Asked<OnDay>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let on = asked.on(&current)?;
    let make = move || {
        let state = made(&current)?;
        let instrument = state.instrument(&asked_for)?;
        if form.0 != Format::Json {
            let question = Question {
                instrument: Some(instrument.id.clone()),
                ..Question::default()
            };
            return sheet(
                form,
                state.sheet(&question, None, on)?,
                Page::ALL,
                "lysoen-agenda-instrument",
                &uri,
            );
        }
        let page = state.instrument_page(instrument, on);
        Ok(json(&AgendaInstrument::of(state, instrument, page, on.to_string())))
    };
    off_thread(make).await?
}

impl AgendaInstrument {
    fn of(state: &AgendaState, instrument: &Instrument, page: InstrumentPage, as_of: String) -> AgendaInstrument {
        let elements = instrument
            .elements
            .iter()
            .filter_map(|number| state.catalog.element(*number));
        let parent = instrument
            .protocol_to
            .as_ref()
            .and_then(|id| state.catalog.instrument(id));
        AgendaInstrument {
            as_of,
            id: page.brief.id,
            short: page.brief.short,
            title: page.brief.title,
            kind: page.brief.kind,
            elements: elements
                .map(|e| ElementName {
                    number: e.number,
                    title: e.title.clone(),
                })
                .collect(),
            adopted: instrument.adopted.to_string(),
            adopted_at: instrument.adopted_at.clone(),
            entered_into_force: page.brief.entered_into_force.map(|day| day.to_string()),
            depositary: instrument.depositary.clone(),
            registration: instrument.registration.clone(),
            url: instrument.url.clone(),
            protocol_to: parent.map(|i| InstrumentName {
                id: i.id.clone(),
                short: i.short.clone(),
            }),
            rules: page.rules,
            duties: instrument.duty.iter().map(DutyRule::of).collect(),
            deadlines: instrument.deadline.iter().map(DeadlineRule::of).collect(),
            meetings: page.meetings,
            read: instrument
                .read
                .iter()
                .map(|read| Read {
                    text: read.text.clone(),
                    articles: read.articles.clone(),
                    checked: read.checked.map(|day| day.to_string()),
                })
                .collect(),
            notes: instrument.notes.clone(),
            list: page.list.map(|(source, as_of)| ListName {
                source,
                as_of: as_of.to_string(),
            }),
            counts: page.brief.counts,
            parties: page.parties,
            curve: page
                .curve
                .iter()
                .map(|point| CurvePoint {
                    on: point.on.to_string(),
                    deposited: point.deposited,
                    in_force: point.in_force,
                })
                .collect(),
            time_to_entry: page.time_to_entry.as_ref().map(TimeToEntry::of),
            calendar: page.calendar,
            late: page.late,
            registers: page.registers,
            register_note: page.register_note,
            regions: page.regions,
            alike: page.alike,
            beside: page.beside,
            findings: page.findings,
            sources: notes(&page.sources),
        }
    }
}

impl TimeToEntry {
    fn of(took: &lysoen_agenda::rules::curve::TimeToEntry) -> TimeToEntry {
        TimeToEntry {
            entry: took.entry.map(|day| day.to_string()),
            days_from_adoption: took.days,
            consents_dated: took.dated,
            first_quartile_days: took.quartiles.map(|(first, _)| first),
            median_days: took.median_days_from_adoption_to_consent,
            third_quartile_days: took.quartiles.map(|(_, third)| third),
        }
    }
}

impl DutyRule {
    fn of(duty: &lysoen_agenda::instrument::Duty) -> DutyRule {
        DutyRule {
            id: duty.id.clone(),
            title: duty.title.clone(),
            article: duty.article.clone(),
            told: due_told(duty),
            voluntary: duty.voluntary,
            register: duty.register.clone(),
            notes: duty.notes.clone(),
        }
    }
}

impl DeadlineRule {
    fn of(deadline: &lysoen_agenda::instrument::Deadline) -> DeadlineRule {
        let extended = match (&deadline.extension, deadline.at_most) {
            (Some(_), Some(most)) => format!(" It can be extended, by {most} at a time."),
            (Some(_), None) => " It can be extended.".to_string(),
            (None, _) => String::new(),
        };
        DeadlineRule {
            id: deadline.id.clone(),
            title: deadline.title.clone(),
            article: deadline.article.clone(),
            told: format!(
                "Within {} of the entry into force for the party.{extended}",
                deadline.wait
            ),
            concerns: deadline.concerns.clone(),
            extension: deadline.extension.clone(),
            notes: deadline.notes.clone(),
        }
    }
}
