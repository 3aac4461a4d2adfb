//! How much of the index each node gives.

use super::{Index, Outcome, Step};
use crate::recipe::{Aggregate, Direction, Normalise, Transform};

impl Index {
    /// The share of a unit's index that each node gives, 0–1, in the order of [`Outcome::nodes`]; the parts of a node share
    /// what it gives in proportion to weight × value, as in the contributions of the global MPI (Alkire et al. 2015,
    /// Multidimensional Poverty Measurement and Analysis, chapter 5). A missing part gives nothing.
    ///
    /// None for a node below one that is no weighted sum or mean, where the index is zero or missing, and for a unit of a
    /// profile, whose weights are others.
    pub fn contributions(&self, outcome: &Outcome, unit: usize) -> Vec<Option<f64>> {
        let root = self.root();
        let value = |node: usize| outcome.nodes[node].values[unit];
        let known = |node: usize| value(node).abs() > 0.0;
        if !known(root) || self.profiles.iter().any(|(units, _)| units.contains(&unit)) {
            return vec![None; self.nodes.len()];
        }
        let mut shares = vec![Some(0.0); self.nodes.len()];
        shares[root] = Some(1.0);
        // Parts stand before what they are part of: from the last on, a node's share is whole when its parts take theirs.
        for (at, step) in self.nodes.iter().enumerate().rev() {
            let given = |(part, weight): &(usize, f64)| Some(weight * value(*part)).filter(|g| !g.is_nan());
            let parts = &outcome.nodes[at].parts;
            let total: f64 = parts.iter().filter_map(given).sum();
            let whole = shares[at].filter(|_| additive(step));
            for part in parts {
                let share = match given(part) {
                    Some(given) if known(at) => whole.map(|whole| whole * given / total),
                    _ => whole.map(|_| 0.0),
                };
                // A node that is part of several gives what it gives to each.
                shares[part.0] = shares[part.0].zip(share).map(|(before, more)| before + more);
            }
        }
        shares
    }
}

/// Whether a node is the weighted sum or mean of its parts, up to a factor.
fn additive(step: &Step) -> bool {
    let sum = matches!(
        step.aggregate,
        Aggregate::Arithmetic | Aggregate::Sum | Aggregate::Power(1.0)
    );
    let plain = step.normalise == Normalise::None && step.direction == Direction::Up;
    sum && plain && step.then.iter().all(|t| matches!(t, Transform::Times(_)))
}
