//! Why a unit has the value that it has: its nodes with weights and contributions, and the rows behind its inputs.

use lysoen_indices::index::Outcome;

use super::IndexAnswer;
use super::inputs::OriginRow;
use super::notes::{ByUnit, listed};
use super::rows::{number, text};
use crate::assess::columns;
use crate::sheet::{Cell, Kind, Sheet};

impl IndexAnswer {
    /// The nodes of the units that are told, the index first, each above what it is made of, and the rows behind each input.
    /// `contribution` is the share of the index that a node gives.
    pub fn explained(&self) -> Sheet {
        let mut rows = Vec::new();
        for (at, outcome) in self.outcomes.iter().enumerate() {
            let notes = ByUnit::of(outcome);
            for unit in &self.shown {
                let contributions = self.index.contributions(outcome, *unit);
                for (node, depth) in self.reading_order() {
                    let rest = (contributions[node], depth, self.note(outcome, &notes, node, *unit));
                    rows.extend(self.node_explained(at, outcome, node, *unit, rest));
                }
            }
        }
        let names: Vec<&str> = self.shown.iter().map(|unit| self.name(*unit)).collect();
        Sheet {
            columns: columns(&[
                ("place", Kind::Text),
                ("place_name", Kind::Text),
                ("period", Kind::Text),
                ("node", Kind::Text),
                ("title", Kind::Text),
                ("depth", Kind::Count),
                ("value", Kind::Number),
                ("rank", Kind::Count),
                ("part_of", Kind::Text),
                ("weight", Kind::Number),
                ("contribution", Kind::Number),
                ("input", Kind::Number),
                ("unit", Kind::Text),
                ("source", Kind::Text),
                ("as_of", Kind::Date),
                ("start", Kind::Date),
                ("end", Kind::Date),
                ("file", Kind::Text),
                ("row", Kind::Count),
                ("note", Kind::Text),
            ]),
            ..self.preface(format!(": {}", listed(&names)), rows)
        }
    }

    fn node_explained(
        &self,
        at: usize,
        outcome: &Outcome,
        node: usize,
        unit: usize,
        (contribution, depth, note): (Option<f64>, usize, String),
    ) -> Vec<Vec<Cell>> {
        let found = &outcome.nodes[node];
        let above = outcome.nodes.iter().find_map(|above| {
            let (_, weight) = above.parts.iter().find(|(part, _)| *part == node)?;
            Some((above.id.clone(), *weight))
        });
        let raw = outcome.stages.iter().find(|s| s.node == node && s.step == "raw");
        let input = self.inputs.data.input(&found.id);
        let origin = input
            .and_then(|input| self.inputs.origin(self.periods[at], input, unit))
            .unwrap_or_default();
        let notes: Vec<&str> = [&note, &origin.note]
            .into_iter()
            .map(String::as_str)
            .filter(|n| !n.is_empty())
            .collect();
        let one = match &origin.rows[..] {
            [one] => Some(one),
            _ => None,
        };
        let mut row = self.about(outcome, unit);
        row.extend([
            found.id.as_str().into(),
            found.name.as_str().into(),
            (depth as u64).into(),
            number(found.values[unit]),
            found.ranks[unit].map(i64::from).into(),
            above.as_ref().map(|(id, _)| id.clone()).into(),
            above.map(|(_, weight)| weight).into(),
            contribution.into(),
            raw.map_or(Cell::Missing, |stage| number(stage.values[unit])),
            text(origin.unit),
            text(origin.source),
            origin.as_of.into(),
        ]);
        row.extend(from(one));
        row.push(text(notes.join("; ")));
        let mut rows = vec![row];
        // Several rows that make up one value stand below it.
        for part in origin.rows.iter().filter(|_| one.is_none()) {
            let mut row = self.about(outcome, unit);
            row.extend([
                found.id.as_str().into(),
                part.what.as_str().into(),
                (depth as u64 + 1).into(),
            ]);
            row.resize(11, Cell::Missing);
            row.extend([number(part.value), Cell::Missing, Cell::Missing, Cell::Missing]);
            row.extend(from(Some(part)));
            row.push(Cell::Missing);
            rows.push(row);
        }
        rows
    }
}

/// Days, file and row.
fn from(row: Option<&OriginRow>) -> [Cell; 4] {
    let dates = row.and_then(|row| row.dates);
    [
        dates.map(|(start, _)| start).into(),
        dates.map(|(_, end)| end).into(),
        row.map(|row| row.file.clone()).into(),
        row.and_then(|row| row.row).into(),
    ]
}
