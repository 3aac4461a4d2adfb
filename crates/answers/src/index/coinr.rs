//! COINr's pair of tables as it is: `iData` holds the values, `iMeta` the tree.
//!
//! See <https://bluefoxr.github.io/COINr/articles/coins.html> for the two tables.

use std::collections::BTreeMap;
use std::path::Path;

use lysoen_indices::recipe::{
    Aggregate, Defaults, Direction, Impute, MoreIs, Node, Normalise, Recipe, Treat, Uncertainty, Weights,
};
use lysoen_sources::finding::{Finding, Findings, Severity};
use lysoen_sources::table::{Row, Table, is_missing};

use super::file::{Reading, Roles, nearest, own_file};
use super::inputs::Inputs;
use crate::error::AnswerError;

/// Reads the pair. The tree is that of `iMeta`; steps, screen and uncertainty are those of `base`, or what COINr does where
/// nothing else is said.
pub(super) fn read(idata: &Path, imeta: &Path, base: Option<&Recipe>) -> Result<(Recipe, Inputs), AnswerError> {
    let (meta, meta_findings) = Table::read(imeta)?;
    let (values, findings) = Table::read(idata)?;
    let tree = Tree::read(&meta)?;
    let roles = tree.roles(&values)?;
    let (recipe, mut notes) = tree.recipe(base);
    let header = values.header();
    let columns: BTreeMap<&str, usize> = header
        .names()
        .iter()
        .enumerate()
        .map(|(at, n)| (n.as_str(), at))
        .collect();
    let wanted = recipe.inputs();
    let wanted = wanted
        .iter()
        .filter_map(|i| Some((i.key.clone(), *columns.get(i.node.id.as_str())?)));
    let wanted: Vec<(String, usize)> = wanted.collect();
    let mut inputs = Reading::with_roles(&values, findings, roles).wide(&wanted)?;
    if base.is_none() && inputs.data.periods().len() > 1 {
        let said = "COINr normalises (and treats) all years of a panel at once; here each period is normalised by itself, so \
                    that values of different periods do not compare, and differ from COINr's.";
        notes.push(said.to_string());
    }
    notes.append(&mut inputs.notes);
    inputs.notes = notes;
    inputs.findings.push(meta_findings);
    inputs.sources.push(own_file(&meta));
    Ok((recipe, inputs))
}

/// What a row of `iMeta` describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Indicator,
    Aggregate,
    Denominator,
    Group,
    Other,
}

/// A row of `iMeta`.
struct Line {
    row: u64,
    kind: Kind,
    node: Node,
    parent: String,
    target: Option<f64>,
}

/// `iMeta`.
struct Tree {
    file: String,
    lines: Vec<Line>,
}

/// Where the columns of `iMeta` stand.
struct Columns {
    code: usize,
    kind: usize,
    parent: usize,
    name: Option<usize>,
    direction: Option<usize>,
    weight: Option<usize>,
    denominator: Option<usize>,
    target: Option<usize>,
}

impl Tree {
    fn read(table: &Table) -> Result<Tree, AnswerError> {
        let mut wrong = Findings::new(table.file());
        let header = table.header();
        let mut needed = |name: &str, what: &str| {
            let at = header.index(name);
            if at.is_none() {
                let found = format!("no column {name}");
                wrong.add(
                    Severity::Rejected,
                    Some(1),
                    None,
                    found,
                    format!("COINr's iMeta, with {what} in {name}"),
                );
            }
            at.unwrap_or_default()
        };
        let columns = Columns {
            code: needed("iCode", "the code of each indicator and aggregate"),
            kind: needed("Type", "Indicator, Aggregate, Denominator, Group or Other"),
            parent: needed("Parent", "the aggregate of which each is a part"),
            name: header.index("iName"),
            direction: header.index("Direction"),
            weight: header.index("Weight"),
            denominator: header.index("Denominator"),
            target: header.index("Target"),
        };
        fail(wrong)?;
        let mut wrong = Findings::new(table.file());
        let lines = table
            .rows()
            .iter()
            .filter_map(|row| line(table, row, &columns, &mut wrong))
            .collect();
        let tree = Tree {
            file: table.file().to_string(),
            lines,
        };
        tree.check(table, &columns, &mut wrong);
        fail(wrong)?;
        Ok(tree)
    }

    fn ids(&self, kinds: &[Kind]) -> impl Iterator<Item = &str> {
        self.of(kinds).map(|line| line.node.id.as_str())
    }

