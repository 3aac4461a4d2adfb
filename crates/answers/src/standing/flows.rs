//! Where displaced people of a place have gone, and where those in it come from.

use std::collections::BTreeMap;

use arrow::array::AsArray;
use arrow::datatypes::{Date32Type, Float64Type};
use jiff::civil::Date;
use lysoen_facts::tables::from_days;
use lysoen_facts::{View, literal};
use lysoen_measures::Measures;

use crate::error::AnswerError;

/// People displaced from one place to another at the ends of years.
#[derive(Clone, Debug)]
pub struct Flows {
    /// The source's card.
    pub source: String,
    /// Its newest vintage.
    pub as_of: Date,
    /// The places, by number.
    places: Vec<String>,
    /// By year, origin and destination, in their order.
    people: Vec<((i16, u16, u16), f64)>,
}

/// The measure whose series the flows are, so that they add up to it.
const MEASURE: &str = "displaced_abroad";

impl Flows {
    /// Reads the flows that make up the measure of people displaced abroad; none where its source is not there.
    pub(super) fn read(view: &View, measures: &Measures) -> Result<Option<Flows>, AnswerError> {
        let Some(from) = measures.get(MEASURE).and_then(|m| m.from.first()) else {
            return Ok(None);
        };
        let releases = view.releases().iter().map(|seen| &seen.release);
        let newest = releases.filter(|r| r.source == from.source).map(|r| r.vintage).max();
        let (Some(as_of), Some(flow)) = (newest, &from.flow) else {
            return Ok(None);
        };
        let kinds: Vec<String> = std::iter::once(flow)
            .chain(&from.flow_also)
            .map(|k| literal(k))
            .collect();
        let sql = format!(
            "SELECT origin, destination, \"end\", value FROM flows WHERE source = {} AND indicator IN ({}) AND breakdown = ''",
            literal(&from.source),
            kinds.join(", ")
        );
        let mut flows = Flows {
            source: from.source.clone(),
            as_of,
            places: Vec::new(),
            people: Vec::new(),
        };
        let mut people: BTreeMap<(i16, u16, u16), f64> = BTreeMap::new();
        let mut numbers: BTreeMap<String, u16> = BTreeMap::new();
        for batch in view.query(&sql)? {
            let batch = batch?;
            let text = |at: usize| arrow::compute::cast(batch.column(at), &arrow::datatypes::DataType::Utf8);
            let (from, to) = (text(0).map_err(as_error)?, text(1).map_err(as_error)?);
            let (from, to) = (from.as_string::<i32>(), to.as_string::<i32>());
            let ends = batch.column(2).as_primitive::<Date32Type>();
            let values = batch.column(3).as_primitive::<Float64Type>();
            for row in 0..batch.num_rows() {
                let mut number = |code: &str| match numbers.get(code) {
                    Some(known) => *known,
                    None => {
                        let next = flows.places.len() as u16;
                        flows.places.push(code.to_string());
                        numbers.insert(code.to_string(), next);
                        next
                    }
                };
                let key = (
                    from_days(ends.value(row)).year(),
                    number(from.value(row)),
                    number(to.value(row)),
                );
                // Counts of people are whole, so that their sum does not hang on their order.
                *people.entry(key).or_default() += values.value(row);
            }
        }
        flows.people = people.into_iter().collect();
        Ok((!flows.people.is_empty()).then_some(flows))
    }

    /// People from a place in a year's end, by where they are, the most first.
    pub fn out_of(&self, place: &str, year: i16) -> Vec<(&str, f64)> {
        self.select(year, |from, to| (from == place).then_some(to))
    }

    /// People in a place at a year's end, by where they are from, the most first.
    pub fn into(&self, place: &str, year: i16) -> Vec<(&str, f64)> {
        self.select(year, |from, to| (to == place).then_some(from))
    }

    fn select<'a>(&'a self, year: i16, other: impl Fn(&'a str, &'a str) -> Option<&'a str>) -> Vec<(&'a str, f64)> {
        let before = |of: i16| self.people.partition_point(|((year, ..), _)| *year < of);
        let of_year = self.people[before(year)..before(year + 1)].iter();
        let name = |number: u16| self.places[usize::from(number)].as_str();
        let found = of_year.filter_map(|((_, from, to), people)| Some((other(name(*from), name(*to))?, *people)));
        let mut found: Vec<(&str, f64)> = found.filter(|(_, people)| *people > 0.0).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        found
    }
}

fn as_error(error: arrow::error::ArrowError) -> AnswerError {
    AnswerError::Kept(error.to_string())
}
