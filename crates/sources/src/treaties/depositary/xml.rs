//! A small XML file as a tree of elements. No entity is resolved but those that XML itself knows.

use std::io::BufReader;

use quick_xml::Reader as Xml;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use crate::input::Input;
use crate::reader::ReadError;

/// How deep elements may lie in each other; the Collection's lie about ten deep.
const DEEPEST: usize = 64;

/// Bytes of text that a file may hold; the longest of the Collection's have some two million.
const LARGEST: usize = 64 << 20;

const WELL_FORMED: &str = "well-formed XML to the end; get the file again";

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    name: String,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Element(Node),
}

impl Node {
    /// The root element of a file.
    pub(super) fn read(input: &Input) -> Result<Node, ReadError> {
        let mut xml = Xml::from_reader(BufReader::new(input.text()?));
        let mut buffer = Vec::new();
        let mut bytes = 0;
        // The first is no element; the root is added to it.
        let mut open = vec![Node::default()];
        loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer);
            match event {
                Ok(Event::Start(start)) => open.push(Node::named(start.name().as_ref())),
                Ok(Event::Empty(empty)) => add(&mut open, Piece::Element(Node::named(empty.name().as_ref()))),
                Ok(Event::End(_)) => {
                    if let Some(node) = open.pop() {
                        add(&mut open, Piece::Element(node));
                    }
                }
                Ok(Event::Text(text)) => add(&mut open, Piece::Text(text.xml10_content().into_owned())),
                Ok(Event::CData(text)) => add(&mut open, Piece::Text(text.xml10_content().into_owned())),
                Ok(Event::GeneralRef(reference)) => {
                    let letter = match reference.resolve_char_ref() {
                        Ok(Some(letter)) => letter.to_string(),
                        Ok(None) => resolve_predefined_entity(&reference)
                            .ok_or_else(|| unknown_entity(input, &reference))?
                            .to_string(),
                        Err(e) => return Err(input.malformed(e.to_string(), WELL_FORMED)),
                    };
                    add(&mut open, Piece::Text(letter));
                }
                Ok(Event::Eof) => return root(input, open),
                // A declaration, a comment, an instruction or a document type, whose entities are left alone.
                Ok(_) => {}
                Err(quick_xml::Error::Io(e)) => return Err(input.io(std::io::Error::other(e))),
                Err(e) => return Err(input.malformed(e.to_string(), WELL_FORMED)),
            }
            bytes += buffer.len();
            if open.len() > DEEPEST || bytes > LARGEST {
                let found = format!("elements {} deep and {bytes} bytes by there", open.len());
                return Err(input.malformed(found, "a file of one treaty, which is smaller"));
            }
        }
    }

    fn named(name: &str) -> Node {
        Node {
            name: name.to_string(),
            pieces: Vec::new(),
        }
    }

    /// The element's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the element has this name; capitals do not matter.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The elements right below.
    pub(super) fn children(&self) -> impl Iterator<Item = &Node> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Element(node) => Some(node),
            Piece::Text(_) => None,
        })
    }

    /// The first element of that name right below.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children().find(|node| node.is(name))
    }

    /// The elements that fit, in the order of the file; none within another that fits.
    pub(super) fn outermost<'a>(&'a self, fits: &impl Fn(&Node) -> bool) -> Vec<&'a Node> {
        let mut found = Vec::new();
        for node in self.children() {
            match fits(node) {
                true => found.push(node),
                false => found.extend(node.outermost(fits)),
            }
        }
        found
    }

    /// The elements of that name, in the order of the file; none within another.
    pub(super) fn all<'a>(&'a self, name: &str) -> Vec<&'a Node> {
        self.outermost(&|node| node.is(name))
    }

    /// The text of the element and of all below it, with the marks of notes as `<superscript>1</superscript>`: the Collection
    /// writes them as escaped text, and they are no less marks where they are elements.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(own) => text.push_str(own),
                Piece::Element(node) if node.is("superscript") => {
                    text.push_str("<superscript>");
                    text.push_str(&node.text());
                    text.push_str("</superscript>");
                }
                Piece::Element(node) => text.push_str(&node.text()),
            }
        }
        text
    }

    /// The text that is right in the element.
    pub(super) fn own_text(&self) -> String {
        let own = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Element(_) => None,
        });
        own.collect()
    }
}

fn add(open: &mut [Node], piece: Piece) {
    if let Some(node) = open.last_mut() {
        node.pieces.push(piece);
    }
}

fn root(input: &Input, open: Vec<Node>) -> Result<Node, ReadError> {
    let names: Vec<&str> = open.iter().skip(1).map(|node| node.name.as_str()).collect();
    if !names.is_empty() {
        let found = format!("the end of the file within <{}>", names.join("> <"));
        return Err(input.malformed(found, WELL_FORMED));
    }
    let pieces = open.into_iter().flat_map(|node| node.pieces);
    let mut roots = pieces.filter_map(|piece| match piece {
        Piece::Element(node) => Some(node),
        Piece::Text(_) => None,
    });
    match (roots.next(), roots.next()) {
        (Some(root), None) => Ok(root),
        _ => Err(input.malformed("no root element, or more than one", WELL_FORMED)),
    }
}

fn unknown_entity(input: &Input, name: &str) -> ReadError {
    let found = format!("the entity &{name};, which the file would have to define");
    let expected = "text without entities of its own: none is looked up, neither in the file nor outside it";
    input.malformed(found, expected)
}
