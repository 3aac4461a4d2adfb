//! What stands: every answer that the page and the API give, computed once for a state of the lake and then only read.
//!
//! A [`Standing`] never changes. It is made in [steps](Standing::next), each of which adds to what the one before has, so
//! that the newest year can be shown while the forecast and the past are still being computed.
//!
//! What may not leave the observatory is not in it: [`policy::public`] leaves such sources out of the view from which all of
//! it is computed, and [`policy::public_rows`] those whose rows may not be told.

mod areas;
mod boundaries;
mod events;
mod flows;
mod forecast;
mod impact;
mod indices;
mod pictures;
mod records;
mod worldview;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use lysoen_facts::ViewAt;
use lysoen_impact::policy::PolicyKind;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use lysoen_maps::{Map, Worldview};
use lysoen_measures::Coverage;
use lysoen_measures::catalog::Measure;
use lysoen_measures::panels::{Monthly, Question, Violence, of_countries};

use crate::agenda::{AgendaState, Line, Point};
use crate::assess::{AssessRequest, Assessment, assess};
use crate::error::AnswerError;
use crate::ladder::{Asked, LadderState};
use crate::observatory::Observatory;
use crate::policy;

pub use areas::AreasByCountry;
pub use events::{EventsBySource, Located};
pub use flows::Flows;
pub use forecast::{StandingForecast, UnitForecast};
pub use impact::StandingImpact;
pub use indices::StandingIndex;
pub use pictures::{KeptPicture, Past};
pub(crate) use records::Columns;
pub use records::{Aid, Records, TreatyAction};
pub use worldview::{BUILT_IN, worldview};

/// Every answer for a state of the lake.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The observatory, opened at that state.
    pub observatory: Arc<Observatory>,
    /// The view from which all of it is computed.
    pub at: ViewAt,
    /// The latest period.
    pub latest: Period,
    /// The boundaries of places, drawn.
    pub map: Arc<Map>,
    /// What of them could not be drawn.
    pub undrawn: Arc<Vec<String>>,
    /// Whose view of borders they follow.
    pub worldview: Arc<Worldview>,
    /// Deaths by month, by type where the source tells it.
    pub months: Option<Arc<Monthly>>,
    /// Displaced people by where they are from and where they are.
    pub flows: Option<Arc<Flows>>,
    /// Aid given and treaty actions.
    pub records: Arc<Records>,
    /// Who is bound by what and owes what, or why that cannot be told; nothing until it is read.
    pub agenda: Option<Arc<Result<AgendaState, String>>>,
    /// Countries by their areas.
    pub areas: Arc<AreasByCountry>,
    /// Where events happened.
    pub events: Arc<EventsBySource>,
    /// The indices; empty until they are built.
    pub indices: Arc<Vec<StandingIndex>>,
    /// The forecast, or why there is none; nothing until it is made.
    pub forecast: Option<Arc<Result<StandingForecast, String>>>,
    /// Which warnings stand, and all from which a place's ladder is told, or why there is none; nothing until it is made.
    pub ladder: Option<Arc<Result<LadderState, String>>>,
    /// Policies and what they did, as far as it is computed, or why that cannot be told; nothing until it is begun.
    pub impact: Option<Arc<Result<StandingImpact, String>>>,
    pictures: BTreeMap<Period, Arc<KeptPicture>>,
    left: Vec<Step>,
}

/// Something that is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Deaths by month, flows, aid, treaties and events are read.
    Records,
    /// What states have done and secretariats have listed is held against the instruments.
    Agenda,
    /// The forecast is made.
    Forecast,
    /// Triggers are held against figures and forecasts.
    Ladder,
    /// The indices are built.
    Indices,
    /// A year is assessed.
    Year(i16),
    /// The catalog of policies is read.
    Impact,
    /// The policies of a kind are held against what would have been.
    Policies(PolicyKind),
    /// The classes of policies are.
    Classes,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Records => f.write_str("Reading months, flows, treaties and events"),
            Step::Agenda => f.write_str("Holding treaty actions against the instruments"),
            Step::Forecast => f.write_str("Forecasting"),
            Step::Ladder => f.write_str("Holding triggers against figures and forecasts"),
            Step::Indices => f.write_str("Building the indices"),
            Step::Year(year) => write!(f, "Assessing {year}"),
            Step::Impact => f.write_str("Reading the policies"),
            Step::Policies(kind) => write!(f, "Asking what each {} did", kind.title()),
            Step::Classes => f.write_str("Asking what whole classes of policies did"),
        }
    }
}

