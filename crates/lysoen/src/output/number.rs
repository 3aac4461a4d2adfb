//! Numbers as text: for machines without loss, for people with their digits in groups.

/// A number in the fewest digits from which it can be read back exactly, without an exponent below 10¹⁵.
pub fn plain(value: f64) -> String {
    match value {
        0.0 => "0".to_string(),
        v if v.is_finite() && v.abs() >= 1e15 => format!("{v:e}"),
        v => format!("{v}"),
    }
}

/// A number of people for a person: `160,900`.
pub fn grouped(value: f64) -> String {
    group(&format!("{value:.0}"), 4)
}

/// A whole number of any kind: four digits stand without a comma, so that a year is a year.
pub fn whole(value: f64) -> String {
    group(&format!("{value:.0}"), 5)
}

/// A number with so many decimals for a person: `12,345.6`.
pub fn decimal(value: f64, decimals: usize) -> String {
    group(&format!("{value:.decimals$}"), 4)
}

/// Commas between groups of three digits before the point, where there are so many of them.
fn group(text: &str, least: usize) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("\u{2212}", digits));
    let (whole, fraction) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    if whole.len() < least || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{sign}{digits}");
    }
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{fraction}")
}
