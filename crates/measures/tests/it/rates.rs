//! Rates: published figures first, then what holds of any areas, then examples worked by hand.

use lysoen_lexicon::estimate::IntervalKind;
use lysoen_measures::rates::{
    NeighboursError, PER, Prior, Rate, Toll, compound, compound_rate, empirical_bayes, gamma_interval, garwood, raw,
    spatial_empirical_bayes,
};
use proptest::prelude::*;

use crate::st_louis;

/// Whether two numbers are the same but for so large a share of them.
fn near(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * b.abs()
}

fn known(rate: &Rate) -> (f64, f64, f64) {
    (rate.rate.unwrap(), rate.low.unwrap(), rate.high.unwrap())
}

#[test]
fn garwoods_interval_equals_the_published_factors_and_scipy() {
    // NCHS, "Lower and upper 95 percent confidence limit factors for a mortality rate", Technical Appendix of Vital
    // Statistics of the United States: limits of the count, divided by the count.
    for (count, low, high) in [
        (1, 0.02532, 5.57164),
        (2, 0.12110, 3.61234),
        (3, 0.20622, 2.92242),
        (5, 0.32470, 2.33367),
        (10, 0.47954, 1.83904),
        (20, 0.61083, 1.54442),
        (50, 0.74222, 1.31838),
    ] {
        let limits = garwood(count, 0.95);
        let n = count as f64;
        assert!(
            (limits.0 / n - low).abs() < 6e-6 && (limits.1 / n - high).abs() < 6e-6,
            "{count}: {limits:?}"
        );
    }
    // scipy 1.17.1: gamma.ppf(0.025, n), gamma.ppf(0.975, n + 1).
    for (count, low, high) in [
        (0, 0.0, 3.6888794541139354),
        (1, 0.025317807984289876, 5.571643390938898),
        (100, 81.36399125092314, 121.62679379242638),
        (14_948, 14709.319411290671, 15189.582900816271),
        (160_900, 160114.76011995247, 161688.13662817248),
    ] {
        let limits = garwood(count, 0.95);
        assert!(
            near(limits.0, low, 1e-9) && near(limits.1, high, 1e-9),
            "{count}: {limits:?}"
        );
    }
}

#[test]
fn the_gamma_interval_equals_fay_and_feuers_example_of_few_events_with_a_large_weight() {
    // Down's syndrome among the births of fifth and later children, Michigan 1950–64 (Fleiss 1981, table 14.4; Fay and
    // Feuer 1997), adjusted to all births. The vignette of the R package dsrTest, `method = "gamma"`, has 75.52901
    // (67.70212, 188.30017) per 100,000.
    let cases = [0.0, 8.0, 63.0, 112.0, 262.0, 295.0];
    let births = [327.0, 30_666.0, 123_419.0, 149_919.0, 104_088.0, 34_392.0];
    let standard = [319_933.0, 931_318.0, 786_511.0, 488_235.0, 237_863.0, 61_313.0];
    let all: f64 = standard.iter().sum();
    let weights: Vec<f64> = (0..6).map(|i| standard[i] / all / births[i]).collect();
    let sum: f64 = (0..6).map(|i| weights[i] * cases[i]).sum();
    let variance: f64 = (0..6).map(|i| weights[i] * weights[i] * cases[i]).sum();
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let (low, high) = gamma_interval(sum, variance, largest, 0.95);
    assert!((sum * 1e5 - 75.52901).abs() < 5e-6);
    assert!(
        (low * 1e5 - 67.70212).abs() < 5e-6 && (high * 1e5 - 188.30017).abs() < 5e-6,
        "{low} {high}"
    );
}

