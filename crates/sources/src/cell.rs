//! The one place where a text cell becomes a value.
//!
//! Every function trims its text first; an empty cell is `Ok(None)`, because missing is missing and never zero; a text
//! that is not the value asked for is an error that says what was expected, so that the reader can write a finding.

use std::borrow::Cow;

use jiff::civil::Date;

/// Why a cell is not the value asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct CellError {
    /// What was expected.
    pub expected: &'static str,
}

/// A cell's value; none where the cell is empty.
pub type Cell<T> = Result<Option<T>, CellError>;

fn cell<T>(text: &str, expected: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Cell<T> {
    match text.trim() {
        "" => Ok(None),
        text => parse(text).map(Some).ok_or(CellError { expected }),
    }
}

/// A whole number: `1234`, `-3`, `2.0`, `1,234`, `1 234` (also with a non-breaking space). `2.5` is an error.
pub fn integer(text: &str) -> Cell<i64> {
    cell(text, "a whole number", |text| {
        if let Ok(number) = text.parse() {
            return Some(number);
        }
        let text = without_separators(text)?;
        let (whole, zeros) = text.split_once('.').unwrap_or((&text, ""));
        let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !digits.is_empty() && all_digits(digits) && zeros.bytes().all(|b| b == b'0') {
            return whole.parse().ok();
        }
        // 1e3 and the like, as spreadsheets write large numbers; only as far as a float tells whole numbers apart.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let number = plain_number(&text).filter(|_| text.contains(['e', 'E']))?;
        (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
    })
}

/// A finite number: `1,234.5`, `1 234.5`, `1e3`, `5.67 billion`, `12%` (which is 12). `1.234,5` is an error, because a
/// comma after a point can be read in two ways.
pub fn number(text: &str) -> Cell<f64> {
    cell(text, "a number", |text| {
        if let Some(number) = plain_number(text) {
            return Some(number);
        }
        if let Some(percent) = text.strip_suffix('%') {
            return plain_number(percent.trim_end());
        }
        let (digits, word) = text.rsplit_once(|c: char| c.is_whitespace())?;
        // The exponent is appended to the text, so that 5.67 billion is the float nearest to 5670000000.
        let power = match word.to_ascii_lowercase().as_str() {
            "thousand" => 3,
            "million" => 6,
            "billion" => 9,
            "trillion" => 12,
            _ => return None,
        };
        let digits = without_separators(digits.trim_end())?;
        plain_number(&digits).filter(|_| !digits.contains(['e', 'E']))?;
        format!("{digits}e{power}").parse().ok()
    })
}

fn plain_number(text: &str) -> Option<f64> {
    let digits = without_separators(text)?;
    // Rust also reads "inf", "nan" and "infinity".
    if !digits
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'))
    {
        return None;
    }
    digits.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The number without the commas or spaces between its thousands; none where they do not stand between thousands.
fn without_separators(text: &str) -> Option<Cow<'_, str>> {
    const SPACES: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];
    let separator = |c: char| c == ',' || SPACES.contains(&c);
    if !text.contains(separator) {
        return Some(Cow::Borrowed(text));
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    if fraction.is_some_and(|fraction| fraction.contains(separator)) {
        return None;
    }
    let (sign, digits) = match whole.strip_prefix(['-', '+']) {
        Some(digits) => (&whole[..1], digits),
        None => ("", whole),
    };
    let mark = digits.chars().find(|c| separator(*c))?;
    let mut groups = digits.split(mark);
    let first = groups.next()?;
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    if first.is_empty() || first.len() > 3 || !is_digits(first) {
        return None;
    }
    let mut joined = format!("{sign}{first}");
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        joined.push_str(group);
    }
    if let Some(fraction) = fraction {
        joined.push('.');
        joined.push_str(fraction);
    }
    Some(Cow::Owned(joined))
}

/// A day: `2024-01-31`, the same with a time after it (`2024-01-31 00:00:00.000`, `2024-01-31T00:00:00Z`),
/// `31 Jan 1998`, `31 January 1998` or `Jan 31, 1998`. A time is dropped; it is not moved to another time zone.
pub fn date(text: &str) -> Cell<Date> {
    cell(text, "a day such as 2024-01-31", |text| {
        iso_date(text).or_else(|| day_in_words(text))
    })
}

/// A day as the United States write it, month first: `1/31/2024`, `01/31/2024 12:00:00 AM`.
pub fn us_date(text: &str) -> Cell<Date> {
    cell(text, "a day such as 01/31/2024 (month/day/year)", |text| {
        let (day, time) = text
            .split_once(' ')
            .map_or((text, None), |(day, time)| (day, Some(time)));
        let mut parts = day.split('/');
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !time.is_none_or(is_time) {
            return None;
        }
        Date::new(
            digits(year, 4..=4)?,
            digits(month, 1..=2)? as i8,
            digits(day, 1..=2)? as i8,
        )
        .ok()
    })
}

/// A month, given as its first day: `2024-03`, `2024M03`, `Mar 2024`, `March 2024`. `Mar-24` is an error, because it may
/// be a day.
pub fn month(text: &str) -> Cell<Date> {
    cell(text, "a month such as 2024-03", |text| {
        if let Some((name, year)) = text.split_once(' ') {
            return Date::new(digits(year.trim_start(), 4..=4)?, month_by_name(name)?, 1).ok();
        }
        let (year, month) = text.split_once(['-', 'M'])?;
        Date::new(digits(year, 4..=4)?, digits(month, 1..=2)? as i8, 1).ok()
    })
}

/// A year: `2024`, `2024.0`.
pub fn year(text: &str) -> Cell<i16> {
    cell(text, "a year such as 2024", one_year)
}

/// A year or two: `2019`, `2019-2020`, `2019/2020`, `2019-20`. Gives the first and the last.
pub fn years(text: &str) -> Cell<(i16, i16)> {
    cell(text, "a year such as 2019 or years such as 2019-2020", |text| {
        let Some((from, to)) = text.split_once(['-', '/', '\u{2013}']) else {
            return one_year(text).map(|year| (year, year));
        };
        let from = one_year(from.trim())?;
        let to = match to.trim() {
            short if short.len() == 2 => from / 100 * 100 + digits(short, 2..=2)?,
            long => one_year(long)?,
        };
        (from <= to).then_some((from, to))
    })
}

fn one_year(text: &str) -> Option<i16> {
    let whole = match text.split_once('.') {
        Some((whole, zeros)) => Some(whole).filter(|_| !zeros.is_empty() && zeros.bytes().all(|b| b == b'0'))?,
        None => text,
    };
    digits(whole, 4..=4)
}

/// Yes or no: `true`, `false`, `yes`, `no`, `y`, `n`, `1`, `0`, `1.0`, `0.0`, in any case.
pub fn boolean(text: &str) -> Cell<bool> {
    cell(text, "true or false", |text| match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(true),
        "false" | "f" | "no" | "n" | "0" | "0.0" => Some(false),
        _ => None,
    })
}

