//! The arguments: help with examples, completions, manual pages, exit codes.

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use lysoen::cli::Cli;
use lysoen::console::Console;

use crate::run;

fn console() -> Console {
    Console::captured("2025-07-01T12:00:00Z".parse().expect("a time")).0
}

#[test]
fn every_command_explains_itself_with_examples_that_can_be_parsed() {
    let mut command = Cli::command();
    command.build();
    let mut examples = 0;
    for sub in command.get_subcommands_mut().filter(|sub| sub.get_name() != "help") {
        let name = sub.get_name().to_string();
        assert!(sub.get_about().is_some(), "{name} says what it does");
        let help = sub.render_long_help().to_string();
        assert!(help.contains("Examples:\n"), "{name} has examples");
        for line in help.lines().filter_map(|line| line.strip_prefix("  lysoen ")) {
            let args = split(line);
            examples += 1;
            if let Err(e) = Cli::try_parse_from(&args) {
                panic!("the example `lysoen {line}` of {name} is wrong: {e}");
            }
        }
    }
    assert!(examples > 20, "{examples} examples were tried");
}

/// An example's words, up to a pipe or the explanation that follows after two spaces.
fn split(line: &str) -> Vec<String> {
    let line = line.split("  ").next().unwrap_or(line);
    let mut words = vec!["lysoen".to_string()];
    let mut quoted = line.split('"');
    while let Some(plain) = quoted.next() {
        for word in plain.split_whitespace() {
            if word == "|" || word == ">" {
                return words;
            }
            words.push(word.to_string());
        }
        words.extend(quoted.next().map(str::to_string));
    }
    words
}

#[test]
fn the_help_documents_the_exit_codes_and_the_observatory() {
    let help = Cli::command().render_long_help().to_string();
    for said in [
        "Exit codes:",
        "  0  done",
        "  1  an error",
        "  2  wrong usage",
        "  3  findings under --strict",
        "  4  nothing matched",
        "LYSOEN_OBSERVATORY",
        "NO_COLOR",
    ] {
        assert!(help.contains(said), "{said} is missing in:\n{help}");
    }
}

#[test]
fn the_arguments_are_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn wrong_usage_exits_with_2() {
    for args in [
        vec!["lysoen", "asess"],
        vec!["lysoen", "changes"],
        vec!["lysoen", "assess", "--period", "2024-13"],
        vec!["lysoen", "assess", "--as-of", "yesterday"],
        vec!["lysoen", "query", "SELECT 1", "--reconstruct"],
        vec!["lysoen", "import", "x.csv", "--partial", "--complete-for", "UKR"],
    ] {
        let error = lysoen::run_from(args.clone(), &mut console()).expect_err("wrong usage");
        assert_eq!(error.exit_code(), 2, "{args:?}");
    }
}

#[test]
fn asking_for_help_is_no_error() {
    let error = lysoen::run_from(["lysoen", "--help"], &mut console()).expect_err("help is printed by clap");
    assert_eq!(error.kind(), ErrorKind::DisplayHelp);
    assert_eq!(error.exit_code(), 0);
}

#[test]
fn completions_are_made_for_every_shell() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = run(folder.path(), &["completions", shell]);
        assert_eq!(ran.code(), 0, "{shell}");
        let script = ran.wrote.out();
        assert!(
            script.contains("lysoen") && script.contains("assess"),
            "{shell}: {script}"
        );
    }
}

#[test]
fn a_manual_page_is_written_for_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("man1");
    let ran = run(folder.path(), &["man", "--to", &to.display().to_string()]);
    assert_eq!(ran.code(), 0);
    let mut command = Cli::command();
    command.build();
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let page = std::fs::read_to_string(to.join(format!("lysoen-{}.1", sub.get_name()))).expect("a page");
        assert!(page.contains(".SH NAME"), "{page}");
    }
    assert!(run(folder.path(), &["man"]).wrote.out().contains(".TH lysoen 1"));
}
