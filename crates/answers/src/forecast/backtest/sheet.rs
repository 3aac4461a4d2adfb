//! A backtest as a sheet: a row to each model, window, metric and statistic.

use lysoen_forecasts::bootstrap::Resampled;
use lysoen_forecasts::calibration::Among;

use super::figures::Figure;
use super::{BacktestAnswer, Told};
use crate::sheet::{Cell, Column, Kind, Sheet};

/// The name of all windows together.
pub(super) const ALL: &str = "all";

const COLUMNS: [Column; 11] = [
    text("model"),
    text("window"),
    text("metric"),
    text("statistic"),
    text("against"),
    number("value"),
    number("low"),
    number("high"),
    count("units"),
    count("unit_months"),
    text("note"),
];

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

const fn number(name: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Number,
    }
}

const fn count(name: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Count,
    }
}

impl BacktestAnswer {
    /// For machines: every score of every model, in a row each.
    pub fn sheet(&self) -> Sheet {
        let mut rows = Vec::new();
        for model in 0..self.models.len() {
            let figures = self.figures.iter().filter(|figure| figure.model == model);
            rows.extend(figures.map(|figure| self.row(figure)));
            rows.extend(self.coverage_rows(model));
        }
        Sheet {
            title: self.title(),
            columns: COLUMNS.to_vec(),
            rows,
            sources: self.about.sources.clone(),
            notes: self.notes.clone(),
        }
    }

    /// What it is, in a few words.
    pub fn title(&self) -> String {
        let names = || self.windows.iter().map(|tried| tried.window.name.as_str());
        let windows = match (names().next(), names().next_back()) {
            (Some(first), Some(last)) if first != last => format!("windows {first} to {last}"),
            (Some(only), _) => format!("window {only}"),
            _ => String::new(),
        };
        format!("Backtest of forecasts of {}, {windows}", self.about.counted)
    }

    /// The name of a unit-month, for a person.
    pub fn unit(&self, unit: u32) -> &str {
        self.units.get(unit as usize).map_or("", String::as_str)
    }

    fn row(&self, figure: &Figure) -> Vec<Cell> {
        let window = figure.window.map_or(ALL, |window| &self.windows[window].window.name);
        let (low, high) = figure.interval().unzip();
        let without = figure.without.map(|unit| format!("without {}", self.unit(unit)));
        let shown = matches!(
            figure.told,
            Told::MeanWithoutLargest | Told::RatioWithoutLargest | Told::LowestRatio | Told::HighestRatio
        );
        let notes = [
            without,
            figure.note.clone(),
            shown.then(|| "shown, not judged: choosing on outcomes makes a score improper".to_string()),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().filter(|note| !note.is_empty()).collect();
        vec![
            self.models[figure.model].name.as_str().into(),
            window.into(),
            figure.metric.map_or(Cell::Missing, |metric| metric.name().into()),
            figure.told.name().into(),
            figure.against.clone().into(),
            figure.value().into(),
            low.into(),
            high.into(),
            (figure.units as u64).into(),
            (figure.unit_months as u64).into(),
            (!notes.is_empty()).then(|| notes.join("; ")).into(),
        ]
    }

    fn coverage_rows(&self, model: usize) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for covered in self.coverage.iter().filter(|covered| covered.model == model) {
            let among = match covered.among {
                Among::Every => "",
                Among::Active => "_active",
            };
            for coverage in &covered.coverage {
                for (kind, share) in [("closed", coverage.closed), ("randomised", coverage.randomised)] {
                    let Resampled { value, low, high, .. } = share;
                    let drawn = coverage.units > 1;
                    rows.push(vec![
                        self.models[model].name.as_str().into(),
                        ALL.into(),
                        format!("coverage_{:.0}", coverage.nominal * 100.0).into(),
                        format!("{kind}{among}").into(),
                        Cell::Missing,
                        value.into(),
                        drawn.then_some(low).into(),
                        drawn.then_some(high).into(),
                        (coverage.units as u64).into(),
                        (coverage.forecasts as u64).into(),
                        Cell::Missing,
                    ]);
                }
            }
        }
        rows
    }
}
