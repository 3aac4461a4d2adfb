//! Warnings for other programs: messages of the Common Alerting Protocol 1.2 (OASIS; ITU-T X.1303), and an Atom index of them.
//!
//! Gateways relay alerts. What leaves here is therefore `Restricted` unless said otherwise, is of the `Future`, and is at
//! most `Likely`: a forecast is never `Observed`. A message is never changed; another one updates or cancels it.

mod atom;
mod message;

use std::error::Error;
use std::fmt;
use std::io;

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

pub use atom::{Feed, KEPT, index};
pub use message::message;

/// The media type of a message.
pub const MESSAGE: &str = "application/cap+xml";
/// The media type of the index.
pub const INDEX: &str = "application/atom+xml";
/// The language in which messages are written.
pub const LANGUAGE: &str = "en";
/// For whom a warning is where nothing else was decided.
pub const RESTRICTION: &str = "For those who can act on the warning. Not for relay to the public: \
                               it is a statistical forecast that nobody has cleared for publication.";

/// A warning as it is told to others.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// Its name, given by the sender and never used again; without spaces, commas, `<` and `&`.
    pub identifier: String,
    /// Who sends it: an id of the observatory that looks like a domain; the same signs are forbidden.
    pub sender: String,
    /// When it was sent.
    pub sent: Timestamp,
    /// Whether it is a new one, or changes earlier ones.
    pub kind: Kind,
    /// The messages that an update or a cancel is about, oldest first; a new warning has none.
    pub references: Vec<Reference>,
    /// For whom it is.
    pub scope: Scope,
    /// What is warned of: the title of the trigger.
    pub event: String,
    /// The warning in one line.
    pub headline: String,
    /// The warning in sentences; in a cancel, why it is withdrawn.
    pub description: String,
    /// What to do; by default nothing, for what can be done stands in the ladder of options.
    pub instruction: Option<String>,
    /// From when what it says holds.
    pub effective: Timestamp,
    /// When what it warns of is expected to begin.
    pub onset: Option<Timestamp>,
    /// Until when what it says holds.
    pub expires: Timestamp,
    /// The chance of what it warns of, from 0 to 1; none where no forecast gives one.
    pub chance: Option<f64>,
    /// How bad it would be.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Where one can read more: an address that begins with `http://` or `https://`.
    pub web: Option<String>,
    /// What it rests on, each as it is cited.
    pub sources: Vec<String>,
    /// It is only an exercise.
    pub exercise: bool,
}

/// What a message does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It warns for the first time.
    Alert,
    /// It takes the place of earlier messages.
    Update,
    /// It withdraws earlier messages.
    Cancel,
}

/// An earlier message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its identifier.
    pub identifier: String,
    /// Its sender.
    pub sender: String,
    /// When it was sent.
    pub sent: Timestamp,
}

/// For whom a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// For some only; says for whom and why.
    Restricted(String),
    /// For everybody. Only somebody with that role decides so.
    Public,
}

impl Default for Scope {
    fn default() -> Scope {
        Scope::Restricted(RESTRICTION.to_string())
    }
}

/// How bad it would be, in the words of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// An extraordinary threat to life or property.
    Extreme,
    /// A significant threat.
    Severe,
    /// A possible threat.
    Moderate,
    /// A minimal threat, or none known.
    Minor,
    /// Nobody knows.
    Unknown,
}

/// How sure it is, in the words of the protocol. `Observed` is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// No forecast gives a chance.
    Unknown,
    /// A chance of less than 5 %.
    Unlikely,
    /// A chance from 5 to 50 %.
    Possible,
    /// A chance of more than 50 %.
    Likely,
}

impl Certainty {
    /// The word for a chance.
    pub fn of(chance: Option<f64>) -> Certainty {
        match chance {
            Some(chance) if chance > 0.5 => Certainty::Likely,
            Some(chance) if chance >= 0.05 => Certainty::Possible,
            Some(_) => Certainty::Unlikely,
            None => Certainty::Unknown,
        }
    }
}

/// A place, by name and code. Outlines are not sent: a forecast for an administrative unit is for no place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: Code,
}

/// The code of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// A country's, of three letters.
    Iso3(String),
    /// A P-code of an administrative unit.
    PCode(String),
}

