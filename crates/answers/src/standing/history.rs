//! Each measure at each place, year by year: what a chart of several years needs.

use std::collections::BTreeMap;

use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::{Coverage, Figure};

use crate::assess::Assessment;

/// A value with its interval in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Past {
    /// The period.
    pub period: Period,
    /// The value, in the measure's unit.
    pub value: f64,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end of its interval.
    pub high: Option<f64>,
    /// The value per 100,000 people.
    pub per_100k: Option<f64>,
    /// Whether the value is whole, a zero of its source, or lacks a part.
    pub coverage: Coverage,
}

/// Values by place and measure, the oldest first. A value that is not of its period is left out, so that nothing stands
/// twice.
#[derive(Clone, Debug, Default)]
pub struct History {
    values: BTreeMap<PlaceId, BTreeMap<String, Vec<Past>>>,
}

impl History {
    /// Adds a period; periods may come in any order.
    pub(super) fn add(&mut self, assessment: &Assessment) {
        let whole = [Coverage::Covered, Coverage::NoneRecorded, Coverage::Incomplete];
        let of_the_period = |f: &&Figure| whole.contains(&f.coverage);
        for figure in assessment.figures.iter().filter(of_the_period) {
            let Some(value) = figure.value else { continue };
            let of_place = self.values.entry(figure.place.clone()).or_default();
            let series = of_place.entry(figure.measure.clone()).or_default();
            let at = series.partition_point(|past| past.period < figure.period);
            let past = Past {
                period: figure.period,
                value,
                low: figure.low,
                high: figure.high,
                per_100k: figure.per_100k,
                coverage: figure.coverage,
            };
            series.insert(at, past);
        }
    }

    /// A place's values by measure.
    pub fn of(&self, place: &PlaceId) -> Option<&BTreeMap<String, Vec<Past>>> {
        self.values.get(place)
    }
}
