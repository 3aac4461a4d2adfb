//! Pictures, tried on what every one of them owes its reader.

use lysoen_impact::examine::Examination;
use lysoen_impact::gates::Gates;
use lysoen_impact::inference::{Placebo, Space};
use lysoen_impact::picture::{self, Case, Effect, EventPoint, Measure, Words};
use lysoen_impact::{Fit, Method, Verdict, Weight, Word};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

const NASTY: &str = "Who <said> \"25 & more\"?\u{7} It's a long title that must be broken into several lines, for it has \
                     no end in sight at all";
const WORDS: Words<'_> = Words {
    title: NASTY,
    caption: "As of 2025-06-01; a & b < c > d \"e\". UCDP GED 25.1, best estimate, and more.",
    outcome: "Deaths & \"more\" per 100,000 <people> a month",
};

/// Made-up numbers from −1 to 1 that are the same everywhere.
fn wave(unit: usize, time: usize) -> f64 {
    ((unit * 37 + time * 101 + unit * unit * 13 + time * time * 7) % 199) as f64 / 99.5 - 1.0
}

fn fit(units: &[String], counterfactual: Vec<f64>) -> Fit {
    let heavy = |unit: usize| match unit {
        0 => 0.61,
        1 => 0.3,
        2 => -0.05,
        3 => 0.14,
        _ => 0.0,
    };
    let weight = |(unit, name): (usize, &String)| Weight {
        unit: name.clone(),
        weight: heavy(unit),
    };
    Fit {
        method: Method::Synthetic,
        counterfactual,
        effect: -1.0,
        effect_error: None,
        pre_rmspe: 0.3,
        weights: units.iter().enumerate().map(weight).collect(),
        time_weights: Vec::new(),
        intercept: 0.0,
        coefficients: Vec::new(),
        notes: Vec::new(),
    }
}

/// An examination of a unit against so many donors.
fn examined(times: Vec<String>, pre: usize, donors: usize, size: f64) -> Examination {
    let without: Vec<f64> = (0..times.len())
        .map(|time| size * (3.0 + (time as f64 / 4.0).sin()))
        .collect();
    let gap = |unit: usize, time: usize| size * (wave(unit, time) * if time < pre { 0.2 } else { 0.9 });
    let own = |time: usize| gap(999, time) * 0.5 - if time < pre { 0.0 } else { 1.4 * size };
    let gaps: Vec<f64> = (0..times.len()).map(own).collect();
    let names: Vec<String> = (0..donors).map(|donor| format!("D{donor:02}@1999-03")).collect();
    let placebo = |(donor, unit): (usize, &String)| Placebo {
        unit: unit.clone(),
        pre_mspe: 1.0,
        post_mspe: 2.0,
        ratio: (donor % 17 != 5).then(|| (wave(donor, 3) * 3.0 + 1.0).exp()),
        effect: 0.1,
        gaps: (0..times.len())
            .map(|time| gap(donor, time) * if donor == 7 { 9.0 } else { 1.0 })
            .collect(),
    };
    let band = |time: usize| (-0.9 * gap(3, time).abs() - size * 0.1, gap(3, time).abs() + size * 0.1);
    Examination {
        unit: "SDN".to_string(),
        method: Method::Synthetic,
        pre,
        observed: without
            .iter()
            .zip(&gaps)
            .map(|(without, gap)| (without + gap).max(0.0))
            .collect(),
        gates: Gates {
            checks: Vec::new(),
            hold_out: None,
            detectable: None,
        },
        fit: Some(fit(&names, without)),
        gaps,
        interval: None,
        space: Some(Space {
            rank: 3,
            of: donors + 1,
            p: 0.05,
            ratio: 31.4,
            donors: names.iter().enumerate().map(placebo).collect(),
            band: (0..times.len()).map(band).collect(),
            interval: None,
        }),
        times,
        time: Vec::new(),
        left_out: Vec::new(),
        conformal: None,
        without_anticipation: None,
        others: Vec::new(),
        people: None,
        verdict: Verdict {
            word: Word::CannotBeTold,
            sentence: String::new(),
            reasons: Vec::new(),
            margin: None,
        },
        caveats: Vec::new(),
    }
}

