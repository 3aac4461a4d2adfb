//! The table of inputs that a recipe is run on: units × inputs × periods, a missing value being NaN.

use std::collections::BTreeMap;

use lysoen_lexicon::period::Period;

/// What an index is computed for: a country, an area, or a row of a user's own file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its code, unique in the table.
    pub code: String,
    /// Its name; empty where there is none.
    pub name: String,
    /// Its groups by the name of the grouping, such as `EurAsia_group` → `Europe`.
    pub groups: BTreeMap<String, String>,
}

/// How far an input's value may be from the truth, as its source tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The low end, in the input's unit.
    pub low: f64,
    /// The high end, in the input's unit.
    pub high: f64,
    /// The level of the interval, 0–1; none for a range that is no interval, such as UCDP's low and high.
    pub level: Option<f64>,
}

/// The inputs of a recipe, by the keys that [`crate::recipe::Recipe::inputs`] gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    units: Vec<Unit>,
    periods: Vec<Option<Period>>,
    inputs: Vec<String>,
    /// What each input is a share of, if its unit says that it is a share.
    wholes: Vec<Option<f64>>,
    /// By period, input and unit, in this order.
    values: Vec<f64>,
    /// By period and input; none where no unit has one. Inside, one a unit.
    spreads: Vec<Option<Vec<Option<Spread>>>>,
}

impl Data {
    /// A table in which every value is missing. A file without times has one period, which is none.
    pub fn new(units: Vec<Unit>, periods: Vec<Option<Period>>, inputs: Vec<String>) -> Data {
        let columns = periods.len() * inputs.len();
        Data {
            values: vec![f64::NAN; columns * units.len()],
            spreads: vec![None; columns],
            wholes: vec![None; inputs.len()],
            units,
            periods,
            inputs,
        }
    }

    /// The units in their order.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The periods in their order.
    pub fn periods(&self) -> &[Option<Period>] {
        &self.periods
    }

    /// The inputs by key.
    pub fn inputs(&self) -> &[String] {
        &self.inputs
    }

    /// Where an input stands.
    pub fn input(&self, key: &str) -> Option<usize> {
        self.inputs.iter().position(|known| known == key)
    }

    /// The values of an input in a period, one a unit; NaN where missing.
    pub fn column(&self, period: usize, input: usize) -> &[f64] {
        let start = (period * self.inputs.len() + input) * self.units.len();
        &self.values[start..start + self.units.len()]
    }

    /// The spreads of an input in a period, one a unit; none where no unit has one.
    pub fn spreads(&self, period: usize, input: usize) -> Option<&[Option<Spread>]> {
        self.spreads[period * self.inputs.len() + input].as_deref()
    }

    /// Sets a value; an infinite one is as good as a mistake and is told when the index is built.
    pub fn set(&mut self, period: usize, input: usize, unit: usize, value: f64) {
        let at = (period * self.inputs.len() + input) * self.units.len() + unit;
        self.values[at] = value;
    }

    /// Sets how far a value may be from the truth.
    pub fn set_spread(&mut self, period: usize, input: usize, unit: usize, spread: Spread) {
        let units = self.units.len();
        let column = &mut self.spreads[period * self.inputs.len() + input];
        column.get_or_insert_with(|| vec![None; units])[unit] = Some(spread);
    }

    /// Says that an input is a share by its unit, of 1 or of 100 (per cent): its error is then drawn within it.
    pub fn set_whole(&mut self, input: usize, whole: f64) {
        self.wholes[input] = Some(whole);
    }

    /// What an input is a share of, 1 or 100; none where its unit does not say that it is a share.
    pub fn whole(&self, input: usize) -> Option<f64> {
        self.wholes[input]
    }

    /// The groups of the units in a grouping as numbers, in the order of the groups' names; `usize::MAX` for a unit that has
    /// none. None where no unit has one.
    pub fn groups(&self, grouping: &str) -> Option<(Vec<usize>, Vec<&str>)> {
        let mut names: Vec<&str> = self
            .units
            .iter()
            .filter_map(|u| Some(u.groups.get(grouping)?.as_str()))
            .collect();
        names.sort_unstable();
        names.dedup();
        let number = |unit: &Unit| {
            let name = unit.groups.get(grouping)?;
            names.binary_search(&name.as_str()).ok()
        };
        let groups = self.units.iter().map(|u| number(u).unwrap_or(usize::MAX)).collect();
        (!names.is_empty()).then_some((groups, names))
    }
}
