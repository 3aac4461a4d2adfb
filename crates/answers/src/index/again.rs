//! The same index once more from the same inputs: in another of their periods, or by other weights.

use std::collections::BTreeMap;
use std::sync::Arc;

use lysoen_indices::index::Index;
use lysoen_indices::recipe::{Aggregate, Node, Recipe, Weights};
use lysoen_lexicon::period::Period;

use super::inputs::Origins;
use super::{IndexAnswer, build, each_by_itself, notes};
use crate::error::AnswerError;

impl IndexAnswer {
    /// The periods in which the index can be built from its inputs, the oldest first.
    pub fn periods(&self) -> Vec<Period> {
        let known = self.inputs.data.periods();
        let mut periods: Vec<Period> = self.inputs.asked.iter().filter_map(|at| known[*at]).collect();
        periods.sort_unstable();
        periods
    }

    /// Whether the weight of a node is the recipe's to give and changes anything: it is part of nodes alone whose weights
    /// are neither equal nor computed, and whose aggregation looks at weights.
    pub fn takes_weight(&self, node: &str) -> bool {
        let recipe = &self.recipe;
        let above = recipe
            .nodes
            .iter()
            .filter(|above| above.parts.iter().any(|part| part == node));
        let takes = |above: &Node| {
            let weights = above.weights.unwrap_or(recipe.defaults.weights);
            let aggregate = above.aggregate.as_ref().unwrap_or(&recipe.defaults.aggregate);
            weights == Weights::Given && above.parts.len() > 1 && looks_at_weights(aggregate)
        };
        let mut above = above.peekable();
        above.peek().is_some() && above.all(takes)
    }

    /// The index in a period, or in its newest where none is named, with other weights of some nodes, by their ids. Weights
    /// are zero or more, and relative to those of the nodes beside. Intervals are lacking until they are drawn.
    pub fn again(&self, period: Option<Period>, weights: &BTreeMap<String, f64>) -> Result<IndexAnswer, AnswerError> {
        let recipe = self.weighted(weights)?;
        let index = Index::new(&recipe, &self.inputs.data).map_err(|wrong| self.refused(wrong))?;
        let asked = period.or_else(|| self.outcomes.last().and_then(|outcome| outcome.period));
        let (periods, outcomes, said) = build(&index, &self.inputs, asked.map(|p| (p, p)))?;
        let mut told = self.inputs.notes.clone();
        told.extend(said);
        told.extend(each_by_itself(&recipe, outcomes.len()));
        told.extend(notes::of_periods(&outcomes, self.inputs.data.units()));
        if !weights.is_empty() {
            told.push("Weights are not those of the recipe.".to_string());
        }
        Ok(IndexAnswer {
            recipe,
            outcomes,
            uncertainty: Vec::new(),
            on_scale: Vec::new(),
            notes: told,
            findings: Vec::new(),
            sources: self.sources.clone(),
            shown: self.shown.clone(),
            inputs: Arc::clone(&self.inputs),
            index,
            periods,
        })
    }

    /// Lets go of the rows behind the inputs, which take most of its memory: what may leave is to be asked before.
    pub fn forget_origins(&mut self) {
        Arc::make_mut(&mut self.inputs).origins = Origins::Forgotten;
    }

    fn weighted(&self, weights: &BTreeMap<String, f64>) -> Result<Recipe, AnswerError> {
        let mut recipe = self.recipe.clone();
        let wrong = |node: &str, why: &str| AnswerError::Weight {
            node: node.to_string(),
            why: why.to_string(),
        };
        for (id, weight) in weights {
            let Some(node) = recipe.nodes.iter_mut().find(|node| node.id == *id) else {
                return Err(wrong(id, "the recipe has no such node"));
            };
            if !self.takes_weight(id) {
                return Err(wrong(
                    id,
                    "the weights there are equal or computed, or the aggregation does not look at them",
                ));
            }
            if !(weight.is_finite() && (0.0..=1e6).contains(weight)) {
                return Err(wrong(id, "a weight is a number from 0 to 1,000,000"));
            }
            node.weight = Some(*weight);
        }
        Ok(recipe)
    }
}

/// Whether the result of an aggregation depends on the weights of the parts.
fn looks_at_weights(aggregate: &Aggregate) -> bool {
    match aggregate {
        Aggregate::Arithmetic
        | Aggregate::Geometric
        | Aggregate::Harmonic
        | Aggregate::Power(_)
        | Aggregate::InvertedGeometric { .. }
        | Aggregate::Sum
        | Aggregate::Copeland => true,
        Aggregate::Maximum
        | Aggregate::Minimum
        | Aggregate::Product
        | Aggregate::Ratio
        | Aggregate::BenefitOfTheDoubt { .. }
        | Aggregate::MazziottaPareto { .. }
        | Aggregate::Sullivan
        | Aggregate::FrechetLower
        | Aggregate::FrechetUpper
        | Aggregate::IndependentUnion => false,
    }
}
