//! Inputs of an index from persons or households: each row says in what one is deprived, and the rows become places by the
//! method of Alkire and Foster.

use std::collections::{BTreeMap, BTreeSet};

use lysoen_indices::alkire_foster::{Poverty, Survey, alkire_foster};
use lysoen_indices::data::{Data, Spread};
use lysoen_indices::recipe::{Aggregate, Microdata, Recipe, Weights};
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::table::Table;

use super::file::{NAMES, PERIODS, Reading, Roles, Stands, column_of, lacking, nearest};
use super::inputs::{Inputs, Origins};
use crate::error::{AnswerError, Lacking};

/// The level of the intervals of shares.
const LEVEL: f64 = 0.95;

/// Reads a table of persons or households. The value of an input at a place is its censored headcount, the share of people
/// who are poor and deprived in it, so that the index is their weighted sum.
pub(super) fn read(
    table: &Table,
    findings: Findings,
    recipe: &Recipe,
    microdata: &Microdata,
) -> Result<Inputs, AnswerError> {
    let header = table.header();
    let named = |name: &String| header.index(name).ok_or_else(|| no_column(table, name));
    let code = named(&microdata.place)?;
    let people = microdata.weight.as_ref().map(named).transpose()?;
    let wanted = recipe.inputs();
    let columns: Vec<Option<usize>> = wanted
        .iter()
        .map(|input| column_of(input, |name| header.index(name)))
        .collect();
    lacking(
        table,
        &wanted,
        |i| columns[i].is_some(),
        || header.names().iter().map(String::as_str),
        "column",
    )?;
    let columns: Vec<usize> = columns.into_iter().flatten().collect();
    let weights = weights(recipe).map_err(|why| refused(table, why))?;
    let find = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| header.index(name))
            .filter(|at| *at != code)
    };
    let roles = Roles {
        code,
        name: find(&NAMES),
        period: find(&PERIODS),
        groups: Vec::new(),
    };
    let mut reading = Reading::with_roles(table, findings, roles);
    let stands = reading.stand(false)?;
    let rows = Rows::read(&mut reading, &stands, &columns, people);
    let mut data = Data::new(
        stands.units,
        stands.periods,
        wanted.iter().map(|input| input.key.clone()).collect(),
    );
    let mut poverty = Vec::new();
    for period in 0..data.periods().len() {
        let survey = rows.survey(period);
        let deprived: Vec<&[f64]> = survey.deprived.iter().map(Vec::as_slice).collect();
        let found = alkire_foster(&Survey {
            deprived: &deprived,
            indicator_weights: &wanted.iter().map(|input| weights[&input.node.id]).collect::<Vec<f64>>(),
            people: &survey.people,
            places: &survey.places,
            place_count: data.units().len(),
            cutoff: microdata.cutoff,
        });
        let found = found.map_err(|error| refused(table, error.to_string()))?;
        put(&mut data, period, &found);
        poverty.push(found);
    }
    let all: usize = poverty.iter().flatten().map(|place| place.rows + place.left_out).sum();
    let left_out: usize = poverty.iter().flatten().map(|place| place.left_out).sum();
    reading.notes.push(format!(
        "{}: {all} rows of persons or households; {left_out} of them left out, for an indicator or the weight is missing. \
         Poor from a share of {} deprivations on. Intervals are of 95 %, as if rows were drawn independently.",
        table.file(),
        microdata.cutoff
    ));
    tell_unused(&mut reading, &columns, people);
    let origins = Origins::of_file(table.file(), &data);
    Ok(Inputs {
        poverty,
        ..reading.finish(data, origins)
    })
}

/// The rows of a file that stand for somebody.
struct Rows {
    /// By row: period, place, people, and for each input 1 where deprived and 0 where not.
    list: Vec<(usize, usize, f64, Vec<f64>)>,
    inputs: usize,
}

/// The rows of one period, as columns.
struct Columns {
    deprived: Vec<Vec<f64>>,
    people: Vec<f64>,
    places: Vec<usize>,
}

