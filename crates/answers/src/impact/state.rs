//! Everything from which policies are told: the catalog, the treaties, and the outcomes as they are asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use lysoen_facts::ViewAt;
use lysoen_impact::Rules;
use lysoen_impact::catalog::Catalog;
use lysoen_impact::policy::{CasesOf, PolicyKind};

use super::ask::{Asked, lower_first};
use super::catalog::catalog;
use super::donors::Screen;
use super::policies::{Held, bound_by, usual_method};
use super::question::{Began, Question, Step, last_period};
use super::rows::{ImpactAnswer, OutcomeBrief};
use super::series::{Outcome, by_months, counts_people, title};
use crate::agenda::AgendaState;
use crate::error::AnswerError;
use crate::observatory::Observatory;

/// What policies are told from.
#[derive(Debug)]
pub struct ImpactState {
    observatory: Arc<Observatory>,
    at: ViewAt,
    catalog: Catalog,
    /// Who is bound since when by each instrument that the catalog names.
    bound: BTreeMap<String, Vec<Held>>,
    /// Outcomes that were read.
    outcomes: Mutex<BTreeMap<(String, Step), Arc<Outcome>>>,
}

impl ImpactState {
    /// The state of a view. Outcomes are read when they are first asked of.
    pub fn of(observatory: Arc<Observatory>, at: &ViewAt) -> Result<ImpactState, AnswerError> {
        let catalog = catalog(observatory.own_catalog().as_deref(), observatory.measures())?;
        let agenda = AgendaState::of(&observatory, at)?;
        let similar = |kind| catalog.kind(kind).map_or(&[][..], |kind| &kind.similar);
        let of_kinds = PolicyKind::ALL.into_iter().flat_map(similar);
        let of_classes = catalog
            .classes()
            .flat_map(|class| class.similar.iter().chain([&class.cases]));
        let named = of_kinds.chain(of_classes).filter_map(|cases| match cases {
            CasesOf::Instrument(instrument) => Some(instrument.clone()),
            CasesOf::Kind(_) => None,
        });
        let bound = named.map(|instrument| {
            let held = bound_by(&agenda, &instrument, observatory.today);
            (instrument, held)
        });
        Ok(ImpactState {
            bound: bound.collect(),
            catalog,
            at: at.clone(),
            outcomes: Mutex::default(),
            observatory,
        })
    }

    /// The observatory.
    pub fn observatory(&self) -> &Observatory {
        &self.observatory
    }

    /// The thresholds of gates and verdicts.
    pub fn rules(&self) -> &Rules {
        self.catalog.rules()
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The states for which an instrument that the catalog names was ever in force.
    pub(super) fn bound_by(&self, instrument: &str) -> &[Held] {
        self.bound.get(instrument).map_or(&[], Vec::as_slice)
    }

    /// What an own question can be asked of, in the order of the measures.
    pub fn outcomes(&self) -> Vec<OutcomeBrief> {
        let list = &self.observatory.measures().list;
        let counting = list.iter().filter(|measure| counts_people(measure));
        let brief = counting.map(|measure| OutcomeBrief {
            id: measure.id.clone(),
            title: title(measure),
            unit: measure.unit.clone(),
            months: by_months(&measure.id).is_some(),
        });
        brief.collect()
    }

    /// An outcome of every place and period; read once.
    pub(super) fn outcome(&self, id: &str, by: Step) -> Result<Arc<Outcome>, AnswerError> {
        let key = (id.to_string(), by);
        let known = |all: &Mutex<BTreeMap<_, Arc<Outcome>>>| {
            all.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
        };
        if let Some(outcome) = known(&self.outcomes) {
            return Ok(outcome);
        }
        let view = self.observatory.view(&self.at)?;
        let outcome = Arc::new(Outcome::read(&self.observatory, &view, id, by)?);
        let mut all = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(all.entry(key).or_insert(outcome).clone())
    }

    /// Answers a question.
    pub fn ask(&self, question: &Question) -> Result<ImpactAnswer, AnswerError> {
        self.answer(&self.asked(question)?)
    }

    /// A question, understood.
    pub(super) fn asked(&self, question: &Question) -> Result<Asked, AnswerError> {
        let place = self.observatory.place(&question.place)?;
        let began = Began::parse(&question.from)?;
        let until = question
            .until
            .as_ref()
            .map(|until| last_period(until, question.by))
            .transpose()?;
        if until.is_some_and(|until| until < began.first_after(question.by).0) {
            return Err(AnswerError::Impact(format!(
                "the periods end in {} before the first one after {}",
                question.until.clone().unwrap_or_default(),
                question.from
            )));
        }
        check_margin(question.margin)?;
        let mut named = Vec::new();
        for typed in &question.donors {
            let donor = self.observatory.place(typed)?;
            if donor == place {
                return Err(AnswerError::Impact(format!(
                    "{typed} is the place under the policy and cannot be compared with itself"
                )));
            }
            named.push(donor.to_string());
        }
        let outcome = self.outcome(&question.outcome, question.by)?;
        let mut asked = Asked {
            title: format!(
                "{} in {} from {}",
                outcome.told.title,
                self.observatory.name(&place),
                question.from
            ),
            policy_words: format!("what began {} {}", began.preposition(), question.from),
            policy: None,
            outcome: question.outcome.clone(),
            place,
            from: question.from.clone(),
            began,
            until,
            before: None,
            after: None,
            by: question.by,
            method: question
                .method
                .unwrap_or_else(|| usual_method(question.because_of_harm)),
            margin: question.margin,
            because_of_harm: question.because_of_harm,
            similar: Vec::new(),
            screen: Screen {
                named,
                barred: BTreeMap::new(),
            },
        };
        if let Some(kind) = question.kind {
            asked.policy_words = format!("the {} of {}", lower_first(kind.title()), question.from);
            asked.because_of_harm |= kind.because_of_harm();
            asked.method = question.method.unwrap_or_else(|| usual_method(asked.because_of_harm));
            asked.similar = self.similar_to(kind);
        }
        Ok(asked)
    }
}

/// Refuses a d that is no share.
pub(super) fn check_margin(margin: Option<f64>) -> Result<(), AnswerError> {
    match margin {
        Some(margin) if !(margin > 0.0 && margin < 1.0) => Err(AnswerError::Impact(format!(
            "d is {margin}; write the largest effect that counts as none as a share of what would have been, such as 0.2"
        ))),
        _ => Ok(()),
    }
}
