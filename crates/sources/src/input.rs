//! An outside file: opened, unpacked and decoded, whatever it was called.
//!
//! What a file is, is told by its bytes and never by its name: a PNG image named `.csv` is an image, and a gzipped file
//! without `.gz` is unpacked all the same.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use flate2::read::{DeflateDecoder, MultiGzDecoder};
use sha2::{Digest, Sha256};

use crate::reader::ReadError;
use crate::records::{self, Records};

mod decode;
mod kind;

pub(crate) use decode::mend_utf8;
pub use kind::FileKind;

/// How much of a file is looked at to tell what it is, in bytes.
pub const HEAD: usize = 64 * 1024;

/// A file, or a member of a ZIP archive, ready to be read any number of times.
#[derive(Debug)]
pub struct Input {
    path: PathBuf,
    name: String,
    file_name: String,
    member: Option<Member>,
    on_disk: Fingerprint,
    sha256: Arc<OnceLock<[u8; 32]>>,
    read_so_far: Arc<AtomicU64>,
    gzip_layers: u8,
    kind: FileKind,
    encoding: Encoding,
    delimiter: u8,
    head: String,
    head_is_whole: bool,
    sheet: Option<String>,
}

/// Where a member of a ZIP archive lies.
#[derive(Clone, Debug)]
struct Member {
    start: u64,
    compressed: u64,
    deflated: bool,
    crc32: u32,
}

/// What the file system said of a file when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fingerprint {
    size: u64,
    modified: Option<SystemTime>,
}

impl Fingerprint {
    fn of(path: &Path) -> io::Result<Fingerprint> {
        let metadata = std::fs::metadata(path)?;
        Ok(Fingerprint {
            size: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }
}

/// How a file's text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf8Bom,
    Utf16(&'static encoding_rs::Encoding),
    Windows1252,
}

impl Input {
    /// Opens a file. A ZIP archive gives one input per member, named `archive.zip!member.csv`; everything else gives one.
    pub fn open(path: &Path) -> Result<Vec<Input>, ReadError> {
        let name = path.display().to_string();
        let io = |source| ReadError::Io {
            file: name.clone(),
            source,
        };
        let on_disk = Fingerprint::of(path).map_err(io)?;
        let sha256 = Arc::new(OnceLock::new());
        let one = |name: String, member: Option<Member>| Input {
            path: path.to_path_buf(),
            file_name: last_component(&name),
            name,
            member,
            on_disk,
            sha256: sha256.clone(),
            read_so_far: Arc::new(AtomicU64::new(0)),
            gzip_layers: 0,
            kind: FileKind::Empty,
            encoding: Encoding::Utf8,
            delimiter: b',',
            head: String::new(),
            head_is_whole: true,
            sheet: None,
        };
        if !kind::is_archive(path).map_err(io)? {
            return Ok(vec![one(name, None).look()?]);
        }
        let mut inputs = Vec::new();
        for (member_name, member) in members(path, &name)? {
            inputs.push(one(format!("{name}!{member_name}"), Some(member)).look()?);
        }
        match inputs.is_empty() {
            true => Err(malformed(
                &name,
                "a ZIP archive without files",
                "at least one file in it",
            )),
            false => Ok(inputs),
        }
    }

    /// Tells what the file is from its first bytes.
    fn look(mut self) -> Result<Input, ReadError> {
        const MOST_LAYERS: u8 = 4;
        let mut head = self.raw_head()?;
        while head.starts_with(&[0x1f, 0x8b]) && self.gzip_layers < MOST_LAYERS {
            self.gzip_layers += 1;
            head = self.raw_head()?;
        }
        self.head_is_whole = head.len() < HEAD;
        self.encoding = decode::sniff(&head, self.head_is_whole);
        self.head = decode::head(&head, self.encoding);
        self.kind = kind::of(&head, &self.head, self.encoding, &self.file_name);
        if matches!(self.kind, FileKind::Csv | FileKind::Tsv) {
            self.delimiter = kind::delimiter(&self.head, self.head_is_whole);
            self.kind = if self.delimiter == b'\t' {
                FileKind::Tsv
            } else {
                FileKind::Csv
            };
        }
        self.read_so_far.store(0, Ordering::Relaxed);
        Ok(self)
    }

    fn raw_head(&self) -> Result<Vec<u8>, ReadError> {
        let mut head = Vec::new();
        self.bytes()?
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|e| self.io(e))?;
        Ok(head)
    }

    /// The file as the user named it; a member of an archive follows after `!`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The last component of the name, without `.gz`.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// What the file is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Size in bytes as it lies on the disk, which is compressed if the file is.
    pub fn size(&self) -> u64 {
        self.member.as_ref().map_or(self.on_disk.size, |m| m.compressed)
    }

    /// How many of [`Input::size`] bytes the latest reading has come to, for a progress bar.
    pub fn read_so_far(&self) -> u64 {
        self.read_so_far.load(Ordering::Relaxed)
    }

    /// The first 64 KiB after unpacking, as text. Empty for kinds that are not text.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether [`Input::head`] is the whole file.
    pub fn head_is_whole(&self) -> bool {
        self.head_is_whole
    }

    /// How the text is written: `utf-8`, `utf-8 with BOM`, `utf-16` or `windows-1252`.
    pub fn encoding(&self) -> &'static str {
        match self.encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8 with BOM",
            Encoding::Utf16(_) => "utf-16",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    /// The character between the cells of a CSV file: comma, semicolon, tab or vertical bar.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The whole file, unpacked, as UTF-8 without a byte-order mark. Bytes that are not UTF-8 in a file that began as
    /// such are read as Windows-1252, so that nothing is lost.
    pub fn text(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        Ok(decode::text(self.bytes()?, self.encoding))
    }

    /// The text for a reader that mends what is not UTF-8 itself and says so: raw for UTF-8, decoded otherwise.
    pub(crate) fn nearly_text(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => Ok(decode::without_bom(self.bytes()?)),
            _ => self.text(),
        }
    }

