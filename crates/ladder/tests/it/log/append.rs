//! Who may record what: every refusal, and what it says.

use jiff::Timestamp;
use lysoen_ladder::log::{Chain, Draft, RecordAnswer::*, RecordKind, Refused, Roles};

use super::{Log, act, alert, day, decide, draft, propose, rewarn, roles, tier_of};

/// A warning (1), proposals of a soft (2), a medium (3) and a hard (4) option, made by `desk`, and of a soft (5) and a medium
/// one (6), made by `society`.
pub(super) fn proposed() -> Log {
    let mut log = Log::new();
    log.add(alert("CAF", "2026-01-01"));
    for (by, option) in [
        ("desk", "S02"),
        ("desk", "M02"),
        ("desk", "H03"),
        ("society", "S05"),
        ("society", "M10"),
    ] {
        log.add(propose(by, Some(1), option, "CAF", "2026-01-31"));
    }
    log
}

#[track_caller]
pub(super) fn says(refused: &Refused, sentence: &str) {
    assert_eq!(refused.to_string(), sentence);
}

#[test]
fn a_record_takes_over_time_organisation_trigger_option_and_version() {
    let mut log = proposed();
    log.now = "2026-01-02T08:09:10.987Z".parse().unwrap();
    let record = log.next(decide("council", 3, Taken, "CAF")).unwrap();
    assert_eq!(record.at, "2026-01-02T08:09:10Z".parse::<Timestamp>().unwrap());
    assert_eq!((record.number, record.organisation.as_str()), (7, "Ministry"));
    assert_eq!(record.previous, log.chain.head().unwrap().hash);
    assert_eq!(
        (record.option.as_deref(), record.option_version),
        (Some("M02"), Some(1))
    );
    assert_eq!(record.trigger.as_deref(), Some("deaths-25"));
    // A second record in the same second is no step back of the clock.
    log.chain.push(record).unwrap();
    log.add(decide("council", 2, Overtaken, "CAF"));
}

#[test]
fn without_roles_nobody_may_do_anything_and_the_file_to_write_is_named() {
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let refused = Chain::default().append(alert("CAF", "2026-01-01"), now, &Roles::default(), &tier_of);
    says(
        &refused.unwrap_err(),
        "no roles are defined, so nobody may warn: write catalog/ladder/roles.toml in the observatory",
    );
}

#[test]
fn an_unknown_role_is_answered_with_the_nearest_one() {
    let log = proposed();
    let told = log.refused(decide("counsil", 2, Taken, "CAF"));
    says(&told, "there is no role `counsil`: did you mean `council`?");
    let told = log.refused(decide("somebody-else", 2, Taken, "CAF"));
    says(
        &told,
        "there is no role `somebody-else`: name one of catalog/ladder/roles.toml",
    );
}

#[test]
fn a_role_does_only_what_it_may_and_where_it_may() {
    let log = proposed();
    says(
        &log.refused(decide("desk", 2, Taken, "CAF")),
        "`desk` may not decide; `council`, `board`, `society` may: have the record made by one that may, or change \
         catalog/ladder/roles.toml",
    );
    let elsewhere = Draft {
        by: "field".to_owned(),
        ..alert("TCD", "2026-01-01")
    };
    says(
        &log.refused(elsewhere),
        "`field` is not for TCD; `desk` may warn there: have the record made by one that may, or change \
         catalog/ladder/roles.toml",
    );
    let told = log.refused(decide("council", 4, Taken, "CAF"));
    says(
        &told,
        "`council` may not decide on hard options such as H03; `board` may: ask one that may",
    );
    let told = log.refused(decide("board", 1, Publish, "CAF"));
    says(
        &told,
        "`board` may not decide that a warning is public; `council` may: ask one that may",
    );
}

#[test]
fn a_role_cannot_decide_on_its_own_proposal_but_for_a_soft_option_under_a_standing_protocol() {
    let mut log = proposed();
    let own = log.add(propose("board", Some(1), "S02", "CAF", "2026-01-31"));
    let told = log.refused(decide("board", own, Taken, "CAF"));
    assert!(
        told.to_string()
            .starts_with("`board` made proposal 7 and cannot decide on it"),
        "{told}"
    );
    assert_eq!(
        log.refused(decide("society", 6, Taken, "CAF")),
        Refused::OwnProposal("society".to_owned(), 6)
    );
    log.add(decide("society", 5, Taken, "CAF"));
    log.add(decide("council", own, Taken, "CAF"));
}

