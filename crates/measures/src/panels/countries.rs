//! Countries × months, and the choice of the source that tells them.

use std::collections::{BTreeMap, BTreeSet};

use lysoen_facts::View;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::neighbours::Neighbours;
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_lexicon::place::PlaceId;

use super::complete::Complete;
use super::events::{Where, days_of, joint_places, load};
use super::observed::{self, BY_MONTH, Rows};
use super::{Count, Filling, Monthly, PanelError, Provenance, Question, Violence, month_of, reason};

/// The source of events where none is named.
pub(super) const EVENTS: &str = "ucdp-ged";

/// A source is passed over where another tells more than so many times as many months.
const FURTHER: usize = 2;

/// Deaths of countries by month, with their neighbours by land, as one source tells them.
pub fn of_countries(view: &View, crosswalk: &Crosswalk, question: &Question) -> Result<Monthly, PanelError> {
    let mut monthly = match choose(view, question)? {
        Chosen::Events { source, complete } => of_events(view, crosswalk, question, &source, &complete)?,
        Chosen::Observed(rows) => of_observations(view, crosswalk, question, rows),
    };
    let neighbours = Neighbours::builtin().among(monthly.panel.units(), crosswalk);
    monthly.panel.set_neighbours(neighbours);
    Ok(monthly)
}

/// The source that is read.
enum Chosen {
    Events { source: String, complete: Complete },
    Observed(Rows),
}

/// The first source in order that tells at least half as many months as the one that tells most.
fn choose(view: &View, question: &Question) -> Result<Chosen, PanelError> {
    let is_asked = |source: &str| question.source.as_deref().is_none_or(|asked| asked == source);
    let mut choices: Vec<(usize, Chosen)> = Vec::new();
    let observed = BY_MONTH.iter().filter(|(source, _)| is_asked(source));
    let is_observed = question
        .source
        .as_deref()
        .is_some_and(|s| BY_MONTH.iter().any(|(source, _)| *source == s));
    if !is_observed {
        let source = question.source.clone().unwrap_or_else(|| EVENTS.to_string());
        let complete = Complete::of(view, &source, days_of(view, &source)?);
        if layers(&source, question).is_some() {
            choices.push((months(&complete, question), Chosen::Events { source, complete }));
        }
    }
    for (source, indicators) in observed {
        if let Some(rows) = observed::load(view, source, indicators, question)? {
            choices.push((rows.months(), Chosen::Observed(rows)));
        }
    }
    let most = choices.iter().map(|(months, _)| *months).max().unwrap_or(0);
    let far = choices
        .into_iter()
        .find(|(months, _)| *months > 0 && months * FURTHER >= most);
    far.map(|(_, chosen)| chosen)
        .ok_or_else(|| PanelError::no_series(question))
}

/// How many months of those asked for a source tells whole, of the world or of each place.
fn months(complete: &Complete, question: &Question) -> usize {
    let of = |place: Option<&str>| {
        let Some((first, last)) = wanted(complete.reach(place), question) else {
            return 0;
        };
        let months = (0..=last.since(first)).map(|n| first.plus(n));
        months.filter(|month| complete.tells(place, *month)).count()
    };
    match &question.places {
        None => of(None),
        Some(places) => places.iter().map(|place| of(Some(place.as_str()))).min().unwrap_or(0),
    }
}

/// Of some months those that are asked for.
pub(super) fn wanted(reach: Option<(Month, Month)>, question: &Question) -> Option<(Month, Month)> {
    let (first, last) = reach?;
    let first = question.from.map_or(first, |from| from.max(first));
    let last = question.to.map_or(last, |to| to.min(last));
    (first <= last).then_some((first, last))
}

/// The types of violence that a source of events tells apart, and all together.
fn told_apart(source: &str) -> &'static [Violence] {
    match source.starts_with("ucdp") {
        true => &Violence::ALL,
        false => &[Violence::All],
    }
}

/// What is counted of the events of a source, the target first; none where the source does not tell the target.
pub(super) fn layers(source: &str, question: &Question) -> Option<Vec<Violence>> {
    let told = told_apart(source);
    let target = question.target.unwrap_or(told[0]);
    let others = told.iter().copied().filter(|layer| *layer != target);
    told.contains(&target)
        .then(|| [target].into_iter().chain(others).collect())
}

