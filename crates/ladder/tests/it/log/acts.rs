//! What an act needs, and what can still be said of a warning that was updated, cancelled or made public.

use lysoen_ladder::log::{Draft, RecordAnswer::*, Refused};

use super::append::{proposed, says};
use super::{act, alert, decide, propose, rewarn};

#[test]
fn an_act_needs_a_decision_that_took_the_proposal_or_a_soft_option_and_a_standing_protocol() {
    let mut log = proposed();
    assert_eq!(log.refused(act("relief", 2, Begun, "CAF")), Refused::NotTaken(2));
    assert_eq!(log.refused(act("society", 3, Begun, "CAF")), Refused::NotTaken(3));
    assert_eq!(log.refused(act("society", 6, Begun, "CAF")), Refused::NotTaken(6));
    let begun = log.add(act("society", 2, Begun, "CAF"));
    assert_eq!(
        log.refused(decide("council", 2, Taken, "CAF")),
        Refused::ActedOn(2, begun)
    );
    log.add(decide("council", 3, Taken, "CAF"));
    log.add(act("relief", 8, Begun, "CAF"));
    // A decided proposal is acted on by way of the decision.
    log.add(decide("council", 5, Taken, "CAF"));
    assert_eq!(
        log.refused(act("society", 5, Begun, "CAF")),
        Refused::Decided(5, 10, Taken)
    );
}

#[test]
fn an_act_ends_once_and_with_an_outcome() {
    let mut log = proposed();
    let begun = log.add(act("society", 2, Begun, "CAF"));
    for outcome in [None, Some("  ".to_owned())] {
        let ended = Draft {
            outcome,
            ..act("society", begun, Done, "CAF")
        };
        assert_eq!(log.refused(ended), Refused::NoOutcome);
    }
    log.add(act("society", begun, Stopped, "CAF"));
    assert_eq!(
        log.refused(act("society", begun, Done, "CAF")),
        Refused::Closed(begun, begun + 1)
    );
}

#[test]
fn a_cancelled_warning_is_answered_by_nothing_more_and_an_updated_one_by_no_second_update() {
    let mut log = proposed();
    let update = log.add(rewarn(Update, 1, "CAF"));
    assert_eq!(log.refused(rewarn(Update, 1, "CAF")), Refused::Updated(1, update));
    assert_eq!(log.refused(rewarn(Cancel, 1, "CAF")), Refused::Updated(1, update));
    let cancel = log.add(rewarn(Cancel, update, "CAF"));
    for warning in [1, update, cancel] {
        let gone = Refused::Cancelled(warning, cancel);
        assert_eq!(log.refused(rewarn(Update, warning, "CAF")), gone);
        assert_eq!(log.refused(rewarn(Cancel, warning, "CAF")), gone);
        assert_eq!(
            log.refused(propose("desk", Some(warning), "S02", "CAF", "2026-01-31")),
            gone
        );
        assert_eq!(log.refused(decide("council", warning, Publish, "CAF")), gone);
    }
    // What had been proposed can still be decided on.
    log.add(decide("council", 2, Taken, "CAF"));
}

#[test]
fn a_warning_is_public_by_a_decision_on_it_and_never_one_of_a_replay() {
    let mut log = proposed();
    assert!(!log.chain.is_public(1));
    let decision = log.add(decide("council", 1, Publish, "CAF"));
    assert!(log.chain.is_public(1) && !log.chain.is_public(2) && !log.chain.is_public(99));
    assert_eq!(
        log.refused(decide("council", 1, Publish, "CAF")),
        Refused::Published(1, decision)
    );
    let replayed = log.add(Draft {
        replay: true,
        ..alert("CAF", "2026-01-01")
    });
    says(
        &log.refused(decide("council", replayed, Publish, "CAF")),
        "warning 8 is told from a replay of the past: it is never published",
    );
    assert_eq!(
        log.refused(rewarn(Update, replayed, "CAF")),
        Refused::ReplayMixed(replayed)
    );
    let mixed = Draft {
        replay: true,
        ..rewarn(Update, 1, "CAF")
    };
    assert_eq!(log.refused(mixed), Refused::ReplayMixed(1));
    assert!(log.next(rewarn(Cancel, replayed, "CAF")).unwrap().replay);

    // An update says something else: it is public by a decision of its own. With the cancel none is.
    let update = log.add(rewarn(Update, 1, "CAF"));
    assert!(log.chain.is_public(1) && !log.chain.is_public(update));
    log.add(decide("council", update, Publish, "CAF"));
    assert!(log.chain.is_public(update));
    log.add(rewarn(Cancel, update, "CAF"));
    assert!(!log.chain.is_public(1) && !log.chain.is_public(update));
    assert_eq!(log.chain.publication(1).unwrap().number, decision);
}
