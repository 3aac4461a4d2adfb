//! How long the treaties let pass.

use jiff::civil::{Date, date};
use lysoen_agenda::Wait;
use proptest::prelude::*;

fn after(wait: &str, day: Date) -> Date {
    wait.parse::<Wait>().unwrap().after(day).unwrap()
}

#[test]
fn the_days_of_published_entries_into_force_come_out() {
    // Mine Ban Convention, Art. 17(1): the 40th on 16 September 1998.
    assert_eq!(after("first day of the 6th month", date(1998, 9, 16)), date(1999, 3, 1));
    // Rome Statute, Art. 126(1): the 60th on 11 April 2002.
    assert_eq!(
        after("first day of the month after 60 days", date(2002, 4, 11)),
        date(2002, 7, 1)
    );
    // Arms Trade Treaty, Art. 22(1): the 50th on 25 September 2014.
    assert_eq!(after("90 days", date(2014, 9, 25)), date(2014, 12, 24));
    // Children in armed conflict, Art. 10(1): the 10th on 12 November 2001.
    assert_eq!(after("3 months", date(2001, 11, 12)), date(2002, 2, 12));
    // Migrant workers, Art. 87(1): the 20th on 14 March 2003.
    assert_eq!(
        after("first day of the month after 3 months", date(2003, 3, 14)),
        date(2003, 7, 1)
    );
}

#[test]
fn a_month_without_the_day_ends_on_its_last() {
    assert_eq!(after("1 month", date(2003, 1, 31)), date(2003, 2, 28));
    assert_eq!(after("1 year", date(2004, 2, 29)), date(2005, 2, 28));
}

#[test]
fn what_is_no_time_is_refused_with_what_to_write() {
    for wrong in [
        "",
        "soon",
        "30",
        "-3 days",
        "3 weeks",
        "first day of the 0th month",
        "99999 days",
        "9999 years",
    ] {
        let error = wrong.parse::<Wait>().unwrap_err().to_string();
        assert!(error.contains("write `30 days`"), "{error}");
    }
}

proptest! {
    #[test]
    fn a_time_reads_back_what_it_prints(kind in 0..5, number in 1u16..600) {
        let wait = match kind {
            0 => Wait::Days(number),
            1 => Wait::Months(number),
            2 => Wait::MonthStart(number),
            3 => Wait::MonthStartAfterDays(number),
            _ => Wait::MonthStartAfterMonths(number),
        };
        prop_assert_eq!(wait.to_string().parse::<Wait>().unwrap(), wait);
    }

    #[test]
    fn no_time_ends_before_it_begins(number in 0u16..600, day in 0i32..40_000) {
        let day = date(1945, 1, 1).checked_add(jiff::ToSpan::days(day)).unwrap();
        for wait in [Wait::Days(number), Wait::Months(number), Wait::MonthStart(number.max(1))] {
            prop_assert!(wait.after(day).unwrap() >= day);
        }
    }
}
