//! What each column of a tagged table is for.

use jiff::civil::Date;
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::place::PlaceId;

use super::day;
use super::tag::{Tag, group, member};
use crate::card::{Hxl, Layout, PeriodForm};

/// Hashtags of the HXL standard 1.1 under which numbers stand, where the card names none.
const NUMBERS: [&str; 12] = [
    "affected",
    "beneficiary",
    "capacity",
    "frequency",
    "impact",
    "indicator",
    "inneed",
    "output",
    "population",
    "reached",
    "targeted",
    "value",
];
/// Attributes by which a column under such a hashtag describes instead of counting.
const DESCRIBING: [&str; 22] = [
    "sex",
    "gender",
    "age",
    "range",
    "group",
    "type",
    "category",
    "name",
    "code",
    "id",
    "unit",
    "currency",
    "status",
    "method",
    "text",
    "description",
    "desc",
    "label",
    "source",
    "date",
    "year",
    "url",
];
/// Hashtags of the standard whose texts tell groups apart.
const GROUPS: [&str; 18] = [
    "sector",
    "subsector",
    "cluster",
    "org",
    "activity",
    "modality",
    "delivery",
    "item",
    "service",
    "crisis",
    "event",
    "cause",
    "severity",
    "status",
    "gender",
    "sex",
    "age",
    "group",
];
/// Languages of the United Nations and Portuguese, and attributes that only say that it is a number or the whole.
const NEUTRAL: [&str; 13] = [
    "ar", "en", "es", "fr", "pt", "ru", "zh", "all", "total", "num", "number", "value", "best",
];

/// A cell or a row that cannot be used.
pub(super) struct Wrong {
    pub(super) tag: Option<String>,
    pub(super) found: String,
    pub(super) expected: String,
}

impl Wrong {
    fn new(tag: &str, found: impl Into<String>, expected: impl Into<String>) -> Wrong {
        Wrong {
            tag: Some(tag.into()),
            found: found.into(),
            expected: expected.into(),
        }
    }
}

/// A column of numbers.
pub(super) struct Value {
    pub(super) at: usize,
    pub(super) tag: String,
    pub(super) indicator: String,
    pub(super) unit: String,
    /// Whether a negative number is a mistake.
    pub(super) counts_people: bool,
    groups: Vec<String>,
}

impl Value {
    /// The groups of the row and of the column, in order.
    pub(super) fn breakdown(&self, of_row: &[String]) -> String {
        let mut entries: Vec<&str> = self.groups.iter().map(String::as_str).collect();
        let keys: Vec<&str> = entries.iter().filter_map(|entry| entry.split('=').next()).collect();
        // A column for women is for women, whatever a column on sex says beside it.
        entries.extend(
            of_row
                .iter()
                .map(String::as_str)
                .filter(|e| e.split('=').next().is_none_or(|k| !keys.contains(&k))),
        );
        entries.sort_unstable();
        entries.join(";")
    }
}

/// A column by position and tag.
type At = (usize, String);

/// Where everything stands.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) values: Vec<Value>,
    numbers: Vec<String>,
    countries: Vec<(At, CodeSystem)>,
    area_codes: [Option<At>; 4],
    area_names: [Option<At>; 4],
    year: Option<At>,
    start: Option<At>,
    end: Option<At>,
    date: Option<At>,
    groups: Vec<(usize, String)>,
    fixed_country: Option<String>,
    fixed_period: Option<String>,
}

impl Columns {
    pub(super) fn new(tags: &[String], mapping: &Hxl, layout: &Layout) -> Columns {
        let lists = Lists::of(mapping);
        let fixed = layout.period.as_ref().filter(|period| period.form == PeriodForm::Fixed);
        let mut columns = Columns {
            numbers: lists.numbers.iter().map(|hashtag| format!("#{hashtag}")).collect(),
            fixed_country: layout.place.as_ref().and_then(|place| place.fixed.clone()),
            fixed_period: fixed.and_then(|period| period.fixed.clone()),
            ..Columns::default()
        };
        for (at, text) in tags.iter().enumerate() {
            if let Some(tag) = Tag::parse(text) {
                columns.add(at, text.trim(), &tag, mapping, &lists);
            }
        }
        // Codes before names.
        columns
            .countries
            .sort_by_key(|(at, system)| (*system == CodeSystem::Any, at.0));
        columns
    }

    /// The hashtags under which numbers are looked for.
    pub(super) fn numbers(&self) -> &[String] {
        &self.numbers
    }