    fn of(&self, kinds: &[Kind]) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| kinds.contains(&line.kind))
    }

    /// Whether every code that a row names is there, once.
    fn check(&self, table: &Table, columns: &Columns, wrong: &mut Findings) {
        let mut first: BTreeMap<&str, u64> = BTreeMap::new();
        for line in &self.lines {
            let mut add = |column: &str, found: &str, expected: String| {
                wrong.add(Severity::Rejected, Some(line.row), Some(column), found, expected);
            };
            let suggest = |unknown: &str, kind: Kind| {
                let near = nearest(unknown, self.ids(&[kind]));
                near.map(|near| format!("; did you mean {near}?")).unwrap_or_default()
            };
            let code = line.node.id.as_str();
            if let Some(before) = first.get(code) {
                add("iCode", code, format!("each code once; it stands in row {before}"));
            }
            first.entry(code).or_insert(line.row);
            let parent = line.parent.as_str();
            if !parent.is_empty() && !self.ids(&[Kind::Aggregate]).any(|id| id == parent) {
                let expected = format!("the iCode of an Aggregate{}", suggest(parent, Kind::Aggregate));
                add("Parent", parent, expected);
            }
            if let Some(per) = &line.node.per
                && !self.ids(&[Kind::Denominator]).any(|id| id == per)
            {
                add(
                    "Denominator",
                    per,
                    format!("the iCode of a Denominator{}", suggest(per, Kind::Denominator)),
                );
            }
        }
        let tops: Vec<&str> = self
            .of(&[Kind::Aggregate])
            .filter(|line| line.parent.is_empty())
            .map(|line| line.node.id.as_str())
            .collect();
        if tops.len() != 1 {
            let found = match tops.is_empty() {
                true => "no Aggregate without a Parent".to_string(),
                false => format!("{} Aggregates without a Parent: {}", tops.len(), tops.join(", ")),
            };
            let name = table.header().names()[columns.parent].as_str();
            wrong.add(Severity::Rejected, None, Some(name), found, "one, which is the index");
        }
    }

    /// What the columns of `iData` are; fails where one is lacking.
    fn roles(&self, values: &Table) -> Result<Roles, AnswerError> {
        let header = values.header();
        let mut wrong = Findings::new(values.file());
        let mut lacks = |name: &str, expected: String| {
            let found = format!("no column {name}");
            wrong.add(Severity::Rejected, Some(1), None, found, expected);
        };
        let exact = |name: &str| header.names().iter().position(|known| known == name);
        if header.index("uCode").is_none() {
            lacks(
                "uCode",
                "COINr's iData, with the codes of the units in uCode".to_string(),
            );
        }
        for line in self.of(&[Kind::Indicator, Kind::Denominator, Kind::Group]) {
            let id = line.node.id.as_str();
            if exact(id).is_none() {
                let near = nearest(id, header.names().iter().map(String::as_str));
                let near = near.map(|near| format!("; the nearest is {near}")).unwrap_or_default();
                lacks(
                    id,
                    format!(
                        "a column for each indicator, denominator and group of {}{near}",
                        self.file
                    ),
                );
            }
        }
        fail(wrong)?;
        Ok(Roles {
            code: header.index("uCode").unwrap_or_default(),
            name: header.index("uName"),
            period: header.index("Time"),
            groups: self.ids(&[Kind::Group]).filter_map(exact).collect(),
        })
    }

    /// The recipe, and what is to be said of it.
    fn recipe(&self, base: Option<&Recipe>) -> (Recipe, Vec<String>) {
        let mut notes = Vec::new();
        let mut left_out = |what: &str, ids: Vec<&str>| {
            if !ids.is_empty() {
                notes.push(format!("{}: {what}: {}", self.file, ids.join(", ")));
            }
        };
        let (orphans, used): (Vec<&Line>, Vec<&Line>) =
            self.of(&[Kind::Indicator]).partition(|line| line.parent.is_empty());
        let divides = |id: &str| used.iter().any(|line| line.node.per.as_deref() == Some(id));
        let (denominators, unused): (Vec<&Line>, Vec<&Line>) =
            self.of(&[Kind::Denominator]).partition(|line| divides(&line.node.id));
        left_out(
            "indicators without a Parent, which are not part of the index",
            ids(&orphans),
        );
        left_out("denominators by which nothing is divided", ids(&unused));
        let turned: Vec<&Line> = self
            .of(&[Kind::Aggregate])
            .filter(|line| line.node.direction == Direction::Down)
            .collect();
        left_out("the Direction of aggregates changes nothing, as in COINr", ids(&turned));
        let defaults = base.map_or_else(defaults, |base| base.defaults.clone());
        let parts_of = |id: &str| {
            let children = self.lines.iter().filter(|line| line.parent == id);
            children.map(|line| line.node.id.clone()).collect()
        };
        let aggregates = self.of(&[Kind::Aggregate]).map(|line| Node {
            parts: parts_of(&line.node.id),
            direction: Direction::Up,
            ..line.node.clone()
        });
        let inputs = used.iter().map(|line| with_target(line, &defaults.normalise));
        let nodes = inputs.chain(denominators.iter().map(|line| line.node.clone()).collect::<Vec<_>>());
        let nodes: Vec<Node> = nodes.chain(aggregates).collect();
        let top = self.of(&[Kind::Aggregate]).find(|line| line.parent.is_empty());
        notes.push(match base {
            Some(base) => format!(
                "The tree is that of {}; steps, screen and uncertainty are those of the recipe {}.",
                self.file, base.id
            ),
            None => format!(
                "The tree is that of {}. No recipe is named, so that the steps are those which COINr takes where nothing \
                 else is said: division by the denominators; nothing imputed and no unit screened out; outliers \
                 winsorised (5 points at most), else on the logarithmic scale; min–max 0–100; weighted arithmetic means. \
                 Uncertainty varies weights by ±25 %. A recipe's [defaults], [screen] and [uncertainty] take their place.",
                self.file
            ),
        });
        let recipe = Recipe {
            id: slug(top.map_or("index", |line| &line.node.id)),
            title: top.map_or("Index", |line| line.node.name()).to_string(),
            description: format!("The index of {}.", self.file),
            // The unit of the recipe is that of its own tree.
            unit: base.map_or("index 0–100", |_| "index").to_string(),
            more_is: MoreIs::Better,
            references: base.map(|base| base.references.clone()).unwrap_or_default(),
            caveats: base.map(|base| base.caveats.clone()).unwrap_or_default(),
            screen: base.and_then(|base| base.screen.clone()),
            uncertainty: base.map_or_else(uncertainty, |base| base.uncertainty.clone()),
            defaults,
            microdata: None,
            nodes,
            profiles: Vec::new(),
            classes: Vec::new(),
        };
        (recipe, notes)
    }
}

