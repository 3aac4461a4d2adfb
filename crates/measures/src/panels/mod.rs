//! Deaths by month, as [`Panel`]s of countries, areas or cells of a grid: the series from which harm is forecast.
//!
//! A panel is read from one source, whole; sources of the same deaths are never added or mixed. Countries are told by
//! UCDP's events where releases that are complete for the world are in the view, else by the months of VIEWS, else by the
//! months of `ucdp-panel`, which has the three types of violence together. Of these the first is taken that tells at least
//! half as many months as the one that tells most: a single candidate release does not stand in for thirty years.
//!
//! A month is zero only where the source is complete for the place and the month, and the place was there. Otherwise it is
//! absent. What was recorded and stands in no cell of the panel is counted, with the reason.
//!
//! Everything is read from a [`View`], so that its [`ViewAt`] decides what is known. To look back from the end of a month
//! take the day on which the month [could be had](known_from), open the view of that day with `reconstruct`, and ask for
//! months [up to](Question::to) that one: a revision that came later is then not seen, nor a month that came later.
//!
//! [`ViewAt`]: lysoen_facts::ViewAt

mod areas;
mod cells;
mod complete;
mod countries;
mod events;
mod observed;
mod spans;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use lysoen_facts::{LakeError, View};
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_lexicon::place::PlaceId;

pub use areas::of_areas;
pub use cells::of_cells;
pub use complete::{known_from, last_complete_month};
pub use countries::of_countries;
pub use spans::{LongSpans, spread};

use events::Toll;

/// UCDP's types of organised violence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Violence {
    /// Between governments, or a government and an organised group.
    StateBased,
    /// Between organised groups, none of which is a government.
    NonState,
    /// Against civilians, by a government or an organised group.
    OneSided,
    /// All of it together.
    All,
}

impl Violence {
    /// The three types, and all together.
    pub const ALL: [Violence; 4] = [
        Violence::StateBased,
        Violence::NonState,
        Violence::OneSided,
        Violence::All,
    ];

    /// The id of the measure, which is the name of the panel's layer.
    pub fn measure(self) -> &'static str {
        match self {
            Violence::StateBased => "killed_state_based",
            Violence::NonState => "killed_non_state",
            Violence::OneSided => "killed_one_sided",
            Violence::All => "killed",
        }
    }

    /// Whether an event of that type, in the source's word, is counted.
    fn counts(self, violence: &str) -> bool {
        match self {
            Violence::StateBased => violence == "state-based",
            Violence::NonState => violence == "non-state",
            Violence::OneSided => violence == "one-sided",
            Violence::All => true,
        }
    }
}

impl fmt::Display for Violence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Violence::StateBased => "state-based violence",
            Violence::NonState => "non-state violence",
            Violence::OneSided => "one-sided violence",
            Violence::All => "organised violence of all types",
        })
    }
}

/// What is asked of a panel. The default is the world as far as it is known: state-based violence where the source tells
/// the types apart, else all together.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The type of violence that is the panel's target; state-based, or all where the source does not tell, where none.
    pub target: Option<Violence>,
    /// The card of the source; else the first that reaches far enough.
    pub source: Option<String>,
    /// The status of the observations taken, `""` for final values; else the one that reaches furthest. VIEWS has the
    /// release of 2023 beside final values, and the two are never mixed.
    pub status: Option<String>,
    /// The countries or joint places; the world where none.
    pub places: Option<Vec<PlaceId>>,
    /// The first month wanted.
    pub from: Option<Month>,
    /// The last month wanted. Nothing that ended later is looked at.
    pub to: Option<Month>,
    /// In which months the deaths of an event stand that spans several.
    pub long: LongSpans,
}

/// Deaths by month, and where they come from.
#[derive(Clone, Debug)]
pub struct Monthly {
    /// Places × months; the target first.
    pub panel: Panel,
    /// Where it comes from.
    pub provenance: Provenance,
    /// What the source records of the target in the panel's months: what stands in the panel, and what is left out.
    pub recorded: Count,
    /// What is recorded and stands in no cell of the panel, by reason.
    pub left_out: BTreeMap<&'static str, Count>,
}

impl Monthly {
    /// The deaths of the target that stand in the panel.
    pub fn deaths(&self) -> f64 {
        let cells = (0..self.panel.units().len()).flat_map(|unit| self.panel.series(unit));
        cells.filter(|deaths| !deaths.is_nan()).sum()
    }
}

/// Events, and the deaths in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many events; none of observations, which are sums already.
    pub events: u64,
    /// Deaths, best estimate.
    pub deaths: i64,
}

impl Count {
    fn add(&mut self, toll: &Toll) {
        self.events += toll.events;
        self.deaths += toll.deaths;
    }
}

/// Where a panel comes from and what a reader must know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The source's card.
    pub source: String,
    /// The data set within the source.
    pub dataset: String,
    /// The status of its observations, where it is not empty.
    pub status: Option<String>,
    /// The vintages of its releases that are seen, oldest first.
    pub vintages: Vec<Date>,
    /// Whether a release had to be cut to what could be known on the view's day.
    pub reconstructed: bool,
    /// What the target counts.
    pub counts: Violence,
    /// What a reader must know, in sentences.
    pub notes: Vec<String>,
}

