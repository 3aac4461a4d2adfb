//! What a trigger is held against: "last 12 months" and chance, with as many episodes.

use serde::{Deserialize, Serialize};

use super::EventKind;
use super::counts::{Tally, below, stream};
use super::ground::Ground;
use super::judge::{episodes, episodes_of};
use super::record::Settings;

/// A benchmark with as many episodes as the trigger, or as near as it comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// What it is: `last 12 months` or `chance`.
    pub name: String,
    /// Of which events.
    pub kind: EventKind,
    /// How many episodes the trigger has: what was aimed at.
    pub aimed_at: usize,
    /// How many it got; of chance, the mean of the draws.
    pub episodes: f64,
    /// The least score at which it is activated; none of chance and where it never is.
    pub cut: Option<f64>,
    /// Places and origins with that very score that were left out, by a seeded draw.
    pub ties_left_out: usize,
    /// The mean of how many draws it is.
    pub draws: usize,
    /// Hits; of chance, the mean.
    pub hits: f64,
    /// False alarms; of chance, the mean.
    pub false_alarms: f64,
    /// Hits / (hits + late + missed); none with fewer than 10 such events.
    pub hit_rate: Option<f64>,
    /// False alarms / (right + late + false alarms); none with fewer than 10 events.
    pub false_alarm_ratio: Option<f64>,
}

/// Both benchmarks of a kind. `activated` is where the trigger is.
pub(super) fn beside(ground: &Ground<'_>, kind: EventKind, activated: &[bool], settings: &Settings) -> [Beside; 2] {
    let aimed_at = episodes(ground, activated)
        .iter()
        .filter(|episode| episode.kind == Some(kind))
        .count();
    let at_risk = |pair: &usize| ground.assessed[*pair] && ground.kinds[*pair] == Some(kind);
    let pairs: Vec<usize> = (0..activated.len()).filter(at_risk).collect();
    let mut elsewhere = activated.to_vec();
    for (pair, activated) in elsewhere.iter_mut().enumerate() {
        *activated &= ground.kinds[pair] != Some(kind);
    }
    let trial = Asked {
        ground,
        kind,
        elsewhere,
        aimed_at,
    };
    [last12(&trial, &pairs, settings), chance(&trial, pairs, settings)]
}

struct Asked<'a> {
    ground: &'a Ground<'a>,
    kind: EventKind,
    /// Where the trigger is activated at windows of other kinds.
    elsewhere: Vec<bool>,
    aimed_at: usize,
}

/// How many of the places and origins are taken, and where that activates the benchmark.
struct Taken {
    pairs: usize,
    episodes: usize,
    activated: Vec<bool>,
}

impl Asked<'_> {
    /// Takes places and origins in their order until the episodes are as many as aimed at, or as near as it comes.
    fn take(&self, order: impl Iterator<Item = usize>) -> Taken {
        let mut by_unit = vec![0; self.ground.happened.len()];
        let (mut activated, mut episodes) = (self.elsewhere.clone(), 0);
        let mut before = None;
        let mut pairs = 0;
        for pair in order {
            if episodes >= self.aimed_at {
                break;
            }
            activated[pair] = true;
            pairs += 1;
            let unit = pair / self.ground.slots.len();
            let now = episodes_of(self.ground, &activated, unit)
                .filter(|episode| episode.kind == Some(self.kind))
                .count();
            before = Some((pair, episodes));
            episodes = episodes + now - by_unit[unit];
            by_unit[unit] = now;
        }
        // One step back where that is nearer.
        if let Some((pair, fewer)) = before
            && episodes > self.aimed_at
            && self.aimed_at - fewer.min(self.aimed_at) < episodes - self.aimed_at
        {
            activated[pair] = false;
            (pairs, episodes) = (pairs - 1, fewer);
        }
        Taken {
            pairs,
            episodes,
            activated,
        }
    }

    fn tally(&self, taken: &Taken) -> Tally {
        let mut tally = Tally::empty(self.ground);
        tally.add_episodes(self.ground, self.kind, &episodes(self.ground, &taken.activated));
        tally
    }

    fn told(&self, name: &str, draws: usize) -> Beside {
        Beside {
            name: name.to_string(),
            kind: self.kind,
            aimed_at: self.aimed_at,
            episodes: 0.0,
            cut: None,
            ties_left_out: 0,
            draws,
            hits: 0.0,
            false_alarms: 0.0,
            hit_rate: None,
            false_alarm_ratio: None,
        }
    }
}

fn last12(asked: &Asked<'_>, pairs: &[usize], settings: &Settings) -> Beside {
    let scores = &asked.ground.trial.last12;
    let mut order: Vec<usize> = pairs.iter().copied().filter(|pair| !scores[*pair].is_nan()).collect();
    // Ties stay in the drawn order: the sort is stable.
    let mut random = stream(settings.seed, 3, 0);
    for last in (1..order.len()).rev() {
        order.swap(last, below(&mut random, last + 1));
    }
    order.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
    let taken = asked.take(order.iter().copied());
    let cut = taken.pairs.checked_sub(1).map(|last| scores[order[last]]);
    let rest = order[taken.pairs..].iter();
    let tally = asked.tally(&taken);
    Beside {
        episodes: taken.episodes as f64,
        cut,
        ties_left_out: rest.take_while(|pair| Some(scores[**pair]) == cut).count(),
        hits: tally.counts.hits as f64,
        false_alarms: tally.counts.false_alarms as f64,
        hit_rate: tally.hit_rate(),
        false_alarm_ratio: tally.false_alarm_ratio(),
        ..asked.told("last 12 months", 1)
    }
}

fn chance(asked: &Asked<'_>, mut pairs: Vec<usize>, settings: &Settings) -> Beside {
    let mut told = asked.told("chance", settings.draws);
    let (mut hit_rates, mut ratios) = (Mean::default(), Mean::default());
    for draw in 0..settings.draws {
        let mut random = stream(settings.seed, 4, draw);
        let length = pairs.len();
        let taken = asked.take((0..length).map(|next| {
            pairs.swap(next, next + below(&mut random, length - next));
            pairs[next]
        }));
        let tally = asked.tally(&taken);
        told.episodes += taken.episodes as f64;
        told.hits += tally.counts.hits as f64;
        told.false_alarms += tally.counts.false_alarms as f64;
        hit_rates.add(tally.hit_rate());
        ratios.add(tally.false_alarm_ratio());
    }
    let draws = settings.draws.max(1) as f64;
    told.episodes /= draws;
    told.hits /= draws;
    told.false_alarms /= draws;
    told.hit_rate = hit_rates.told();
    told.false_alarm_ratio = ratios.told();
    told
}

/// The mean over the draws that have a value.
#[derive(Default)]
struct Mean {
    sum: f64,
    values: usize,
}

impl Mean {
    fn add(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.sum += value;
            self.values += 1;
        }
    }

    fn told(&self) -> Option<f64> {
        (self.values > 0).then(|| self.sum / self.values as f64)
    }
}
