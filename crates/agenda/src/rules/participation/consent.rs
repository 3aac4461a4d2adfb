//! Of what several sources tell of one consent, one stands; what does not fit to it is told.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::Findings;
use super::rows::{exact, first_day, source, when};
use crate::fact::{Action, Precision};

/// A consent to be bound.
#[derive(Clone, Copy)]
pub(super) struct Consent<'a> {
    /// The row that stands.
    pub(super) row: &'a Action,
    /// The day of effect that a source gives, and the row that gives it.
    pub(super) effective: Option<(Date, &'a Action)>,
}

/// The consent that stands among rows that tell of the same one; none where there are none.
///
/// The day goes before the year and the year before nothing, then what is verified, then the newer vintage, then the
/// earlier day. Of rows without any day the oldest says most: no later than then.
pub(super) fn settle<'a>(participant: &str, claims: &[&'a Action], findings: &mut Findings) -> Option<Consent<'a>> {
    let mut claims = claims.to_vec();
    claims.sort_by(|a, b| weight(a).cmp(&weight(b)));
    let row = *claims.first()?;
    let (same, other): (Vec<&Action>, Vec<&Action>) = claims.into_iter().partition(|claim| agree(row, claim));
    for claim in other {
        findings.add(participant, differs(row, claim), Some(&claim.origin));
    }
    let effective = same.into_iter().find_map(|claim| Some((claim.effective?, claim)));
    Some(Consent { row, effective })
}

fn weight(claim: &Action) -> impl Ord + '_ {
    let precision = if claim.date.is_none() {
        Precision::None
    } else {
        claim.precision
    };
    let (newest, oldest) = match precision {
        Precision::None => (None, Some(claim.origin.as_of)),
        _ => (Some(Reverse(claim.origin.as_of)), None),
    };
    let origin = (claim.act, &claim.origin, claim.effective);
    (precision, !claim.origin.verified, newest, oldest, claim.date, origin)
}

/// Whether two rows can tell of the same consent.
fn agree(stands: &Action, claim: &Action) -> bool {
    match (exact(stands), exact(claim)) {
        (Some(day), Some(other)) => day == other,
        _ => match (first_day(stands), first_day(claim)) {
            (Some(day), Some(other)) => day.year() == other.year(),
            (Some(day), None) => day <= claim.origin.as_of,
            _ => true,
        },
    }
}

fn differs(stands: &Action, claim: &Action) -> String {
    if stands.origin.source == claim.origin.source && stands.origin.as_of == claim.origin.as_of {
        return format!(
            "{} of {} and {} of {} in {}, and nothing between that ended the first; the first stands",
            stands.act,
            when(stands),
            claim.act,
            when(claim),
            source(stands)
        );
    }
    format!(
        "{} of {} by {}, and {} of {} by {}; the former stands",
        stands.act,
        when(stands),
        source(stands),
        claim.act,
        when(claim),
        source(claim)
    )
}