    fn add(&mut self, at: usize, text: &str, tag: &Tag, mapping: &Hxl, lists: &Lists) {
        let here = || (at, text.to_string());
        let is_code = tag.has_any(&["code", "pcode", "p_code"]);
        match (tag.hashtag.as_str(), tag.level()) {
            ("country", _) if tag.has_any(&["origin", "residence", "citizenship"]) => {
                self.groups.push((at, "origin".into()));
            }
            ("country", _) if tag.has("iso2") || tag.has("v_iso2") => self.countries.push((here(), CodeSystem::Iso2)),
            ("country", _) if is_code || tag.has("iso3") => self.countries.push((here(), CodeSystem::Iso3)),
            ("country", _) => self.countries.push((here(), CodeSystem::Any)),
            (_, Some(level)) if is_code => first(&mut self.area_codes[level - 1], here()),
            (_, Some(level)) => first(&mut self.area_names[level - 1], here()),
            ("date", _) if tag.has("start") => first(&mut self.start, here()),
            ("date", _) if tag.has("end") => first(&mut self.end, here()),
            ("date", _) if tag.has("year") => first(&mut self.year, here()),
            ("date", _) => first(&mut self.date, here()),
            _ => self.add_value_or_group(at, text, tag, mapping, lists),
        }
    }

    fn add_value_or_group(&mut self, at: usize, text: &str, tag: &Tag, mapping: &Hxl, lists: &Lists) {
        let counts = lists.numbers.contains(&tag.hashtag);
        let describes = tag
            .attributes
            .iter()
            .any(|attribute| lists.describing.contains(attribute));
        if counts && !describes {
            self.values.push(value(at, text, tag, mapping, lists));
        } else if counts || lists.groups.contains(&tag.hashtag) {
            // The bounds of an age group say no more than its range.
            if tag.has_any(&["min", "max"]) {
                return;
            }
            let key = match tag.hashtag.as_str() {
                "gender" | "sex" => "gender",
                _ if tag.has_any(&["sex", "gender"]) => "gender",
                "age" => "age",
                _ if tag.has("age") => "age",
                other => other,
            };
            // Of a code and a name for one thing, the first.
            if !self.groups.iter().any(|(_, known)| known == key) {
                self.groups.push((at, key.to_string()));
            }
        }
    }

    /// The groups that the row's texts name.
    pub(super) fn groups(&self, record: &csv::StringRecord) -> Vec<String> {
        let entry = |(at, key): &(usize, String)| Some(format!("{key}={}", member(key, record.get(*at)?)?));
        self.groups.iter().filter_map(entry).collect()
    }

    /// The row's place and country.
    pub(super) fn place(&self, record: &csv::StringRecord, crosswalk: &Crosswalk) -> Result<(String, String), Wrong> {
        let country = self.country(record, crosswalk)?;
        for level in (0..4).rev() {
            if let Some(((_, tag), code)) = filled(&self.area_codes[level], record) {
                let area = PlaceId::area(&code).map_err(|e| Wrong::new(tag, &code, e.to_string()))?;
                return Ok((area.as_str().to_string(), country));
            }
            if let Some((_, name)) = filled(&self.area_names[level], record) {
                // Some files tag P-codes as plain #adm1.
                let as_code = PlaceId::area(&name)
                    .ok()
                    .filter(|_| name.bytes().any(|b| b.is_ascii_digit()));
                if let Some(area) = as_code {
                    return Ok((area.as_str().to_string(), country));
                }
                let names = self.area_names[..=level]
                    .iter()
                    .filter_map(|at| Some(filled(at, record)?.1));
                let path = [country.clone()].into_iter().chain(names).collect::<Vec<_>>().join("/");
                return Ok((path, country));
            }
        }
        Ok((country.clone(), country))
    }

    fn country(&self, record: &csv::StringRecord, crosswalk: &Crosswalk) -> Result<String, Wrong> {
        let cells = self
            .countries
            .iter()
            .filter_map(|(at, system)| Some((at, *system, text(record, at.0)?)));
        let mut refused = None;
        for (at, system, code) in cells {
            // A column tagged as a code may hold alpha-2 codes as well as alpha-3.
            let system = if system == CodeSystem::Iso3 && code.len() == 2 {
                CodeSystem::Iso2
            } else {
                system
            };
            match crosswalk.resolve(system, &code, None) {
                Ok(Resolved::Place(place)) => return Ok(place.as_str().to_string()),
                Ok(_) => refused = Some(Wrong::new(&at.1, code, "one country")),
                Err(unresolved) => refused = Some(Wrong::new(&at.1, code, unresolved.to_string())),
            }
        }
        if let Some(refused) = refused {
            return Err(refused);
        }
        if let Some(fixed) = &self.fixed_country {
            return Ok(fixed.clone());
        }
        // A P-code begins with the country's two letters.
        let code = self
            .area_codes
            .iter()
            .rev()
            .find_map(|at| Some(filled(at, record)?.1))
            .unwrap_or_default();
        match code
            .get(..2)
            .map(|letters| crosswalk.resolve(CodeSystem::Iso2, letters, None))
        {
            Some(Ok(Resolved::Place(place))) => Ok(place.as_str().to_string()),
            _ => Err(Wrong::new(
                "#country",
                code,
                "a country in a column tagged #country+code or #country",
            )),
        }
    }

