//! What a forecasting model is: fitted to what was known at an origin, and then asked for distributions.

use lysoen_lexicon::panel::Panel;

/// How many draws a forecast is told as.
pub const DRAWS: usize = 1000;

/// What is forecast of a unit: the sum over the months `first` to `last` steps after the origin, both included.
/// A month is `first == last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// Steps from the origin to the first month; 1 is the month after.
    pub first: u32,
    /// Steps from the origin to the last month.
    pub last: u32,
}

impl Target {
    /// One month.
    pub fn month(step: u32) -> Target {
        Target {
            first: step,
            last: step,
        }
    }

    /// How many months are summed.
    pub fn length(self) -> u32 {
        self.last - self.first + 1
    }
}

/// A way to forecast.
pub trait Model: Send + Sync {
    /// Its name on the command line and in results.
    fn name(&self) -> &str;

    /// What it does, in a sentence.
    fn about(&self) -> &str;

    /// Fits to a panel that ends at the origin. The same panel, targets and seed give the same forecasts to the last bit, on
    /// any number of threads.
    fn fit(&self, known: &Panel, targets: &[Target], seed: u64) -> Result<Box<dyn Fitted>, Abstention>;
}

/// A model that has seen its history.
pub trait Fitted: Send + Sync {
    /// Appends `n` draws of a unit (by its number in the panel) and target (by its place among those fitted) to `draws`:
    /// its quantiles at (i + ½) / n, or as many equally likely values, in rising order. Never negative.
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>);
}

/// Why a model gives no forecast.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Abstention {
    /// The history is too short.
    #[error("{model} needs {needed} months of history, and there are {there}")]
    TooShort {
        /// The model.
        model: String,
        /// Months needed.
        needed: usize,
        /// Months there.
        there: usize,
    },
    /// The panel does not say who lies beside whom.
    #[error("{model} needs to know which units lie beside each other, and this series does not say")]
    NoNeighbours {
        /// The model.
        model: String,
    },
}