#[test]
fn a_reason_is_required_and_must_be_text() {
    let log = proposed();
    let with = |reason: &str| Draft {
        reason: reason.to_owned(),
        ..decide("council", 2, Taken, "CAF")
    };
    for reason in ["", " \t ", "\u{a0}"] {
        assert_eq!(log.refused(with(reason)), Refused::NoReason);
    }
    assert_eq!(log.refused(with("  because  ")), Refused::ShortReason(7));
    assert_eq!(log.refused(with("\u{f6}de\u{f6}de\u{f6}de")), Refused::ShortReason(9));
    assert_eq!(
        log.refused(with(&"\u{f6}".repeat(4001))),
        Refused::TooLong("reason", 4001)
    );
    for (reason, which) in [
        ("because\nof that", "U+000A"),
        ("because \u{0}of", "U+0000"),
        ("because \u{202e}of", "U+202E"),
    ] {
        assert_eq!(log.refused(with(reason)), Refused::Control("reason", which.to_owned()));
    }
    assert_eq!(
        log.next(with(&"\u{f6}".repeat(4000))).unwrap().reason.chars().count(),
        4000
    );
    assert_eq!(log.next(with("  ten letter ")).unwrap().reason, "ten letter");
    let said = Draft {
        said: vec!["a\u{7}".to_owned()],
        ..alert("CAF", "2026-01-01")
    };
    assert!(matches!(
        log.refused(said),
        Refused::Control("reason of the trigger", _)
    ));
}

#[test]
fn a_clock_that_goes_backwards_is_refused() {
    let mut log = proposed();
    log.now = "2025-12-31T23:59:59Z".parse().unwrap();
    says(
        &log.refused(decide("council", 2, Taken, "CAF")),
        "the clock says 2025-12-31T23:59:59Z, but record 6 was made at 2026-01-01T12:00:00Z: set the clock",
    );
}

#[test]
fn what_is_answered_must_be_there_of_the_right_kind_and_of_the_same_place() {
    let mut log = proposed();
    let nothing = |draft: Draft| Draft { answers: None, ..draft };
    for draft in [
        nothing(rewarn(Update, 1, "CAF")),
        nothing(decide("council", 2, Taken, "CAF")),
        nothing(decide("council", 1, Publish, "CAF")),
        nothing(act("relief", 2, Begun, "CAF")),
        nothing(act("relief", 2, Done, "CAF")),
    ] {
        assert!(matches!(log.refused(draft), Refused::AnswersNothing(_)));
    }
    for number in [0, 7, u64::MAX] {
        assert_eq!(
            log.refused(decide("council", number, Taken, "CAF")),
            Refused::NoSuchRecord(number, 6)
        );
    }
    let wrong = [
        rewarn(Update, 2, "CAF"),
        rewarn(Cancel, 2, "CAF"),
        propose("desk", Some(2), "S02", "CAF", "2026-01-31"),
        decide("council", 1, Taken, "CAF"),
        decide("council", 2, Publish, "CAF"),
        act("relief", 1, Begun, "CAF"),
        act("relief", 2, Done, "CAF"),
    ];
    for draft in wrong {
        assert!(matches!(log.refused(draft), Refused::WrongKind { .. }));
    }
    let told = log.refused(decide("council", 1, Taken, "CAF"));
    says(
        &told,
        "record 1 is of the kind warn (alert): this must answer the proposal that is decided on",
    );
    says(
        &log.refused(decide("council", 2, Taken, "TCD")),
        "record 2 is for CAF, and this for TCD: answer it for CAF",
    );
    log.add(decide("council", 2, Taken, "CAF"));
    log.add(act("relief", 7, Begun, "CAF"));
    log.add(act("relief", 8, Done, "CAF"));
    assert!(matches!(
        log.refused(act("relief", 9, Done, "CAF")),
        Refused::WrongKind { number: 9, .. }
    ));
    assert!(matches!(
        log.refused(act("relief", 8, Begun, "CAF")),
        Refused::WrongKind { number: 8, .. }
    ));
}

