//! Worlds in which what the methods assume does not hold: mostly it cannot be told, and wrong findings are at most as many as
//! stated. What no comparison can see is not among them: a second cause that strikes the unit alone on the day of the policy
//! looks like an effect of it.

use lysoen_impact::{About, Method};

use crate::made::{Draws, Kind, World, at_most, design};
use crate::simulated_said::{Said, ask, years};

const ALPHA: f64 = 0.05;

#[expect(clippy::print_stdout, reason = "the measured table of docs/methods/impact.md")]
fn told(said: &Said, world: &str, method: Method) {
    println!("{}", said.row(world, method));
}

/// Asks of worlds changed by `change`, in none of which the policy does anything.
fn broken(seed: u64, panels: u64, method: Method, world: World, change: impl Fn(&mut Vec<Vec<f64>>)) -> Said {
    ask(seed, panels, method, &years(), |draws| {
        let mut series = world.draw(draws);
        change(&mut series);
        world.design(&series)
    })
}

#[test]
fn a_trend_that_breaks_before_the_policy_is_no_finding() {
    let world = World::USUAL;
    for slope in [-3.0, 3.0, -1.5, 1.5, -1.0] {
        let said = broken(31, 300, Method::Did, world, |series| {
            for (time, value) in series[0].iter_mut().enumerate().skip(14) {
                *value += slope * (time - 13) as f64;
            }
        });
        told(
            &said,
            &format!("trend of {slope} a period from six before on"),
            Method::Did,
        );
        assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
        if slope.abs() > 2.0 {
            assert!(said.answered * 10 <= said.asked, "mostly it cannot be told: {said:?}");
        }
    }
}

#[test]
fn trends_that_were_never_parallel_are_no_finding() {
    for slope in [-1.0, -0.5, 0.5] {
        let said = broken(41, 300, Method::Did, World::USUAL, |series| {
            for (time, value) in series[0].iter_mut().enumerate() {
                *value += slope * time as f64;
            }
        });
        told(&said, &format!("own trend of {slope} a period throughout"), Method::Did);
        assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
    }
}

#[test]
fn a_unit_outside_what_its_donors_can_make_up_is_no_finding() {
    let world = World {
        units: 21,
        before: 15,
        after: 4,
        ..World::USUAL
    };
    let said = broken(32, 80, Method::Synthetic, world, |series| {
        let mean = series[0].iter().sum::<f64>() / series[0].len() as f64;
        for value in &mut series[0] {
            *value = 100.0 + 2.5 * (*value - mean);
        }
    });
    told(&said, "unit outside the convex hull", Method::Synthetic);
    assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
    assert!(said.answered * 10 <= said.asked, "mostly it cannot be told: {said:?}");
}

/// A policy that is adopted right after the unit's highest (or lowest) value against the others.
fn at_an_extreme(draws: &mut Draws, rho: f64, sign: f64) -> lysoen_impact::Design {
    let world = World {
        rho,
        noise: 6.0,
        before: 26,
        after: 10,
        ..World::USUAL
    };
    let series = world.draw(draws);
    let others = |time: usize| series[1..].iter().map(|unit| unit[time]).sum::<f64>() / (series.len() - 1) as f64;
    let extreme = (17..30)
        .max_by(|&a, &b| {
            let against = |time: usize| sign * (series[0][time] - others(time));
            against(a).total_cmp(&against(b))
        })
        .expect("some");
    let cut: Vec<Vec<f64>> = series.iter().map(|unit| unit[..extreme + 7].to_vec()).collect();
    design(&cut, extreme + 1)
}

#[test]
fn a_policy_adopted_at_the_units_own_peak_is_no_finding() {
    for rho in [0.0, 0.8] {
        let said = ask(33, 300, Method::Did, &years(), |draws| at_an_extreme(draws, rho, 1.0));
        told(&said, &format!("policy at the unit's own peak, rho {rho}"), Method::Did);
        assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
        assert!(
            said.answered * 10 <= said.asked * 3,
            "mostly it cannot be told: {said:?}"
        );
    }
}

#[test]
fn a_policy_adopted_at_the_units_own_low_is_no_finding() {
    for rho in [0.0, 0.8] {
        let said = ask(34, 300, Method::Did, &years(), |draws| at_an_extreme(draws, rho, -1.0));
        told(&said, &format!("policy at the unit's own low, rho {rho}"), Method::Did);
        assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
    }
}

#[test]
fn a_policy_adopted_because_harm_was_high_needs_episodes() {
    let about = About {
        because_of_harm: true,
        ..years()
    };
    let said = ask(35, 50, Method::Did, &about, |draws| {
        World::USUAL.design(&World::USUAL.draw(draws))
    });
    told(&said, "because harm was high, no episodes", Method::Did);
    assert_eq!(said.answered, 0, "{said:?}");
}

#[test]
fn with_few_donors_or_few_periods_it_can_never_be_told() {
    for world in [
        World {
            units: 19,
            ..World::USUAL
        },
        World {
            before: 11,
            ..World::USUAL
        },
    ] {
        let said = broken(36, 50, Method::Did, world, |series| {
            for value in &mut series[0][world.before..] {
                *value -= 40.0;
            }
        });
        told(
            &said,
            &format!("{} donors, {} before, effect −40", world.units - 1, world.before),
            Method::Did,
        );
        assert_eq!(said.answered, 0, "{said:?}");
    }
}

#[test]
fn donors_that_break_with_the_policy_make_no_finding_of_a_unit_that_does_not() {
    let world = World::USUAL;
    let said = broken(37, 300, Method::Did, world, |series| {
        for unit in series.iter_mut().skip(1).step_by(2) {
            for value in &mut unit[world.before..] {
                *value += 20.0;
            }
        }
    });
    told(&said, "half of the donors rise by 20 with the policy", Method::Did);
    assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
    let world = World {
        units: 21,
        before: 15,
        after: 4,
        ..World::USUAL
    };
    let said = broken(38, 60, Method::Synthetic, world, |series| {
        for unit in &mut series[1..4] {
            for value in &mut unit[world.before..] {
                *value += 30.0;
            }
        }
    });
    told(&said, "three donors rise by 30 with the policy", Method::Synthetic);
    assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
}

#[test]
fn rare_harm_in_a_small_place_cannot_be_told() {
    let world = World {
        kind: Kind::Counts,
        ..World::USUAL
    };
    let about = About {
        people: Some(vec![9_000.0; 26]),
        ..years()
    };
    let said = ask(39, 50, Method::Did, &about, |draws| world.design(&world.draw(draws)));
    told(&said, "about two people a period", Method::Did);
    assert_eq!(said.answered, 0, "{said:?}");
}
