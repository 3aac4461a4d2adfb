//! Tests of the arithmetic of the measures; those on real files stand with the answers.

mod rates;
mod secure_life;
mod st_louis;
