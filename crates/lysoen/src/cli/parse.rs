//! What stands behind an option, read.

use jiff::civil::Date;
use lysoen_lexicon::period::Period;
use lysoen_measures::communities::Span;

/// A day, written YYYY-MM-DD.
pub fn day(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let written = parts.len() == 3 && [4, 2, 2].iter().zip(&parts).all(|(n, part)| part.len() == *n);
    let date = written.then(|| text.parse().ok()).flatten();
    date.ok_or_else(|| "write a day of the calendar as YYYY-MM-DD, such as 2025-06-30".to_string())
}

/// A period, or a span of them: `1989..2022`.
pub fn span(text: &str) -> Result<Span, String> {
    text.parse()
        .map_err(|e: lysoen_measures::communities::NotASpan| e.to_string())
}

/// A period, or the first and the last of several with two points between.
pub fn periods(text: &str) -> Result<(Period, Period), String> {
    let Some((first, last)) = text.split_once("..") else {
        return period(text).map(|period| (period, period));
    };
    let (first, last) = (period(first)?, period(last.trim_start_matches('='))?);
    match first.length() == last.length() {
        true if first.start() <= last.start() => Ok((first, last)),
        true => Err(format!("{first} is after {last}; write the earlier one first")),
        false => Err(format!(
            "{first} and {last} are of different lengths; write two years, or two months"
        )),
    }
}

/// A period: a year, a quarter or a month.
pub fn period(text: &str) -> Result<Period, String> {
    text.parse()
        .map_err(|e: lysoen_lexicon::period::NotAPeriod| e.to_string())
}
