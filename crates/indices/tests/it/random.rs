//! Streams of random numbers, and quantiles of the normal distribution.

use lysoen_indices::random::{Key, normal_quantile, normal_quantiles};
use proptest::prelude::*;
use statrs::function::erf::erfc_inv;

fn numbers(key: Key, first: u64, count: usize) -> Vec<f64> {
    let mut numbers = vec![0.0; count];
    key.uniforms(first, &mut numbers);
    numbers
}

proptest! {
    #[test]
    fn a_number_of_a_stream_is_the_same_wherever_one_begins_to_read(
        seed: u64, first in 0u64..1_000_000, skip in 0usize..100, count in 1usize..100,
    ) {
        let key = Key::new(seed, "input deaths", "CAF", "2023");
        let whole = numbers(key, first, skip + count);
        prop_assert_eq!(&whole[skip..], &numbers(key, first + skip as u64, count)[..]);
        prop_assert!(whole.iter().all(|u| 0.0 < *u && *u < 1.0));
    }

    #[test]
    fn quantiles_of_the_normal_distribution_agree_with_another_s(p in 1e-15f64..1.0) {
        let other = -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p);
        prop_assert!((normal_quantile(p) - other).abs() < 1e-9 * other.abs().max(1.0), "{} {other}", normal_quantile(p));
    }
}

#[test]
fn quantiles_of_the_normal_distribution_are_the_tabled_ones() {
    // R: qnorm(c(0.5, 0.95, 0.975, 0.001, 1e-10)), sixteen digits.
    let mut values = [0.5, 0.95, 0.975, 0.001, 1e-10];
    normal_quantiles(&mut values);
    let expected = [
        0.0,
        1.644_853_626_951_472_7,
        1.959_963_984_540_054,
        -3.090_232_306_167_813_5,
        -6.361_340_902_404_056,
    ];
    for (value, expected) in values.iter().zip(expected) {
        assert!((value - expected).abs() < 4e-15, "{value} {expected}");
    }
}

#[test]
fn a_block_of_quantiles_is_what_each_is_by_itself() {
    let mut block: Vec<f64> = (1..1000).map(|i| f64::from(i) / 1000.0).collect();
    let each: Vec<f64> = block.iter().map(|p| normal_quantile(*p)).collect();
    normal_quantiles(&mut block);
    assert_eq!(block, each);
}

#[test]
fn two_streams_are_the_same_only_where_all_that_names_them_is() {
    let keys = [
        Key::new(1, "ab", "c", ""),
        Key::new(1, "a", "bc", ""),
        Key::new(1, "ab", "", "c"),
        Key::new(1, "", "ab", "c"),
        Key::new(2, "ab", "c", ""),
        Key::new(256, "ab", "c", ""),
    ];
    for (i, a) in keys.iter().enumerate() {
        for b in &keys[..i] {
            assert_ne!(numbers(*a, 0, 8), numbers(*b, 0, 8));
        }
    }
    assert_eq!(numbers(keys[0], 0, 8), numbers(Key::new(1, "ab", "c", ""), 0, 8));
}

#[test]
fn the_first_numbers_of_a_stream_stay_what_they_are_from_one_version_to_the_next() {
    // A change here would change every published interval. The key is the SHA-256 of 01 00…00, and of each text with its
    // length before it; the words are those of ChaCha with 8 rounds.
    let found = numbers(Key::new(1, "input deaths", "CAF", "2023"), 0, 3);
    assert_eq!(
        found,
        [
            0.822_794_230_590_514_8,
            0.937_905_703_046_933_7,
            0.837_593_434_548_798_9
        ]
    );
}

#[test]
fn numbers_of_a_stream_are_even_and_follow_no_order() {
    let drawn = numbers(Key::new(7, "input deaths", "CAF", "2023"), 0, 100_000);
    // The mean of n numbers has a standard deviation of √(1/12n) = 0.00091; their correlation with the next, 1/√n = 0.0032.
    let mean = drawn.iter().sum::<f64>() / 1e5;
    assert!((mean - 0.5).abs() < 0.004, "{mean}");
    let next = drawn.windows(2).map(|w| (w[0] - 0.5) * (w[1] - 0.5)).sum::<f64>() / 1e5 * 12.0;
    assert!(next.abs() < 0.013, "{next}");
    let mut tenths = [0; 10];
    drawn.iter().for_each(|u| tenths[(u * 10.0) as usize] += 1);
    // √(100,000 · 0.1 · 0.9) = 95.
    assert!(tenths.iter().all(|n| (9_600..10_400).contains(n)), "{tenths:?}");
}