#[test]
fn a_record_says_what_its_kind_says_and_nothing_else() {
    let log = proposed();
    for answer in [None, Some(Taken)] {
        let kind = RecordKind::Warn;
        assert_eq!(
            log.refused(Draft {
                answer,
                ..alert("CAF", "2026-01-01")
            }),
            Refused::Answer { kind, answer }
        );
    }
    let told = log.refused(decide("council", 2, Begun, "CAF"));
    says(
        &told,
        "decide cannot answer `begun`: write one of `taken`, `not-taken`, `overtaken`, `publish`",
    );
    let proposal = propose("desk", Some(1), "S02", "CAF", "2026-01-31");
    assert!(matches!(
        log.refused(Draft {
            answer: Some(Taken),
            ..proposal.clone()
        }),
        Refused::Answer { .. }
    ));
    let again = Draft {
        answers: Some(1),
        ..alert("CAF", "2026-01-01")
    };
    assert_eq!(log.refused(again), Refused::AlertAnswers);

    let decision = decide("council", 2, Taken, "CAF");
    let published = decide("council", 1, Publish, "CAF");
    let text = Some("S02".to_owned());
    for (draft, what) in [
        (
            Draft {
                option: text.clone(),
                ..alert("CAF", "2026-01-01")
            },
            "option",
        ),
        (
            Draft {
                option: text.clone(),
                ..published
            },
            "option",
        ),
        (
            Draft {
                option_version: Some(1),
                ..alert("CAF", "2026-01-01")
            },
            "option's version",
        ),
        (
            Draft {
                outcome: text.clone(),
                ..decision.clone()
            },
            "outcome",
        ),
        (
            Draft {
                expires: Some(day("2026-03-01")),
                ..decision.clone()
            },
            "day on which it expires",
        ),
        (
            Draft {
                said: vec!["so".to_owned()],
                ..proposal.clone()
            },
            "reasons of a trigger",
        ),
        (
            Draft {
                window: Some((day("2026-03-01"), day("2026-03-02"))),
                ..proposal.clone()
            },
            "window",
        ),
        (
            Draft {
                replay: true,
                ..decision.clone()
            },
            "mark of a replay",
        ),
    ] {
        assert_eq!(log.refused(draft), Refused::Stray(what));
    }
    let window = (day("2026-03-02"), day("2026-03-01"));
    let refused = log.refused(Draft {
        window: Some(window),
        ..alert("CAF", "2026-01-01")
    });
    assert_eq!(refused, Refused::Window(window.0, window.1));
    for draft in [
        Draft {
            option: Some("M02".to_owned()),
            ..decision.clone()
        },
        Draft {
            trigger: Some("hunger".to_owned()),
            ..decision.clone()
        },
        Draft {
            trigger: Some("hunger".to_owned()),
            ..proposal
        },
        Draft {
            option_version: Some(2),
            ..decision.clone()
        },
    ] {
        assert!(matches!(log.refused(draft), Refused::Other { .. }));
    }
    log.next(Draft {
        option: text,
        trigger: Some("deaths-25".to_owned()),
        option_version: Some(1),
        ..decision
    })
    .unwrap();
}

#[test]
fn a_proposal_names_a_known_option_and_a_day_to_come() {
    let log = proposed();
    let proposal = propose("desk", None, "S02", "CAF", "2026-01-02");
    log.next(proposal.clone()).unwrap();
    for option in [None, Some(" ".to_owned())] {
        assert_eq!(
            log.refused(Draft {
                option,
                ..proposal.clone()
            }),
            Refused::NoOption
        );
    }
    let unknown = Draft {
        option: Some("X99".to_owned()),
        ..proposal.clone()
    };
    says(
        &log.refused(unknown),
        "there is no option `X99`: give the id of one of the ladder, such as `S01`",
    );
    assert_eq!(
        log.refused(Draft {
            expires: None,
            ..proposal.clone()
        }),
        Refused::NoExpiry
    );
    for expires in ["2026-01-01", "2025-12-31"] {
        let refused = log.refused(Draft {
            expires: Some(day(expires)),
            ..proposal.clone()
        });
        assert_eq!(refused, Refused::ExpiresTooSoon(day(expires), day("2026-01-01")));
    }
    // An option that is no longer in the catalog can no longer be decided on.
    let gone = log
        .chain
        .append(decide("council", 2, Taken, "CAF"), log.now, &roles(), &|_| None);
    assert_eq!(gone.unwrap_err(), Refused::UnknownOption("S02".to_owned()));
}

#[test]
fn a_proposal_is_decided_once_and_until_its_last_day() {
    let mut log = proposed();
    log.on("2026-01-31");
    log.add(decide("council", 2, NotTaken, "CAF"));
    says(
        &log.refused(decide("council", 2, Taken, "CAF")),
        "proposal 2 was decided by record 7 (not-taken): propose anew",
    );
    says(
        &log.refused(act("relief", 7, Begun, "CAF")),
        "decision 7 says not-taken, not taken: there is nothing to act on",
    );
    log.on("2026-02-01");
    let told = log.refused(decide("council", 3, Taken, "CAF"));
    says(&told, "proposal 3 expired on 2026-01-31 unanswered: propose anew");
    assert_eq!(
        log.refused(act("society", 5, Begun, "CAF")),
        Refused::Expired(5, day("2026-01-31"))
    );
}

#[test]
fn a_refused_record_leaves_the_log_as_it_was() {
    let log = proposed();
    let before = log.chain.clone();
    log.refused(decide("council", 4, Taken, "CAF"));
    log.refused(draft(RecordKind::Warn, "nobody", "CAF"));
    assert_eq!(log.chain, before);
}
