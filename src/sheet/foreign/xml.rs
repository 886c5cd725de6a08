//! The XML of an `.ods`, event by event.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::damaged;
use crate::base::limits::MAX_DEPTH;
use crate::base::{Error, Result};

/// An element's name and attributes, or text.
#[derive(Debug)]
pub(super) enum XmlEvent {
    /// `<name …>`; an empty element gives this and [`XmlEvent::Close`].
    Open(Element),
    /// `</name>`.
    Close(String),
    /// Text with its entities resolved.
    Text(String),
}

/// An element's start.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// The name with its usual prefix: `table:table-cell`.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A count such as `table:number-columns-repeated`; 1 where it is not stated.
    pub(super) fn count(&self, name: &str) -> Result<u32> {
        let Some(text) = self.get(name) else { return Ok(1) };
        text.trim()
            .parse()
            .ok()
            .filter(|count| *count > 0)
            .ok_or_else(|| damaged(format_args!("{name}={text}")))
    }
}

/// Reads the pieces of a document one by one.
pub(super) struct XmlEvents<R: Read> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    /// An empty element was opened and must be closed.
    pending: Option<String>,
    depth: usize,
}

fn broken(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    damaged("XML 有误").because(cause)
}

impl<R: Read> XmlEvents<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            reader: Reader::from_reader(BufReader::new(source)),
            buffer: Vec::new(),
            pending: None,
            depth: 0,
        }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<XmlEvent>> {
        if let Some(name) = self.pending.take() {
            return Ok(Some(XmlEvent::Close(name)));
        }
        loop {
            self.buffer.clear();
            let event = read(&mut self.reader, &mut self.buffer)?;
            let piece = match event {
                Event::Start(start) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > MAX_DEPTH {
                        return Err(damaged("XML 嵌套过深"));
                    }
                    XmlEvent::Open(element(&start)?)
                }
                Event::Empty(start) => {
                    let element = element(&start)?;
                    self.pending = Some(element.name.clone());
                    XmlEvent::Open(element)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    XmlEvent::Close(end.name().into_inner().to_owned())
                }
                Event::Text(text) => XmlEvent::Text(text.xml10_content().into_owned()),
                Event::CData(text) => XmlEvent::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().map_err(broken)?;
                    let text = match character {
                        Some(character) => character.to_string(),
                        None => resolve_predefined_entity(&reference)
                            .ok_or_else(|| damaged("XML 中有未知的实体"))?
                            .to_owned(),
                    };
                    XmlEvent::Text(text)
                }
                Event::Eof if self.depth > 0 => return Err(damaged("XML 不完整")),
                Event::Eof => return Ok(None),
                _ => continue,
            };
            return Ok(Some(piece));
        }
    }

    /// Skips to the end of the element that was just opened, showing each element inside to `see`.
    pub(super) fn skip(&mut self, mut see: impl FnMut(&Element)) -> Result<()> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Some(XmlEvent::Open(element)) => {
                    see(&element);
                    open = open.saturating_add(1);
                }
                Some(XmlEvent::Close(_)) => open = open.saturating_sub(1),
                Some(XmlEvent::Text(_)) => {}
                None => return Err(damaged("XML 不完整")),
            }
        }
        Ok(())
    }
}

fn read<'b, R: BufRead>(reader: &mut Reader<R>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>> {
    reader.read_event_into(buffer).map_err(|cause| match cause {
        // What the archive reader found (a wrong checksum, a claim that does not hold) is said as it said it.
        quick_xml::Error::Io(io) => match std::sync::Arc::try_unwrap(io) {
            Ok(io) => match io.downcast::<Error>() {
                Ok(error) => error,
                Err(io) => broken(io),
            },
            Err(io) => broken(io),
        },
        other => broken(other),
    })
}

fn element(start: &BytesStart<'_>) -> Result<Element> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(broken)?;
        let value: Cow<'_, str> = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(broken)?;
        attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.name().into_inner().to_owned(), attributes })
}
