//! The policies of the catalog with their answers, as far as these are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use lysoen_facts::ViewAt;
use lysoen_impact::policy::PolicyKind;

use crate::error::AnswerError;
use crate::impact::{ClassBrief, ClassTold, ImpactAnswer, ImpactState, PolicyBrief};
use crate::observatory::Observatory;

/// What policies are told from, and the answers to those of the catalog.
#[derive(Clone, Debug)]
pub struct StandingImpact {
    /// From which an own question is answered.
    pub state: Arc<ImpactState>,
    answers: BTreeMap<String, Arc<ImpactAnswer>>,
    classes: BTreeMap<String, Arc<ClassTold>>,
}

impl StandingImpact {
    /// The state of a view, without answers.
    pub(super) fn begin(observatory: Arc<Observatory>, at: &ViewAt) -> Result<StandingImpact, AnswerError> {
        Ok(StandingImpact {
            state: Arc::new(ImpactState::of(observatory, at)?),
            answers: BTreeMap::new(),
            classes: BTreeMap::new(),
        })
    }

    /// The same with the answers to the policies of a kind.
    pub(super) fn with_kind(&self, kind: PolicyKind) -> Result<StandingImpact, AnswerError> {
        let mut next = self.clone();
        let of_kind = self
            .state
            .policies()
            .into_iter()
            .filter(|policy| policy.kind == kind.id());
        for policy in of_kind {
            let answer = self.state.policy(&policy.id)?;
            next.answers.insert(policy.id, Arc::new(answer));
        }
        Ok(next)
    }

    /// The same with the answers to the classes.
    pub(super) fn with_classes(&self) -> Result<StandingImpact, AnswerError> {
        let mut next = self.clone();
        for class in self.state.classes() {
            let told = self.state.class(&class.id)?;
            next.classes.insert(class.id, Arc::new(told));
        }
        Ok(next)
    }

    /// The answer to a policy, where it is there.
    pub fn answer(&self, id: &str) -> Option<&Arc<ImpactAnswer>> {
        self.answers.get(id)
    }

    /// The answer to a class, where it is there.
    pub fn class(&self, id: &str) -> Option<&Arc<ClassTold>> {
        self.classes.get(id)
    }

    /// The policies of the catalog, each with its answer where it is there.
    pub fn policies(&self) -> Vec<PolicyBrief> {
        let mut all = self.state.policies();
        for brief in &mut all {
            if let Some(answer) = self.answers.get(&brief.id) {
                brief.verdict = Some(answer.verdict.clone());
                brief.people = answer.examination.as_ref().and_then(|found| found.people.clone());
            }
        }
        all
    }

    /// The classes, each with its answer where it is there.
    pub fn classes(&self) -> Vec<ClassBrief> {
        let mut all = self.state.classes();
        for brief in &mut all {
            if let Some(told) = self.classes.get(&brief.id) {
                brief.answered = Some(told.cases.iter().filter(|case| case.answered).count());
                brief.verdict = told.verdict().cloned();
            }
        }
        all
    }
}
