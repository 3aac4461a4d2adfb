//! The ladder of options, from facts to the rules of `lysoen-ladder`.

mod statements;

pub use statements::statements;
