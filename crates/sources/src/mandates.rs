//! What an organisation has recorded of places: consents, mandates, frameworks, who is present, violations, what blocks an
//! option. One row is one statement, with the days on which it holds.

use std::collections::HashMap;

use csv::StringRecord;
use jiff::civil::Date;
use lysoen_facts::tables::{Day, FactRow, MandateRow};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::cell;
use crate::finding::Severity;
use crate::input::Input;
use crate::own_records::{Wrong, check, one_of, reject, word};
use crate::reader::{Coverage, Job, ReadError, Reader};

/// The kinds of statement, and the answers that fit each.
pub const KINDS: [(&str, &[&str]); 11] = [
    ("consent", &["given", "refused", "withdrawn", "none"]),
    ("mandate", &["given", "refused", "withdrawn", "none", "ended"]),
    ("framework", &["in-force", "none", "ended"]),
    ("presence", &["in-force", "none", "ended"]),
    ("agreement", &["in-force", "none", "ended"]),
    ("phase", &["pre-crisis", "crisis", "recovery"]),
    ("evidence", &["pattern", "suspect", "believe"]),
    ("violation", &["verified", "reported", "none"]),
    ("harm-check", &["passed", "failed"]),
    ("blocker", &["blocked", "lifted"]),
    ("opt-in", &["given", "withdrawn"]),
];

/// Columns without which a file says nothing; the others may be absent.
const COLUMNS: [&str; 5] = ["id", "place", "kind", "answer", "from"];

/// Reader `mandates`: columns id, place, kind, subject, answer, by, from, until, independent_sources, reviewed_by, document,
/// verified, note. The file does not tell its vintage: from when a statement holds is not when it was recorded.
#[derive(Debug)]
pub struct Mandates;

impl Reader for Mandates {
    fn name(&self) -> &'static str {
        "mandates"
    }

    fn version(&self) -> u32 {
        1
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        let header = records.header().clone();
        let instead = "--as mandates-restricted keeps them here";
        check(input, &header, job.card, &COLUMNS, instead)?;
        let mut seen: HashMap<String, (u64, Statement)> = HashMap::new();
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            let text = |name: &str| {
                let at = header.index(name);
                at.and_then(|at| record.get(at)).unwrap_or_default().trim()
            };
            let statement = match Statement::read(job.crosswalk, &text) {
                Ok(statement) => statement,
                Err(wrong) => {
                    reject(job.findings, row, wrong.column, text(wrong.column), wrong.expected);
                    continue;
                }
            };
            let id = text("id");
            if let Some((first, known)) = seen.get(id) {
                if *known == statement {
                    let expected = format!("each statement once; it stands in row {first} word for word");
                    job.findings.add(Severity::Note, Some(row), Some("id"), id, expected);
                    job.findings.rows_skipped += 1;
                } else {
                    let expected = format!(
                        "an id of its own, for row {first} has this one and says something else; what changes a statement \
                         comes in a later file with the same id"
                    );
                    reject(job.findings, row, "id", id, expected);
                }
                continue;
            }
            job.sink.push(&FactRow::Mandate(statement.fact(id, row)))?;
            job.findings.rows_kept += 1;
            if matches!(statement.kind, "consent" | "opt-in") && statement.by.is_none() {
                let expected = "who has given or refused it, such as host, parties or community; kept, and it counts only \
                                where it does not matter who";
                job.findings
                    .add(Severity::Warning, Some(row), Some("by"), "nothing", expected);
            }
            seen.insert(id.to_string(), (row, statement));
        }
        Ok(Coverage {
            partial: true,
            ..Coverage::default()
        })
    }
}

/// A row's cells as values.
#[derive(PartialEq)]
struct Statement {
    place: PlaceId,
    country: PlaceId,
    kind: &'static str,
    subject: String,
    answer: &'static str,
    by: Option<String>,
    from: Date,
    until: Option<Date>,
    independent_sources: Option<i16>,
    reviewed_by: Option<String>,
    document: Option<String>,
    verified: bool,
    note: Option<String>,
}

