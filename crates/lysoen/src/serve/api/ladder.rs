//! The ladder: what stands, the options of a country, and how a trigger has done.

use axum::extract::State;
use axum::response::Response;
use lysoen_answers::ladder::{
    ADVICE, Fact as KnownFact, LadderState, NotAssessed as Unknown, PlaceLadder, Warned as Stands, indicators, kind,
};
use lysoen_ladder::log::{Chain, Indicators as KnownIndicators, RecordKind, Slice as KnownSlice};
use lysoen_ladder::rules::{HARD, Rung as KnownRung, Window as KnownWindow};
use lysoen_ladder::{Phase, Tier};
use serde::Serialize;
use utoipa::ToSchema;

use super::SourceNote;
use super::log::{Entry, Role, entries, roles};
use super::triggers::TriggerCard;
use crate::output::Format;
use crate::serve::asked::{self, Named};
use crate::serve::form::{Form, Original, Page, json, sheet};
use crate::serve::hub::Current;
use crate::serve::problem::Problem;
use crate::serve::{App, off_thread};

/// What stands everywhere.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Warnings {
    /// The day for which it is told.
    as_of: String,
    /// The last month of data.
    origin: Option<String>,
    /// Whether the data end more than three months before: never an alert.
    replay: bool,
    /// What a reader must know first.
    label: Option<String>,
    /// What stands, warnings first, by their chance.
    list: Vec<Warned>,
    /// Triggers that could not be evaluated.
    not_assessed: Vec<NotAssessed>,
    /// The triggers.
    triggers: Vec<TriggerCard>,
    /// Number and hash of the newest record of the log.
    log_head: Option<String>,
    /// How many records the log has.
    log_records: usize,
    /// How many warnings were answered before the event, and how soon; nothing while none is recorded.
    indicators: Option<Indicators>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// A trigger that could not be evaluated.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotAssessed {
    /// The trigger.
    trigger: String,
    /// Why.
    why: String,
    /// In how many countries.
    places: usize,
    /// One of them.
    example: String,
}

/// A trigger that stands at a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Warned {
    /// The country.
    place: String,
    /// Its name.
    name: String,
    /// The trigger.
    trigger: String,
    /// Its title.
    title: String,
    /// `warning` or `observed-breach`.
    kind: &'static str,
    /// Why it stands.
    reasons: Vec<String>,
    /// The forecast chance that it reads.
    chance: Option<f64>,
    /// The days for which it stands.
    window: Window,
    /// The number of the newest warning in the log of this place and trigger.
    recorded: Option<u64>,
    /// Whether somebody has acted on it; nothing where it is not recorded.
    answered: Option<bool>,
    /// The cards of the sources of its reasons.
    sources: Vec<String>,
}

/// Days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Window {
    /// The first.
    from: String,
    /// The last.
    to: String,
    /// From the day for which it is told to the last.
    days: i64,
    /// Of what it is.
    told: String,
}

/// How many warnings were answered before the event, and how soon.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Indicators {
    /// Warnings.
    warnings: u64,
    /// Answered before the event, or by the end of the window where none came.
    answered_before: u64,
    /// Their share of those of which that can be said.
    share: Option<f64>,
    /// Warnings whose window runs.
    open: u64,
    /// Warnings that nobody answered in time.
    unanswered: u64,
    /// Median days from the warning to the first action.
    median_days_to_action: Option<f64>,
    /// By place.
    by_place: Vec<Slice>,
    /// By organisation that acted.
    by_partner: Vec<Slice>,
}

/// The same of some warnings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Slice {
    /// The place, or the organisation.
    name: String,
    /// Warnings.
    warnings: u64,
    /// Answered before the event.
    answered_before: u64,
    /// Their share.
    share: Option<f64>,
    /// Median days from the warning to the first action.
    median_days_to_action: Option<f64>,
}

/// The ladder of a country.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ladder {
    /// The country.
    place: String,
    /// Its name.
    name: String,
    /// The day for which it is told.
    as_of: String,
    /// The last month of data.
    origin: Option<String>,
    /// Whether the data end more than three months before.
    replay: bool,
    /// What a reader must know first.
    label: Option<String>,
    /// The phase that is recorded.
    phase: Option<&'static str>,
    /// The phase in words.
    phase_told: String,
    /// The window against which lead times are held.
    window: Window,
    /// What is known.
    situation: Vec<Fact>,
    /// What is forecast.
    forecast: Vec<Fact>,
    /// What stands.
    warnings: Vec<Warned>,
    /// Frameworks agreed beforehand.
    frameworks: Vec<Framework>,
    /// The options, soft to hard.
    rungs: Vec<Rung>,
    /// What was recorded of the place.
    log: Vec<Entry>,
    /// Who may record.
    roles: Vec<Role>,
    /// Whether the server takes records.
    writable: bool,
    /// Why it does not.
    read_only_because: Option<String>,
    /// Number and hash of the newest record of the log.
    log_head: Option<String>,
    /// The sources.
    sources: Vec<SourceNote>,
    /// What a reader must know.
    notes: Vec<String>,
}

