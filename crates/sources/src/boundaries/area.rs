//! Which area a feature is, by the columns that the layout names.

use std::collections::BTreeMap;
use std::str::FromStr;

use csv::StringRecord;
use jiff::civil::Date;
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::card::{AreaColumns, Layout, PlaceColumns};
use crate::cell;
use crate::input::Input;
use crate::mapping::plan::{Column, Trouble, text_at};
use crate::reader::ReadError;
use crate::records::Header;

/// The deepest administrative level.
const DEEPEST: usize = 4;

/// What a feature is.
pub(super) enum Found {
    Area(Box<Area>),
    /// Known and no place: a glacier that two countries claim.
    NoPlace {
        column: String,
        text: String,
    },
}

/// An area, or a country.
pub(super) struct Area {
    pub(super) place: String,
    pub(super) country: PlaceId,
    pub(super) level: i16,
    pub(super) parent: Option<String>,
    pub(super) name: String,
    pub(super) other_name: Option<String>,
    pub(super) valid_from: Option<Date>,
    pub(super) valid_to: Option<Date>,
    /// The column that says which place it is.
    pub(super) column: Option<String>,
    /// Whether it is a part of a country in a file of countries.
    pub(super) is_part: bool,
    /// The P-code and that of the area around it, below level 1.
    pub(super) nesting: Option<(String, String)>,
    /// What is wrong in cells that do not decide which area it is.
    pub(super) troubles: Vec<Trouble>,
}

/// How a file tells the level of its areas.
#[derive(Clone, Debug)]
pub(super) enum Level {
    Is(usize),
    InColumn(Column),
}

/// The layout's columns as they stand in a file.
pub(super) struct Plan {
    country: Option<Column>,
    fixed: Option<PlaceId>,
    system: Option<CodeSystem>,
    means: BTreeMap<String, String>,
    level: Level,
    /// The columns of each level.
    levels: [LevelColumns; DEEPEST + 1],
    parent: Option<Column>,
    valid_from: Option<Column>,
    valid_to: Option<Column>,
    has_pcodes: bool,
}

#[derive(Default)]
struct LevelColumns {
    pcode: Option<Column>,
    names: Vec<Column>,
}

fn at_level(pattern: &str, level: usize) -> String {
    pattern.replace("{level}", &level.to_string())
}

impl Plan {
    /// Sets the layout against a header; what does not fit is an error of the file.
    pub(super) fn new(input: &Input, layout: &Layout, header: &Header) -> Result<Plan, ReadError> {
        let find = |name: &str| header.index(name).map(|at| (at, header.names()[at].clone()));
        let (Some(place), Some(area)) = (&layout.place, &layout.area) else {
            let expected = "`place` and `area` in the layout, which say where country, P-code and name stand";
            return Err(input.malformed(format!("layout {}", layout.name), expected));
        };
        let needed = |name: &str| {
            let missing = || input.malformed(format!("no column {name}"), "the columns that the layout names");
            find(name).ok_or_else(missing)
        };
        let levels = std::array::from_fn(|level| LevelColumns {
            pcode: area.pcode.as_deref().and_then(|column| find(&at_level(column, level))),
            names: area
                .name
                .iter()
                .filter_map(|column| find(&at_level(column, level)))
                .collect(),
        });
        let plan = Plan {
            country: place.column.as_deref().map(needed).transpose()?,
            fixed: fixed(input, place)?,
            system: system(input, place)?,
            means: place.means.clone(),
            level: level(input, area, &levels, needed)?,
            levels,
            parent: area.parent.as_deref().map(needed).transpose()?,
            valid_from: area.valid_from.as_deref().and_then(find),
            valid_to: area.valid_to.as_deref().and_then(find),
            has_pcodes: area.pcode.is_some(),
        };
        plan.is_complete(input, area)?;
        Ok(plan)
    }

    /// How the file tells the level of its areas.
    pub(super) fn level(&self) -> &Level {
        &self.level
    }

