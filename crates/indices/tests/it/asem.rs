//! Every stage of the ASEM index as COINr 1.1.14 made it, by the steps one after the other.

use std::collections::BTreeMap;

use lysoen_indices::aggregate::aggregate;
use lysoen_indices::impute::across;
use lysoen_indices::normalise::normalise;
use lysoen_indices::recipe::{Aggregate, Direction, Impute, Normalise, Treat};
use lysoen_indices::treat::{Treated, treat};

const WINSORISE: Treat = Treat::Winsorise {
    at_most: 5,
    skew: 2.0,
    kurtosis: 3.5,
    else_log: true,
};

/// A file's columns by name, each by unit code, in the order of the file.
struct Table {
    columns: Vec<String>,
    units: Vec<String>,
    cells: BTreeMap<String, Vec<String>>,
}

impl Table {
    fn read(name: &str, unit: &str) -> Table {
        let path = format!("{}/../../../shared/data/asem/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(path).expect("the file of the folder of real data");
        let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let mut rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        let key = columns
            .iter()
            .position(|column| column == unit)
            .expect("a column of codes");
        rows.sort_by(|a, b| a[key].cmp(&b[key]));
        let cell = |i: usize| rows.iter().map(|row| row[i].to_owned()).collect();
        let cells = columns
            .iter()
            .enumerate()
            .map(|(i, column)| (column.clone(), cell(i)))
            .collect();
        Table {
            units: rows.iter().map(|row| row[key].to_owned()).collect(),
            columns,
            cells,
        }
    }

    fn text(&self, column: &str) -> &[String] {
        &self.cells[column]
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        self.cells[column]
            .iter()
            .map(|cell| cell.parse().unwrap_or(f64::NAN))
            .collect()
    }
}

/// Asserts that the columns equal those of a stage to 1e-9.
fn assert_stage(stage: &str, found: &BTreeMap<String, Vec<f64>>) {
    let expected = Table::read(&format!("expected/{stage}.csv"), "uCode");
    for column in expected
        .columns
        .iter()
        .filter(|column| *column != "uCode" && *column != "Rank")
    {
        let pairs = found[column].iter().zip(expected.numbers(column)).zip(&expected.units);
        for ((&found, expected), unit) in pairs {
            let same = found.is_nan() && expected.is_nan() || (found - expected).abs() <= 1e-9;
            assert!(same, "{stage}: {column} of {unit} is {found} and should be {expected}");
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_stage_of_the_asem_index_is_coinrs_to_nine_decimals() {
    let data = Table::read("raw_iData.csv", "uCode");
    let meta = Table::read("raw_iMeta.csv", "iCode");
    let node = |i: usize, column: &str| meta.text(column)[i].as_str();
    let at_level = |level: &str| {
        (0..meta.units.len())
            .filter(|&i| node(i, "Level") == level)
            .collect::<Vec<_>>()
    };
    let indicators = at_level("1");
    let code = |i: usize| meta.units[i].clone();

    let mut values: BTreeMap<String, Vec<f64>> = indicators
        .iter()
        .map(|&i| (code(i), data.numbers(&meta.units[i])))
        .collect();
    let missing = |values: &BTreeMap<String, Vec<f64>>| values.values().flatten().filter(|x| x.is_nan()).count();
    assert_eq!(missing(&values), 63);
    assert_stage("stage_raw", &values);

    for &i in indicators
        .iter()
        .filter(|&&i| !matches!(node(i, "Denominator"), "" | "NA"))
    {
        let per = data.numbers(node(i, "Denominator"));
        let column = values.get_mut(&code(i)).unwrap();
        let above = column.clone();
        aggregate(&Aggregate::Ratio, &[1.0, 1.0], &[&above, &per], 0.0, column).unwrap();
    }
    assert_stage("stage_denominated", &values);

    let names = data.text("EurAsia_group");
    let groups: Vec<usize> = names.iter().map(|name| usize::from(name != "Asia")).collect();
    let by_group = Impute::GroupMean("EurAsia_group".into());
    let filled: usize = values
        .values_mut()
        .map(|column| across(&by_group, &groups, column).unwrap().len())
        .sum();
    assert_eq!(
        (filled, missing(&values)),
        (65, 0),
        "two more are missing for want of a denominator"
    );
    assert_stage("stage_imputed", &values);
    assert_stage("stage_screened", &values); // after imputation no unit lacks anything

    let treated: Vec<Treated> = values
        .values_mut()
        .map(|column| treat(&WINSORISE, column).unwrap())
        .collect();
    let winsorised = treated
        .iter()
        .filter(|done| matches!(done, Treated::Winsorised { enough: true, .. }))
        .count();
    assert_eq!(winsorised, 15);
    assert_eq!(treated.iter().filter(|done| **done == Treated::NotNeeded).count(), 34);
    assert_stage("stage_treated", &values);

    for &i in &indicators {
        let direction = if node(i, "Direction") == "-1" {
            Direction::Down
        } else {
            Direction::Up
        };
        let method = Normalise::MinMax { low: 0.0, high: 100.0 };
        normalise(&method, direction, values.get_mut(&code(i)).unwrap(), None).unwrap();
    }
    assert_stage("stage_normalised", &values);

    for level in ["2", "3", "4"] {
        for parent in at_level(level) {
            let parts: Vec<usize> = (0..meta.units.len())
                .filter(|&i| node(i, "Parent") == meta.units[parent])
                .collect();
            let weights: Vec<f64> = parts.iter().map(|&i| meta.numbers("Weight")[i]).collect();
            let columns: Vec<&[f64]> = parts.iter().map(|&i| values[&meta.units[i]].as_slice()).collect();
            let mut out = vec![0.0; data.units.len()];
            aggregate(&Aggregate::Arithmetic, &weights, &columns, 0.0, &mut out).unwrap();
            values.insert(code(parent), out);
        }
    }
    assert_stage("stage_aggregated", &values);
    assert_stage("results_full_scores", &values);
}
