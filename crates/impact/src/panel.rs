//! Units × periods of one outcome, with the people who live in each, absent where nothing is known. Absent is never zero.

use serde::Serialize;
use utoipa::ToSchema;

/// Units × periods of one outcome.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Panel {
    /// The units' codes, in the panel's order.
    pub units: Vec<String>,
    /// The periods' labels in order of time, such as `1999` or `1999-03`.
    pub times: Vec<String>,
    /// The outcome by unit and period, unit after unit; NaN where nothing is known.
    values: Vec<f64>,
    /// The people of each unit in each period, in the same order; NaN where not known, empty where the outcome is no rate.
    people: Vec<f64>,
}

impl Panel {
    /// A panel in which nothing is known.
    pub fn new(units: Vec<String>, times: Vec<String>) -> Panel {
        let cells = units.len() * times.len();
        Panel {
            units,
            times,
            values: vec![f64::NAN; cells],
            people: Vec::new(),
        }
    }

    /// The number of a unit.
    pub fn unit(&self, code: &str) -> Option<usize> {
        self.units.iter().position(|unit| unit == code)
    }

    /// The number of a period.
    pub fn time(&self, label: &str) -> Option<usize> {
        self.times.iter().position(|time| time == label)
    }

    /// Writes a value.
    pub fn set(&mut self, unit: usize, time: usize, value: f64) {
        let at = self.cell(unit, time);
        self.values[at] = value;
    }

    /// Writes how many people live in a unit in a period.
    pub fn set_people(&mut self, unit: usize, time: usize, people: f64) {
        if self.people.is_empty() {
            self.people = vec![f64::NAN; self.values.len()];
        }
        let at = self.cell(unit, time);
        self.people[at] = people;
    }

    /// The outcome of a unit, period by period; NaN where nothing is known.
    pub fn series(&self, unit: usize) -> &[f64] {
        let start = unit * self.times.len();
        &self.values[start..start + self.times.len()]
    }

    /// The people of a unit, period by period; none where the outcome is no rate.
    pub fn people(&self, unit: usize) -> Option<&[f64]> {
        let start = unit * self.times.len();
        self.people.get(start..start + self.times.len())
    }

    /// Whether a unit's outcome is known in all of some periods.
    pub fn is_whole(&self, unit: usize, times: std::ops::Range<usize>) -> bool {
        self.series(unit)[times].iter().all(|value| value.is_finite())
    }

    fn cell(&self, unit: usize, time: usize) -> usize {
        assert!(
            unit < self.units.len() && time < self.times.len(),
            "a cell of the panel"
        );
        unit * self.times.len() + time
    }
}
