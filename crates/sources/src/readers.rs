//! The readers by name; a card's layout asks for one of them.

use crate::hxl::HxlTable;
use crate::mapping::TableReader;
use crate::ophi::{MpiTable, MpiWorkbook};
use crate::reader::Reader;
use crate::treaties::{ConventionsByCountry, DatedActions, RatificationYears, StatusList};

/// Every reader.
pub static READERS: &[&dyn Reader] = &[
    &ConventionsByCountry,
    &DatedActions,
    &HxlTable,
    &MpiTable,
    &MpiWorkbook,
    &RatificationYears,
    &StatusList,
    &TableReader,
];

/// The reader of that name.
pub fn reader(name: &str) -> Option<&'static dyn Reader> {
    READERS.iter().find(|reader| reader.name() == name).copied()
}
