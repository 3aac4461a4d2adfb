//! The log of what was asked: every run, with its answer, so that nobody need wonder how often a question was asked until it
//! gave the answer that was wanted.

use jiff::Timestamp;
use lysoen_facts::{LakeError, Numbered};
use lysoen_impact::Word;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rows::{ClassTold, ImpactAnswer};
use crate::error::AnswerError;
use crate::observatory::Observatory;

/// The folder of the runs.
const FOLDER: &str = "runs";
/// How often a run is numbered anew when others are written first.
const ATTEMPTS: u32 = 100;

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImpactRun)]
pub struct Run {
    /// Its number, from 1.
    pub number: u64,
    /// When it was run.
    pub at: String,
    /// The program, with its version.
    pub program: String,
    /// The policy or the class of the catalog; none of an own question.
    pub id: Option<String>,
    /// What was asked.
    pub title: String,
    /// The outcome.
    pub outcome: String,
    /// The place; none of a class.
    pub place: Option<String>,
    /// When the policy began, the first and the last period after, as far as there are any.
    pub periods: Vec<String>,
    /// The method; none of a class.
    pub method: Option<String>,
    /// The answer.
    pub word: Word,
    /// Its p, where there is one.
    pub p: Option<f64>,
}

/// Logs a question with its answer.
pub fn log_run(observatory: &Observatory, told: &ImpactAnswer, now: Timestamp) -> Result<Run, AnswerError> {
    let space = told.examination.as_ref().and_then(|found| found.space.as_ref());
    let periods = [Some(&told.from), told.first_after.as_ref(), told.last_after.as_ref()];
    write(
        observatory,
        Run {
            number: 0,
            at: second(now),
            program: crate::ladder::log::PROGRAM.to_string(),
            id: told.policy.as_ref().map(|policy| policy.id.clone()),
            title: told.title.clone(),
            outcome: told.outcome.id.clone(),
            place: Some(told.place.code.clone()),
            periods: periods.into_iter().flatten().cloned().collect(),
            method: Some(told.method.id().to_string()),
            word: told.verdict.word,
            p: space.map(|space| space.p),
        },
    )
}

/// Logs a class with its answer on the primary outcome.
pub fn log_class(observatory: &Observatory, told: &ClassTold, now: Timestamp) -> Result<Run, AnswerError> {
    let primary = told.outcomes.iter().find(|outcome| outcome.primary);
    write(
        observatory,
        Run {
            number: 0,
            at: second(now),
            program: crate::ladder::log::PROGRAM.to_string(),
            id: Some(told.id.clone()),
            title: told.title.clone(),
            outcome: primary.map(|primary| primary.measure.clone()).unwrap_or_default(),
            place: None,
            periods: Vec::new(),
            method: None,
            word: primary.map_or(Word::CannotBeTold, |primary| primary.verdict.word),
            p: primary.and_then(|primary| primary.p_adjusted),
        },
    )
}

/// Every run so far, the oldest first.
pub fn runs(observatory: &Observatory) -> Result<Vec<Run>, AnswerError> {
    let files = Numbered::at(&observatory.lake.location(), FOLDER)?.read()?;
    let read = |(number, bytes): (u64, Vec<u8>)| {
        serde_json::from_slice(&bytes).map_err(|e| AnswerError::Kept(format!("runs/{number:08}.json: {e}")))
    };
    files.into_iter().map(read).collect()
}

/// Writes a run under the next free number.
fn write(observatory: &Observatory, mut run: Run) -> Result<Run, AnswerError> {
    let files = Numbered::at(&observatory.lake.location(), FOLDER)?;
    let number = |name: &String| name.strip_suffix(".json")?.parse::<u64>().ok();
    for _ in 0..ATTEMPTS {
        run.number = files.names()?.iter().filter_map(number).max().unwrap_or(0) + 1;
        let mut line = serde_json::to_vec(&run).map_err(|e| AnswerError::Kept(e.to_string()))?;
        line.push(b'\n');
        if files.create(run.number, line)? {
            return Ok(run);
        }
    }
    Err(LakeError::Contended {
        location: files.describe(),
    }
    .into())
}

/// A time in whole seconds.
fn second(now: Timestamp) -> String {
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    whole.to_string()
}