/// A sentence and its sources.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Fact {
    /// The sentence.
    said: String,
    /// The cards of its sources.
    sources: Vec<String>,
}

/// A framework agreed beforehand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Framework {
    /// Its id.
    id: String,
    /// What it is.
    title: String,
    /// How it stands.
    standing: String,
    /// The trigger that arms it.
    trigger: String,
    /// The options that were agreed.
    options: Vec<String>,
    /// The money.
    finance: String,
    /// The role that confirms.
    confirmed_by: String,
    /// The document.
    document: String,
}

/// An option at the place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rung {
    /// Its id.
    id: String,
    /// Its version.
    version: u32,
    /// `soft`, `medium` or `hard`.
    tier: &'static str,
    /// The phases for which it is meant.
    phase: Vec<&'static str>,
    /// Whether the place is in one of them; it closes nothing.
    fits_phase: Option<bool>,
    /// That in words.
    phase_told: Option<String>,
    /// What it is.
    title: String,
    /// What is done.
    description: String,
    /// Who can do it.
    actors: Vec<String>,
    /// `open`, `blocked`, `not-assessed`, `under-way` or `tried-before`.
    status: &'static str,
    /// The status in words.
    status_told: String,
    /// Why.
    reasons: Vec<String>,
    /// For how many sites it is open.
    open_for_sites: Option<usize>,
    /// `in-time`, `may-arrive-late` or `after-window`.
    timing: &'static str,
    /// The timing in words, with who estimated the lead time.
    timing_told: String,
    /// The lead time.
    lead: Lead,
    /// The last days on which it can be decided.
    latest_start: LatestStart,
    /// What waiting costs.
    waiting: String,
    /// The rungs below that were not yet tried.
    below: Vec<Below>,
    /// What is asked so that it does no harm.
    harm_checks: Vec<HarmCheck>,
    /// On what it rests.
    legal_basis: Vec<Reference>,
    /// Where it was done before.
    precedents: Vec<Reference>,
    /// Whose consent it needs.
    consent_needed_from: Vec<String>,
    /// What must be there in practice.
    prerequisites: Vec<String>,
    /// What it costs.
    cost: String,
    /// Where the money comes from.
    finance_source: String,
    /// Whether it can be undone.
    reversibility: String,
    /// Days after which a proposal is to be looked at again.
    review_after_days: u16,
    /// How one knows that it can end.
    exit_test: String,
    /// By what its effect would be seen.
    expected_effect_indicator: String,
    /// With whom it may be shared.
    sharing: String,
    /// What hard options always say.
    hard_note: Option<&'static str>,
    /// The cards of the sources of what is recorded about it.
    sources: Vec<String>,
}

/// A lead time, an estimate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lead {
    /// Least days.
    least: u32,
    /// Most days.
    most: u32,
    /// As it is told.
    told: String,
    /// Who estimated it.
    estimated_by: String,
    /// When.
    estimated_on: String,
}

/// The last days on which an option can be decided.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LatestStart {
    /// So that it surely takes effect in the window.
    in_time: Option<String>,
    /// So that it may.
    at_all: Option<String>,
}

/// A rung below.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Below {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// Its status in words.
    status_told: String,
}

/// A harm check.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HarmCheck {
    /// The question.
    text: String,
    /// Whether it has failed; nothing where that is not known.
    failed: Option<bool>,
    /// Why.
    because: Option<String>,
}

/// A reference.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reference {
    /// As it is cited.
    text: String,
    /// Whether somebody has read it.
    checked: bool,
}

/// What stands everywhere.
#[utoipa::path(get, path = "/api/v1/warnings", tag = "ladder", responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row a country and trigger.", body = Warnings),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn warnings(State(app): State<App>, form: Form, Original(uri): Original) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let make = move || {
        let state = made(&current)?;
        if form.0 != Format::Json {
            return sheet(form, state.sheet(), Page::ALL, "lysoen-warnings", &uri);
        }
        let chain = app.hub.log()?;
        let standing = &current.standing;
        let told = match chain.records().is_empty() {
            true => None,
            false => Some(indicators(&standing.observatory, &standing.at, &chain)?),
        };
        Ok(json(&Warnings {
            as_of: state.as_of.to_string(),
            origin: state.origin.map(|origin| origin.to_string()),
            replay: state.replay,
            label: state.label.clone(),
            list: state
                .standing
                .iter()
                .map(|stands| Warned::of(state, stands, &chain))
                .collect(),
            not_assessed: state
                .not_assessed
                .iter()
                .map(|one| NotAssessed::of(state, one))
                .collect(),
            triggers: state
                .catalog
                .triggers
                .iter()
                .map(|trigger| TriggerCard::of(&standing.observatory, trigger))
                .collect(),
            log_head: chain.head().map(|head| head.to_string()),
            log_records: chain.records().len(),
            indicators: told.map(|told| Indicators::of(&told, state)),
            sources: state.sources().iter().map(SourceNote::from).collect(),
            notes: vec![ADVICE.to_string()],
        }))
    };
    off_thread(make).await?
}

