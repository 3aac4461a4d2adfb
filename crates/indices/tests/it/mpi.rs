//! The global MPI from published headcounts; the publisher's workbooks are compared in the room of answers.

use lysoen_indices::data::{Data, Unit};
use lysoen_indices::index::{Index, Outcome};

use proptest::prelude::*;

use crate::tables::shipped;

const INDICATORS: [&str; 10] = [
    "nutrition",
    "child-mortality",
    "years-of-schooling",
    "school-attendance",
    "cooking-fuel",
    "sanitation",
    "drinking-water",
    "electricity",
    "housing",
    "assets",
];

/// One region: ten censored headcounts, H and A, all in %.
fn index(headcounts: [f64; 10], h: f64, a: f64) -> (Index, Outcome) {
    let recipe = shipped("mpi");
    let keys: Vec<String> = recipe.inputs().into_iter().map(|i| i.key).collect();
    let unit = Unit {
        code: "AAA".into(),
        ..Unit::default()
    };
    let mut data = Data::new(vec![unit], vec![None], keys);
    let given = INDICATORS.iter().copied().zip(headcounts);
    for (id, value) in given.chain([("headcount", h), ("intensity", a)]) {
        let at = data.input(id).unwrap();
        data.set(0, at, 0, value);
    }
    let index = Index::new(recipe, &data).unwrap();
    let outcome = index.build(&data, 0).unwrap();
    (index, outcome)
}

fn near(value: f64, wanted: f64) -> bool {
    (value - wanted).abs() < 1e-12
}

#[test]
fn the_mpi_is_the_weighted_sum_of_censored_headcounts() {
    // Half of the people are poor: all of these lack years of schooling and attendance (1/6 each), and half of these, 25 %,
    // lack nutrition (1/6). MPI = (50 + 50 + 25)/6 % = 0.208333…; H = 50 %, so A = 0.416667.
    let mut headcounts = [0.0; 10];
    (headcounts[0], headcounts[2], headcounts[3]) = (25.0, 50.0, 50.0);
    let (index, outcome) = index(headcounts, 50.0, 125.0 / 3.0);
    assert!(near(outcome.index().values[0], 125.0 / 600.0));
    assert!(near(
        outcome.node("headcount-by-intensity").unwrap().values[0],
        125.0 / 600.0
    ));
    // Contributions: nutrition 25/125, each of education 50/125; H × A has no weight and gives nothing.
    let shares = index.contributions(&outcome, 0);
    let share = |id: &str| shares[outcome.nodes.iter().position(|n| n.id == id).unwrap()];
    for (id, wanted) in [
        ("nutrition", 0.2),
        ("health", 0.2),
        ("years-of-schooling", 0.4),
        ("education", 0.8),
        ("living-standards", 0.0),
        ("headcount-by-intensity", 0.0),
        ("mpi", 1.0),
    ] {
        assert!(near(share(id).unwrap(), wanted), "{id}: {:?}", share(id));
    }
    // A product is no sum: what H and A give apart is not defined.
    assert_eq!(share("headcount"), None);
}

#[test]
fn a_missing_indicator_puts_its_weight_on_the_others_of_its_dimension() {
    // Without nutrition child mortality has 1/3: 30 % × 1/3 = 0.1.
    let mut headcounts = [0.0; 10];
    (headcounts[0], headcounts[1]) = (f64::NAN, 30.0);
    let (index, outcome) = index(headcounts, 30.0, 100.0 / 3.0);
    assert!(near(outcome.index().values[0], 0.1));
    let shares = index.contributions(&outcome, 0);
    let at = |id: &str| outcome.nodes.iter().position(|n| n.id == id).unwrap();
    assert!(near(shares[at("child-mortality")].unwrap(), 1.0));
    assert_eq!(shares[at("nutrition")], Some(0.0));
}

#[test]
fn without_a_whole_dimension_there_is_no_mpi() {
    let mut headcounts = [10.0; 10];
    (headcounts[0], headcounts[1]) = (f64::NAN, f64::NAN);
    let (_, outcome) = index(headcounts, 30.0, 40.0);
    assert!(outcome.index().values[0].is_nan());
}

#[test]
fn a_region_without_poor_people_has_an_mpi_of_zero_and_no_contributions() {
    let (index, outcome) = index([0.0; 10], 0.0, f64::NAN);
    assert_eq!(outcome.index().values[0], 0.0);
    assert!(index.contributions(&outcome, 0).iter().all(Option::is_none));
}

proptest! {
    #[test]
    fn contributions_of_the_indicators_add_up_to_the_whole(
        headcounts in prop::array::uniform10(0.0..100.0f64),
        lacking in prop::option::of(0usize..10),
    ) {
        let mut headcounts = headcounts;
        if let Some(at) = lacking {
            headcounts[at] = f64::NAN;
        }
        let (index, outcome) = index(headcounts, 50.0, 50.0);
        let shares = index.contributions(&outcome, 0);
        let share = |id: &str| shares[outcome.nodes.iter().position(|n| n.id == id).unwrap()].unwrap();
        let dimensions: f64 = ["health", "education", "living-standards"].map(share).iter().sum();
        prop_assert!((INDICATORS.map(share).iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!((dimensions - 1.0).abs() < 1e-9);
    }
}
