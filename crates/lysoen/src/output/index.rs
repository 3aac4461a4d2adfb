//! A composite index for a person: the units ranked, what was done to the inputs, and one unit in depth.

use std::fmt::Write;

use lysoen_answers::index::IndexAnswer;
use lysoen_answers::sheet::{Cell, Sheet};
use lysoen_indices::index::{NodeOutcome, Outcome};

use super::number::{decimal, grouped, plain};
use super::phrase::{hanging, section, width};
use super::picture::cut;
use super::terminal::{Shown, fitting, ruled};
use crate::console::fold;

/// Units that a table shows.
const SHOWN: usize = 250;

/// A column of a table.
struct Column {
    head: String,
    right: bool,
    cells: Vec<String>,
}

/// The units ranked by the index, with what it is made of.
pub fn told(answer: &IndexAnswer, shown: Shown) -> String {
    let mut text = head(answer, shown);
    let Some(last) = answer.outcomes.last() else {
        return text;
    };
    let mut units: Vec<usize> = answer.shown().to_vec();
    let index = last.index();
    units.sort_by_key(|unit| (index.ranks[*unit].is_none(), index.ranks[*unit], *unit));
    let (ranked, without): (Vec<usize>, Vec<usize>) = units.iter().partition(|unit| !index.values[**unit].is_nan());
    text.push('\n');
    let told = &ranked[..ranked.len().min(SHOWN)];
    let columns = match answer.outcomes.len() {
        1 => columns_of_one(answer, last, told),
        _ => columns_of_several(answer, told),
    };
    text.push_str(&table(&columns, shown));
    let mut say = |said: &str| writeln!(text, "{}", shown.paint.dim(&fold(said, width(shown), 0))).ok();
    if ranked.len() > SHOWN {
        let more = grouped((ranked.len() - SHOWN) as f64);
        say(&format!("… and {more} more; all of them with --format csv"));
    }
    if answer.shown().len() < answer.units().len() {
        say(&format!(
            "Ranks are among all {} units.",
            grouped(answer.units().len() as f64)
        ));
    }
    if answer.outcomes.len() == 1 {
        let titles = last.index().parts.iter().map(|(part, _)| &last.nodes[*part]);
        let titles: Vec<String> = titles
            .filter(|n| n.id != n.name)
            .map(|n| format!("{}: {}", n.id, n.name))
            .collect();
        if !titles.is_empty() {
            say(&format!("{}.", titles.join("; ")));
        }
    }
    if !without.is_empty() {
        let names: Vec<&str> = without.iter().map(|unit| name(answer, *unit)).collect();
        say(&format!("Without a value: {}.", names.join(", ")));
    }
    text.push_str(&foot(answer, shown));
    text
}

fn head(answer: &IndexAnswer, shown: Shown) -> String {
    let recipe = &answer.recipe;
    let mut text = String::new();
    let title = format!("{} ({}){}", recipe.title, recipe.id, answer.when());
    writeln!(text, "{}", shown.paint.heading(&fold(&title, width(shown), 0))).ok();
    writeln!(text, "{}", fold(&recipe.description, width(shown), 0)).ok();
    writeln!(text, "{}", shown.paint.dim(&format!("Unit: {}", recipe.unit))).ok();
    text
}

/// Rank, place, value, class and pillars of one period.
fn columns_of_one(answer: &IndexAnswer, outcome: &Outcome, units: &[usize]) -> Vec<Column> {
    let index = outcome.index();
    let mut columns = vec![
        ranks(index, units),
        places(answer, units),
        values(&answer.recipe.id, index, units, decimals_of(answer)),
    ];
    columns.extend(intervals(answer, units));
    if outcome.classes.iter().any(Option::is_some) {
        let class = |unit: &usize| outcome.classes[*unit].clone().unwrap_or_default();
        columns.push(Column {
            head: "class".to_string(),
            right: false,
            cells: units.iter().map(class).collect(),
        });
    }
    let pillars = index.parts.iter().map(|(part, _)| &outcome.nodes[*part]);
    columns.extend(pillars.map(|node| values(&node.id, node, units, decimals(node.values.iter().copied()))));
    columns
}

