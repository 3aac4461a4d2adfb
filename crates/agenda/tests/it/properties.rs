//! What holds of any rows.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use lysoen_agenda::rules::counts::counts;
use lysoen_agenda::{Act, Action, Precision};
use proptest::prelude::*;

use crate::fixture::{instrument, told};
use crate::made::{dateless, effective, from, mine, year};

fn acts() -> impl Strategy<Value = Act> {
    prop::sample::select(Act::ALL)
}

fn day(at: i32) -> Date {
    date(1997, 10, 1).checked_add(at.days()).unwrap()
}

prop_compose! {
    /// Rows of three participants and of three sources, some of a year or without a day, some with a day of effect.
    fn rows()(rows in prop::collection::vec((acts(), 0..9000i32, 0..3usize, 0..6u8, 0..3usize, 0..4000i32), 0..12)) -> Vec<Action> {
        rows.into_iter().map(|(act, at, participant, precision, source, effect)| {
            let row = mine(["X", "Y", "Z"][participant], act, &day(at).to_string());
            let row = match precision {
                0 => year(row),
                1 => dateless(row),
                2 => effective(row, day(at + effect - 1000)),
                _ => row,
            };
            from(row, ["depositary", "press", "monitor"][source], date(2026, 1, 1 + source as i8), source == 0)
        }).collect()
    }
}

proptest! {
    #[test]
    fn changes_are_in_order_and_no_more_are_bound_than_consented(rows in rows(), at in 0..12_000i32) {
        let told = told(&instrument("apmbc"), &rows, &[]);
        for history in told.histories.values() {
            prop_assert!(history.changes.windows(2).all(|pair| pair[0].from < pair[1].from), "{:?}", history.changes);
            prop_assert_eq!(history.changes[0].from, None);
        }
        let counts = counts(&told, day(at));
        prop_assert!(counts.in_force <= counts.deposited, "{:?}", counts);
        prop_assert!(counts.unverified <= counts.deposited);
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter((rows, other) in rows().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))) {
        let (one, other) = (told(&instrument("apmbc"), &rows, &[]), told(&instrument("apmbc"), &other, &[]));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_later_row_changes_no_earlier_standing(rows in rows(), act in acts().prop_filter("is good for the time before it", |act| *act != Act::Succession), at in 1..9000i32, back in 1..3000i32) {
        // One list with days.
        let usable = |row: &Action| row.precision == Precision::Day && row.act != Act::Succession && row.date <= Some(day(at));
        let own = rows.into_iter().filter(usable);
        let mut more: Vec<Action> = own.map(|row| from(row, "depositary", date(2026, 1, 1), true)).collect();
        let before = told(&instrument("apmbc"), &more, &[]);
        more.push(mine("X", act, &day(at).to_string()));
        let after = told(&instrument("apmbc"), &more, &[]);
        let on = day(at - back.min(at));
        let (before, after) = (before.of("X").on(on), after.of("X").on(on));
        prop_assert_eq!((before.word, before.since, before.ahead, before.basis), (after.word, after.since, after.ahead, after.basis));
    }
}
