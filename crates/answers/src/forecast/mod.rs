//! Forecasts: series to learn from, what was forecast of the past, and scores of what was forecast.

pub mod backtest;
mod codes;
pub mod elsewhere;
pub mod file;
pub mod live;
pub mod results;
pub mod score;
pub mod series;
pub mod stored;

use lysoen_forecasts::catalog::names;

use crate::error::AnswerError;
use crate::index::nearest;

/// Refuses names that no model has.
fn known_models<'n>(mut asked: impl Iterator<Item = &'n String>) -> Result<(), AnswerError> {
    match asked.find(|name| !names().contains(&name.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(AnswerError::NoSuchModel {
            model: unknown.clone(),
            nearest: nearest(unknown, names().into_iter()).map(str::to_string),
        }),
    }
}
