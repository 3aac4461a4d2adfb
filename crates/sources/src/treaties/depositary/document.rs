//! What the Collection's file of a treaty says, before anything is made of it.

use jiff::civil::Date;

use super::prose::{Marked, marked};
use super::xml::Node;
use crate::cell;
use crate::input::Input;
use crate::reader::ReadError;
use crate::treaties::heading::Column;
use crate::treaties::instrument_named;

/// The chapters by their Roman numerals, as the Collection numbers them.
const CHAPTERS: [&str; 29] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV", "XXVI", "XXVII", "XXVIII", "XXIX",
];

/// Parts of a treaty that are read, or that hold nothing about participants.
const PARTS: [&str; 6] = [
    "Header",
    "Chapter",
    "ExternalData",
    "Participants",
    "Declarations",
    "Reservations",
];

/// A file of a treaty.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) instrument: String,
    pub(super) title: Option<String>,
    /// The day that the file says it is as at; the text itself where no day can be made of it.
    pub(super) as_at: Option<Result<Date, String>>,
    /// How many signatories and parties the file says there are.
    pub(super) signatories: Option<String>,
    pub(super) parties: Option<String>,
    pub(super) tables: Vec<Table>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) notes: Vec<Note>,
    /// Parts of the file that were not read, by name.
    pub(super) unread: Vec<String>,
}

/// A table of participants.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Marked>>,
}

/// What a participant has declared.
#[derive(Debug)]
pub(super) struct Declaration {
    pub(super) participant: String,
    pub(super) text: String,
}

/// A note of the file, with its number where it has one.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) number: Option<String>,
    pub(super) text: String,
}

impl Document {
    /// Reads a file.
    pub(super) fn read(input: &Input) -> Result<Document, ReadError> {
        let root = Node::read(input)?;
        let treaties = match root.is("Treaty") {
            true => vec![&root],
            false => root.all("Treaty"),
        };
        let [treaty] = treaties[..] else {
            let found = format!("{} elements <Treaty>", treaties.len());
            return Err(input.malformed(found, "one, as in the Treaty Collection's file of a treaty"));
        };
        let external = treaty.all("ExternalData").into_iter().next();
        let status = external.and_then(|node| node.all("Status").into_iter().next());
        let count = |name: &str| status.and_then(|status| status.child(name)).map(clean);
        let (declarations, unread) = declarations(&root, treaty);
        Ok(Document {
            instrument: instrument(input, &root)?,
            title: external
                .and_then(|node| node.child("Titlesect"))
                .map(clean)
                .and_then(filled),
            as_at: as_at(&root),
            signatories: count("Signatories").and_then(filled),
            parties: count("Parties").and_then(filled),
            tables: tables(input, treaty)?,
            declarations,
            notes: notes(&root),
            unread,
        })
    }

    /// The day of the newest action in the tables.
    pub(super) fn newest(&self) -> Option<Date> {
        let cells = self.tables.iter().flat_map(|table| {
            let cells = table
                .rows
                .iter()
                .flat_map(|row| table.columns.iter().zip(row.iter().skip(1)));
            cells.filter_map(|(column, cell)| {
                let text = super::prose::bracketed(&cell.text).unwrap_or(&cell.text);
                column.action(text).ok().map(|(_, date)| date)
            })
        });
        cells.max()
    }

    /// The note of that number, if just one has it.
    pub(super) fn note(&self, number: &str) -> Option<&str> {
        let mut notes = self.notes.iter().filter(|note| note.number.as_deref() == Some(number));
        match (notes.next(), notes.next()) {
            (Some(note), None) => Some(&note.text),
            _ => None,
        }
    }
}

fn clean(node: &Node) -> String {
    marked(&node.text()).text
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The treaty that the file's name tells, such as `XXVI-8.en.xml`; the file's chapter must be the same.
fn instrument(input: &Input, root: &Node) -> Result<String, ReadError> {
    let stem = input.file_name().split('.').next().unwrap_or_default();
    let (chapter, rest) = stem.split_once('-').unwrap_or((stem, ""));
    let chapter = number_of(chapter).map_or_else(|| chapter.to_string(), |number| number.to_string());
    let named = instrument_named(&format!("{chapter}-{rest}")).ok_or_else(|| {
        let found = format!("a file of a treaty named {}", input.file_name());
        let expected = "the chapter and number of the treaty as the file's name, as the Treaty Collection names it: \
                        XXVI-8.en.xml or XVIII-12-a.en.xml";
        input.malformed(found, expected)
    })?;
    let header = root
        .all("Chapter")
        .into_iter()
        .find_map(|node| node.child("Header"))
        .map(clean);
    let told = header
        .as_deref()
        .and_then(|header| number_of(header.split_whitespace().last()?));
    match told.filter(|told| told.to_string() != chapter) {
        Some(_) => {
            let found = format!("{} in a file named {}", header.unwrap_or_default(), input.file_name());
            Err(input.malformed(found, "the chapter that the file's name tells; give it the name it had"))
        }
        None => Ok(named),
    }
}

/// The number of a chapter by its Roman numeral.
fn number_of(numeral: &str) -> Option<usize> {
    let at = CHAPTERS.iter().position(|known| known.eq_ignore_ascii_case(numeral))?;
    Some(at + 1)
}

/// The day in a text such as `STATUS AS AT : 29-11-2025 05:00:19 EDT`, wherever it stands.
fn as_at(root: &Node) -> Option<Result<Date, String>> {
    const WORDS: &str = "status as at";
    let says = |node: &Node| node.own_text().to_ascii_lowercase().contains(WORDS);
    let text = root.outermost(&says).into_iter().next().map(clean)?;
    let at = text.to_ascii_lowercase().find(WORDS)? + WORDS.len();
    let told = text[at..].trim_start_matches([' ', ':']);
    let day = told.split_whitespace().next().unwrap_or_default();
    Some(day_first(day).or_else(|| cell::date(day).ok().flatten()).ok_or(text))
}

/// A day as the Collection writes it, the day of the month first.
fn day_first(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [day, month, year] if year.len() == 4 => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => None,
    }
}

