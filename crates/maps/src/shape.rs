//! Places as they are given: what they are, and their polygons.

use std::fmt;

use geo::{Geometry, MultiPolygon};
use geozero::ToGeo;
use geozero::wkb::Wkb;

use crate::error::MapError;

/// A place and its polygons.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The place's code: `UKR`, `CF11`, `SOM/Somaliland`.
    pub place: String,
    /// Its name.
    pub name: String,
    /// Its administrative level: 0 for a country.
    pub level: u8,
    /// The country it is in; none for a country itself.
    pub country: Option<String>,
    /// Its polygons, longitude and latitude in degrees of WGS 84.
    pub geometry: MultiPolygon<f64>,
}

/// Something in the shapes that was not used, or is used with doubt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The place's code.
    pub place: String,
    /// What is wrong, and what was done.
    pub what: String,
}

impl Finding {
    /// A finding about a place.
    pub fn new(place: impl Into<String>, what: impl fmt::Display) -> Finding {
        Finding {
            place: place.into(),
            what: what.to_string(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// The polygons in well-known binary.
///
/// # Errors
/// Where the bytes are damaged, or are no polygon.
pub fn from_wkb(wkb: &[u8]) -> Result<MultiPolygon<f64>, MapError> {
    match Wkb(wkb).to_geo().map_err(MapError::Wkb)? {
        Geometry::Polygon(polygon) => Ok(MultiPolygon(vec![polygon])),
        Geometry::MultiPolygon(polygons) => Ok(polygons),
        _ => Err(MapError::NoArea),
    }
}
