//! The series that is forecast: from facts, or from a table of the user's own; as it was known at any origin.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;
use lysoen_facts::{View, ViewAt};
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::communities::Level;
use lysoen_measures::panels::{
    LongSpans, Monthly, PanelError, Question, Violence, known_from, last_complete_month, of_areas, of_cells,
    of_countries,
};
use lysoen_sources::finding::Findings;

use super::file::{Columns, Series, SeriesFile, gaps};
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy::source_note;
use crate::sheet::SourceNote;

/// Which series.
#[derive(Clone, Debug)]
pub enum SeriesOf<'o> {
    /// Deaths in organised violence from an observatory's facts.
    Facts(FactsSeries<'o>),
    /// A table of units and months.
    File(FileSeries),
}

/// Deaths from facts.
#[derive(Clone, Debug)]
pub struct FactsSeries<'o> {
    /// The observatory.
    pub observatory: &'o Observatory,
    /// The view that is the present.
    pub at: ViewAt,
    /// What the units are.
    pub units: Units,
    /// Which deaths; state-based, or all where the source does not tell the types apart, where none.
    pub violence: Option<Violence>,
    /// The card of the source, where it is not to be chosen.
    pub source: Option<String>,
    /// The countries; all where none.
    pub places: Option<Vec<PlaceId>>,
    /// In which months the deaths of an event stand that spans several.
    pub long: LongSpans,
}

impl FactsSeries<'_> {
    /// Is it the series of a level as it is now known: of all places, and with long spans where they stand unasked?
    pub(super) fn is_whole(&self) -> bool {
        // Areas are always within a country.
        let everywhere = matches!(self.units, Units::Areas(..)) || self.places.is_none();
        everywhere && self.at.as_of.is_none() && self.long == LongSpans::default()
    }

    /// The country whose areas the units are.
    pub(super) fn areas_of(&self) -> Option<String> {
        match &self.units {
            Units::Areas(country, _) => Some(country.to_string()),
            Units::Countries | Units::Cells => None,
        }
    }
}

/// What the units of a series are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Units {
    /// Countries.
    Countries,
    /// The cells of PRIO-GRID.
    Cells,
    /// The areas of a country at a level.
    Areas(PlaceId, Level),
}

impl Units {
    /// The level's name in files.
    pub fn level(&self) -> &'static str {
        match self {
            Units::Countries => "country",
            Units::Cells => "grid",
            Units::Areas(_, Level::Admin1) => "admin1",
            Units::Areas(_, Level::Admin2) => "admin2",
            Units::Areas(_, Level::Admin3) => "admin3",
            Units::Areas(_, Level::Grid) => "grid",
        }
    }
}

/// A series from a table.
#[derive(Clone, Debug)]
pub struct FileSeries {
    /// The table.
    pub path: PathBuf,
    /// The column with the units, where its name does not tell.
    pub unit: Option<String>,
    /// The column with the months, where its name does not tell.
    pub month: Option<String>,
    /// The column with what was known, where its name does not tell.
    pub value: Option<String>,
    /// The column with what came, where another vintage is scored than was known.
    pub actuals: Option<String>,
    /// Columns that stand beside it.
    pub beside: Vec<String>,
}

/// A series, and how to see it as it was.
#[derive(Debug)]
pub struct Histories<'o> {
    from: From<'o>,
    /// All that is known now: what came.
    pub actuals: Panel,
    /// What is told of it.
    pub about: About,
}

#[derive(Debug)]
enum From<'o> {
    /// The facts, and the source that was chosen.
    Facts(FactsSeries<'o>, String),
    /// What was known, in one vintage.
    File(Panel),
}

/// What is told of a series.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// What is counted, in words.
    pub counted: String,
    /// What the units are: `country`, `grid`, `admin1`; `file` where a table has them.
    pub level: String,
    /// The sources, with licence and vintage.
    pub sources: Vec<SourceNote>,
    /// Every vintage of the source that was used, oldest first.
    pub vintages: Vec<Date>,
    /// Was a release cut to what could be known then?
    pub reconstructed: bool,
    /// May the figures be passed on?
    pub may_leave: bool,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// What is wrong in a table.
    pub findings: Vec<Findings>,
}

/// A series as it was known at an origin.
#[derive(Debug)]
pub struct Known {
    /// It ends at the origin.
    pub panel: Panel,
    /// Was a release cut to what could be known then?
    pub reconstructed: bool,
}

