//! Which variations of a recipe leave its values on their scale, so that they can be compared with each other.

use lysoen_indices::recipe::{Aggregate, Normalise, Recipe};

/// The recipe without the alternatives under which its values are on another scale (ranks can be compared under all), and the
/// steps of which there are such; none where there are none.
pub(super) fn own_scale(recipe: &Recipe) -> Option<(Recipe, Vec<&'static str>)> {
    let mut reduced = recipe.clone();
    let (own, varied) = (&recipe.defaults, &mut reduced.uncertainty);
    varied.normalise.retain(|other| same_range(&own.normalise, other));
    varied
        .aggregate
        .retain(|other| is_mean(&own.aggregate) && is_mean(other));
    let lost = |step, before: usize, after: usize| (after < before).then_some(step);
    let steps = [
        lost("normalise", recipe.uncertainty.normalise.len(), varied.normalise.len()),
        lost("aggregate", recipe.uncertainty.aggregate.len(), varied.aggregate.len()),
    ];
    let steps: Vec<&str> = steps.into_iter().flatten().collect();
    (!steps.is_empty()).then_some((reduced, steps))
}

/// Whether two normalisations give values of one range.
fn same_range(own: &Normalise, other: &Normalise) -> bool {
    let range = |normalise: &Normalise| match normalise {
        Normalise::MinMax { low, high } => Some((*low, *high)),
        Normalise::Goalposts { scale, .. } => Some((0.0, *scale)),
        Normalise::PercentileRank
        | Normalise::DistanceToMaximum
        | Normalise::DistanceToReference { .. }
        | Normalise::DistanceToTarget { .. } => Some((0.0, 1.0)),
        Normalise::None | Normalise::ZScore { .. } | Normalise::Rank | Normalise::Borda => None,
    };
    own == other || range(own).is_some_and(|own| range(other) == Some(own))
}

/// Whether an aggregation gives a value between its parts, or close to them.
fn is_mean(aggregate: &Aggregate) -> bool {
    matches!(
        aggregate,
        Aggregate::Arithmetic
            | Aggregate::Geometric
            | Aggregate::Harmonic
            | Aggregate::Power(_)
            | Aggregate::InvertedGeometric { .. }
            | Aggregate::Maximum
            | Aggregate::Minimum
            | Aggregate::MazziottaPareto { .. }
    )
}
