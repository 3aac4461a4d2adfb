//! The report of an answer or of a class: a folder with a page, its charts, and the figures. The page needs nothing from
//! elsewhere, runs nothing, and holds everything by which an expert could disagree.

mod case;
mod class;

use std::path::Path;

use lysoen_answers::impact::{ClassTold, ImpactAnswer, class_sheet, sheet};
use lysoen_impact::{Rules, Verdict};

use super::words::is_finding;
use crate::console::Console;
use crate::output::OutputError;
use crate::output::folder::{self, Chart, Report};
use crate::output::html::{begin, end, escape, heading, heads, list, paragraph, sources, table};
use crate::output::number::decimal;

/// The page's name.
pub const PAGE: &str = "impact.html";
/// The name of the file of figures.
const FIGURES: &str = "impact.csv";

/// What the page needs beside what all reports have. Tables of sentences fold, and long ones go on over the page.
const STYLE: &str = "\
td,th{white-space:normal;vertical-align:top}
td{max-width:34rem}
.text td{text-align:left}
.verdict{border:2px solid #1b1f27;padding:.6rem 1rem;margin:1rem 0;break-inside:avoid}
.verdict p{margin:.3rem 0}
.word{font-size:1.25rem;font-weight:700}
@page{size:A4;margin:18mm 15mm}
@media print{table{break-inside:auto}tr{break-inside:avoid}thead{display:table-header-group}h2{margin-top:1.4rem}}
";

/// Refuses a folder that holds anything but an earlier report.
pub fn check(folder: &Path) -> Result<(), OutputError> {
    folder::check(folder, PAGE)
}

/// Writes the report of an answer. The folder gets its name only once all of it is there, and an earlier report goes only
/// then.
pub fn write(answer: &ImpactAnswer, rules: &Rules, folder: &Path, console: &mut Console) -> Result<(), OutputError> {
    let charts = case::charts(answer);
    put(
        case::page(answer, rules, &charts),
        charts,
        &sheet(answer),
        folder,
        console,
    )
}

/// Writes the report of a class.
pub fn write_class(told: &ClassTold, rules: &Rules, folder: &Path, console: &mut Console) -> Result<(), OutputError> {
    let charts = class::charts(told);
    put(
        class::page(told, rules, &charts),
        charts,
        &class_sheet(told),
        folder,
        console,
    )
}

fn put(
    html: String,
    charts: Vec<Chart>,
    figures: &lysoen_answers::Sheet,
    folder: &Path,
    console: &mut Console,
) -> Result<(), OutputError> {
    let report = Report {
        page: PAGE,
        html,
        charts,
        figures: (FIGURES, figures),
    };
    folder::write(&report, folder, console)
}

/// The verdict in a frame.
fn verdict(page: &mut String, verdict: &Verdict) {
    page.push_str("<div class=\"verdict\">\n");
    let word = verdict.word.title();
    let letters = word.char_indices().nth(1).map_or(word.len(), |(at, _)| at);
    let word = format!("{}{}", word[..letters].to_uppercase(), &word[letters..]);
    page.push_str(&format!("<p class=\"word\">{}</p>\n", escape(&word)));
    paragraph(page, &verdict.sentence);
    if !is_finding(verdict.word) && !verdict.reasons.is_empty() {
        paragraph(page, "Because:");
    }
    list(page, &verdict.reasons);
    if let Some(margin) = verdict.margin {
        let said = format!(
            "d, the largest effect that counts as none, stated beforehand: {} % of what would have been.",
            decimal(margin * 100.0, 1)
        );
        paragraph(page, &said);
    }
    page.push_str("</div>\n");
}

/// A table whose cells are sentences.
fn sentences(caption: &str, heads: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    format!("<div class=\"text\">\n{}</div>\n", table(caption, heads, rows))
}

/// The thresholds, which were fixed before any effect was looked at.
fn of_rules(page: &mut String, rules: &Rules) {
    heading(page, "rules", "The rules and their values");
    let share = |share: f64| format!("{} %", decimal(share * 100.0, 1));
    let rows = [
        (
            "The least number of donors; with fewer than 19 no placebo p can reach 0.05",
            rules.donors.to_string(),
        ),
        ("The least number of periods before", rules.periods_before.to_string()),
        (
            "The share of the periods before that is held out, the last of them",
            share(rules.hold_out),
        ),
        (
            "The share of placebos that the band of what can be detected holds",
            share(rules.band),
        ),
        (
            "The widest that this band may be, as a share of the counterfactual",
            share(rules.widest),
        ),
        (
            "The largest p at which a difference is a finding",
            decimal(rules.alpha, 3),
        ),
        ("The level of intervals", share(rules.level)),
        (
            "Months before that are dropped to see whether it was anticipated",
            rules.anticipation_months.to_string(),
        ),
        (
            "A peak: the last value before, against the donors, at or above this share of its own values before",
            share(rules.peak),
        ),
        (
            "The least number of episodes for a policy adopted because harm was high",
            rules.episodes.to_string(),
        ),
    ];
    let rows = rows.map(|(what, value)| vec![what.to_string(), value]);
    page.push_str(&table(
        "Fixed in the catalog before any effect was looked at",
        &heads(["rule", "value"]),
        rows,
    ));
}

/// What stands at the end of each report: sources with licences, and by what it was made.
fn foot(page: &mut String, cited: &[lysoen_answers::SourceNote]) {
    heading(page, "sources", "Sources and licences");
    sources(page, cited);
    let said = format!(
        "Made by Lysoen {}. All figures are in {FIGURES} beside this page. A large p is never \"no effect\".",
        env!("CARGO_PKG_VERSION")
    );
    end(page, &said);
}

/// What stands below every chart.
fn caption(sources: &[lysoen_answers::SourceNote]) -> String {
    let source = |source: &lysoen_answers::SourceNote| {
        let vintage = source.as_of.map(|day| format!(", {day}")).unwrap_or_default();
        format!("{} ({}){vintage}, {}", source.title, source.id, source.licence)
    };
    let sources: Vec<String> = sources.iter().map(source).collect();
    format!("Source: {}. Lysoen {}.", sources.join("; "), env!("CARGO_PKG_VERSION"))
}

/// The beginning of a page with the question.
fn opened(title: &str, question: &str) -> String {
    let mut page = begin(title, STYLE);
    paragraph(&mut page, question);
    page
}
