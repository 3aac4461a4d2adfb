//! What the rule says where there is no effect, and where there is one.

use lysoen_impact::{About, Method};

use crate::made::{Kind, World, at_least, at_most};
use crate::simulated_said::{Said, ask_with, years};

const ALPHA: f64 = 0.05;

fn small(kind: Kind) -> World {
    World {
        kind,
        units: 21,
        before: 15,
        after: 4,
        ..World::USUAL
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the measured table of docs/methods/impact.md")]
fn where_there_is_no_effect_one_is_found_at_most_as_often_as_stated() {
    println!("{}", Said::HEAD);
    for kind in [Kind::Normal, Kind::Counts] {
        for (rho, before, after) in [(0.0, 20, 6), (0.5, 20, 6), (0.8, 24, 12), (0.98, 24, 6)] {
            let world = World {
                kind,
                rho,
                before,
                after,
                ..World::USUAL
            };
            let said = ask_with(21, 400, Method::Did, &years(), world, 0.0);
            println!(
                "{}",
                said.row(&format!("none, {kind:?}, rho {rho}, {before}+{after}"), Method::Did)
            );
            assert!(said.answered > 40, "{said:?}");
            assert!(at_most(said.found(), said.asked, ALPHA), "{said:?}");
            // The stricter reading: of those that the gates let through.
            assert!(at_most(said.found(), said.answered, ALPHA), "{said:?}");
        }
        let said = ask_with(22, 80, Method::Synthetic, &years(), small(kind), 0.0);
        println!(
            "{}",
            said.row(&format!("none, {kind:?}, rho 0.5, 15+4"), Method::Synthetic)
        );
        assert!(at_most(said.found(), said.answered, ALPHA), "{said:?}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the measured table of docs/methods/impact.md")]
fn a_large_effect_is_mostly_found_and_with_its_sign() {
    for (kind, effect) in [(Kind::Normal, -20.0), (Kind::Normal, 20.0), (Kind::Counts, -12.0)] {
        let world = World { kind, ..World::USUAL };
        let said = ask_with(23, 200, Method::Did, &years(), world, effect);
        println!(
            "{}",
            said.row(&format!("effect {effect}, {kind:?}, rho 0.5, 20+6"), Method::Did)
        );
        let (right, wrong) = if effect < 0.0 {
            (said.fewer, said.more)
        } else {
            (said.more, said.fewer)
        };
        // Counts with heavy tails: half of what would have been, and still every second time it cannot be told.
        let least = if kind == Kind::Counts { 4 } else { 6 };
        assert!(right * 10 >= said.answered * least, "{said:?}");
        assert_eq!(wrong, 0, "{said:?}");
    }
    let said = ask_with(24, 50, Method::Synthetic, &years(), small(Kind::Normal), -20.0);
    println!("{}", said.row("effect −20, Normal, rho 0.5, 15+4", Method::Synthetic));
    assert!(said.fewer * 10 >= said.answered * 6 && said.more == 0, "{said:?}");
}

#[test]
#[expect(clippy::print_stdout, reason = "the measured table of docs/methods/impact.md")]
fn no_effect_larger_than_d_is_said_of_an_effect_of_d_at_most_as_often_as_stated() {
    let about = About {
        margin: Some(0.25),
        ..years()
    };
    let quiet = World {
        noise: 2.5,
        ..World::USUAL
    };
    let none = ask_with(25, 200, Method::Did, &about, quiet, 0.0);
    println!("{}", none.row("none, d 25 %, Normal, rho 0.5", Method::Did));
    assert!(at_least(none.none_larger, none.answered, 0.5), "{none:?}");
    // Levels are about 60: 15 a period is d.
    let at_d = ask_with(26, 200, Method::Did, &about, quiet, 15.5);
    println!("{}", at_d.row("effect of d, d 25 %, Normal, rho 0.5", Method::Did));
    assert!(at_most(at_d.none_larger, at_d.answered, ALPHA), "{at_d:?}");
}
