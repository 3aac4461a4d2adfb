//! Made histories.

use lysoen_lexicon::panel::{Month, Panel};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The seed of the forecasts in tests.
pub(crate) const SEED: u64 = 7;

/// Units in which wars of differing violence come and go, from January 1980; each lies beside the one before and after.
pub(crate) fn wars(units: usize, months: usize) -> Panel {
    let mut random = ChaCha8Rng::seed_from_u64(20_260_101);
    let mut even = move || random.next_u32() as f64 / 4_294_967_296.0;
    let mut panel = Panel::new(
        (0..units).map(|unit| format!("U{unit:03}")).collect(),
        Month::of(1980, 1),
        months,
        "deaths",
    );
    for unit in 0..units {
        let mut level = 0.0;
        for step in 0..months {
            level = match level {
                l if l == 0.0 && even() < 0.03 => 2.0 + 200.0 * even().powi(4),
                l if even() < 0.06 => 0.0 * l,
                l => l * (0.7 + 0.6 * even()),
            };
            let deaths = if even() < 0.2 {
                0.0
            } else {
                (level * 2.0 * even()).round()
            };
            panel.set(0, unit, panel.first().plus(step as i32), deaths);
        }
    }
    let beside = |unit: usize| [unit.checked_sub(1), Some(unit + 1).filter(|next| *next < units)];
    panel.set_neighbours(
        (0..units)
            .map(|unit| beside(unit).into_iter().flatten().map(|beside| beside as u32).collect())
            .collect(),
    );
    panel
}

/// Units in which nobody is ever killed.
pub(crate) fn peace(units: usize, months: usize) -> Panel {
    let mut panel = wars(units, months);
    for unit in 0..units {
        for step in 0..months {
            panel.set(0, unit, panel.first().plus(step as i32), 0.0);
        }
    }
    panel
}