/// The tables of participants, each with the acts that its heading explains.
fn tables(input: &Input, treaty: &Node) -> Result<Vec<Table>, ReadError> {
    let groups = treaty
        .all("Participants")
        .into_iter()
        .flat_map(|node| node.all("TGroup"));
    let tables = groups.map(|group| table(input, group)).collect::<Result<Vec<_>, _>>()?;
    match tables.iter().all(|table| table.rows.is_empty()) {
        true => Err(input.malformed(
            "no row of a participant",
            "<Participants> with <Table>, <TGroup>, <Tbody> and rows; a treaty without participants is not imported",
        )),
        false => Ok(tables),
    }
}

fn table(input: &Input, group: &Node) -> Result<Table, ReadError> {
    let rows = |part: &str| {
        let rows = group.all(part).into_iter().flat_map(|part| part.all("Row"));
        rows.map(entries).collect::<Vec<_>>()
    };
    let head = rows("Thead").into_iter().next().unwrap_or_default();
    let names: Vec<&str> = head.iter().map(|entry| entry.text.as_str()).collect();
    if names.len() < 2 || !names[0].to_ascii_lowercase().starts_with("participant") {
        let found = format!("a table headed {}", names.join(", "));
        return Err(input.malformed(found, "a table headed Participant and at least one column of dates"));
    }
    let columns = names.iter().enumerate().skip(1).map(|(at, name)| Column::new(at, name));
    Ok(Table {
        columns: columns.collect(),
        rows: rows("Tbody"),
    })
}

fn entries(row: &Node) -> Vec<Marked> {
    let entries = row.children().filter(|node| node.is("Entry"));
    entries.map(|entry| marked(&entry.text())).collect()
}

/// What participants have declared, and the names of parts that are not read: a part of another shape than a participant
/// and its text is left alone.
fn declarations(root: &Node, treaty: &Node) -> (Vec<Declaration>, Vec<String>) {
    let of_them = |node: &Node| node.is("Declarations") || node.is("Reservations");
    let (mut declarations, mut unread) = (Vec::new(), Vec::new());
    for part in root.outermost(&of_them) {
        let declared = |node: &Node| node.child("Participant").is_some() && node.child("Text").is_some();
        let before = declarations.len();
        for node in part.outermost(&declared) {
            let of = |name: &str| {
                let texts = node.children().filter(|child| child.is(name)).map(clean);
                texts.filter_map(filled).collect::<Vec<_>>().join("\n")
            };
            declarations.push(Declaration {
                participant: of("Participant"),
                text: of("Text"),
            });
        }
        if declarations.len() == before && !clean(part).is_empty() {
            unread.push(part.name().to_string());
        }
    }
    let others = treaty.children().filter(|node| {
        let known = PARTS.iter().any(|part| node.is(part)) || is_notes(node);
        !known && !clean(node).is_empty()
    });
    unread.extend(others.map(|node| node.name().to_string()));
    (declarations, unread)
}

/// Whether an element holds notes: `EndNotes`, `TreatyNote`.
fn is_notes(node: &Node) -> bool {
    let name = node.name().to_ascii_lowercase();
    name.ends_with("note") || name.ends_with("notes")
}

/// The notes of a file, wherever they stand.
fn notes(root: &Node) -> Vec<Note> {
    let mut notes = Vec::new();
    for part in root.outermost(&is_notes) {
        let single = part.outermost(&|node| node.child("Text").is_some());
        let single = if single.is_empty() { vec![part] } else { single };
        notes.extend(single.into_iter().map(|node| {
            Note {
                number: node
                    .children()
                    .map(clean)
                    .find(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())),
                text: node.child("Text").map_or_else(|| clean(node), clean),
            }
        }));
    }
    notes.retain(|note| !note.text.is_empty());
    notes
}
