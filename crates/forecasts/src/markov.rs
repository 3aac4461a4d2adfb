//! `markov`: observed states of peace, onset, conflict and de-escalation (after Randahl & Vegelius 2024). A unit is in the
//! state that its last two months show; what followed that state in all units and years is drawn, scaled to the unit's level.

use lysoen_lexicon::panel::Panel;
use rayon::prelude::*;

use crate::atoms::{Atoms, Quantiles};
use crate::features::{Design, Row, band_of, bands};
use crate::hurdle::{Amounts, over_hurdle};
use crate::model::{Abstention, Fitted, Model, Target};

/// Observed Markov states with pooled draws.
#[derive(Clone, Copy, Debug)]
pub struct Markov;

/// The months that tell a state: nobody killed in both, in the first only, in the second only, in neither.
const STATES: usize = 4;

impl Model for Markov {
    fn name(&self) -> &str {
        "markov"
    }

    fn about(&self) -> &str {
        "what followed peace, onset, conflict or de-escalation anywhere, scaled to the unit's recent level"
    }

    fn fit(&self, known: &Panel, targets: &[Target], _seed: u64) -> Result<Box<dyn Fitted>, Abstention> {
        let design = Design::of(self.name(), known)?;
        let bands = bands(targets);
        let state = |row: &Row| {
            let series = known.series(row.unit as usize);
            let column = row.column as usize;
            let before = column.checked_sub(1).is_some_and(|before| series[before] > 0.0);
            2 * usize::from(before) + usize::from(series[column] > 0.0)
        };
        let fit = |band: &Vec<Target>| {
            let mut all = [0.0; STATES];
            let mut violent: [Vec<(f64, f64)>; STATES] = Default::default();
            for row in &design.training {
                let state = state(row);
                for y in design.outcomes(known, row, band) {
                    all[state] += row.weight;
                    if y > 0.0 {
                        violent[state].push((y / row.scale(), row.weight));
                    }
                }
            }
            let any = |(violent, all): (&Vec<(f64, f64)>, f64)| {
                let violent: f64 = violent.iter().map(|(_, weight)| weight).sum();
                if all > 0.0 { violent / all } else { 0.0 }
            };
            let any: Vec<f64> = violent.iter().zip(all).map(any).collect();
            let ratios = violent.map(|ratios| Quantiles::of(&Atoms::new(ratios)));
            any.into_iter().zip(ratios).collect()
        };
        let now = design
            .now
            .iter()
            .map(|row| row.as_ref().map(|row| (state(row), row.scale())));
        Ok(Box::new(FittedMarkov {
            now: now.collect(),
            band_of: band_of(targets, &bands),
            fits: bands.par_iter().map(fit).collect(),
        }))
    }
}

struct FittedMarkov {
    /// The state of each unit at the origin, and the scale of its level.
    now: Vec<Option<(usize, f64)>>,
    band_of: Vec<usize>,
    /// For each band and state the probability of any deaths, and their ratios to the scale.
    fits: Vec<Vec<(f64, Quantiles)>>,
}

impl Fitted for FittedMarkov {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let Some((state, scale)) = self.now[unit] else {
            draws.extend(std::iter::repeat_n(0.0, n));
            return;
        };
        let (any, ratios) = &self.fits[self.band_of[target]][state];
        let amounts = Amounts {
            scale,
            ratios: ratios.clone(),
        };
        over_hurdle(*any, &amounts, n, draws);
    }
}
