//! What has become of records at a day.

use lysoen_ladder::log::{Draft, RecordAnswer::*, Tried, UnderWay};

use super::{Log, act, alert, day, decide, propose, rewarn, worked};

#[test]
fn after_a_month_without_any_action_the_proposal_expires_and_is_reported_as_warning_unanswered() {
    let mut log = Log::new();
    log.add(alert("CAF", "2026-01-01"));
    log.add(propose("desk", Some(1), "M02", "CAF", "2026-01-31"));
    assert_eq!(
        (log.state(1, "2026-01-31"), log.state(2, "2026-01-31")),
        ("open".into(), "open".into())
    );
    assert!(log.chain.unanswered(day("2026-01-31")).is_empty());
    assert_eq!(log.state(2, "2026-02-01"), "expired: unanswered");
    assert_eq!(log.state(1, "2026-02-01"), "warning unanswered");
    let reported: Vec<u64> = log
        .chain
        .unanswered(day("2026-02-01"))
        .iter()
        .map(|r| r.number)
        .collect();
    assert_eq!(reported, [1]);

    // A new proposal opens it again, until the window ends without an act; one that comes later is too late.
    log.on("2026-02-05");
    log.add(propose("desk", Some(1), "M02", "CAF", "2026-03-31"));
    assert_eq!(log.state(1, "2026-02-05"), "open");
    assert_eq!(log.state(1, "2026-02-28"), "open");
    assert_eq!(log.state(1, "2026-03-01"), "warning unanswered");
    log.on("2026-03-02");
    log.add(decide("council", 3, Taken, "CAF"));
    log.add(act("relief", 4, Begun, "CAF"));
    assert_eq!(log.state(3, "2026-03-02"), "under way");
    assert_eq!(log.state(1, "2026-03-02"), "warning unanswered");
}

#[test]
fn a_warning_without_proposals_is_unanswered_when_its_window_has_ended_and_open_where_it_has_none() {
    let mut log = Log::new();
    log.add(alert("CAF", "2026-01-01"));
    log.add(Draft {
        window: None,
        ..alert("TCD", "2026-01-01")
    });
    assert_eq!(
        (log.state(1, "2026-02-28"), log.state(1, "2026-03-01")),
        ("open".into(), "warning unanswered".into())
    );
    assert_eq!(log.state(2, "2030-01-01"), "open");
}

#[test]
fn an_act_on_another_warning_of_the_place_does_not_answer_it() {
    let mut log = Log::new();
    log.add(alert("CAF", "2026-01-01"));
    log.add(propose("desk", None, "S02", "CAF", "2026-01-31"));
    log.add(act("society", 2, Begun, "CAF"));
    assert_eq!(log.state(1, "2026-01-02"), "open");
    assert_eq!(log.chain.warning_of(3), None);
}

#[test]
fn the_worked_log_is_told_as_it_stood_on_each_day() {
    let log = worked();
    // 1 warn, 2 and 3 propose, 4 update, 5 taken, 6 not taken, 7 begun, 8 publish, 9 done.
    for (number, on, state) in [
        (1, "2025-12-31", "none"),
        (1, "2026-01-01", "open"),
        (1, "2026-01-05", "updated"),
        (2, "2026-01-04", "open"),
        (2, "2026-01-05", "taken"),
        (2, "2026-01-09", "under way"),
        (2, "2026-02-20", "done"),
        (3, "2026-01-05", "not taken"),
        (4, "2026-01-05", "open"),
        (4, "2026-01-09", "answered"),
        (4, "2026-06-01", "answered"),
        (5, "2026-01-08", "taken"),
        (5, "2026-01-09", "under way"),
        (5, "2026-03-01", "done"),
        (6, "2026-03-01", "not taken"),
        (7, "2026-01-09", "under way"),
        (7, "2026-02-20", "done"),
        (8, "2026-03-01", "public"),
        (9, "2026-02-19", "none"),
        (9, "2026-02-20", "done"),
        (10, "2026-03-01", "none"),
    ] {
        assert_eq!(log.state(number, on), state, "record {number} on {on}");
    }
    let thread: Vec<u64> = log.chain.thread(9).iter().map(|r| r.number).collect();
    assert_eq!(thread, [1, 4]);
}

#[test]
fn a_cancel_and_a_proposal_that_was_overtaken_are_told() {
    let mut log = worked();
    log.add(propose("desk", Some(4), "M02", "CAF", "2026-04-01"));
    log.add(decide("council", 10, Overtaken, "CAF"));
    log.on("2026-02-22");
    log.add(rewarn(Cancel, 4, "CAF"));
    assert_eq!(
        (log.state(10, "2026-02-20"), log.state(11, "2026-02-20")),
        ("overtaken".into(), "overtaken".into())
    );
    assert_eq!(log.state(4, "2026-02-21"), "answered");
    for number in [1, 4, 8, 12] {
        assert_eq!(log.state(number, "2026-02-22"), "cancelled", "{number}");
    }
    assert_eq!(log.state(2, "2026-02-22"), "done");
}

#[test]
fn several_acts_on_one_decision_are_under_way_until_the_last_has_ended() {
    let mut log = Log::new();
    log.add(propose("desk", None, "M02", "CAF", "2026-01-31"));
    log.add(decide("council", 1, Taken, "CAF"));
    log.add(act("relief", 2, Begun, "CAF"));
    log.add(act("society", 2, Begun, "CAF"));
    log.on("2026-01-10");
    log.add(act("society", 4, Done, "CAF"));
    assert_eq!(
        (log.state(1, "2026-01-10"), log.state(4, "2026-01-10")),
        ("under way".into(), "done".into())
    );
    log.on("2026-01-20");
    log.add(act("relief", 3, Stopped, "CAF"));
    assert_eq!(
        (log.state(1, "2026-01-20"), log.state(2, "2026-01-20")),
        ("stopped".into(), "stopped".into())
    );
}

#[test]
fn what_was_done_of_an_option_at_a_place_is_told_with_its_outcome() {
    let mut log = worked();
    let caf = "CAF".parse().unwrap();
    let before = log.chain.history(&caf, "S02", day("2026-02-19"));
    let since = day("2026-01-09");
    assert_eq!(before.under_way, [UnderWay { record: 7, since }]);
    assert!(before.tried.is_empty());
    log.add(propose("desk", Some(4), "S02", "CAF", "2026-04-01"));
    log.add(act("society", 10, Begun, "CAF"));
    let after = log.chain.history(&caf, "S02", day("2026-02-20"));
    let tried = Tried {
        record: 9,
        since,
        until: day("2026-02-20"),
        outcome: "two committees meet".to_owned(),
    };
    assert_eq!(after.tried, [tried]);
    assert_eq!(
        after.under_way,
        [UnderWay {
            record: 11,
            since: day("2026-02-20")
        }]
    );
    for (place, option) in [("TCD", "S02"), ("CAF", "H03")] {
        assert_eq!(
            log.chain.history(&place.parse().unwrap(), option, day("2026-12-31")),
            Default::default()
        );
    }
}
