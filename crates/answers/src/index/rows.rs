//! An index as rows.

use lysoen_indices::alkire_foster::Share;
use lysoen_indices::index::Outcome;
use lysoen_indices::uncertainty::{Uncertainty, UnitUncertainty};

use super::IndexAnswer;
use super::notes::ByUnit;
use crate::assess::columns;
use crate::sheet::{Cell, Kind, Sheet};

impl IndexAnswer {
    /// The columns of [`IndexAnswer::each_row`], and what is to be said of the whole.
    pub fn head(&self) -> Sheet {
        Sheet {
            columns: columns(&[
                ("place", Kind::Text),
                ("place_name", Kind::Text),
                ("period", Kind::Text),
                ("node", Kind::Text),
                ("value", Kind::Number),
                ("low", Kind::Number),
                ("high", Kind::Number),
                ("rank", Kind::Count),
                ("rank_low", Kind::Count),
                ("rank_high", Kind::Count),
                ("note", Kind::Text),
            ]),
            ..self.preface(String::new(), Vec::new())
        }
    }

    /// Gives every node of every unit as one row.
    pub fn each_row<E>(&self, mut take: impl FnMut(&[Cell]) -> Result<(), E>) -> Result<(), E> {
        let order = self.reading_order();
        for (period, outcome) in self.outcomes.iter().enumerate() {
            let notes = ByUnit::of(outcome);
            for unit in &self.shown {
                for (node, _) in &order {
                    take(&self.row(period, outcome, &notes, *node, *unit))?;
                }
                self.poverty(period, outcome, *unit)
                    .iter()
                    .try_for_each(|row| take(row))?;
            }
        }
        Ok(())
    }

    fn row(&self, period: usize, outcome: &Outcome, notes: &ByUnit<'_>, node: usize, unit: usize) -> Vec<Cell> {
        let found = &outcome.nodes[node];
        let ranks = self.rank_interval(period, node, unit);
        let ends = self.interval(period, node, unit);
        let mut row = self.about(outcome, unit);
        row.extend([
            found.id.as_str().into(),
            number(found.values[unit]),
            ends.map(|(low, _)| low).into(),
            ends.map(|(_, high)| high).into(),
            found.ranks[unit].map(i64::from).into(),
            ranks.map(|(low, _)| i64::from(low)).into(),
            ranks.map(|(_, high)| i64::from(high)).into(),
            text(match self.is_still(period, node, unit) {
                true => [
                    self.note(outcome, notes, node, unit),
                    "no interval: no draw changes it".to_string(),
                ]
                .into_iter()
                .filter(|said| !said.is_empty())
                .collect::<Vec<_>>()
                .join("; "),
                false => self.note(outcome, notes, node, unit),
            }),
        ]);
        row
    }

    /// Whether a node's value for a unit is the same in every draw, for no error of its inputs is known and no method or
    /// weight that is varied changes it.
    fn is_still(&self, outcome: usize, node: usize, unit: usize) -> bool {
        let drawn = self.values_drawn(outcome);
        let value = drawn.and_then(|drawn| self.drawn(drawn, outcome, node, unit)?.value);
        // The last digits of a mean depend on the weights even where its parts are equal.
        value.is_some_and(|value| value.high - value.low <= 1e-12 * value.low.abs().max(value.high.abs()))
    }

    /// The interval of a node's rank for a unit, in the outcome of this number; none where it was not drawn, and for a unit
    /// that has no value without draws.
    pub fn rank_interval(&self, outcome: usize, node: usize, unit: usize) -> Option<(u32, u32)> {
        let drawn = self.drawn(self.uncertainty.get(outcome)?, outcome, node, unit)?;
        drawn.rank.map(|range| (range.low, range.high))
    }

    /// The interval of a node's value for a unit: of the draws, or of the sample where the rows are persons or households.
    pub fn interval(&self, outcome: usize, node: usize, unit: usize) -> Option<(f64, f64)> {
        let drawn = self
            .values_drawn(outcome)
            .filter(|_| !self.is_still(outcome, node, unit))
            .and_then(|drawn| self.drawn(drawn, outcome, node, unit)?.value);
        let is_index = node + 1 == self.outcomes[outcome].nodes.len();
        let sampled = || {
            self.inputs.poverty.get(self.periods[outcome])?[unit]
                .mpi
                .interval
                .filter(|_| is_index)
        };
        // What no draw changes has no interval, for nothing is known of its error.
        let drawn = drawn
            .map(|range| (range.low, range.high))
            .filter(|(low, high)| low < high);
        drawn.or_else(sampled)
    }

    fn drawn(&self, drawn: &Uncertainty, outcome: usize, node: usize, unit: usize) -> Option<UnitUncertainty> {
        let found = drawn.nodes.iter().find(|drawn| drawn.node == node)?;
        let known = !self.outcomes[outcome].nodes[node].values[unit].is_nan();
        known.then(|| found.units[unit])
    }

