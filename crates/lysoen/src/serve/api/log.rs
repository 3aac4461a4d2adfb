//! The log: who warned, proposed, decided and acted; and records from the page, where the server takes them.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lysoen_answers::Observatory;
use lysoen_answers::ladder::log::{self, PROGRAM};
use lysoen_answers::ladder::{LadderState, log_sheet};
use lysoen_ladder::log::{Chain, Draft, Record, RecordAnswer, RecordKind};
use lysoen_lexicon::place::PlaceId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ladder::made;
use crate::output::Format;
use crate::serve::asked::{self, Asked, Body};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// Which records.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogAsked {
    /// A country by code or name; all where none is named.
    pub place: Option<String>,
}

/// The log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Log {
    /// Number and hash of the newest record. A chain cannot show that its end was cut off: keep it.
    head: Option<String>,
    /// Whether every record is as it was written and in its place; an answer that says otherwise is an error.
    verified: bool,
    /// The records, oldest first.
    records: Vec<Entry>,
}

/// A record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entry {
    /// Its number.
    number: u64,
    /// When it was made.
    at: String,
    /// `warn`, `propose`, `decide` or `act`.
    kind: &'static str,
    /// The role that made it.
    by: String,
    /// The role's organisation then.
    organisation: String,
    /// The country.
    place: String,
    /// Its name.
    place_name: String,
    /// The trigger that stood.
    trigger: Option<String>,
    /// The option.
    option: Option<String>,
    /// The number of the record that it answers.
    answers: Option<u64>,
    /// What it says to that.
    answer: Option<&'static str>,
    /// Why.
    reason: String,
    /// What came of it.
    outcome: Option<String>,
    /// The last day on which a proposal can be answered.
    expires: Option<String>,
    /// Whether a warning was told from a replay.
    replay: bool,
    /// Its hash.
    hash: String,
    /// What has become of it.
    state: String,
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Role {
    /// Its id.
    id: String,
    /// The post.
    title: String,
    /// The organisation.
    organisation: String,
    /// What it may do.
    may: Vec<&'static str>,
    /// On options of which tiers it may decide.
    tiers: Vec<&'static str>,
    /// Whether it may decide that a warning is public.
    publish: bool,
}

/// What is to be recorded.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEntry {
    /// `warn`, `propose`, `decide` or `act`.
    kind: String,
    /// The role, by its id.
    by: String,
    /// The country, by code or name.
    place: String,
    /// The trigger; for a warning.
    trigger: Option<String>,
    /// The option; for a proposal.
    option: Option<String>,
    /// The number of the record that it answers.
    answers: Option<u64>,
    /// What it says to that.
    answer: Option<String>,
    /// Why.
    reason: String,
    /// What came of it; for an act that ends.
    outcome: Option<String>,
    /// The last day on which a proposal can be answered; the option's review where none is named.
    expires: Option<String>,
}

/// The records.
#[utoipa::path(get, path = "/api/v1/log", tag = "ladder", params(LogAsked), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a record.", body = Log),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Asked(asked): Asked<LogAsked>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let place = asked
        .place
        .as_deref()
        .map(|place| asked::place(&current.standing, place))
        .transpose()?;
    let make = move || {
        let chain = app.hub.log()?;
        let observatory = &current.standing.observatory;
        if form.0 != Format::Json {
            let of = |record: &Record| place.as_ref().is_none_or(|place| record.place == *place);
            return sheet(form, log_sheet(observatory, &chain, &of), Page::ALL, "lysoen-log", &uri);
        }
        Ok(json(&Log {
            head: chain.head().map(|head| head.to_string()),
            verified: true,
            records: entries(observatory, &chain, place.as_ref()),
        }))
    };
    off_thread(make).await?
}

/// Records something. The server takes it only where it was started with `--record`, and only from a page of its own: a request
/// must have the header `x-lysoen: record`, which no page of another origin can send unasked.
#[utoipa::path(post, path = "/api/v1/log", tag = "ladder", request_body = NewEntry, responses(
    (status = 201, description = "It is recorded, and on the disk.", body = Entry),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn post(
    State(app): State<App>,
    headers: HeaderMap,
    Body(new): Body<NewEntry>,
) -> Result<Response, Problem> {
    if let Some(why) = app.read_only_because() {
        return Err(Problem::forbidden(why));
    }
    if headers.get("x-lysoen").is_none_or(|value| value != "record") {
        return Err(Problem::forbidden("a record needs the header `x-lysoen: record`"));
    }
    let current = app.hub.current()?;
    let place = asked::place(&current.standing, &new.place)?;
    let make = move || {
        let state = made(&current)?;
        let observatory = &current.standing.observatory;
        let now = Timestamp::now();
        let draft = draft(state, now.to_zoned(TimeZone::UTC).date(), place, &new)?;
        let record = log::append(observatory, &state.catalog, &draft, now)?;
        let chain = app.hub.log()?;
        let mut response = json(&entry(observatory, &chain, &record));
        *response.status_mut() = StatusCode::CREATED;
        Ok(response.into_response())
    };
    off_thread(make).await?
}

