//! Why a unit has the value that it has: its nodes with weights and contributions, and the rows behind its inputs.

use super::IndexAnswer;
use super::notes::ByUnit;
use super::rows::{number, text};
use crate::assess::columns;
use crate::sheet::{Cell, Kind, Sheet};

impl IndexAnswer {
    /// The nodes of the units that are told, the index first, each above what it is made of. `contribution` is weight times
    /// value, which adds up to the node above where that is an arithmetic mean.
    pub fn explained(&self) -> Sheet {
        let mut rows = Vec::new();
        for (at, outcome) in self.outcomes.iter().enumerate() {
            let notes = ByUnit::of(outcome);
            for unit in &self.shown {
                for (node, depth) in self.reading_order() {
                    let found = &outcome.nodes[node];
                    let above = outcome.nodes.iter().find_map(|above| {
                        let weight = above.parts.iter().find(|(part, _)| *part == node)?.1;
                        // The weights of parts that have a value grow where others have none.
                        let has = |part: &&(usize, f64)| !outcome.nodes[part.0].values[*unit].is_nan();
                        let known: f64 = above.parts.iter().filter(has).map(|(_, weight)| weight).sum();
                        Some((above.id.as_str(), weight, weight / known))
                    });
                    let raw = outcome.stages.iter().find(|s| s.node == node && s.step == "raw");
                    let input = self.inputs.data.input(&found.id);
                    let origin = input.and_then(|input| self.inputs.origins.of(self.periods[at], input, *unit));
                    let origin = origin.unwrap_or_default();
                    let value = found.values[*unit];
                    rows.push(vec![
                        self.units()[*unit].code.as_str().into(),
                        outcome.period.map(|p| p.to_string()).into(),
                        found.id.as_str().into(),
                        found.name.as_str().into(),
                        (depth as u64).into(),
                        number(value),
                        found.ranks[*unit].map(i64::from).into(),
                        above.map(|(id, ..)| id.to_string()).into(),
                        above.map(|(_, weight, _)| weight).into(),
                        above.map_or(Cell::Missing, |(id, _, weight)| match self.is_mean(id) {
                            true => number(weight * value),
                            false => Cell::Missing,
                        }),
                        raw.map_or(Cell::Missing, |stage| number(stage.values[*unit])),
                        text(origin.source),
                        origin.as_of.into(),
                        text(origin.period),
                        text(origin.file),
                        origin.row.into(),
                        text(self.note(outcome, &notes, node, *unit)),
                    ]);
                }
            }
        }
        let names: Vec<&str> = self.shown.iter().map(|unit| self.name(*unit)).collect();
        Sheet {
            columns: columns(&[
                ("place", Kind::Text),
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
                ("source", Kind::Text),
                ("as_of", Kind::Date),
                ("data_period", Kind::Text),
                ("file", Kind::Text),
                ("row", Kind::Count),
                ("note", Kind::Text),
            ]),
            ..self.preface(format!(": {}", super::notes::listed(&names)), rows)
        }
    }

    /// Whether a node is the arithmetic mean of its parts and nothing more.
    fn is_mean(&self, id: &str) -> bool {
        use lysoen_indices::recipe::{Aggregate, Normalise};
        self.recipe.node(id).is_some_and(|node| {
            let aggregate = node.aggregate.as_ref().unwrap_or(&self.recipe.defaults.aggregate);
            let normalise = node.normalise.as_ref().unwrap_or(&Normalise::None);
            *aggregate == Aggregate::Arithmetic && *normalise == Normalise::None && node.then.is_empty()
        })
    }
}