    /// The whole file, unpacked.
    pub fn bytes(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        let mut file = File::open(&self.path).map_err(|e| self.io(e))?;
        self.read_so_far.store(0, Ordering::Relaxed);
        let mut bytes: Box<dyn Read + Send> = match &self.member {
            None => Box::new(Counted {
                inner: file,
                count: self.read_so_far.clone(),
            }),
            Some(member) => {
                file.seek(SeekFrom::Start(member.start)).map_err(|e| self.io(e))?;
                let packed = Counted {
                    inner: file.take(member.compressed),
                    count: self.read_so_far.clone(),
                };
                let unpacked: Box<dyn Read + Send> = if member.deflated {
                    Box::new(DeflateDecoder::new(packed))
                } else {
                    Box::new(packed)
                };
                Box::new(Checked {
                    inner: unpacked,
                    seen: flate2::Crc::new(),
                    expected: member.crc32,
                })
            }
        };
        for _ in 0..self.gzip_layers {
            bytes = Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 18, bytes)));
        }
        Ok(bytes)
    }

    /// The file itself where it lies plainly on the disk, else an unpacked copy in a temporary file.
    pub(crate) fn seekable(&self) -> Result<File, ReadError> {
        if self.member.is_none() && self.gzip_layers == 0 {
            return File::open(&self.path).map_err(|e| self.io(e));
        }
        let mut copy = tempfile::tempfile().map_err(|e| self.io(e))?;
        io::copy(&mut self.bytes()?, &mut copy).map_err(|e| self.io(e))?;
        copy.rewind().map_err(|e| self.io(e))?;
        Ok(copy)
    }

    /// The names of a workbook's sheets, in its order; none for other kinds.
    pub fn sheets(&self) -> Result<Vec<String>, ReadError> {
        match self.kind {
            FileKind::Xlsx => records::sheets(self),
            _ => Ok(Vec::new()),
        }
    }

    /// Chooses the sheet that [`Input::records`] gives where none is named: the one that was recognised.
    pub fn choose_sheet(&mut self, sheet: Option<String>) {
        self.sheet = sheet;
    }

    /// The file as text records. `sheet` names a workbook's sheet, in full or by the beginning of its name; without it
    /// the one that was recognised, else the first that holds a table.
    pub fn records(&self, sheet: Option<&str>) -> Result<Box<dyn Records>, ReadError> {
        let chosen = self.sheet.as_deref();
        let sheet = match (sheet, chosen) {
            (Some(asked), Some(chosen)) if chosen.to_lowercase().starts_with(&asked.to_lowercase()) => Some(chosen),
            _ => sheet.or(chosen),
        };
        records::open(self, sheet)
    }

    /// The member's name within the archive, for a member of one.
    pub fn member(&self) -> Option<&str> {
        self.member
            .as_ref()
            .and_then(|_| self.name.split_once('!'))
            .map(|(_, member)| member)
    }

    /// Size in bytes of the file on the disk; for a member, of its archive.
    pub fn size_on_disk(&self) -> u64 {
        self.on_disk.size
    }

    /// SHA-256 of the bytes on the disk (of the archive, for a member), computed once.
    pub fn sha256(&self) -> Result<[u8; 32], ReadError> {
        if let Some(known) = self.sha256.get() {
            return Ok(*known);
        }
        let hash = self.hash()?;
        if Fingerprint::of(&self.path).map_err(|e| self.io(e))? != self.on_disk {
            return Err(ReadError::Changed {
                file: self.name.clone(),
            });
        }
        Ok(*self.sha256.get_or_init(|| hash))
    }

    fn hash(&self) -> Result<[u8; 32], ReadError> {
        let mut file = File::open(&self.path).map_err(|e| self.io(e))?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 18];
        loop {
            match file.read(&mut buffer).map_err(|e| self.io(e))? {
                0 => return Ok(hasher.finalize().into()),
                n => hasher.update(&buffer[..n]),
            }
        }
    }

    /// Whether the file on the disk is still the one that was opened: same size and time of change, or else same hash.
    pub fn verify_unchanged(&self) -> Result<(), ReadError> {
        let changed = || ReadError::Changed {
            file: self.name.clone(),
        };
        match Fingerprint::of(&self.path) {
            Ok(now) if now == self.on_disk => Ok(()),
            Ok(now) if now.size == self.on_disk.size => match self.sha256.get() {
                Some(before) if *before == self.hash()? => Ok(()),
                _ => Err(changed()),
            },
            _ => Err(changed()),
        }
    }

    pub(crate) fn io(&self, source: io::Error) -> ReadError {
        ReadError::Io {
            file: self.name.clone(),
            source,
        }
    }

    pub(crate) fn malformed(&self, found: impl Into<String>, expected: impl Into<String>) -> ReadError {
        malformed(&self.name, found, expected)
    }

    pub(crate) fn how_written(&self) -> Encoding {
        self.encoding
    }
}

