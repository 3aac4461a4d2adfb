//! One of four answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The four answers. A large p is never "no effect".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Fewer people were harmed than would have been.
    Fewer,
    /// More people were harmed than would have been.
    More,
    /// The effect is no larger than d, which was stated beforehand.
    NoneLarger,
    /// It cannot be told, and why.
    CannotBeTold,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Verdict {
    /// Which of the four.
    pub word: Word,
    /// The answer in a sentence.
    pub sentence: String,
    /// What it rests on, or why it cannot be told, in sentences.
    pub reasons: Vec<String>,
    /// d, the largest effect that would have counted as none, as a share of the counterfactual; none where none was stated.
    pub margin: Option<f64>,
}

impl Word {
    /// Its name in files.
    pub fn id(self) -> &'static str {
        match self {
            Word::Fewer => "fewer",
            Word::More => "more",
            Word::NoneLarger => "none-larger",
            Word::CannotBeTold => "cannot-be-told",
        }
    }

    /// The answer in words.
    pub fn title(self) -> &'static str {
        match self {
            Word::Fewer => "fewer people harmed",
            Word::More => "more people harmed",
            Word::NoneLarger => "no effect larger than d",
            Word::CannotBeTold => "cannot be told",
        }
    }
}