impl Standing {
    /// The latest year and the boundaries: enough to begin with. So many years before it will follow.
    pub fn begin(observatory: Arc<Observatory>, worldview: Worldview, years: u16) -> Result<Standing, AnswerError> {
        let at = policy::public(&observatory);
        let assessment = assessed(&observatory, &at, None)?;
        let latest = assessment.period;
        let year = latest.calendar_year();
        let (map, undrawn) = boundaries::drawn(&observatory.view(&policy::public_rows(&observatory))?, &worldview)?;
        let first = year.saturating_sub_unsigned(years);
        let years = (first..year).rev().map(Step::Year);
        Ok(Standing {
            map: Arc::new(map),
            undrawn: Arc::new(undrawn),
            worldview: Arc::new(worldview),
            months: None,
            flows: None,
            records: Arc::new(Records::default()),
            agenda: None,
            areas: Arc::new(AreasByCountry::new()),
            events: Arc::new(EventsBySource::new()),
            indices: Arc::new(Vec::new()),
            forecast: None,
            ladder: None,
            impact: None,
            pictures: BTreeMap::from([(latest, Arc::new(KeptPicture::of(&assessment)?))]),
            left: [Step::Records, Step::Agenda, Step::Forecast, Step::Ladder, Step::Indices]
                .into_iter()
                .chain(years)
                .chain([Step::Impact])
                .chain(PolicyKind::ALL.map(Step::Policies))
                .chain([Step::Classes])
                .collect(),
            observatory,
            at,
            latest,
        })
    }

    /// What is computed next; nothing where all is there.
    pub fn doing(&self) -> Option<Step> {
        self.left.first().copied()
    }

    /// The same with the next step done; nothing where all is there.
    pub fn next(&self) -> Option<Result<Standing, AnswerError>> {
        let step = *self.left.first()?;
        let mut next = self.clone();
        next.left.remove(0);
        Some(next.take(step).map(|()| next))
    }

    fn take(&mut self, step: Step) -> Result<(), AnswerError> {
        match step {
            Step::Records => {
                let view = self.observatory.view(&self.at)?;
                let question = Question {
                    target: Some(Violence::All),
                    ..Question::default()
                };
                // Where no source tells deaths by month there is no chart of them, and that is all.
                let months = of_countries(&view, self.observatory.crosswalk(), &question).ok();
                self.months = months.map(Arc::new);
                self.flows = Flows::read(&view, self.observatory.measures())?.map(Arc::new);
                let rows = self.observatory.view(&policy::public_rows(&self.observatory))?;
                self.records = Arc::new(Records::read(&rows)?);
                self.events = Arc::new(events::located(&rows)?);
                self.areas = Arc::new(areas::areas(&self.observatory, &self.at, &self.map));
            }
            Step::Agenda => {
                // Standings are rows of treaty actions, so nothing of a source whose rows may not leave goes into them.
                let at = policy::public_rows(&self.observatory);
                let made = AgendaState::of(&self.observatory, &at).map_err(|why| why.to_string());
                self.agenda = Some(Arc::new(made));
            }
            Step::Forecast => {
                let made = StandingForecast::of(&self.observatory, &self.at).map_err(|why| why.to_string());
                self.forecast = Some(Arc::new(made));
            }
            Step::Ladder => {
                let made = LadderState::of(&self.observatory, &self.at, Asked::default(), &|_| {});
                self.ladder = Some(Arc::new(made.map_err(|why| why.to_string())));
            }
            Step::Indices => self.indices = Arc::new(StandingIndex::all(&self.observatory, &self.at)?),
            Step::Year(year) => self.year(year)?,
            Step::Impact => {
                let made = StandingImpact::begin(self.observatory.clone(), &self.at);
                self.impact = Some(Arc::new(made.map_err(|why| why.to_string())));
            }
            Step::Policies(kind) => self.more_impact(|impact| impact.with_kind(kind)),
            Step::Classes => self.more_impact(StandingImpact::with_classes),
        }
        Ok(())
    }

