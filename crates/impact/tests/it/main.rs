//! The tests of the room, a module a subject.

mod episodes_data;
mod episodes_made;
mod episodes_real;
mod pictures;
mod prop99;
