//! What holds of duties and deadlines whatever the rows of the lists say.

use jiff::ToSpan;
use jiff::civil::date;
use lysoen_agenda::CommitmentKind::{Applies, Completion, DueSet, Extension, NotApplicable, Register, Report};
use lysoen_agenda::standing::DutyWord;
use lysoen_agenda::{Commitment, History};
use proptest::prelude::*;

use crate::owed::{bound, owed_with, register, row, standing};

/// A party that is bound by the Mine Ban Convention since 1 June 2018.
fn party() -> History {
    bound("apmbc", "XXX", "2018-06-01")
}

fn made_row() -> impl Strategy<Value = Commitment> {
    let kinds = prop_oneof![Just(Report), Just(Register), Just(NotApplicable), Just(DueSet)];
    let duties = prop_oneof![Just("crc"), Just("crc.44.1a"), Just("crc.44.1b")];
    let covers = prop_oneof![
        Just(None),
        (1992..2020i16).prop_map(|year| Some(format!("{year}-03-01")))
    ];
    (kinds, duties, 0..11_000i32, 0..4_000i32, covers).prop_map(|(kind, duty, from, long, covers)| {
        let from = date(1990, 1, 1).checked_add(from.days()).unwrap();
        let until = from.checked_add(long.days()).unwrap();
        let participant = if kind == Register { "" } else { "XXX" };
        let until = if kind == Report {
            String::new()
        } else {
            until.to_string()
        };
        let mut made = row(kind, duty, participant, &from.to_string(), &until);
        made.covers = covers.filter(|_| kind == Report);
        made
    })
}

proptest! {
    #[test]
    fn an_occurrence_lies_in_its_window(rows in prop::collection::vec(made_row(), 0..8), from in 0..9_000i32, long in 0..4_000i32) {
        let from = date(1992, 1, 1).checked_add(from.days()).unwrap();
        let window = [from.to_string(), from.checked_add(long.days()).unwrap().to_string()];
        let (owed, _) = owed_with(&bound("crc", "XXX", "1992-03-01"), &[], &rows, [&window[0], &window[1]], "2015-01-01");
        for one in owed {
            let due = one.due.unwrap().to_string();
            prop_assert!(window[0] <= due && due <= window[1], "{due}");
        }
    }

    #[test]
    fn the_order_of_reports_changes_nothing(rows in prop::collection::vec(made_row(), 0..8).prop_shuffle()) {
        let tell = |rows: &[Commitment]| {
            owed_with(&bound("crc", "XXX", "1992-03-01"), &[], rows, ["1992-01-01", "2025-01-01"], "2015-01-01")
        };
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(tell(&rows), tell(&turned));
        turned.sort_by_key(|row| row.duty.clone());
        prop_assert_eq!(tell(&rows), tell(&turned));
    }

    #[test]
    fn nothing_is_overdue_without_a_register(rows in prop::collection::vec(made_row(), 0..8)) {
        let rows: Vec<_> = rows.into_iter().filter(|row| row.kind != Register).collect();
        let (owed, _) = owed_with(&bound("crc", "XXX", "1992-03-01"), &[], &rows, ["1992-01-01", "2025-01-01"], "2015-01-01");
        prop_assert!(owed.iter().all(|one| one.word != DutyWord::Overdue && one.months.is_none()));
    }

    #[test]
    fn a_register_turns_only_what_was_unknown(rows in prop::collection::vec(made_row(), 0..8)) {
        let tell = |rows: &[Commitment]| {
            owed_with(&bound("crc", "XXX", "1992-03-01"), &[], rows, ["1992-01-01", "2025-01-01"], "2015-01-01").0
        };
        let none: Vec<_> = rows.iter().filter(|row| row.kind != Register).cloned().collect();
        let before = tell(&none);
        let after = tell(&[none, vec![register("crc", "1990-01-01", "2014-06-01")]].concat());
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert_eq!(before.due, after.due);
            let turned = before.word == DutyWord::Unknown && after.word == DutyWord::Overdue;
            prop_assert!(turned || before == after, "{before:?} {after:?}");
        }
    }
}

fn made_record() -> impl Strategy<Value = Commitment> {
    let kinds = prop_oneof![Just(Applies), Just(NotApplicable), Just(Extension), Just(Completion)];
    let deadlines = prop_oneof![Just("apmbc.4"), Just("apmbc.5")];
    (kinds, deadlines, 0..6_000i32, 0..6_000i32).prop_map(|(kind, deadline, from, long)| {
        let from = date(2018, 6, 1).checked_add(from.days()).unwrap();
        let until = from.checked_add(long.days()).unwrap().to_string();
        let until = if kind == Extension { until } else { String::new() };
        row(kind, deadline, "XXX", &from.to_string(), &until)
    })
}

proptest! {
    #[test]
    fn the_order_of_records_changes_nothing(rows in prop::collection::vec(made_record(), 0..8), on in 0..9_000i32) {
        let on = date(2018, 6, 1).checked_add(on.days()).unwrap().to_string();
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(standing(&party(), &rows, &on), standing(&party(), &turned, &on));
    }

    #[test]
    fn the_day_that_holds_is_the_last_extended_one(rows in prop::collection::vec(made_record(), 0..8), on in 0..9_000i32) {
        let on = date(2018, 6, 1).checked_add(on.days()).unwrap();
        for state in standing(&party(), &rows, &on.to_string()).0 {
            let days: Vec<_> = state.original.into_iter().chain(state.extensions).collect();
            prop_assert!(days.is_sorted() && state.due == days.last().copied());
            prop_assert!(state.next_warning.is_none_or(|day| day > on && Some(day) < state.due));
        }
    }

    #[test]
    fn what_is_to_come_in_the_lists_changes_nothing(rows in prop::collection::vec(made_record(), 0..8), on in 0..9_000i32) {
        let on = date(2018, 6, 1).checked_add(on.days()).unwrap();
        let past: Vec<_> = rows.iter().filter(|row| row.date.unwrap() <= on).cloned().collect();
        prop_assert_eq!(standing(&party(), &rows, &on.to_string()), standing(&party(), &past, &on.to_string()));
    }
}
