//! Days as they stand in HXL files, which many hands write.

use jiff::civil::Date;

use crate::cell;

pub(super) const EXPECTED: &str =
    "a day in which day and month cannot be confused, such as 2015-03-31 or 31 March 2015";

/// The first and the last day that a text means: a day, a month or a year. None for the empty text.
pub(super) fn days(text: &str) -> Result<Option<(Date, Date)>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(Some(day)) = cell::date(text) {
        return Ok(Some((day, day)));
    }
    if let Ok(Some(month)) = cell::month(text) {
        return Ok(Some((month, month.last_of_month())));
    }
    if let Ok(Some((from, to))) = cell::years(text) {
        let whole = Date::new(from, 1, 1).ok().zip(Date::new(to, 12, 31).ok());
        return whole.ok_or(EXPECTED).map(Some);
    }
    let day = month_first_in_words(text)
        .or_else(|| in_numbers(text))
        .ok_or(EXPECTED)?;
    Ok(Some((day, day)))
}

/// `March 31, 2015`.
fn month_first_in_words(text: &str) -> Option<Date> {
    let mut words = text.split_whitespace();
    let (month, day, year) = (words.next()?, words.next()?.trim_end_matches(','), words.next()?);
    match words.next() {
        None => cell::date(&format!("{day} {month} {year}")).ok().flatten(),
        Some(_) => None,
    }
}

/// `19/3/15`, `03-18-14`, `2015/03/31`: only where one number can be no month, so that there is no doubt.
fn in_numbers(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |text: &str| {
        (text.len() <= 4 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    if first.len() == 4 {
        return Date::new(a, i8::try_from(b).ok()?, i8::try_from(c).ok()?).ok();
    }
    let year = match third.len() {
        4 => c,
        // HXL began in 2014; a year of two digits is of this century.
        2 => 2000 + c,
        _ => return None,
    };
    let (day, month) = match (a, b) {
        (day, month) if day > 12 && month <= 12 => (day, month),
        (month, day) if day > 12 && month <= 12 => (day, month),
        (same, again) if same == again => (same, again),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
