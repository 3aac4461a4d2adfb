//! The catalog of sources: the cards that are built in, and an observatory's own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::card::{Card, Layout, MappedTable};
use crate::readers;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog/sources");

/// The cards by id.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    cards: BTreeMap<String, Card>,
}

/// A mistake in a file of the catalog, with the place where it stands.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{file}: {message}{}", nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
pub struct CatalogError {
    /// The file.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// Where the mistake stands, in bytes of the text.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// The known key nearest to an unknown one.
    pub nearest: Option<String>,
}

impl CatalogError {
    pub(crate) fn unreadable(path: &Path, e: std::io::Error) -> CatalogError {
        CatalogError {
            file: path.display().to_string(),
            text: String::new(),
            span: None,
            message: format!("could not be read: {e}"),
            nearest: None,
        }
    }
}

/// Something in a card that can be read but makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogProblem {
    /// The card.
    pub card: String,
    /// The layout, where it is about one.
    pub layout: Option<String>,
    /// What is wrong, and what is expected.
    pub message: String,
}

impl std::fmt::Display for CatalogProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.layout {
            Some(layout) => write!(f, "{}/{layout}: {}", self.card, self.message),
            None => write!(f, "{}: {}", self.card, self.message),
        }
    }
}

impl Catalog {
    /// The cards that are built in.
    pub fn builtin() -> &'static Catalog {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(|| {
            Catalog::read_builtin().unwrap_or_else(|e| panic!("the built-in catalog is checked when it is built: {e}"))
        })
    }

    fn read_builtin() -> Result<Catalog, CatalogError> {
        let mut catalog = Catalog::default();
        for file in BUILT_IN
            .files()
            .filter(|file| file.path().extension().is_some_and(|end| end == "toml"))
        {
            catalog.add(
                &file.path().display().to_string(),
                file.contents_utf8().unwrap_or_default(),
            )?;
        }
        Ok(catalog)
    }

    /// The built-in cards and those in `catalog/sources/` of an observatory, which replace built-in ones by id. `folder`
    /// is the observatory's `catalog`; none or one that does not exist gives the built-in cards.
    pub fn with_overrides(folder: Option<&Path>) -> Result<Catalog, CatalogError> {
        let mut catalog = Catalog::builtin().clone();
        let Some(folder) = folder
            .map(|folder| folder.join("sources"))
            .filter(|folder| folder.is_dir())
        else {
            return Ok(catalog);
        };
        let unreadable = CatalogError::unreadable;
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|e| unreadable(&folder, e))? {
            paths.push(entry.map_err(|e| unreadable(&folder, e))?.path());
        }
        paths.sort();
        for path in paths
            .into_iter()
            .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        {
            let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, e))?;
            catalog.add(&path.display().to_string(), &text)?;
        }
        Ok(catalog)
    }

    /// Adds a card given as TOML, in place of one with the same id.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), CatalogError> {
        let card = read_card(file, text)?;
        self.cards.insert(card.id.clone(), card);
        Ok(())
    }

    /// A catalog of these cards.
    pub fn of(cards: impl IntoIterator<Item = Card>) -> Catalog {
        Catalog {
            cards: cards.into_iter().map(|card| (card.id.clone(), card)).collect(),
        }
    }

    /// The cards, sorted by id.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.cards.values()
    }

    /// The card of that id.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.get(id)
    }

    /// What in the cards makes no sense although it can be read.
    pub fn check(&self) -> Vec<CatalogProblem> {
        self.cards().flat_map(check_card).collect()
    }
}

/// Reads a card; its id must be the file's name.
pub fn read_card(file: &str, text: &str) -> Result<Card, CatalogError> {
    let card = read_mapping(file, text)?;
    let stem = Path::new(file)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or(file);
    if card.id != stem {
        return Err(CatalogError {
            file: file.to_string(),
            text: text.to_string(),
            span: text.find(&card.id).map(|at| at..at + card.id.len()),
            message: format!(
                "the card's id is {}, but the file is named {stem}.toml; they must be the same",
                card.id
            ),
            nearest: None,
        });
    }
    Ok(card)
}

/// Reads a mapping that a user gives with a file: a card whose file may have any name.
pub fn read_mapping(file: &str, text: &str) -> Result<Card, CatalogError> {
    toml::from_str(text).map_err(|e| CatalogError {
        file: file.to_string(),
        text: text.to_string(),
        span: e.span(),
        nearest: nearest_key(e.message()),
        message: e.message().to_string(),
    })
}

/// The known key nearest to the unknown one, out of a message such as "unknown field `a`, expected one of `b`, `c`".
fn nearest_key(message: &str) -> Option<String> {
    let rest = message
        .strip_prefix("unknown field ")
        .or_else(|| message.strip_prefix("unknown variant "))?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    let near = |known: &&str| strsim::damerau_levenshtein(unknown, known);
    quoted
        .min_by_key(near)
        .filter(|known| near(known) <= 3.max(known.len() / 3))
        .map(str::to_string)
}

