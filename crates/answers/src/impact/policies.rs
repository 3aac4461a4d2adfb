//! The policies of the catalog: in short, asked one by one, and what counts as a similar one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use lysoen_impact::Method;
use lysoen_impact::catalog::Outcome as Judged;
use lysoen_impact::policy::{CasesOf, Kind, Policy, PolicyKind};
use lysoen_lexicon::place::PlaceId;

use super::ask::{Asked, cannot, unknown};
use super::donors::{Screen, named};
use super::question::{Began, Step};
use super::rows::{ImpactAnswer, OutcomeTold, PolicyBrief};
use super::series::title;
use super::state::ImpactState;
use crate::agenda::AgendaState;
use crate::error::AnswerError;

/// Years that a policy without an end counts as lasting where it is held against the periods of another.
const LASTS: i16 = 10;

impl ImpactState {
    /// The policies of the catalog, by kind and date, without their answers.
    pub fn policies(&self) -> Vec<PolicyBrief> {
        let of = |kind: PolicyKind| self.catalog().of_kind(kind);
        let all = PolicyKind::ALL.into_iter().flat_map(of);
        all.map(|policy| self.brief(policy)).collect()
    }

    /// Asks of a policy of the catalog.
    pub fn policy(&self, id: &str) -> Result<ImpactAnswer, AnswerError> {
        let policy = self.catalog().policy(id).ok_or_else(|| AnswerError::NoPolicy {
            policy: id.to_string(),
            advice: self.catalog().advice(id),
        })?;
        match self.catalog().outcome(policy) {
            Judged::Measure(measure) => self.answer(&self.asked_of(policy, measure)?),
            Judged::NoSeries(why) => Ok(self.without_series(policy, why)),
        }
    }

    fn brief(&self, policy: &Policy) -> PolicyBrief {
        let outcome = match self.catalog().outcome(policy) {
            Judged::Measure(measure) => Some(measure.to_string()),
            Judged::NoSeries(_) => None,
        };
        let measures = self.observatory().measures();
        let outcome_title = outcome.as_ref().and_then(|id| measures.get(id)).map(title);
        PolicyBrief {
            id: policy.id.clone(),
            title: policy.title.clone(),
            kind: policy.kind.id().to_string(),
            kind_title: policy.kind.title().to_string(),
            place: named(&policy.place, self.observatory().crosswalk()),
            date: policy.date,
            until: policy.until,
            because_of_harm: policy.because_of_harm(),
            source: policy.source.clone(),
            checked: policy.checked,
            outcome,
            outcome_title,
            verdict: None,
            people: None,
        }
    }

    fn asked_of(&self, policy: &Policy, measure: &str) -> Result<Asked, AnswerError> {
        let place = place(&policy.place)?;
        let kind = self.catalog().kind(policy.kind);
        Ok(Asked {
            title: policy.title.clone(),
            policy_words: policy.title.clone(),
            policy: Some(self.brief(policy)),
            outcome: measure.to_string(),
            place,
            from: policy.date.to_string(),
            began: Began::on(policy.date),
            until: None,
            before: kind.map(|kind| kind.before as usize),
            after: kind.map(|kind| kind.after as usize),
            by: Step::Year,
            method: usual_method(policy.because_of_harm()),
            margin: kind.and_then(|kind| kind.margin),
            because_of_harm: policy.because_of_harm(),
            similar: self.similar_to(policy.kind),
            screen: Screen {
                named: Vec::new(),
                barred: self.touched(policy),
            },
        })
    }

    /// The places under the policy or party to its conflict, with the reason why each is no donor.
    pub(super) fn touched(&self, policy: &Policy) -> BTreeMap<String, String> {
        let under = policy
            .also
            .iter()
            .map(|place| (place.clone(), "it is under the same policy".to_string()));
        let same = self
            .catalog()
            .policies()
            .filter(|other| policy.conflict.is_some() && other.conflict == policy.conflict && other.id != policy.id);
        let others = same.flat_map(|other| other.places().map(str::to_string).chain(other.parties.iter().cloned()));
        let parties = policy.parties.iter().cloned().chain(others);
        let party = parties.map(|place| (place, "it is party to the same conflict".to_string()));
        party.chain(under).filter(|(place, _)| *place != policy.place).collect()
    }

