//! Turns each outside file into fact rows, and says what it could not.
//!
//! A file is opened ([`input`]), recognised by its content against the cards of the catalog ([`card`], [`catalog`]), and
//! read as text [`records`] by the layout's [`reader`]: most by the mapping on the card, the others by a reader made for
//! them. A text becomes a value in [`cell`] and nowhere else. What is wrong in a file becomes [`finding`]s by row and
//! column, and the good rows are kept.

pub mod acled;
pub mod awsd;
pub mod boundaries;
pub mod card;
pub mod catalog;
pub mod cell;
pub mod commitments;
pub mod draws;
mod events;
pub mod finding;
pub mod ged;
pub mod hxl;
pub mod import;
pub mod input;
pub mod mandates;
pub mod mapping;
pub mod ophi;
mod own_records;
pub mod places;
pub mod reader;
pub mod readers;
pub mod recognise;
pub mod records;
pub mod table;
pub mod tally;
pub mod treaties;