/// The intervals of the index and of its ranks, where they were drawn.
fn intervals(answer: &IndexAnswer, units: &[usize]) -> Vec<Column> {
    let Some(node) = answer.outcomes.first().map(|outcome| outcome.nodes.len() - 1) else {
        return Vec::new();
    };
    let decimals = decimals_of(answer);
    let level = answer.uncertainty.first().map_or(0.95, |drawn| drawn.level);
    let column = |head: String, cell: &dyn Fn(usize) -> Option<String>| Column {
        head,
        right: true,
        cells: units.iter().map(|unit| cell(*unit).unwrap_or_default()).collect(),
    };
    let value = |unit: usize| {
        let (low, high) = answer.interval(0, node, unit)?;
        Some(format!("{}–{}", written(low, decimals), written(high, decimals)))
    };
    let rank = |unit: usize| {
        let (low, high) = answer.rank_interval(0, node, unit)?;
        Some(format!("{low}–{high}"))
    };
    let mut columns = Vec::new();
    if units.iter().any(|unit| value(*unit).is_some()) {
        columns.push(column(format!("{:.0} % interval", level * 100.0), &value));
    }
    if units.iter().any(|unit| rank(*unit).is_some()) {
        columns.push(column("of rank".to_string(), &rank));
    }
    columns
}

/// The index in several periods, the newest first.
fn columns_of_several(answer: &IndexAnswer, units: &[usize]) -> Vec<Column> {
    let newest = answer.outcomes.last().map(Outcome::index);
    let mut columns: Vec<Column> = newest.map(|index| ranks(index, units)).into_iter().collect();
    columns.push(places(answer, units));
    let by_period = answer.outcomes.iter().rev();
    columns.extend(by_period.map(|outcome| {
        let head = outcome.period.map(|p| p.to_string()).unwrap_or_default();
        values(&head, outcome.index(), units, decimals_of(answer))
    }));
    columns
}

fn ranks(node: &NodeOutcome, units: &[usize]) -> Column {
    let rank = |unit: &usize| node.ranks[*unit].map_or("–".to_string(), |rank| rank.to_string());
    Column {
        head: "rank".to_string(),
        right: true,
        cells: units.iter().map(rank).collect(),
    }
}

fn places(answer: &IndexAnswer, units: &[usize]) -> Column {
    Column {
        head: "place".to_string(),
        right: false,
        cells: units.iter().map(|unit| name(answer, *unit).to_string()).collect(),
    }
}

fn values(head: &str, node: &NodeOutcome, units: &[usize], decimals: usize) -> Column {
    let value = |unit: &usize| written(node.values[*unit], decimals);
    Column {
        head: head.to_string(),
        right: true,
        cells: units.iter().map(value).collect(),
    }
}

fn name(answer: &IndexAnswer, unit: usize) -> &str {
    match answer.name(unit) {
        "" => &answer.units()[unit].code,
        name => name,
    }
}

/// The decimals of the index: those to which it is rounded, else so many that units can be told apart.
pub fn decimals_of(answer: &IndexAnswer) -> usize {
    let rounded = answer.recipe.index().and_then(|node| node.round).map(usize::from);
    let values = answer
        .outcomes
        .iter()
        .flat_map(|outcome| outcome.index().values.iter().copied());
    rounded.unwrap_or_else(|| decimals(values))
}

/// So many decimals that units can be told apart.
fn decimals(values: impl Iterator<Item = f64>) -> usize {
    match values.filter(|v| !v.is_nan()).map(f64::abs).fold(0.0, f64::max) {
        most if most <= 2.0 => 3,
        most if most < 1000.0 => 2,
        _ => 0,
    }
}

