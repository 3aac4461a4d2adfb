//! Placebos in space and time, donors left out, conformal sets: by hand and by what must hold.

use lysoen_impact::inference::{conformal, leave_out, space, time};
use lysoen_impact::{About, Design, Method, Rules, examine};
use proptest::prelude::*;

use crate::made::{Draws, World, design};
use crate::simulated_said::{cut_by, years};

fn usual(seed: u64) -> Design {
    let mut series = World::USUAL.draw(&mut Draws::of(61, seed));
    cut_by(&mut series, 20, -15.0);
    design(&series, 20)
}

fn ranked(design: &Design) -> lysoen_impact::inference::Space {
    let fit = Method::Did.fit(design).expect("a fit");
    space::rank(design, &fit, &space::placebos(Method::Did, design), Rules::builtin()).expect("placebos")
}

#[test]
fn the_rank_of_the_ratios_is_what_it_is_by_hand() {
    let series = [
        vec![1.0, -1.0, 1.0, -1.0, 10.0],
        vec![0.0, 2.0, 0.0, -2.0, 1.0],
        vec![1.0, 0.0, -1.0, 0.0, 0.0],
        vec![0.0, 1.0, 0.0, -1.0, 8.0],
    ];
    let space = ranked(&design(&series, 4));
    // The means before are all 0, so that the gap of each is its value less the mean of the others.
    let donors = [
        [-0.5, 1.5, 0.5, -1.5, -3.0],
        [1.0, -1.5, -1.0, 1.5, -4.5],
        [-0.5, 0.0, 0.5, 0.0, 7.5],
    ];
    for (donor, gaps) in space.donors.iter().zip(donors) {
        let before = gaps[..4].iter().map(|gap| gap * gap).sum::<f64>() / 4.0;
        assert!(
            (donor.ratio.expect("one") - gaps[4] * gaps[4] / before).abs() < 1e-9,
            "{donor:?}"
        );
    }
    // The unit: gaps 2/3, −2, 4/3, 0 and 7 against 450 of the last donor.
    assert!((space.ratio - 49.0 / ((4.0 / 9.0 + 4.0 + 16.0 / 9.0) / 4.0)).abs() < 1e-9);
    assert_eq!((space.rank, space.of), (2, 4));
    assert_eq!(space.interval, None, "with three donors no interval of 90 % is bounded");
    assert_eq!(space.band.len(), 5);
}

#[test]
fn a_donor_with_the_same_ratio_or_a_perfect_fit_counts_against_the_unit() {
    // The donors mirror each other before: 2.5² to 1 for the unit, 5² to 2² for both of them.
    let series = [vec![1.0, -1.0, 5.0], vec![1.0, -1.0, 5.0], vec![-1.0, 1.0, 0.0]];
    let space = ranked(&design(&series, 2));
    assert_eq!((space.rank, space.of), (3, 3), "{space:?}");
    let alike: Vec<Vec<f64>> = std::iter::once(vec![1.0, 2.0, 1.0, 9.0])
        .chain((0..20).map(|_| vec![1.0, 0.0, 1.0, 1.0]))
        .collect();
    let mut design = design(&alike, 3);
    design.donors.truncate(19);
    let placebos = ranked(&design);
    assert!(placebos.donors.iter().all(|donor| donor.ratio.is_none()));
    assert_eq!(
        placebos.p, 1.0,
        "places that follow each other wholly are no evidence of anything"
    );
}

#[test]
fn a_perfect_fit_before_has_no_p_and_no_finding() {
    let mut series = World::USUAL.draw(&mut Draws::of(62, 0));
    series[0] = (0..26)
        .map(|time| series[1..].iter().map(|unit| unit[time]).sum::<f64>() / 25.0 + 3.0)
        .collect();
    cut_by(&mut series, 20, -30.0);
    let examination = examine(&design(&series, 20), Method::Did, Rules::builtin(), &years()).expect("a design");
    assert!(examination.space.is_none());
    assert!(
        examination.caveats.iter().any(|caveat| caveat.contains("is perfect")),
        "{:?}",
        examination.caveats
    );
    assert_eq!(examination.verdict.word, lysoen_impact::Word::CannotBeTold);
}

#[test]
fn the_placebo_interval_of_nineteen_donors_is_from_the_smallest_to_the_largest() {
    let series = World::USUAL.draw(&mut Draws::of(63, 0));
    let design = design(&series[..20], 20);
    let space = ranked(&design);
    let effects = || space.donors.iter().map(|donor| donor.effect);
    let effect = Method::Did.fit(&design).expect("a fit").effect;
    let interval = space.interval.expect("just enough donors");
    assert_eq!(interval.low, effect - effects().fold(f64::MIN, f64::max));
    assert_eq!(interval.high, effect - effects().fold(f64::MAX, f64::min));
}

