//! The reader named `boundaries`: turns features into places with their outlines, by the `area` of the layout, whatever
//! the format of the file.
//!
//! What is wrong with a boundary costs the boundary and not the place: a ring that is open is closed, one that is too
//! short is left out, and a place whose outline cannot be used is kept without. Only a file in another reference system
//! than WGS 84 is refused as a whole, because all of it would lie in a wrong place without anybody seeing it.

mod area;
mod outline;

use std::collections::{BTreeSet, HashMap};

use csv::StringRecord;
use lysoen_facts::tables::{Day, FactRow, PlaceRow};

use self::area::{Area, Found, Level, Plan};
use self::outline::Outline;
use crate::card::{Card, Layout, Scope};
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::mapping::vintage;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage};
use crate::records::{Crs, Records, Shape};

/// Reads administrative boundaries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Boundaries;

impl Reader for Boundaries {
    fn name(&self) -> &'static str {
        "boundaries"
    }

    fn version(&self) -> u32 {
        1
    }

    /// The layout's data set, `{level}` in it being the level of the file's areas.
    fn dataset(&self, input: &Input, layout: &Layout) -> Result<String, ReadError> {
        let name = layout.dataset();
        if !name.contains("{level}") {
            return Ok(name.to_string());
        }
        let plan = Plan::new(input, layout, input.records(None)?.header())?;
        let level = match plan.level() {
            Level::Is(level) => level.to_string(),
            Level::InColumn(_) => "s".to_string(),
        };
        Ok(name.replace("{level}", &level))
    }

    fn vintage(&self, input: &Input, card: &Card, layout: &Layout) -> Result<Option<Vintage>, ReadError> {
        vintage::vintage(input, card, layout)
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(None)?;
        on_wgs84(input, records.crs(), job.findings)?;
        let plan = Plan::new(input, job.layout, records.header())?;
        let mut taken = Taken::default();
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            match plan.area(job.crosswalk, &record) {
                Ok(Found::Area(area)) => taken.take(&area, row, records.as_mut(), job)?,
                Ok(Found::NoPlace { column, text }) => {
                    job.findings.rows_skipped += 1;
                    let expected = "a country, or a part of one; the feature is passed over";
                    job.findings
                        .add(Severity::Note, Some(row), Some(&column), text, expected);
                }
                Err(trouble) => {
                    job.findings.rows_rejected += 1;
                    trouble.tell(Severity::Rejected, row, job.findings);
                }
            }
        }
        taken.tell(job.findings);
        Ok(coverage(job.layout.scope, taken.countries))
    }
}

/// Refuses a file whose coordinates are not longitude and latitude on WGS 84.
fn on_wgs84(input: &Input, crs: Option<Crs>, findings: &mut Findings) -> Result<(), ReadError> {
    match crs {
        Some(Crs::Wgs84) => Ok(()),
        Some(Crs::Unstated) => {
            let expected = "a reference system; longitude and latitude on WGS 84 are taken for granted";
            findings.add(Severity::Note, None, None, "no reference system", expected);
            Ok(())
        }
        Some(Crs::Other(name)) => Err(input.malformed(
            format!("coordinates in {name}"),
            format!(
                "longitude and latitude on WGS 84 (EPSG:4326); convert the file first: \
                 ogr2ogr -t_srs EPSG:4326 boundaries.gpkg {}",
                input.file_name()
            ),
        )),
        None => Err(input.malformed(
            format!("{} without geometries", input.kind().in_words()),
            "boundaries as GeoParquet, GeoJSON, GeoPackage, FlatGeobuf or a shapefile",
        )),
    }
}

/// What has been taken from a file so far.
#[derive(Default)]
struct Taken {
    /// The row of each place.
    rows: HashMap<String, u64>,
    /// The countries for which the file is complete.
    countries: BTreeSet<String>,
    /// Places that have a point and no boundary.
    points: u64,
    /// Areas whose P-code opens with that of the area around them.
    nested: u64,
    strays: Vec<Stray>,
}

/// An area whose P-code does not open with that of the area around it.
struct Stray {
    row: u64,
    column: String,
    pcode: String,
    parent: String,
}

