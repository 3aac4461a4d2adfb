//! The manual of recipes (docs/methods/recipes.md): its example gives what it says, and it names every key.

use std::collections::BTreeSet;

use lysoen_indices::data::{Data, Unit};
use lysoen_indices::recipe::Recipe;

use crate::tables::build;

const MANUAL: &str = include_str!("../../../../docs/methods/recipes.md");

/// The blocks of code of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let opens = format!("```{language}\n");
    MANUAL
        .split(opens.as_str())
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn the_example_of_the_manual_gives_what_it_says() {
    let recipe = Recipe::parse(blocks("toml")[0]).unwrap();
    let rows: Vec<Vec<&str>> = blocks("csv")[0].lines().map(|l| l.split(',').collect()).collect();
    let unit = |row: &Vec<&str>| Unit {
        code: row[0].to_string(),
        ..Unit::default()
    };
    let inputs = recipe.inputs();
    let keys = inputs.iter().map(|i| i.key.clone()).collect();
    let mut data = Data::new(rows[1..].iter().map(unit).collect(), vec![None], keys);
    for (i, input) in inputs.iter().enumerate() {
        let column = input.node.column.as_deref().unwrap();
        let at = rows[0].iter().position(|name| *name == column).unwrap();
        for (unit, row) in rows[1..].iter().enumerate() {
            data.set(0, i, unit, row[at].parse().unwrap_or(f64::NAN));
        }
    }
    let outcome = build(&recipe, &data, 0);
    let mut told = String::from("place,value,rank,class\n");
    for (at, unit) in data.units().iter().enumerate() {
        let value = outcome.index().values[at];
        let text = if value.is_nan() {
            String::new()
        } else {
            value.to_string()
        };
        let rank = outcome.index().ranks[at].map_or(String::new(), |r| r.to_string());
        let class = outcome.classes[at].clone().unwrap_or_default();
        told.push_str(&format!("{},{text},{rank},{class}\n", unit.code));
    }
    assert_eq!(told, blocks("csv")[1]);
}

/// Every name that the schema allows: keys, and the words that name a step.
fn names(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(object) => {
            if let Some(keys) = object.get("properties").and_then(|p| p.as_object()) {
                found.extend(keys.keys().cloned());
            }
            for word in ["const", "enum"] {
                let words = object.get(word).into_iter();
                let words = words.flat_map(|w| w.as_array().cloned().unwrap_or_else(|| vec![w.clone()]));
                found.extend(words.filter_map(|w| w.as_str().map(str::to_string)));
            }
            object.values().for_each(|inner| names(inner, found));
        }
        serde_json::Value::Array(array) => array.iter().for_each(|inner| names(inner, found)),
        _ => {}
    }
}

#[test]
fn the_manual_names_every_key_and_every_step() {
    let schema = serde_json::to_value(schemars::schema_for!(Recipe)).unwrap();
    let mut found = BTreeSet::new();
    names(&schema, &mut found);
    assert!(found.len() > 80, "{found:?}");
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let told: BTreeSet<&str> = MANUAL.split(|c| !word(c)).collect();
    let untold: Vec<&String> = found.iter().filter(|name| !told.contains(name.as_str())).collect();
    assert!(untold.is_empty(), "docs/methods/recipes.md does not tell of {untold:?}");
}
