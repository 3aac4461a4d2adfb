//! The lake: append-only, bitemporal Parquet tables, their schemas, atomic snapshots, and the query engine over them.
//!
//! ```no_run
//! use lysoen_facts::{Lake, ViewAt};
//! let lake = Lake::open("./observatory")?;
//! let view = lake.view(&ViewAt::default())?;
//! for batch in view.query("SELECT country, sum(deaths_best) FROM events WHERE source = 'ucdp-ged' GROUP BY country")? {
//!     println!("{} countries", batch?.num_rows());
//! }
//! # Ok::<(), lysoen_facts::LakeError>(())
//! ```
//!
//! Facts are never changed. An import adds a *release*: a data set, its vintage, and the scope for which it is
//! complete. A view is a choice among the releases: the current one, or what had been said by a day.

mod error;
mod hash;
mod lake;
pub mod manifest;
mod numbered;
mod release;
mod root;
pub mod tables;
mod view;

pub use error::LakeError;
pub use hash::hex;
pub use lake::{Committed, Lake};
pub use numbered::Numbered;
pub use release::{ReleaseMeta, ReleaseWriter, StagedRelease};
pub use tables::Table;
pub use view::{Batches, Seen, View, ViewAt, literal};
