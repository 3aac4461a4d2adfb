//! A table for a person: numbers to the right with their digits in groups, and only as many columns as fit.

use std::io::Write;

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};

use super::rows::{Head, RowWriter, Value};
use super::{OutputError, Preface, number};
use crate::console::{Paint, fold};

/// Widest that a column is shown, in characters.
const WIDEST: usize = 44;
/// Least that a column of text can be narrowed to.
const NARROWEST: usize = 12;

/// A rule under the header, and nothing else.
const RULED: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// How the output is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// Columns of text that fit; none where there is no limit.
    pub width: Option<usize>,
    /// How text is set off.
    pub paint: Paint,
}

/// Writes a table.
pub(super) struct Writer {
    out: Box<dyn Write + Send>,
    preface: Preface,
    heads: Vec<Head>,
    most: usize,
    shown: Shown,
    rows: Vec<Vec<String>>,
    more: u64,
}

impl Writer {
    pub(super) fn new(
        out: Box<dyn Write + Send>,
        preface: &Preface,
        heads: &[Head],
        most: Option<usize>,
        shown: Shown,
    ) -> Writer {
        Writer {
            out,
            preface: preface.clone(),
            heads: heads.to_vec(),
            most: most.unwrap_or(usize::MAX),
            shown,
            rows: Vec::new(),
            more: 0,
        }
    }
}

impl RowWriter for Writer {
    fn row(&mut self, values: &[Value<'_>]) -> Result<(), OutputError> {
        match self.rows.len() < self.most {
            true => self.rows.push(values.iter().map(shown).collect()),
            false => self.more += 1,
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        let (paint, width) = (self.shown.paint, self.shown.width);
        let prose = width.unwrap_or(crate::console::DEFAULT_WIDTH);
        if !self.preface.title.is_empty() {
            writeln!(self.out, "{}\n", paint.heading(&fold(&self.preface.title, prose, 0)))?;
        }
        let right: Vec<bool> = self.heads.iter().map(Head::is_number).collect();
        let names: Vec<&str> = self.heads.iter().map(|head| head.name.as_str()).collect();
        let fitting = fitting(&names, &right, &self.rows, width);
        let table = ruled(&names[..fitting], &right, &self.rows, width, paint);
        writeln!(self.out, "{table}")?;
        if self.more > 0 {
            let more = number::grouped(self.more as f64);
            writeln!(
                self.out,
                "… and {more} more rows; all of them with --format csv, json or parquet"
            )?;
        }
        if fitting < names.len() {
            let left = names[fitting..].join(", ");
            let text = format!("Not shown for want of room: {left}. All columns with --format csv.");
            writeln!(self.out, "{}", paint.dim(&fold(&text, prose, 0)))?;
        }
        for note in &self.preface.notes {
            writeln!(self.out, "{}", fold(note, prose, 2))?;
        }
        Ok(self.out.flush()?)
    }
}

/// A table with a rule under its header.
pub(crate) fn ruled(
    names: &[&str],
    right: &[bool],
    rows: &[Vec<String>],
    width: Option<usize>,
    paint: Paint,
) -> String {
    let mut table = Table::new();
    table.load_style(RULED).force_no_tty();
    let align = |at: usize| match right.get(at) {
        Some(true) => CellAlignment::Right,
        _ => CellAlignment::Left,
    };
    table.set_header(
        names
            .iter()
            .enumerate()
            .map(|(at, name)| Cell::new(name).set_alignment(align(at))),
    );
    for row in rows {
        let cells = row.iter().take(names.len()).enumerate();
        table.add_row(cells.map(|(at, text)| Cell::new(text).set_alignment(align(at))));
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if at + 1 == names.len() { 0 } else { 2 }));
        if right.get(at) == Some(&true) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    let text = table.trim_fmt();
    let lines = text.lines().enumerate().map(|(at, line)| match at {
        0 => paint.bold(line.trim_end()),
        _ => line.trim_end().to_string(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How many of the columns fit beside each other, at least one.
pub(crate) fn fitting(names: &[&str], right: &[bool], rows: &[Vec<String>], width: Option<usize>) -> usize {
    let Some(width) = width else { return names.len() };
    let mut used = 0;
    for (at, name) in names.iter().enumerate() {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(|text| text.chars().count());
        let widest = cells.chain([name.chars().count()]).max().unwrap_or(0).min(WIDEST);
        // Text can be folded within its cell, a number cannot.
        let least = if right[at] {
            widest
        } else {
            widest.min(NARROWEST.max(name.chars().count()))
        };
        // Two spaces and the place of a line between columns.
        used += least + 3;
        if used > width + 3 {
            return at.max(1);
        }
    }
    names.len()
}

/// A value for a person.
fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Missing => "–".to_string(),
        // A line break or an escape sequence in a cell would break the table, or the terminal.
        Value::Text(text) => text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
        Value::Count(count) => whole(*count),
        Value::Number(number) if number.is_finite() && number.fract() == 0.0 && number.abs() < 1e15 => {
            number::whole(*number)
        }
        Value::Number(number) => rounded(*number),
        Value::Date(date) => date.to_string(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_string(),
    }
}

fn whole(count: i64) -> String {
    match count.unsigned_abs() < (1 << 53) {
        true => number::whole(count as f64),
        false => count.to_string(),
    }
}

/// Four significant digits at least, for the eye; the other formats give every digit.
fn rounded(number: f64) -> String {
    let size = number.abs();
    match size {
        s if !s.is_finite() => number::plain(number),
        s if !(1e-4..1e15).contains(&s) => format!("{number:.3e}"),
        s if s >= 1000.0 => number::decimal(number, 1),
        s if s >= 1.0 => number::decimal(number, 2),
        _ => number::decimal(number, 4),
    }
}
