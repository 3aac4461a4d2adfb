//! The feed of warnings: an Atom index and a message of the Common Alerting Protocol for each record of a warning in the log.
//!
//! Gateways relay alerts, so every message is restricted unless somebody whose role may has decided that it is public, and
//! nothing that was told from a replay is in the feed.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lysoen_answers::ladder::LadderState;
use lysoen_answers::standing::Standing;
use lysoen_ladder::log::{Chain, Record, RecordAnswer, RecordKind};
use lysoen_lexicon::place::PlaceKind;

use super::asked::Named;
use super::cap::{self, Code, Feed, Kind, Place, Reference, Scope, Severity, Warning};
use super::problem::Problem;
use super::{App, off_thread};

/// The addresses of the feed.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/feed/warnings.atom", get(index))
        .route("/feed/warnings/{message}", get(message))
}

/// The index of messages.
async fn index(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let base = base(&headers)?;
    let make = move || {
        let current = app.hub.current()?;
        let sender = app.sender()?;
        let warnings = messages(&current.standing, &app.hub.log()?, sender);
        let feed = Feed {
            id: format!("tag:{sender},2026:warnings"),
            title: format!("{}: warnings", app.name),
            author: app.name.clone(),
            address: format!("{base}/feed/warnings.atom"),
            messages: format!("{base}/feed/warnings/"),
        };
        let text = cap::index(&feed, &warnings, Timestamp::now()).map_err(|e| Problem::inside(&e))?;
        Ok(xml(text, cap::INDEX))
    };
    off_thread(make).await?
}

/// A message, by its identifier.
async fn message(State(app): State<App>, Named(name): Named<String>) -> Result<Response, Problem> {
    let make = move || {
        let current = app.hub.current()?;
        let all = messages(&current.standing, &app.hub.log()?, app.sender()?);
        let name = name.strip_suffix(".xml").unwrap_or(&name);
        let found = all.iter().find(|warning| warning.identifier == name);
        let warning = found.ok_or_else(|| Problem::not_found(format!("there is no message {name} in the feed")))?;
        let text = cap::message(warning).map_err(|e| Problem::inside(&e))?;
        Ok(xml(text, cap::MESSAGE))
    };
    off_thread(make).await?
}

/// The address by which the client reaches the server. A name that is none is refused, for it would stand in the index.
fn base(headers: &HeaderMap) -> Result<String, Problem> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    match !host.is_empty() && host.chars().all(plain) {
        true => {
            let secure = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
            Ok(format!("{}://{host}", if secure { "https" } else { "http" }))
        }
        false => Err(Problem::bad("the host of the request is no name")),
    }
}

fn xml(text: String, media: &'static str) -> Response {
    let mut response = text.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The messages of all warnings in the log that are no replay, oldest first.
pub(super) fn messages(standing: &Standing, chain: &Chain, sender: &str) -> Vec<Warning> {
    let Some(Ok(state)) = standing.ladder.as_deref() else {
        return Vec::new();
    };
    let warns = |record: &&Record| record.kind == RecordKind::Warn && !record.replay;
    let all = chain.records().iter().filter(warns);
    all.map(|record| warning(standing, state, chain, record, sender))
        .collect()
}

fn identifier(record: &Record) -> String {
    format!(
        "{}-{}-{:08}",
        record.place.as_str().replace([':', '+'], "-"),
        record.day(),
        record.number
    )
}

fn warning(standing: &Standing, state: &LadderState, chain: &Chain, record: &Record, sender: &str) -> Warning {
    let name = standing.observatory.name(&record.place);
    let trigger = state
        .catalog
        .triggers
        .iter()
        .find(|trigger| Some(&trigger.spec.id) == record.trigger.as_ref());
    let event = trigger.map_or_else(
        || record.trigger.clone().unwrap_or_default(),
        |trigger| trigger.spec.title.clone(),
    );
    let kind = match record.answer {
        Some(RecordAnswer::Update) => Kind::Update,
        Some(RecordAnswer::Cancel) => Kind::Cancel,
        _ => Kind::Alert,
    };
    let earlier = chain
        .thread(record.number)
        .into_iter()
        .take_while(|other| other.number < record.number);
    let references = earlier.map(|other| Reference {
        identifier: identifier(other),
        sender: sender.to_string(),
        sent: other.at,
    });
    // What cancels a public message must reach whoever has it.
    let of_public = || {
        chain
            .thread(record.number)
            .iter()
            .any(|other| chain.publication(other.number).is_some())
    };
    let public = chain.is_public(record.number) || kind == Kind::Cancel && of_public();
    let (from, to) = record.window.unwrap_or((record.day(), record.day()));
    let noon = |day: Date| {
        day.at(23, 59, 59, 0)
            .to_zoned(TimeZone::UTC)
            .map_or(record.at, |day| day.timestamp())
    };
    let start = from
        .at(0, 0, 0, 0)
        .to_zoned(TimeZone::UTC)
        .map_or(record.at, |day| day.timestamp());
    Warning {
        identifier: identifier(record),
        sender: sender.to_string(),
        sent: record.at,
        kind,
        references: references.collect(),
        scope: if public { Scope::Public } else { Scope::default() },
        headline: format!("{name}: {event}"),
        event,
        description: record
            .said
            .iter()
            .chain([&record.reason])
            .cloned()
            .collect::<Vec<_>>()
            .join(" "),
        instruction: None,
        effective: record.at,
        onset: (start > record.at).then_some(start),
        expires: noon(to).max(record.at + jiff::SignedDuration::from_secs(1)),
        chance: record.chance_permille.map(|chance| f64::from(chance) / 1000.0),
        severity: Severity::Unknown,
        place: Place {
            name,
            code: match record.place.kind() {
                PlaceKind::Area => Code::PCode(record.place.to_string()),
                _ => Code::Iso3(record.place.to_string()),
            },
        },
        web: None,
        sources: state.sources().iter().map(|source| source.citation.clone()).collect(),
        exercise: false,
    }
}