/// The months from the first to the last that are told of the world, or of any of the places asked for.
pub(super) fn span(complete: &Complete, question: &Question) -> Option<(Month, Month)> {
    let Some(places) = &question.places else {
        return wanted(complete.reach(None), question);
    };
    let spans = places
        .iter()
        .filter_map(|place| wanted(complete.reach(Some(place.as_str())), question));
    spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn of_events(
    view: &View,
    crosswalk: &Crosswalk,
    question: &Question,
    source: &str,
    complete: &Complete,
) -> Result<Monthly, PanelError> {
    let none = || PanelError::no_series(question);
    let layers = layers(source, question).ok_or_else(none)?;
    let span = span(complete, question).ok_or_else(none)?;
    let target = layers[0];
    let asked: Option<Vec<String>> = question
        .places
        .as_ref()
        .map(|p| p.iter().map(ToString::to_string).collect());
    let tolls = load(view, source, asked.as_deref(), question, Where::Country)?;
    let mut seen: BTreeMap<&str, (Month, Month)> = BTreeMap::new();
    for toll in &tolls {
        if let Some(country) = &toll.country {
            let months = seen.entry(country).or_insert((toll.month, toll.month));
            *months = (months.0.min(toll.month), months.1.max(toll.month));
        }
    }
    let units: BTreeSet<String> = match asked {
        Some(places) => places.into_iter().collect(),
        None => {
            let states = crosswalk.all().filter(|country| !country.gw.is_empty());
            let there = states
                .filter(|c| lives_in(life(crosswalk, &c.iso3), span))
                .map(|c| c.iso3.clone());
            there.chain(seen.keys().map(ToString::to_string)).collect()
        }
    };
    let units: Vec<String> = units.into_iter().collect();
    let lives = Lives::of(crosswalk, &units, &seen);
    let elsewhere = Elsewhere::of(&units, &joint_places(view, source)?);
    let mut filling = Filling::new(units, span, layers, |unit, month| {
        lives.hold(unit, month) && !elsewhere.is(unit) && complete.tells(Some(&lives.places[unit]), month)
    });
    for toll in &tolls {
        let country = toll.country.as_deref().ok_or(reason::NO_COUNTRY);
        let unit = country.and_then(|country| lives.position(country).ok_or(reason::NO_COUNTRY));
        filling.add(toll, unit, question.long);
    }
    let mut provenance = Provenance::of(view, source, None, target);
    provenance.notes.extend(gap_note(complete, question));
    provenance.notes.extend(lives.note());
    provenance.notes.extend(elsewhere.note());
    Ok(filling.finish(provenance, question.long))
}

fn of_observations(view: &View, crosswalk: &Crosswalk, question: &Question, rows: Rows) -> Monthly {
    let units: BTreeSet<String> = match &question.places {
        Some(places) => places.iter().map(ToString::to_string).collect(),
        None => rows.values.iter().map(|row| row.place.clone()).collect(),
    };
    let units: Vec<String> = units.into_iter().collect();
    let mut seen: BTreeMap<&str, (Month, Month)> = BTreeMap::new();
    for row in rows.values.iter().filter(|row| row.value > 0.0) {
        let months = seen.entry(&row.place).or_insert((row.month, row.month));
        *months = (months.0.min(row.month), months.1.max(row.month));
    }
    let lives = Lives::of(crosswalk, &units, &seen);
    let (first, last) = rows.span();
    let mut panel = Panel::new(units, first, rows.months(), rows.layers[0].measure());
    rows.layers[1..].iter().for_each(|layer| {
        panel.add_layer(layer.measure());
    });
    let mut recorded = 0.0;
    let inside = rows.values.iter().filter(|row| first <= row.month && row.month <= last);
    for row in inside {
        let Some(unit) = lives.position(&row.place).filter(|unit| lives.hold(*unit, row.month)) else {
            continue;
        };
        panel.set(row.layer, unit, row.month, row.value);
        if row.layer == 0 {
            recorded += row.value;
        }
    }
    let mut provenance = Provenance::of(view, &rows.source, Some(&rows.dataset), rows.layers[0]);
    provenance.status = (!rows.status.is_empty()).then_some(rows.status);
    provenance
        .notes
        .push("A place for which the source has no row in a month is absent, not zero.".to_string());
    if rows.layers == [Violence::All] {
        provenance
            .notes
            .push("The source has the three types of violence together.".to_string());
    }
    provenance.notes.extend(lives.note());
    Monthly {
        panel,
        provenance,
        recorded: Count {
            events: 0,
            deaths: recorded as i64,
        },
        left_out: BTreeMap::new(),
    }
}

/// In which months places are there: from the month in which a state began to that in which it ended, and as far beyond as
/// the source records deaths under its name, for some carry today's codes back in time.
struct Lives {
    places: Vec<String>,
    months: Vec<(Option<Month>, Option<Month>)>,
    /// Those that are told beyond their own time.
    beyond: Vec<String>,
}

impl Lives {
    fn of(crosswalk: &Crosswalk, places: &[String], seen: &BTreeMap<&str, (Month, Month)>) -> Lives {
        let mut lives = Lives {
            places: places.to_vec(),
            months: Vec::new(),
            beyond: Vec::new(),
        };
        for place in places {
            let (from, until) = life(crosswalk, place);
            let seen = seen.get(place.as_str());
            let (first, last) = (seen.map(|s| s.0), seen.map(|s| s.1));
            let own = (from, until);
            let months = (
                from.map(|from| first.map_or(from, |first| first.min(from))),
                until.map(|until| last.map_or(until, |last| last.max(until))),
            );
            if months != own {
                lives.beyond.push(place.clone());
            }
            lives.months.push(months);
        }
        lives
    }

    fn hold(&self, unit: usize, month: Month) -> bool {
        lives_in(self.months[unit], (month, month))
    }

    fn position(&self, place: &str) -> Option<usize> {
        self.places.binary_search_by(|p| p.as_str().cmp(place)).ok()
    }

    fn note(&self) -> Option<String> {
        (!self.beyond.is_empty()).then(|| {
            format!(
                "The source tells deaths under these names beyond the time of the state, and they are taken as there from \
                 then on: {}.",
                self.beyond.join(", ")
            )
        })
    }
}

/// The first and the last month in which a place was there on any day.
fn life(crosswalk: &Crosswalk, place: &str) -> (Option<Month>, Option<Month>) {
    let country = crosswalk.get(place);
    let month = |day: Option<jiff::civil::Date>| day.map(month_of);
    (
        month(country.and_then(|c| c.from)),
        month(country.and_then(|c| c.until)),
    )
}

/// Whether a life reaches into some months.
fn lives_in((from, until): (Option<Month>, Option<Month>), (first, last): (Month, Month)) -> bool {
    from.is_none_or(|from| from <= last) && until.is_none_or(|until| first <= until)
}

/// Places whose events the source tells under a joint place, so that a zero would be false.
struct Elsewhere(Vec<Option<String>>, Vec<String>);

impl Elsewhere {
    fn of(places: &[String], joint: &[String]) -> Elsewhere {
        let under = |place: &String| {
            let holds = |joint: &&String| {
                let joint: Option<PlaceId> = joint.parse().ok();
                joint.is_some_and(|joint| joint.parts().iter().any(|part| part.as_str() == place))
            };
            joint.iter().find(holds).cloned()
        };
        Elsewhere(places.iter().map(under).collect(), places.to_vec())
    }

    fn is(&self, unit: usize) -> bool {
        self.0[unit].is_some()
    }

    fn note(&self) -> Option<String> {
        let told = self.0.iter().zip(&self.1);
        let told: Vec<String> = told
            .filter_map(|(joint, place)| Some(format!("{place} under {}", joint.as_ref()?)))
            .collect();
        (!told.is_empty()).then(|| format!("The source tells {}.", told.join(", ")))
    }
}

/// The months between the first and the last that no release tells.
pub(super) fn gap_note(complete: &Complete, question: &Question) -> Option<String> {
    let of = |place: Option<&str>| {
        let gaps = complete
            .gaps(place)
            .into_iter()
            .filter_map(|gap| wanted(Some(gap), question));
        let gap = |(first, last): (Month, Month)| match place {
            None => format!("{first} to {last}"),
            Some(place) => format!("{first} to {last} in {place}"),
        };
        gaps.map(gap).collect::<Vec<_>>()
    };
    let gaps: Vec<String> = match &question.places {
        None => of(None),
        Some(places) => places.iter().flat_map(|place| of(Some(place.as_str()))).collect(),
    };
    (!gaps.is_empty()).then(|| format!("No release is complete for {}.", gaps.join(", ")))
}