#[test]
fn both_kinds_of_empirical_bayes_equal_the_published_rates_of_78_counties() {
    // Homicides 1979–84 in the counties around St. Louis. Rates of the first ten counties as the documentation of
    // esda 2.9 (`Empirical_Bayes`, `Spatial_Empirical_Bayes`, the latter with `stl.gal`) prints them.
    let global = [
        2.36718950e-05,
        4.54539167e-05,
        4.78114019e-05,
        2.76907146e-05,
        6.58989323e-05,
        3.66494122e-05,
        5.79952721e-05,
        2.03064590e-05,
        3.31152999e-05,
        3.02748380e-05,
    ];
    let spatial = [
        4.01485749e-05,
        3.62437513e-05,
        4.93034844e-05,
        5.09387329e-05,
        3.72735210e-05,
        3.69333797e-05,
        5.40245456e-05,
        2.99806055e-05,
        3.73034109e-05,
        3.47270722e-05,
    ];
    let tolls = st_louis::tolls();
    let neighbours = st_louis::neighbours();
    let ours = (
        empirical_bayes(&tolls, 0.95),
        spatial_empirical_bayes(&tolls, &neighbours, 0.95).unwrap(),
    );
    for i in 0..10 {
        assert!(near(known(&ours.0[i]).0 / PER, global[i], 1e-8), "{i}: {:?}", ours.0[i]);
        assert!(
            near(known(&ours.1[i]).0 / PER, spatial[i], 1e-8),
            "{i}: {:?}",
            ours.1[i]
        );
    }
}

#[test]
fn marshalls_rates_and_intervals_equal_an_example_worked_by_hand() {
    // e = 0, 10, 40; b = 10,000, 20,000, 20,000. Σe = 50, Σb = 50,000, m = 0.001.
    // s² = [10,000·(0 − 0.001)² + 20,000·(0.0005 − 0.001)² + 20,000·(0.002 − 0.001)²]/50,000
    //    = (0.01 + 0.005 + 0.02)/50,000 = 7e-7; mean(b) = 50,000/3, m/mean(b) = 6e-8; a = 6.4e-7.
    // m/a = 1,562.5 years, m²/a = 1.5625 deaths.
    // First area: w = 6.4e-7/(6.4e-7 + 0.001/10,000) = 6.4/7.4; rate = (1 − w)·0.001 = 1.3513514e-4.
    // Second: w = 6.4/(6.4 + 0.5); rate = w·0.0005 + (1 − w)·0.001 = (3.2 + 0.5)/6.9·1e-3 = 5.3623188e-4.
    // Third: (12.8 + 0.5)/6.9·1e-3 = 1.92753623e-3.
    let tolls = [Toll::new(0, 10_000.0), Toll::new(10, 20_000.0), Toll::new(40, 20_000.0)];
    let prior = Prior::of(tolls.iter()).unwrap();
    assert!(near(prior.mean, 0.001, 1e-12) && near(prior.variance, 6.4e-7, 1e-12));
    let rates = empirical_bayes(&tolls, 0.95);
    for (rate, (wanted, weight)) in
        rates
            .iter()
            .zip([(13.513514, 6.4 / 7.4), (53.623188, 6.4 / 6.9), (192.753623, 6.4 / 6.9)])
    {
        assert!(
            near(rate.rate.unwrap(), wanted, 1e-7) && near(rate.weight.unwrap(), weight, 1e-12),
            "{rate:?}"
        );
        assert_eq!(rate.interval, IntervalKind::Credible { level: 0.95 });
    }
    // Posterior of the first: a gamma of shape 1.5625 and rate 11,562.5; by scipy 1.17.1,
    // gamma.ppf([0.025, 0.975], 1.5625)/11562.5·1e5.
    let (_, low, high) = known(&rates[0]);
    assert!(
        near(low, 1.0563226594345605, 1e-8) && near(high, 41.42851014801096, 1e-8),
        "{low} {high}"
    );
}

