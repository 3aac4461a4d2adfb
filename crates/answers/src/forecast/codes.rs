//! Which unit of a series a number in a file of draws stands for.

use std::collections::HashMap;

use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::place::{PlaceId, PlaceKind};
use lysoen_sources::draws::{DrawsFile, UnitColumn, UnitMonth};

use super::file::SeriesFile;
use super::series::SeriesOf;
use crate::error::AnswerError;

/// Units told one by one where none fits.
const TOLD: usize = 3;

/// From the ids in a file of draws to the units of a series.
pub(super) enum Codes {
    /// Both have the same numbers.
    Same(HashMap<i64, u32>),
    /// The file has VIEWS ids, the series ISO 3166-1 alpha-3 codes.
    Iso3(HashMap<String, u32>),
}

impl Codes {
    pub(super) fn of(file: &DrawsFile, units: &[String], series: &SeriesOf<'_>) -> Result<Codes, AnswerError> {
        let unfit = |has: &str| AnswerError::Unfit {
            file: file.name().to_string(),
            why: format!(
                "its units are those of {}, and those of the series are {has}: they are not about the same units",
                file.unit().name()
            ),
        };
        let in_series = match series {
            SeriesOf::Facts(_) => None,
            SeriesOf::File(of) => match &of.unit {
                Some(unit) => [UnitColumn::Cell, UnitColumn::Country]
                    .into_iter()
                    .find(|u| u.name() == unit),
                None => UnitColumn::of(SeriesFile::open(&of.path)?.header()),
            },
        };
        if let Some(other) = in_series.filter(|unit| *unit != file.unit()) {
            return Err(unfit(&format!("those of {}", other.name())));
        }
        let places: Vec<Option<PlaceId>> = units.iter().map(|unit| unit.parse().ok()).collect();
        let is =
            |kind: PlaceKind| places.iter().flatten().filter(|place| place.kind() == kind).count() * 2 > units.len();
        let numbers = || {
            let number = |(n, (unit, place)): (u32, (&String, &Option<PlaceId>))| {
                let cell = place.as_ref().and_then(PlaceId::as_cell);
                let number = cell.map_or_else(|| unit.parse().ok(), |cell| cell.to_string().parse().ok())?;
                Some((number, n))
            };
            (0..)
                .zip(units.iter().zip(&places))
                .filter_map(number)
                .collect::<HashMap<i64, u32>>()
        };
        match file.unit() {
            UnitColumn::Country if is(PlaceKind::Country) => Ok(Codes::Iso3(
                (0..).zip(units).map(|(n, unit)| (unit.clone(), n)).collect(),
            )),
            UnitColumn::Country if is(PlaceKind::Cell) => Err(unfit("cells of PRIO-GRID")),
            UnitColumn::Cell if is(PlaceKind::Country) => Err(unfit("countries")),
            _ => match numbers() {
                none if none.is_empty() => {
                    let some: Vec<&str> = units.iter().take(TOLD).map(String::as_str).collect();
                    Err(unfit(&format!("such as {}", some.join(", "))))
                }
                numbers => Ok(Codes::Same(numbers)),
            },
        }
    }

    /// The number of the series' unit that an ensemble is of.
    pub(super) fn unit(&self, of: UnitMonth) -> Option<u32> {
        match self {
            Codes::Same(numbers) => numbers.get(&of.unit).copied(),
            Codes::Iso3(codes) => {
                let day = of.month.period()?.start();
                let resolved = Crosswalk::builtin().resolve(CodeSystem::Views, &of.unit.to_string(), Some(day));
                match resolved.ok()? {
                    Resolved::Place(place) => codes.get(place.as_str()).copied(),
                    _ => None,
                }
            }
        }
    }
}
