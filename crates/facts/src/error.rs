//! What can go wrong with a lake, told for the person who runs the program.

use datafusion::error::DataFusionError;

/// Why the lake could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// There is no lake at the place given.
    #[error("there is no observatory at {location}: create one with `lysoen init`")]
    Absent {
        /// The folder or address.
        location: String,
    },
    /// The place given is neither a folder nor an address that can be used.
    #[error("{location} cannot hold an observatory: {reason}")]
    Location {
        /// The folder or address.
        location: String,
        /// Why not.
        reason: String,
    },
    /// The disk is full.
    #[error("the disk that holds {location} is full; nothing was changed. Free some space and run the command again")]
    DiskFull {
        /// The file or folder.
        location: String,
    },
    /// A file of the lake could not be read or written.
    #[error("{location} could not be {attempted}: {source}")]
    Io {
        /// The file or folder.
        location: String,
        /// read, written, renamed, …
        attempted: &'static str,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The object store refused.
    #[error("{location}: {source}")]
    Store {
        /// The object.
        location: String,
        /// What the store said.
        source: object_store::Error,
    },
    /// A manifest is not what this program writes.
    #[error("the manifest {location} cannot be read: {reason}. It may be of a newer version of Lysoen")]
    Manifest {
        /// The manifest.
        location: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Others kept committing.
    #[error("other imports kept committing to {location}; try again")]
    Contended {
        /// The folder or address.
        location: String,
    },
    /// A query failed.
    #[error("{}", query_sentence(.0))]
    Query(Box<DataFusionError>),
    /// A table file could not be written.
    #[error("a table could not be written: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The thread that writes a table ended early.
    #[error("the table {table} could not be written: its writer ended early")]
    Writer {
        /// The table.
        table: String,
    },
}

fn query_sentence(error: &DataFusionError) -> String {
    let text = error.strip_backtrace();
    format!("the query could not be answered: {text}")
}

impl From<DataFusionError> for LakeError {
    fn from(error: DataFusionError) -> Self {
        LakeError::Query(Box::new(error))
    }
}

impl LakeError {
    pub(crate) fn io(location: impl ToString, attempted: &'static str, source: std::io::Error) -> Self {
        let location = location.to_string();
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => LakeError::DiskFull { location },
            _ => LakeError::Io {
                location,
                attempted,
                source,
            },
        }
    }

    /// A Parquet error that hides a full disk is told as one.
    pub(crate) fn parquet(location: impl ToString, error: parquet::errors::ParquetError) -> Self {
        match error {
            parquet::errors::ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
                Ok(io) => LakeError::io(location, "written", *io),
                Err(other) => LakeError::Parquet(parquet::errors::ParquetError::External(other)),
            },
            other => LakeError::Parquet(other),
        }
    }
}