impl<'o> Histories<'o> {
    /// Reads a series.
    pub fn of(series: &SeriesOf<'o>) -> Result<Histories<'o>, AnswerError> {
        match series {
            SeriesOf::Facts(facts) => Histories::of_facts(facts),
            SeriesOf::File(file) => Histories::of_file(file),
        }
    }

    fn of_facts(facts: &FactsSeries<'o>) -> Result<Histories<'o>, AnswerError> {
        let observatory = facts.observatory;
        let view = observatory.view(&facts.at)?;
        let mut facts = facts.clone();
        let mut notes = Vec::new();
        let monthly = match read(&facts, &view, facts.source.clone(), None) {
            // No release is complete for the world; there may be extracts for some countries.
            Err(AnswerError::Panel(PanelError::NoSeries { .. })) if facts.places.is_none() => {
                let places = extracts(&view);
                if !places.is_empty() {
                    let names: Vec<&str> = places.iter().map(PlaceId::as_str).collect();
                    notes.push(format!(
                        "No release is complete for the world: only {} are forecast, to the last month that all of them are told for.",
                        names.join(", ")
                    ));
                    facts.places = Some(places);
                }
                read(&facts, &view, facts.source.clone(), None)?
            }
            other => other?,
        };
        let Monthly {
            panel,
            provenance,
            recorded,
            left_out,
        } = monthly;
        notes.extend(provenance.notes.iter().cloned());
        for (reason, count) in &left_out {
            notes.push(format!(
                "{} of {} deaths, in {} events, stand in no {}: {reason}",
                count.deaths,
                recorded.deaths,
                count.events,
                match facts.units {
                    Units::Countries => "country",
                    Units::Cells => "cell",
                    Units::Areas(..) => "area",
                }
            ));
        }
        // A series that runs on into months that not every country has been told for ends with the last whole one.
        let places = facts.places.as_deref();
        let last = last_complete_month(&view, &provenance.source, places).unwrap_or(panel.last());
        let note = source_note(
            &observatory.catalog,
            &provenance.source,
            provenance.vintages.last().copied(),
        );
        Ok(Histories {
            about: About {
                counted: format!("deaths in {}", provenance.counts),
                level: facts.units.level().to_string(),
                sources: vec![note],
                reconstructed: provenance.reconstructed,
                may_leave: crate::policy::derived_may_leave(&observatory.catalog, &provenance.source),
                vintages: provenance.vintages,
                notes,
                findings: Vec::new(),
            },
            actuals: panel.until(last),
            from: From::Facts(facts, provenance.source),
        })
    }

    fn of_file(file: &FileSeries) -> Result<Histories<'o>, AnswerError> {
        let read = |value: Option<&String>| -> Result<Series, AnswerError> {
            SeriesFile::open(&file.path)?.read(&Columns {
                unit: file.unit.as_deref(),
                month: file.month.as_deref(),
                value: value.map(String::as_str),
                beside: &file.beside,
                value_option: "--value-column",
            })
        };
        let mut known = read(file.value.as_ref())?;
        gaps(&known.panel, &mut known.findings);
        let mut about = About {
            counted: known.panel.layers()[0].name.clone(),
            level: "file".to_string(),
            sources: vec![known.source],
            may_leave: true,
            notes: known.notes,
            findings: vec![known.findings],
            ..About::default()
        };
        let actuals = match &file.actuals {
            None => known.panel.clone(),
            Some(column) => {
                let series = read(Some(column))?;
                about.notes.push(format!("forecasts are scored by {column}"));
                about.findings.push(series.findings);
                series.panel
            }
        };
        Ok(Histories {
            from: From::File(known.panel),
            actuals,
            about,
        })
    }

    /// The last month that is known now.
    pub fn latest(&self) -> Month {
        match &self.from {
            From::File(known) => known.last(),
            From::Facts(..) => self.actuals.last(),
        }
    }

    /// What was known at an origin; it ends there. Of facts that is what the sources had said by the day on which the
    /// origin's data could be had; where no vintage is so old, the oldest one is cut.
    pub fn known(&self, origin: Month) -> Result<Known, AnswerError> {
        match &self.from {
            From::File(known) => Ok(Known {
                panel: known.until(origin),
                reconstructed: false,
            }),
            From::Facts(facts, source) => {
                let now = facts.observatory.view(&facts.at)?;
                let day = known_from(&now, source, origin);
                let view = facts.observatory.view(&ViewAt {
                    as_of: day,
                    reconstruct: true,
                    ..facts.at.clone()
                })?;
                let monthly = read(facts, &view, Some(source.clone()), Some(origin))?;
                Ok(Known {
                    panel: monthly.panel.until(origin),
                    reconstructed: monthly.provenance.reconstructed,
                })
            }
        }
    }

    /// What is known now, up to the last whole month.
    pub fn now(&self) -> Panel {
        match &self.from {
            From::File(known) => known.clone(),
            From::Facts(..) => self.actuals.clone(),
        }
    }
}

/// The countries for which a release of UCDP's events is complete.
fn extracts(view: &View) -> Vec<PlaceId> {
    let releases = view.releases().iter().map(|seen| &seen.release);
    let scopes = releases.filter(|release| release.source == "ucdp-ged" && !release.scope.partial);
    let places = scopes.flat_map(|release| release.scope.places.iter().flatten());
    let places: BTreeSet<PlaceId> = places.filter_map(|place| place.parse().ok()).collect();
    places.into_iter().collect()
}

fn read(
    facts: &FactsSeries<'_>,
    view: &View,
    source: Option<String>,
    to: Option<Month>,
) -> Result<Monthly, AnswerError> {
    let question = Question {
        target: facts.violence,
        source,
        places: facts.places.clone(),
        to,
        long: facts.long,
        ..Question::default()
    };
    Ok(match &facts.units {
        Units::Countries => of_countries(view, facts.observatory.crosswalk(), &question)?,
        Units::Cells => of_cells(view, &question)?,
        Units::Areas(country, level) => of_areas(view, &question, country, *level)?,
    })
}
