//! The catalog of sources, and how files are recognised by it.

use lysoen_sources::card::Card;
use lysoen_sources::catalog::{Catalog, read_card};
use lysoen_sources::recognise::recognise;

use crate::input::{file, folder, open};

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/schemas/source.schema.json");

pub(crate) const CARD: &str = r#"
id = "example"
title = "Example"
publisher = "Nobody"
licence = "CC0-1.0"
redistribute = true
citation = "Nobody (2024)"
homepage = "https://example.org"
cadence = "never"
publication_lag_days = 30
"#;

fn layout(name: &str, recognise: &str) -> String {
    format!("\n[[layout]]\nname = \"{name}\"\nreader = \"any\"\nscope = \"world\"\nrecognise = {{ {recognise} }}\n")
}

fn catalog(layouts: &[(&str, &str)]) -> Catalog {
    let layouts: String = layouts
        .iter()
        .map(|(name, recognise)| layout(name, recognise))
        .collect();
    Catalog::of([read_card("example.toml", &format!("{CARD}{layouts}")).expect("a card")])
}

/// The name of the layout that is recognised, or what is said instead.
fn recognised(catalog: &Catalog, text: &str, as_: Option<&str>) -> Result<String, String> {
    let folder = folder();
    let input = open(&file(&folder, "report_2024.csv", text));
    recognise(&input, catalog, as_)
        .map(|found| found.layout.name.clone())
        .map_err(|e| e.to_string())
}

#[test]
fn the_committed_schema_of_cards_is_current() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Card)).expect("a schema is JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(SCHEMA, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(SCHEMA).unwrap_or_default();
    assert!(
        committed == schema,
        "catalog/schemas/source.schema.json is out of date: run this test with UPDATE_SCHEMAS=1"
    );
}

#[test]
fn the_built_in_cards_make_sense() {
    let problems: Vec<String> = Catalog::builtin().check().iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_mistaken_key_is_told_with_its_place_and_the_nearest_known_one() {
    let text = CARD.replace("licence =", "lisence =");
    let error = read_card("example.toml", &text).expect_err("a mistake");
    assert_eq!(error.nearest.as_deref(), Some("licence"));
    assert_eq!(&text[error.span.clone().expect("a place")], "lisence");
    assert!(error.to_string().ends_with("did you mean `licence`?"), "{error}");
}

#[test]
fn a_card_is_named_like_its_file() {
    let error = read_card("other.toml", CARD).expect_err("a mistake");
    assert_eq!(&error.text[error.span.clone().expect("a place")], "example");
}

#[test]
fn an_observatory_s_own_cards_add_to_the_built_in_ones_and_replace_them() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("sources")).expect("a folder");
    file(&folder, "sources/example.toml", CARD);
    let catalog = Catalog::with_overrides(Some(folder.path())).expect("a catalog");
    assert_eq!(
        catalog.cards().count(),
        Catalog::builtin().cards().filter(|card| card.id != "example").count() + 1
    );
    file(&folder, "sources/example.toml", CARD.replace("Nobody\"", "Somebody\""));
    let catalog = Catalog::with_overrides(Some(folder.path())).expect("a catalog");
    assert_eq!(
        catalog.card("example").map(|card| card.publisher.as_str()),
        Some("Somebody")
    );
    file(&folder, "sources/broken.toml", "id = ");
    assert!(
        Catalog::with_overrides(Some(folder.path()))
            .expect_err("broken")
            .file
            .ends_with("broken.toml")
    );
}

#[test]
fn senseless_cards_are_told() {
    let text = format!(
        "{CARD}{}{}",
        layout("a", "columns = [\"x\"], without = [\"x\"]"),
        layout("a", "exactly = true")
    );
    let catalog = Catalog::of([read_card("example.toml", &text.replace("https://", "")).expect("a card")]);
    let problems: Vec<String> = catalog.check().iter().map(ToString::to_string).collect();
    for part in [
        "which is no web address",
        "column x must be both",
        "two layouts have this name",
        "would take any file",
        "no reader `any`",
    ] {
        assert!(
            problems.iter().any(|problem| problem.contains(part)),
            "{part}: {problems:?}"
        );
    }
}

#[test]
fn the_layout_that_asks_for_most_columns_wins() {
    let catalog = catalog(&[
        ("few", "columns = [\"iso3\"]"),
        ("many", "columns = [\" ISO3\", \"year\"]"),
        ("more", "columns = [\"iso3\", \"year\", \"sex\"]"),
    ]);
    assert_eq!(
        recognised(&catalog, "Year,iso3,deaths\n1,2,3\n", None).as_deref(),
        Ok("many")
    );
}