fn written(value: f64, decimals: usize) -> String {
    match value.is_nan() {
        true => "–".to_string(),
        false => decimal(value, decimals),
    }
}

/// As many of the columns as fit; what does not fit is named.
fn table(columns: &[Column], shown: Shown) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.head.as_str()).collect();
    let right: Vec<bool> = columns.iter().map(|column| column.right).collect();
    let count = columns.first().map_or(0, |column| column.cells.len());
    let row = |at: usize| columns.iter().map(|column| column.cells[at].clone()).collect();
    let rows: Vec<Vec<String>> = (0..count).map(row).collect();
    let fit = fitting(&names, &right, &rows, shown.width);
    let mut text = ruled(&names[..fit], &right, &rows, shown.width, shown.paint) + "\n";
    if fit < names.len() {
        let left = format!(
            "Not shown for want of room: {}. All with --format csv.",
            names[fit..].join(", ")
        );
        writeln!(text, "{}", shown.paint.dim(&fold(&left, width(shown), 0))).ok();
    }
    text
}

/// Method, caveats, what was done, sources.
fn foot(answer: &IndexAnswer, shown: Shown) -> String {
    let recipe = &answer.recipe;
    let caveats: Vec<&str> = recipe.caveats.iter().map(|c| c.trim()).collect();
    let notes: Vec<&str> = answer.notes.iter().map(String::as_str).collect();
    let method: Vec<&str> = recipe.references.iter().map(String::as_str).collect();
    let mut text = String::new();
    for (title, lines) in [
        ("How it was made", notes),
        ("Before you use it", caveats),
        ("Method", method),
    ] {
        if lines.is_empty() {
            continue;
        }
        text.push_str(&section(title, shown.paint));
        for line in lines {
            writeln!(
                text,
                "  {}",
                hanging(&format!("• {line}"), width(shown).saturating_sub(2), 2, 2)
            )
            .ok();
        }
    }
    text.push_str(&section("Sources", shown.paint));
    for source in &answer.sources {
        let vintage = source.as_of.map(|day| format!(", {day}")).unwrap_or_default();
        let id = if source.title == source.id {
            String::new()
        } else {
            format!(" ({})", source.id)
        };
        let line = format!("• {}{id}{vintage}, {}", source.title, source.licence);
        writeln!(text, "  {}", hanging(&line, width(shown).saturating_sub(2), 2, 2)).ok();
    }
    text
}

/// The chances of each place, one column an event.
pub fn chances(answer: &IndexAnswer, shown: Shown) -> String {
    let mut text = head(answer, shown);
    text.push('\n');
    let sheet = answer.chances();
    let at = |name: &str| sheet.columns.iter().position(|c| c.name == name).unwrap_or_default();
    let about = |row: &Vec<Cell>| (short(&row[at("place")], 0), short(&row[at("period")], 0));
    let rows: Vec<&[Vec<Cell>]> = sheet.rows.chunk_by(|a, b| about(a) == about(b)).collect();
    let Some(first) = rows.first() else {
        return text + &foot(answer, shown);
    };
    let label = |rows: &&[Vec<Cell>]| {
        let name = short(&rows[0][at("place_name")], 0);
        let name = if name.is_empty() { about(&rows[0]).0 } else { name };
        match answer.outcomes.len() {
            1 => name,
            _ => format!("{name}, {}", about(&rows[0]).1),
        }
    };
    let mut columns = vec![Column {
        head: "place".to_string(),
        right: false,
        cells: rows.iter().map(label).collect(),
    }];
    columns.extend((0..first.len()).map(|event| {
        Column {
            head: short(&first[event][at("event")], 0)
                .replace(" or better", "")
                .replace("rank ", "rank ≤ "),
            right: true,
            cells: rows
                .iter()
                .map(|rows| in_per_cent(&rows[event][at("chance")]))
                .collect(),
        }
    }));
    text + &table(&columns, shown) + &foot(answer, shown)
}

