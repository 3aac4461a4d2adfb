//! Questions asked of the committed snapshot, and of small lakes made for the purpose.

// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used, missing_docs)]

mod agenda_aid;
mod agenda_aid_workers;
mod agenda_beside;
mod agenda_funding;
mod agenda_practice;
mod beside;
mod changed;
mod explained;
mod histories;
mod impact;
mod observatories;
mod picture;
mod policy;
mod series_files;
mod statements;
mod years;