#[test]
fn areas_that_differ_no_more_than_by_chance_get_the_pooled_rate_and_its_interval_of_some_width() {
    // e/b = 0.001 everywhere: s² = 0, a = −m/mean(b) < 0. Pooled: 6 of 6,000, Garwood of 6 is 2.2019–13.0595.
    let tolls = [Toll::new(1, 1_000.0), Toll::new(2, 2_000.0), Toll::new(3, 3_000.0)];
    for rate in empirical_bayes(&tolls, 0.95) {
        let (value, low, high) = known(&rate);
        assert!(near(value, 100.0, 1e-12) && near(low, 2.2019 / 0.06, 1e-4) && near(high, 13.0595 / 0.06, 1e-4));
        assert_eq!(
            (rate.weight, rate.interval),
            (Some(0.0), IntervalKind::Confidence { level: 0.95 })
        );
        assert!(rate.note.contains("no more than chance"), "{}", rate.note);
    }
}

#[test]
fn nothing_counted_anywhere_is_a_rate_of_zero_with_an_upper_end() {
    let tolls = [Toll::new(0, 40_000.0), Toll::new(0, 60_000.0)];
    for rate in empirical_bayes(&tolls, 0.95) {
        let (value, low, high) = known(&rate);
        assert!(value == 0.0 && low == 0.0 && near(high, 3.6888794541, 1e-9), "{rate:?}");
    }
}

#[test]
fn an_area_without_population_has_no_rate_and_a_reason_and_moves_no_other() {
    let with = [Toll::new(3, 1_000.0), Toll::new(9, 1_000.0)];
    let unknown = Toll {
        deaths: 7,
        person_years: None,
    };
    let all = [with[0], unknown, with[1], Toll::new(2, 0.0)];
    let rates = empirical_bayes(&all, 0.95);
    assert_eq!((rates[1].rate, rates[1].low, rates[1].weight), (None, None, None));
    assert_eq!(rates[1].note, "no rate: 7 deaths, but no population known");
    assert_eq!(rates[3].note, "no rate: 2 deaths, but nobody lives here");
    assert_eq!(vec![rates[0].clone(), rates[2].clone()], empirical_bayes(&with, 0.95));
    let around = vec![vec![1, 2], vec![0], vec![0, 1], vec![]];
    let spatial = spatial_empirical_bayes(&all, &around, 0.95).unwrap();
    assert_eq!(spatial[1], rates[1]);
    assert_eq!(
        spatial[0], rates[0],
        "the same two areas with a population are around it"
    );
    assert_eq!(empirical_bayes(&[unknown], 0.95)[0], rates[1]);
}

#[test]
fn an_area_without_neighbours_keeps_its_own_rate_and_garwoods_interval() {
    let tolls = [Toll::new(3, 20_000.0), Toll::new(900, 1_000.0)];
    let island = &spatial_empirical_bayes(&tolls, &[vec![], vec![0, 0, 1]], 0.95).unwrap()[0];
    assert_eq!(known(island), known(&raw(&tolls[0], 0.95)));
    assert!(island.note.contains("no other area"), "{}", island.note);
}

#[test]
fn neighbours_that_fit_no_area_are_told() {
    let tolls = [Toll::new(3, 20_000.0)];
    let lists = spatial_empirical_bayes(&tolls, &[], 0.95).unwrap_err();
    assert_eq!(lists, NeighboursError::Lists { lists: 0, areas: 1 });
    let unknown = spatial_empirical_bayes(&tolls, &[vec![5]], 0.95).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "area 0 has the neighbour 5, but the areas are numbered from 0 to 0"
    );
}

