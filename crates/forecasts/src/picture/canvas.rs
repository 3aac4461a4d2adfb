//! A small writer of SVG.

use std::fmt::Write;

use crate::picture::Words;
use crate::picture::axis::Axis;

/// The width of every chart, in pixels or points.
pub(crate) const WIDTH: f64 = 640.0;
/// What is left free at the sides.
pub(crate) const EDGE: f64 = 16.0;
/// Size of the common text.
pub(crate) const SIZE: f64 = 11.0;

/// The colours of Okabe & Ito, without yellow, which is lost on white.
pub(crate) const BLUE: &str = "#0072B2";
pub(crate) const VERMILION: &str = "#D55E00";
const GREEN: &str = "#009E73";
const PURPLE: &str = "#CC79A7";
const ORANGE: &str = "#E69F00";
const SKY: &str = "#56B4E9";
/// Text, and what is black.
pub(crate) const INK: &str = "#1b1f27";
/// Axes and lesser text.
pub(crate) const GREY: &str = "#5f6672";
/// Lines behind everything.
pub(crate) const GRID: &str = "#dfe3ea";
/// Bands.
pub(crate) const BAND: &str = "#c9ced8";

/// How the marks of one series look: no two share both form and colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) colour: &'static str,
    pub(crate) form: Form,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    Disc,
    Square,
    Triangle,
    Diamond,
    Upturned,
    Ring,
    Cross,
}

/// The look of a series by its number.
pub(crate) fn look(series: usize) -> Look {
    use Form::{Cross, Diamond, Disc, Ring, Square, Triangle, Upturned};
    let colours = [BLUE, VERMILION, GREEN, PURPLE, INK, ORANGE, SKY];
    let forms = [Disc, Square, Triangle, Diamond, Upturned, Ring, Cross];
    // After a round of both, forms go one ahead of colours.
    Look {
        colour: colours[series % colours.len()],
        form: forms[(series + series / forms.len()) % forms.len()],
    }
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// An entry of a legend: its text, and what draws its mark around a point.
pub(crate) type Entry<'a> = (&'a str, &'a dyn Fn(&mut Canvas, (f64, f64)));

/// A drawing that grows downwards.
pub(crate) struct Canvas {
    body: String,
    /// How far down it is taken.
    pub(crate) y: f64,
}

impl Canvas {
    /// Begins with the title.
    pub(crate) fn new(words: Words<'_>) -> Canvas {
        let mut canvas = Canvas {
            body: String::new(),
            y: EDGE + 4.0,
        };
        // Bold is wider by an eighth.
        for line in wrap(words.title, 15.0 * 1.13, WIDTH - 2.0 * EDGE) {
            canvas.y += 14.0;
            let y = canvas.y;
            let style = "font-size=\"15\" font-weight=\"bold\"";
            canvas.styled(EDGE, y, Anchor::Start, style, &line);
            canvas.y += 5.0;
        }
        canvas.y += 6.0;
        canvas
    }

    /// Lines of lesser text across the chart.
    pub(crate) fn note(&mut self, text: &str) {
        for line in wrap(text, SIZE, WIDTH - 2.0 * EDGE) {
            self.y += 15.0;
            let y = self.y;
            self.styled(EDGE, y, Anchor::Start, &format!("fill=\"{GREY}\""), &line);
        }
    }

    /// Ends with the caption, and gives the whole.
    pub(crate) fn finish(mut self, words: Words<'_>, seen: &str) -> String {
        self.y += 6.0;
        self.note(words.caption);
        let height = (self.y + EDGE).ceil();
        // Several charts may stand in one page, and their titles must be told apart there.
        let id: String = words
            .title
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" \
             role=\"img\" aria-labelledby=\"t-{id}\" aria-describedby=\"d-{id}\"><title id=\"t-{id}\">{}</title>\
             <desc id=\"d-{id}\">{}</desc>\n<rect width=\"{WIDTH}\" height=\"{height}\" rx=\"10\" fill=\"#ffffff\"/>\n\
             <g font-family=\"'DejaVu Sans',Verdana,Helvetica,Arial,sans-serif\" font-size=\"{SIZE}\" \
             fill=\"{INK}\">\n{}</g>\n</svg>\n",
            escape(words.title),
            escape(seen),
            self.body,
        )
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let _ = writeln!(
            self.body,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {style}/>",
            short(from.0),
            short(from.1),
            short(to.0),
            short(to.1),
        );
    }

    /// A rectangle between two corners.
    pub(crate) fn rect(&mut self, a: (f64, f64), b: (f64, f64), style: &str) {
        let _ = writeln!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {style}/>",
            short(a.0.min(b.0)),
            short(a.1.min(b.1)),
            short((a.0 - b.0).abs()),
            short((a.1 - b.1).abs()),
        );
    }

    /// `polyline` or `polygon`.
    pub(crate) fn path(&mut self, element: &str, points: impl IntoIterator<Item = (f64, f64)>, style: &str) {
        let points: Vec<String> = points
            .into_iter()
            .map(|(x, y)| format!("{},{}", short(x), short(y)))
            .collect();
        let _ = writeln!(self.body, "<{element} points=\"{}\" {style}/>", points.join(" "));
    }

    pub(crate) fn mark(&mut self, (x, y): (f64, f64), look: Look) {
        let Look { colour, form } = look;
        let solid = format!("fill=\"{colour}\"");
        match form {
            Form::Disc => self.circle((x, y), 4.0, &solid),
            Form::Ring => self.circle(
                (x, y),
                3.6,
                &format!("fill=\"#ffffff\" stroke=\"{colour}\" stroke-width=\"1.8\""),
            ),
            Form::Square => self.rect((x - 3.6, y - 3.6), (x + 3.6, y + 3.6), &solid),
            Form::Triangle => self.path(
                "polygon",
                [(x, y - 4.8), (x + 4.6, y + 3.6), (x - 4.6, y + 3.6)],
                &solid,
            ),
            Form::Upturned => self.path(
                "polygon",
                [(x, y + 4.8), (x + 4.6, y - 3.6), (x - 4.6, y - 3.6)],
                &solid,
            ),
            Form::Diamond => self.path(
                "polygon",
                [(x, y - 5.0), (x + 5.0, y), (x, y + 5.0), (x - 5.0, y)],
                &solid,
            ),
            Form::Cross => {
                let style = format!("stroke=\"{colour}\" stroke-width=\"2\"");
                self.line((x - 3.8, y - 3.8), (x + 3.8, y + 3.8), &style);
                self.line((x - 3.8, y + 3.8), (x + 3.8, y - 3.8), &style);
            }
        }
    }

    pub(crate) fn circle(&mut self, (x, y): (f64, f64), radius: f64, style: &str) {
        let _ = writeln!(
            self.body,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {style}/>",
            short(x),
            short(y),
            short(radius)
        );
    }

    pub(crate) fn text(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        self.styled(x, y, anchor, "", text);
    }

    fn styled(&mut self, x: f64, y: f64, anchor: Anchor, style: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let space = if style.is_empty() { "" } else { " " };
        let _ = writeln!(
            self.body,
            "<text x=\"{}\" y=\"{}\"{anchor}{space}{style}>{}</text>",
            short(x),
            short(y),
            escape(text)
        );
    }

    /// A text that is read from below to above, around a point.
    pub(crate) fn upwards(&mut self, x: f64, y: f64, text: &str) {
        let turn = format!("transform=\"rotate(-90 {} {})\"", short(x), short(y));
        self.styled(x, y, Anchor::Middle, &turn, text);
    }

    /// Ticks, their labels and lines across the plot, of the axis below it.
    pub(crate) fn below(&mut self, axis: &Axis, (top, bottom): (f64, f64), ticks: &[(f64, String)], name: &str) {
        for (value, label) in ticks {
            let x = axis.place(*value);
            self.line((x, top), (x, bottom + 4.0), &format!("stroke=\"{GRID}\""));
            self.text(x, bottom + 16.0, Anchor::Middle, label);
        }
        self.line((axis.start, bottom), (axis.end, bottom), &format!("stroke=\"{GREY}\""));
        self.text((axis.start + axis.end) / 2.0, bottom + 32.0, Anchor::Middle, name);
        self.y = bottom + 36.0;
    }

    /// The same of the axis to its left.
    pub(crate) fn beside(&mut self, axis: &Axis, (left, right): (f64, f64), ticks: &[(f64, String)], name: &str) {
        for (value, label) in ticks {
            let y = axis.place(*value);
            self.line((left - 4.0, y), (right, y), &format!("stroke=\"{GRID}\""));
            self.text(left - 7.0, y + 4.0, Anchor::End, label);
        }
        self.line((left, axis.start), (left, axis.end), &format!("stroke=\"{GREY}\""));
        self.upwards(EDGE + 9.0, (axis.start + axis.end) / 2.0, name);
    }

    /// Entries beside each other, as many to a line as there is room for. A mark is at most 28 wide.
    pub(crate) fn legend(&mut self, entries: &[Entry<'_>]) {
        let mut x = EDGE;
        self.y += 14.0;
        for (text, draw) in entries {
            let text = fit(text, SIZE, WIDTH - 2.0 * EDGE - 34.0);
            let width = 34.0 + wide(&text, SIZE);
            if x > EDGE && x + width > WIDTH - EDGE {
                x = EDGE;
                self.y += 17.0;
            }
            let y = self.y;
            draw(self, (x + 14.0, y - 4.0));
            self.text(x + 34.0, y, Anchor::Start, &text);
            x += width + 16.0;
        }
        self.y += 8.0;
    }
}