    /// Adds answers about policies; where that fails, why is told in their place.
    fn more_impact(&mut self, more: impl Fn(&StandingImpact) -> Result<StandingImpact, AnswerError>) {
        let next = match self.impact.as_deref() {
            Some(Ok(impact)) => more(impact).map_err(|why| why.to_string()),
            _ => return,
        };
        self.impact = Some(Arc::new(next));
    }

    fn year(&mut self, year: i16) -> Result<(), AnswerError> {
        let Ok(period) = Period::year(year) else { return Ok(()) };
        let assessment = match assessed(&self.observatory, &self.at, Some(period)) {
            Ok(assessment) => assessment,
            Err(AnswerError::NoFigures { .. }) => return Ok(()),
            Err(other) => return Err(other),
        };
        self.pictures.insert(period, Arc::new(KeptPicture::of(&assessment)?));
        Ok(())
    }

    /// The periods that are there, the oldest first.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = Period> {
        self.pictures.keys().copied()
    }

    /// Whether a period is still to be computed.
    pub fn awaits(&self, period: Period) -> bool {
        self.left.contains(&Step::Year(period.calendar_year())) && matches!(period, Period::Year(_))
    }

    /// The picture of a period.
    pub fn picture(&self, period: Period) -> Option<&KeptPicture> {
        self.pictures.get(&period).map(Arc::as_ref)
    }

    /// The assessment of places in a period; of all places where none is named.
    pub fn assessment(&self, period: Period, places: &[PlaceId]) -> Option<Result<Assessment, AnswerError>> {
        Some(self.picture(period)?.assessment(&self.observatory, places))
    }

    /// The world's figures year by year, a line a measure that any year has.
    pub fn worlds(&self) -> BTreeMap<String, Line> {
        let world = PlaceId::world();
        let Some(Ok(latest)) = self.assessment(self.latest, std::slice::from_ref(&world)) else {
            return BTreeMap::new();
        };
        let measures = &self.observatory.measures().list;
        let line = |(at, measure): (usize, &Measure)| {
            let figure = latest.figures.iter().find(|figure| figure.measure == measure.id)?;
            let point = |(period, picture): (&Period, &Arc<KeptPicture>)| {
                let past = picture
                    .values(&world)
                    .iter()
                    .find(|past| usize::from(past.measure) == at)?;
                Some(Point {
                    period: period.to_string(),
                    value: past.value,
                    low: past.low(),
                    high: past.high(),
                    preliminary: false,
                })
            };
            let years = self
                .pictures
                .iter()
                .filter(|(period, _)| matches!(period, Period::Year(_)));
            let points: Vec<Point> = years.filter_map(point).collect();
            let (title, unit) = (&measure.title, &figure.unit);
            (!points.is_empty()).then(|| {
                let line = Line::of(&measure.id, title, unit, points, figure.source.clone(), figure.as_of);
                (measure.id.clone(), line)
            })
        };
        measures.iter().enumerate().filter_map(line).collect()
    }

    /// The sources whose boundaries are drawn.
    pub fn map_sources(&self) -> Vec<String> {
        let releases = self.observatory.lake.manifest().releases.iter();
        let of_places = releases.filter(|r| r.files.iter().any(|f| f.table == lysoen_facts::Table::Places));
        let ids: std::collections::BTreeSet<&str> = of_places.map(|r| r.source.as_str()).collect();
        let open = |id: &&str| policy::rows_may_leave(&self.observatory.catalog, id);
        ids.into_iter().filter(open).map(str::to_string).collect()
    }

    /// The number of the lake's manifest.
    pub fn manifest(&self) -> u64 {
        self.observatory.lake.manifest().number
    }
}

/// Assesses a period in the view. Of figures that are lacking for a source that may not leave, it is said so.
fn assessed(observatory: &Observatory, at: &ViewAt, period: Option<Period>) -> Result<Assessment, AnswerError> {
    let request = AssessRequest {
        period,
        places: Vec::new(),
        at: at.clone(),
    };
    let mut assessment = assess(observatory, &request)?;
    let kept_back = |note: &str| at.without.iter().any(|source| note.contains(source.as_str()));
    for figure in &mut assessment.figures {
        if figure.coverage == Coverage::NoSource && kept_back(&figure.note) {
            let which = figure.note.trim_start_matches("no source imported: ");
            figure.note = format!("not told here, for its licence does not let it be passed on: {which}");
        }
    }
    Ok(assessment)
}