    /// Of persons or households, the share of people who are poor, and how deprived these are on average: their product is
    /// the index.
    fn poverty(&self, period: usize, outcome: &Outcome, unit: usize) -> Vec<Vec<Cell>> {
        let Some(found) = self.inputs.poverty.get(self.periods[period]) else {
            return Vec::new();
        };
        let row = |(id, share): (&str, Share)| {
            let mut row = self.about(outcome, unit);
            row.extend([id.into(), number(share.value)]);
            row.extend([share.interval.map(|i| i.0).into(), share.interval.map(|i| i.1).into()]);
            row.extend([Cell::Missing, Cell::Missing, Cell::Missing]);
            row.push(text(match share.value.is_nan() {
                true => "no value: no rows, or nobody is poor".to_string(),
                false => String::new(),
            }));
            row
        };
        [
            ("headcount", found[unit].headcount),
            ("intensity", found[unit].intensity),
        ]
        .map(row)
        .into()
    }

    /// The columns of [`IndexAnswer::each_stage`], and what is to be said of the whole.
    pub fn stages_head(&self) -> Sheet {
        Sheet {
            columns: columns(&[
                ("place", Kind::Text),
                ("place_name", Kind::Text),
                ("period", Kind::Text),
                ("node", Kind::Text),
                ("stage", Kind::Text),
                ("value", Kind::Number),
                ("note", Kind::Text),
            ]),
            ..self.preface(", stage by stage".to_string(), Vec::new())
        }
    }

    /// Gives what each step made of each unit, as one row.
    pub fn each_stage<E>(&self, mut take: impl FnMut(&[Cell]) -> Result<(), E>) -> Result<(), E> {
        let order = self.reading_order();
        for outcome in &self.outcomes {
            let notes = ByUnit::of(outcome);
            for unit in &self.shown {
                for (node, _) in &order {
                    for stage in outcome.stages.iter().filter(|stage| stage.node == *node) {
                        let value = stage.values[*unit];
                        let note = match (stage.step, value.is_nan()) {
                            ("imputed", _) => notes.on(*node, *unit).join("; "),
                            (_, true) => self.note(outcome, &notes, *node, *unit),
                            _ => String::new(),
                        };
                        let mut row = self.about(outcome, *unit);
                        row.extend([
                            outcome.nodes[*node].id.as_str().into(),
                            stage.step.into(),
                            number(value),
                            text(note),
                        ]);
                        take(&row)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A sheet without columns: title, sources and notes.
    pub(super) fn preface(&self, what: String, rows: Vec<Vec<Cell>>) -> Sheet {
        let recipe = &self.recipe;
        let mut notes = vec![format!("{} Unit: {}.", recipe.description.trim(), recipe.unit)];
        notes.extend(recipe.references.iter().map(|reference| format!("Method: {reference}")));
        notes.extend(recipe.caveats.iter().map(|caveat| caveat.trim().to_string()));
        notes.extend(self.notes.iter().cloned());
        Sheet {
            title: format!("{} ({}){}{what}", recipe.title, recipe.id, self.when()),
            columns: Vec::new(),
            rows,
            sources: self.sources.clone(),
            notes,
        }
    }

    /// `, 2018` or `, 2018 to 2022`; nothing for a file without periods.
    pub fn when(&self) -> String {
        let first = self.outcomes.first().and_then(|o| o.period);
        let last = self.outcomes.last().and_then(|o| o.period);
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
            (Some(first), _) => format!(", {first}"),
            _ => String::new(),
        }
    }

    /// Place, name and period of a row.
    pub(super) fn about(&self, outcome: &Outcome, unit: usize) -> Vec<Cell> {
        let period = outcome.period.map(|p| p.to_string());
        vec![
            self.units()[unit].code.as_str().into(),
            text(self.name(unit).to_string()),
            period.into(),
        ]
    }

    /// What a reader must know about a value, and why there is none.
    pub(super) fn note(&self, outcome: &Outcome, notes: &ByUnit<'_>, node: usize, unit: usize) -> String {
        let found = &outcome.nodes[node];
        let said = notes.on(node, unit);
        if !found.values[unit].is_nan() || !said.is_empty() {
            return said.join("; ");
        }
        if found.parts.is_empty() {
            return "no value in the inputs".to_string();
        }
        let lacking = found
            .parts
            .iter()
            .map(|(part, _)| &outcome.nodes[*part])
            .filter(|p| p.values[unit].is_nan());
        let lacking: Vec<&str> = lacking.map(|part| part.id.as_str()).collect();
        format!("no value, for lack of {}", super::notes::listed(&lacking))
    }
}

pub(super) fn number(value: f64) -> Cell {
    Some(value).filter(|v| !v.is_nan()).into()
}

pub(super) fn text(text: String) -> Cell {
    Some(text).filter(|t| !t.is_empty()).into()
}
