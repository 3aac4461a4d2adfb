//! Safe state, unsafe people: where places stand by their people and by an index of their state, side by side.

use std::fmt::Write;

use lysoen_answers::{Assessment, Beside};
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::catalog::Measure;
use lysoen_measures::{Coverage, Figure};

use super::phrase::{self, amount, mark, per_cent, rate};
use super::picture::{lines, threats};
use super::terminal::Shown;
use crate::console::fold;

/// What stands above the columns.
const HEADS: [[&str; 2]; 9] = [
    ["", "Place"],
    ["", "Index"],
    ["Killed", "/100,000"],
    ["rank,", "index's"],
    ["", "+/−"],
    ["Displaced", "there"],
    ["rank,", "index's"],
    ["", "+/−"],
    ["Facing", "≥ 1 threat"],
];

const LEGEND: &str = "Rank, index's: the place's rank by its people's rate and by the index, among the places that have \
                      both; 1 has the highest rate, or is worst by the index. +/−: how many places worse (+) or better \
                      (−) it stands by its people than by the index; no measure of its own, and nothing is computed from \
                      both. Without a rank: none recorded, or a minimum (≥; ? where it is less than one in a thousand). \
                      *: of an earlier year. All indices, and why a rank is missing: --format csv.";

/// The table of one index, the places whose people are worst off against it first; none where no place has a rank.
pub fn told(a: &Assessment, index: &Measure, name: Option<&str>, shown: Shown) -> Option<String> {
    let rank = |place: &PlaceId, measure: &str| {
        a.beside
            .iter()
            .find(|b| b.place == *place && b.index == index.id && b.measure == measure)
    };
    let ranked = |place: &&PlaceId| a.beside.iter().any(|b| b.place == **place && b.index == index.id);
    let mut places: Vec<&PlaceId> = a.places.iter().filter(ranked).collect();
    if places.is_empty() {
        return None;
    }
    let worst = |place: &PlaceId| {
        let difference = |measure| rank(place, measure).map(Beside::difference);
        (difference("killed"), difference("displaced_in_country"))
    };
    places.sort_by_key(|place| std::cmp::Reverse(worst(place)));
    let rows: Vec<[String; 9]> = places
        .iter()
        .map(|place| {
            let figure = |id: &str| a.figure(place, id).filter(|f| f.value.is_some());
            let index = figure(&index.id).and_then(|f| Some(format!("{}{}", amount(f)?, mark(f.coverage))));
            let [killed_ranks, killed_more] = ranks(rank(place, "killed"));
            let [displaced_ranks, displaced_more] = ranks(rank(place, "displaced_in_country"));
            [
                a.name(place).to_string(),
                index.unwrap_or_default(),
                figure("killed").map_or_else(dash, killed),
                killed_ranks,
                killed_more,
                figure("displaced_in_country").map_or_else(dash, share),
                displaced_ranks,
                displaced_more,
                figure("facing_at_least_one_threat").map_or_else(dash, threats),
            ]
        })
        .collect();
    let mut text = phrase::head(a, &format!("Safe state, unsafe people? {}", a.period), name, shown);
    let mut say = |said: &str| writeln!(text, "{}", fold(said, phrase::width(shown), 0)).ok();
    say(&format!("{}: {}", index.title, index.definition));
    for (measure, words) in [
        ("killed", "by people killed"),
        ("displaced_in_country", "by people displaced"),
    ] {
        if let Some(first) = a.beside.iter().find(|b| b.index == index.id && b.measure == measure) {
            say(&format!("{} places are ranked {words}.", first.of));
        }
    }
    writeln!(text, "\n{}", lines(&HEADS, &rows, shown).trim_end()).ok();
    writeln!(text, "{}", shown.paint.dim(&fold(LEGEND, phrase::width(shown), 0))).ok();
    text.push_str(&phrase::foot(&a.beside_sheet().sources, shown));
    Some(text)
}

fn dash() -> String {
    "–".to_string()
}

fn killed(f: &Figure) -> String {
    match (f.coverage, f.per_100k) {
        (Coverage::NoneRecorded, _) => "none".to_string(),
        (_, Some(per_100k)) => rate(per_100k),
        _ => dash(),
    }
}

fn share(f: &Figure) -> String {
    match (f.per_100k, f.coverage) {
        (None, _) => dash(),
        (Some(share), Coverage::Incomplete) if share < 100.0 => "?".to_string(),
        (Some(share), Coverage::Incomplete) => format!("≥ {}", per_cent(share)),
        (Some(share), _) => per_cent(share),
    }
}

/// Both ranks, and the difference with its sign.
fn ranks(of: Option<&Beside>) -> [String; 2] {
    of.map_or([String::new(), String::new()], |b| {
        let difference = match b.difference() {
            0 => "0".to_string(),
            n if n > 0 => format!("+{n}"),
            n => format!("−{}", -n),
        };
        [format!("{}, {}", b.rank, b.index_rank), difference]
    })
}
