//! From a file to a committed release.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use lysoen_facts::manifest::{Counts, Input as InputOfRelease, Scope};
use lysoen_facts::tables::{FactRow, Origin};
use lysoen_facts::{Lake, ReleaseMeta, ReleaseWriter, StagedRelease, hex};
use lysoen_lexicon::country::Crosswalk;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::card::{Card, Layout};
use crate::catalog::{Catalog, CatalogError, read_mapping};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Sink, Vintage, VintageBasis};
use crate::readers;
use crate::recognise::{Recognised, recognise};

/// How a file is to be imported.
#[derive(Clone, Debug)]
pub struct ImportOptions<'a> {
    /// What the file is, as `card` or `card/layout`; else it is recognised by its content.
    pub as_: Option<&'a str>,
    /// A mapping given with the file: a card in TOML.
    pub mapping: Option<&'a Path>,
    /// The vintage, if the user gave it.
    pub vintage: Option<Vintage>,
    /// The day of the import, which is the vintage where nothing better is known.
    pub today: Date,
    /// The moment of the import, for the record.
    pub now: Timestamp,
    /// Whether the file is taken to be complete for nothing, whatever its layout says.
    pub partial: bool,
    /// The places for which the file is complete, if the user gave them.
    pub complete_for: Option<Vec<String>>,
    /// Whether a warning or a rejected row means that nothing is imported.
    pub strict: bool,
    /// What of the file is wanted; all of it where none is given.
    pub keep: Option<&'a Keep>,
}

/// What of a file is wanted: a smaller data set, such as the snapshot, takes less than a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// The indicators; every one where none is named.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// The first day; rows that end before it are left out.
    #[serde(default)]
    pub from: Option<Date>,
}

impl Keep {
    fn wants(&self, row: &FactRow<'_>) -> bool {
        let (indicator, end) = match row {
            FactRow::Observation(r) => (Some(r.indicator), Some(r.end)),
            FactRow::Flow(r) => (Some(r.indicator), Some(r.end)),
            FactRow::Event(r) => (None, Some(r.end)),
            FactRow::TreatyAction(_) | FactRow::Mandate(_) | FactRow::Commitment(_) | FactRow::Place(_) => (None, None),
        };
        let named = |i: &str| self.indicators.is_empty() || self.indicators.iter().any(|wanted| wanted == i);
        indicator.is_none_or(named) && self.from.is_none_or(|from| end.is_none_or(|end| end >= from.into()))
    }
}

/// What became of a file, or of a member of an archive.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The file as the user named it.
    pub file: String,
    /// The source's card.
    pub card: String,
    /// The layout.
    pub layout: String,
    /// `card/dataset`: what the release is a release of.
    pub dataset: String,
    /// When the source said so.
    pub vintage: Vintage,
    /// What the file is complete for.
    pub coverage: Coverage,
    /// What could not be taken as it stood, and the counts of rows. Empty for a file that is already there.
    pub findings: Findings,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Reader, version and layout; with the hash the identity of the import.
    pub reader: String,
    /// Whether the release is in the lake now.
    pub outcome: Outcome,
}

/// Whether a release is in the lake after an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is, since now.
    Committed,
    /// It was before: the same file has been imported by the same reader. Nothing changed.
    AlreadyThere,
    /// It is not: findings under `strict`, or not one row that became a fact.
    Refused,
}

/// Is told how far an import has come.
pub trait Progress {
    /// Bytes of the file read, of all.
    fn bytes(&self, done: u64, total: u64);
    /// Something the user may want to know meanwhile.
    fn message(&self, text: &str);
}

