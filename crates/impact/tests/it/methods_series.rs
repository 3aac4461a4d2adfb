//! Interrupted series and differences: errors worked by hand.

use lysoen_impact::Method;
use lysoen_impact::methods::event_study;

use crate::methods_donors::design;
use crate::prop99::near;

#[test]
fn robust_errors_are_newey_and_wests() {
    // Three periods before with residuals 1, −2, 1 about a line, and two after that lie on theirs: with four coefficients the
    // regression falls apart into both halves. Five periods: lag ⌊4 (5/100)^(2/9)⌋ = 2, Bartlett 1, 2/3, 1/3, correction 5/(5 − 4).
    let fit = Method::Its.fit(&design(3, &[vec![1.0, -2.0, 1.0, 8.0, 9.0]])).unwrap();
    let value = |name: &str| {
        fit.coefficients
            .iter()
            .find(|coefficient| coefficient.name == name)
            .unwrap()
    };
    near(value("trend").value, 0.0, 1e-12);
    near(value("intercept").value, 0.0, 1e-12);
    near(value("step").value, 8.0, 1e-12);
    near(value("slope change").value, 1.0, 1e-12);
    // Before, the trend is Σ (t − 1) y / 2, so its influence on each residual is −½, 0, ½ times 1, −2, 1: −½, 0, ½.
    // Σ of squares ½, lag 1: 0, lag 2: −¼. V = 5 (½ + 2·⅓·(−¼)) = 5/3.
    near(value("trend").error.unwrap(), (5.0_f64 / 3.0).sqrt(), 1e-10);
    // The intercept is Σ (5/6, 1/3, −1/6) y: influences 5/6, −2/3, −1/6.
    let [a, b, c] = [5.0 / 6.0, -2.0 / 3.0, -1.0 / 6.0];
    let variance: f64 = 5.0 * (a * a + b * b + c * c + 2.0 * (2.0 / 3.0) * (a * b + b * c) + 2.0 / 3.0 * a * c);
    near(value("intercept").error.unwrap(), variance.sqrt(), 1e-10);
    // The effect is the mean after less the line at 3.5, which is Σ (1/3 + (t − 1)·5/4) y: influences −11/12, −2/3, 19/12.
    near(fit.effect, 8.5, 1e-12);
    let [a, b, c] = [-11.0 / 12.0, -2.0 / 3.0, 19.0 / 12.0];
    let variance: f64 = 5.0 * (a * a + b * b + c * c + 2.0 * (2.0 / 3.0) * (a * b + b * c) + 2.0 / 3.0 * a * c);
    near(fit.effect_error.unwrap(), variance.sqrt(), 1e-10);
    assert!(fit.notes[0].contains("lag 2"), "{:?}", fit.notes);
}

#[test]
fn with_one_period_after_there_is_a_step_alone() {
    let fit = Method::Its.fit(&design(4, &[vec![1.0, 2.5, 2.5, 4.0, 9.0]])).unwrap();
    assert_eq!(fit.coefficients.len(), 3);
    near(fit.effect, fit.coefficients[2].value, 1e-12);
    assert!(fit.notes[1].contains("step alone"), "{:?}", fit.notes);
}

#[test]
fn time_that_is_set_aside_still_passes() {
    let mut leaping = design(4, &[vec![1.0, 2.0, 3.0, 4.0, 8.0, 9.0]]);
    leaping.at = vec![0.0, 1.0, 2.0, 3.0, 6.0, 7.0];
    let fit = Method::Its.fit(&leaping).unwrap();
    near(fit.counterfactual[4], 7.0, 1e-12);
    near(fit.effect, 1.0, 1e-12);
}

#[test]
fn a_difference_has_the_error_of_one_place_more() {
    let design = design(
        2,
        &[
            vec![1.0, 3.0, 10.0, 12.0],
            vec![0.0, 2.0, 3.0, 5.0],
            vec![1.0, 1.0, 2.0, 2.0],
            vec![4.0, 6.0, 7.0, 7.0],
        ],
    );
    let fit = Method::Did.fit(&design).unwrap();
    // The donors changed by 3, 1 and 2: mean 2, deviation 1.
    near(fit.effect, 9.0 - 2.0, 1e-12);
    near(fit.effect_error.unwrap(), (1.0_f64 + 1.0 / 3.0).sqrt(), 1e-12);
    let events = event_study(&design, 0.9).unwrap();
    let relative: Vec<f64> = events.iter().map(|event| event.relative).collect();
    assert_eq!(relative, [-2.0, -1.0, 0.0, 1.0]);
    assert_eq!((events[1].effect, events[1].low), (0.0, None));
    // In the first period after the donors have changed by 1, 1 and 1 since the last before, in the second by 3, 1 and 1.
    near(events[2].effect, 6.0, 1e-12);
    near(events[2].high.unwrap(), 6.0, 1e-12);
    near(events[3].effect, 9.0 - 5.0 / 3.0, 1e-12);
    // Student's t with 2 degrees of freedom, 0.95: 2.91999.
    let half = 2.919_986 * (4.0_f64 / 3.0 * 4.0 / 3.0).sqrt();
    near(events[3].high.unwrap() - events[3].effect, half, 1e-4);
    near(events[3].effect - events[3].low.unwrap(), half, 1e-4);
}
