//! Status and timing of options: what closes one, what leaves it open, and that nothing else does.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use lysoen_ladder::rules::{Done, HARD, Rung, Situation, Status, Timing, Window, rungs};
use lysoen_ladder::statement::{Answer, Kind, Statement};
use lysoen_ladder::trigger::{Expression, Need, Quantity, Reading, Trend, Unit, Vocabulary, parse};
use lysoen_ladder::{Catalog, Tier};
use lysoen_lexicon::place::PlaceId;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 1);

fn said(id: usize, kind: Kind, subject: &str, by: &str, answer: Answer) -> Statement {
    Statement {
        id: format!("s{id}"),
        place: "ETH".parse().unwrap(),
        kind,
        subject: subject.to_string(),
        answer,
        by: (!by.is_empty()).then(|| by.to_string()),
        from: date(2026, 1, 1),
        until: None,
        independent_sources: (kind == Kind::Evidence).then_some(3),
        reviewed_by: (kind == Kind::Evidence).then(|| "a second organisation".to_string()),
        document: None,
        verified: false,
        note: Some("the road is closed".to_string()),
        source: "mandates".to_string(),
        as_of: date(2026, 1, 1),
    }
}

fn words() -> Vocabulary {
    let monthly = ["killed", "killed_one_sided"].map(|name| Quantity {
        name: name.to_string(),
        unit: Unit::People,
        forecast: true,
        windows: true,
        title: format!("people {name}"),
    });
    let others = [
        ("incidents", Unit::Incidents, true),
        ("acute_food_insecurity", Unit::Share, false),
    ];
    let others = others.map(|(name, unit, windows)| Quantity {
        name: name.to_string(),
        unit,
        forecast: false,
        windows,
        title: name.to_string(),
    });
    Vocabulary::of(monthly.into_iter().chain(others))
}

struct Case {
    place: &'static str,
    statements: Vec<Statement>,
    warned: bool,
    days: i64,
    done: Vec<Done>,
    trend: Option<Trend>,
}

impl Default for Case {
    fn default() -> Case {
        Case {
            place: "ETH",
            statements: Vec::new(),
            warned: true,
            days: 60,
            done: Vec::new(),
            trend: None,
        }
    }
}

impl Case {
    fn rungs(&self) -> BTreeMap<String, Rung> {
        let catalog = Catalog::builtin();
        let place: PlaceId = self.place.parse().unwrap();
        let options = catalog.options().map(|option| {
            let at = catalog.at(option, &place);
            (at.option, at.not_available)
        });
        let words = words();
        let mut checks: BTreeMap<(String, usize), Expression> = BTreeMap::new();
        for option in catalog.options() {
            for (at, check) in option.do_no_harm_checks.iter().enumerate() {
                if let Some(text) = &check.fails_when {
                    checks.insert((option.id.clone(), at), parse(text, &words).unwrap());
                }
            }
        }
        let window = Window {
            from: TODAY,
            to: TODAY + jiff::Span::new().days(self.days),
            told: String::new(),
        };
        let reading = |_: &Need| match self.trend {
            Some(trend) => Reading::Trend(trend),
            None => Reading::Unknown("nothing is imported".to_string()),
        };
        let situation = Situation {
            place: &place,
            today: TODAY,
            statements: &self.statements,
            warned: self.warned,
            window: &window,
            done: &self.done,
            reading: &reading,
        };
        let told = rungs(options.collect(), &situation, &|option, at| {
            checks.get(&(option.to_string(), at))
        });
        told.into_iter().map(|rung| (rung.option.id.clone(), rung)).collect()
    }
}

/// Statements that bear on options of every tier.
fn pool() -> Vec<Statement> {
    use Answer::*;
    let all = [
        (Kind::Consent, "monitors", "host", Given),
        (Kind::Consent, "monitors", "host", Refused),
        (Kind::Consent, "outside-police", "host", Given),
        (Kind::Consent, "S01", "community", Refused),
        (Kind::Mandate, "peace-operation", "security-council", Given),
        (Kind::Mandate, "peace-operation", "security-council", None),
        (Kind::Presence, "task-force", "un", InForce),
        (Kind::Violation, "killing-and-maiming", "", Verified),
        (Kind::Evidence, "", "", Pattern),
        (Kind::Evidence, "", "", Suspect),
        (Kind::Evidence, "", "", Believe),
        (Kind::Phase, "", "", PreCrisis),
        (Kind::Phase, "", "", Crisis),
        (Kind::Blocker, "S04", "", Blocked),
        (Kind::Blocker, "M05", "", Lifted),
        (Kind::HarmCheck, "S08", "", Failed),
    ];
    let list = all.iter().enumerate();
    list.map(|(id, (kind, subject, by, answer))| said(id, *kind, subject, by, *answer))
        .collect()
}

