//! The collections of features, and what each is.

use lysoen_answers::policy;
use lysoen_answers::sheet::{Cell, SourceNote};
use lysoen_answers::standing::Standing;
use serde_json::{Map, Value, json};

use super::crs::Crs;
use super::{GEOJSON, SCHEMA, link, places};
use crate::output::cells;
use crate::serve::events::source_note;
use crate::serve::hub::Current;
use crate::serve::problem::Problem;

/// The Gregorian calendar, in which times are given.
const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
/// The relation of a link to what may be asked of a collection's properties.
const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

/// A collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    /// Places of an administrative level; 0 is countries.
    Places(u8),
    /// Events with a position.
    Events,
}

impl Collection {
    /// The collections that there are.
    pub(super) fn all(standing: &Standing) -> Vec<Collection> {
        let levels = standing.map.levels().map(Collection::Places);
        levels.chain([Collection::Events]).collect()
    }

    /// The collection of an id.
    pub(super) fn named(standing: &Standing, id: &str) -> Result<Collection, Problem> {
        let found = Collection::all(standing).into_iter().find(|known| known.id() == id);
        found.ok_or_else(|| Problem::not_found(format!("there is no collection {id}; /ogc/collections lists them all")))
    }

    /// Its id.
    pub(super) fn id(self) -> String {
        match self {
            Collection::Places(0) => "places".to_string(),
            Collection::Places(level) => format!("areas-{level}"),
            Collection::Events => "events".to_string(),
        }
    }

    /// Its title.
    pub(super) fn title(self) -> String {
        match self {
            Collection::Places(0) => "Countries with people's safety".to_string(),
            Collection::Places(level) => format!("Areas of administrative level {level}"),
            Collection::Events => "Events of harm".to_string(),
        }
    }

    /// Properties by which features may be asked for, and what each is.
    pub(super) fn filters(self) -> &'static [(&'static str, &'static str)] {
        const PLACE: (&str, &str) = ("place", "The place's code");
        const NAME: (&str, &str) = ("name", "Its name");
        const COUNTRY: (&str, &str) = ("country", "The country's code");
        match self {
            Collection::Places(0) => &[PLACE, NAME],
            Collection::Places(_) => &[PLACE, NAME, COUNTRY],
            Collection::Events => &[
                ("event_id", "The source's number of the event"),
                COUNTRY,
                ("violence", "What kind of violence"),
                ("source", "The source's card"),
                ("side_a", "Side A"),
                ("side_b", "Side B"),
            ],
        }
    }

    /// Parameters that choose what stands on features.
    pub(super) fn chooses(self) -> Option<&'static str> {
        (self == Collection::Places(0)).then_some("period")
    }

    fn description(self, standing: &Standing) -> String {
        let titles: Vec<&str> = places::headline(standing).map(|m| m.title.trim()).collect();
        match self {
            Collection::Places(0) => format!(
                "{}, by country and period, the latest ({}) where none is named. {}",
                titles.join("; "),
                standing.latest,
                standing.worldview.disclaimer
            ),
            Collection::Places(_) => format!("Boundaries and names. {}", standing.worldview.disclaimer),
            Collection::Events => {
                "Dated, located instances of harm, the latest first; those without a position are left out. \
                                   Deaths of different sources are of the same harm and must not be added."
                    .to_string()
            }
        }
    }
}

/// What is told of a collection.
pub(super) fn describe(current: &Current, collection: Collection, base: &str) -> Result<Value, Problem> {
    let standing = &current.standing;
    let (extent, sources) = match collection {
        Collection::Places(level) => (of_places(standing, level), place_sources(current, level)?),
        Collection::Events => of_events(current)?,
    };
    let catalog = &standing.observatory.catalog;
    let here = format!("{base}/ogc/collections/{}", collection.id());
    let mut links = vec![
        link("self", "application/json", &here, "This collection"),
        link("items", GEOJSON, &format!("{here}/items"), "Its features"),
        link(
            QUERYABLES,
            SCHEMA,
            &format!("{here}/queryables"),
            "What may be asked of it",
        ),
    ];
    // The relation is one, in whatever case; GDAL knows it by one case only, and which depends on its version.
    let schema = format!("{here}/schema");
    let described = ["describedby", "describedBy"].map(|rel| link(rel, SCHEMA, &schema, "What stands on its features"));
    links.extend(described);
    let licences = sources.iter().filter_map(|source| {
        let url = catalog.card(&source.id)?.licence_url.as_deref()?;
        Some(json!({ "rel": "license", "href": url, "title": format!("{}: {}", source.title, source.licence) }))
    });
    links.extend(licences);
    let attributed = sources
        .iter()
        .map(|source| format!("{} ({})", source.title, source.licence));
    Ok(json!({
        "id": collection.id(),
        "title": collection.title(),
        "description": collection.description(standing),
        "attribution": attributed.collect::<Vec<String>>().join("; "),
        "itemType": "feature",
        "extent": extent,
        "crs": Crs::ALL.map(Crs::uri),
        "storageCrs": Crs::default().uri(),
        "sources": sources,
        "links": links,
    }))
}

