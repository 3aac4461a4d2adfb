//! Cells become values in one place.

use jiff::civil::date as day;
use lysoen_sources::cell;
use proptest::prelude::*;

#[test]
fn an_empty_cell_is_missing_and_never_zero() {
    for text in ["", "  ", "\t", "\u{a0}"] {
        assert_eq!(cell::integer(text), Ok(None));
        assert_eq!(cell::number(text), Ok(None));
        assert_eq!(cell::date(text), Ok(None));
        assert_eq!(cell::year(text), Ok(None));
        assert_eq!(cell::boolean(text), Ok(None));
    }
}

#[test]
fn whole_numbers_may_have_separators_and_a_zero_fraction() {
    for (text, value) in [
        ("2", 2),
        ("2.0", 2),
        ("2.", 2),
        (" -3 ", -3),
        ("1,234", 1234),
        ("1 234 567", 1_234_567),
        ("1\u{a0}234", 1234),
        ("1\u{202f}234.00", 1234),
        ("1e3", 1000),
        ("1.5E+2", 150),
        ("9223372036854775807", i64::MAX),
    ] {
        assert_eq!(cell::integer(text), Ok(Some(value)), "{text}");
    }
}

#[test]
fn what_is_no_whole_number_is_an_error() {
    for text in [
        "2.5",
        "1,23",
        "1,2345",
        ",123",
        "12,34,567",
        "1.234,5",
        "-",
        "+",
        ".",
        "abc",
        "1 2",
        "0x10",
        "NaN",
        "inf",
        "1e-1",
        "9223372036854775808",
        "1,234 567",
        "--1",
        "1e400",
        "²",
    ] {
        assert_eq!(
            cell::integer(text).map_err(|e| e.expected),
            Err("a whole number"),
            "{text}"
        );
    }
}

#[test]
fn numbers_may_be_in_words_and_per_cent() {
    for (text, value) in [
        ("1,234.5", 1234.5),
        ("5.67 billion", 5_670_000_000.0),
        ("694.2 million", 694_200_000.0),
        ("12%", 12.0),
        ("12.5 %", 12.5),
        ("1e3", 1000.0),
        ("-0.5", -0.5),
        ("1 234,0".replace(',', ".").as_str(), 1234.0),
        ("1.1 Trillion", 1.1e12),
        (".5", 0.5),
        ("3 thousand", 3000.0),
        ("1,200 million", 1.2e9),
        ("0", 0.0),
    ] {
        assert_eq!(cell::number(text), Ok(Some(value)), "{text}");
    }
}

#[test]
fn ambiguous_and_endless_numbers_are_errors() {
    for text in [
        "1.234,5",
        "1,5",
        "NaN",
        "nan",
        "inf",
        "-infinity",
        "1e999",
        "5 zillion",
        "billion",
        "1 2",
        "1.2.3",
        "%",
        "1e3 million",
        "$5",
    ] {
        assert_eq!(cell::number(text).map_err(|e| e.expected), Err("a number"), "{text}");
    }
}

#[test]
fn days_are_read_in_the_forms_that_the_sources_use() {
    for text in [
        "2024-01-31",
        "2024-01-31 00:00:00.000",
        "2024-01-31T00:00:00",
        "2024-01-31T00:00:00Z",
        "2024-01-31T00:00:00+00:00",
        "31 Jan 2024",
        "31 January 2024",
        "31 january 2024",
    ] {
        assert_eq!(cell::date(text), Ok(Some(day(2024, 1, 31))), "{text}");
    }
    for text in [
        "Jan 2018",
        "2024-02-30",
        "01/31/2024",
        "2024-1-3",
        "2024-01-31x",
        "2024-01-31 x",
        "31 Jan",
        "20240131",
        "2024-01-3é",
    ] {
        assert!(cell::date(text).is_err(), "{text}");
    }
    assert_eq!(cell::us_date("01/31/2024 12:00:00 AM"), Ok(Some(day(2024, 1, 31))));
    assert_eq!(cell::us_date("1/2/2024"), Ok(Some(day(2024, 1, 2))));
    assert!(cell::us_date("31/01/2024").is_err());
    assert!(cell::us_date("2024-01-31").is_err());
}