fn draft(state: &LadderState, today: Date, place: PlaceId, new: &NewEntry) -> Result<Draft, Problem> {
    let kind = word::<RecordKind>(&new.kind, "kind", "warn, propose, decide or act")?;
    let mut draft = Draft::new(kind, &new.by, place, &new.reason, PROGRAM);
    draft.trigger = new.trigger.clone();
    draft.option = new.option.clone();
    draft.answers = new.answers;
    draft.outcome = new.outcome.clone();
    let answers: Vec<&str> = kind.answers().iter().map(|answer| answer.as_str()).collect();
    let answer = new
        .answer
        .as_deref()
        .map(|text| word::<RecordAnswer>(text, "answer", &answers.join(", ")));
    draft.answer = answer.transpose()?;
    if kind == RecordKind::Propose {
        let option = new.option.as_deref().and_then(|id| state.catalog.options.option(id));
        draft.option_version = option.map(|option| option.version);
        let asked = new.expires.as_deref().map(str::parse::<Date>).transpose();
        let asked = asked.map_err(|_| Problem::bad("expires is no day; write it as 2027-01-31"))?;
        let review = |days: u16| today.saturating_add(jiff::Span::new().days(i64::from(days)));
        draft.expires = asked.or_else(|| option.map(|option| review(option.review_after_days)));
    }
    if kind == RecordKind::Warn {
        let trigger = new.trigger.as_deref().unwrap_or_default();
        state.catalog.trigger(trigger)?;
        let stands = state
            .standing
            .iter()
            .find(|stands| stands.place == draft.place && stands.trigger == trigger);
        draft.answer = draft.answer.or(Some(RecordAnswer::Alert));
        draft.replay = state.replay || state.reconstructed;
        match stands {
            Some(stands) => {
                draft.said = stands.reasons.clone();
                draft.window = Some((stands.window.from, stands.window.to));
                draft.chance_permille = stands.chance.map(lysoen_answers::ladder::permille);
            }
            None if draft.answer == Some(RecordAnswer::Cancel) => {}
            None => {
                return Err(Problem::bad(format!(
                    "{trigger} does not stand there on {}",
                    state.as_of
                )));
            }
        }
    }
    Ok(draft)
}

fn word<T: for<'d> Deserialize<'d>>(text: &str, what: &str, known: &str) -> Result<T, Problem> {
    let value = serde_json::Value::String(text.to_string());
    serde_json::from_value(value).map_err(|_| Problem::bad(format!("{what} is {text:?}; write {known}")))
}

/// The records of a place, or all.
pub(super) fn entries(observatory: &Observatory, chain: &Chain, place: Option<&PlaceId>) -> Vec<Entry> {
    let of = |record: &&Record| place.is_none_or(|place| record.place == *place);
    chain
        .records()
        .iter()
        .filter(of)
        .map(|record| entry(observatory, chain, record))
        .collect()
}

fn entry(observatory: &Observatory, chain: &Chain, record: &Record) -> Entry {
    Entry {
        number: record.number,
        at: record.at.to_string(),
        kind: record.kind.as_str(),
        by: record.by.clone(),
        organisation: record.organisation.clone(),
        place: record.place.to_string(),
        place_name: observatory.name(&record.place),
        trigger: record.trigger.clone(),
        option: record.option.clone(),
        answers: record.answers,
        answer: record.answer.map(|answer| answer.as_str()),
        reason: record.reason.clone(),
        outcome: record.outcome.clone(),
        expires: record.expires.map(|day| day.to_string()),
        replay: record.replay,
        hash: record.hash.clone(),
        state: chain
            .state(record.number, observatory.today)
            .map(|state| state.to_string())
            .unwrap_or_default(),
    }
}

/// Who may record.
pub(super) fn roles(state: &LadderState) -> Vec<Role> {
    let of = |role: &lysoen_ladder::log::Role| Role {
        id: role.id.clone(),
        title: role.title.clone(),
        organisation: role.organisation.clone(),
        may: role.may.iter().map(|kind| kind.as_str()).collect(),
        tiers: role.tiers.iter().map(|tier| tier.name()).collect(),
        publish: role.publish,
    };
    state.catalog.roles.list().iter().map(of).collect()
}
