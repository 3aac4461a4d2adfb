//! Pictures, tried on what every one of them owes its reader.

use lysoen_forecasts::bootstrap::Resampled;
use lysoen_forecasts::calibration::{self, Among};
use lysoen_forecasts::judged::Judged;
use lysoen_forecasts::picture::{self, Ahead, Fan, Words};
use lysoen_lexicon::panel::Month;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::invented::{RIGHT, World, slices};

const NASTY: &str = "Who <said> \"25 & more\"?\u{7} It's a long title that must be broken into several lines, \
                     for it has no end in sight";
const WORDS: Words<'_> = Words {
    title: NASTY,
    caption: "As of 2025-06-01; a & b < c > d \"e\". UCDP GED 25.1, state-based deaths, best \
              estimate, countries of the world, and more.",
};

/// Every kind of picture, of common data and of such as nobody hopes for.
fn pictures() -> Vec<(&'static str, String)> {
    let windows = RIGHT.judged(1);
    let windows = slices(&windows);
    let sure = World { beside: 6.0, ..RIGHT }.judged(2);
    let sure = slices(&sure);
    let one = [Judged::of(1, Month(500), true, &[0.0, 3.0, 2000.0], 40.0)];
    let one: &[&[Judged]] = &[&one];
    let mut pictures = Vec::new();

    for (of, name) in [(&windows[..], "right"), (&sure[..], "sure"), (one, "one")] {
        for threshold in 0..4 {
            let diagram = calibration::reliability(of, threshold, 1).unwrap();
            pictures.push((name, picture::reliability(&diagram, WORDS)));
        }
        pictures.push((
            name,
            picture::pit_histogram(&calibration::pit_histogram(of, 1).unwrap(), WORDS),
        ));
    }

    let coverage = calibration::coverage(&windows, Among::Active, 1);
    let none = calibration::coverage(&sure, Among::Active, 1);
    let long = "a model <with> a name that is longer than any margin could ever hope to hold";
    let models = [
        ("pool", &coverage[..]),
        (long, &none[..]),
        ("half", &coverage[..1]),
        ("nothing", &[]),
    ];
    pictures.push(("coverage", picture::coverage(&models, WORDS)));
    pictures.push(("coverage of nothing", picture::coverage(&[], WORDS)));

    let ratio = |value: f64| {
        Some(Resampled {
            value,
            low: value * 0.8,
            high: value * 1.3,
            resamples: 2000,
        })
    };
    let ratios = [ratio(0.9), None, ratio(1.0), ratio(300.0), ratio(0.0001)];
    let models: Vec<(&str, &[Option<Resampled>])> = (0..17)
        .map(|i| (if i == 3 { long } else { "model & co" }, &ratios[..5 - i % 3]))
        .collect();
    let windows = ["2018", "2019", "a window with a long name", "2021", "2024/25"];
    pictures.push((
        "ratios",
        picture::ratios("CRPS", "country12 & <co>", &windows, &models, WORDS),
    ));
    pictures.push((
        "ratios of nothing",
        picture::ratios("CRPS", "country12", &[], &[], WORDS),
    ));

    let mut history: Vec<(Month, Option<f64>)> = (0..90)
        .map(|i| (Month(400 + i), Some(f64::from(i * i % 700))))
        .collect();
    history[4].1 = None;
    history[9].1 = Some(80_000.0);
    let draws: Vec<f64> = (0..1000).map(|i| f64::from(i).powf(1.5).floor()).collect();
    let ahead: Vec<Ahead> = (0..12)
        .map(|i| Ahead::of(Month(492 + i), &draws, (i < 6).then_some(f64::from(i) * 40.0)))
        .collect();
    let broken = Ahead {
        median: f64::NAN,
        intervals: [(0.0, f64::INFINITY); 3],
        ..ahead[0]
    };
    let of = |history, ahead| {
        picture::fan(
            &Fan {
                unit: "Côte d'Ivoire <&\">",
                counted: "Deaths & more",
                history,
                ahead,
            },
            WORDS,
        )
    };
    pictures.push(("fan", of(&history, &ahead)));
    pictures.push(("fan of one month", of(&history[..2], &ahead[..1])));
    pictures.push(("fan without past", of(&[], &ahead[3..4])));
    pictures.push(("fan without future", of(&history[3..7], &[])));
    pictures.push(("fan of nothing", of(&[], &[])));
    pictures.push(("fan of what is no number", of(&history, &[broken])));
    pictures
}

