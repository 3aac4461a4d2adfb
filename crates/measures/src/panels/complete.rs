//! For which months releases are complete, and when a month could be had.

use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_facts::View;
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::place::PlaceId;

use super::{last_day, month_of};
use crate::store::{Scope, scopes};

/// The places and whole months for which the releases of a source are complete.
#[derive(Debug)]
pub(super) struct Complete {
    releases: Vec<(Option<Vec<String>>, Month, Month)>,
}

impl Complete {
    /// As a view shows them. A scope without a first or last day reaches as far as is recorded.
    pub(super) fn of(view: &View, source: &str, recorded: Option<(Date, Date)>) -> Complete {
        let whole = |scope: Scope| {
            let from = scope.from.or(recorded.map(|(first, _)| first))?;
            let to = scope.to.or(recorded.map(|(_, last)| last))?;
            let (first, last) = (month_of(from), month_of(to));
            let first = if from.day() == 1 { first } else { first.plus(1) };
            let last = if to == last_day(last) { last } else { last.plus(-1) };
            (first <= last).then_some((scope.places, first, last))
        };
        let scopes = scopes(view).into_iter().filter(|scope| scope.source == source);
        Complete {
            releases: scopes.filter_map(whole).collect(),
        }
    }

    fn here<'a>(&'a self, place: Option<&'a str>) -> impl Iterator<Item = (Month, Month)> + 'a {
        let here = move |places: &Option<Vec<String>>| match (places, place) {
            (None, _) => true,
            (Some(places), Some(place)) => places.iter().any(|p| p == place),
            (Some(_), None) => false,
        };
        self.releases
            .iter()
            .filter(move |(places, ..)| here(places))
            .map(|(_, first, last)| (*first, *last))
    }

    /// Whether a month is told whole for a place, or for the world where none.
    pub(super) fn tells(&self, place: Option<&str>, month: Month) -> bool {
        self.here(place).any(|(first, last)| first <= month && month <= last)
    }

    /// The first and the last month told for a place, or for the world where none; there may be gaps between.
    pub(super) fn reach(&self, place: Option<&str>) -> Option<(Month, Month)> {
        self.here(place).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// The months between the first and the last that nothing tells of the world or of a place, as spans.
    pub(super) fn gaps(&self, place: Option<&str>) -> Vec<(Month, Month)> {
        let mut gaps: Vec<(Month, Month)> = Vec::new();
        let Some((first, last)) = self.reach(place) else {
            return gaps;
        };
        let missing = (0..=last.since(first)).map(|n| first.plus(n));
        for month in missing.filter(|month| !self.tells(place, *month)) {
            match gaps.last_mut() {
                Some(gap) if gap.1.plus(1) == month => gap.1 = month,
                _ => gaps.push((month, month)),
            }
        }
        gaps
    }
}

/// The last month that the releases of a source tell whole: for the world, or for every one of some places.
pub fn last_complete_month(view: &View, source: &str, places: Option<&[PlaceId]>) -> Option<Month> {
    let complete = Complete::of(view, source, None);
    let Some(places) = places else {
        return complete.reach(None).map(|(_, last)| last);
    };
    let reach = |place: &PlaceId| complete.reach(Some(place.as_str())).map(|(_, last)| last);
    // A release that is complete for all time sets no end; that every place is told is asked below.
    let latest = places.iter().filter_map(reach).min()?;
    // A gap in one place may lie at the end of another.
    let told = |month: &Month| places.iter().all(|p| complete.tells(Some(p.as_str()), *month));
    (0..=latest.0).rev().map(Month).find(told)
}

/// The day on which a source's data of a month could be had: the month's last day and the publication lag of the source's
/// newest release. UCDP's yearly releases are later than that for all months but the last of their year.
pub fn known_from(view: &View, source: &str, month: Month) -> Option<Date> {
    let releases = view.releases().iter().map(|seen| &seen.release);
    let newest = releases
        .filter(|release| release.source == source)
        .max_by_key(|release| (release.vintage, release.id))?;
    let lag = i64::from(newest.publication_lag_days).days();
    last_day(month).checked_add(lag).ok()
}
