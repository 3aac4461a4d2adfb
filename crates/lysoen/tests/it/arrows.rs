//! The arrows between the crates, as `cargo metadata` sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Which crate may depend on which; the words, the facts, and then in the order of the method.
const ALLOWED: &[(&str, &[&str])] = &[
    ("lexicon", &[]),
    ("facts", &["lexicon"]),
    ("sources", &["lexicon", "facts"]),
    ("indices", &["lexicon"]),
    ("measures", &["lexicon", "facts", "indices"]),
    ("forecasts", &["lexicon"]),
    ("maps", &["lexicon"]),
    ("impact", &["lexicon"]),
    ("ladder", &["lexicon"]),
    ("agenda", &["lexicon"]),
    (
        "answers",
        &[
            "lexicon",
            "facts",
            "sources",
            "indices",
            "measures",
            "forecasts",
            "maps",
            "impact",
            "ladder",
            "agenda",
        ],
    ),
    (
        "lysoen",
        &[
            "lexicon",
            "facts",
            "sources",
            "indices",
            "measures",
            "forecasts",
            "maps",
            "impact",
            "ladder",
            "agenda",
            "answers",
        ],
    ),
    ("cluster", &["facts", "measures"]),
];

/// The crates that may name the query engine; the others pass SQL and receive Arrow batches.
const ENGINE: &[&str] = &["facts", "cluster"];

fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_string());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let name = |value: &serde_json::Value| value["name"].as_str().expect("a name").to_string();
    let of = |package: &serde_json::Value| {
        let list = package["dependencies"].as_array().expect("dependencies");
        list.iter().map(name).collect()
    };
    packages
        .iter()
        .map(|package| (room(&name(package)), of(package)))
        .collect()
}

fn room(package: &str) -> String {
    package.strip_prefix("lysoen-").unwrap_or(package).to_string()
}

/// What is wrong with the arrows.
fn wrong(crates: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (from, list) in crates {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| name == from) else {
            wrong.push(format!("{from} has no row in the table of arrows"));
            continue;
        };
        let rooms = list.iter().map(|to| room(to)).filter(|to| crates.contains_key(to));
        let bad = rooms.filter(|to| !allowed.contains(&to.as_str()));
        wrong.extend(bad.map(|to| format!("{from} → {to}")));
        if !ENGINE.contains(&from.as_str()) && list.iter().any(|name| name.starts_with("datafusion")) {
            wrong.push(format!("{from} → datafusion"));
        }
    }
    wrong
}

#[test]
fn no_crate_depends_on_one_that_comes_later_and_only_facts_knows_the_query_engine() {
    let crates = dependencies();
    assert!(crates.len() >= 6, "{:?}", crates.keys());
    assert!(crates["facts"].contains("datafusion"), "facts has the query engine");
    assert_eq!(wrong(&crates), Vec::<String>::new());
}

#[test]
fn an_arrow_that_runs_back_is_told() {
    let crates = BTreeMap::from([
        ("lexicon".to_string(), BTreeSet::from(["lysoen-facts".to_string()])),
        ("facts".to_string(), BTreeSet::from(["datafusion".to_string()])),
        (
            "measures".to_string(),
            BTreeSet::from(["datafusion-common".to_string()]),
        ),
        ("utils".to_string(), BTreeSet::new()),
    ]);
    assert_eq!(
        wrong(&crates),
        [
            "lexicon → facts",
            "measures → datafusion",
            "utils has no row in the table of arrows"
        ]
    );
}