/// Why a message cannot be sent, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapError(String);

impl fmt::Display for CapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for CapError {}

impl From<io::Error> for CapError {
    fn from(why: io::Error) -> CapError {
        CapError(format!("XML could not be written: {why}"))
    }
}

/// Whether a text can be an identifier or a sender. What it is (`what`) stands in the answer.
pub fn check_id(what: &str, id: &str) -> Result<(), CapError> {
    let forbidden = |c: char| c.is_whitespace() || matches!(c, ',' | '<' | '&') || !allowed(c);
    if id.is_empty() {
        return Err(CapError(format!(
            "{what} is empty; give one such as warnings.example.org"
        )));
    }
    match id.chars().find(|c| forbidden(*c)) {
        Some(found) => Err(CapError(format!(
            "{what} {id:?} has {found:?}; the Common Alerting Protocol forbids spaces, commas, `<`, `&` and control \
             characters in it, so give one such as warnings.example.org"
        ))),
        None => Ok(()),
    }
}

impl Warning {
    /// Whether it can be sent: what the protocol asks beyond the schema.
    pub fn check(&self) -> Result<(), CapError> {
        check_id("the identifier", &self.identifier)?;
        check_id("the sender", &self.sender)?;
        for reference in &self.references {
            check_id("the identifier of a reference", &reference.identifier)?;
            check_id("the sender of a reference", &reference.sender)?;
        }
        match self.fault() {
            Some(why) => Err(CapError(format!(
                "the warning {:?} cannot be sent: {why}",
                self.identifier
            ))),
            None => Ok(()),
        }
    }

    fn fault(&self) -> Option<String> {
        let blank = |text: &str| clean(text).is_empty();
        match self.kind {
            Kind::Alert if !self.references.is_empty() => {
                return Some("a new warning refers to no earlier message; make it an update".to_string());
            }
            Kind::Update | Kind::Cancel if self.references.is_empty() => {
                return Some(
                    "an update or a cancel names the messages that it is about, and it names none".to_string(),
                );
            }
            _ => {}
        }
        if matches!(&self.scope, Scope::Restricted(restriction) if blank(restriction)) {
            return Some("it is restricted, and does not say for whom".to_string());
        }
        if blank(&self.event) {
            return Some("it does not say what is warned of; give its trigger a title".to_string());
        }
        if blank(&self.place.name) {
            return Some("its place has no name".to_string());
        }
        match &self.place.code {
            Code::Iso3(code) if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) => {
                return Some(format!(
                    "{code:?} is not a country's code of three capital letters, such as ETH"
                ));
            }
            Code::PCode(code) if code.is_empty() || !code.bytes().all(|b| b.is_ascii_graphic()) => {
                return Some(format!("{code:?} is not a P-code without spaces, such as ET01"));
            }
            _ => {}
        }
        if let Some(chance) = self.chance.filter(|chance| !(0.0..=1.0).contains(chance)) {
            return Some(format!("its chance is {chance}, and must lie between 0 and 1"));
        }
        if self.kind != Kind::Cancel && self.expires <= self.effective {
            let (expires, effective) = (self.expires, self.effective);
            return Some(format!("it expires at {expires}, and takes effect only at {effective}"));
        }
        let web = self.web.as_ref().filter(|web| !is_web(web))?;
        Some(format!("{web:?} is not an address such as https://example.org/ladder"))
    }
}

/// An address on the web, as far as its signs go.
fn is_web(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .bytes()
                .all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b))
    })
}

/// What XML 1.0 can hold and a reader wants to see.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// A text without what XML 1.0 forbids, without other controls, and without spaces around it; lines end with `\n`.
fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines
        .chars()
        .filter(|c| allowed(*c))
        .collect::<String>()
        .trim()
        .to_string()
}

type Xml = Writer<Vec<u8>>;

/// A document of one element.
fn document(root: &str, namespace: &str, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> Result<String, CapError> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let element = xml.create_element(root).with_attribute(("xmlns", namespace));
    element.write_inner_content(inner)?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|why| CapError(format!("XML could not be written: {why}")))
}

/// An element with text.
fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let text = clean(text);
    xml.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}