fn malformed(file: &str, found: impl Into<String>, expected: impl Into<String>) -> ReadError {
    ReadError::Malformed {
        file: file.into(),
        row: None,
        found: found.into(),
        expected: expected.into(),
    }
}

fn last_component(name: &str) -> String {
    let last = name.rsplit(['/', '\\', '!']).next().unwrap_or(name);
    match last.len().checked_sub(3).and_then(|at| last.split_at_checked(at)) {
        Some((stem, end)) if end.eq_ignore_ascii_case(".gz") && !stem.is_empty() => stem.to_string(),
        _ => last.to_string(),
    }
}

/// The files in a ZIP archive, by name, without folders and without what macOS adds.
fn members(path: &Path, name: &str) -> Result<Vec<(String, Member)>, ReadError> {
    let damaged = |e: zip::result::ZipError| malformed(name, format!("a damaged ZIP archive ({e})"), "a whole one");
    let file = File::open(path).map_err(|source| ReadError::Io {
        file: name.into(),
        source,
    })?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        let member_name = entry.name().map_err(damaged)?.into_owned();
        let hidden = member_name.rsplit('/').next().is_some_and(|last| last.starts_with('.'));
        if entry.is_dir() || hidden || member_name.starts_with("__MACOSX/") {
            continue;
        }
        if entry.encrypted() {
            return Err(malformed(
                name,
                format!("{member_name}, which is encrypted"),
                "an archive without a password",
            ));
        }
        let deflated = match entry.compression() {
            zip::CompressionMethod::Stored => false,
            zip::CompressionMethod::Deflated => true,
            other => {
                let found = format!("{member_name}, packed by {other}");
                return Err(malformed(
                    name,
                    found,
                    "Deflate; unpack the archive and import the file",
                ));
            }
        };
        let start = entry
            .data_start()
            .ok_or_else(|| malformed(name, "a damaged ZIP archive", "a whole one"))?;
        members.push((
            member_name,
            Member {
                start,
                compressed: entry.compressed_size(),
                deflated,
                crc32: entry.crc32(),
            },
        ));
    }
    members.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(members)
}

/// Counts the bytes that pass.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Compares the checksum of what has passed with the archive's when the end is reached.
struct Checked<R> {
    inner: R,
    seen: flate2::Crc,
    expected: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.seen.update(&buffer[..n]);
        if n == 0 && !buffer.is_empty() && self.seen.sum() != self.expected {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the archive is damaged: a checksum is wrong",
            ));
        }
        Ok(n)
    }
}
