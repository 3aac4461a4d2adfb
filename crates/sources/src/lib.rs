//! Turns each outside file into fact rows, and says what it could not.
//!
//! A file is opened ([`input`]), recognised by its content against the cards of the catalog ([`card`]), and read by the
//! layout's [`reader`]: most by the mapping on the card, the others by a reader made for them. What is wrong in it
//! becomes [`finding`]s by row and column, and the good rows are kept.

pub mod card;
pub mod finding;
pub mod mapping;
pub mod reader;
