//! The lake.

pub mod tables;

/// What the lake could not do.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// The disk refused.
    #[error("the lake could not be written: {0}")]
    Io(#[from] std::io::Error),
}