fn some() -> impl Strategy<Value = Vec<Statement>> {
    proptest::sample::subsequence(pool(), 0..=pool().len())
}

proptest! {
    #[test]
    fn a_higher_warning_alone_closes_nothing(statements in some()) {
        let calm = Case { statements: statements.clone(), warned: false, ..Case::default() }.rungs();
        let warned = Case { statements, warned: true, ..Case::default() }.rungs();
        for (id, rung) in &calm {
            if rung.status == Status::Open {
                prop_assert_eq!(warned[id].status, Status::Open, "{}", id);
            }
        }
    }

    #[test]
    fn the_recorded_phase_closes_nothing(statements in some()) {
        let without = |kind: Kind| statements.iter().filter(|said| said.kind != kind).cloned().collect();
        let before = Case { statements: without(Kind::Phase), ..Case::default() }.rungs();
        let after = Case { statements: statements.clone(), ..Case::default() }.rungs();
        for (id, rung) in &before {
            prop_assert_eq!(rung.status, after[id].status, "{}", id);
            prop_assert!(rung.fits_phase.is_none());
        }
    }

    #[test]
    fn no_option_is_open_of_which_something_needed_is_not_recorded(statements in some()) {
        for rung in (Case { statements: statements.clone(), ..Case::default() }).rungs().values() {
            let names: Vec<&str> =
                std::iter::once(rung.option.id.as_str()).chain(rung.option.topics.iter().map(String::as_str)).collect();
            for requirement in &rung.option.requires {
                let met = requirement.any.iter().any(|condition| statements.iter().any(|said| {
                    let about = |word: &str| said.subject == word;
                    said.kind == condition.kind
                        && matches!(said.answer, Answer::Given | Answer::InForce | Answer::Verified)
                        && (condition.subject.iter().any(|word| about(word)) || names.iter().any(|word| about(word)))
                }));
                if !met {
                    prop_assert_ne!(rung.status, Status::Open, "{}", rung.option.id);
                }
            }
        }
    }

    #[test]
    fn every_option_is_told_with_its_reasons_however_late_it_comes(statements in some(), days in -30i64..400) {
        let rungs = Case { statements, days, ..Case::default() }.rungs();
        prop_assert_eq!(rungs.len(), 38);
        for rung in rungs.values() {
            let (least, most) = rung.option.lead_time.days();
            let expected = match days {
                days if i64::from(most) <= days => Timing::InTime,
                days if i64::from(least) <= days => Timing::MayArriveLate,
                _ => Timing::AfterWindow,
            };
            prop_assert_eq!(rung.timing, expected, "{}", rung.option.id);
            prop_assert!(rung.timing_told.contains(&rung.option.lead_time.estimated_by));
            prop_assert!(!rung.reasons.is_empty(), "{}", rung.option.id);
            prop_assert!(rung.reasons.iter().all(|reason| reason.ends_with('.')), "{:?}", rung.reasons);
            prop_assert_eq!(rung.option.tier == Tier::Hard, rung.reasons.iter().any(|reason| reason == HARD));
            prop_assert_eq!(rung.waiting.in_time.is_some(), expected == Timing::InTime, "{}", rung.option.id);
            prop_assert_eq!(rung.waiting.at_all.is_some(), expected != Timing::AfterWindow, "{}", rung.option.id);
        }
    }
}

#[test]
fn a_recorded_blocker_closes_with_its_reason_and_one_that_was_lifted_does_not() {
    let mut statements = vec![said(1, Kind::Blocker, "S02", "", Answer::Blocked)];
    let rung = &Case {
        statements: statements.clone(),
        ..Case::default()
    }
    .rungs()["S02"];
    assert_eq!(rung.status_told, "blocked: the road is closed");
    assert!(
        rung.reasons[0].starts_with("The road is closed (recorded 2026-01-01 as statement s1"),
        "{:?}",
        rung.reasons
    );
    statements.push(Statement {
        from: date(2026, 2, 1),
        ..said(2, Kind::Blocker, "S02", "", Answer::Lifted)
    });
    assert_eq!(
        Case {
            statements,
            ..Case::default()
        }
        .rungs()["S02"]
            .status,
        Status::Open
    );
}

