//! Which layout of which source a file is, by its content.

use std::collections::BTreeSet;

use crate::card::{Card, Layout, Recognise};
use crate::catalog::Catalog;
use crate::input::{FileKind, Input};
use crate::reader::ReadError;
use crate::records::Header;

/// The layout that a file was recognised to have.
#[derive(Clone, Debug)]
pub struct Recognised<'a> {
    /// The source's card.
    pub card: &'a Card,
    /// The layout.
    pub layout: &'a Layout,
    /// The sheet, for a workbook.
    pub sheet: Option<String>,
}

/// A table that a file holds: a workbook has one per sheet, any other file one at most.
struct Table {
    sheet: Option<String>,
    header: Header,
    hxl: Vec<Tag>,
    draws: bool,
}

/// An HXL tag and its attributes; their order means nothing.
type Tag = (String, BTreeSet<String>);

/// How much a layout asks of a file: the number of columns and tags first, then everything else.
type Specificity = (usize, usize);

/// Finds the layout that fits the file; of several the one that asks for most. `as_` names a card or `card/layout`, and
/// is believed.
pub fn recognise<'a>(input: &Input, catalog: &'a Catalog, as_: Option<&str>) -> Result<Recognised<'a>, ReadError> {
    let candidates = candidates(input, catalog, as_)?;
    let tables = tables(input)?;
    // Not believed of what no reader can read, nor of each and every member of an archive.
    let readable = input.kind().is_table() || input.kind() == FileKind::Xml;
    if let (Some(_), true, None, [(card, layout)]) = (as_, readable, input.member(), &candidates[..]) {
        return Ok(Recognised {
            card,
            layout,
            sheet: best_sheet(layout, &tables),
        });
    }
    let mut fitting: Vec<(Specificity, &Card, &Layout, Option<String>)> = Vec::new();
    for (card, layout) in &candidates {
        // The first of several sheets that fit alike is taken.
        let best = tables_or_none(&tables).find(|table| misfit(&layout.recognise, input, *table).is_none());
        if let Some(table) = best {
            let sheet = table.and_then(|table| table.sheet.clone());
            fitting.push((specificity(&layout.recognise), card, layout, sheet));
        }
    }
    fitting.sort_by_key(|fit| std::cmp::Reverse(fit.0));
    match &fitting[..] {
        [] => Err(not_recognised(input, &candidates, &tables)),
        [first, second, ..] if first.0 == second.0 => Err(ReadError::NotRecognised {
            file: input.name().into(),
            looks_like: format!(
                "it fits both {}/{} and {}/{}",
                first.1.id, first.2.name, second.1.id, second.2.name
            ),
            advice: format!("Say which it is, such as --as {}/{}", first.1.id, first.2.name),
        }),
        [(_, card, layout, sheet), ..] => Ok(Recognised {
            card,
            layout,
            sheet: sheet.clone(),
        }),
    }
}

/// The layouts in question: all, or those that the user named.
fn candidates<'a>(
    input: &Input,
    catalog: &'a Catalog,
    as_: Option<&str>,
) -> Result<Vec<(&'a Card, &'a Layout)>, ReadError> {
    let all = || {
        catalog
            .cards()
            .flat_map(|card| card.layouts.iter().map(move |layout| (card, layout)))
    };
    let Some(wanted) = as_ else {
        return Ok(all().collect());
    };
    let (id, name) = wanted
        .split_once('/')
        .map_or((wanted, None), |(id, name)| (id, Some(name)));
    let named: Vec<_> = all()
        .filter(|(card, layout)| card.id == id && name.is_none_or(|name| layout.name == name))
        .collect();
    if !named.is_empty() {
        return Ok(named);
    }
    let known: Vec<String> = match catalog.card(id) {
        Some(card) => card
            .layouts
            .iter()
            .map(|layout| format!("{id}/{}", layout.name))
            .collect(),
        None => catalog.cards().map(|card| card.id.clone()).collect(),
    };
    let near = known
        .iter()
        .min_by_key(|known| strsim::damerau_levenshtein(known, wanted));
    Err(ReadError::NotRecognised {
        file: input.name().into(),
        looks_like: format!(
            "there is no {} {wanted}",
            if name.is_some() { "layout" } else { "source" }
        ),
        advice: match near {
            Some(near) => format!("Did you mean --as {near}? All are listed by `lysoen sources`"),
            None => "The catalog has none".into(),
        },
    })
}