impl Statement {
    fn read<'t>(crosswalk: &Crosswalk, text: &impl Fn(&str) -> &'t str) -> Result<Statement, Wrong> {
        let some = |column: &str| Some(text(column).to_string()).filter(|text| !text.is_empty());
        if text("id").is_empty() {
            return Err(Wrong::new(
                "id",
                "a number or name of the statement, by which it can be amended",
            ));
        }
        let day = |column: &'static str| cell::date(text(column)).map_err(|e| Wrong::new(column, e.expected));
        let from = day("from")?.ok_or_else(|| Wrong::new("from", "the first day on which it holds"))?;
        let until = day("until")?;
        if until.is_some_and(|until| until < from) {
            return Err(Wrong::new("until", format!("a day not before the first, {from}")));
        }
        let (place, country) = place(crosswalk, text("place"), from).map_err(|why| Wrong::new("place", why))?;
        let (kind, answer) = kind_and_answer(text("kind"), text("answer"))?;
        let subject = subject(kind, text("subject"))?;
        let independent_sources = sources(kind, text("independent_sources"))?;
        let note = some("note");
        if matches!((kind, answer), ("blocker", "blocked") | ("harm-check", "failed")) && note.is_none() {
            return Err(Wrong::new("note", format!("the reason why it is {answer}")));
        }
        let verified = cell::boolean(text("verified")).map_err(|e| Wrong::new("verified", e.expected))?;
        Ok(Statement {
            place,
            country,
            kind,
            subject,
            answer,
            by: some("by"),
            from,
            until,
            independent_sources,
            reviewed_by: some("reviewed_by"),
            document: some("document"),
            verified: verified.unwrap_or(false),
            note,
        })
    }

    fn fact<'a>(&'a self, id: &'a str, row: u64) -> MandateRow<'a> {
        MandateRow {
            statement_id: id,
            place: self.place.as_str(),
            country: Some(self.country.as_str()),
            kind: self.kind,
            subject: &self.subject,
            answer: self.answer,
            by: self.by.as_deref(),
            valid_from: Day::from(self.from),
            valid_until: self.until.map(Day::from),
            independent_sources: self.independent_sources,
            reviewed_by: self.reviewed_by.as_deref(),
            document: self.document.as_deref(),
            verified: self.verified,
            note: self.note.as_deref(),
            row,
        }
    }
}

/// The place that is meant and the country in which it lies; else what was expected.
fn place(crosswalk: &Crosswalk, text: &str, on: Date) -> Result<(PlaceId, PlaceId), String> {
    const EXPECTED: &str = "a country by code or name, or an area by its P-code";
    let area = || area(crosswalk, text, on);
    // No two letters are a name.
    let system = if text.len() == 2 {
        CodeSystem::Iso2
    } else {
        CodeSystem::Any
    };
    match crosswalk.resolve(system, text, Some(on)) {
        Ok(Resolved::Place(place)) if matches!(place.kind(), PlaceKind::Country | PlaceKind::Joint) => {
            Ok((place.clone(), place))
        }
        Ok(_) => area().ok_or_else(|| EXPECTED.to_string()),
        Err(_) if text.is_empty() => Err(EXPECTED.to_string()),
        Err(unresolved) => area().ok_or_else(|| format!("{EXPECTED}: {unresolved}")),
    }
}

/// An area and its country, which the first letters of the P-code tell. Without a digit or `pc:` a text is a name that
/// nobody knows.
fn area(crosswalk: &Crosswalk, text: &str, on: Date) -> Option<(PlaceId, PlaceId)> {
    let meant = text.starts_with("pc:") || text.bytes().any(|b| b.is_ascii_digit());
    let place: PlaceId = text.parse().ok().filter(|_| meant)?;
    let code = place.pcode()?;
    let country = |system, letters: usize| {
        let prefix = code.get(..letters)?;
        match crosswalk.resolve(system, prefix, Some(on)) {
            Ok(Resolved::Place(country)) if country.kind() == PlaceKind::Country => Some(country),
            _ => None,
        }
    };
    let country = country(CodeSystem::Iso3, 3).or_else(|| country(CodeSystem::Iso2, 2))?;
    Some((place, country))
}

fn kind_and_answer(kind: &str, answer: &str) -> Result<(&'static str, &'static str), Wrong> {
    let (said, kinds) = (word(kind), KINDS.map(|(kind, _)| kind));
    let Some((kind, answers)) = KINDS.into_iter().find(|(kind, _)| *kind == said) else {
        return Err(Wrong::new("kind", one_of(&said, &kinds)));
    };
    let said = word(answer);
    match answers.iter().find(|answer| **answer == said) {
        Some(answer) => Ok((kind, answer)),
        None => {
            let expected = format!(
                "{}, for that is what a row of kind {kind} can say",
                one_of(&said, answers)
            );
            Err(Wrong::new("answer", expected))
        }
    }
}

/// Words of letters, digits and dashes with one space between them.
fn subject(kind: &str, text: &str) -> Result<String, Wrong> {
    let wrong = |expected: &str| Err(Wrong::new("subject", expected));
    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    match (kind, text.is_empty()) {
        ("phase", true) | ("evidence", true) => Ok(String::new()),
        ("phase", false) => wrong("nothing, for a phase is of the place and not of an option"),
        (_, true) => wrong(
            "the option (M02), the topic (monitors) or the violation (killing-and-maiming) that it is about; \
             a row without one would be about everything",
        ),
        _ if text.split_whitespace().all(plain) => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => wrong("words of letters, digits and dashes with spaces between them, such as M02 or child-recruitment"),
    }
}

fn sources(kind: &str, text: &str) -> Result<Option<i16>, Wrong> {
    const EXPECTED: &str = "a whole number of sources that are independent of each other, 0 or more";
    let number = cell::integer(text).map_err(|_| Wrong::new("independent_sources", EXPECTED))?;
    let number = number.map(i16::try_from).transpose().ok();
    match number.filter(|number| number.is_none_or(|n| n >= 0)) {
        Some(None) if kind == "evidence" => Err(Wrong::new(
            "independent_sources",
            format!("{EXPECTED}; without it nothing says how good the evidence is"),
        )),
        Some(number) => Ok(number),
        None => Err(Wrong::new("independent_sources", EXPECTED)),
    }
}
