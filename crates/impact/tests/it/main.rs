//! The tests of the room, a module a subject.

mod policies_mistakes;
mod policies_schemas;
mod policies_shipped;
mod prop99;