/// The ladder of a country.
#[utoipa::path(get, path = "/api/v1/ladder/{place}", tag = "ladder", params(("place" = String, Path, description = "A country by code or name.")), responses(
    (status = 200, description = "Also as CSV, XLSX, Parquet and Arrow: a row an option.", body = Ladder),
    (status = "4XX", body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    form: Form,
    Original(uri): Original,
    Named(place): Named<String>,
) -> Result<Response, Problem> {
    let current = app.hub.current()?;
    let place = asked::place(&current.standing, &place)?;
    let make = move || {
        let state = made(&current)?;
        let chain = app.hub.log()?;
        let ladder = state.place(&current.standing.observatory, &place, &chain)?;
        if form.0 != Format::Json {
            return sheet(form, state.rungs_sheet(&[ladder]), Page::ALL, "lysoen-ladder", &uri);
        }
        let nobody = || {
            let roles = &state.catalog.roles;
            roles.list().is_empty().then(|| {
                "nobody may record yet: no role is defined in catalog/ladder/roles.toml of the observatory".to_string()
            })
        };
        let reason = app.read_only_because().or_else(nobody);
        Ok(json(&Ladder {
            place: place.to_string(),
            name: ladder.name.clone(),
            as_of: state.as_of.to_string(),
            origin: state.origin.map(|origin| origin.to_string()),
            replay: state.replay,
            label: state.label.clone(),
            phase: ladder.phase.map(Phase::name),
            phase_told: ladder.phase_told.clone(),
            window: Window::of(state, &ladder.window),
            situation: ladder.situation.iter().map(Fact::of).collect(),
            forecast: ladder.forecast.iter().map(Fact::of).collect(),
            warnings: ladder
                .warnings
                .iter()
                .map(|stands| Warned::of(state, stands, &chain))
                .collect(),
            frameworks: frameworks(&ladder),
            rungs: ladder.rungs.iter().map(Rung::of).collect(),
            log: entries(&current.standing.observatory, &chain, Some(&place)),
            roles: roles(state),
            writable: reason.is_none(),
            read_only_because: reason,
            log_head: chain.head().map(|head| head.to_string()),
            sources: ladder.sources.iter().map(SourceNote::from).collect(),
            notes: vec![ADVICE.to_string()],
        }))
    };
    off_thread(make).await?
}

/// The ladder's state, or why there is none.
pub(super) fn made(current: &Current) -> Result<&LadderState, Problem> {
    match current.standing.ladder.as_deref() {
        Some(Ok(state)) => Ok(state),
        Some(Err(why)) => Err(Problem::not_found(why.clone())),
        None => Err(Problem::later("the ladder is still being computed", 5)),
    }
}

fn frameworks(ladder: &PlaceLadder) -> Vec<Framework> {
    let of =
        |(framework, standing): &(lysoen_ladder::framework::Framework, lysoen_ladder::framework::Standing)| Framework {
            id: framework.id.clone(),
            title: framework.title.clone(),
            standing: standing.told(),
            trigger: framework.trigger.clone(),
            options: framework.options.clone(),
            finance: format!(
                "{} {} from {}",
                framework.finance.amount, framework.finance.currency, framework.finance.source
            ),
            confirmed_by: framework.confirmed_by.clone(),
            document: framework.document.clone(),
        };
    ladder.frameworks.iter().map(of).collect()
}

impl NotAssessed {
    fn of(state: &LadderState, one: &Unknown) -> NotAssessed {
        NotAssessed {
            trigger: one.trigger.clone(),
            why: one.why.clone(),
            places: one.places.len(),
            example: one
                .places
                .first()
                .and_then(|place| state.names.get(place))
                .cloned()
                .unwrap_or_default(),
        }
    }
}

