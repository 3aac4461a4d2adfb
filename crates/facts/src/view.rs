//! A view of the lake: the current one, or what was known on a day. It is a choice of files, made before planning.
//!
//! A newer complete release hides the older rows of its data set that lie in its scope; a newer partial one hides the
//! rows that have its keys. Both become a filter over an older file, and a file that is hidden whole is left out.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::common::JoinType;
use datafusion::dataframe::DataFrame;
use datafusion::datasource::empty::EmptyTable;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::context::SQLOptions;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SendableRecordBatchStream, SessionStateBuilder};
use datafusion::functions::core::expr_fn::coalesce;
use datafusion::prelude::{Expr, SessionConfig, SessionContext, col, lit};
use datafusion::scalar::ScalarValue;
use futures::StreamExt;
use jiff::ToSpan;
use jiff::civil::Date;
use tokio::runtime::Runtime;

use crate::error::LakeError;
use crate::manifest::{Manifest, Release, TableFile};
use crate::root::Root;
use crate::tables::{Table, days};

/// Memory that one query may use before it spills to the disk, in bytes.
const MEMORY: usize = 512 << 20;

/// Which view is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewAt {
    /// Only what was said on or before this day; none for the current view.
    pub as_of: Option<Date>,
    /// Where no vintage is old enough: cut the oldest one at the period's end plus the source's publication lag.
    pub reconstruct: bool,
    /// Sources that are left out, such as those whose licence does not let them leave.
    pub without: Vec<String>,
}

/// The lake as seen from one day.
pub struct View {
    context: SessionContext,
    runtime: Arc<Runtime>,
    seen: Vec<Seen>,
    later: Vec<Release>,
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").field("seen", &self.seen).finish_non_exhaustive()
    }
}

/// A release that a view shows at least in part.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The release.
    pub release: Release,
    /// The last day of which it is shown, where the view had to be reconstructed.
    pub reconstructed_to: Option<Date>,
}

impl View {
    pub(crate) fn new(root: &Root, runtime: Arc<Runtime>, manifest: &Manifest, at: &ViewAt) -> Result<View, LakeError> {
        let seen = seen(manifest, at);
        let context = context(root)?;
        let guard = runtime.enter();
        for table in Table::ALL {
            let frame = runtime.block_on(frame(&context, root, table, &seen))?;
            context.register_table(table.name(), frame.into_view())?;
        }
        drop(guard);
        let is_seen = |release: &Release| seen.iter().any(|s| s.release == *release);
        let later = manifest.releases.iter().filter(|r| !is_seen(r));
        let later = later.filter(|r| !at.without.contains(&r.source) && at.as_of.is_some_and(|day| r.vintage > day));
        Ok(View {
            later: later.cloned().collect(),
            context,
            runtime,
            seen,
        })
    }

    /// The releases shown, in order of import.
    pub fn releases(&self) -> &[Seen] {
        &self.seen
    }

    /// The releases that had not been published by the day of the view and are not shown, in order of import.
    pub fn later(&self) -> &[Release] {
        &self.later
    }

    /// Whether any release had to be cut to reconstruct what was known.
    pub fn is_reconstructed(&self) -> bool {
        self.seen.iter().any(|s| s.reconstructed_to.is_some())
    }

    /// Answers a query, batch by batch.
    pub fn query(&self, sql: &str) -> Result<Batches, LakeError> {
        // A question, and nothing else: no statement that writes a file or reads one outside the lake.
        let questions = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let plan = async {
            self.context
                .sql_with_options(sql, questions)
                .await?
                .execute_stream()
                .await
        };
        let stream = self.runtime.block_on(plan)?;
        Ok(Batches {
            schema: stream.schema(),
            stream,
            runtime: self.runtime.clone(),
        })
    }

    /// Answers a query whose result is known to be small.
    pub fn collect(&self, sql: &str) -> Result<Vec<RecordBatch>, LakeError> {
        self.query(sql)?.collect()
    }

    /// The plan of a query as text, for a test or a curious reader.
    pub fn explain(&self, sql: &str) -> Result<String, LakeError> {
        let batches = self.collect(&format!("EXPLAIN {sql}"))?;
        let text =
            arrow::util::pretty::pretty_format_batches(&batches).map_err(datafusion::error::DataFusionError::from)?;
        Ok(text.to_string())
    }
}

/// The answer to a query, batch by batch; it never stands in memory as a whole.
pub struct Batches {
    schema: SchemaRef,
    stream: SendableRecordBatchStream,
    runtime: Arc<Runtime>,
}

impl Batches {
    /// Columns of the answer.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl std::fmt::Debug for Batches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batches")
            .field("schema", &self.schema)
            .finish_non_exhaustive()
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, LakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.runtime.block_on(self.stream.next())?;
        Some(next.map_err(LakeError::from))
    }
}

/// A text as an SQL literal.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn context(root: &Root) -> Result<SessionContext, LakeError> {
    let mut config = SessionConfig::new().with_information_schema(true);
    config.options_mut().execution.parquet.pushdown_filters = true;
    config.options_mut().execution.collect_statistics = true;
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(MEMORY)))
        .build_arc()?;
    if let Root::Store { url, store, .. } = root {
        runtime.register_object_store(url, store.clone());
    }
    let state = SessionStateBuilder::new_with_default_features()
        .with_config(config)
        .with_runtime_env(runtime)
        .build();
    Ok(SessionContext::new_with_state(state))
}

