//! The class of a value.

use crate::recipe::Class;

/// The class in which a value lies: the last whose `from` is not above it. Classes stand from the lowest value up, and
/// one without `from` begins below all. None for a missing value, and below the first class.
pub fn class(classes: &[Class], value: f64) -> Option<&Class> {
    // Not >= alone, which would put a missing value into a class without `from`.
    let reached = |class: &&Class| !value.is_nan() && class.from.is_none_or(|from| value >= from);
    classes.iter().rev().find(reached)
}
