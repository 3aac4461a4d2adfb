//! Classes of an index.
use crate::recipe::Class;
/// The class of a value; none where it is missing.
pub fn class(classes: &[Class], value: f64) -> Option<&Class> {
    if value.is_nan() {
        return None;
    }
    classes.iter().rev().find(|c| c.from.is_none_or(|f| value >= f))
}