#[test]
fn rising_abuse_closes_training_of_the_force_that_may_be_abusing() {
    let statements = vec![said(1, Kind::Consent, "S13", "host", Answer::Given)];
    let status = |trend| {
        let case = Case {
            statements: statements.clone(),
            trend,
            ..Case::default()
        };
        let rung = case.rungs().remove("S13").unwrap();
        (rung.status, rung.status_told)
    };
    assert_eq!(status(Some(Trend::Steady)).0, Status::Open);
    assert_eq!(status(None).0, Status::Open);
    let (closed, told) = status(Some(Trend::Rising));
    assert_eq!(closed, Status::Blocked);
    assert!(told.starts_with("blocked: harm check failed: rising abuse"), "{told}");
}

#[test]
fn what_is_under_way_or_was_tried_is_told_with_its_result_and_is_no_rung_below_not_yet_tried() {
    let done = |until: Option<Date>| Done {
        option: "S02".to_string(),
        since: date(2026, 3, 1),
        until,
        outcome: until.map(|_| "two villages agreed".to_string()),
    };
    let rungs = Case {
        done: vec![done(None)],
        ..Case::default()
    }
    .rungs();
    assert_eq!(
        (rungs["S02"].status, rungs["S02"].status_told.as_str()),
        (Status::UnderWay, "under way since 2026-03-01")
    );
    let rungs = Case {
        done: vec![done(Some(date(2026, 4, 1)))],
        ..Case::default()
    }
    .rungs();
    assert_eq!(
        (rungs["S02"].status, rungs["S02"].status_told.as_str()),
        (Status::TriedBefore, "tried before: two villages agreed")
    );
    let below: Vec<&str> = rungs["M01"].below.iter().map(|below| below.id.as_str()).collect();
    assert!(
        below.contains(&"S01") && !below.contains(&"S02") && !below.contains(&"M02"),
        "{below:?}"
    );
    assert!(rungs["S01"].below.is_empty());
}

#[test]
fn an_expired_consent_is_not_known_and_the_day_is_told() {
    let statements = vec![Statement {
        until: Some(date(2026, 6, 30)),
        ..said(1, Kind::Consent, "S10", "host", Answer::Given)
    }];
    let rung = &Case {
        statements,
        ..Case::default()
    }
    .rungs()["S10"];
    assert_eq!(rung.status, Status::NotAssessed);
    assert!(
        rung.status_told.contains("recorded until 2026-06-30, and not since"),
        "{}",
        rung.status_told
    );
}

#[test]
fn one_that_is_refused_and_one_that_is_not_there_are_told_together() {
    let statements = vec![
        said(1, Kind::Consent, "monitors", "host", Answer::Refused),
        said(2, Kind::Mandate, "monitors", "", Answer::None),
    ];
    let rung = &Case {
        statements,
        ..Case::default()
    }
    .rungs()["M01"];
    assert_eq!(rung.status_told, "blocked: host consent refused and no mandate");
}

#[test]
fn without_evidence_or_a_warning_nothing_is_open() {
    let rungs = Case {
        warned: false,
        ..Case::default()
    }
    .rungs();
    assert!(rungs.values().all(|rung| rung.status != Status::Open));
    assert_eq!(rungs["S02"].status_told, "not assessed: evidence not recorded");
    // Figures past a trigger are a pattern, which is enough for what is soft and for nothing else.
    let rungs = Case::default().rungs();
    assert_eq!(rungs["S02"].status, Status::Open);
    assert!(
        rungs
            .values()
            .all(|rung| rung.status != Status::Open || rung.option.tier == Tier::Soft)
    );
}

#[test]
fn an_intervention_of_the_african_union_is_not_to_be_had_elsewhere() {
    let rung = Case {
        place: "UKR",
        ..Case::default()
    }
    .rungs()
    .remove("H07")
    .unwrap();
    assert_eq!(rung.status, Status::Blocked);
    assert!(rung.status_told.contains("African Union"), "{}", rung.status_told);
}

#[test]
fn of_several_bodies_the_newest_word_of_each_counts_and_one_that_gives_is_enough() {
    let mut statements = vec![
        said(1, Kind::Mandate, "peace-operation", "Security Council", Answer::Given),
        said(2, Kind::Mandate, "peace-operation", "african-union", Answer::None),
        said(3, Kind::Evidence, "", "", Answer::Believe),
    ];
    assert_eq!(
        Case {
            statements: statements.clone(),
            ..Case::default()
        }
        .rungs()["H03"]
            .status,
        Status::Open
    );
    statements.push(Statement {
        from: date(2026, 5, 1),
        ..said(4, Kind::Mandate, "H03", "security-council", Answer::Ended)
    });
    let rung = &Case {
        statements,
        ..Case::default()
    }
    .rungs()["H03"];
    assert_eq!(rung.status_told, "blocked: mandate ended on 2026-05-01");
}
