//! Counts, and the rates that they allow with their intervals.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

use super::EventKind;
use super::ground::{Ground, Outcome};
use super::judge::{Became, Episode, Was, became, was};
use super::record::Settings;

/// With fewer events hit, late or missed than these there are counts and no rates.
pub const FEWEST: usize = 10;

/// The central 90 % of what resampling gives.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The 5 % quantile.
    pub low: f64,
    /// The 95 % quantile.
    pub high: f64,
    /// In how many resamples the rate could be computed; the others are left out.
    pub resamples: usize,
}

/// A rate with its two intervals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The rate of all places and origins as they are.
    pub value: f64,
    /// From resampling whole countries; none of one country.
    pub by_country: Option<Interval>,
    /// From resampling whole calendar years of origins; none of one year.
    pub by_year: Option<Interval>,
}

/// What a trigger did, of one kind of event. The words are those of the head of the module.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Places and origins at risk and assessed.
    pub at_risk: usize,
    /// Those of which the window is known.
    pub windows: usize,
    /// Those of which the window is followed by an event.
    pub windows_with_event: usize,
    /// All events; what follows adds up to it.
    pub events: usize,
    /// Events in the window of an episode.
    pub hits: usize,
    /// Events for which the warning came too late.
    pub late: usize,
    /// Events without a warning.
    pub missed: usize,
    /// Events after the window while the episode stood.
    pub in_cool_down: usize,
    /// Events for which the trigger was never asked.
    pub not_assessable: usize,
    /// All episodes; what follows adds up to it.
    pub episodes: usize,
    /// Episodes with an event in the window.
    pub right_episodes: usize,
    /// Episodes with an event before the window and none in it.
    pub late_episodes: usize,
    /// Episodes with neither.
    pub false_alarms: usize,
    /// Episodes followed by action, not judged.
    pub followed_by_action: usize,
    /// Episodes of which the window is not known.
    pub unjudged: usize,
    /// The share of windows followed by an event.
    pub base_rate: Option<Estimate>,
    /// Hits / (hits + late + missed).
    pub hit_rate: Option<Estimate>,
    /// False alarms / (right + late + false alarms).
    pub false_alarm_ratio: Option<Estimate>,
    /// False alarms a year of a place at risk.
    pub false_alarms_per_place_year: Option<Estimate>,
    /// From the day of available data to the event, of hits.
    pub median_lead_days: Option<f64>,
    /// Years of a place at risk per episode.
    pub return_period_years: Option<f64>,
    /// Years of the whole set per episode.
    pub years_between_activations: Option<f64>,
}

/// What rates are made of.
#[derive(Clone, Copy, Default)]
struct Parts {
    hits: usize,
    asked: usize,
    false_alarms: usize,
    judged: usize,
    windows_with_event: usize,
    windows: usize,
}

impl Parts {
    fn add(&mut self, other: &Parts) {
        self.hits += other.hits;
        self.asked += other.asked;
        self.false_alarms += other.false_alarms;
        self.judged += other.judged;
        self.windows_with_event += other.windows_with_event;
        self.windows += other.windows;
    }
}

/// Counts of one kind, and what is resampled.
pub(super) struct Tally {
    pub(super) counts: Counts,
    leads: Vec<i64>,
    by_country: Vec<Parts>,
    by_year: Vec<Parts>,
}

impl Tally {
    /// Nothing yet.
    pub(super) fn empty(ground: &Ground<'_>) -> Tally {
        Tally {
            counts: Counts::default(),
            leads: Vec::new(),
            by_country: vec![Parts::default(); ground.countries],
            by_year: vec![Parts::default(); ground.years],
        }
    }

    /// What became of the windows at risk, whatever the trigger did.
    fn of_windows(ground: &Ground<'_>, kind: EventKind) -> Tally {
        let mut tally = Tally::empty(ground);
        let origins = ground.slots.len();
        for (pair, outcome) in ground.outcomes.iter().enumerate() {
            if !ground.assessed[pair] || ground.kinds[pair] != Some(kind) {
                continue;
            }
            tally.counts.at_risk += 1;
            if *outcome == Outcome::Unknown {
                continue;
            }
            let with_event = usize::from(*outcome == Outcome::Event);
            tally.counts.windows += 1;
            tally.counts.windows_with_event += with_event;
            let parts = Parts {
                windows: 1,
                windows_with_event: with_event,
                ..Parts::default()
            };
            tally.put(ground, pair / origins, pair % origins, &parts);
        }
        tally
    }

    /// What became of episodes and events of a kind. The episodes are those of all kinds, by place and time.
    pub(super) fn of(ground: &Ground<'_>, kind: EventKind, episodes: &[Episode]) -> Tally {
        let mut tally = Tally::of_windows(ground, kind);
        tally.add_episodes(ground, kind, episodes);
        tally
    }