impl Warned {
    fn of(state: &LadderState, stands: &Stands, chain: &Chain) -> Warned {
        let same = |record: &&lysoen_ladder::log::Record| {
            record.kind == RecordKind::Warn
                && record.place == stands.place
                && record.trigger.as_ref() == Some(&stands.trigger)
        };
        let recorded = chain.records().iter().rev().find(same).map(|record| record.number);
        Warned {
            place: stands.place.to_string(),
            name: stands.name.clone(),
            trigger: stands.trigger.clone(),
            title: stands.title.clone(),
            kind: kind(stands),
            reasons: stands.reasons.clone(),
            chance: stands.chance,
            window: Window::of(state, &stands.window),
            recorded,
            answered: recorded.map(|number| !chain.actions(number, jiff::civil::Date::MAX).is_empty()),
            sources: state.sources_of(stands),
        }
    }
}

impl Window {
    fn of(state: &LadderState, window: &KnownWindow) -> Window {
        Window {
            from: window.from.to_string(),
            to: window.to.to_string(),
            days: i64::from((window.to - state.as_of).get_days()),
            told: window.told.clone(),
        }
    }
}

impl Fact {
    fn of(fact: &KnownFact) -> Fact {
        Fact {
            said: fact.said.clone(),
            sources: fact.sources.clone(),
        }
    }
}

impl Indicators {
    fn of(known: &KnownIndicators, state: &LadderState) -> Indicators {
        let slice = |slice: &KnownSlice| Slice {
            name: match slice.name.parse() {
                Ok(place) => state.names.get(&place).unwrap_or(&slice.name).clone(),
                Err(_) => slice.name.clone(),
            },
            warnings: slice.warnings,
            answered_before: slice.answered_before,
            share: slice.share,
            median_days_to_action: slice.median_days_to_action,
        };
        Indicators {
            warnings: known.warnings,
            answered_before: known.answered_before,
            share: known.share,
            open: known.open,
            unanswered: known.unanswered,
            median_days_to_action: known.median_days_to_action,
            by_place: known.by_place.iter().map(slice).collect(),
            by_partner: known.by_partner.iter().map(slice).collect(),
        }
    }
}

impl Rung {
    fn of(rung: &KnownRung) -> Rung {
        let option = &rung.option;
        let (least, most) = option.lead_time.days();
        let phases: Vec<&str> = option.phase.iter().map(|phase| phase.told()).collect();
        let reference = |text: &String, checked: bool| Reference {
            text: text.clone(),
            checked,
        };
        Rung {
            id: option.id.clone(),
            version: option.version,
            tier: option.tier.name(),
            phase: option.phase.iter().map(|phase| phase.name()).collect(),
            fits_phase: rung.fits_phase,
            phase_told: (rung.fits_phase == Some(false))
                .then(|| format!("It is meant for {}; that closes nothing.", phases.join(" or "))),
            title: option.title.clone(),
            description: option.description.clone(),
            actors: option.actors.clone(),
            status: rung.status.name(),
            status_told: rung.status_told.clone(),
            reasons: rung.reasons.clone(),
            open_for_sites: rung.open_for_sites,
            timing: rung.timing.name(),
            timing_told: rung.timing_told.clone(),
            lead: Lead {
                least,
                most,
                told: option.lead_time.told.clone(),
                estimated_by: option.lead_time.estimated_by.clone(),
                estimated_on: option.lead_time.estimated_on.to_string(),
            },
            latest_start: LatestStart {
                in_time: rung.waiting.in_time.map(|day| day.to_string()),
                at_all: rung.waiting.at_all.map(|day| day.to_string()),
            },
            waiting: rung.waiting.told.clone(),
            below: rung
                .below
                .iter()
                .map(|below| Below {
                    id: below.id.clone(),
                    title: below.title.clone(),
                    status_told: below.status_told.clone(),
                })
                .collect(),
            harm_checks: rung
                .harm
                .iter()
                .map(|harm| HarmCheck {
                    text: harm.text.clone(),
                    failed: harm.failed,
                    because: harm.because.clone(),
                })
                .collect(),
            legal_basis: option
                .legal_basis
                .iter()
                .map(|one| reference(&one.text, one.checked.is_some()))
                .collect(),
            precedents: option
                .precedents
                .iter()
                .map(|one| reference(&one.text, one.checked.is_some()))
                .collect(),
            consent_needed_from: option.consent_needed_from.clone(),
            prerequisites: option.prerequisites.clone(),
            cost: option.cost.band.told().to_string(),
            finance_source: option.finance_source.clone(),
            reversibility: option.reversibility.told().to_string(),
            review_after_days: option.review_after_days,
            exit_test: option.exit_test.clone(),
            expected_effect_indicator: option.expected_effect_indicator.clone(),
            sharing: option.sharing.told().to_string(),
            hard_note: (option.tier == Tier::Hard).then_some(HARD),
            sources: rung.sources.clone(),
        }
    }
}
