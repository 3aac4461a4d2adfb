//! How many participants stand how on a day.

use jiff::civil::Date;

use super::participation::Participations;
use crate::standing::StandingWord;

/// Participants of an instrument on a day, by how they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Signed and not consented.
    pub signed_only: usize,
    /// Whose consent stands, in force or not: "166 deposited, 165 in force".
    pub deposited: usize,
    /// For whom it is in force.
    pub in_force: usize,
    /// Who apply it before it is in force for them, consented or not.
    pub provisional: usize,
    /// Who have left.
    pub withdrawn: usize,
    /// Whose notice has not taken effect.
    pub notified: usize,
    /// Of whom it is contested how they stand; they are counted as in force too.
    pub contested: usize,
    /// Of those deposited, who rest on a row that was not read off the depositary's own list.
    pub unverified: usize,
    /// Up to when a complete list speaks; later changes are counted only where they are known.
    pub known_to: Option<Date>,
}

/// Counts who stands how on a day.
pub fn counts(participations: &Participations, on: Date) -> Counts {
    use StandingWord::{Contested, Provisional, Signed, WithdrawalNotified, WithdrawalSuspended, Withdrawn};
    let mut counts = Counts {
        known_to: participations.known_to(),
        ..Counts::default()
    };
    for history in participations.histories.values() {
        let standing = history.on(on);
        let deposited = history.consented_on(on);
        counts.signed_only += usize::from(standing.word == Signed);
        counts.deposited += usize::from(deposited);
        counts.in_force += usize::from(standing.word.bound());
        counts.provisional += usize::from(standing.word == Provisional);
        counts.withdrawn += usize::from(standing.word == Withdrawn);
        counts.notified += usize::from(matches!(standing.word, WithdrawalNotified | WithdrawalSuspended));
        counts.contested += usize::from(standing.word == Contested);
        counts.unverified += usize::from(deposited && !standing.verified);
    }
    counts
}