fn tables(input: &Input) -> Result<Vec<Table>, ReadError> {
    let table = |sheet: Option<String>| -> Result<Table, ReadError> {
        let records = input.records(sheet.as_deref())?;
        let hxl = records
            .hxl()
            .unwrap_or_default()
            .iter()
            .filter_map(|tag| parse_tag(tag))
            .collect();
        Ok(Table {
            sheet,
            header: records.header().clone(),
            hxl,
            draws: records.crs().is_some(),
        })
    };
    match input.kind() {
        FileKind::Xlsx => {
            let sheets = input.sheets()?;
            // A sheet without a table (a cover, a chart) is passed over.
            Ok(sheets.into_iter().filter_map(|sheet| table(Some(sheet)).ok()).collect())
        }
        // JSON need not be a table.
        FileKind::Json => Ok(table(None).into_iter().collect()),
        kind if kind.is_table() => Ok(vec![table(None)?]),
        _ => Ok(Vec::new()),
    }
}

/// The tables; for a file without any, the one chance to fit by other marks.
fn tables_or_none(tables: &[Table]) -> impl Iterator<Item = Option<&Table>> {
    tables.iter().map(Some).chain(tables.is_empty().then_some(None))
}

/// The sheet on which most of the layout's columns and tags stand.
fn best_sheet(layout: &Layout, tables: &[Table]) -> Option<String> {
    let named = |table: &Table| {
        layout
            .recognise
            .sheet
            .as_ref()
            .is_some_and(|prefix| sheet_begins(table, prefix))
    };
    let present = |table: &&Table| {
        (
            named(table),
            layout.recognise.columns.len() - missing(&layout.recognise, table).len(),
        )
    };
    // The first of equals: max_by_key would give the last.
    tables.iter().rev().max_by_key(present)?.sheet.clone()
}

fn sheet_begins(table: &Table, prefix: &str) -> bool {
    table
        .sheet
        .as_ref()
        .is_some_and(|sheet| sheet.trim().to_lowercase().starts_with(&prefix.to_lowercase()))
}

fn specificity(know: &Recognise) -> Specificity {
    let marks = [
        know.exactly,
        know.tagged,
        know.sheet.is_some(),
        know.file_name.is_some(),
        know.kind.is_some(),
        know.geometry,
    ];
    let others = marks.into_iter().filter(|mark| *mark).count() + know.contains.len();
    (know.columns.len() + know.hxl.len() + know.without.len(), others)
}

/// Why the file is not of this layout; none if it is.
fn misfit(know: &Recognise, input: &Input, table: Option<&Table>) -> Option<String> {
    let kind_fits = match &know.kind {
        Some(kind) => input.kind().name() == kind,
        None => input.kind().is_table(),
    };
    if !kind_fits {
        return Some(format!("it is {}", input.kind().in_words()));
    }
    if let Some(text) = know.contains.iter().find(|text| !input.head().contains(text.as_str())) {
        return Some(format!("it does not contain \"{text}\""));
    }
    if let Some(pattern) = know
        .file_name
        .as_ref()
        .filter(|pattern| !name_fits(pattern, input.file_name()))
    {
        return Some(format!("its name is not like {pattern}"));
    }
    let asks_for_a_table = !know.columns.is_empty()
        || !know.hxl.is_empty()
        || [know.tagged, know.exactly, know.sheet.is_some(), know.geometry].contains(&true);
    match table {
        None => asks_for_a_table.then(|| "it holds no table".into()),
        Some(table) => table_misfit(know, table),
    }
}

