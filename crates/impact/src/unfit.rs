//! Why no number can be given, in sentences.

/// Why a question, or a part of it, has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// There are fewer periods before than the method needs.
    #[error("{unit} has {found} periods before the policy; {what} needs at least {needed}")]
    TooFewBefore {
        /// The unit under the policy.
        unit: String,
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
        /// What needs them.
        what: &'static str,
    },
    /// There is no period after.
    #[error("{unit} has no period after the policy began, so that nothing can be seen of it")]
    NoneAfter {
        /// The unit under the policy.
        unit: String,
    },
    /// The method compares with others, and there are none.
    #[error(
        "{what} compares {unit} with places without the policy, and {found} can be compared with; it needs at least {needed}"
    )]
    TooFewDonors {
        /// The unit under the policy.
        unit: String,
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
        /// What needs them.
        what: &'static str,
    },
    /// A value is missing.
    #[error("{unit} has no value in {time}; a missing value is not zero, so the series cannot be used")]
    Gap {
        /// The unit.
        unit: String,
        /// The period.
        time: String,
    },
    /// The unit under the policy is among those it is compared with, or one is named twice.
    #[error(
        "{unit} is named twice: a place under the policy cannot be compared with itself, nor a donor counted twice"
    )]
    Twice {
        /// The unit.
        unit: String,
    },
    /// The outcome does not vary.
    #[error("{unit} has the same value, {value}, in every period before the policy: nothing can be learned from it")]
    Constant {
        /// The unit.
        unit: String,
        /// The value.
        value: f64,
    },
    /// Predictors of which one follows from others.
    #[error("the predictors cannot be told apart: {name} {why}")]
    Predictors {
        /// The predictor.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// Numbers that do not go together.
    #[error("{0}")]
    Form(String),
    /// The optimisation did not end.
    #[error("{what} found no optimum for {unit} ({status})")]
    Unsolved {
        /// What was solved.
        what: &'static str,
        /// The unit.
        unit: String,
        /// The solver's word.
        status: String,
    },
}