fn extent(bbox: [Option<f64>; 4], days: [Option<String>; 2]) -> Value {
    let mut extent = Map::new();
    if let [Some(west), Some(south), Some(east), Some(north)] = bbox {
        let spatial = json!({ "bbox": [[west, south, east, north]], "crs": Crs::default().uri() });
        extent.insert("spatial".to_string(), spatial);
    }
    if let [Some(from), Some(to)] = days {
        let interval = [format!("{from}T00:00:00Z"), format!("{to}T23:59:59Z")];
        extent.insert(
            "temporal".to_string(),
            json!({ "interval": [interval], "trs": GREGORIAN }),
        );
    }
    Value::Object(extent)
}

fn of_places(standing: &Standing, level: u8) -> Value {
    let boxes = || standing.map.places(level).iter().map(|place| place.bbox);
    let least = |at: usize| boxes().map(|bbox| bbox[at]).reduce(f64::min);
    let most = |at: usize| boxes().map(|bbox| bbox[at]).reduce(f64::max);
    // Areas have no figures, and so no time.
    let mut periods = standing.periods().filter(|_| level == 0);
    let first = periods.next().map(|period| period.start().to_string());
    let latest = first.as_ref().map(|_| standing.latest.end().to_string());
    extent([least(0), least(1), most(2), most(3)], [first, latest])
}

fn place_sources(current: &Current, level: u8) -> Result<Vec<SourceNote>, Problem> {
    let standing = &current.standing;
    let mut sources = places::of_map(standing);
    if level == 0 {
        // They are found in the figures of every place, which takes long.
        let kept = current.kept("sources of places", || {
            serde_json::to_vec(&places::sources(standing)?).map_err(|e| Problem::inside(&e))
        })?;
        sources.extend(serde_json::from_slice::<Vec<SourceNote>>(&kept).map_err(|e| Problem::inside(&e))?);
    }
    Ok(sources)
}

/// The extent of all events with a position, and their sources.
fn of_events(current: &Current) -> Result<(Value, Vec<SourceNote>), Problem> {
    let standing = &current.standing;
    let observatory = &standing.observatory;
    let sql = "SELECT source, min(longitude), min(latitude), max(longitude), max(latitude), min(start), max(\"end\") FROM events \
               WHERE longitude IS NOT NULL AND latitude IS NOT NULL GROUP BY source ORDER BY source";
    let view = observatory.view(&policy::public_rows(observatory))?;
    let batches = view.collect(sql).map_err(|e| Problem::inside(&e))?;
    let rows = cells(&batches).map_err(|e| Problem::inside(&e))?;
    let numbers = |at: usize| {
        rows.iter().filter_map(move |row| match row[at] {
            Cell::Number(number) => Some(number),
            _ => None,
        })
    };
    let days = |at: usize| {
        rows.iter().filter_map(move |row| match row[at] {
            Cell::Date(day) => Some(day),
            _ => None,
        })
    };
    let corners = [
        numbers(1).reduce(f64::min),
        numbers(2).reduce(f64::min),
        numbers(3).reduce(f64::max),
        numbers(4).reduce(f64::max),
    ];
    let days = [days(5).min(), days(6).max()].map(|day| day.map(|day| day.to_string()));
    let sources = rows.iter().filter_map(|row| match &row[0] {
        Cell::Text(id) => Some(source_note(standing, id)),
        _ => None,
    });
    Ok((extent(corners, days), sources.collect()))
}
