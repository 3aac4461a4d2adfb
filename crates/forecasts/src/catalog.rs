//! The models by name.

use crate::benchmarks::{Bootstrap240, Country12, Last, Neighbors12, Zero};
use crate::hurdle::Hurdle;
use crate::markov::Markov;
use crate::model::Model;
use crate::negative_binomial::Zinb;
use crate::pool::{Learning, Member, Pool};
use crate::recency::Recency;
use crate::tree_hurdle::TreeHurdle;

/// The benchmarks that a forecast has to beat, in the challenge's order.
pub const BENCHMARKS: [&str; 5] = ["country12", "neighbors12", "bootstrap240", "last", "zero"];
/// The models that the pool mixes, and their weights before anything is learnt. Chosen on the windows 1998 to 2017 of the
/// challenge's target, where any weights near these do as well (docs/methods/forecasts.md).
pub const MEMBERS: [(&str, f64); 5] = [
    ("recency", 0.15),
    ("zinb", 0.2),
    ("hurdle", 0.2),
    ("trees", 0.4),
    ("markov", 0.05),
];
/// The forecast that is told: the pool of the members.
pub const POOL: &str = "pool";

/// A model by name.
pub fn model(name: &str) -> Option<Box<dyn Model>> {
    Some(match name {
        "country12" => Box::new(Country12),
        "neighbors12" => Box::new(Neighbors12),
        "bootstrap240" => Box::new(Bootstrap240),
        "last" => Box::new(Last),
        "zero" => Box::new(Zero),
        "recency" => Box::new(Recency),
        "zinb" => Box::new(Zinb),
        "hurdle" => Box::new(Hurdle),
        "trees" => Box::new(TreeHurdle),
        "markov" => Box::new(Markov),
        POOL => Box::new(pool()),
        _ => return None,
    })
}

/// The names of all models: the benchmarks, the members of the pool, and the pool.
pub fn names() -> Vec<&'static str> {
    let members = MEMBERS.iter().map(|(name, _)| *name);
    BENCHMARKS.into_iter().chain(members).chain([POOL]).collect()
}

fn pool() -> Pool {
    let member = |(name, weight): &(&str, f64)| model(name).map(|model| Member { model, weight: *weight });
    Pool::new(
        POOL,
        "the mixture of the other models, by weights learnt on earlier origins",
        MEMBERS.iter().filter_map(member).collect(),
        Some(Learning::default()),
    )
}
