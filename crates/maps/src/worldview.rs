//! A worldview: how boundaries are drawn where states disagree.

use serde::Deserialize;

use crate::error::MapError;

const BUILT_IN: &str = include_str!("../../../catalog/worldviews/un.toml");

/// Degrees: west, south, east, north.
pub(crate) type Bounds = [f64; 4];

/// How boundaries are drawn where states disagree; see `catalog/worldviews/un.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worldview {
    /// Whose view it is.
    pub title: String,
    /// What a map drawn by it must say.
    pub disclaimer: String,
    #[serde(default, rename = "transfer")]
    pub(crate) transfers: Vec<Transfer>,
    #[serde(default, rename = "merge")]
    pub(crate) merges: Vec<Merge>,
    #[serde(default, rename = "carve")]
    pub(crate) carves: Vec<Carve>,
    #[serde(default, rename = "line")]
    pub(crate) lines: Vec<Line>,
}

/// Polygons of one place that belong to another: the one around a point, and all that lie whole in a box.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Transfer {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) at: Option<[f64; 2]>,
    pub(crate) within: Option<Bounds>,
    pub(crate) why: String,
}

/// A place that is drawn as a part of another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Merge {
    pub(crate) from: String,
    pub(crate) into: String,
    pub(crate) line: Keep,
    pub(crate) why: String,
}

/// What becomes of the line between places that are drawn as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Keep {
    /// It is not drawn.
    None,
    /// It stays, as a line whose status is not determined.
    Undetermined,
}

/// What of one place lies in a box and belongs to another, which may be new.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Carve {
    pub(crate) place: String,
    /// The place's name where it is new.
    pub(crate) name: String,
    pub(crate) of: String,
    pub(crate) within: Bounds,
    pub(crate) why: String,
}

/// Lines of another kind than the one that follows from the places beside them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    /// The countries on both sides; any where none are named.
    pub(crate) between: Option<[String; 2]>,
    /// Where; everywhere if no box is given.
    pub(crate) within: Option<Bounds>,
    pub(crate) kind: LineKind,
    pub(crate) why: String,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LineKind {
    International,
    Undetermined,
}

impl Worldview {
    /// The view of the program itself: after the maps and resolutions of the United Nations.
    ///
    /// # Errors
    /// None but a mistake of the program's own text, which a test reads.
    pub fn built_in() -> Result<Worldview, MapError> {
        Worldview::parse(BUILT_IN)
    }

    /// A view from the text of a TOML file.
    ///
    /// # Errors
    /// Where the text is no TOML, lacks an entry, or has one that is not known.
    pub fn parse(text: &str) -> Result<Worldview, MapError> {
        Ok(toml::from_str(text)?)
    }

    /// Why each thing is drawn as it is, transfers before merges, carvings and lines, each reason once.
    pub fn reasons(&self) -> Vec<&str> {
        let transfers = self.transfers.iter().map(|transfer| &transfer.why);
        let merges = self.merges.iter().map(|merge| &merge.why);
        let carves = self.carves.iter().map(|carve| &carve.why);
        let lines = self.lines.iter().map(|line| &line.why);
        let mut reasons: Vec<&str> = Vec::new();
        for why in transfers.chain(merges).chain(carves).chain(lines) {
            if !reasons.contains(&why.as_str()) {
                reasons.push(why);
            }
        }
        reasons
    }
}

/// Whether a position lies in a box, its edge included.
pub(crate) fn is_within([west, south, east, north]: Bounds, [lon, lat]: [f64; 2]) -> bool {
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}
