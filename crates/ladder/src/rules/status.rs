//! Whether an option can be done.

use serde::Serialize;

use super::condition::{self, Known, cited, is_about, names};
use super::words::{capital, small};
use super::{Checks, Harm, Situation, Standing, evidence};
use crate::option::LadderOption;
use crate::statement::{Answer, Kind, Statement};
use crate::trigger::Truth;

/// Whether an option can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// No blocker is known.
    Open,
    /// Something that it needs is known to be lacking, or something recorded closes it.
    Blocked,
    /// A consent, a mandate or the evidence is not known.
    NotAssessed,
    /// It is being done.
    UnderWay,
    /// It was done before, and no blocker is known.
    TriedBefore,
}

impl Status {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Blocked => "blocked",
            Status::NotAssessed => "not-assessed",
            Status::UnderWay => "under-way",
            Status::TriedBefore => "tried-before",
        }
    }

    /// In words.
    pub fn told(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Blocked => "blocked",
            Status::NotAssessed => "not assessed",
            Status::UnderWay => "under way",
            Status::TriedBefore => "tried before",
        }
    }
}

/// A status with its reasons.
pub(super) struct Found {
    pub(super) status: Status,
    pub(super) told: String,
    pub(super) reasons: Vec<String>,
    pub(super) sites: Option<usize>,
}

/// The harm checks: what readings or statements say of each. A recorded check is of the option as a whole.
pub(super) fn harm(
    option: &LadderOption,
    standing: &Standing<'_>,
    situation: &Situation<'_>,
    checks: &Checks<'_>,
) -> Vec<Harm> {
    let recorded = newest(option, standing, Kind::HarmCheck);
    let of = |(place, check): (usize, &crate::option::HarmCheck)| {
        let verdict = checks(&option.id, place).map(|expression| expression.evaluate(situation.reading));
        let failed = match verdict.as_ref().map(|verdict| verdict.truth) {
            Some(Truth::True) => Some(true),
            Some(Truth::False) => Some(false),
            _ => recorded.and_then(|said| (said.answer == Answer::Passed).then_some(false)),
        };
        let because = match (failed, verdict) {
            (Some(true), Some(verdict)) => {
                let because = check.because.clone().unwrap_or_else(|| check.text.clone());
                Some(format!("{because} {}", verdict.reasons.join(" ")))
            }
            (None, Some(verdict)) => Some(verdict.reasons.join(" ")).filter(|why| !why.is_empty()),
            _ => None,
        };
        Harm {
            text: check.text.clone(),
            failed,
            because,
        }
    };
    option.do_no_harm_checks.iter().enumerate().map(of).collect()
}

/// The newest statement of a kind about an option.
fn newest<'s>(option: &LadderOption, standing: &Standing<'s>, kind: Kind) -> Option<&'s Statement> {
    let about = |said: &&&Statement| said.kind == kind && is_about(said, names(option));
    standing
        .now
        .iter()
        .filter(about)
        .max_by_key(|said| (said.from, &said.id))
        .copied()
}