/// An element with its numbers, and the text in it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> f64 {
        self.get(name).map_or(0.0, |value| {
            value
                .parse()
                .unwrap_or_else(|_| panic!("{name}=\"{value}\" is no number"))
        })
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
            assert!(
                !told.text.is_empty() && !told.text.contains("NaN") && !told.text.contains("inf "),
                "{name}: {}",
                told.text
            );
        }
        assert!(
            !svg.contains("href") && !svg.contains("<style") && !svg.contains("url("),
            "{name}"
        );
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

#[test]
fn nothing_lies_outside_of_the_picture() {
    for (name, svg) in pictures() {
        let elements = elements(&svg);
        let [_, _, width, height]: [f64; 4] = elements[0]
            .get("viewBox")
            .unwrap()
            .split(' ')
            .map(|number| number.parse().unwrap())
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        let inside = |x: f64, y: f64, what: &str| {
            assert!(
                (0.0..=width).contains(&x) && (0.0..=height).contains(&y),
                "{name}: {what} at {x}, {y}"
            );
        };
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
                    let (x, y) = (e.number("x"), e.number("y"));
                    let size = e.get("font-size").map_or(11.0, |size| size.parse().unwrap());
                    // What a letter of DejaVu Sans, a wide face, has on average.
                    let long = e.text.chars().count() as f64 * size * 0.53;
                    let before = match e.get("text-anchor") {
                        Some("middle") => long / 2.0,
                        Some("end") => long,
                        _ => 0.0,
                    };
                    if e.get("transform").is_some() {
                        inside(x - size, y - before, &e.text);
                        inside(x, y - before + long, &e.text);
                    } else {
                        inside(x - before, y - size, &e.text);
                        inside(x - before + long, y, &e.text);
                    }
                }
                "svg" | "g" | "title" | "desc" => {}
                other => panic!("{name}: what is a {other}?"),
            }
        }
    }
}

#[test]
fn two_series_never_look_the_same() {
    let ratio = [Some(Resampled {
        value: 0.9,
        low: 0.8,
        high: 1.0,
        resamples: 2000,
    })];
    let models: Vec<(&str, &[Option<Resampled>])> = (0..14).map(|_| ("m", &ratio[..])).collect();
    let svg = picture::ratios("CRPS", "country12", &["2018"], &models, WORDS);
    // The marks of the legend: what is drawn before each name, without its place.
    let looks: Vec<String> = svg
        .split(">m</text>")
        .take(14)
        .map(|before| {
            let lines: Vec<&str> = before
                .lines()
                .filter(|line| line.starts_with("<") && !line.starts_with("<text"))
                .collect();
            let mark = lines.last().unwrap();
            let element = mark.split(' ').next().unwrap();
            let points: Vec<(f64, f64)> = (mark.split("points=\"").nth(1).unwrap_or("").split('"').next().unwrap())
                .split_whitespace()
                .map(|point| {
                    point
                        .split_once(',')
                        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
                        .unwrap()
                })
                .collect();
            let form: Vec<(i32, i32)> = points
                .iter()
                .map(|(x, y)| {
                    (
                        ((x - points[0].0) * 2.0).round() as i32,
                        ((y - points[0].1) * 2.0).round() as i32,
                    )
                })
                .collect();
            let colour = mark.split('#').next_back().unwrap().split('"').next().unwrap();
            format!("{element} {form:?} {} {colour}", mark.contains("stroke="))
        })
        .collect();
    let mut different = looks.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 14, "{looks:#?}");
}
