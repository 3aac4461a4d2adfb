//! The tables are documented, and the document is the schema.

use lysoen_facts::Table;

/// `docs/tables.md` as it must be.
fn document() -> String {
    let mut text = String::from(
        "# The tables of the lake\n\nMade from the schemas in `crates/facts/src/tables/columns.rs`; `UPDATE_DOCS=1 cargo test --release --workspace` writes it anew.\n",
    );
    for table in Table::ALL {
        text += &format!(
            "\n## `{table}`\n\nKey within a data set: {}.\n\n| column | type | may be missing | meaning |\n|---|---|---|---|\n",
            table.key().join(", ")
        );
        for field in table.schema().fields() {
            let missing = if field.is_nullable() { "yes" } else { "" };
            text += &format!(
                "| `{}` | {} | {missing} | {} |\n",
                field.name(),
                field.data_type(),
                field.metadata()["doc"]
            );
        }
    }
    text
}

#[test]
fn the_document_of_the_tables_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tables.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, document()).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        document(),
        "run with UPDATE_DOCS=1"
    );
}

#[test]
fn keys_and_scope_columns_exist() {
    for table in Table::ALL {
        let schema = table.schema();
        for column in table
            .key()
            .iter()
            .chain([&table.scope_place()])
            .chain(table.scope_date().iter())
        {
            assert!(schema.field_with_name(column).is_ok(), "{table}.{column}");
        }
    }
}