fn in_per_cent(share: &Cell) -> String {
    match share {
        Cell::Number(share) if (0.0..0.001).contains(share) && *share > 0.0 => "< 0.1 %".to_string(),
        Cell::Number(share) => format!("{:.1} %", share * 100.0),
        _ => "–".to_string(),
    }
}

/// Sensitivity in as few columns as tell it.
pub fn sensitivity(answer: &IndexAnswer, sheet: &Sheet, shown: Shown) -> String {
    let at = |name: &str| sheet.columns.iter().position(|c| c.name == name).unwrap_or_default();
    let column = |head: &str, right: bool, cell: &dyn Fn(&Vec<Cell>) -> String| Column {
        head: head.to_string(),
        right,
        cells: sheet.rows.iter().map(cell).collect(),
    };
    let plain = |name: &'static str| move |row: &Vec<Cell>| short(&row[at(name)], 3);
    let range = |low: &'static str, high: &'static str| {
        move |row: &Vec<Cell>| match (&row[at(low)], &row[at(high)]) {
            (Cell::Number(low), Cell::Number(high)) => format!("{}–{}", decimal(*low, 3), decimal(*high, 3)),
            _ => String::new(),
        }
    };
    let mut columns = vec![
        column("factor", false, &plain("factor")),
        column("first order", true, &plain("first")),
        column("90 % interval", true, &range("first_low", "first_high")),
        column("total", true, &plain("total")),
        column("90 % interval", true, &range("total_low", "total_high")),
    ];
    if answer.outcomes.len() > 1 {
        columns.insert(0, column("period", false, &plain("period")));
    }
    let target = sheet
        .rows
        .first()
        .map(|row| short(&row[at("target")], 0))
        .unwrap_or_default();
    let mut text = head(answer, shown);
    writeln!(text, "\nShares of the variance of: {target}\n").ok();
    text.push_str(&table(&columns, shown));
    // What was said of the index is said again at its foot.
    for note in sheet.notes.iter().skip(answer.head().notes.len()) {
        writeln!(text, "{}", shown.paint.dim(&fold(note, width(shown), 0))).ok();
    }
    text + &foot(answer, shown)
}

/// Units in depth: each node below what it is part of.
pub fn explained(answer: &IndexAnswer, shown: Shown) -> String {
    let mut text = head(answer, shown);
    let sheet = answer.explained();
    let at = |name: &str| sheet.columns.iter().position(|c| c.name == name).unwrap_or_default();
    let (place, period) = (at("place"), at("period"));
    for rows in sheet
        .rows
        .chunk_by(|a, b| (&a[place], &a[period]) == (&b[place], &b[period]))
    {
        text.push('\n');
        text.push_str(&tree(answer, &sheet, rows, shown));
    }
    text.push_str(&foot(answer, shown));
    text
}