#[test]
fn deaths_that_come_many_at_once_have_a_wider_interval_than_as_many_single_ones() {
    // Events of 1, 1, 2, 6: Σx = 10, Σx² = 42, largest 6. Low: scale 4.2, shape 100/42 = 2.38095.
    // High: scale (42 + 36)/(10 + 6) = 4.875, shape 16²/78 = 3.28205. By scipy 1.17.1.
    let (low, high) = compound(&[1, 1, 2, 6], 0, 0.95);
    assert!(
        near(low, 1.5596030614704979, 1e-9) && near(high, 37.38391081001485, 1e-9),
        "{low} {high}"
    );
    let single = garwood(10, 0.95);
    assert!(low < single.0 && high > single.1);
    let rate = compound_rate(&[1, 1, 2, 6], 0, Some(50_000.0), 0.95);
    assert!(near(rate.rate.unwrap(), 20.0, 1e-12) && near(rate.high.unwrap(), high * 2.0, 1e-12));
    // Nothing happened; an event like the worst one around, of 30 deaths, may: up to 30·3.689.
    assert!(near(compound(&[], 30, 0.95).1, 30.0 * 3.6888794541139354, 1e-9));
}

/// Areas of up to a million people of which some have none known.
fn areas() -> impl Strategy<Value = Vec<Toll>> {
    let toll = (0_u64..200, proptest::option::weighted(0.9, 1.0_f64..1e6))
        .prop_map(|(deaths, person_years)| Toll { deaths, person_years });
    proptest::collection::vec(toll, 1..20)
}

proptest! {
    #[test]
    fn a_smoothed_rate_lies_between_its_own_and_the_pooled_one_and_within_its_interval(tolls in areas()) {
        let prior = Prior::of(tolls.iter());
        for (toll, rate) in tolls.iter().zip(empirical_bayes(&tolls, 0.95)) {
            let Some(own) = raw(toll, 0.95).rate else {
                prop_assert!(rate.rate.is_none() && !rate.note.is_empty());
                continue;
            };
            let pooled = prior.unwrap().mean * PER;
            let (value, low, high) = known(&rate);
            let slack = 1e-9 * (own + pooled);
            prop_assert!(own.min(pooled) - slack <= value && value <= own.max(pooled) + slack);
            prop_assert!(0.0 <= low && low <= value + slack && low < high);
            prop_assert!((0.0..=1.0).contains(&rate.weight.unwrap()));
        }
    }

    #[test]
    fn the_order_of_the_areas_does_not_matter(tolls in areas(), turn in 0_usize..20) {
        let by = turn % tolls.len();
        let mut turned = tolls.clone();
        turned.rotate_left(by);
        let mut back = empirical_bayes(&turned, 0.95);
        back.rotate_right(by);
        for (a, b) in empirical_bayes(&tolls, 0.95).iter().zip(&back) {
            prop_assert_eq!(a.rate.is_some(), b.rate.is_some());
            prop_assert!(a.rate.is_none() || near(a.rate.unwrap(), b.rate.unwrap(), 1e-7));
        }
    }

    #[test]
    fn with_every_area_a_neighbour_of_every_other_the_spatial_rates_are_the_global_ones(tolls in areas()) {
        let all = vec![(0..tolls.len()).collect::<Vec<_>>(); tolls.len()];
        prop_assert_eq!(spatial_empirical_bayes(&tolls, &all, 0.95).unwrap(), empirical_bayes(&tolls, 0.95));
    }

    #[test]
    fn garwoods_interval_grows_with_the_count_and_the_level_and_holds_the_count(count in 0_u64..3_000_000) {
        let (here, next, wider) = (garwood(count, 0.95), garwood(count + 1, 0.95), garwood(count, 0.99));
        prop_assert!(here.0 <= count as f64 && (count as f64) < here.1);
        prop_assert!(here.0 < next.0 && here.1 < next.1);
        prop_assert!(wider.0 <= here.0 && here.1 < wider.1);
    }

    #[test]
    fn an_interval_of_events_holds_their_deaths_and_never_falls_below_zero(
        events in proptest::collection::vec(0_u64..500, 0..40),
        largest in 1_u64..1_000,
    ) {
        let deaths = events.iter().sum::<u64>() as f64;
        let (low, high) = compound(&events, largest, 0.95);
        prop_assert!(0.0 <= low && low <= deaths && deaths < high, "{} {} {}", low, deaths, high);
    }
}
