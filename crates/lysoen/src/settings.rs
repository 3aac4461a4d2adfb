//! `observatory.toml`: the settings of one observatory.

use std::path::Path;

use serde::Deserialize;

use crate::caret::Mistake;
use crate::failure::Failure;

/// The file's name.
pub const FILE: &str = "observatory.toml";

/// Settings of an observatory. Every key may be left out; unknown keys are refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The organisation's or the observatory's name, which stands above its pictures.
    pub name: Option<String>,
    /// Countries that `lysoen assess` tells about where none are named: ISO 3166-1 alpha-3 codes or names.
    pub default_places: Vec<String>,
    /// The language of what is written.
    pub language: Language,
    /// Whose view of borders maps follow: `un`, or the name of a file in the observatory's `catalog/worldviews/`.
    pub worldview: Option<String>,
    /// The name under which warnings are sent: a domain of the organisation's own, such as `warnings.example.org`.
    pub sender: Option<String>,
}

/// A language in which the program writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
}

/// What a new observatory's file says.
pub const NEW: &str = "\
# Settings of this observatory. Every line may be left out.

# A name that stands above what is printed.
# name = \"Human security desk\"

# The places that `lysoen assess` tells about when none are named; without this line, the world.
# default_places = [\"UKR\", \"SDN\"]

# The language of what is written.
# language = \"en\"

# Whose view of borders maps follow: \"un\", or the name of a file in catalog/worldviews/ here.
# worldview = \"un\"

# The name under which `lysoen serve` sends its feed of warnings: a domain of your own. Without it there is no feed.
# sender = \"warnings.example.org\"
";

impl Settings {
    /// The settings of the observatory in a folder; the defaults where it has no file. An observatory at an address
    /// (`s3://…`) has the defaults.
    pub fn of(location: &str) -> Result<Settings, Failure> {
        let Some(folder) = folder_of(location) else {
            return Ok(Settings::default());
        };
        let path = folder.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Settings::parse(&path.display().to_string(), &text)?),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
            Err(source) => Err(Failure::File { path, source }),
        }
    }

    /// The settings that `text` gives; `file` is its name in a message.
    pub fn parse(file: &str, text: &str) -> Result<Settings, Mistake> {
        toml::from_str(text).map_err(|e| Mistake::in_toml(file, text, &e))
    }
}

/// The folder that a location names; none for an address.
pub fn folder_of(location: &str) -> Option<&Path> {
    (!location.contains("://")).then(|| Path::new(location))
}
