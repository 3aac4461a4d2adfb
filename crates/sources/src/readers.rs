//! The readers by name; a card's layout asks for one of them.

use crate::mapping::TableReader;
use crate::reader::Reader;

/// Every reader.
pub static READERS: &[&dyn Reader] = &[&TableReader, &crate::acled::Acled, &crate::awsd::Awsd, &crate::ged::Ged];

/// The reader of that name.
pub fn reader(name: &str) -> Option<&'static dyn Reader> {
    READERS.iter().find(|reader| reader.name() == name).copied()
}
