//! The log of who warned, proposed, decided and acted.

mod acts;
mod append;
mod chain;
mod indicators;
mod roles;
mod state;

use jiff::Timestamp;
use jiff::civil::Date;
use lysoen_ladder::Tier;
use lysoen_ladder::log::{Chain, Draft, Record, RecordAnswer, RecordKind, Refused, Roles};
use lysoen_lexicon::place::PlaceId;

/// The roles of a made-up observatory.
const ROLES: &str = r#"
[[role]]
id = "desk"
title = "Head of the early-warning desk"
organisation = "Observatory"
may = ["warn", "propose"]

[[role]]
id = "council"
title = "Chair of the prevention council"
organisation = "Ministry"
may = ["decide"]
tiers = ["soft", "medium"]
publish = true

[[role]]
id = "board"
title = "Secretary of the board"
organisation = "Union"
may = ["propose", "decide"]
tiers = ["soft", "medium", "hard"]

[[role]]
id = "relief"
title = "Head of operations"
organisation = "Relief Agency"
may = ["act"]

[[role]]
id = "society"
title = "Disaster manager"
organisation = "National Society"
may = ["propose", "decide", "act"]
tiers = ["soft", "medium"]
standing_protocol = "Early action protocol of 2025"

[[role]]
id = "field"
title = "Head of the field office"
organisation = "Mission"
may = ["warn", "act"]
places = ["CAF"]
"#;

fn roles() -> Roles {
    Roles::parse("roles.toml", ROLES).unwrap()
}

fn tier_of(option: &str) -> Option<Tier> {
    match option.chars().next()? {
        'S' => Some(Tier::Soft),
        'M' => Some(Tier::Medium),
        'H' => Some(Tier::Hard),
        _ => None,
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A log in memory, with a clock that is set.
struct Log {
    chain: Chain,
    now: Timestamp,
}

impl Log {
    /// An empty log, on the first day of 2026 at noon.
    fn new() -> Log {
        let mut log = Log {
            chain: Chain::default(),
            now: Timestamp::UNIX_EPOCH,
        };
        log.on("2026-01-01");
        log
    }

    fn on(&mut self, day: &str) {
        self.now = format!("{day}T12:00:00Z").parse().unwrap();
    }

    fn next(&self, draft: Draft) -> Result<Record, Refused> {
        self.chain.append(draft, self.now, &roles(), &tier_of)
    }

    fn add(&mut self, draft: Draft) -> u64 {
        let record = self.next(draft).unwrap_or_else(|refused| panic!("{refused}"));
        let number = record.number;
        self.chain.push(record).unwrap();
        number
    }

    fn refused(&self, draft: Draft) -> Refused {
        self.next(draft).expect_err("this must be refused")
    }

    fn files(&self) -> Vec<(u64, Vec<u8>)> {
        files(&self.chain)
    }

    fn state(&self, number: u64, on: &str) -> String {
        self.chain
            .state(number, day(on))
            .map_or("none".to_owned(), |s| s.to_string())
    }
}

fn files(chain: &Chain) -> Vec<(u64, Vec<u8>)> {
    chain.records().iter().map(|r| (r.number, r.line())).collect()
}

fn draft(kind: RecordKind, by: &str, place: &str) -> Draft {
    let place: PlaceId = place.parse().unwrap();
    Draft::new(kind, by, place, "because it is so, and \"öde\" \\ sad", "lysoen 0.1.0")
}

/// A new warning with a window of 59 days: from New Year to the end of February.
fn alert(place: &str, from: &str) -> Draft {
    let from = day(from);
    Draft {
        trigger: Some("deaths-25".to_owned()),
        answer: Some(RecordAnswer::Alert),
        said: vec!["the chance of 25 deaths is 40 %".to_owned()],
        window: Some((from, from.checked_add(jiff::Span::new().days(58)).unwrap())),
        ..draft(RecordKind::Warn, "desk", place)
    }
}

fn rewarn(answer: RecordAnswer, warning: u64, place: &str) -> Draft {
    Draft {
        answer: Some(answer),
        answers: Some(warning),
        ..draft(RecordKind::Warn, "desk", place)
    }
}

fn propose(by: &str, warning: Option<u64>, option: &str, place: &str, expires: &str) -> Draft {
    Draft {
        answers: warning,
        option: Some(option.to_owned()),
        option_version: Some(1),
        expires: Some(day(expires)),
        ..draft(RecordKind::Propose, by, place)
    }
}

fn decide(by: &str, record: u64, answer: RecordAnswer, place: &str) -> Draft {
    Draft {
        answers: Some(record),
        answer: Some(answer),
        ..draft(RecordKind::Decide, by, place)
    }
}

fn act(by: &str, record: u64, answer: RecordAnswer, place: &str) -> Draft {
    Draft {
        answers: Some(record),
        answer: Some(answer),
        outcome: (answer != RecordAnswer::Begun).then(|| "two committees meet".to_owned()),
        ..draft(RecordKind::Act, by, place)
    }
}

/// A log with a warning, its update, two proposals, decisions and acts: every kind of record.
fn worked() -> Log {
    use RecordAnswer::*;
    let mut log = Log::new();
    let warning = log.add(alert("CAF", "2026-01-01"));
    log.on("2026-01-03");
    let soft = log.add(propose("desk", Some(warning), "S02", "CAF", "2026-02-01"));
    let hard = log.add(propose("desk", Some(warning), "H03", "CAF", "2026-02-01"));
    log.on("2026-01-05");
    let update = log.add(Draft {
        window: Some((day("2026-01-05"), day("2026-03-31"))),
        ..rewarn(Update, warning, "CAF")
    });
    let taken = log.add(decide("council", soft, Taken, "CAF"));
    log.add(decide("board", hard, NotTaken, "CAF"));
    log.on("2026-01-09");
    let begun = log.add(act("relief", taken, Begun, "CAF"));
    log.add(decide("council", update, Publish, "CAF"));
    log.on("2026-02-20");
    log.add(act("relief", begun, Done, "CAF"));
    log
}
