//! Numbers as they are said to people: rounded to what can be meant.

/// A number to three significant digits, thousands apart: `19.5`, `0.0421`, `12,300`.
pub(crate) fn number(value: f64) -> String {
    digits(value, 3)
}

/// A number of people: whole, to two significant digits above a hundred.
pub(crate) fn people(value: f64) -> String {
    match value.abs() {
        size if size < 99.5 => format!("{}", value.round() + 0.0),
        _ => digits(value, 2),
    }
}

/// A share as a percentage: `26 %`, `0.4 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", digits(share * 100.0, 2))
}

/// A p to two significant digits.
pub(crate) fn p(value: f64) -> String {
    digits(value, 2)
}

/// `1 period`, `12 periods`.
pub(crate) fn count(many: usize, one: &str) -> String {
    match many {
        1 => format!("1 {one}"),
        _ => format!("{many} {one}s"),
    }
}

fn digits(value: f64, significant: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{}", value + 0.0);
    }
    let places = significant - 1 - value.abs().log10().floor() as i32;
    // From a million million on the digits stand for themselves no more.
    if !(-9..=9).contains(&places) {
        return format!("{value:.*e}", significant as usize - 1);
    }
    let factor = f64::powi(10.0, places);
    let rounded = (value * factor).round() / factor;
    let text = format!("{rounded:.*}", places.max(0) as usize);
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text,
    };
    grouped(&text)
}

fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("−", rest));
    let (whole, rest) = text.find('.').map_or((text, ""), |point| text.split_at(point));
    let mut grouped = String::new();
    for (number, digit) in whole.chars().enumerate() {
        if number > 0 && (whole.len() - number) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_to_what_can_be_meant() {
        let said = [19.5136, 0.042_13, 12_345.0, -1_234_567.0, 100.0, 0.0, 999.6, 20.0];
        let said: Vec<String> = said.into_iter().map(number).collect();
        assert_eq!(
            said,
            ["19.5", "0.0421", "12,300", "−1,230,000", "100", "0", "1,000", "20"]
        );
        assert_eq!([people(2_345.0), people(-0.3), people(41.4)], ["2,300", "0", "41"]);
        assert_eq!([percent(0.2567), percent(0.0039)], ["26 %", "0.39 %"]);
    }
}
