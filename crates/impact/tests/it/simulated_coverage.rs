//! How often the intervals hold the effect that is there, gates or not.

use lysoen_impact::inference::{Interval, conformal, space};
use lysoen_impact::methods::Method;
use lysoen_impact::{Design, Rules, examine, gates};

use crate::made::{Draws, Kind, World, at_least};
use crate::simulated_said::{cut_by, years};

/// Worlds in which the intervals were tried: errors that last, long and short windows, and how much more than its donors the
/// unit moves.
const TRIED: [(Kind, f64, usize, usize, f64); 6] = [
    (Kind::Normal, 0.0, 20, 6, 1.0),
    (Kind::Normal, 0.5, 20, 6, 1.0),
    (Kind::Normal, 0.5, 20, 6, 2.0),
    (Kind::Normal, 0.8, 24, 12, 1.0),
    (Kind::Counts, 0.5, 20, 6, 1.0),
    (Kind::Counts, 0.8, 24, 12, 2.0),
];

#[derive(Default)]
struct Held {
    held: usize,
    of: usize,
}

impl Held {
    fn add(&mut self, interval: Option<&Interval>, effect: f64) {
        if let Some(interval) = interval {
            self.held += usize::from(interval.low <= effect && effect <= interval.high);
            self.of += 1;
        }
    }

    fn percent(&self) -> f64 {
        100.0 * self.held as f64 / self.of.max(1) as f64
    }
}

/// A world's design with an effect of −10 a period, and the unit moving `scale` times as much about its mean as is drawn.
fn drawn(world: World, scale: f64, seed: u64, panel: u64) -> Design {
    let mut series = world.draw(&mut Draws::of(seed, panel));
    let mean = series[0].iter().sum::<f64>() / series[0].len() as f64;
    for value in &mut series[0] {
        *value = mean + (*value - mean) * scale;
    }
    cut_by(&mut series, world.before, -10.0);
    world.design(&series)
}

/// How often the placebo, the conformal and the wider of both hold the effect.
fn coverage(seed: u64, panels: u64, world: World, method: Method, scale: f64) -> [Held; 3] {
    let rules = Rules::builtin();
    let mut held = [Held::default(), Held::default(), Held::default()];
    for panel in 0..panels {
        let design = drawn(world, scale, seed, panel);
        let fit = method.fit(&design).expect("enough donors");
        let placebos = space::placebos(method, &design);
        let placebo = space::rank(&design, &fit, &placebos, rules)
            .expect("no perfect fit")
            .interval;
        let conformal = conformal::whole(method, &design, &fit, rules).and_then(|conformal| conformal.interval);
        let width = |interval: &Interval| interval.high - interval.low;
        let wider = match (&placebo, &conformal) {
            (Some(placebo), Some(conformal)) if width(conformal) > width(placebo) => Some(conformal),
            _ => placebo.as_ref(),
        };
        held[0].add(placebo.as_ref(), -10.0);
        held[1].add(conformal.as_ref(), -10.0);
        held[2].add(wider, -10.0);
    }
    held
}

#[test]
#[expect(clippy::print_stdout, reason = "the measured table of docs/methods/impact.md")]
fn the_wider_of_the_placebo_and_the_conformal_interval_holds_the_effect_as_often_as_it_says() {
    println!(
        "| outcome | rho | before | after | unit moves | placebo | conformal | wider |\n|---|---|---|---|---|---|---|---|"
    );
    for (kind, rho, before, after, scale) in TRIED {
        let world = World {
            kind,
            rho,
            before,
            after,
            ..World::USUAL
        };
        let [placebo, conformal, wider] = coverage(11, 250, world, Method::Did, scale);
        println!(
            "| {kind:?} | {rho} | {before} | {after} | ×{scale} | {:.1} % | {:.1} % | {:.1} % |",
            placebo.percent(),
            conformal.percent(),
            wider.percent()
        );
        assert!(
            at_least(wider.held, wider.of, 0.9),
            "{kind:?} {rho} ×{scale}: {}",
            wider.percent()
        );
        assert!(wider.of > 240, "nearly always bounded: {}", wider.of);
        if scale == 1.0 {
            // One of the donors' kind: the placebo interval holds it by symmetry, however errors depend on each other.
            assert!(
                at_least(placebo.held, placebo.of, 0.9),
                "{kind:?} {rho}: {}",
                placebo.percent()
            );
        }
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the measured table of docs/methods/impact.md")]
fn the_intervals_of_a_synthetic_control_hold_the_effect_as_often_as_they_say() {
    for kind in [Kind::Normal, Kind::Counts] {
        let world = World {
            kind,
            units: 21,
            before: 16,
            after: 4,
            ..World::USUAL
        };
        let [placebo, conformal, wider] = coverage(12, 40, world, Method::Synthetic, 1.0);
        println!(
            "| {kind:?} sc | 0.5 | 16 | 4 | ×1 | {:.1} % | {:.1} % | {:.1} % |",
            placebo.percent(),
            conformal.percent(),
            wider.percent()
        );
        assert!(at_least(placebo.held, placebo.of, 0.9), "{}", placebo.percent());
        assert!(at_least(wider.held, wider.of, 0.9), "{}", wider.percent());
    }
}

#[test]
fn what_the_gates_let_through_is_held_as_often_too() {
    let (rules, about) = (Rules::builtin(), years());
    let mut held = Held::default();
    for panel in 0..400 {
        let design = drawn(World::USUAL, 1.0, 13, panel);
        if gates::decide(
            &gates::before(&design, rules),
            design.post(),
            Method::Did,
            rules,
            &about,
        )
        .hold()
        {
            let examination = examine(&design, Method::Did, rules, &about).expect("a design");
            held.add(examination.interval.as_ref(), -10.0);
        }
    }
    assert!(held.of > 100, "{}", held.of);
    assert!(at_least(held.held, held.of, 0.9), "{} of {}", held.percent(), held.of);
}
