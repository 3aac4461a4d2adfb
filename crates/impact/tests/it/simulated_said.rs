//! What the rule says in many worlds.

use lysoen_impact::{About, Design, Method, Rules, Word, answer, gates};

use crate::made::{Draws, World};

/// What was said in many worlds.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// How many worlds.
    pub(crate) asked: usize,
    /// How many of them the gates let be answered.
    pub(crate) answered: usize,
    pub(crate) fewer: usize,
    pub(crate) more: usize,
    pub(crate) none_larger: usize,
}

impl Said {
    pub(crate) const HEAD: &str = "| world | method | asked | answered | fewer | more | none larger | findings of asked | of answered |\n|---|---|---|---|---|---|---|---|---|";

    /// Findings of any kind.
    pub(crate) fn found(&self) -> usize {
        self.fewer + self.more
    }

    /// A row of the table.
    pub(crate) fn row(&self, world: &str, method: Method) -> String {
        let share = |of: usize| format!("{:.1} %", 100.0 * self.found() as f64 / of.max(1) as f64);
        format!(
            "| {world} | {method} | {} | {} | {} | {} | {} | {} | {} |",
            self.asked,
            self.answered,
            self.fewer,
            self.more,
            self.none_larger,
            share(self.asked),
            share(self.answered)
        )
    }
}

/// Asks of many worlds, each drawn from its own stream by `design`.
pub(crate) fn ask(
    seed: u64,
    panels: u64,
    method: Method,
    about: &About,
    design: impl Fn(&mut Draws) -> Design,
) -> Said {
    let rules = Rules::builtin();
    let mut said = Said::default();
    for panel in 0..panels {
        let design = design(&mut Draws::of(seed, panel));
        said.asked += 1;
        if !gates::decide(&gates::before(&design, rules), design.post(), method, rules, about).hold() {
            continue;
        }
        said.answered += 1;
        match answer(&design, method, rules, about).expect("a design").word {
            Word::Fewer => said.fewer += 1,
            Word::More => said.more += 1,
            Word::NoneLarger => said.none_larger += 1,
            Word::CannotBeTold => {}
        }
    }
    said
}

/// The same in a world in which the unit's outcome is changed by `effect` a period after the policy.
pub(crate) fn ask_with(seed: u64, panels: u64, method: Method, about: &About, world: World, effect: f64) -> Said {
    ask(seed, panels, method, about, |draws| {
        let mut series = world.draw(draws);
        cut_by(&mut series, world.before, effect);
        world.design(&series)
    })
}

/// Changes the first unit's outcome after the policy.
pub(crate) fn cut_by(series: &mut [Vec<f64>], before: usize, effect: f64) {
    for value in &mut series[0][before..] {
        *value += effect;
    }
}

/// Yearly data, and nothing else known.
pub(crate) fn years() -> About {
    About {
        months: Some(12),
        ..About::default()
    }
}
