//! What was done on the ladder, as a question: did it protect people?

use lysoen_ladder::log::{RecordAnswer, RecordKind};

use super::question::{Question, Step};
use super::state::ImpactState;
use crate::error::AnswerError;
use crate::ladder::log::chain;

/// By what an action on the ladder is judged: all of it begins with a warning of killing, or with the fear of it.
const OUTCOME: &str = "killed";

impl ImpactState {
    /// The beginning of an action in the ladder's log, as a question of the deaths by month since. Options are taken because
    /// harm is high or feared, so that it is held against the same point of other episodes.
    pub fn of_action(&self, number: u64) -> Result<Question, AnswerError> {
        let chain = chain(self.observatory())?;
        let record = chain
            .records()
            .iter()
            .find(|record| record.number == number)
            .ok_or_else(|| {
                AnswerError::Impact(format!(
                    "there is no record {number} in the log; `lysoen ladder log` lists its {} records",
                    chain.records().len()
                ))
            })?;
        if record.kind != RecordKind::Act || record.answer != Some(RecordAnswer::Begun) {
            return Err(AnswerError::Impact(format!(
                "record {number} is not the beginning of an action ({}{}): only what was done can have protected anybody",
                record.kind,
                record.answer.map_or_else(String::new, |answer| format!(", {answer}"))
            )));
        }
        Ok(Question {
            outcome: OUTCOME.to_string(),
            place: record.place.to_string(),
            from: record.day().to_string(),
            by: Step::Month,
            because_of_harm: true,
            ..Question::default()
        })
    }
}