impl Rows {
    fn read(reading: &mut Reading<'_>, stands: &Stands, columns: &[usize], people: Option<usize>) -> Rows {
        let table = reading.table;
        let mut list = Vec::new();
        for (row, at) in table.rows().iter().zip(&stands.at) {
            let Some((unit, period)) = *at else { continue };
            let deprived = columns.iter().map(|column| {
                let value = reading.number(row, *column)?;
                if value != 0.0 && value != 1.0 {
                    let name = table.header().names()[*column].as_str();
                    let expected = "1 for deprived and 0 for not; the row was left out";
                    reading.findings.add(
                        Severity::Warning,
                        Some(row.number),
                        Some(name),
                        row.cell(*column),
                        expected,
                    );
                    return None;
                }
                Some(value)
            });
            let deprived = deprived.map(|value| value.unwrap_or(f64::NAN)).collect();
            let people = people
                .map_or(Some(1.0), |column| reading.number(row, column))
                .unwrap_or(f64::NAN);
            list.push((period, unit, people, deprived));
        }
        Rows {
            list,
            inputs: columns.len(),
        }
    }

    fn survey(&self, period: usize) -> Columns {
        let rows = || self.list.iter().filter(|row| row.0 == period);
        Columns {
            deprived: (0..self.inputs)
                .map(|input| rows().map(|row| row.3[input]).collect())
                .collect(),
            people: rows().map(|row| row.2).collect(),
            places: rows().map(|row| row.1).collect(),
        }
    }
}

/// The censored headcounts of a period as the values of the inputs.
fn put(data: &mut Data, period: usize, found: &[Poverty]) {
    for (unit, place) in found.iter().enumerate() {
        for (input, share) in place.censored.iter().enumerate() {
            data.set(period, input, unit, share.value);
            if let Some((low, high)) = share.interval {
                let level = Some(LEVEL);
                data.set_spread(period, input, unit, Spread { low, high, level });
            }
        }
    }
}

/// The weight of each input in the index: the product of the weights on the way to it.
fn weights(recipe: &Recipe) -> Result<BTreeMap<String, f64>, String> {
    fn walk(recipe: &Recipe, id: &str, share: f64, found: &mut BTreeMap<String, f64>) -> Result<(), String> {
        let Some(node) = recipe.node(id) else { return Ok(()) };
        if node.is_input() {
            *found.entry(id.to_string()).or_default() += share;
            return Ok(());
        }
        let aggregate = node.aggregate.as_ref().unwrap_or(&recipe.defaults.aggregate);
        let equal = match node.weights.unwrap_or(recipe.defaults.weights) {
            Weights::Given => false,
            Weights::Equal => true,
            Weights::Pca | Weights::Optimised => {
                return Err(format!(
                    "the weights of the parts of `{id}` follow from data; give them, for the cutoff is a share of their sum"
                ));
            }
        };
        if *aggregate != Aggregate::Arithmetic {
            return Err(format!(
                "`{id}` is no arithmetic mean of its parts, and the cutoff is a share of their weights"
            ));
        }
        let weight = |part: &String| match equal {
            true => 1.0,
            false => recipe.node(part).and_then(|node| node.weight).unwrap_or(1.0),
        };
        let total: f64 = node.parts.iter().map(weight).sum();
        node.parts
            .iter()
            .try_for_each(|part| walk(recipe, part, share * weight(part) / total, found))
    }
    let mut found = BTreeMap::new();
    if let Some(index) = recipe.index() {
        walk(recipe, &index.id, 1.0, &mut found)?;
    }
    Ok(found)
}

fn tell_unused(reading: &mut Reading<'_>, columns: &[usize], people: Option<usize>) {
    let mut known: BTreeSet<usize> = reading.roles.all();
    known.extend(columns.iter().copied().chain(people));
    let names = reading.table.header().names().iter().enumerate();
    let unused: Vec<&str> = names
        .filter(|(at, name)| !known.contains(at) && !name.is_empty())
        .map(|(_, name)| name.as_str())
        .collect();
    reading.tell_unused(&unused, "column");
}

fn no_column(table: &Table, name: &str) -> AnswerError {
    let names = table.header().names().iter().map(String::as_str);
    AnswerError::InputsLacking {
        file: table.file().to_string(),
        kind: "column",
        list: vec![Lacking {
            name: name.to_string(),
            title: None,
            nearest: nearest(name, names).map(str::to_string),
        }],
    }
}

fn refused(table: &Table, why: String) -> AnswerError {
    AnswerError::Microdata {
        file: table.file().to_string(),
        why,
    }
}
