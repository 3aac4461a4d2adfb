//! A class held against sham classes.

use lysoen_impact::class::shams_of_cases;
use lysoen_impact::episodes::Shams;

fn case(effect: f64, shams: &[f64]) -> Shams {
    Shams {
        episodes: shams.len(),
        median: 0.0,
        effect,
        beyond: None,
        p: 1.0,
        effects: shams
            .iter()
            .enumerate()
            .map(|(at, share)| (format!("AAA@{at}"), *share))
            .collect(),
    }
}

#[test]
fn cases_that_fell_as_sham_policies_fell_are_no_more_than_they_and_cases_that_fell_further_are() {
    let shams: Vec<f64> = (0..25).map(|n| -0.6 + 0.04 * f64::from(n)).collect();
    let alike: Vec<Shams> = [-0.3, -0.1, 0.1, -0.2, -0.1].map(|effect| case(effect, &shams)).into();
    let told = shams_of_cases(&alike, 999, 7).unwrap();
    assert!(told.p > 0.5 && told.median < -0.1, "{} {}", told.p, told.median);
    let further: Vec<Shams> = [-0.7, -0.6, -0.8, -0.5, -0.7].map(|effect| case(effect, &shams)).into();
    let told = shams_of_cases(&further, 999, 7).unwrap();
    assert!(told.p <= 0.01 && told.beyond.unwrap() < -0.4, "{told:?}");
    assert_eq!(told.episodes, 25);
    assert_eq!(
        told,
        shams_of_cases(&further, 999, 7).unwrap(),
        "the same seed gives the same"
    );
}

#[test]
fn a_fall_to_nothing_has_a_place_and_no_case_has_no_answer() {
    let told = shams_of_cases(&[case(-1.0, &[-1.0, 0.0, 1.0])], 99, 1).unwrap();
    assert!(told.effect.is_finite() && (0.0..=1.0).contains(&told.p));
    assert!(shams_of_cases(&[], 99, 1).is_none());
    assert!(shams_of_cases(&[case(0.0, &[])], 99, 1).is_none());
}
