//! How many warnings were answered, and how soon, against figures worked out by hand.

use lysoen_ladder::log::{Draft, EventSeen, Record, RecordAnswer::*, Slice};

use super::{Log, act, alert, day, decide, propose, rewarn};

/// Proposes, decides and begins on one day; gives the act.
fn answer(log: &mut Log, warning: u64, place: &str, partner: &str) -> u64 {
    let proposal = log.add(propose("desk", Some(warning), "S02", place, "2026-12-31"));
    let decision = log.add(decide("council", proposal, Taken, place));
    log.add(act(partner, decision, Begun, place))
}

/// Warnings of the first day of 2026, all with a window to 2026-02-28:
///
/// | place | first action | event | |
/// |---|---|---|---|
/// | CAF | relief, day 4; society, day 10 | day 20 | answered before; for both partners |
/// | TCD | society, day 30 | day 20 | closed, late; 30 days |
/// | MLI | none | day 20 | closed, unanswered |
/// | NER | relief, day 20, the day of the event | day 20 | closed, not before; 20 days |
/// | BFA | relief, day 9, on an update | none by the end | answered before; 9 days |
/// | SDN | society, day 2 | not yet | open; 2 days |
/// | SSD | none | unknown | not known |
/// | ETH | none | cancelled on day 5 | apart |
/// | UKR | relief, day 1 | of a replay | apart |
fn hand() -> Log {
    let mut log = Log::new();
    let mut warnings = Vec::new();
    for place in ["CAF", "TCD", "MLI", "NER", "BFA", "SDN", "SSD", "ETH"] {
        warnings.push(log.add(alert(place, "2026-01-01")));
    }
    let replayed = log.add(Draft {
        replay: true,
        ..alert("UKR", "2026-01-01")
    });
    log.on("2026-01-02");
    answer(&mut log, replayed, "UKR", "relief");
    log.on("2026-01-03");
    answer(&mut log, warnings[5], "SDN", "society");
    log.on("2026-01-05");
    answer(&mut log, warnings[0], "CAF", "relief");
    log.on("2026-01-06");
    log.add(rewarn(Cancel, warnings[7], "ETH"));
    let update = log.add(Draft {
        window: Some((day("2026-01-06"), day("2026-02-28"))),
        ..rewarn(Update, warnings[4], "BFA")
    });
    log.on("2026-01-10");
    answer(&mut log, update, "BFA", "relief");
    log.on("2026-01-11");
    let again = answer(&mut log, warnings[0], "CAF", "society");
    log.add(act("society", again, Done, "CAF"));
    log.on("2026-01-21");
    answer(&mut log, warnings[3], "NER", "relief");
    log.on("2026-01-31");
    answer(&mut log, warnings[1], "TCD", "society");
    log
}

fn event(warning: &Record) -> EventSeen {
    match warning.place.as_str() {
        "BFA" | "ETH" => EventSeen::NotByEnd,
        "SDN" => EventSeen::NotYet,
        "SSD" => EventSeen::Unknown,
        _ => EventSeen::On(day("2026-01-21")),
    }
}

#[test]
fn the_indicators_are_those_worked_out_by_hand() {
    let found = hand().chain.indicators(day("2026-03-15"), &event);
    assert_eq!((found.warnings, found.replays, found.cancelled), (7, 1, 1));
    assert_eq!(
        (found.answered_before, found.unanswered, found.open, found.not_known),
        (2, 3, 1, 1)
    );
    // Closed are CAF, TCD, MLI, NER and BFA.
    assert_eq!(found.share, Some(2.0 / 5.0));
    // 2, 4, 9, 20 and 30 days.
    assert_eq!(found.median_days_to_action, Some(9.0));

    let place = |name: &str, answered_before, share, days| Slice {
        name: name.to_owned(),
        warnings: 1,
        answered_before,
        share,
        median_days_to_action: days,
    };
    let places = [
        place("BFA", 1, Some(1.0), Some(9.0)),
        place("CAF", 1, Some(1.0), Some(4.0)),
        place("MLI", 0, Some(0.0), None),
        place("NER", 0, Some(0.0), Some(20.0)),
        place("SDN", 0, None, Some(2.0)),
        place("SSD", 0, None, None),
        place("TCD", 0, Some(0.0), Some(30.0)),
    ];
    assert_eq!(found.by_place, places);
    // The society acted in CAF on day 10, in SDN on day 2, in TCD on day 30; of the closed two, CAF was before the event.
    // The agency acted in CAF on day 4, BFA on day 9 and NER on day 20; of the three, two were before.
    let partner = |name: &str, answered_before, share, days| Slice {
        name: name.to_owned(),
        warnings: 3,
        answered_before,
        share: Some(share),
        median_days_to_action: Some(days),
    };
    let partners = [
        partner("National Society", 1, 1.0 / 2.0, 10.0),
        partner("Relief Agency", 2, 2.0 / 3.0, 9.0),
    ];
    assert_eq!(found.by_partner, partners);
}

#[test]
fn what_is_recorded_later_does_not_count_on_an_earlier_day() {
    let found = hand().chain.indicators(day("2026-01-04"), &|_| EventSeen::NotYet);
    // Only SDN has been answered; ETH is not yet cancelled.
    assert_eq!((found.warnings, found.open, found.cancelled), (8, 8, 0));
    assert_eq!((found.share, found.median_days_to_action), (None, Some(2.0)));
    assert_eq!(found.by_partner.len(), 1);
}

#[test]
fn without_closed_warnings_there_is_no_share_and_without_actions_no_median() {
    let mut log = Log::new();
    let none = log.chain.indicators(day("2026-01-01"), &event);
    assert_eq!((none.warnings, none.share, none.median_days_to_action), (0, None, None));
    log.add(alert("SDN", "2026-01-01"));
    let open = log.chain.indicators(day("2026-01-01"), &event);
    assert_eq!(
        (open.warnings, open.open, open.share, open.median_days_to_action),
        (1, 1, None, None)
    );
}

#[test]
fn a_cancel_after_the_event_or_the_window_hides_no_warning() {
    let mut log = Log::new();
    for place in ["MLI", "ETH"] {
        log.add(alert(place, "2026-01-01"));
    }
    log.on("2026-01-21");
    log.add(rewarn(Cancel, 1, "MLI"));
    log.on("2026-03-01");
    log.add(rewarn(Cancel, 2, "ETH"));
    let found = log.chain.indicators(day("2026-03-15"), &event);
    assert_eq!(
        (found.warnings, found.unanswered, found.cancelled, found.share),
        (2, 2, 0, Some(0.0))
    );
}

#[test]
fn an_action_after_a_window_without_event_is_no_answer_and_the_median_of_two_lies_between_them() {
    let mut log = Log::new();
    log.add(alert("BFA", "2026-01-01"));
    log.add(alert("ETH", "2026-01-01"));
    log.on("2026-02-28");
    answer(&mut log, 1, "BFA", "relief");
    log.on("2026-03-01");
    answer(&mut log, 2, "ETH", "relief");
    let found = log.chain.indicators(day("2026-03-15"), &event);
    assert_eq!(
        (found.answered_before, found.unanswered, found.share),
        (1, 1, Some(0.5))
    );
    assert_eq!(found.median_days_to_action, Some(58.5));
}
