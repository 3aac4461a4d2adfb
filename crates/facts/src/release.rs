//! Writing a release: rows go to a staged Parquet file per table, hashed on the way, and get their name at the end.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Date32Type;
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::error::LakeError;
use crate::hash::RowHasher;
use crate::manifest::{Counts, Input, Scope, TableFile};
use crate::root::staging_name;
use crate::tables::{FactRow, Origin, Table, TableBuilder, from_days};

/// Rows to a batch; the hash of a table's rows is taken batch by batch, so this number is part of the lake's form.
const BATCH: usize = 8192;
/// Bytes of boundaries to a batch, for the same reason; without it some thousand detailed ones would fill the memory.
const BATCH_OF_BOUNDARIES: usize = 64 << 20;
/// Rows to a row group: what a query can skip, and what a writer holds in memory.
const ROW_GROUP: usize = 65_536;

/// Takes the rows of one release. Dropped before it is finished, it leaves nothing behind.
#[derive(Debug)]
pub struct ReleaseWriter {
    origin: Origin,
    staging: PathBuf,
    tables: Vec<TableWriter>,
}

#[derive(Debug)]
struct TableWriter {
    table: Table,
    builder: TableBuilder,
    batches: Option<SyncSender<RecordBatch>>,
    worker: Option<JoinHandle<Result<Written, LakeError>>>,
    file: Staged,
}

/// A staged file; it is removed when dropped.
#[derive(Debug)]
pub(crate) struct Staged(PathBuf);

impl Staged {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // It is gone already where it was adopted into the lake.
        std::fs::remove_file(&self.0).ok();
    }
}

struct Written {
    rows: u64,
    bytes: u64,
    sha256: String,
    dates: Option<(Date, Date)>,
}

/// What is known of a release once its file has been read.
#[derive(Clone, Debug)]
pub struct ReleaseMeta {
    /// The publisher's own name of the vintage.
    pub vintage_label: Option<String>,
    /// How the vintage was found: file, inferred, given or imported.
    pub vintage_basis: String,
    /// What the release is complete for.
    pub scope: Scope,
    /// Days from the end of a period to its publication, by the source's card.
    pub publication_lag_days: u32,
    /// The file that was read.
    pub input: Input,
    /// Reader, version and layout.
    pub reader: String,
    /// Rows of the input.
    pub counts: Counts,
}

/// A release that is written but not committed.
#[derive(Debug)]
pub struct StagedRelease {
    pub(crate) origin: Origin,
    pub(crate) meta: ReleaseMeta,
    pub(crate) files: Vec<(TableFile, Staged)>,
}

impl ReleaseWriter {
    pub(crate) fn new(origin: Origin, staging: PathBuf) -> Self {
        ReleaseWriter {
            origin,
            staging,
            tables: Vec::new(),
        }
    }

    /// Takes one row.
    pub fn push(&mut self, row: &FactRow<'_>) -> Result<(), LakeError> {
        let table = row.table();
        let at = match self.tables.iter().position(|w| w.table == table) {
            Some(at) => at,
            None => {
                let name = format!("{}-{table}.parquet", staging_name());
                self.tables.push(TableWriter::start(table, self.staging.join(name))?);
                self.tables.len() - 1
            }
        };
        let writer = &mut self.tables[at];
        writer.builder.push(row);
        if writer.builder.len() == BATCH || writer.builder.geometry_bytes() >= BATCH_OF_BOUNDARIES {
            writer.send(&self.origin)
        } else {
            Ok(())
        }
    }

    /// Closes the files; the release is then ready to be committed.
    pub fn finish(mut self, meta: ReleaseMeta) -> Result<StagedRelease, LakeError> {
        let mut files = Vec::new();
        self.tables.sort_by_key(|w| w.table);
        for writer in self.tables.drain(..) {
            let table = writer.table;
            let (written, staged) = writer.close(&self.origin)?;
            let path = format!(
                "facts/{table}/{}/{}-{}.parquet",
                self.origin.source,
                self.origin.as_of,
                &written.sha256[..16]
            );
            let file = TableFile {
                table,
                path,
                rows: written.rows,
                bytes: written.bytes,
                sha256: written.sha256,
                dates: written.dates,
            };
            files.push((file, staged));
        }
        Ok(StagedRelease {
            origin: self.origin.clone(),
            meta,
            files,
        })
    }
}

impl TableWriter {
    fn start(table: Table, path: PathBuf) -> Result<Self, LakeError> {
        let file = File::create(&path).map_err(|e| LakeError::io(path.display(), "written", e))?;
        // Two batches wait at most: a reader that runs ahead of the disk is held back, not collected in memory.
        let (batches, incoming) = sync_channel(2);
        let staged = Staged(path.clone());
        let worker = std::thread::spawn(move || write(table, file, &path, &incoming));
        let builder = TableBuilder::new(table);
        Ok(TableWriter {
            table,
            builder,
            batches: Some(batches),
            worker: Some(worker),
            file: staged,
        })
    }

    fn send(&mut self, origin: &Origin) -> Result<(), LakeError> {
        let batch = self.builder.finish(origin);
        let sent = self.batches.as_ref().is_some_and(|channel| channel.send(batch).is_ok());
        if sent { Ok(()) } else { self.join().map(|_| ()) }
    }

    /// Waits for the writing thread, and passes on why it stopped.
    fn join(&mut self) -> Result<Written, LakeError> {
        self.batches = None;
        let ended_early = || LakeError::Writer {
            table: self.table.to_string(),
        };
        self.worker
            .take()
            .and_then(|w| w.join().ok())
            .unwrap_or_else(|| Err(ended_early()))
    }

    fn close(mut self, origin: &Origin) -> Result<(Written, Staged), LakeError> {
        if !self.builder.is_empty() {
            self.send(origin)?;
        }
        let written = self.join()?;
        Ok((written, self.file))
    }
}

fn write(table: Table, file: File, path: &Path, batches: &Receiver<RecordBatch>) -> Result<Written, LakeError> {
    let failed = |e| LakeError::parquet(path.display(), e);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_created_by("lysoen".to_string())
        .build();
    let mut writer = ArrowWriter::try_new(file, table.schema(), Some(properties)).map_err(failed)?;
    let mut hasher = RowHasher::default();
    let mut rows = 0;
    let mut dates: Option<(i32, i32)> = None;
    for batch in batches {
        hasher.update(&batch);
        rows += batch.num_rows() as u64;
        dates = span(dates, table, &batch);
        writer.write(&batch).map_err(failed)?;
    }
    let file = writer.into_inner().map_err(failed)?;
    let io = |e| LakeError::io(path.display(), "written", e);
    file.sync_all().map_err(io)?;
    let bytes = file.metadata().map_err(io)?.len();
    let dates = dates.map(|(first, last)| (from_days(first), from_days(last)));
    Ok(Written {
        rows,
        bytes,
        sha256: hasher.finish(),
        dates,
    })
}

fn span(known: Option<(i32, i32)>, table: Table, batch: &RecordBatch) -> Option<(i32, i32)> {
    let column = batch.column_by_name(table.scope_date()?)?.as_primitive::<Date32Type>();
    let days = || column.iter().flatten();
    match (known, days().min(), days().max()) {
        (Some((a, b)), Some(first), Some(last)) => Some((a.min(first), b.max(last))),
        (None, Some(first), Some(last)) => Some((first, last)),
        (known, ..) => known,
    }
}
