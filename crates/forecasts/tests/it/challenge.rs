//! The scores against the functions that the challenge's evaluation calls; `reference/make.py` wrote what they gave.

use lysoen_forecasts::resample::Fourier;
use lysoen_forecasts::score;

/// A line of numbers.
pub(crate) fn numbers(text: &str) -> Vec<f64> {
    text.split(' ').map(|x| x.parse().unwrap()).collect()
}

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0)
}

#[test]
fn crps_interval_score_and_ignorance_are_those_of_the_challenges_evaluation() {
    let mut lines = csv::Reader::from_reader(include_str!("reference/scores.csv").as_bytes());
    let mut cases = 0;
    for line in lines.deserialize() {
        let (outcome, crps, mis, ign, ign_of_1000, draws): (f64, f64, f64, f64, f64, String) = line.unwrap();
        let draws = numbers(&draws);
        let mut sorted = draws.clone();
        sorted.sort_by(f64::total_cmp);
        let of_1000 = match draws.len() {
            1000 => score::ign(&sorted, outcome),
            from => {
                let mut resampled = Fourier::new(from, 1000).resample(&draws);
                resampled.sort_by(f64::total_cmp);
                score::ign(&resampled, outcome)
            }
        };
        let pairs = [
            ("crps", score::crps(&sorted, outcome), crps),
            ("mis", score::mis(&sorted, outcome), mis),
            ("ign", score::ign(&sorted, outcome), ign),
            ("ign of 1,000", of_1000, ign_of_1000),
        ];
        for (metric, ours, theirs) in pairs {
            assert!(close(ours, theirs), "case {cases}: {metric} {ours}, not {theirs}");
        }
        cases += 1;
    }
    assert_eq!(cases, 25);
}