#[test]
fn months_and_years_are_read_in_the_forms_that_the_sources_use() {
    for text in ["2024-03", "2024M03", "Mar 2024", "March 2024", "2024-3"] {
        assert_eq!(cell::month(text), Ok(Some(day(2024, 3, 1))), "{text}");
    }
    for text in ["Mar-24", "2024", "2024-13", "24-03", "Mär 2024"] {
        assert!(cell::month(text).is_err(), "{text}");
    }
    assert_eq!(cell::year("2024.0"), Ok(Some(2024)));
    assert!(cell::year("24").is_err() && cell::year("2024.5").is_err() && cell::year("-2024").is_err());
    for (text, years) in [
        ("2019", (2019, 2019)),
        ("2019-2020", (2019, 2020)),
        ("2019/2020", (2019, 2020)),
        ("2019-20", (2019, 2020)),
        ("2019.0", (2019, 2019)),
    ] {
        assert_eq!(cell::years(text), Ok(Some(years)), "{text}");
    }
    assert!(cell::years("2020-2019").is_err() && cell::years("2019-").is_err() && cell::years("a-b").is_err());
}

#[test]
fn yes_and_no_are_read_in_any_case() {
    assert_eq!(cell::boolean("TRUE"), Ok(Some(true)));
    assert_eq!(cell::boolean("0"), Ok(Some(false)));
    assert!(cell::boolean("maybe").is_err());
}

#[test]
fn a_text_that_a_spreadsheet_would_run_gets_an_apostrophe() {
    for (text, safe) in [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("-2.5", "-2.5"),
        ("+4", "+4"),
        ("-1,234", "-1,234"),
        ("Sudan", "Sudan"),
        ("", ""),
        ("a=b", "a=b"),
        ("-inf", "'-inf"),
        ("-", "'-"),
    ] {
        assert_eq!(cell::formula_safe(text), safe, "{text}");
    }
}

proptest! {
    #[test]
    fn a_whole_number_is_read_back(number: i64) {
        prop_assert_eq!(cell::integer(&number.to_string()), Ok(Some(number)));
    }

    #[test]
    fn a_whole_number_is_read_back_with_separators(number in -999_999_999_999_i64..999_999_999_999) {
        for separator in [",", " ", "\u{a0}", "\u{202f}"] {
            let digits = number.unsigned_abs().to_string();
            let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).expect("digits")).collect();
            let text = format!("{}{}", if number < 0 { "-" } else { "" }, groups.join(separator));
            prop_assert_eq!(cell::integer(&text), Ok(Some(number)));
            prop_assert_eq!(cell::number(&text), Ok(Some(number as f64)));
        }
    }

    #[test]
    fn a_number_is_read_back(number in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL) {
        prop_assert_eq!(cell::number(&number.to_string()), Ok(Some(number)));
        prop_assert_eq!(cell::number(&format!("{number:e}")), Ok(Some(number)));
    }

    #[test]
    fn a_day_is_read_back(days in 0..200_000_i32) {
        let day = day(1700, 1, 1) + jiff::Span::new().days(days);
        prop_assert_eq!(cell::date(&day.to_string()), Ok(Some(day)));
        prop_assert_eq!(cell::date(&format!("{day} 00:00:00.000")), Ok(Some(day)));
        prop_assert_eq!(cell::date(&day.strftime("%d %B %Y").to_string()), Ok(Some(day)));
        prop_assert_eq!(cell::date(&day.strftime("%d %b %Y").to_string()), Ok(Some(day)));
        prop_assert_eq!(cell::us_date(&day.strftime("%m/%d/%Y 00:00:00").to_string()), Ok(Some(day)));
    }

    #[test]
    fn no_text_makes_a_cell_panic(text in "\\PC{0,24}|[0-9,. \u{a0}eE+/:MTZ%-]{0,14}") {
        let _ = (cell::integer(&text), cell::number(&text), cell::date(&text), cell::us_date(&text));
        let _ = (cell::month(&text), cell::year(&text), cell::years(&text), cell::boolean(&text));
        let safe = cell::formula_safe(&text);
        prop_assert!(safe == text.as_str() || safe.strip_prefix('\'') == Some(text.as_str()));
    }

    #[test]
    fn a_number_is_finite(text in "[0-9]{1,400}(e[0-9]{1,4})?") {
        if let Ok(Some(number)) = cell::number(&text) {
            prop_assert!(number.is_finite());
        }
    }
}
