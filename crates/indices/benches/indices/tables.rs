//! What is measured on: ASEM as published, or a table of its shape, and a table of communities.

use std::path::Path;

use lysoen_indices::catalog::Recipes;
use lysoen_indices::data::{Data, Unit};
use lysoen_indices::random::{Key, normal_quantiles};
use lysoen_indices::recipe::{Aggregate, InputError, Node, Normalise, Recipe};

/// Standard normal values, the same every time.
pub(crate) fn made(column: usize, count: usize) -> Vec<f64> {
    let mut values = vec![0.0; count];
    Key::new(0, &format!("column {column}"), "", "").uniforms(0, &mut values);
    normal_quantiles(&mut values);
    values
}

/// ASEM and its inputs.
pub(crate) fn asem() -> (Recipe, Data) {
    let recipe = Recipes::builtin().get("asem").expect("ASEM is shipped").clone();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/asem/raw_iData.csv");
    let data = if file.is_file() {
        published(&recipe, &file)
    } else {
        alike(&recipe)
    };
    (recipe, data)
}

fn published(recipe: &Recipe, file: &Path) -> Data {
    let mut reader = csv::Reader::from_path(file).expect("a file");
    let names = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    let at = |name: &str| names.iter().position(|n| n == name).expect("a column");
    let unit = |row: &csv::StringRecord| unit(&row[at("uCode")], &row[at("EurAsia_group")]);
    let inputs = inputs(recipe);
    let mut data = Data::new(rows.iter().map(unit).collect(), vec![None], inputs.clone());
    for (input, key) in inputs.iter().enumerate() {
        for (unit, row) in rows.iter().enumerate() {
            data.set(0, input, unit, row[at(key)].parse().unwrap_or(f64::NAN));
        }
    }
    data
}

/// 51 units of two groups; one value in 40 is missing, as in ASEM.
fn alike(recipe: &Recipe) -> Data {
    let units = (0..51).map(|i| unit(&format!("U{i}"), if i % 3 == 0 { "Asia" } else { "Europe" }));
    let inputs = inputs(recipe);
    let mut data = Data::new(units.collect(), vec![None], inputs.clone());
    for input in 0..inputs.len() {
        for (unit, value) in made(input, 51).into_iter().enumerate() {
            let missing = (input * 51 + unit) % 40 == 0 && input < 49;
            data.set(0, input, unit, if missing { f64::NAN } else { (value * 1.5).exp() });
        }
    }
    data
}

/// A recipe of 40 indicators in 5 groups over 50,000 communities, each value with a standard deviation of 0.2.
pub(crate) fn communities(normalise: Normalise, aggregate: Aggregate) -> (Recipe, Data) {
    let mut recipe = Recipes::builtin().get("asem").expect("ASEM is shipped").clone();
    recipe.screen = None;
    recipe.defaults = Default::default();
    recipe.defaults.normalise = normalise;
    recipe.defaults.aggregate = aggregate;
    recipe.uncertainty = Default::default();
    recipe.uncertainty.weights = 0.25;
    let group = |g: usize| Node {
        id: format!("group{g}"),
        parts: (0..8).map(|i| format!("indicator{}", 8 * g + i)).collect(),
        ..Node::default()
    };
    let indicator = |i: usize| Node {
        id: format!("indicator{i}"),
        error: Some(InputError::Absolute(0.2)),
        ..Node::default()
    };
    let index = Node {
        id: "index".into(),
        parts: (0..5).map(|g| format!("group{g}")).collect(),
        ..Node::default()
    };
    recipe.nodes = std::iter::once(index)
        .chain((0..5).map(group))
        .chain((0..40).map(indicator))
        .collect();
    let units = (0..50_000).map(|i| unit(&format!("C{i}"), "")).collect();
    let mut data = Data::new(units, vec![None], inputs(&recipe));
    for input in 0..40 {
        for (unit, value) in made(input, 50_000).into_iter().enumerate() {
            // Between −2 and 4 or so, some of them beyond.
            data.set(0, input, unit, 1.0 + value);
        }
    }
    (recipe, data)
}

fn unit(code: &str, group: &str) -> Unit {
    Unit {
        code: code.to_string(),
        name: String::new(),
        groups: [("EurAsia_group".to_string(), group.to_string())].into(),
    }
}

fn inputs(recipe: &Recipe) -> Vec<String> {
    recipe.inputs().into_iter().map(|input| input.key).collect()
}