fn years(first: u32, periods: u32) -> Vec<String> {
    (first..first + periods).map(|year| year.to_string()).collect()
}

fn months(first: u32, periods: u32) -> Vec<String> {
    (0..periods)
        .map(|month| format!("{}-{:02}", first + month / 12, month % 12 + 1))
        .collect()
}

fn events(first: i32, last: i32) -> Vec<EventPoint> {
    let point = |time: i32| EventPoint {
        time,
        effect: wave(5, (time - first) as usize) * 0.2 - if time < 0 { 0.0 } else { 1.1 },
        low: (time != 2).then_some(-1.9),
        high: (time != 2).then_some(0.4),
        cases: 24,
    };
    (first..=last).map(point).collect()
}

fn cases(names: &[String]) -> Vec<Case<'_>> {
    let case = |number: usize| {
        let effect = wave(number, 1) * 0.8 - 0.4;
        Case {
            name: names[number].as_str(),
            effect: (number % 9 != 4).then_some(Effect {
                effect,
                low: effect - 0.5 - if number == 2 { 30.0 } else { 0.0 },
                high: effect + 0.6,
            }),
            weight: (number % 9 != 4).then_some(0.02 + 0.05 * wave(number, 2).abs()),
        }
    };
    (0..names.len()).map(case).collect()
}

/// Every kind of picture, of common data and of such as nobody hopes for.
fn pictures() -> Vec<(String, String)> {
    let mut broken = examined(months(2015, 30), 20, 12, 1.0);
    broken.observed[4] = f64::NAN;
    broken.gaps = vec![f64::NAN; 30];
    broken.space.as_mut().unwrap().band[25] = (f64::NEG_INFINITY, f64::INFINITY);
    broken.space.as_mut().unwrap().ratio = f64::INFINITY;
    let mut bare = examined(years(1990, 20), 14, 0, 1.0);
    (bare.fit, bare.space, bare.gaps) = (None, None, Vec::new());
    let mut same = examined(years(1990, 20), 14, 3, 1.0);
    same.observed = vec![0.0; 20];
    let odd: Vec<String> = (0..16).map(|time| format!("period & <number> {time}")).collect();
    let of = [
        ("39", examined(years(1970, 31), 19, 39, 1.0)),
        ("200", examined(months(1999, 60), 48, 200, 40_000.0)),
        ("tiny", examined(months(1989, 408), 300, 25, 1e-5)),
        ("odd", examined(odd, 9, 5, 1e7)),
        ("two", examined(years(2001, 2), 1, 1, 1.0)),
        ("broken", broken),
        ("bare", bare),
        ("same", same),
    ];
    let mut all = Vec::new();
    for (name, examined) in &of {
        all.push((format!("observed {name}"), picture::observed(examined, WORDS)));
        all.push((format!("gaps {name}"), picture::gaps(examined, WORDS)));
        all.push((format!("weights {name}"), picture::weights(examined, WORDS)));
        all.push((format!("placebos {name}"), picture::placebos(examined, WORDS)));
    }
    for (name, points) in [
        ("common", events(-12, 12)),
        ("long", events(-60, 36)),
        ("one", events(0, 0)),
        ("none", Vec::new()),
    ] {
        all.push((format!("events {name}"), picture::event_study(&points, WORDS)));
    }
    let names: Vec<String> = (0..50)
        .map(|case| format!("Côte d'Ivoire <{case}> & a name that goes on for long, 2003-07"))
        .collect();
    let pooled = Some(Effect {
        effect: -0.3,
        low: -0.6,
        high: 0.02,
    });
    for measure in [Measure::Plain, Measure::Log] {
        all.push((
            format!("forest {measure:?}"),
            picture::forest(&cases(&names), pooled, Some((-1.4, 0.9)), measure, WORDS),
        ));
        all.push((
            format!("forest of nothing {measure:?}"),
            picture::forest(&[], None, None, measure, WORDS),
        ));
        all.push((
            format!("forest of one {measure:?}"),
            picture::forest(&cases(&names[..1]), None, None, measure, WORDS),
        ));
    }
    all
}

