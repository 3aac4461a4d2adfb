//! Random effects and corrections for several outcomes, against published and recomputed numbers.

use lysoen_impact::class::multiple::{holm, romano_wolf};
use lysoen_impact::class::{Part, pool};

/// BCG vaccine against tuberculosis (Colditz et al. 1994, JAMA 271:698): cases and healthy among the vaccinated, then
/// among the others, of 13 trials.
const BCG: [[f64; 4]; 13] = [
    [4.0, 119.0, 11.0, 128.0],
    [6.0, 300.0, 29.0, 274.0],
    [3.0, 228.0, 11.0, 209.0],
    [62.0, 13536.0, 248.0, 12619.0],
    [33.0, 5036.0, 47.0, 5761.0],
    [180.0, 1361.0, 372.0, 1079.0],
    [8.0, 2537.0, 10.0, 619.0],
    [505.0, 87886.0, 499.0, 87892.0],
    [29.0, 7470.0, 45.0, 7232.0],
    [17.0, 1699.0, 65.0, 1600.0],
    [186.0, 50448.0, 141.0, 27197.0],
    [5.0, 2493.0, 3.0, 2338.0],
    [27.0, 16886.0, 29.0, 17825.0],
];

fn bcg() -> Vec<Part> {
    let part = |(number, [a, b, c, d]): (usize, [f64; 4])| Part {
        unit: format!("trial {number:02}"),
        cluster: format!("trial {number:02}"),
        effect: ((a / (a + b)) / (c / (c + d))).ln(),
        error: (1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d)).sqrt(),
    };
    BCG.into_iter().enumerate().map(part).collect()
}

fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() < within, "{found} is not {expected}");
}

#[test]
fn the_bcg_trials_pool_as_published_and_recomputed() {
    // metafor (Viechtbauer 2010, J. Statistical Software 36(3)): REML tau² 0.3132, mean −0.7145, Q 152.23, I² 92.22 %;
    // the further digits by an independent minimisation of the restricted likelihood.
    let pooled = pool(&bcg(), 0.95).unwrap();
    close(pooled.tau.powi(2), 0.313_243_26, 1e-7);
    close(pooled.effect, -0.714_532_34, 1e-7);
    close(pooled.error, 0.180_791_74, 1e-7);
    close(pooled.low, -1.108_443_71, 1e-6);
    close(pooled.high, -0.320_620_97, 1e-6);
    close(pooled.q, 152.233_008_08, 1e-6);
    close(pooled.i_squared, 0.922_213_85, 1e-7);
    let ninety = pool(&bcg(), 0.9).unwrap();
    close(ninety.low, -1.036_755_22, 1e-6);
    close(ninety.prediction.unwrap().0, -1.770_794_97, 1e-6);
    close(ninety.prediction.unwrap().1, 0.341_730_28, 1e-6);
}

#[test]
fn leaving_a_case_out_is_pooling_the_others() {
    let all = pool(&bcg(), 0.9).unwrap();
    assert_eq!(all.without.len(), 13);
    for (number, without) in all.without.iter().enumerate() {
        let mut others = bcg();
        others.remove(number);
        let alone = pool(&others, 0.9).unwrap();
        assert_eq!(
            (without.effect, without.low, without.high),
            (alone.effect, alone.low, alone.high)
        );
    }
}

#[test]
fn cases_of_one_conflict_count_once() {
    let mut parts = bcg();
    let alone = pool(&parts, 0.9).unwrap();
    // The same case nine times over, in one cluster, is that case.
    for copy in 0..8 {
        parts.push(Part {
            unit: format!("copy {copy}"),
            ..parts[3].clone()
        });
    }
    let copied = pool(&parts, 0.9).unwrap();
    assert_eq!((copied.cases, copied.clusters), (21, 13));
    close(copied.effect, alone.effect, 1e-9);
    close(copied.error, alone.error, 1e-9);
}

#[test]
fn equal_effects_have_no_tau_and_the_usual_error() {
    let parts: Vec<Part> = (0..6)
        .map(|number| Part {
            unit: number.to_string(),
            cluster: number.to_string(),
            effect: -0.5,
            error: 0.2,
        })
        .collect();
    let pooled = pool(&parts, 0.9).unwrap();
    assert_eq!(pooled.tau, 0.0);
    // The factor of Hartung and Knapp would be zero, and the interval a point: it counts as 1.
    close(pooled.error, 0.2 / 6.0_f64.sqrt(), 1e-12);
}

#[test]
fn one_cluster_or_an_effect_without_error_is_not_pooled() {
    let mut parts = bcg();
    for part in &mut parts {
        part.cluster = "one".to_string();
    }
    assert_eq!(pool(&parts, 0.9), None);
    let mut parts = bcg();
    parts[0].error = 0.0;
    assert_eq!(pool(&parts, 0.9), None);
    assert_eq!(pool(&[], 0.9), None);
}

#[test]
fn holm_steps_down() {
    let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
    for (found, expected) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]) {
        close(*found, expected, 1e-12);
    }
    // An outcome without a p was asked all the same.
    let adjusted = holm(&[0.03, f64::NAN]);
    close(adjusted[0], 0.06, 1e-12);
    assert!(adjusted[1].is_nan());
}

#[test]
fn romano_and_wolf_equal_the_single_p_for_the_same_outcome_twice_and_holm_for_others() {
    let draws: Vec<f64> = (0..999).map(|draw| f64::from(draw) / 100.0).collect();
    let same = romano_wolf(&[9.5, 9.5], &[draws.clone(), draws.clone()]);
    assert_eq!(same, romano_wolf(&[9.5], std::slice::from_ref(&draws)).repeat(2));
    // Of two outcomes that are never off in the same draw the more extreme has the sum of both shares.
    let mut turned = draws.clone();
    turned.reverse();
    let both = romano_wolf(&[9.5, 9.0], &[draws, turned]);
    close(both[0], 0.099, 0.0011);
    close(both[1], 0.1, 0.0011);
    assert!(both[0] <= both[1]);
}
