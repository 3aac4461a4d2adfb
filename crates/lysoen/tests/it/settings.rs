//! `observatory.toml`, right and wrong.

use lysoen::settings::{Language, NEW, Settings};
use miette::{GraphicalReportHandler, GraphicalTheme};

/// The report as a person sees it, without colour.
fn shown(text: &str) -> String {
    let mistake = Settings::parse("observatory.toml", text).expect_err("a mistake");
    let mut report = String::new();
    GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(80)
        .render_report(&mut report, &mistake)
        .expect("a report");
    report
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one_and_a_caret() {
    let report = shown("name = \"Desk\"\ndefault_place = [\"UKR\"]\n");
    assert!(report.contains("unknown field `default_place`"), "{report}");
    assert!(report.contains("did you mean `default_places`?"), "{report}");
    assert!(report.contains("observatory.toml:2:1"), "{report}");
    assert!(report.contains("─────────────"), "{report}");
}

#[test]
fn a_key_that_is_like_no_other_is_told_with_all_that_are_known() {
    let report = shown("zzzzzz = 1\n");
    assert!(
        report.contains("known here: name, default_places, language"),
        "{report}"
    );
}

#[test]
fn a_value_of_the_wrong_type_is_shown_where_it_stands() {
    let report = shown("name = \"Desk\"\ndefault_places = \"UKR\"\n");
    assert!(report.contains("observatory.toml:2:18"), "{report}");
    assert!(report.contains("sequence"), "{report}");
}

#[test]
fn a_language_in_which_nothing_is_written_is_refused() {
    let report = shown("language = \"no\"\n");
    assert!(report.contains("unknown variant `no`"), "{report}");
}

#[test]
fn the_file_of_a_new_observatory_says_what_the_defaults_are() {
    assert_eq!(
        Settings::parse("observatory.toml", NEW).expect("settings"),
        Settings::default()
    );
    // And with every line put in force it can be read.
    let lines = NEW.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.contains(" = ") => rest.to_string(),
        _ => line.to_string(),
    });
    let in_force = lines.collect::<Vec<_>>().join("\n");
    let settings = Settings::parse("observatory.toml", &in_force).expect("settings");
    assert_eq!(settings.name.as_deref(), Some("Human security desk"));
    assert_eq!(settings.default_places, ["UKR", "SDN"]);
    assert_eq!(settings.language, Language::English);
}