impl Taken {
    /// Takes a place with its outline, unless it is there already.
    fn take(&mut self, area: &Area, row: u64, records: &mut dyn Records, job: &mut Job<'_>) -> Result<(), ReadError> {
        if let Some(first) = self.rows.get(&area.place) {
            job.findings.rows_rejected += 1;
            let (found, expected) = (
                format!("{} again", area.place),
                format!("each place once (it stands in row {first}); join the parts of one place into one feature"),
            );
            job.findings
                .add(Severity::Rejected, Some(row), area.column.as_deref(), found, expected);
            return Ok(());
        }
        let shape = records.shape();
        if let Ok(Shape::Other(what)) = &shape {
            // A file of border lines names the areas too, and is no file of them.
            job.findings.rows_rejected += 1;
            let expected = "a polygon, or several";
            job.findings
                .add(Severity::Rejected, Some(row), Some("geometry"), what.as_str(), expected);
            return Ok(());
        }
        for trouble in &area.troubles {
            trouble.clone().tell(Severity::Warning, row, job.findings);
        }
        let (outline, flaws) = Outline::of(shape);
        for flaw in flaws {
            job.findings.add(
                Severity::Warning,
                Some(row),
                Some("geometry"),
                flaw.found,
                flaw.expected,
            );
        }
        push(area, &outline, row, job)?;
        self.points += u64::from(outline.is_point());
        self.nest(area, row);
        if !area.is_part {
            self.countries.insert(area.country.as_str().to_string());
        }
        self.rows.insert(area.place.clone(), row);
        Ok(())
    }

    fn nest(&mut self, area: &Area, row: u64) {
        let (Some((pcode, parent)), Some(column)) = (&area.nesting, &area.column) else {
            return;
        };
        match pcode.starts_with(parent.as_str()) {
            true => self.nested += 1,
            false => self.strays.push(Stray {
                row,
                column: column.clone(),
                pcode: pcode.clone(),
                parent: parent.clone(),
            }),
        }
    }

    /// What can be said only at the end of the file. In most countries a P-code opens with that of the area around it;
    /// where none does (Ecuador, Kyrgyzstan, Tajikistan), that is how the country does it.
    fn tell(&self, findings: &mut Findings) {
        if self.points > 0 {
            let found = format!("points in {} rows", self.points);
            let expected = "boundaries; these places are kept with a position and without an area";
            findings.add(Severity::Note, None, Some("geometry"), found, expected);
        }
        for stray in self.strays.iter().filter(|_| self.nested > 0) {
            let expected = format!(
                "a P-code that opens with that of the area around it, {}, as others do here; kept as given",
                stray.parent
            );
            findings.add(
                Severity::Warning,
                Some(stray.row),
                Some(&stray.column),
                stray.pcode.as_str(),
                expected,
            );
        }
    }
}

fn push(area: &Area, outline: &Outline, row: u64, job: &mut Job<'_>) -> Result<(), ReadError> {
    let position = outline.position();
    let geometry = outline.wkb();
    let fact = PlaceRow {
        place: &area.place,
        country: Some(area.country.as_str()),
        kind: if area.level == 0 { "country" } else { "area" },
        level: area.level,
        parent: area.parent.as_deref(),
        name: &area.name,
        other_name: area.other_name.as_deref(),
        valid_from: area.valid_from.map(Day::from),
        valid_to: area.valid_to.map(Day::from),
        latitude: position.map(|point| point.y()),
        longitude: position.map(|point| point.x()),
        area_km2: outline.area_km2(),
        geometry: geometry.as_deref(),
        row,
    };
    job.sink.push(&FactRow::Place(fact))?;
    job.findings.rows_kept += 1;
    Ok(())
}

/// A file that has no country as a whole, only a part of one, is complete for nothing.
fn coverage(scope: Scope, countries: BTreeSet<String>) -> Coverage {
    let partial = scope == Scope::Partial || (scope == Scope::Countries && countries.is_empty());
    Coverage {
        places: (scope == Scope::Countries && !partial).then(|| countries.into_iter().collect()),
        partial,
        ..Coverage::default()
    }
}
