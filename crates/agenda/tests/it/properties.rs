//! What holds of any rows.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use lysoen_agenda::rules::counts::counts;
use lysoen_agenda::{Act, Action};
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
    fn row()(
        (act, at) in (acts(), 0..9000i32),
        (participant, source) in (0..3usize, 0..3usize),
        (precision, effect) in (0..6u8, 0..4000i32),
    ) -> Action {
        let row = mine(["X", "Y", "Z"][participant], act, &day(at).to_string());
        let row = match precision {
            0 => year(row),
            1 => dateless(row),
            2 => effective(row, day(at + effect - 1000)),
            _ => row,
        };
        let as_of = date(2026, 1, 1 + source as i8);
        from(row, ["depositary", "press", "monitor"][source], as_of, source == 0)
    }
}

fn rows() -> impl Strategy<Value = Vec<Action>> {
    prop::collection::vec(row(), 0..12)
}

fn shuffled() -> impl Strategy<Value = (Vec<Action>, Vec<Action>)> {
    rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
}

/// A row of one list with days; no succession, which is good for the time before it.
fn dated() -> impl Strategy<Value = Action> {
    let acts: Vec<Act> = Act::ALL.iter().copied().filter(|act| *act != Act::Succession).collect();
    let row = (prop::sample::select(acts), 0..9000i32, 0..2usize);
    row.prop_map(|(act, at, participant)| mine(["X", "Y"][participant], act, &day(at).to_string()))
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
    fn the_order_of_the_rows_does_not_matter((rows, other) in shuffled()) {
        let (one, other) = (told(&instrument("apmbc"), &rows, &[]), told(&instrument("apmbc"), &other, &[]));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_later_row_changes_no_earlier_standing(
        mut rows in prop::collection::vec(dated(), 0..12),
        last in dated(),
        back in 1..3000i32,
    ) {
        rows.retain(|row| row.date <= last.date);
        let on = last.date.unwrap().checked_sub(back.days()).unwrap();
        let participant = last.participant.clone();
        let stands = |rows: &[Action]| {
            let standing = told(&instrument("apmbc"), rows, &[]).of(&participant).on(on);
            (standing.word, standing.since, standing.ahead, standing.basis)
        };
        let before = stands(&rows);
        rows.push(last);
        prop_assert_eq!(before, stands(&rows));
    }
}