impl Provenance {
    fn of(view: &View, source: &str, dataset: Option<&str>, counts: Violence) -> Provenance {
        let here = |seen: &&lysoen_facts::Seen| {
            seen.release.source == source && dataset.is_none_or(|dataset| seen.release.dataset == dataset)
        };
        let releases = || view.releases().iter().filter(here);
        let vintages: BTreeSet<Date> = releases().map(|seen| seen.release.vintage).collect();
        let datasets: BTreeSet<&str> = releases().map(|seen| seen.release.dataset.as_str()).collect();
        Provenance {
            source: source.to_string(),
            dataset: datasets.into_iter().collect::<Vec<_>>().join(" + "),
            status: None,
            vintages: vintages.into_iter().collect(),
            reconstructed: releases().any(|seen| seen.reconstructed_to.is_some()),
            counts,
            notes: Vec::new(),
        }
    }
}

/// Why there is no panel.
#[derive(Debug, thiserror::Error)]
pub enum PanelError {
    /// The lake could not be read.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// No source tells such deaths by month.
    #[error(
        "no source here tells deaths in {counts} by month, complete for {places} and the months asked for; import UCDP's \
         events, or ask for other deaths, countries or months"
    )]
    NoSeries {
        /// What was to be counted.
        counts: Violence,
        /// The places asked for.
        places: String,
    },
    /// No source lists areas of the level.
    #[error("no {level} of {country} are known")]
    NoAreas {
        /// The country.
        country: PlaceId,
        /// The level in words, many of them.
        level: &'static str,
    },
}

impl PanelError {
    fn no_series(question: &Question) -> PanelError {
        let named = |places: &Vec<PlaceId>| {
            let places: Vec<&str> = places.iter().map(PlaceId::as_str).collect();
            places.join(", ")
        };
        PanelError::NoSeries {
            counts: question.target.unwrap_or(Violence::All),
            places: question.places.as_ref().map_or_else(|| "the world".to_string(), named),
        }
    }
}

/// The reasons for which what is recorded stands in no cell.
mod reason {
    pub(super) const LONG: &str = "dated to more than a month";
    pub(super) const NOT_COMPLETE: &str = "in a month for which no release is complete";
    pub(super) const NO_COUNTRY: &str = "no country is told";
    pub(super) const NO_BOUNDARY: &str = "in an area without a boundary, which has no zero";
}

/// A panel that is being filled from events.
struct Filling {
    panel: Panel,
    layers: Vec<Violence>,
    recorded: Count,
    /// Of these the events dated to more than a month.
    long: Count,
    left_out: BTreeMap<&'static str, Count>,
}

impl Filling {
    /// A panel with a zero in every cell for which the source is complete. `layers` are what it counts, the target first.
    fn new(
        units: Vec<String>,
        (first, last): (Month, Month),
        layers: Vec<Violence>,
        is_complete: impl Fn(usize, Month) -> bool,
    ) -> Filling {
        let months = usize::try_from(last.since(first) + 1).unwrap_or(0);
        let mut panel = Panel::new(units, first, months, layers[0].measure());
        layers[1..].iter().for_each(|layer| {
            panel.add_layer(layer.measure());
        });
        for unit in 0..panel.units().len() {
            for month in (0..months).map(|n| first.plus(n as i32)) {
                if is_complete(unit, month) {
                    (0..layers.len()).for_each(|layer| panel.set(layer, unit, month, 0.0));
                }
            }
        }
        Filling {
            panel,
            layers,
            recorded: Count::default(),
            long: Count::default(),
            left_out: BTreeMap::new(),
        }
    }

    /// Adds deaths to a unit, or to what is left out for a reason.
    fn add(&mut self, toll: &Toll, unit: Result<usize, &'static str>, rule: LongSpans) {
        let is_of_target = self.layers[0].counts(&toll.violence);
        if is_of_target {
            self.recorded.add(toll);
        }
        if is_of_target && toll.long {
            self.long.add(toll);
        }
        let is_dropped = toll.long && rule == LongSpans::Drop;
        let unit = if is_dropped { Err(reason::LONG) } else { unit };
        let place = unit.and_then(|unit| {
            let column = self.panel.column(toll.month).ok_or(reason::NOT_COMPLETE)?;
            match self.panel.series(unit)[column].is_nan() {
                true => Err(reason::NOT_COMPLETE),
                false => Ok((unit, column)),
            }
        });
        let (unit, column) = match place {
            Ok(place) => place,
            Err(reason) => {
                if is_of_target {
                    self.left_out.entry(reason).or_default().add(toll);
                }
                return;
            }
        };
        for (nth, layer) in self.layers.iter().enumerate() {
            if layer.counts(&toll.violence) {
                let known = self.panel.layer(nth, unit)[column];
                // Whole numbers far below 2^53: their sum is the same in any order.
                self.panel.set(nth, unit, toll.month, known + toll.deaths as f64);
            }
        }
    }

    fn finish(self, mut provenance: Provenance, rule: LongSpans) -> Monthly {
        let what = match rule {
            LongSpans::EndMonth => "stand in the month in which they ended",
            LongSpans::Spread => "are spread evenly over their days",
            LongSpans::Drop => "are left out",
        };
        if self.long.events > 0 {
            let Count { events, deaths } = self.long;
            let note = format!("{deaths} deaths in {events} events dated to more than a month {what}.");
            provenance.notes.push(note);
        }
        Monthly {
            panel: self.panel,
            provenance,
            recorded: self.recorded,
            left_out: self.left_out,
        }
    }
}

/// The last day of a month.
pub fn last_day(month: Month) -> Date {
    month.period().map_or(Date::MAX, |period| period.end())
}

/// The month of a day.
fn month_of(day: Date) -> Month {
    Month::of(day.year(), day.month().unsigned_abs())
}