    /// Whether the columns are there that say which area a feature is.
    fn is_complete(&self, input: &Input, area: &AreaColumns) -> Result<(), ReadError> {
        let Level::Is(level) = self.level else { return Ok(()) };
        let missing = |patterns: &[&str]| {
            let columns: Vec<String> = patterns.iter().map(|column| at_level(column, level)).collect();
            input.malformed(
                format!("no column {}", columns.join(" or ")),
                "the columns that the layout names",
            )
        };
        let columns = &self.levels[level];
        if let Some(pcode) = &area.pcode
            && level > 0
            && columns.pcode.is_none()
        {
            return Err(missing(&[pcode]));
        }
        if columns.names.is_empty() {
            return Err(missing(&area.name.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        Ok(())
    }

    /// The area that a feature is, or what keeps it from being one.
    pub(super) fn area(&self, crosswalk: &Crosswalk, record: &StringRecord) -> Result<Found, Trouble> {
        let (country, part) = match self.country(crosswalk, record)? {
            Where::Country(country) => (country, None),
            Where::Part(country, name) => (country, Some(name)),
            Where::NoPlace(text) => {
                let column = self.country.as_ref().map(|(_, name)| name.clone());
                return Ok(Found::NoPlace {
                    column: column.unwrap_or_default(),
                    text,
                });
            }
        };
        let level = self.level_of(record)?;
        let mut area = Area {
            place: country.as_str().to_string(),
            country,
            level: level as i16,
            parent: None,
            name: String::new(),
            other_name: None,
            valid_from: None,
            valid_to: None,
            column: self.country.as_ref().map(|(_, name)| name.clone()),
            is_part: false,
            nesting: None,
            troubles: Vec::new(),
        };
        match (level, part) {
            (0, Some(name)) => area.be_part(&name),
            (0, None) => {}
            _ if self.has_pcodes => self.by_pcode(&mut area, level, crosswalk, record)?,
            _ => self.by_name(&mut area, level, record)?,
        }
        self.name(&mut area, level, crosswalk, record);
        area.valid_from = day(self.valid_from.as_ref(), record, &mut area.troubles);
        area.valid_to = day(self.valid_to.as_ref(), record, &mut area.troubles);
        Ok(Found::Area(Box::new(area)))
    }

    fn country(&self, crosswalk: &Crosswalk, record: &StringRecord) -> Result<Where, Trouble> {
        let (Some((at, column)), None) = (&self.country, &self.fixed) else {
            let expected = "a country; name its column or `fixed` in the layout";
            return self
                .fixed
                .clone()
                .map(Where::Country)
                .ok_or_else(|| Trouble::whole_row(expected));
        };
        let text = text_at(record, *at);
        if let Some(meant) = self.means.get(text) {
            return Where::meant(text, meant)
                .ok_or_else(|| Trouble::new(column, text, format!("a place, not {meant}, for it in `means`")));
        }
        if text.is_empty() {
            return Err(Trouble::new(column, text, "a country; the cell is empty"));
        }
        let system = self.system.unwrap_or(match text.len() {
            2 => CodeSystem::Iso2,
            _ => CodeSystem::Any,
        });
        match crosswalk.resolve(system, text, None) {
            Ok(Resolved::Place(place)) if place.kind() == PlaceKind::Country => Ok(Where::Country(place)),
            Ok(_) => Ok(Where::NoPlace(text.to_string())),
            Err(unresolved) => Err(Trouble::new(column, text, unresolved.to_string())),
        }
    }

    fn level_of(&self, record: &StringRecord) -> Result<usize, Trouble> {
        match &self.level {
            Level::Is(level) => Ok(*level),
            Level::InColumn((at, column)) => {
                let text = text_at(record, *at);
                let level = code(text).parse().ok();
                level
                    .filter(|level| *level <= DEEPEST)
                    .ok_or_else(|| Trouble::new(column, text, "an administrative level from 0 to 4"))
            }
        }
    }

    fn by_pcode(
        &self,
        area: &mut Area,
        level: usize,
        crosswalk: &Crosswalk,
        record: &StringRecord,
    ) -> Result<(), Trouble> {
        let Some((at, column)) = &self.levels[level].pcode else {
            return Err(Trouble::whole_row(format!("a column of the P-codes of level {level}")));
        };
        let pcode = code(text_at(record, *at));
        if pcode.is_empty() {
            return Err(Trouble::new(
                column,
                "none",
                "a P-code; without one an area is not known again",
            ));
        }
        let place = PlaceId::area(pcode).map_err(|wrong| Trouble::new(column, pcode, format!("a P-code ({wrong})")))?;
        if !is_of(pcode, &area.country, crosswalk) {
            let expected = format!(
                "a P-code of {}, as the country's column says; kept as given",
                area.country
            );
            area.troubles.push(Trouble::new(column, pcode, expected));
        }
        area.place = place.as_str().to_string();
        area.column = Some(column.clone());
        let around = match &self.parent {
            Some(parent) => Some(parent),
            None if level == 1 => None,
            None => self.levels[level - 1].pcode.as_ref().filter(|above| above.0 != *at),
        };
        let Some((at, column)) = around else {
            area.parent = (level == 1).then(|| area.country.as_str().to_string());
            return Ok(());
        };
        let parent = code(text_at(record, *at));
        if (level == 1 && parent.is_empty()) || is_code_of(parent, &area.country, crosswalk) {
            area.parent = Some(area.country.as_str().to_string());
            return Ok(());
        }
        match PlaceId::area(parent) {
            Ok(around) => {
                area.nesting = Some((pcode.to_string(), parent.to_string()));
                area.parent = Some(around.as_str().to_string());
            }
            Err(wrong) => {
                let found = if parent.is_empty() { "none" } else { parent };
                let expected = format!("the P-code of the area around it ({wrong}); kept without");
                area.troubles.push(Trouble::new(column, found, expected));
            }
        }
        Ok(())
    }

    /// An area that has no P-code is known by its name, behind those of the areas around it.
    fn by_name(&self, area: &mut Area, level: usize, record: &StringRecord) -> Result<(), Trouble> {
        let first_name = |level: usize| first_filled(&self.levels[level].names, record);
        let own = &self.levels[level].names;
        let (column, name) = first_name(level).ok_or_else(|| Trouble::new(&own[0].1, "none", "a name"))?;
        let mut around = area.country.as_str().to_string();
        let above: Vec<&str> = match &self.parent {
            Some((at, _)) => vec![text_at(record, *at)],
            None => (1..level)
                .filter(|level| self.levels[*level].names.first().map(|c| c.0) != own.first().map(|c| c.0))
                .filter_map(|level| first_name(level).map(|(_, name)| name))
                .collect(),
        };
        for name in above.into_iter().filter(|name| !name.is_empty()) {
            around = below(&around, name);
        }
        area.place = below(&around, name);
        area.parent = Some(around);
        area.column = Some(column.to_string());
        Ok(())
    }

    /// Gives the area its names: a country's is the crosswalk's, beside the file's own; where none is given, the code
    /// stands for it.
    fn name(&self, area: &mut Area, level: usize, crosswalk: &Crosswalk, record: &StringRecord) {
        let mut names: Vec<&str> = Vec::new();
        if area.level == 0 {
            names.extend(crosswalk.name(&area.country));
        }
        let columns = &self.levels[level].names;
        names.extend(
            columns
                .iter()
                .map(|(at, _)| text_at(record, *at))
                .filter(|name| !name.is_empty()),
        );
        let Some(first) = names.first() else {
            let column = columns.first().map_or("", |(_, name)| name.as_str());
            area.troubles
                .push(Trouble::new(column, "none", "a name; the place's code stands for it"));
            area.name = area.place.clone();
            return;
        };
        area.name = (*first).to_string();
        area.other_name = names.iter().find(|name| *name != first).map(|name| (*name).to_string());
    }
}

impl Area {
    /// Makes the country at hand a part of it that has no code of its own.
    fn be_part(&mut self, name: &str) {
        self.place = below(self.country.as_str(), name);
        self.parent = Some(self.country.as_str().to_string());
        self.level = 1;
        self.is_part = true;
    }
}

/// Where a feature lies.
enum Where {
    Country(PlaceId),
    Part(PlaceId, String),
    NoPlace(String),
}

impl Where {
    /// What the layout says that a text means: a country, a part of one (`SOM/Somaliland`), or nothing.
    fn meant(text: &str, meant: &str) -> Option<Where> {
        if meant.is_empty() {
            return Some(Where::NoPlace(text.to_string()));
        }
        Some(match meant.split_once('/') {
            Some((country, name)) => Where::Part(PlaceId::country(country).ok()?, name.to_string()),
            None => Where::Country(PlaceId::country(meant).ok()?),
        })
    }
}

fn fixed(input: &Input, place: &PlaceColumns) -> Result<Option<PlaceId>, ReadError> {
    let country = place.fixed.as_deref().map(PlaceId::country).transpose();
    country.map_err(|wrong| input.malformed("a mistake in the layout's `place`", wrong.to_string()))
}

fn system(input: &Input, place: &PlaceColumns) -> Result<Option<CodeSystem>, ReadError> {
    let system = place.code.as_deref().map(CodeSystem::from_str).transpose();
    system.map_err(|wrong| input.malformed("a mistake in the layout's `place`", wrong.to_string()))
}

/// The level that the layout or a column says, else the deepest of which the file has a column.
fn level(
    input: &Input,
    area: &AreaColumns,
    levels: &[LevelColumns],
    needed: impl Fn(&str) -> Result<Column, ReadError>,
) -> Result<Level, ReadError> {
    if let Some(level) = area.level {
        let level = usize::try_from(level).ok().filter(|level| *level <= DEEPEST);
        return level
            .map(Level::Is)
            .ok_or_else(|| input.malformed("a mistake in the layout's `level`", "a level from 0 to 4"));
    }
    if let Some(column) = &area.level_column {
        return Ok(Level::InColumn(needed(column)?));
    }
    let has = |columns: &LevelColumns| match area.pcode {
        Some(_) => columns.pcode.is_some(),
        None => !columns.names.is_empty(),
    };
    levels.iter().rposition(has).map(Level::Is).ok_or_else(|| {
        let pattern = area.pcode.as_ref().or(area.name.first()).cloned().unwrap_or_default();
        input.malformed(
            format!("no column {pattern} of any level"),
            "the columns that the layout names",
        )
    })
}

fn first_filled<'r, 'p>(columns: &'p [Column], record: &'r StringRecord) -> Option<(&'p str, &'r str)> {
    let mut filled = columns.iter().map(|(at, name)| (name.as_str(), text_at(record, *at)));
    filled.find(|(_, text)| !text.is_empty())
}

/// A place by its name within another. A slash within a name would read as a finer level.
fn below(around: &str, name: &str) -> String {
    format!("{around}/{}", name.replace('/', "-"))
}

/// A code that was kept as a number, without the decimals that this gave it.
fn code(text: &str) -> &str {
    let whole = text.strip_suffix(".0");
    whole
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or(text)
}

/// Whether a text is a code of the country itself.
fn is_code_of(text: &str, country: &PlaceId, crosswalk: &Crosswalk) -> bool {
    let iso2 = crosswalk.get(country.as_str()).and_then(|known| known.iso2.as_deref());
    text == country.as_str() || iso2 == Some(text)
}

/// Whether a P-code may be one of the country: it opens with the country's two or three letters, or with no letters.
fn is_of(pcode: &str, country: &PlaceId, crosswalk: &Crosswalk) -> bool {
    if !pcode.bytes().take(2).all(|b| b.is_ascii_uppercase()) {
        return true;
    }
    let Some(known) = crosswalk.get(country.as_str()) else {
        return true;
    };
    let codes = known.iso2.iter().chain(&known.other_iso2).map(String::as_str);
    codes.chain([country.as_str()]).any(|code| pcode.starts_with(code))
}

fn day(column: Option<&Column>, record: &StringRecord, troubles: &mut Vec<Trouble>) -> Option<Date> {
    let (at, name) = column?;
    let text = text_at(record, *at);
    cell::date(text).unwrap_or_else(|_| {
        troubles.push(Trouble::new(name, text, "a day as YYYY-MM-DD; kept without"));
        None
    })
}