/// The status of an option.
pub(super) fn found(
    option: &LadderOption,
    unavailable: Option<String>,
    harm: &[Harm],
    situation: &Situation<'_>,
    standing: &Standing<'_>,
) -> Found {
    let (mut blocked, mut unknown, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(why) = unavailable {
        reasons.push(format!("{}.", capital(why.trim_end_matches('.'))));
        blocked.push(why.trim_end_matches('.').to_string());
    }
    for requirement in &option.requires {
        if option.site_by_site && requirement.any.iter().all(|one| matches!(one.kind, Kind::OptIn)) {
            continue;
        }
        match condition::requirement(requirement, option, standing) {
            Known::Met(said) => reasons.push(said),
            Known::Lacking(lacking) => {
                blocked.push(lacking.told());
                reasons.push(lacking.said);
            }
            Known::Unknown(what) => {
                reasons.push(format!("It is not recorded whether there is {what}."));
                unknown.push(format!("{what} not recorded"));
            }
        }
    }
    closed(option, harm, standing, &mut blocked, &mut reasons);
    let grounds = evidence::grounds(situation, standing);
    if let Some((short, said)) = evidence::below_floor(&option.evidence_floor, grounds.as_ref()) {
        unknown.push(short);
        reasons.push(said);
    }
    let sites = option.site_by_site.then(|| sites(option, standing));
    if let Some(sites) = sites {
        reasons.push(match sites {
            0 => "No site is recorded to have opted in; it is open only for sites that do.".to_string(),
            1 => "One site is recorded to have opted in; for others it is not assessed.".to_string(),
            n => format!("{n} sites are recorded to have opted in; for others it is not assessed."),
        });
    }
    let done: Vec<&super::Done> = situation.done.iter().filter(|done| done.option == option.id).collect();
    for done in &done {
        reasons.push(match (&done.until, &done.outcome) {
            (Some(until), outcome) => format!(
                "It was done from {} to {until}: {}.",
                done.since,
                outcome
                    .as_deref()
                    .unwrap_or("no result is recorded")
                    .trim_end_matches('.')
            ),
            (None, _) => format!("It is under way since {}.", done.since),
        });
    }
    let (status, told) = if let Some(running) = done.iter().find(|done| done.until.is_none()) {
        (Status::UnderWay, format!("under way since {}", running.since))
    } else if !blocked.is_empty() {
        (Status::Blocked, format!("blocked: {}", blocked.join(", ")))
    } else if !unknown.is_empty() {
        (Status::NotAssessed, format!("not assessed: {}", unknown.join(", ")))
    } else if sites.is_some() {
        (
            Status::NotAssessed,
            "not assessed except for sites that opted in".to_string(),
        )
    } else if let Some(last) = done.last() {
        let outcome = last.outcome.as_deref().unwrap_or("no result is recorded");
        (Status::TriedBefore, format!("tried before: {outcome}"))
    } else {
        reasons.push("No blocker is known.".to_string());
        (Status::Open, "open".to_string())
    };
    Found {
        status,
        told,
        reasons,
        sites,
    }
}

/// What closes an option beside a requirement that is not met: a blocker, a failed check, a refusal that was not asked for.
fn closed(
    option: &LadderOption,
    harm: &[Harm],
    standing: &Standing<'_>,
    blocked: &mut Vec<String>,
    reasons: &mut Vec<String>,
) {
    if let Some(said) = newest(option, standing, Kind::Blocker).filter(|said| said.answer == Answer::Blocked) {
        let note = said
            .note
            .as_deref()
            .unwrap_or("no reason is recorded")
            .trim_end_matches('.');
        blocked.push(note.to_string());
        reasons.push(format!("{} {}.", capital(note), cited(said)));
    }
    let failed = option
        .do_no_harm_checks
        .iter()
        .zip(harm)
        .filter(|(_, harm)| harm.failed == Some(true));
    for (check, harm) in failed {
        let because = check.because.as_deref().unwrap_or(&check.text).trim_end_matches('.');
        blocked.push(format!("harm check failed: {}", small(because)));
        reasons.push(format!(
            "A harm check failed: {}",
            harm.because.as_deref().unwrap_or(&check.text)
        ));
    }
    if let Some(said) = newest(option, standing, Kind::HarmCheck).filter(|said| said.answer == Answer::Failed) {
        let note = said
            .note
            .as_deref()
            .unwrap_or("no reason is recorded")
            .trim_end_matches('.');
        blocked.push(format!("harm check failed: {note}"));
        reasons.push(format!("A harm check failed: {note} {}.", cited(said)));
    }
    for said in condition::unasked_refusals(option, standing) {
        let by = said.by.as_deref().unwrap_or("somebody whose consent it needs");
        let word = if said.answer == Answer::Refused {
            "refused"
        } else {
            "withdrawn"
        };
        blocked.push(format!("consent {word} by {by}"));
        reasons.push(format!("Consent was {word} by {by} {}.", cited(said)));
    }
}

/// How many sites have opted in, each by its newest statement.
fn sites(option: &LadderOption, standing: &Standing<'_>) -> usize {
    let mut newest = std::collections::BTreeMap::new();
    let about = |said: &&&Statement| said.kind == Kind::OptIn && is_about(said, names(option));
    let mut all: Vec<&&Statement> = standing.now.iter().filter(about).collect();
    all.sort_by_key(|said| (said.from, &said.id));
    for said in all {
        newest.insert(said.by.as_deref().unwrap_or(&said.id), said.answer);
    }
    newest.values().filter(|answer| **answer == Answer::Given).count()
}