#[test]
fn columns_that_must_be_absent_tags_text_and_names_tell_layouts_apart() {
    let catalog = catalog(&[
        ("absent", "columns = [\"a\"], without = [\"b\"]"),
        ("exact", "columns = [\"a\", \"b\"], exactly = true"),
        ("tagged", "columns = [\"a\"], hxl = [\"#affected +idps+ind\"]"),
        ("says", "columns = [\"a\"], contains = [\"UNHCR\"]"),
        ("named", "columns = [\"a\", \"b\", \"c\"], file_name = \"REPORT_*.csv\""),
        ("other_name", "columns = [\"a\", \"b\", \"c\"], file_name = \"x*\""),
    ]);
    assert_eq!(recognised(&catalog, "a,c\n1,2\n", None).as_deref(), Ok("absent"));
    assert_eq!(recognised(&catalog, "a,b\n1,2\n", None).as_deref(), Ok("exact"));
    assert_eq!(
        recognised(&catalog, "a,b,d\n#country,#affected+ind+idps,\n1,2,3\n", None).as_deref(),
        Ok("tagged")
    );
    assert_eq!(recognised(&catalog, "a,b,d\n1,UNHCR,3\n", None).as_deref(), Ok("says"));
    assert_eq!(recognised(&catalog, "a,b,c\n1,2,3\n", None).as_deref(), Ok("named"));
}

#[test]
fn a_tie_names_both_layouts_and_how_to_choose() {
    let catalog = catalog(&[("one", "columns = [\"a\", \"b\"]"), ("two", "columns = [\"a\", \"c\"]")]);
    let error = recognised(&catalog, "a,b,c\n1,2,3\n", None).expect_err("a tie");
    assert!(
        error.contains("it fits both example/one and example/two. Say which it is, such as --as example/one"),
        "{error}"
    );
    assert_eq!(
        recognised(&catalog, "a,b,c\n1,2,3\n", Some("example/two")).as_deref(),
        Ok("two")
    );
}

#[test]
fn what_the_user_says_is_believed_and_misspellings_are_told() {
    let catalog = catalog(&[("one", "columns = [\"a\", \"b\"]"), ("two", "columns = [\"c\"]")]);
    assert_eq!(
        recognised(&catalog, "x,y\n1,2\n", Some("example/one")).as_deref(),
        Ok("one")
    );
    assert_eq!(
        recognised(&catalog, "a,b\n1,2\n", Some("example")).as_deref(),
        Ok("one")
    );
    assert!(
        recognised(&catalog, "x,y\n1,2\n", Some("exampel"))
            .expect_err("no such")
            .contains("Did you mean --as example?")
    );
    assert!(
        recognised(&catalog, "x,y\n1,2\n", Some("example/won"))
            .expect_err("no such")
            .contains("Did you mean --as example/one?")
    );
}

#[test]
fn an_unknown_table_is_described_with_the_nearest_layout() {
    let catalog = catalog(&[
        ("one", "columns = [\"iso3\", \"year\", \"deaths\"]"),
        ("far", "columns = [\"p\", \"q\"]"),
    ]);
    let error = recognised(&catalog, "iso3,year,killed\nSDN,2024,1\n", None).expect_err("unknown");
    let expected = "was not recognised: it is a CSV table with columns iso3, year, killed; nearest is layout one of example: missing column deaths. \
                    Say what it is with --as SOURCE (`lysoen sources` lists them), or describe it with --mapping mapping.toml";
    assert!(error.ends_with(expected), "{error}");
}

#[test]
fn the_sheet_is_found_by_the_beginning_of_its_name() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (sheet, column) in [("Readme", "iso3"), ("Data 2024", "iso3"), ("Notes", "note")] {
        let sheet = workbook.add_worksheet().set_name(sheet).expect("a name");
        for (row, text) in [column, "SDN"].iter().enumerate() {
            sheet.write(row as u32, 0, *text).expect("in range");
            sheet
                .write(row as u32, 1, if row == 0 { "deaths" } else { "x" })
                .expect("in range");
        }
    }
    let folder = folder();
    let path = folder.path().join("a.xlsx");
    workbook.save(&path).expect("saved");
    let input = open(&path);
    let catalog = catalog(&[
        ("any", "columns = [\"deaths\"]"),
        ("data", "columns = [\"iso3\"], sheet = \"data\""),
    ]);
    let found = recognise(&input, &catalog, None).expect("recognised");
    assert_eq!(
        (found.layout.name.as_str(), found.sheet.as_deref()),
        ("data", Some("Data 2024"))
    );
    assert!(input.records(Some("data")).is_ok());
    assert!(input.records(Some("absent")).is_err());
}
