//! The JSON Schemas of the catalog's files are the types that read them.

use lysoen_impact::Rules;
use lysoen_impact::policy::{Class, KindsFile, PoliciesFile};

fn current(name: &str, schema: schemars::Schema) {
    let path = format!("{}/../../catalog/schemas/{name}", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == schema,
        "catalog/schemas/{name} is out of date: run this test with UPDATE_SCHEMAS=1"
    );
}

#[test]
fn the_committed_schemas_are_current() {
    current("impact-policies.schema.json", schemars::schema_for!(PoliciesFile));
    current("impact-kinds.schema.json", schemars::schema_for!(KindsFile));
    current("impact-class.schema.json", schemars::schema_for!(Class));
    current("impact-rules.schema.json", schemars::schema_for!(Rules));
}
