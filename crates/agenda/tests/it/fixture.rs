//! The instruments that are shipped, facts made by hand, and the lists of the shared data.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::{Date, date};
use lysoen_agenda::rules::participation::{Participations, participations};
use lysoen_agenda::{Act, Action, Catalog, Commitment, CommitmentKind, Instrument, List, Origin, Precision};

/// An instrument as it is shipped.
pub(crate) fn instrument(id: &str) -> Instrument {
    Catalog::builtin().instrument(id).expect(id).clone()
}

/// The same without its published entry into force.
pub(crate) fn unpublished(id: &str) -> Instrument {
    Instrument {
        entered_into_force: None,
        ..instrument(id)
    }
}

/// A row of a verified list as of 2026-01-01.
pub(crate) fn action(number: &str, participant: &str, act: Act, on: &str) -> Action {
    Action {
        instrument: number.to_string(),
        participant: participant.to_string(),
        act,
        date: Some(on.parse().unwrap()),
        precision: Precision::Day,
        effective: None,
        note: None,
        origin: origin("depositary", date(2026, 1, 1), true),
    }
}

pub(crate) fn origin(source: &str, as_of: Date, verified: bool) -> Origin {
    Origin {
        source: source.to_string(),
        as_of,
        verified,
        file: format!("{source}.csv"),
        row: 1,
    }
}

/// The verified, complete list that [`action`]s stand in.
pub(crate) fn list(number: &str) -> List {
    List {
        instrument: number.to_string(),
        source: "depositary".to_string(),
        as_of: date(2026, 1, 1),
        complete: true,
        verified: true,
    }
}

pub(crate) fn commitment(id: &str, kind: CommitmentKind, party: &str, from: &str, until: Option<&str>) -> Commitment {
    Commitment {
        id: "1".to_string(),
        kind,
        element: None,
        instrument: Some(id.to_string()),
        duty: None,
        participant: Some(party.to_string()),
        date: Some(from.parse().unwrap()),
        covers: None,
        until: until.map(|day| day.parse().unwrap()),
        document: None,
        note: None,
        origin: origin("secretariat", date(2026, 1, 1), true),
    }
}

/// With that list, and no day of succession known.
pub(crate) fn told(instrument: &Instrument, actions: &[Action], commitments: &[Commitment]) -> Participations {
    participations(
        instrument,
        actions,
        commitments,
        &[list(&instrument.numbers[0])],
        &|_| None,
    )
}

/// The folder of the treaties in the shared data.
fn treaties() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/treaties")
}

/// A list of the UN Treaty Collection as it was copied in 2014 and 2015, and what it tells. Its vintage is its newest
/// day.
pub(crate) fn depositary(number: &str) -> (List, Vec<Action>) {
    let path = treaties().join(format!("untc_2015/{number}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let mut actions = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.unwrap();
        for (column, cell) in record
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(_, cell)| !cell.trim().is_empty())
        {
            let (act, on) = cell_action(&headers[column], cell);
            let mut action = action(number, record[0].trim(), act, &on.to_string());
            action.origin.source = "untc".to_string();
            action.origin.row = row as u64 + 2;
            actions.push(action);
        }
    }
    let as_of = actions.iter().filter_map(|action| action.date).max().unwrap();
    for action in &mut actions {
        action.origin.as_of = as_of;
    }
    let list = List {
        source: "untc".to_string(),
        as_of,
        ..list(number)
    };
    (list, actions)
}

fn cell_action(header: &str, cell: &str) -> (Act, Date) {
    let mut parts = cell.split_whitespace();
    let (day, month, year) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let month = "JanFebMarAprMayJunJulAugSepOctNovDec".find(month).unwrap() / 3 + 1;
    let act = match parts.next() {
        _ if header == "Signature" => Act::Signature,
        None => Act::Ratification,
        Some("a") => Act::Accession,
        Some("A") => Act::Acceptance,
        Some("AA") => Act::Approval,
        Some("d") => Act::Succession,
        Some("n") => Act::ProvisionalApplication,
        Some(other) => panic!("{other} in {cell}"),
    };
    (
        act,
        Date::new(year.parse().unwrap(), month as i8, day.parse().unwrap()).unwrap(),
    )
}

/// What happened after that list: not read off the depositary's list, up to the newest of its own days.
pub(crate) fn later(number: &str) -> Vec<Action> {
    let mut reader = csv::Reader::from_path(treaties().join("later_actions.csv")).unwrap();
    let records = reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    let mut actions = Vec::new();
    for record in records.filter(|record| record["treaty"] == number) {
        let act = Act::of(&record["action"]).unwrap();
        let mut action = action(number, &record["participant"], act, &record["date"]);
        action.effective = record["effective"].parse().ok();
        action.origin = origin("later", date(2025, 8, 20), false);
        if let Some((_, rest)) = record["note"].split_once("notice revoked on ") {
            let revoked = Action {
                act: Act::WithdrawalRevoked,
                date: Some(rest[..10].parse().unwrap()),
                ..action.clone()
            };
            actions.push(revoked);
        }
        actions.push(action);
    }
    actions
}

/// The participants of a real list, with what happened later.
pub(crate) fn real(id: &str) -> Participations {
    let instrument = instrument(id);
    let (list, mut actions) = depositary(&instrument.numbers[0]);
    actions.extend(later(&instrument.numbers[0]));
    participations(&instrument, &actions, &[], &[list], &|_| None)
}

/// The states parties of a list of 2022 that gives the year alone, as unverified rows.
pub(crate) fn years(name: &str, number: &str) -> Vec<Action> {
    let path = treaties().join(format!("hr_status_2022/hr_status_{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let records = reader.records().map(Result::unwrap).filter(|record| &record[2] == "1");
    let row = |record: csv::StringRecord| Action {
        precision: Precision::Year,
        origin: origin("years", date(2022, 8, 1), false),
        ..action(
            number,
            &record[1],
            Act::RatificationOrAccession,
            &format!("{}-01-01", &record[3]),
        )
    };
    records.map(row).collect()
}