/// A coordinate with no more digits than can be seen.
fn short(x: f64) -> String {
    let text = format!("{x:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

/// Text as XML takes it. Control characters, which XML cannot hold at all, become blanks.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// About how wide a text is, in a rather wide face, so that it has room in others too.
pub(crate) fn wide(text: &str, size: f64) -> f64 {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | ' ' => 0.36,
        'f' | 'r' | 't' | '-' | '/' | '[' | ']' => 0.42,
        'm' | 'M' | 'w' | 'W' | '%' | '@' | '—' => 0.97,
        '≥' | '≤' | '±' | '=' | '<' | '>' | '+' => 0.84,
        c if c.is_uppercase() => 0.74,
        c if c.is_ascii() || ('\u{80}'..'\u{500}').contains(&c) || c == '–' || c == '…' => 0.64,
        _ => 1.0,
    };
    size * text.chars().map(width).sum::<f64>()
}

/// The text, or as much of its beginning as there is room for.
pub(crate) fn fit(text: &str, size: f64, room: f64) -> String {
    if wide(text, size) <= room {
        return text.to_string();
    }
    let mut shorter: Vec<char> = text.chars().collect();
    while !shorter.is_empty() && wide(&shorter.iter().collect::<String>(), size) + wide("…", size) > room {
        shorter.pop();
    }
    shorter.into_iter().collect::<String>().trim_end().to_string() + "…"
}

/// The text in lines that have room; a word too long for one is cut.
pub(crate) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if wide(&longer, size) <= room => *line = longer,
            _ => lines.push(fit(word, size, room)),
        }
    }
    lines
}
