//! Numbers as text: exactly, and rounded so that a sentence never contradicts what it tells.

/// A share as a percentage, exactly: `0.29` is `29`. The decimal point moves in the text, so that nothing is rounded.
pub(crate) fn percent(share: f64) -> String {
    let text = format!("{:e}", share.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = mantissa.replace('.', "");
    let point = exponent.parse::<isize>().unwrap_or(0) + 3;
    let whole = usize::try_from(point).unwrap_or(0);
    let number = if whole == 0 {
        format!("0.{}{digits}", "0".repeat(point.unsigned_abs()))
    } else if whole >= digits.len() {
        format!("{digits:0<whole$}")
    } else {
        format!("{}.{}", &digits[..whole], &digits[whole..])
    };
    let number = number.trim_start_matches('0');
    let zero = if number.is_empty() || number.starts_with('.') {
        "0"
    } else {
        ""
    };
    let sign = if share < 0.0 { "-" } else { "" };
    format!("{sign}{zero}{number}")
}

/// How a number is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// With a comma between thousands.
    Grouped,
    /// As it is.
    Plain,
    /// A share in per cent.
    Percent,
}

impl Style {
    /// The number with all its digits.
    pub(crate) fn exact(self, number: f64) -> String {
        match self {
            Style::Grouped => group(&number.to_string()),
            Style::Plain => number.to_string(),
            Style::Percent => format!("{} %", percent(number)),
        }
    }

    /// The number with as few decimals as will do, at least `decimals`: what is told stands on the same side of `limit` as the
    /// number, and is nothing only where it is. A share is told as the whole only where it is.
    pub(crate) fn rounded(self, number: f64, limit: f64, decimals: usize) -> String {
        let share = self == Style::Percent;
        for decimals in decimals..16 {
            let text = format!("{:.decimals$}", if share { number * 100.0 } else { number });
            let Ok(back) = format!("{text}{}", if share { "e-2" } else { "" }).parse::<f64>() else {
                break;
            };
            let whole = !share || (back == 1.0) == (number == 1.0);
            if back.partial_cmp(&limit) == number.partial_cmp(&limit) && (back == 0.0) == (number == 0.0) && whole {
                let text = match text.split_once('.') {
                    Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
                    None => &text,
                };
                return match self {
                    Style::Grouped => group(text),
                    Style::Plain => text.to_string(),
                    Style::Percent => format!("{text} %"),
                };
            }
        }
        self.exact(number)
    }
}

fn group(number: &str) -> String {
    let (whole, decimals) = number.find('.').map_or((number, ""), |at| number.split_at(at));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

/// `1 month`, `3 months`.
pub(crate) fn counted(number: u32, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
