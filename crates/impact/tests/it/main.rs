//! The tests of the room, a module a subject.

mod made;
mod prop99;
mod simulated_broken;
mod simulated_coverage;
mod simulated_rule;
mod simulated_said;