/// An element with its numbers, and the text in it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> f64 {
        let parsed = |value: &str| {
            value
                .parse()
                .unwrap_or_else(|_| panic!("{name}=\"{value}\" is no number"))
        };
        self.get(name).map_or(0.0, parsed)
    }
}

/// Reads to the end, so that a picture which is no XML does not pass.
fn elements(svg: &str) -> Vec<Element> {
    let element = |start: &BytesStart<'_>| Element {
        name: start.name().as_ref().to_string(),
        attributes: start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                (attribute.key.as_ref().to_string(), attribute.value.to_string())
            })
            .collect(),
        text: String::new(),
    };
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(all.len());
                all.push(element(&start));
            }
            Event::Empty(start) => all.push(element(&start)),
            Event::End(_) => {
                open.pop().unwrap();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    all[*at].text.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let character = quick_xml::escape::resolve_predefined_entity(&reference).unwrap();
                all[*open.last().unwrap()].text.push_str(character);
            }
            Event::Eof => break,
            other => panic!("a picture holds elements and text, not {other:?}"),
        }
    }
    assert!(open.is_empty(), "an element is not closed");
    all
}

#[test]
fn every_picture_is_well_formed_and_tells_a_screen_reader_what_it_is() {
    for (name, svg) in pictures() {
        let elements = elements(&svg);
        let root = &elements[0];
        assert_eq!((root.name.as_str(), root.get("role")), ("svg", Some("img")), "{name}");
        for (element, label) in [("title", "aria-labelledby"), ("desc", "aria-describedby")] {
            let told = elements.iter().find(|e| e.name == element).unwrap();
            assert_eq!(told.get("id"), root.get(label), "{name}");
            assert!(!told.get("id").unwrap().contains(char::is_whitespace), "{name}");
            let no_number = told.text.contains("NaN") || told.text.contains("inf ");
            assert!(!told.text.is_empty() && !no_number, "{name}: {}", told.text);
        }
        assert!(
            !svg.contains("href") && !svg.contains("<style") && !svg.contains("url("),
            "{name}"
        );
        let hyphen = elements.iter().filter(|e| e.name == "text").find(|e| {
            let text = e.text.as_bytes();
            text.len() > 1 && text[0] == b'-' && text[1].is_ascii_digit()
        });
        assert!(hyphen.is_none(), "{name}: a hyphen for a minus");
    }
}

#[test]
fn what_is_written_is_what_was_handed_over() {
    for (name, svg) in pictures() {
        let elements = elements(&svg);
        let title = elements.iter().find(|e| e.name == "title").unwrap();
        assert_eq!(title.text, NASTY.replace('\u{7}', " "), "{name}");
        let drawn: Vec<&str> = elements
            .iter()
            .filter(|e| e.name == "text")
            .map(|e| e.text.as_str())
            .collect();
        let drawn = drawn.join(" ");
        for words in [
            "Who <said> \"25 & more\"?",
            "no end in sight",
            "a & b < c > d \"e\".",
            "and more.",
        ] {
            assert!(drawn.contains(words), "{name} lacks {words}: {drawn}");
        }
    }
}

/// The box of a text: left, right, top, bottom.
fn box_of(e: &Element) -> (f64, f64, f64, f64) {
    let (x, y) = (e.number("x"), e.number("y"));
    let size = e.get("font-size").map_or(11.0, |size| size.parse().unwrap());
    // What a letter of DejaVu Sans, a wide face, has on average.
    let long = e.text.chars().count() as f64 * size * 0.53;
    let before = match e.get("text-anchor") {
        Some("middle") => long / 2.0,
        Some("end") => long,
        _ => 0.0,
    };
    (x - before, x - before + long, y - size * 0.8, y)
}