/// The releases that a view shows, before rows are hidden.
fn seen(manifest: &Manifest, at: &ViewAt) -> Vec<Seen> {
    let whole = |release: &Release| Seen {
        release: release.clone(),
        reconstructed_to: None,
    };
    let wanted = |r: &&Release| !at.without.contains(&r.source);
    let Some(day) = at.as_of else {
        return manifest.releases.iter().filter(wanted).map(whole).collect();
    };
    let known = |r: &&Release| r.vintage <= day;
    let mut seen: Vec<Seen> = manifest
        .releases
        .iter()
        .filter(wanted)
        .filter(known)
        .map(whole)
        .collect();
    if at.reconstruct {
        for release in manifest.releases.iter().filter(wanted).filter(|r| r.vintage > day) {
            let older_exists = |r: &Release| {
                r.same_series(release) && release.is_newer_than(r) && r.scope.shares_places_with(&release.scope)
            };
            if manifest.releases.iter().any(older_exists) {
                continue;
            }
            let cut = day
                .checked_sub(i64::from(release.publication_lag_days).days())
                .unwrap_or(Date::MIN);
            seen.push(Seen {
                release: release.clone(),
                reconstructed_to: Some(cut),
            });
        }
    }
    seen
}

/// One table of a view.
async fn frame(context: &SessionContext, root: &Root, table: Table, seen: &[Seen]) -> Result<DataFrame, LakeError> {
    let mut whole = Vec::new();
    let mut parts = Vec::new();
    for shown in seen {
        let newer: Vec<&Release> = seen
            .iter()
            .map(|s| &s.release)
            .filter(|r| r.same_series(&shown.release) && r.is_newer_than(&shown.release))
            .collect();
        for file in shown.release.files.iter().filter(|f| f.table == table) {
            match Hidden::of(table, file, shown, &newer) {
                Hidden::All => {}
                Hidden::Nothing => whole.push(root.address(&file.path)),
                Hidden::Rows { kept, amended_by } => {
                    let mut frame = scan(context, table, vec![root.address(&file.path)])?.filter(kept)?;
                    for amendment in amended_by {
                        let keys: Vec<Expr> = table.key().iter().map(|k| col(*k)).collect();
                        let renamed = table.key().iter().map(|k| col(*k).alias(format!("amended_{k}")));
                        let newer = scan(context, table, vec![root.address(&amendment.path)])?.select(renamed)?;
                        let same = table.key().iter().zip(keys).map(|(name, key)| {
                            // Equal, or missing on both sides.
                            let other = col(format!("amended_{name}"));
                            datafusion::logical_expr::binary_expr(
                                key,
                                datafusion::logical_expr::Operator::IsNotDistinctFrom,
                                other,
                            )
                        });
                        frame = frame.join_on(newer, JoinType::LeftAnti, same)?;
                    }
                    parts.push(frame);
                }
            }
        }
    }
    if !whole.is_empty() {
        parts.insert(0, scan(context, table, whole)?);
    }
    let mut parts = parts.into_iter();
    match parts.next() {
        None => Ok(context.read_table(Arc::new(EmptyTable::new(table.schema())))?),
        Some(first) => parts
            .try_fold(first, |all, part| all.union(part))
            .map_err(LakeError::from),
    }
}

fn scan(context: &SessionContext, table: Table, files: Vec<String>) -> Result<DataFrame, LakeError> {
    let urls = files
        .iter()
        .map(ListingTableUrl::parse)
        .collect::<Result<Vec<_>, _>>()?;
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(table.schema());
    Ok(context.read_table(Arc::new(ListingTable::try_new(config)?))?)
}

/// What of a file newer releases hide.
enum Hidden<'a> {
    All,
    Nothing,
    Rows { kept: Expr, amended_by: Vec<&'a TableFile> },
}

impl<'a> Hidden<'a> {
    fn of(table: Table, file: &TableFile, shown: &Seen, newer: &[&'a Release]) -> Hidden<'a> {
        let mut kept: Option<Expr> = None;
        let mut keep = |expr: Expr| kept = Some(kept.take().map_or(expr.clone(), |k| k.and(expr)));
        let mut amended_by = Vec::new();
        for release in newer {
            let same_table = || release.files.iter().filter(|f| f.table == table);
            if release.scope.partial {
                amended_by.extend(same_table());
            } else if release.scope.misses(file.dates) {
            } else if release.scope.covers_all(file.dates) {
                return Hidden::All;
            } else {
                keep(outside(table, release));
            }
        }
        // A row without a date cannot be shown to have been known, and is left out.
        if let (Some(to), Some(date)) = (shown.reconstructed_to, table.known_from()) {
            keep(col(format!("\"{date}\"")).lt_eq(day(to)));
        }
        match (kept, amended_by.is_empty()) {
            (None, true) => Hidden::Nothing,
            (kept, _) => Hidden::Rows {
                kept: kept.unwrap_or(lit(true)),
                amended_by,
            },
        }
    }
}

/// Whether a row lies outside the scope of a complete release.
fn outside(table: Table, release: &Release) -> Expr {
    let scope = &release.scope;
    let mut inside = lit(true);
    if let Some(places) = &scope.places {
        let list = places.iter().map(|p| lit(p.as_str())).collect();
        inside = inside.and(coalesce(vec![col(table.scope_place()), lit("")]).in_list(list, false));
    }
    if let Some(date) = table.scope_date() {
        let column = || col(format!("\"{date}\""));
        if let Some(from) = scope.from {
            inside = inside.and(column().gt_eq(day(from)));
        }
        if let Some(to) = scope.to {
            inside = inside.and(column().lt_eq(day(to)));
        }
    }
    datafusion::logical_expr::not(inside)
}

fn day(date: Date) -> Expr {
    lit(ScalarValue::Date32(Some(days(date))))
}