/// Imports a file: recognises it, reads it, and commits what it holds. Nothing is committed unless all of it could be,
/// and the file was the same at the end as at the beginning. Of an archive all members are committed together; members
/// of no known layout (a codebook, say) are passed over with a message, unless none is known or under `strict`.
pub fn import_file(
    lake: &mut Lake,
    catalog: &Catalog,
    crosswalk: &Crosswalk,
    path: &Path,
    options: &ImportOptions<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Imported>, ReadError> {
    let mapping = options.mapping.map(catalog_of_mapping).transpose()?;
    let catalog = mapping.as_ref().map_or(catalog, |(mapped, _)| mapped);
    let as_ = options.as_.or(mapping.as_ref().map(|(_, id)| id.as_str()));
    let mut imported = Vec::new();
    let mut staged = Vec::new();
    for (mut input, found) in recognised(path, catalog, as_, options.strict, progress)? {
        input.choose_sheet(found.sheet.clone());
        let (one, release) = read(lake, crosswalk, &input, &found, options, progress)?;
        imported.push(one);
        staged.extend(release);
    }
    if options.strict && imported.iter().any(|one| one.outcome == Outcome::Refused) {
        for one in imported.iter_mut().filter(|one| one.outcome == Outcome::Committed) {
            one.outcome = Outcome::Refused;
        }
        return Ok(imported);
    }
    if !staged.is_empty() {
        lake.commit(staged, options.now)?;
    }
    Ok(imported)
}

/// A catalog of nothing but the user's mapping, and the mapping's id.
fn catalog_of_mapping(path: &Path) -> Result<(Catalog, String), ReadError> {
    let wrong = |e: CatalogError| ReadError::Mapping(Box::new(e));
    let text = std::fs::read_to_string(path).map_err(|e| wrong(CatalogError::unreadable(path, e)))?;
    let card = read_mapping(&path.display().to_string(), &text).map_err(wrong)?;
    let id = card.id.clone();
    Ok((Catalog::of([card]), id))
}

/// The file, or the members of the archive that are of a known layout.
fn recognised<'a>(
    path: &Path,
    catalog: &'a Catalog,
    as_: Option<&str>,
    strict: bool,
    progress: &dyn Progress,
) -> Result<Vec<(Input, Recognised<'a>)>, ReadError> {
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for input in Input::open(path)? {
        match recognise(&input, catalog, as_) {
            Ok(found) => known.push((input, found)),
            Err(e @ ReadError::NotRecognised { .. }) => unknown.push(e),
            Err(e) => return Err(e),
        }
    }
    if (known.is_empty() || strict) && !unknown.is_empty() {
        return Err(unknown.remove(0));
    }
    unknown
        .iter()
        .for_each(|e| progress.message(&format!("passed over: {e}")));
    Ok(known)
}

/// Reads a file into a release that is ready to be committed, if it is to be.
fn read(
    lake: &Lake,
    crosswalk: &Crosswalk,
    input: &Input,
    found: &Recognised<'_>,
    options: &ImportOptions<'_>,
    progress: &dyn Progress,
) -> Result<(Imported, Option<StagedRelease>), ReadError> {
    let (card, layout) = (found.card, found.layout);
    let Some(reader) = readers::reader(&layout.reader) else {
        let found = format!(
            "layout {} of {}, which asks for reader {}",
            layout.name, card.id, layout.reader
        );
        return Err(input.malformed(
            found,
            "a reader that exists; `lysoen check` tells what is wrong in the catalog",
        ));
    };
    let dataset = reader.dataset(input, layout)?;
    let mut imported = Imported {
        file: input.name().to_string(),
        card: card.id.clone(),
        layout: layout.name.clone(),
        dataset: format!("{}/{dataset}", card.id),
        vintage: vintage(input, reader, card, layout, options)?,
        coverage: Coverage::default(),
        findings: Findings::new(input.name()),
        sha256: hex(&input.sha256()?),
        reader: identity(reader, layout, input, options.keep),
        outcome: Outcome::AlreadyThere,
    };
    if lake.has_import(&imported.sha256, &imported.reader) {
        return Ok((imported, None));
    }
    let writer = lake.begin(Origin {
        source: card.id.clone(),
        dataset,
        as_of: imported.vintage.date,
        file: input.file_name().to_string(),
    })?;
    let mut sink = LakeSink {
        writer,
        input,
        progress,
        keep: options.keep,
        rows: 0,
    };
    let mut job = Job {
        card,
        layout,
        crosswalk,
        sink: &mut sink,
        findings: &mut imported.findings,
    };
    imported.coverage = with_options(reader.read(input, &mut job)?, options);
    input.verify_unchanged()?;
    progress.bytes(input.size(), input.size());
    account(&mut imported.findings);
    imported.outcome = outcome(&imported.findings, options.strict);
    if imported.outcome == Outcome::Refused {
        return Ok((imported, None));
    }
    let staged = sink.writer.finish(meta(&imported, card, input))?;
    Ok((imported, Some(staged)))
}

/// Given by the user, else told by the file or concluded from it, else the day of the import. A release that the card
/// knows by its name has the card's date. What is concluded is a day by which the source has said so at the latest; it
/// is not later than the day on which the file is here.
fn vintage(
    input: &Input,
    reader: &dyn Reader,
    card: &Card,
    layout: &Layout,
    options: &ImportOptions<'_>,
) -> Result<Vintage, ReadError> {
    if let Some(given) = &options.vintage {
        return Ok(given.clone());
    }
    let Some(mut vintage) = reader.vintage(input, card, layout)? else {
        return Ok(Vintage {
            date: options.today,
            label: None,
            basis: VintageBasis::Imported,
        });
    };
    if let Some(day) = vintage.label.as_ref().and_then(|label| card.vintages.get(label)) {
        vintage.date = day.0;
    }
    if vintage.basis == VintageBasis::Inferred {
        vintage.date = vintage.date.min(options.today);
    }
    Ok(vintage)
}

