//! From bytes to UTF-8.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Encoding;

const BOM: &[u8] = &[0xef, 0xbb, 0xbf];

/// How a file is written, by its first bytes: its byte-order mark; else the zeros of UTF-16; else UTF-8 if it is valid
/// as such; else Windows-1252, which accepts any byte.
pub(super) fn sniff(head: &[u8], whole: bool) -> Encoding {
    match head {
        [0xef, 0xbb, 0xbf, ..] => Encoding::Utf8Bom,
        [0xff, 0xfe, ..] => Encoding::Utf16(UTF_16LE),
        [0xfe, 0xff, ..] => Encoding::Utf16(UTF_16BE),
        _ if zeros(head, 1) => Encoding::Utf16(UTF_16LE),
        _ if zeros(head, 0) => Encoding::Utf16(UTF_16BE),
        _ => match std::str::from_utf8(head) {
            Ok(_) => Encoding::Utf8,
            Err(e) if e.error_len().is_none() && !whole => Encoding::Utf8,
            Err(_) => Encoding::Windows1252,
        },
    }
}

/// Whether most bytes at every second place are zero and the others are not: Western text in UTF-16.
fn zeros(head: &[u8], offset: usize) -> bool {
    let sample = &head[..head.len().min(4096) & !1];
    let count = |at: usize| sample.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    sample.len() >= 8 && count(offset) * 10 >= sample.len() / 2 * 7 && count(1 - offset) * 10 < sample.len() / 2
}

/// The head as text.
pub(super) fn head(head: &[u8], encoding: Encoding) -> String {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => {
            let head = head.strip_prefix(BOM).unwrap_or(head);
            let end = std::str::from_utf8(head)
                .err()
                .filter(|e| e.error_len().is_none())
                .map(|e| e.valid_up_to());
            mend_utf8(&head[..end.unwrap_or(head.len())])
        }
        Encoding::Utf16(utf16) => utf16.decode(head).0.into_owned(),
        Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(head).0.into_owned(),
    }
}

/// The text, with bytes that are not UTF-8 read as Windows-1252.
pub(crate) fn mend_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// The bytes after a byte-order mark, if there is one.
pub(super) fn without_bom(bytes: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    Box::new(WithoutBom {
        inner: bytes,
        start: Vec::new(),
        begun: false,
    })
}

/// Text in UTF-8.
pub(super) fn text(bytes: Box<dyn Read + Send>, encoding: Encoding) -> Box<dyn Read + Send> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => Box::new(MendedUtf8 {
            inner: without_bom(bytes),
            rest: Vec::new(),
            out: Out::default(),
        }),
        Encoding::Utf16(utf16) => Box::new(Decoded::new(bytes, utf16.new_decoder_with_bom_removal())),
        Encoding::Windows1252 => Box::new(Decoded::new(bytes, WINDOWS_1252.new_decoder_without_bom_handling())),
    }
}

struct WithoutBom {
    inner: Box<dyn Read + Send>,
    start: Vec<u8>,
    begun: bool,
}

impl Read for WithoutBom {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.begun {
            self.begun = true;
            self.inner
                .by_ref()
                .take(BOM.len() as u64)
                .read_to_end(&mut self.start)?;
            if self.start == BOM {
                self.start.clear();
            }
        }
        if self.start.is_empty() {
            return self.inner.read(buffer);
        }
        let n = buffer.len().min(self.start.len());
        buffer[..n].copy_from_slice(&self.start[..n]);
        self.start.drain(..n);
        Ok(n)
    }
}

/// Text that waits to be taken.
#[derive(Default)]
struct Out {
    text: String,
    taken: usize,
}

impl Out {
    fn take(&mut self, buffer: &mut [u8]) -> usize {
        let waiting = &self.text.as_bytes()[self.taken..];
        let n = waiting.len().min(buffer.len());
        buffer[..n].copy_from_slice(&waiting[..n]);
        self.taken += n;
        if self.taken == self.text.len() {
            self.text.clear();
            self.taken = 0;
        }
        n
    }
}

const CHUNK: usize = 1 << 16;

struct MendedUtf8 {
    inner: Box<dyn Read + Send>,
    rest: Vec<u8>,
    out: Out,
}

impl Read for MendedUtf8 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out.text.is_empty() {
            let before = self.rest.len();
            self.inner.by_ref().take(CHUNK as u64).read_to_end(&mut self.rest)?;
            let ended = self.rest.len() == before;
            if ended && self.rest.is_empty() {
                return Ok(0);
            }
            let whole = match std::str::from_utf8(&self.rest) {
                Err(e) if e.error_len().is_none() && !ended => e.valid_up_to(),
                // An error further ahead hides whether the chunk's last character is cut: keep up to three bytes back.
                Err(_) if !ended => self.rest.len() - cut_character(&self.rest),
                _ => self.rest.len(),
            };
            self.out.text = mend_utf8(&self.rest[..whole]);
            self.rest.drain(..whole);
        }
        Ok(self.out.take(buffer))
    }
}

/// How many bytes at the end may be the beginning of a character.
fn cut_character(bytes: &[u8]) -> usize {
    (1..=3.min(bytes.len()))
        .find(|n| bytes[bytes.len() - n] >= 0xc0)
        .unwrap_or(0)
}

struct Decoded {
    inner: Box<dyn Read + Send>,
    decoder: Decoder,
    chunk: Vec<u8>,
    out: Out,
    ended: bool,
}

impl Decoded {
    fn new(inner: Box<dyn Read + Send>, decoder: Decoder) -> Decoded {
        Decoded {
            inner,
            decoder,
            chunk: vec![0; CHUNK],
            out: Out::default(),
            ended: false,
        }
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out.text.is_empty() && !self.ended {
            let n = self.inner.read(&mut self.chunk)?;
            self.ended = n == 0;
            self.out
                .text
                .reserve(self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * n + 16));
            let (result, read, _) = self
                .decoder
                .decode_to_string(&self.chunk[..n], &mut self.out.text, self.ended);
            debug_assert!(
                result == CoderResult::InputEmpty && read == n,
                "the reserved space is enough for the chunk"
            );
        }
        Ok(self.out.take(buffer))
    }
}