    pub(super) fn add_episodes(&mut self, ground: &Ground<'_>, kind: EventKind, episodes: &[Episode]) {
        for episode in episodes.iter().filter(|episode| episode.kind == Some(kind)) {
            let counts = &mut self.counts;
            counts.episodes += 1;
            let became = became(ground, episode);
            *match became {
                Became::Right => &mut counts.right_episodes,
                Became::Late => &mut counts.late_episodes,
                Became::FalseAlarm => &mut counts.false_alarms,
                Became::FollowedByAction => &mut counts.followed_by_action,
                Became::Unjudged => &mut counts.unjudged,
            } += 1;
            let parts = Parts {
                false_alarms: usize::from(became == Became::FalseAlarm),
                judged: usize::from(matches!(became, Became::Right | Became::Late | Became::FalseAlarm)),
                ..Parts::default()
            };
            self.put(ground, episode.unit, episode.origin, &parts);
        }
        for unit in &ground.happened {
            for event in unit.iter().filter(|event| event.kind == Some(kind)) {
                let first = episodes.partition_point(|episode| episode.unit < event.unit);
                let last = episodes.partition_point(|episode| episode.unit <= event.unit);
                let was = was(ground, event, &episodes[first..last]);
                let counts = &mut self.counts;
                counts.events += 1;
                *match was {
                    Was::Hit(_) => &mut counts.hits,
                    Was::InCoolDown => &mut counts.in_cool_down,
                    Was::Late => &mut counts.late,
                    Was::Missed => &mut counts.missed,
                    Was::NotAssessable => &mut counts.not_assessable,
                } += 1;
                if let Was::Hit(lead) = was {
                    self.leads.push(lead);
                }
                let parts = Parts {
                    hits: usize::from(matches!(was, Was::Hit(_))),
                    asked: usize::from(matches!(was, Was::Hit(_) | Was::Late | Was::Missed)),
                    ..Parts::default()
                };
                if let Some(origin) = event.asked_at {
                    self.put(ground, event.unit, origin, &parts);
                }
            }
        }
    }

    fn put(&mut self, ground: &Ground<'_>, unit: usize, origin: usize, parts: &Parts) {
        self.by_country[ground.country[unit]].add(parts);
        self.by_year[ground.slots[origin].year].add(parts);
    }

    /// Are there events enough for rates?
    fn enough(&self) -> bool {
        self.counts.hits + self.counts.late + self.counts.missed >= FEWEST
    }

    /// Hits / (hits + late + missed), where there are events enough.
    pub(super) fn hit_rate(&self) -> Option<f64> {
        let asked = self.counts.hits + self.counts.late + self.counts.missed;
        self.enough().then(|| share(self.counts.hits, asked)).flatten()
    }

    /// False alarms / (right + late + false alarms), where there are events enough.
    pub(super) fn false_alarm_ratio(&self) -> Option<f64> {
        let counts = &self.counts;
        let judged = counts.right_episodes + counts.late_episodes + counts.false_alarms;
        self.enough().then(|| share(counts.false_alarms, judged)).flatten()
    }

    /// The counts with the rates that they allow.
    pub(super) fn told(mut self, ground: &Ground<'_>, settings: &Settings) -> Counts {
        if !self.enough() {
            return self.counts;
        }
        let countries = resample(&self.by_country, settings, 1);
        let years = resample(&self.by_year, settings, 2);
        let mut all = Parts::default();
        self.by_country.iter().for_each(|parts| all.add(parts));
        let estimate = |rate: &dyn Fn(&Parts) -> Option<f64>| {
            Some(Estimate {
                value: rate(&all)?,
                by_country: interval(&countries, rate),
                by_year: interval(&years, rate),
            })
        };
        let per_place_year = |parts: &Parts| {
            let place_years = ground.place_years(parts.windows);
            (parts.windows > 0).then(|| parts.false_alarms as f64 / place_years)
        };
        let counts = &mut self.counts;
        counts.base_rate = estimate(&|parts| share(parts.windows_with_event, parts.windows));
        counts.hit_rate = estimate(&|parts| share(parts.hits, parts.asked));
        counts.false_alarm_ratio = estimate(&|parts| share(parts.false_alarms, parts.judged));
        counts.false_alarms_per_place_year = estimate(&per_place_year);
        counts.median_lead_days = median(&mut self.leads);
        if counts.episodes > 0 {
            let episodes = counts.episodes as f64;
            counts.return_period_years = Some(ground.place_years(counts.at_risk) / episodes);
            counts.years_between_activations = Some(ground.span_years() / episodes);
        }
        self.counts
    }
}

fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

fn median(values: &mut [i64]) -> Option<f64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle] as f64),
        _ => Some((values[middle - 1] + values[middle]) as f64 / 2.0),
    }
}

/// A stream of random numbers for one purpose.
pub(super) fn stream(seed: u64, purpose: u64, number: usize) -> ChaCha8Rng {
    let mut stream = ChaCha8Rng::seed_from_u64(seed);
    stream.set_stream((purpose << 32) | number as u64);
    stream
}

/// A number below another.
pub(super) fn below(stream: &mut ChaCha8Rng, bound: usize) -> usize {
    ((u64::from(stream.next_u32()) * bound as u64) >> 32) as usize
}

/// Sums over as many groups as there are, drawn with replacement. None of a single group, which says nothing of spread.
fn resample(groups: &[Parts], settings: &Settings, purpose: u64) -> Vec<Parts> {
    if groups.len() < 2 {
        return Vec::new();
    }
    let sum = |number| {
        let mut stream = stream(settings.seed, purpose, number);
        let mut sum = Parts::default();
        for _ in 0..groups.len() {
            sum.add(&groups[below(&mut stream, groups.len())]);
        }
        sum
    };
    (0..settings.resamples).map(sum).collect()
}

fn interval(resamples: &[Parts], rate: &dyn Fn(&Parts) -> Option<f64>) -> Option<Interval> {
    let mut values: Vec<f64> = resamples.iter().filter_map(rate).collect();
    values.sort_by(f64::total_cmp);
    let outside = (values.len() as f64 * 0.05).round() as usize;
    Some(Interval {
        low: *values.get(outside)?,
        high: *values.get(values.len() - 1 - outside)?,
        resamples: values.len(),
    })
}