/// Reader, version and layout. The mapping on a card is part of what the readers `table`, `hxl` and `boundaries` do, so that its hash
/// is part of the identity: a mended mapping can import the same file again. Members of an archive share the archive's
/// hash and are told apart by name. What was kept of a file is part of it too, so that all of it can be imported later.
fn identity(reader: &dyn Reader, layout: &Layout, input: &Input, keep: Option<&Keep>) -> String {
    let mut identity = format!("{}@{}/{}", reader.name(), reader.version(), layout.name);
    if matches!(reader.name(), "table" | "hxl" | "boundaries") {
        let mapping = serde_json::to_vec(layout).expect("a layout is plain data");
        identity.push_str(&format!("~{}", hex(&Sha256::digest(&mapping)[..4])));
    }
    if let Some(member) = input.member() {
        identity.push_str(&format!("!{member}"));
    }
    if let Some(keep) = keep.filter(|keep| **keep != Keep::default()) {
        let kept = serde_json::to_vec(keep).expect("what to keep is plain data");
        identity.push_str(&format!("+kept-{}", hex(&Sha256::digest(&kept)[..4])));
    }
    identity
}

fn with_options(coverage: Coverage, options: &ImportOptions<'_>) -> Coverage {
    Coverage {
        places: options.complete_for.clone().or(coverage.places),
        partial: options.partial || (coverage.partial && options.complete_for.is_none()),
        ..coverage
    }
}

/// Says so where rows are unaccounted for, which is a mistake in a reader, and where nothing was kept.
fn account(findings: &mut Findings) {
    if !findings.add_up() {
        let found = format!("{} rows read", findings.rows_read);
        let (kept, rejected, skipped) = (findings.rows_kept, findings.rows_rejected, findings.rows_skipped);
        let expected = format!("{kept} kept + {rejected} rejected + {skipped} skipped; please report this mistake");
        findings.add(Severity::Warning, None, None, found, expected);
    }
    if findings.rows_kept == 0 {
        let found = format!("no fact in {} rows", findings.rows_read);
        findings.add(
            Severity::Warning,
            None,
            None,
            found,
            "at least one row that becomes a fact; nothing was imported",
        );
    }
}

/// A release without a row would empty its scope, so that a file with nothing but a header is refused.
fn outcome(findings: &Findings, strict: bool) -> Outcome {
    let wrong = findings.count(Severity::Rejected) + findings.count(Severity::Warning);
    match findings.rows_kept == 0 || (strict && wrong > 0) {
        true => Outcome::Refused,
        false => Outcome::Committed,
    }
}

fn meta(imported: &Imported, card: &Card, input: &Input) -> ReleaseMeta {
    let basis = match imported.vintage.basis {
        VintageBasis::File => "file",
        VintageBasis::Inferred => "inferred",
        VintageBasis::Given => "given",
        VintageBasis::Imported => "imported",
    };
    let (coverage, findings) = (&imported.coverage, &imported.findings);
    ReleaseMeta {
        vintage_label: imported.vintage.label.clone(),
        vintage_basis: basis.into(),
        scope: Scope {
            places: coverage.places.clone(),
            from: coverage.from,
            to: coverage.to,
            partial: coverage.partial,
        },
        publication_lag_days: card.publication_lag_days,
        input: InputOfRelease {
            file: input.file_name().to_string(),
            sha256: imported.sha256.clone(),
            bytes: input.size_on_disk(),
        },
        reader: imported.reader.clone(),
        counts: Counts {
            read: findings.rows_read,
            kept: findings.rows_kept,
            rejected: findings.rows_rejected,
            skipped: findings.rows_skipped,
            warnings: findings.count(Severity::Warning),
        },
    }
}

/// Passes rows on to the lake, and tells how far the file has been read.
struct LakeSink<'a> {
    writer: ReleaseWriter,
    input: &'a Input,
    progress: &'a dyn Progress,
    keep: Option<&'a Keep>,
    rows: u64,
}

impl Sink for LakeSink<'_> {
    fn push(&mut self, row: &FactRow<'_>) -> Result<(), ReadError> {
        const ROWS_BETWEEN_SIGNS_OF_LIFE: u64 = 4096;
        self.rows += 1;
        if self.rows.is_multiple_of(ROWS_BETWEEN_SIGNS_OF_LIFE) {
            self.progress.bytes(self.input.read_so_far(), self.input.size());
        }
        if self.keep.is_some_and(|keep| !keep.wants(row)) {
            return Ok(());
        }
        Ok(self.writer.push(row)?)
    }
}