    /// What counts as a policy like one of a kind: those of the kind, and what is fixed for it beside them.
    pub(super) fn similar_to(&self, kind: PolicyKind) -> Vec<CasesOf> {
        let beside = self.catalog().kind(kind).map(|kind: &Kind| kind.similar.clone());
        let mut all = vec![CasesOf::Kind(kind)];
        all.extend(beside.unwrap_or_default());
        all.sort();
        all.dedup();
        all
    }

    /// Every place under a kind of policy or bound by an instrument, and from when to when.
    pub(super) fn holding(&self, like: &CasesOf) -> Vec<Held> {
        match like {
            CasesOf::Kind(kind) => {
                let policies = self.catalog().of_kind(*kind).into_iter();
                let held = policies.flat_map(|policy| {
                    policy.places().map(|place| Held {
                        place: place.to_string(),
                        from: policy.date,
                        until: policy.until,
                        title: policy.title.clone(),
                        policy: Some(policy.id.clone()),
                        cluster: policy.cluster().to_string(),
                        lasting: false,
                    })
                });
                held.collect()
            }
            CasesOf::Instrument(instrument) => self.bound_by(instrument).to_vec(),
        }
    }

    /// The answer where no series tells of what a policy was to protect.
    fn without_series(&self, policy: &Policy, why: &str) -> ImpactAnswer {
        let brief = self.brief(policy);
        let answer = ImpactAnswer {
            title: policy.title.clone(),
            question: format!(
                "What was it with {}, and what would it have been without?",
                policy.title
            ),
            outcome: OutcomeTold {
                id: String::new(),
                title: "What it was to protect from".to_string(),
                definition: why.to_string(),
                unit: String::new(),
                counted: "people".to_string(),
            },
            place: brief.place.clone(),
            from: policy.date.to_string(),
            policy: Some(brief),
            by: Step::Year.to_string(),
            first_after: None,
            last_after: None,
            set_aside: Vec::new(),
            method: Method::Synthetic,
            episodes: false,
            donors: Vec::new(),
            examination: None,
            verdict: unknown(None),
            sources: Vec::new(),
            notes: Vec::new(),
        };
        cannot(answer, vec![why.to_string()])
    }
}

/// A place under a policy, from when to when.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    pub(super) place: String,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
    pub(super) title: String,
    /// The policy's id; none of a treaty.
    pub(super) policy: Option<String>,
    /// What is counted together with it.
    pub(super) cluster: String,
    /// Whether it lasts until its end is known, as a treaty does.
    pub(super) lasting: bool,
}

impl Held {
    /// Whether it held on any of some days.
    pub(super) fn overlaps(&self, (first, last): (Date, Date)) -> bool {
        let lasts = if self.lasting {
            Date::MAX
        } else {
            years_after(self.from, LASTS)
        };
        self.from <= last && first <= self.until.unwrap_or(lasts)
    }
}

/// How a counterfactual is made where nothing else is asked for: against episodes the plain mean foretells better than fitted
/// weights do, as is told in [`lysoen_impact::episodes`].
pub(super) fn usual_method(because_of_harm: bool) -> Method {
    if because_of_harm {
        Method::Did
    } else {
        Method::Synthetic
    }
}

/// The states for which an instrument was ever in force, each from the first such day on.
pub(super) fn bound_by(agenda: &AgendaState, instrument: &str, today: Date) -> Vec<Held> {
    let Some(participations) = agenda.participations(instrument) else {
        return Vec::new();
    };
    let known = agenda.catalog.instrument(instrument);
    let short = known.map_or(instrument, |known| known.short.as_str());
    let held = participations.histories.values().filter_map(|history| {
        let at = history.changes.iter().position(|change| change.word.bound())?;
        let first = &history.changes[at];
        let from = first.since.or(first.from).filter(|day| *day <= today)?;
        let left = history.changes[at..].iter().find(|change| !change.word.bound());
        let left = left.and_then(|change| change.from);
        Some(Held {
            place: history.participant.parse::<PlaceId>().ok()?.to_string(),
            from,
            until: left,
            title: format!("{short} in force"),
            policy: None,
            cluster: history.participant.clone(),
            lasting: true,
        })
    });
    held.collect()
}

/// A place of the catalog.
pub(super) fn place(code: &str) -> Result<PlaceId, AnswerError> {
    code.parse()
        .map_err(|_| AnswerError::Impact(format!("the catalog names `{code}`, which is no place")))
}

fn years_after(day: Date, years: i16) -> Date {
    day.saturating_add(jiff::Span::new().years(years))
}