fn table_misfit(know: &Recognise, table: &Table) -> Option<String> {
    let missing = missing(know, table);
    if !missing.is_empty() {
        let noun = if missing.len() == 1 { "column" } else { "columns" };
        return Some(format!("missing {noun} {}", missing.join(", ")));
    }
    if know.geometry && !table.draws {
        return Some("its rows have no geometries".into());
    }
    if know.tagged && table.hxl.is_empty() {
        return Some("it has no row of HXL tags".into());
    }
    if let Some(tag) = know
        .hxl
        .iter()
        .find(|tag| parse_tag(tag).is_none_or(|tag| !table.hxl.contains(&tag)))
    {
        return Some(format!("missing HXL tag {tag}"));
    }
    if let Some(column) = know.without.iter().find(|column| table.header.index(column).is_some()) {
        return Some(format!("column {column} should not be there"));
    }
    if let Some(prefix) = know.sheet.as_ref().filter(|prefix| !sheet_begins(table, prefix)) {
        return Some(format!("no sheet {prefix}"));
    }
    let asked: BTreeSet<String> = know.columns.iter().map(|column| column.trim().to_lowercase()).collect();
    let mut names = table.header.names().iter().filter(|name| !name.is_empty());
    let other = names.find(|name| know.exactly && !asked.contains(&name.to_lowercase()));
    other.map(|other| format!("column {other} should not be there"))
}

fn missing<'k>(know: &'k Recognise, table: &Table) -> Vec<&'k str> {
    know.columns
        .iter()
        .map(String::as_str)
        .filter(|column| table.header.index(column).is_none())
        .collect()
}

fn parse_tag(tag: &str) -> Option<Tag> {
    let tag = tag.to_lowercase();
    let mut parts = tag.split('+').map(|part| part.trim().to_string());
    let base = parts.next().filter(|base| base.starts_with('#'))?;
    Some((base, parts.filter(|part| !part.is_empty()).collect()))
}

/// Whether a name is like a pattern in which `*` stands for any text; case does not matter.
fn name_fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn not_recognised(input: &Input, candidates: &[(&Card, &Layout)], tables: &[Table]) -> ReadError {
    let advice = match input.kind() {
        FileKind::Html => "Open it in a browser to see what it says, and download the file again",
        FileKind::Image => "Look for the table behind the picture",
        FileKind::RData => "Convert it to CSV first, in R with write.csv",
        FileKind::Pdf => "Look for the table behind the document",
        FileKind::Empty => "Download the file again",
        FileKind::Binary => "Unpack or convert it to CSV first",
        _ => {
            "Say what it is with --as SOURCE (`lysoen sources` lists them), or describe it with --mapping mapping.toml"
        }
    };
    let looks_like = match tables.first() {
        Some(table) => {
            let columns = format!(
                "it is {} with columns {}",
                input.kind().in_words(),
                some_of(table.header.names())
            );
            match nearest(input, candidates, tables) {
                Some((card, layout, why)) => {
                    format!("{columns}; nearest is layout {} of {}: {why}", layout.name, card.id)
                }
                None => columns,
            }
        }
        None => format!("it is {}", input.kind().in_words()),
    };
    ReadError::NotRecognised {
        file: input.name().into(),
        looks_like,
        advice: advice.into(),
    }
}

/// The layout of whose columns the largest share is there, if that is at least half of them.
fn nearest<'a>(
    input: &Input,
    candidates: &[(&'a Card, &'a Layout)],
    tables: &[Table],
) -> Option<(&'a Card, &'a Layout, String)> {
    let mut best: Option<(usize, &Card, &Layout, String)> = None;
    for (card, layout) in candidates
        .iter()
        .filter(|(_, layout)| !layout.recognise.columns.is_empty())
    {
        let know = &layout.recognise;
        for table in tables {
            let present = know.columns.len() - missing(know, table).len();
            let share = present * 1000 / know.columns.len();
            let nearer = share >= 500 && best.as_ref().is_none_or(|(before, ..)| share > *before);
            if let Some(why) = misfit(know, input, Some(table)).filter(|_| nearer) {
                best = Some((share, card, layout, why));
            }
        }
    }
    best.map(|(_, card, layout, why)| (card, layout, why))
}

fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len() > SHOWN {
        true => format!("{} and {} more", shown.join(", "), names.len() - SHOWN),
        false => shown.join(", "),
    }
}
