//! What of an index may leave the observatory.

use std::collections::BTreeSet;

use super::IndexAnswer;
use super::inputs::Origins;
use crate::observatory::Observatory;
use crate::policy::{derived_may_leave, rows_may_leave};
use crate::sheet::{Cell, Column, Sheet};

/// Stages that hold the source's own values, or show them through one formula.
const OF_THE_SOURCE: [&str; 4] = ["raw", "denominated", "imputed", "treated"];

impl IndexAnswer {
    /// What of this index stays in the observatory, if anything does. Files of the user's own are the user's to pass on.
    pub fn kept_back(&self, observatory: &Observatory) -> Option<Kept> {
        Kept::back(self, observatory)
    }
}

/// What stays in the observatory.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Inputs whose source's rows may not leave.
    rows: BTreeSet<String>,
    /// Nodes that rest on sources from which nothing derived may leave.
    derived: BTreeSet<String>,
    /// These sources.
    sources: Vec<String>,
}

impl Kept {
    fn back(answer: &IndexAnswer, observatory: &Observatory) -> Option<Kept> {
        let Origins::Facts(_) = &answer.inputs.origins else {
            return None;
        };
        let catalog = &observatory.catalog;
        let ids = answer.sources.iter().map(|source| source.id.as_str());
        let restricted: Vec<&str> = ids.filter(|id| !rows_may_leave(catalog, id)).collect();
        if restricted.is_empty() {
            return None;
        }
        let mut kept = Kept::default();
        let data = &answer.inputs.data;
        let nodes = &answer.outcomes.first()?.nodes;
        let mut rests = vec![false; nodes.len()];
        for (at, node) in nodes.iter().enumerate() {
            let own = data.inputs().iter().enumerate().filter(|(_, key)| is_of(key, &node.id));
            let used: BTreeSet<String> = own.flat_map(|(input, _)| answer.sources_of(input)).collect();
            let back = |may: fn(&_, &str) -> bool| used.iter().any(|source| !may(catalog, source));
            if back(rows_may_leave) {
                kept.rows.insert(node.id.clone());
            }
            let per = answer.recipe.node(&node.id).and_then(|node| node.per.as_ref());
            let divisor = per.and_then(|per| nodes.iter().position(|node| node.id == *per));
            let mut below = node.parts.iter().map(|(part, _)| *part).chain(divisor);
            rests[at] = back(derived_may_leave) || below.any(|part| rests[part]);
            if rests[at] {
                kept.derived.insert(node.id.clone());
            }
        }
        let derived: Vec<&str> = restricted
            .iter()
            .copied()
            .filter(|id| !derived_may_leave(catalog, id))
            .collect();
        let listed = if derived.is_empty() { restricted } else { derived };
        kept.sources = listed.into_iter().map(str::to_string).collect();
        Some(kept)
    }

    /// A sheet of the index without what stays; says whose licence it is, if there is such.
    pub fn left_out_of(&self, mut sheet: Sheet) -> Sheet {
        let of_source = shows_sources(&sheet.columns) && !self.rows.is_empty();
        if self.derived.is_empty() && !of_source {
            return sheet;
        }
        let columns = sheet.columns.clone();
        sheet.rows.retain(|row| self.lets(&columns, row));
        sheet.sources.retain(|source| !self.sources.contains(&source.id));
        sheet.notes.push(format!(
            "Left out, for their licences do not let it be passed on: what rests on {} (--own-use keeps it, for your own use)",
            self.sources.join(", ")
        ));
        sheet
    }

    /// Whether values and ranks of a node may leave.
    pub fn lets_node(&self, node: &str) -> bool {
        !self.derived.contains(node)
    }

    /// Whether a row of a sheet of the index may leave.
    pub fn lets(&self, columns: &[Column], row: &[Cell]) -> bool {
        let text = |name: &str| match columns.iter().position(|c| c.name == name).map(|at| &row[at]) {
            Some(Cell::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let Some(node) = text("node") else { return true };
        let of_source = shows_sources(columns) && text("stage").is_none_or(|stage| OF_THE_SOURCE.contains(&stage));
        !(self.derived.contains(node) || of_source && self.rows.contains(node))
    }
}

/// Whether a sheet has the sources' own values in it: stages, explanations, draws of inputs.
fn shows_sources(columns: &[Column]) -> bool {
    columns
        .iter()
        .any(|column| matches!(column.name, "stage" | "input" | "draw"))
}

/// Whether an input is a node's, for all places or for those of a profile.
fn is_of(key: &str, node: &str) -> bool {
    key.strip_prefix(node)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('@'))
}

impl IndexAnswer {
    /// The sources of an input in any unit and period that is told.
    fn sources_of(&self, input: usize) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        for period in &self.periods {
            for unit in 0..self.units().len() {
                let origin = self.inputs.origin(*period, input, unit);
                let source = origin.map(|origin| origin.source).unwrap_or_default();
                used.extend(source.split(" + ").filter(|s| !s.is_empty()).map(str::to_string));
            }
        }
        used
    }
}
