//! The file of roles.

use lysoen_ladder::log::{RecordKind, Roles, RolesFile};
use lysoen_lexicon::mistake::BrokenFile;

use super::{ROLES, roles};

const SCHEMA: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../catalog/schemas/ladder-roles.schema.json"
);

#[test]
fn the_committed_schema_of_roles_is_current() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(RolesFile)).expect("a schema is JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(SCHEMA, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(SCHEMA).unwrap_or_default();
    assert!(
        committed == schema,
        "catalog/schemas/ladder-roles.schema.json is out of date: run this test with UPDATE_SCHEMAS=1"
    );
}

fn mistaken(text: &str) -> BrokenFile {
    Roles::parse("catalog/ladder/roles.toml", text).expect_err("this must be refused")
}

/// The roles of the tests with one part written otherwise.
fn with(part: &str, otherwise: &str) -> BrokenFile {
    assert!(ROLES.contains(part), "{part}");
    mistaken(&ROLES.replacen(part, otherwise, 1))
}

#[test]
fn an_observatory_without_roles_has_a_file_that_is_empty() {
    assert!(Roles::parse("roles.toml", "").unwrap().list().is_empty());
}

#[test]
fn a_mistake_says_the_file_the_line_what_is_wrong_and_what_to_do() {
    let error = with("id = \"council\"", "id = \"Council of Elders\"");
    let told = error.to_string();
    assert!(
        told.starts_with("catalog/ladder/roles.toml: line 9: `Council of Elders` is not the id of a role"),
        "{told}"
    );
    assert_eq!(
        &error.text[error.mistakes[0].span.clone().unwrap()],
        "\"Council of Elders\""
    );
    assert!(
        error.mistakes[0]
            .advice
            .as_deref()
            .unwrap()
            .contains("early-warning-desk")
    );
}

#[test]
fn every_mistake_in_a_file_of_roles_is_found() {
    for (part, otherwise, expected) in [
        ("id = \"council\"", "id = \"desk\"", "there are two roles `desk`"),
        ("id = \"council\"", "id = \"\"", "`` is not the id of a role"),
        (
            "title = \"Head of operations\"",
            "title = \" \"",
            "the title of the role `relief` is no line of text",
        ),
        (
            "organisation = \"Ministry\"",
            "organisation = \"a\\nb\"",
            "the organisation of the role `council`",
        ),
        ("may = [\"act\"]", "may = []", "the role `relief` may do nothing"),
        (
            "tiers = [\"soft\", \"medium\"]\npublish = true",
            "",
            "the role `council` may decide, and on nothing",
        ),
        (
            "may = [\"act\"]",
            "may = [\"act\"]\ntiers = [\"soft\"]",
            "the role `relief` has `tiers` and may not decide",
        ),
        (
            "may = [\"act\"]",
            "may = [\"act\"]\npublish = true",
            "the role `relief` has `publish` and may not decide",
        ),
        (
            "\"warn\", \"propose\"]",
            "\"warn\"]\nstanding_protocol = \"P\"",
            "the role `desk` has a standing protocol",
        ),
        (
            "places = [\"CAF\"]",
            "places = [\"CF11\"]",
            "the role `field` is for `CF11`, which is no country",
        ),
        ("places = [\"CAF\"]", "places = [\"Africa\"]", "`Africa` is not a place"),
        ("may = [\"act\"]", "may = [\"acts\"]", "unknown variant `acts`"),
        ("publish = true", "publishes = true", "unknown field `publishes`"),
        ("organisation = \"Ministry\"\n", "", "missing field `organisation`"),
    ] {
        let told = with(part, otherwise).to_string();
        assert!(told.contains(expected), "{otherwise}: {told}");
        assert!(told.contains("line "), "{otherwise}: {told}");
    }
    let error = mistaken("[[role]]\nid = \"A\"\ntitle = \"\"\norganisation = \"\"\nmay = []\n");
    assert_eq!(error.mistakes.len(), 4, "{error}");
}

#[test]
fn a_role_for_a_country_is_for_what_lies_in_it_and_a_role_without_places_for_all() {
    let roles = roles();
    let field = roles.get("field").unwrap();
    for (place, covered) in [
        ("CAF", true),
        ("CF11", true),
        ("TCD", false),
        ("TD01", false),
        ("CAF+TCD", false),
        ("WLD", false),
        ("pg:182652", false),
        ("pc:3501000", false),
    ] {
        let place = place.parse().unwrap();
        assert_eq!(field.covers(&place), covered, "{place}");
        assert!(roles.get("desk").unwrap().covers(&place));
    }
    assert!(field.may(RecordKind::Act) && !field.may(RecordKind::Decide));
}