#[test]
fn the_conformal_set_is_what_it_is_by_hand() {
    // One donor at zero: errors are the unit's values less their mean. With 5 − θ = x the last is 4x/5 and the largest of
    // the others 1 + |x|/5, so that θ is not rejected at 1/5 just where |x| ≤ 5/3.
    let series = [vec![1.0, -1.0, 1.0, -1.0, 5.0], vec![0.0; 5]];
    let design = design(&series, 4);
    let fit = Method::Did.fit(&design).expect("a fit");
    let rules = Rules {
        level: 0.75,
        ..Rules::builtin().clone()
    };
    let conformal = conformal::conformal(Method::Did, &design, &fit, &rules).expect("a set");
    assert_eq!((conformal.p, conformal.smallest), (0.2, 0.2));
    let interval = conformal.interval.expect("bounded");
    assert!((interval.low - (5.0 - 5.0 / 3.0)).abs() < 0.02, "{interval:?}");
    assert!((interval.high - (5.0 + 5.0 / 3.0)).abs() < 0.02, "{interval:?}");
    assert!(
        interval.low <= 5.0 - 5.0 / 3.0 && interval.high >= 5.0 + 5.0 / 3.0,
        "it errs on the wide side"
    );
    assert_eq!(conformal.periods, [Some((interval.low, interval.high))]);
    let rules = Rules { level: 0.9, ..rules };
    let conformal = conformal::conformal(Method::Did, &design, &fit, &rules).expect("a set");
    assert_eq!(
        conformal.interval, None,
        "of five shifts none can be rejected at a tenth"
    );
}

#[test]
fn as_many_periods_after_as_before_have_no_conformal_interval_of_a_difference() {
    let series = World {
        before: 10,
        after: 12,
        ..World::USUAL
    }
    .draw(&mut Draws::of(64, 0));
    let design = design(&series, 10);
    let fit = Method::Did.fit(&design).expect("a fit");
    let conformal = conformal::conformal(Method::Did, &design, &fit, Rules::builtin()).expect("a set");
    assert_eq!(conformal.interval, None, "any effect is taken up by the level");
}

#[test]
fn sham_dates_lie_before_the_policy_and_see_nothing_after_it() {
    let rules = Rules::builtin();
    assert_eq!(time::dates(20, 6, rules), [10, 11, 13, 15]);
    assert_eq!(time::dates(40, 3, rules), [12, 20, 28, 37]);
    assert!(time::dates(1, 5, rules).is_empty() && time::dates(2, 5, rules).is_empty());
    let first = time::shams(Method::Did, &usual(0), rules);
    let mut changed = usual(0);
    changed.observed[20..].fill(1e5);
    assert_eq!(first, time::shams(Method::Did, &changed, rules));
    assert_eq!(first.len(), 4);
    assert!(first.iter().all(|sham| sham.p.is_some()));
}

#[test]
fn each_donor_is_left_out_once_and_the_effect_is_that_of_the_design_without_it() {
    let design = usual(1);
    let fit = Method::Did.fit(&design).expect("a fit");
    let left_out = leave_out::one_by_one(Method::Did, &design, &fit);
    assert_eq!(left_out.len(), 25);
    for (donor, left) in left_out.iter().enumerate() {
        assert_eq!(left.unit, design.donors[donor].unit);
        assert_eq!(
            left.effect,
            Method::Did.fit(&design.without(donor)).expect("a fit").effect
        );
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let told = |threads: usize| {
        let pool = rayon_pool(threads);
        pool.install(|| {
            let examination = examine(&usual(2), Method::Synthetic, Rules::builtin(), &years()).expect("a design");
            serde_json::to_string(&examination).expect("JSON")
        })
    };
    assert_eq!(told(1), told(4));
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a pool")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn an_effect_added_after_the_policy_moves_every_interval_by_itself(seed in 0_u64..1000, effect in -50.0_f64..50.0) {
        let series = World::USUAL.draw(&mut Draws::of(65, seed));
        let mut moved = series.clone();
        cut_by(&mut moved, 20, effect);
        let asked = |series: &[Vec<f64>]| {
            examine(&design(series, 20), Method::Did, Rules::builtin(), &About::default()).expect("a design")
        };
        let (first, second) = (asked(&series), asked(&moved));
        let ends = |interval: Option<&lysoen_impact::inference::Interval>| interval.map(|interval| (interval.low, interval.high));
        let placebo = |of: &lysoen_impact::Examination| ends(of.space.as_ref().and_then(|space| space.interval.as_ref()));
        let (was, is) = (placebo(&first).expect("25 donors"), placebo(&second).expect("25 donors"));
        prop_assert!((was.0 + effect - is.0).abs() < 1e-9 && (was.1 + effect - is.1).abs() < 1e-9);
        let conformal = |of: &lysoen_impact::Examination| ends(of.conformal.as_ref().and_then(|found| found.interval.as_ref()));
        if let (Some(was), Some(is)) = (conformal(&first), conformal(&second)) {
            prop_assert!((was.0 + effect - is.0).abs() < 0.1 && (was.1 + effect - is.1).abs() < 0.1, "{was:?} {is:?}");
        }
        prop_assert_eq!(first.gates, second.gates);
    }
}
