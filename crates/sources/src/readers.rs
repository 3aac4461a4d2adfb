//! The readers by name; a card's layout asks for one of them.

<<<<<<< HEAD
use crate::acled::Acled;
use crate::awsd::Awsd;
use crate::ged::Ged;
use crate::mapping::TableReader;
=======
use crate::hxl::HxlTable;
use crate::ophi::{MpiTable, MpiWorkbook};
>>>>>>> treaties
use crate::reader::Reader;
use crate::treaties::{ConventionsByCountry, DatedActions, RatificationYears, StatusList};

/// Every reader.
pub static READERS: &[&dyn Reader] = &[
<<<<<<< HEAD
    &Acled,
    &Awsd,
    &Ged,
    &TableReader,
=======
    &ConventionsByCountry,
    &DatedActions,
    &HxlTable,
    &MpiTable,
    &MpiWorkbook,
    &RatificationYears,
    &StatusList,
>>>>>>> treaties
];

/// The reader of that name.
pub fn reader(name: &str) -> Option<&'static dyn Reader> {
    READERS.iter().find(|reader| reader.name() == name).copied()
}