fn check_card(card: &Card) -> Vec<CatalogProblem> {
    let mut problems = Vec::new();
    let mut say = |layout: Option<&Layout>, message: String| {
        problems.push(CatalogProblem {
            card: card.id.clone(),
            layout: layout.map(|l| l.name.clone()),
            message,
        });
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if card.id.is_empty() || !card.id.chars().all(plain) {
        say(None, "the id must be lower-case letters, digits and hyphens".into());
    }
    for (key, text) in [
        ("title", &card.title),
        ("publisher", &card.publisher),
        ("licence", &card.licence),
        ("citation", &card.citation),
    ] {
        if text.trim().is_empty() {
            say(None, format!("`{key}` is empty"));
        }
    }
    if !card.homepage.starts_with("https://") && !card.homepage.starts_with("http://") {
        say(
            None,
            format!("`homepage` is {}, which is no web address", card.homepage),
        );
    }
    for download in &card.download {
        if download
            .sha256
            .as_ref()
            .is_some_and(|sum| sum.len() != 64 || !sum.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            say(
                None,
                format!("the `sha256` of {} is not 64 hexadecimal digits", download.file),
            );
        }
    }
    let mut names = BTreeSet::new();
    for layout in &card.layouts {
        if !names.insert(&layout.name) {
            say(Some(layout), "two layouts have this name".into());
        }
        for message in layout_problems(layout) {
            say(Some(layout), message);
        }
    }
    problems
}

fn layout_problems(layout: &Layout) -> Vec<String> {
    let mut problems = Vec::new();
    if readers::reader(&layout.reader).is_none() {
        let known: Vec<&str> = readers::READERS.iter().map(|reader| reader.name()).collect();
        problems.push(format!(
            "there is no reader `{}`; there are {}",
            layout.reader,
            known.join(", ")
        ));
    }
    let know = &layout.recognise;
    let says_nothing = know.columns.is_empty() && know.hxl.is_empty() && know.contains.is_empty();
    if says_nothing && !know.tagged && know.file_name.is_none() && !know.geometry {
        let expected = "columns, hxl, tagged, contains, file_name or geometry";
        problems.push(format!("`recognise` would take any file; give {expected}"));
    }
    if let Some(both) = know.columns.iter().find(|column| know.without.contains(column)) {
        problems.push(format!("column {both} must be both present and absent"));
    }
    const KINDS: [&str; 9] = [
        "csv",
        "xlsx",
        "parquet",
        "geojson",
        "flatgeobuf",
        "geopackage",
        "shapefile",
        "json",
        "xml",
    ];
    if let Some(kind) = know.kind.as_ref().filter(|kind| !KINDS.contains(&kind.as_str())) {
        problems.push(format!("`kind` is {kind}; it must be one of {}", KINDS.join(", ")));
    }
    match layout.reader.as_str() {
        "table" => problems.extend(mapping_problems(layout)),
        "boundaries" => problems.extend(boundary_problems(layout)),
        _ => {}
    }
    problems
}

fn boundary_problems(layout: &Layout) -> Vec<String> {
    let mut problems = Vec::new();
    let Some(area) = &layout.area else {
        return vec!["the reader `boundaries` needs `area`: the columns of P-code and name".into()];
    };
    if area.name.is_empty() {
        problems.push("`area` needs `name`: one column at least".into());
    }
    let known_by = area.pcode.as_ref().or(area.name.first());
    let by_columns = known_by.is_some_and(|column| column.contains("{level}"));
    if area.level.is_none() && area.level_column.is_none() && !by_columns {
        problems.push("`area` needs `level` or `level_column`, or a `{level}` in the column of the P-code".into());
    }
    if area.level.is_some_and(|level| !(0..=4).contains(&level)) {
        problems.push("`level` must be 0 (the country) to 4".into());
    }
    if layout
        .place
        .as_ref()
        .is_none_or(|place| place.column.is_none() && place.fixed.is_none())
    {
        problems.push("the reader `boundaries` needs `place`: the column of the country, or `fixed`".into());
    }
    problems
}

fn mapping_problems(layout: &Layout) -> Vec<String> {
    let mut problems = Vec::new();
    match layout.table {
        None => problems.push("the reader `table` needs `table`: observations or flows".into()),
        Some(MappedTable::Observations) if layout.place.is_none() => problems.push("observations need `place`".into()),
        Some(MappedTable::Flows) if layout.origin.is_none() || layout.destination.is_none() => {
            problems.push("flows need `origin` and `destination`".into());
        }
        Some(_) => {}
    }
    if layout.period.is_none() && layout.wide.is_none() {
        problems.push("the reader `table` needs `period`".into());
    }
    if layout.values.is_empty() && layout.wide.is_none() && layout.long.is_none() {
        problems.push("the reader `table` needs a `value`, `wide` or `long`".into());
    }
    problems
}
