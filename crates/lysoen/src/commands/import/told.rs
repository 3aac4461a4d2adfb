//! What became of a file, in words.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use lysoen_sources::finding::{Finding, Findings, Severity};
use lysoen_sources::import::{Imported, Outcome as Became};
use lysoen_sources::reader::{ReadError, VintageBasis};

use crate::console::{Paint, fold};
use crate::output::grouped;

/// Kinds of findings shown; `--findings` writes them all.
const SHOWN: usize = 20;
/// Rows named for each kind.
const ROWS_NAMED: usize = 3;
/// Places named in a scope.
const PLACES_NAMED: usize = 8;

/// One file: what it is, when its source said so, for what it is complete, and an account of its rows.
pub(super) fn file(one: &Imported, paint: Paint, width: usize) -> String {
    let mut text = format!("{}\n", paint.heading(&one.file));
    let mut line = |name: &str, said: String| {
        let line = fold(&format!("{name:<11}{said}"), width.saturating_sub(2), 11);
        // Folding takes spaces together; the name's column is put back.
        let said = line.strip_prefix(name).unwrap_or(&line).trim_start();
        let said = said.replace('\n', "\n  ");
        writeln!(text, "  {}{said}", paint.dim(&format!("{name:<11}"))).ok();
    };
    line("is", format!("{}, layout {}", one.dataset, one.layout));
    let label = one
        .vintage
        .label
        .as_ref()
        .map(|label| format!(" ({label})"))
        .unwrap_or_default();
    line(
        "vintage",
        format!("{}{label}, {}", one.vintage.date, basis_in_words(one.vintage.basis)),
    );
    if one.outcome == Became::AlreadyThere {
        line(
            "already",
            "this very file is in the observatory; nothing was changed".to_string(),
        );
        return text + "\n";
    }
    line("complete", scope(one));
    let findings = &one.findings;
    line("rows", account(findings));
    if number_of_findings(findings) > 0 {
        line("findings", counts(findings));
        text.push_str(&grouped_findings(findings.list(), width));
    }
    let end = match one.outcome {
        Became::Refused => paint.caution("Refused: nothing of it was imported."),
        _ => paint.bold("Imported."),
    };
    writeln!(text, "  {end}\n").ok();
    text
}

/// A file that could not be read, in a sentence that names it once.
pub(super) fn error(path: &Path, error: &ReadError) -> String {
    let (said, name) = (error.to_string(), path.display().to_string());
    let named = said.contains(&name) || path.file_name().is_some_and(|n| said.contains(&*n.to_string_lossy()));
    if named { said } else { format!("{name}: {said}") }
}

/// How many findings there were.
pub(super) fn number_of_findings(findings: &Findings) -> u64 {
    let every = [Severity::Rejected, Severity::Warning, Severity::Note];
    every.iter().map(|severity| findings.count(*severity)).sum()
}

pub(super) fn became(became: Became) -> &'static str {
    match became {
        Became::Committed => "imported",
        Became::AlreadyThere => "already there",
        Became::Refused => "refused",
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Rejected => "rejected",
    }
}

pub(super) fn basis(basis: VintageBasis) -> &'static str {
    match basis {
        VintageBasis::File => "file",
        VintageBasis::Inferred => "inferred",
        VintageBasis::Given => "given",
        VintageBasis::Imported => "imported",
    }
}

fn basis_in_words(basis: VintageBasis) -> &'static str {
    match basis {
        VintageBasis::File => "as the file says",
        VintageBasis::Inferred => "concluded from what the file holds",
        VintageBasis::Given => "as you said",
        VintageBasis::Imported => "the day of the import, for the file does not tell; --vintage sets it",
    }
}

fn scope(one: &Imported) -> String {
    let coverage = &one.coverage;
    if coverage.partial {
        return "for nothing: it adds to what is known and amends it, row by row".to_string();
    }
    let places = match &coverage.places {
        None => "every place".to_string(),
        Some(places) if places.len() > PLACES_NAMED => {
            let more = places.len() - PLACES_NAMED;
            format!("{} and {more} more places", places[..PLACES_NAMED].join(", "))
        }
        Some(places) => places.join(", "),
    };
    let days = match (coverage.from, coverage.to) {
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        (Some(from), None) => format!(", from {from} on"),
        (None, Some(to)) => format!(", up to {to}"),
        (None, None) => String::new(),
    };
    format!("for {places}{days}")
}

fn account(findings: &Findings) -> String {
    let n = |count: u64| grouped(count as f64);
    format!(
        "{} read = {} kept + {} rejected + {} skipped",
        n(findings.rows_read),
        n(findings.rows_kept),
        n(findings.rows_rejected),
        n(findings.rows_skipped)
    )
}

fn counts(findings: &Findings) -> String {
    let said = [
        (Severity::Rejected, "about rejected rows"),
        (Severity::Warning, "about rows that were kept"),
        (Severity::Note, "worth knowing"),
    ];
    let counted = said.iter().filter(|(severity, _)| findings.count(*severity) > 0);
    let parts = counted.map(|(severity, words)| format!("{} {words}", grouped(findings.count(*severity) as f64)));
    parts.collect::<Vec<_>>().join(", ")
}

/// How much it matters, the column, and what was expected there; the gravest first.
type FindingKind<'a> = (std::cmp::Reverse<Severity>, Option<&'a str>, &'a str);

/// Findings of one kind together: the same column, the same expectation.
fn grouped_findings(list: &[Finding], width: usize) -> String {
    let mut kinds: BTreeMap<FindingKind<'_>, Vec<&Finding>> = BTreeMap::new();
    for finding in list {
        let key = (
            std::cmp::Reverse(finding.severity),
            finding.column.as_deref(),
            finding.expected.as_str(),
        );
        kinds.entry(key).or_default().push(finding);
    }
    let mut text = String::new();
    for findings in kinds.values().take(SHOWN) {
        let line = kind_in_words(findings);
        writeln!(
            text,
            "    • {}",
            fold(&line, width.saturating_sub(6), 0).replace('\n', "\n      ")
        )
        .ok();
    }
    if kinds.len() > SHOWN {
        let more = kinds.len() - SHOWN;
        writeln!(
            text,
            "    … and {more} more kinds of findings; --findings FILE.csv writes them all"
        )
        .ok();
    }
    text
}

fn kind_in_words(findings: &[&Finding]) -> String {
    let Some(first) = findings.first() else {
        return String::new();
    };
    let rows: Vec<u64> = findings.iter().filter_map(|f| f.row).collect();
    let named: Vec<String> = rows.iter().take(ROWS_NAMED).map(u64::to_string).collect();
    let mut at = match rows.len() {
        0 => String::new(),
        1 => format!("row {}", named[0]),
        n if n <= ROWS_NAMED => format!("rows {}", named.join(", ")),
        n => format!(
            "rows {} and {} more",
            named.join(", "),
            grouped((n - ROWS_NAMED) as f64)
        ),
    };
    if let Some(column) = &first.column {
        at = if at.is_empty() {
            format!("column {column}")
        } else {
            format!("{at}, column {column}")
        };
    }
    let lead = if at.is_empty() {
        String::new()
    } else {
        format!("{at}: ")
    };
    let mut found: Vec<&str> = findings.iter().map(|f| f.found.as_str()).collect();
    found.dedup();
    let others = if found.len() > 1 { " (and others)" } else { "" };
    format!(
        "{lead}found {}{others}, expected {} [{}]",
        first.found,
        first.expected,
        severity(first.severity)
    )
}
