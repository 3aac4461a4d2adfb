//! A panel: units × months, the form in which harm over time is forecast and compared.
//!
//! A cell is *absent* where the unit does not exist in the month or nothing is known of it. Absent is never zero.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::period::{NotAPeriod, Period};

/// A month by its VIEWS number: 1 is January 1980, 517 January 2023.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(pub i32);

impl Month {
    /// The month of a year, 1 to 12.
    pub fn of(year: i16, month: u8) -> Month {
        Month((i32::from(year) - 1980) * 12 + i32::from(month))
    }

    /// The first month of a period.
    pub fn first_of(period: Period) -> Month {
        Month(period.views_month())
    }

    /// The month `months` later, or earlier where that is negative.
    pub fn plus(self, months: i32) -> Month {
        Month(self.0 + months)
    }

    /// How many months this one comes after `other`; negative where it comes before.
    pub fn since(self, other: Month) -> i32 {
        self.0 - other.0
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        1980 + (self.0 - 1).div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub fn month(self) -> u8 {
        (self.0 - 1).rem_euclid(12) as u8 + 1
    }

    /// The same as a period; none outside the years 1 to 9998.
    pub fn period(self) -> Option<Period> {
        Period::from_views_month(self.0).ok()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        match text.parse()? {
            month @ Period::Month { .. } => Ok(Month::first_of(month)),
            _ => Err(NotAPeriod::Form(text.to_string())),
        }
    }
}

impl TryFrom<String> for Month {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

/// Units × months of one quantity, with other quantities of the same units and months beside it, and who lies beside whom.
#[derive(Clone, Debug)]
pub struct Panel {
    units: Vec<String>,
    first: Month,
    months: usize,
    layers: Vec<Layer>,
    neighbours: Vec<Vec<u32>>,
}

/// One quantity of a panel.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What it is, such as `killed_state_based`.
    pub name: String,
    values: Vec<f64>,
}

impl Panel {
    /// A panel of which every cell is absent. `target` names the quantity that is forecast.
    pub fn new(units: Vec<String>, first: Month, months: usize, target: &str) -> Panel {
        let mut panel = Panel {
            units,
            first,
            months,
            layers: Vec::new(),
            neighbours: Vec::new(),
        };
        panel.add_layer(target);
        panel
    }

    /// Adds a quantity beside the target, absent everywhere, and gives its number; the target is number 0.
    pub fn add_layer(&mut self, name: &str) -> usize {
        self.layers.push(Layer {
            name: name.to_string(),
            values: vec![f64::NAN; self.units.len() * self.months],
        });
        self.layers.len() - 1
    }

    /// Says which units lie beside each unit, by their numbers.
    ///
    /// # Panics
    /// Where there is not one list a unit.
    pub fn set_neighbours(&mut self, neighbours: Vec<Vec<u32>>) {
        assert_eq!(neighbours.len(), self.units.len(), "one list of neighbours a unit");
        self.neighbours = neighbours;
    }

    /// The units' codes, in the panel's order.
    pub fn units(&self) -> &[String] {
        &self.units
    }

    /// The first month.
    pub fn first(&self) -> Month {
        self.first
    }

    /// The last month.
    pub fn last(&self) -> Month {
        self.first.plus(self.months as i32 - 1)
    }

    /// How many months there are.
    pub fn months(&self) -> usize {
        self.months
    }

    /// The quantities: the target, and what stands beside it.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The numbers of the units beside one; none where the panel does not say.
    pub fn neighbours(&self, unit: usize) -> &[u32] {
        self.neighbours.get(unit).map_or(&[], Vec::as_slice)
    }

    /// Does the panel say who lies beside whom?
    pub fn knows_neighbours(&self) -> bool {
        !self.neighbours.is_empty()
    }

    /// The target of a unit, month by month; NaN where absent.
    pub fn series(&self, unit: usize) -> &[f64] {
        self.layer(0, unit)
    }

    /// A quantity of a unit, month by month; NaN where absent.
    pub fn layer(&self, layer: usize, unit: usize) -> &[f64] {
        &self.layers[layer].values[unit * self.months..(unit + 1) * self.months]
    }

    /// The target of a unit in a month; none where absent or outside the panel.
    pub fn get(&self, unit: usize, month: Month) -> Option<f64> {
        let value = *self.series(unit).get(self.column(month)?)?;
        (!value.is_nan()).then_some(value)
    }

    /// Writes a value; NaN makes it absent.
    ///
    /// # Panics
    /// Where the layer, unit or month is not the panel's.
    pub fn set(&mut self, layer: usize, unit: usize, month: Month, value: f64) {
        let column = self.column(month).expect("a month of the panel");
        self.layers[layer].values[unit * self.months + column] = value;
    }

    /// The column of a month; none outside the panel.
    pub fn column(&self, month: Month) -> Option<usize> {
        let column = usize::try_from(month.since(self.first)).ok()?;
        (column < self.months).then_some(column)
    }

    /// The months from `from` to `to`, both included, as far as the panel has them.
    pub fn between(&self, from: Month, to: Month) -> Panel {
        let from = from.max(self.first);
        let to = to.min(self.last());
        let months = usize::try_from(to.since(from) + 1).unwrap_or(0);
        let skip = from.since(self.first) as usize;
        let cut = |layer: &Layer| Layer {
            name: layer.name.clone(),
            values: (0..self.units.len())
                .flat_map(|unit| {
                    let start = unit * self.months + skip;
                    if months == 0 {
                        &[]
                    } else {
                        &layer.values[start..start + months]
                    }
                })
                .copied()
                .collect(),
        };
        Panel {
            units: self.units.clone(),
            first: from,
            months,
            layers: self.layers.iter().map(cut).collect(),
            neighbours: self.neighbours.clone(),
        }
    }

    /// The panel up to a month: what a forecaster of that month may see of it.
    pub fn until(&self, origin: Month) -> Panel {
        self.between(self.first, origin)
    }

    /// The same numbers under other names: the units are numbered, and the calendar is moved by `months`.
    /// What is made of it by one who looks at the numbers alone is the same.
    pub fn disguised(&self, months: i32) -> Panel {
        Panel {
            units: (0..self.units.len()).map(|unit| format!("unit {unit}")).collect(),
            first: self.first.plus(months),
            ..self.clone()
        }
    }
}
