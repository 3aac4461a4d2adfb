//! What can go wrong.

use thiserror::Error;

/// Why a map, a worldview or a tile could not be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MapError {
    /// Bytes that are no well-known binary.
    #[error("damaged well-known binary: {0}")]
    Wkb(geozero::error::GeozeroError),
    /// A geometry without an area.
    #[error("a geometry that is no polygon")]
    NoArea,
    /// The text of a worldview does not say what one must.
    #[error("a mistake in the worldview: {0}")]
    Worldview(#[from] toml::de::Error),
    /// A tile could not be encoded.
    #[error("a tile could not be encoded: {0}")]
    Tile(#[from] geozero::error::GeozeroError),
}
