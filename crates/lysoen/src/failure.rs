//! Why a command failed, told for the person who ran it, and the exit code that a script sees.

use std::path::PathBuf;

use lysoen_answers::AnswerError;
use lysoen_facts::LakeError;
use lysoen_sources::reader::ReadError;
use miette::Diagnostic;

use crate::caret::{Mistake, Mistakes};
use crate::fetch::FetchError;
use crate::output::OutputError;

/// What a command came to when nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it was asked.
    Done,
    /// It went through, and something in what it was given was wrong; it has said so.
    Wrong,
    /// Findings under `--strict`; nothing of the files that have them was imported.
    Findings,
    /// Nothing matched.
    Nothing,
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Wrong => 1,
            Outcome::Findings => 3,
            Outcome::Nothing => 4,
        }
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum Failure {
    /// The lake.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// A file to be imported.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A question.
    #[error("{0}")]
    Answer(Box<AnswerError>),
    /// A download.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A mistake in a file that the user wrote.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Mistake(#[from] Mistake),
    /// Mistakes in a recipe, or in a file of the ladder.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Mistakes(#[from] Mistakes),
    /// The output.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A file of the user's.
    #[error("{} could not be read or written: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The embedded snapshot is not what it should be.
    #[error("the snapshot in this program is broken: {0}")]
    #[diagnostic(help("this is a mistake in the program; `lysoen init --empty` starts without it"))]
    Snapshot(String),
    /// Arguments that do not go together.
    #[error("{0}")]
    #[diagnostic(help("`lysoen help` and `lysoen help COMMAND` show the usage with examples"))]
    Usage(String),
    /// Something was named that is not there.
    #[error("{message}")]
    Unknown {
        /// What is not there.
        message: String,
        /// What may have been meant, or where to look.
        #[help]
        advice: Option<String>,
    },
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(OutputError::Io(error))
    }
}

impl From<AnswerError> for Failure {
    fn from(error: AnswerError) -> Failure {
        match error {
            AnswerError::Lake(lake) => Failure::Lake(lake),
            AnswerError::Catalog(mistake) => Failure::Mistake(mistake.into()),
            AnswerError::Read(read) => Failure::Read(read),
            AnswerError::Mistaken(broken) => Failure::Mistakes(broken.into()),
            error => Failure::Answer(Box::new(error)),
        }
    }
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Usage(_) => 2,
            Failure::Answer(error) if error.is_wrong_input() => Outcome::Wrong.code(),
            // Its other causes have been turned into failures of their own.
            Failure::Unknown { .. } | Failure::Answer(_) => Outcome::Nothing.code(),
            _ => 1,
        }
    }

    /// Whether the reader of the output went away, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(e) if e.is_broken_pipe())
    }
}