fn ids<'l>(lines: &[&'l Line]) -> Vec<&'l str> {
    lines.iter().map(|line| line.node.id.as_str()).collect()
}

/// A row of `iMeta`; none where it cannot be read.
fn line(table: &Table, row: &Row, columns: &Columns, wrong: &mut Findings) -> Option<Line> {
    let before = wrong.count(Severity::Rejected);
    let mut add = |column: usize, expected: &str| {
        let name = table.header().names()[column].as_str();
        let found = Some(row.cell(column))
            .filter(|text| !text.is_empty())
            .unwrap_or("nothing");
        wrong.add(Severity::Rejected, Some(row.number), Some(name), found, expected);
    };
    let text = |at: Option<usize>| at.map(|at| row.cell(at)).filter(|text| !is_missing(text));
    let kind = match row.cell(columns.kind).to_lowercase().as_str() {
        "indicator" => Kind::Indicator,
        "aggregate" => Kind::Aggregate,
        "denominator" => Kind::Denominator,
        "group" => Kind::Group,
        "other" => Kind::Other,
        _ => {
            add(columns.kind, "Indicator, Aggregate, Denominator, Group or Other");
            Kind::Other
        }
    };
    let mut number = |at: Option<usize>, expected: &str, fits: fn(f64) -> bool| {
        let value = table.number(row, at?);
        let fitting = value.ok().filter(|value| value.is_none_or(fits));
        if fitting.is_none() {
            add(at?, expected);
        }
        fitting.flatten()
    };
    let direction = number(columns.direction, "1 or -1", |d| d == 1.0 || d == -1.0);
    let weight = number(columns.weight, "a number, zero or more", |w| w >= 0.0);
    let target = number(columns.target, "a number", |_| true);
    let code = row.cell(columns.code);
    if is_missing(code) {
        add(columns.code, "a code");
    }
    let node = Node {
        id: code.to_string(),
        title: text(columns.name).map(str::to_string),
        weight,
        direction: if direction == Some(-1.0) {
            Direction::Down
        } else {
            Direction::Up
        },
        per: text(columns.denominator)
            .map(str::to_string)
            .filter(|_| kind == Kind::Indicator),
        ..Node::default()
    };
    let parent = text(Some(columns.parent)).filter(|_| matches!(kind, Kind::Indicator | Kind::Aggregate));
    (wrong.count(Severity::Rejected) == before).then(|| Line {
        row: row.number,
        kind,
        node,
        parent: parent.unwrap_or_default().to_string(),
        target,
    })
}

/// An indicator whose distance to its own target is taken, where the steps ask for that.
fn with_target(line: &Line, default: &Normalise) -> Node {
    let normalise = match (default, line.target) {
        (Normalise::DistanceToTarget { cap, .. }, Some(target)) => {
            Some(Normalise::DistanceToTarget { target, cap: *cap })
        }
        _ => None,
    };
    Node {
        normalise,
        ..line.node.clone()
    }
}

/// What COINr's functions do where nothing else is said.
fn defaults() -> Defaults {
    Defaults {
        impute: Impute::None,
        treat: Treat::Winsorise {
            at_most: 5,
            skew: 2.0,
            kurtosis: 3.5,
            else_log: true,
        },
        normalise: Normalise::MinMax { low: 0.0, high: 100.0 },
        aggregate: Aggregate::Arithmetic,
        weights: Weights::Given,
        ..Defaults::default()
    }
}

fn uncertainty() -> Uncertainty {
    Uncertainty {
        weights: 0.25,
        ..Uncertainty::default()
    }
}

/// A code as a recipe's id.
fn slug(code: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    code.chars().map(plain).collect()
}

/// Fails with everything that is wrong.
fn fail(wrong: Findings) -> Result<(), AnswerError> {
    let mut list: Vec<Finding> = wrong.list().to_vec();
    list.sort_by_key(|finding| finding.row);
    match list.is_empty() {
        true => Ok(()),
        false => Err(AnswerError::Table { list }),
    }
}
