//! The US Department of Labor's "Findings on the Worst Forms of Child Labor" as XML: which conventions a country has
//! ratified, without dates.

use std::io::BufReader;

use jiff::civil::Date;
use lysoen_facts::tables::TreatyActionRow;
use lysoen_lexicon::country::CodeSystem;
use quick_xml::Reader as Xml;
use quick_xml::events::Event;

use super::{Actions, can_be_party, participant, reject};
use crate::card::{Card, Layout};
use crate::finding::Severity;
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage, VintageBasis};

/// Elements below `Conventions`, and the instruments they stand for. ILO conventions are not in the UN Treaty
/// Collection's chapters; they have ids of their own.
const INSTRUMENTS: [(&str, &str); 6] = [
    ("C_138_Ratified", "ilo-c138"),
    ("C_182_Ratified", "ilo-c182"),
    ("Convention_on_the_Rights_of_the_Child_Ratified", "4-11"),
    ("CRC_Commercial_Sexual_Exploitation_of_Children_Ratified", "4-11-c"),
    ("CRC_Armed_Conflict_Ratified", "4-11-b"),
    ("Palermo_Ratified", "18-12-a"),
];

/// Reader `dol-child-labour`. A row is a country, counted from 1.
#[derive(Debug)]
pub struct ConventionsByCountry;

impl Reader for ConventionsByCountry {
    fn name(&self) -> &'static str {
        "dol-child-labour"
    }

    fn version(&self) -> u32 {
        1
    }

    /// The end of the year that the first description speaks of ("In 2017, …").
    fn vintage(&self, input: &Input, _: &Card, _: &Layout) -> Result<Option<Vintage>, ReadError> {
        let year = input
            .head()
            .split("<Description>In ")
            .nth(1)
            .and_then(|rest| rest.get(..4)?.parse().ok());
        let end = year.and_then(|year| Date::new(year, 12, 31).ok());
        Ok(end.map(|date| Vintage {
            date,
            label: None,
            basis: VintageBasis::Inferred,
        }))
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let on = self.vintage(input, job.card, job.layout)?.map(|vintage| vintage.date);
        let mut actions = Actions::default();
        let mut row = 0;
        let cut_short = for_each_country(input, |country| {
            row += 1;
            job.findings.rows_read += 1;
            take(job, &mut actions, &country, row, on)
        })?;
        if let Some(message) = cut_short {
            job.findings.add(
                Severity::Rejected,
                Some(row + 1),
                None,
                message,
                "well-formed XML to the end; the countries above were kept. Get the file again",
            );
        }
        Ok(Coverage::default())
    }
}

/// A country's name and the words below `Conventions`.
#[derive(Default)]
struct Country {
    name: String,
    conventions: Vec<(String, String)>,
}

fn take(
    job: &mut Job<'_>,
    actions: &mut Actions,
    country: &Country,
    row: u64,
    on: Option<Date>,
) -> Result<(), ReadError> {
    let participant = match participant(job.crosswalk, CodeSystem::Name, &country.name, on) {
        Ok(participant) => participant,
        Err(expected) => {
            reject(job.findings, row, "Name", &country.name, expected);
            return Ok(());
        }
    };
    let own = can_be_party(job.crosswalk, &participant);
    let (action, note) = match own {
        true => ("ratification", None),
        false => (
            "territorial application",
            Some("ratified by the state that answers for the territory"),
        ),
    };
    let (mut kept, mut wrong) = (false, false);
    for (element, word) in &country.conventions {
        let Some((_, instrument)) = INSTRUMENTS.iter().find(|(known, _)| known == element) else {
            job.findings.add(
                Severity::Note,
                Some(row),
                Some(element),
                word.as_str(),
                "a convention that is known here",
            );
            continue;
        };
        match word.as_str() {
            "Yes" => {
                let fact = TreatyActionRow {
                    instrument,
                    participant: &participant,
                    participant_name: &country.name,
                    action,
                    date_precision: "none",
                    verified: false,
                    note,
                    row,
                    ..TreatyActionRow::default()
                };
                kept |= actions.push(job, &fact)?;
            }
            "No" | "N/A" | "N/A*" | "" => {}
            other => {
                wrong = true;
                job.findings
                    .add(Severity::Warning, Some(row), Some(element), other, "Yes, No or N/A");
            }
        }
    }
    match (kept, wrong) {
        (true, _) => job.findings.rows_kept += 1,
        (false, false) => job.findings.rows_skipped += 1,
        (false, true) => reject(
            job.findings,
            row,
            "Conventions",
            &country.name,
            "Yes, No or N/A for each convention",
        ),
    }
    Ok(())
}

/// Calls `each` with every country; gives what was wrong where the XML breaks off.
fn for_each_country(
    input: &Input,
    mut each: impl FnMut(Country) -> Result<(), ReadError>,
) -> Result<Option<String>, ReadError> {
    let mut xml = Xml::from_reader(BufReader::new(input.text()?));
    let mut buffer = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut country = Country::default();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => {
                path.push(start.name().as_ref().to_string());
                match names(&path)[..] {
                    ["Countries", "Country"] => country = Country::default(),
                    ["Countries", "Country", "Conventions", element] => {
                        country.conventions.push((element.to_string(), String::new()));
                    }
                    _ => {}
                }
            }
            Ok(Event::Text(text)) => add(&mut country, &path, &text.xml10_content()),
            // An entity or a character reference, such as &amp; or &#233;, comes as an event of its own.
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(letter)) => add(&mut country, &path, letter.encode_utf8(&mut [0; 4])),
                Ok(None) => {
                    let letter = quick_xml::escape::resolve_predefined_entity(&reference);
                    add(&mut country, &path, letter.unwrap_or("\u{fffd}"));
                }
                Err(e) => return Ok(Some(e.to_string())),
            },
            Ok(Event::End(_)) => {
                if names(&path) == ["Countries", "Country"] {
                    each(std::mem::take(&mut country))?;
                }
                path.pop();
            }
            Ok(Event::Eof) => {
                return Ok((!path.is_empty()).then(|| format!("the end of the file within <{}>", path.join("> <"))));
            }
            Ok(_) => {}
            Err(quick_xml::Error::Io(e)) => {
                return Err(ReadError::Io {
                    file: input.name().to_string(),
                    source: std::io::Error::other(e),
                });
            }
            Err(e) => return Ok(Some(e.to_string())),
        }
    }
}

fn names(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

fn add(country: &mut Country, path: &[String], text: &str) {
    match names(path)[..] {
        ["Countries", "Country", "Name"] => country.name.push_str(text),
        ["Countries", "Country", "Conventions", _] => {
            if let Some((_, word)) = country.conventions.last_mut() {
                word.push_str(text.trim());
            }
        }
        _ => {}
    }
}
