//! The tests of the room, a module a subject.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod class_bad_input;
mod class_dates;
mod class_made;
mod class_poisson;
mod class_pooling;
mod class_shams;
mod class_simulated;
mod episodes_data;
mod episodes_made;
mod episodes_real;
mod event_time;
mod gates_before;
mod inference_placebos;
mod inference_prop99;
mod made;
mod methods_donors;
mod methods_predictors;
mod methods_series;
mod pictures;
mod policies_mistakes;
mod policies_schemas;
mod policies_shipped;
mod prop99;
mod simulated_broken;
mod simulated_coverage;
mod simulated_rule;
mod simulated_said;
mod verdict_words;