#[test]
fn nothing_lies_outside_of_the_picture_and_no_text_upon_another() {
    for (name, svg) in pictures() {
        let elements = elements(&svg);
        let view: Vec<f64> = elements[0]
            .get("viewBox")
            .unwrap()
            .split(' ')
            .map(|n| n.parse().unwrap())
            .collect();
        let inside = |x: f64, y: f64, what: &str| {
            let is = (0.0..=view[2]).contains(&x) && (0.0..=view[3]).contains(&y);
            assert!(is, "{name}: {what} at {x}, {y}");
        };
        let mut boxes = Vec::new();
        for e in &elements {
            match e.name.as_str() {
                "line" => {
                    inside(e.number("x1"), e.number("y1"), "line");
                    inside(e.number("x2"), e.number("y2"), "line");
                }
                "rect" => {
                    let (x, y) = (e.number("x"), e.number("y"));
                    inside(x, y, "rectangle");
                    inside(x + e.number("width"), y + e.number("height"), "rectangle");
                }
                "circle" => {
                    let (x, y, r) = (e.number("cx"), e.number("cy"), e.number("r"));
                    inside(x - r, y - r, "circle");
                    inside(x + r, y + r, "circle");
                }
                "polygon" | "polyline" => {
                    for point in e.get("points").unwrap().split(' ') {
                        let (x, y) = point.split_once(',').unwrap();
                        inside(x.parse().unwrap(), y.parse().unwrap(), "path");
                    }
                }
                "text" => {
                    let own = box_of(e);
                    inside(own.0, own.2, &e.text);
                    inside(own.1, own.3, &e.text);
                    for (other, text) in &boxes {
                        let other: &(f64, f64, f64, f64) = other;
                        let apart = own.0 >= other.1 || other.0 >= own.1 || own.2 >= other.3 || other.2 >= own.3;
                        assert!(apart, "{name}: {:?} lies upon {text:?}", e.text);
                    }
                    boxes.push((own, e.text.as_str()));
                }
                "svg" | "g" | "title" | "desc" => {}
                other => panic!("{name}: what is a {other}?"),
            }
        }
    }
}

#[test]
fn the_counterfactual_stands_where_its_numbers_are() {
    // A line from 0 to 100 over five periods on an axis from 0 to 100: rising by a fifth of the height each.
    let mut examined = examined(years(2001, 6), 3, 0, 1.0);
    examined.observed = vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0];
    examined.space = None;
    examined.fit.as_mut().unwrap().counterfactual = vec![100.0; 6];
    let svg = picture::observed(&examined, WORDS);
    let lines: Vec<Vec<f64>> = elements(&svg)
        .iter()
        .filter(|e| e.name == "polyline")
        .map(|e| {
            let points = e.get("points").unwrap().split(' ');
            points
                .map(|point| point.split_once(',').unwrap().1.parse().unwrap())
                .collect()
        })
        .collect();
    let [without, observed] = &lines[..] else {
        panic!("two lines, not {}", lines.len())
    };
    assert!(without.iter().all(|y| (y - observed[5]).abs() < 0.11));
    let height = observed[0] - observed[5];
    for (time, y) in observed.iter().enumerate() {
        assert!((observed[0] - y - height * time as f64 / 5.0).abs() < 0.2);
    }
}

#[test]
fn numbers_have_a_true_minus_and_commas() {
    let svg = picture::gaps(&examined(months(1999, 60), 48, 200, 40_000.0), WORDS);
    assert!(svg.contains(">−50,000<") || svg.contains(">−40,000<"), "{svg}");
}

#[test]
fn a_case_that_cannot_be_told_is_said_to_be_so() {
    let names: Vec<String> = (0..9).map(|case| case.to_string()).collect();
    let svg = picture::forest(&cases(&names), None, None, Measure::Log, WORDS);
    assert_eq!(svg.matches(">cannot be told<").count(), 1);
}