    /// The first and the last day that the row is about.
    pub(super) fn period(&self, record: &csv::StringRecord) -> Result<(Date, Date), Wrong> {
        let read = |at: &Option<At>| -> Result<Option<(Date, Date)>, Wrong> {
            match filled(at, record) {
                Some(((_, tag), text)) => day::days(&text).map_err(|expected| Wrong::new(tag, text, expected)),
                None => Ok(None),
            }
        };
        let (start, end) = (read(&self.start)?, read(&self.end)?);
        if let Some((first, last)) = start.zip(end).map(|(start, end)| (start.0, end.1)) {
            if last < first {
                return Err(Wrong::new(
                    "#date+end",
                    last.to_string(),
                    format!("a day not before the start, {first}"),
                ));
            }
            return Ok((first, last));
        }
        let one = read(&self.year)?.or(start).or(end).or(read(&self.date)?);
        let fixed = || {
            self.fixed_period
                .as_deref()
                .and_then(|text| day::days(text).ok().flatten())
        };
        one.or_else(fixed).ok_or_else(|| {
            let expected = "a day in a column tagged #date, or a fixed period in a mapping given with --mapping";
            Wrong::new("#date", "no date", expected)
        })
    }
}

fn first(slot: &mut Option<At>, here: At) {
    slot.get_or_insert(here);
}

fn text(record: &csv::StringRecord, at: usize) -> Option<String> {
    let text = record.get(at)?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn filled<'a>(at: &'a Option<At>, record: &csv::StringRecord) -> Option<(&'a At, String)> {
    let at = at.as_ref()?;
    Some((at, text(record, at.0)?))
}

/// The card's lists, or the standard's where the card has none.
struct Lists {
    numbers: Vec<String>,
    describing: Vec<String>,
    groups: Vec<String>,
    neutral: Vec<String>,
}

impl Lists {
    fn of(mapping: &Hxl) -> Lists {
        let plain = |text: &String| text.trim_start_matches(['#', '+']).to_lowercase();
        let list = |own: &[String], standard: &[&str]| match own.is_empty() {
            true => standard.iter().map(|text| text.to_string()).collect(),
            false => own.iter().map(plain).collect(),
        };
        Lists {
            numbers: list(&mapping.numbers, &NUMBERS),
            describing: list(&mapping.describing, &DESCRIBING),
            groups: list(&mapping.groups, &GROUPS),
            neutral: list(&mapping.neutral, &NEUTRAL),
        }
    }
}

/// The indicator that a tag stands for: the card's, where all that is left over names groups; else `hxl:<tag>`.
fn value(at: usize, text: &str, tag: &Tag, mapping: &Hxl, lists: &Lists) -> Value {
    let mut groups: Vec<String> = tag.attributes.iter().filter_map(|attribute| group(attribute)).collect();
    groups = groups
        .iter()
        .flat_map(|entries| entries.split(';'))
        .map(str::to_string)
        .collect();
    groups.sort_unstable();
    groups.dedup();
    let of_substance: Vec<&String> = tag
        .attributes
        .iter()
        .filter(|attribute| group(attribute).is_none() && !lists.neutral.contains(attribute))
        .collect();
    let known = mapping.values.iter().find(|value| {
        Tag::parse(&value.tag).is_some_and(|wanted| {
            wanted.hashtag == tag.hashtag
                && wanted.attributes.iter().all(|attribute| tag.has(attribute))
                && of_substance.iter().all(|attribute| wanted.has(attribute))
        })
    });
    let (indicator, unit) = match known {
        Some(value) => (value.indicator.clone(), value.unit.clone()),
        None => {
            let attributes = of_substance
                .iter()
                .map(|attribute| format!("+{attribute}"))
                .collect::<String>();
            (format!("hxl:{}{attributes}", tag.hashtag), "as tagged".to_string())
        }
    };
    // Values and indicators may be anything; the others count people or things.
    let counts_people = !matches!(tag.hashtag.as_str(), "value" | "indicator" | "impact");
    Value {
        at,
        tag: text.to_string(),
        indicator,
        unit,
        counts_people,
        groups,
    }
}
