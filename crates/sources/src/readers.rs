//! The readers by name; a card's layout asks for one of them.

use crate::acled::Acled;
use crate::awsd::Awsd;
use crate::boundaries::Boundaries;
use crate::commitments::Commitments;
use crate::ged::Ged;
use crate::hxl::HxlTable;
use crate::mandates::Mandates;
use crate::mapping::TableReader;
use crate::ophi::{MpiTable, MpiWorkbook};
use crate::places::{Countries, PCodes};
use crate::reader::Reader;
use crate::treaties::{
    ConventionsByCountry, DatedActions, DeclarationTexts, RatificationYears, StatusList, TreatyFile,
};

/// Every reader.
pub static READERS: &[&dyn Reader] = &[
    &Acled,
    &Awsd,
    &Boundaries,
    &Commitments,
    &Ged,
    &HxlTable,
    &Mandates,
    &TableReader,
    &MpiTable,
    &MpiWorkbook,
    &Countries,
    &PCodes,
    &ConventionsByCountry,
    &DatedActions,
    &DeclarationTexts,
    &RatificationYears,
    &StatusList,
    &TreatyFile,
];

/// The reader of that name.
pub fn reader(name: &str) -> Option<&'static dyn Reader> {
    READERS.iter().find(|reader| reader.name() == name).copied()
}
