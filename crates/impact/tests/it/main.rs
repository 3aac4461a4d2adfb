//! The tests of the room, a module a subject.

mod gates_before;
mod inference_placebos;
mod inference_prop99;
mod made;
mod prop99;
mod simulated_broken;
mod simulated_coverage;
mod simulated_rule;
mod simulated_said;
mod verdict_words;