/// The nodes of one unit in one period, and where their inputs come from.
fn tree(answer: &IndexAnswer, sheet: &Sheet, rows: &[Vec<Cell>], shown: Shown) -> String {
    let at = |name: &str| sheet.columns.iter().position(|c| c.name == name).unwrap_or_default();
    let of_index = decimals_of(answer).max(2);
    // The rows that make up a value of several follow it under the same node; here they are counted.
    let nodes: Vec<&[Vec<Cell>]> = rows.chunk_by(|a, b| a[at("node")] == b[at("node")]).collect();
    let parts: Vec<usize> = nodes.iter().map(|rows| rows.len() - 1).collect();
    let rows: Vec<&Vec<Cell>> = nodes.iter().filter_map(|rows| rows.first()).collect();
    let mut origins: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    for (row, parts) in rows.iter().zip(parts) {
        let mut said = from(sheet, row);
        if parts > 0 {
            said.push_str(&format!(", {parts} rows, which --format csv lists"));
        }
        tags.push(
            match (said.is_empty(), origins.iter().position(|known| *known == said)) {
                (true, _) => String::new(),
                (_, Some(known)) => format!("[{}]", known + 1),
                _ => {
                    origins.push(said);
                    format!("[{}]", origins.len())
                }
            },
        );
    }
    let title = |row: &&Vec<Cell>| match (&row[at("title")], &row[at("depth")]) {
        (Cell::Text(title), Cell::Count(depth)) => format!("{}{title}", "\u{a0}\u{a0}".repeat(*depth as usize)),
        (title, _) => short(title, 0),
    };
    let share = |row: &&Vec<Cell>| match &row[at("contribution")] {
        Cell::Number(share) => format!("{:.1} %", share * 100.0),
        _ => String::new(),
    };
    let numbers = |head: &str, name: &str, decimals: usize| Column {
        head: head.to_string(),
        right: true,
        cells: rows.iter().map(|row| short(&row[at(name)], decimals)).collect(),
    };
    let value = |row: &&Vec<Cell>| match &row[at("value")] {
        // What others are divided by is on a scale of its own.
        Cell::Number(value) if value.abs() >= 1000.0 => grouped(*value),
        cell => short(cell, of_index),
    };
    let mut columns = vec![
        Column {
            cells: rows.iter().map(value).collect(),
            ..numbers("value", "value", 0)
        },
        numbers("rank", "rank", 0),
        numbers("weight", "weight", 3),
        Column {
            head: "share".to_string(),
            right: true,
            cells: rows.iter().map(share).collect(),
        },
        Column {
            cells: rows.iter().map(|row| written_in_full(&row[at("input")])).collect(),
            ..numbers("input", "input", 0)
        },
        Column {
            head: "from".to_string(),
            right: true,
            cells: tags,
        },
    ];
    let widest = |column: &Column| column.cells.iter().map(|c| c.chars().count()).max().unwrap_or(0);
    let others: usize = columns.iter().map(|c| widest(c).max(c.head.chars().count()) + 3).sum();
    let room = width(shown).saturating_sub(others).max(16);
    let named = Column {
        head: short(&rows[0][at("place_name")], 0),
        right: false,
        cells: rows.iter().map(|row| cut(&title(row), room)).collect(),
    };
    columns.insert(0, named);
    let mut text = table(&columns, shown);
    for (number, origin) in origins.iter().enumerate() {
        let line = format!("{:<5}{origin}", format!("[{}]", number + 1));
        writeln!(text, "  {}", hanging(&line, width(shown).saturating_sub(2), 5, 2)).ok();
    }
    text
}

/// Source, vintage, days, file and row of an input.
fn from(sheet: &Sheet, row: &[Cell]) -> String {
    let at = |name: &str| sheet.columns.iter().position(|c| c.name == name).map(|at| &row[at]);
    let text = |name: &str| at(name).map(|cell| short(cell, 0)).unwrap_or_default();
    let days = match (text("start"), text("end")) {
        (start, end) if start == end => start,
        (start, end) => format!("{start} to {end}"),
    };
    let row = at("row")
        .filter(|cell| **cell != Cell::Missing)
        .map(|cell| format!("row {}", short(cell, 0)));
    let vintage = Some(text("as_of"))
        .filter(|day| !day.is_empty())
        .map(|day| format!("as of {day}"));
    let parts = [
        text("source"),
        vintage.unwrap_or_default(),
        days,
        text("file"),
        row.unwrap_or_default(),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A value of the source as it stands there.
fn written_in_full(cell: &Cell) -> String {
    match cell {
        Cell::Number(value) if value.abs() < 1e15 => {
            let plain = plain(*value);
            if plain.len() <= 10 { plain } else { decimal(*value, 2) }
        }
        cell => short(cell, 2),
    }
}

fn short(cell: &Cell, decimals: usize) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(value) => decimal(*value, decimals),
        Cell::Count(count) => count.to_string(),
        Cell::Date(day) => day.to_string(),
        Cell::Missing => String::new(),
    }
}
