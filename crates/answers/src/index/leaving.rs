//! What of an index may leave the observatory.

use std::collections::BTreeSet;

use super::IndexAnswer;
use super::inputs::Origins;
use crate::observatory::Observatory;
use crate::policy::{derived_may_leave, rows_may_leave};
use crate::sheet::{Cell, Sheet};

/// Stages that hold the source's own values, or show them through one formula.
const OF_THE_SOURCE: [&str; 4] = ["raw", "denominated", "imputed", "treated"];

impl IndexAnswer {
    /// A sheet of this index without what rests on sources that may not be passed on; says which were left out. Files of the
    /// user's own are the user's to pass on.
    pub fn for_export(&self, observatory: &Observatory, mut sheet: Sheet) -> Sheet {
        let Some(kept) = Kept::back(self, observatory) else {
            return sheet;
        };
        let at = |name: &str| sheet.columns.iter().position(|c| c.name == name);
        let (node, stage, input) = (at("node"), at("stage"), at("input").or(at("draw")));
        let before = sheet.rows.len();
        sheet.rows.retain(|row| {
            let text = |at: Option<usize>| match at.map(|at| &row[at]) {
                Some(Cell::Text(text)) => text.as_str(),
                _ => "",
            };
            let of_source = OF_THE_SOURCE.contains(&text(stage)) || input.is_some();
            kept.may_leave(text(node), of_source)
        });
        if sheet.rows.len() < before {
            sheet.notes.push(kept.told());
            sheet.sources.retain(|source| !kept.sources.contains(&source.id));
        }
        sheet
    }

    /// Which nodes stay, if any does.
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

    /// Whether a row of a node may leave; `of_source` where it shows the source's own value.
    pub fn may_leave(&self, node: &str, of_source: bool) -> bool {
        !self.derived.contains(node) && !(of_source && self.rows.contains(node))
    }

    /// Whose licence it is.
    pub fn told(&self) -> String {
        format!(
            "Left out, for their licences do not let it be passed on: what rests on {} (--own-use keeps it, for your own use)",
            self.sources.join(", ")
        )
    }
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
