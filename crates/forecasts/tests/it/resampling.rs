//! Ensembles brought to another number of draws.

use lysoen_forecasts::resample::Fourier;
use proptest::prelude::*;

use crate::challenge::numbers;

#[test]
fn resampling_is_scipys() {
    let mut lines = csv::Reader::from_reader(include_str!("reference/resampled.csv").as_bytes());
    let mut cases = 0;
    for line in lines.deserialize() {
        let (draws, theirs): (String, String) = line.unwrap();
        let (draws, theirs) = (numbers(&draws), numbers(&theirs));
        let ours = Fourier::new(draws.len(), theirs.len()).resample(&draws);
        assert_eq!(ours.len(), theirs.len());
        let (from, to) = (draws.len(), theirs.len());
        for (x, wanted) in ours.iter().zip(&theirs) {
            assert!((x - wanted).abs() < 1e-9, "{from} to {to}: {x}, not {wanted}");
        }
        cases += 1;
    }
    assert_eq!(cases, 10);
}

#[test]
fn every_draw_stands_where_it_stood_among_a_multiple_of_them() {
    let draws = [3.0, 0.0, 9.0, 1.0, 0.0];
    let resampled = Fourier::new(5, 20).resample(&draws);
    for (at, draw) in draws.iter().enumerate() {
        assert!((resampled[at * 4] - draw).abs() < 1e-12, "{resampled:?}");
    }
    assert!(resampled.iter().all(|x| *x >= 0.0), "nothing is below zero");
}

proptest! {
    #[test]
    fn draws_that_are_all_the_same_stay_so(value in 0.0..1e6f64, from in 1..300usize, to in 1..300usize) {
        for x in Fourier::new(from, to).resample(&vec![value; from]) {
            prop_assert!((x - value).abs() <= 1e-9 * value.max(1.0), "{x}");
        }
    }
}
