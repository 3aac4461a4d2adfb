//! Comparing columns in which values may be missing, and making such columns up.

use std::ops::Range;

use proptest::prelude::*;

/// Asserts that both have the same values within a tolerance and miss the same.
pub(crate) fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found_one, expected_one) in found.iter().zip(expected) {
        let same = found_one.is_nan() && expected_one.is_nan() || (found_one - expected_one).abs() <= tolerance;
        assert!(same, "{found:?} should be {expected:?}");
    }
}

/// A column of values between −1,000 and 1,000 in which none is missing.
pub(crate) fn known_column(units: Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-1e3..1e3, units)
}
