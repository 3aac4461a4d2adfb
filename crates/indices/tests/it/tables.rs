//! Publishers' tables as inputs of a recipe.

use std::io::Read;
use std::path::PathBuf;

use lysoen_indices::catalog::Recipes;
use lysoen_indices::data::{Data, Unit};
use lysoen_indices::index::{Index, Outcome};
use lysoen_indices::recipe::Recipe;
use lysoen_lexicon::period::Period;

/// A wide table: a row a unit, or a unit and period.
pub(crate) struct Table {
    names: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

/// A file of the folder of shared data.
pub(crate) fn shared(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path)
}

impl Table {
    /// Reads a CSV file, unpacked where its name ends in gz.
    pub(crate) fn read(path: &str) -> Table {
        let bytes = std::fs::read(shared(path)).unwrap();
        let mut text = String::new();
        match path.ends_with(".gz") {
            true => flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text),
            false => bytes.as_slice().read_to_string(&mut text),
        }
        .unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        Table {
            names: reader.headers().unwrap().iter().map(str::to_string).collect(),
            rows: reader.records().collect::<Result<_, _>>().unwrap(),
        }
    }

    /// The table without the rows that a rule refuses.
    pub(crate) fn only(mut self, rule: impl Fn(&Table, usize) -> bool) -> Table {
        let keep: Vec<bool> = (0..self.len()).map(|row| rule(&self, row)).collect();
        let mut keep = keep.into_iter();
        self.rows.retain(|_| keep.next().unwrap());
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.names.iter().any(|name| name == column)
    }

    /// A cell; a column that the table lacks is a mistake of the test.
    pub(crate) fn text(&self, row: usize, column: &str) -> &str {
        let at = self.names.iter().position(|name| name == column);
        self.rows[row][at.unwrap_or_else(|| panic!("no column {column}"))].trim()
    }

    /// A cell as a number; NaN where it says nothing.
    pub(crate) fn number(&self, row: usize, column: &str) -> f64 {
        match self.text(row, column) {
            "" | "x" | "NA" | "NaN" => f64::NAN,
            text => text
                .parse()
                .unwrap_or_else(|_| panic!("{column}, row {row}: {text} is no number")),
        }
    }

    /// The inputs of a recipe, a row a unit. `column` tells how the table calls an input in a period; a column that it lacks
    /// (as where a series starts later) is missing throughout.
    pub(crate) fn inputs(
        &self,
        recipe: &Recipe,
        code: &str,
        groups: &[&str],
        periods: &[Option<i16>],
        column: impl Fn(&str, Option<i16>) -> String,
    ) -> Data {
        let unit = |row| Unit {
            code: self.text(row, code).to_string(),
            name: String::new(),
            groups: groups
                .iter()
                .map(|g| (g.to_string(), self.text(row, g).to_string()))
                .collect(),
        };
        let inputs = recipe.inputs();
        let mut data = Data::new(
            (0..self.len()).map(unit).collect(),
            periods.iter().map(|p| p.map(|y| Period::year(y).unwrap())).collect(),
            inputs.iter().map(|i| i.key.clone()).collect(),
        );
        let mut found = vec![false; inputs.len()];
        for (p, period) in periods.iter().enumerate() {
            for (i, input) in inputs.iter().enumerate() {
                let own = input.node.column.as_deref().unwrap_or(&input.node.id);
                let name = column(own, *period);
                if self.has(&name) {
                    found[i] = true;
                    (0..self.len()).for_each(|row| data.set(p, i, row, self.number(row, &name)));
                }
            }
        }
        let absent: Vec<&str> = inputs
            .iter()
            .zip(found)
            .filter(|(_, found)| !found)
            .map(|(i, _)| i.key.as_str())
            .collect();
        assert!(absent.is_empty(), "the table has no column for {absent:?}");
        data
    }
}

/// A shipped recipe.
pub(crate) fn shipped(id: &str) -> &'static Recipe {
    Recipes::builtin().get(id).unwrap()
}

/// Builds an index in one period.
pub(crate) fn build(recipe: &Recipe, data: &Data, period: usize) -> Outcome {
    let index = Index::new(recipe, data).unwrap_or_else(|m| panic!("{}: {m:?}", recipe.id));
    index
        .build(data, period)
        .unwrap_or_else(|e| panic!("{}: {e}", recipe.id))
}

/// A file without times: a row a unit, columns as the recipe calls them.
pub(crate) fn build_plain(recipe: &Recipe, table: &Table, code: &str, groups: &[&str]) -> Outcome {
    let data = table.inputs(recipe, code, groups, &[None], |column, _| column.to_string());
    build(recipe, &data, 0)
}