fn iso_date(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let bytes = day.as_bytes();
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let time_follows = match rest.strip_prefix(['T', ' ']) {
        Some(time) => is_time(time),
        None => rest.is_empty(),
    };
    if !time_follows {
        return None;
    }
    Date::new(
        digits(&day[..4], 4..=4)?,
        digits(&day[5..7], 2..=2)? as i8,
        digits(&day[8..], 2..=2)? as i8,
    )
    .ok()
}

/// Whether the text begins like a time of day and holds nothing that is not part of one.
fn is_time(text: &str) -> bool {
    let clock = text.as_bytes();
    clock.len() >= 4
        && clock[0].is_ascii_digit()
        && clock.contains(&b':')
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | ' ' | 'A' | 'P' | 'M'))
}

fn day_in_words(text: &str) -> Option<Date> {
    let mut words = text.split_whitespace();
    let (day, name, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    // Apr 14, 2016
    let (day, name) = match name.strip_suffix(',') {
        Some(second) => (second, day),
        None => (day, name),
    };
    Date::new(digits(year, 4..=4)?, month_by_name(name)?, digits(day, 1..=2)? as i8).ok()
}

fn month_by_name(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let found = NAMES.iter().position(|full| {
        *full == name || (name.len() == 3 && full.starts_with(&name)) || (name == "sept" && *full == "september")
    })?;
    i8::try_from(found + 1).ok()
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<i16> {
    (length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// A text as it may stand in a CSV export: what a spreadsheet would run as a formula (a text that begins with
/// `=`, `+`, `-`, `@`, a tab or a carriage return, and is no number) gets an apostrophe in front.
pub fn formula_safe(text: &str) -> Cow<'_, str> {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match runs && plain_number(text).is_none() {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}
