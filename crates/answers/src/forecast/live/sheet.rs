//! A forecast as a sheet: a row to each unit, model and target; or its draws, in the layout of the VIEWS challenge.

use std::collections::HashMap;

use lysoen_forecasts::judged::{INTERVALS, THRESHOLDS};
use lysoen_forecasts::summary::return_period;
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use rayon::prelude::*;

use super::{LiveAnswer, Told};
use crate::sheet::{Cell, Column, Kind, Sheet};

/// Units whose rows are made together.
const CHUNK: usize = 64;

impl LiveAnswer {
    /// The sheet without its rows.
    pub fn head(&self) -> Sheet {
        let column = |(name, kind)| Column { name, kind };
        Sheet {
            title: self.card.title.clone(),
            columns: COLUMNS.into_iter().map(column).collect(),
            rows: Vec::new(),
            sources: self.about.sources.clone(),
            notes: self.card.notes.clone(),
        }
    }

    /// Gives the sheet's rows: units in the panel's order, each by model and target. `name` names a unit.
    pub fn each_row<E>(
        &self,
        name: impl Fn(&str) -> Option<String> + Sync,
        mut take: impl FnMut(&[Cell]) -> Result<(), E>,
    ) -> Result<(), E> {
        for units in self.units.chunks(CHUNK) {
            let rows: Vec<Vec<Vec<Cell>>> = units.par_iter().map(|unit| self.rows(*unit, &name)).collect();
            for row in rows.iter().flatten() {
                take(row)?;
            }
        }
        Ok(())
    }

    fn rows(&self, unit: usize, name: &(impl Fn(&str) -> Option<String> + Sync)) -> Vec<Vec<Cell>> {
        let code = &self.panel.units()[unit];
        let because: Vec<String> = self
            .why(unit)
            .iter()
            .map(|(driver, said)| format!("{}: {said}", driver.name()))
            .collect();
        let because = because.join("; ");
        let source = self
            .card
            .sources
            .iter()
            .map(|source| source.id.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let as_of = self.card.sources.iter().filter_map(|source| source.as_of).max();
        let replay = if self.card.replay {
            format!("replay as of {}", self.card.origin)
        } else {
            String::new()
        };
        let name = name(code);
        let mut rows = Vec::with_capacity(self.fitted.len() * self.targets.len());
        for (model, (model_name, _)) in self.fitted.iter().enumerate() {
            for Told { target, summary: told } in self.told_by(model, unit) {
                let (from, to) = self.months(target);
                let mut row: Vec<Cell> = vec![
                    code.as_str().into(),
                    name.clone().into(),
                    model_name.as_str().into(),
                    if target.length() == 1 { "month" } else { "total" }.into(),
                    from.to_string().into(),
                    to.to_string().into(),
                    told.mean.into(),
                    told.median.into(),
                ];
                row.extend(
                    told.intervals
                        .iter()
                        .flat_map(|(low, high)| [Cell::from(*low), Cell::from(*high)]),
                );
                row.extend(told.probabilities.iter().map(|p| Cell::from(*p)));
                row.push(return_period(told.probabilities[1]).into());
                row.extend([
                    Cell::from("deaths"),
                    "central intervals of the forecast distribution".into(),
                    self.card.origin.to_string().into(),
                    replay.as_str().into(),
                    source.as_str().into(),
                    as_of.into(),
                    because.as_str().into(),
                ]);
                rows.push(row);
            }
        }
        rows
    }

    /// The sheet of draws without its rows, in the layout of the VIEWS challenge; months only.
    pub fn draws_head(&self) -> Sheet {
        let unit = if self.card.level == "grid" {
            "priogrid_gid"
        } else {
            "country_id"
        };
        let columns = [
            ("month_id", Kind::Count),
            (unit, Kind::Count),
            ("draw", Kind::Count),
            ("outcome", Kind::Number),
        ];
        Sheet {
            columns: columns.into_iter().map(|(name, kind)| Column { name, kind }).collect(),
            ..self.head()
        }
    }

    /// Gives the draws of the first model: by unit and month, 1,000 each. Gives the units left out, which have no number in the
    /// challenge's layout.
    pub fn each_draw<E>(&self, mut take: impl FnMut(&[Cell]) -> Result<(), E>) -> Result<Vec<&str>, E> {
        let numbers = self.numbers();
        let mut left_out = Vec::new();
        for unit in &self.units {
            let code = self.panel.units()[*unit].as_str();
            let Some(id) = numbers.get(code) else {
                left_out.push(code);
                continue;
            };
            for (number, target) in self
                .targets
                .iter()
                .enumerate()
                .filter(|(_, target)| target.length() == 1)
            {
                let month = i64::from(self.months(*target).0.0);
                for (draw, outcome) in self.draws(0, *unit, number).into_iter().enumerate() {
                    take(&[month.into(), (*id).into(), (draw as i64).into(), outcome.into()])?;
                }
            }
        }
        Ok(left_out)
    }

    /// The number of each unit: a cell's, a country's VIEWS id, or what a table's codes are, if they are numbers.
    fn numbers(&self) -> HashMap<&str, i64> {
        let day = self.card.origin.period().map(|month| month.end());
        let views = (1..=VIEWS_IDS).filter_map(|id| {
            match Crosswalk::builtin().resolve(CodeSystem::Views, &id.to_string(), day) {
                Ok(Resolved::Place(place)) => Some((place.to_string(), id)),
                _ => None,
            }
        });
        let views: HashMap<String, i64> = views.collect();
        let number = |code: &str| {
            let cell = code.strip_prefix("pg:").unwrap_or(code);
            cell.parse().ok().or_else(|| views.get(code).copied())
        };
        self.units().filter_map(|code| Some((code, number(code)?))).collect()
    }
}

/// VIEWS ids of countries are below this.
const VIEWS_IDS: i64 = 400;

const COLUMNS: [(&str, Kind); 26] = [
    ("place", Kind::Text),
    ("place_name", Kind::Text),
    ("model", Kind::Text),
    ("target", Kind::Text),
    ("from", Kind::Text),
    ("to", Kind::Text),
    ("mean", Kind::Number),
    ("median", Kind::Number),
    ("low_50", Kind::Number),
    ("high_50", Kind::Number),
    ("low_90", Kind::Number),
    ("high_90", Kind::Number),
    ("low_95", Kind::Number),
    ("high_95", Kind::Number),
    ("p_1", Kind::Number),
    ("p_25", Kind::Number),
    ("p_100", Kind::Number),
    ("p_1000", Kind::Number),
    ("return_period_25", Kind::Number),
    ("unit", Kind::Text),
    ("interval_kind", Kind::Text),
    ("origin", Kind::Text),
    ("replay", Kind::Text),
    ("source", Kind::Text),
    ("as_of", Kind::Date),
    ("why", Kind::Text),
];

/// The columns stand for the intervals and thresholds that are told.
const _: () = assert!(INTERVALS.len() == 3 && THRESHOLDS.len() == 4);
