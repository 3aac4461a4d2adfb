//! The tests of the room, a module a subject.

mod prop99;
