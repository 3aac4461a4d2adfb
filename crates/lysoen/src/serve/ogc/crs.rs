//! Coordinate reference systems in which features are given and boxes are asked for.

/// The radius of the sphere of EPSG:3857, in metres.
const RADIUS: f64 = 6_378_137.0;
/// Where the map of EPSG:3857 ends, which is a square.
const END: f64 = 85.051_128_779_806_59;

/// A coordinate reference system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Crs {
    /// WGS 84, longitude before latitude.
    #[default]
    Crs84,
    /// WGS 84, latitude before longitude.
    Epsg4326,
    /// Web Mercator, in metres.
    Epsg3857,
}

impl Crs {
    /// All of them; features are stored in the first.
    pub(super) const ALL: [Crs; 3] = [Crs::Crs84, Crs::Epsg4326, Crs::Epsg3857];

    /// Its name.
    pub(super) fn uri(self) -> &'static str {
        let bracketed = self.in_brackets();
        &bracketed[1..bracketed.len() - 1]
    }

    /// Its name as `Content-Crs` has it.
    pub(super) fn in_brackets(self) -> &'static str {
        match self {
            Crs::Crs84 => "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>",
            Crs::Epsg4326 => "<http://www.opengis.net/def/crs/EPSG/0/4326>",
            Crs::Epsg3857 => "<http://www.opengis.net/def/crs/EPSG/0/3857>",
        }
    }

    /// The system of a name.
    pub(super) fn named(uri: &str) -> Option<Crs> {
        Crs::ALL.into_iter().find(|crs| crs.uri() == uri)
    }

    /// A position of longitude and latitude. Metres are given to the millimetre, and what lies beyond the end of the map on it.
    pub(super) fn of_degrees(self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        let millimetre = |metres: f64| (metres * 1e3).round() / 1e3;
        match self {
            Crs::Crs84 => [lon, lat],
            Crs::Epsg4326 => [lat, lon],
            Crs::Epsg3857 => {
                let north = lat.clamp(-END, END).to_radians().sin().atanh();
                [millimetre(RADIUS * lon.to_radians()), millimetre(RADIUS * north)]
            }
        }
    }

    /// The longitude and latitude of a position.
    pub(super) fn to_degrees(self, [first, second]: [f64; 2]) -> [f64; 2] {
        match self {
            Crs::Crs84 => [first, second],
            Crs::Epsg4326 => [second, first],
            Crs::Epsg3857 => {
                let lat = (second / RADIUS).sinh().atan();
                [(first / RADIUS).to_degrees(), lat.to_degrees()]
            }
        }
    }
}
