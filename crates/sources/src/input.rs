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
use tempfile::{NamedTempFile, TempPath};

use crate::reader::ReadError;
use crate::records::{self, Records};

mod decode;
mod kind;

pub(crate) use decode::mend_utf8;
pub use kind::FileKind;
pub(crate) use kind::is_one_feature;

/// How much of a file is looked at to tell what it is, in bytes.
pub const HEAD: usize = 64 * 1024;

/// A file, a member of a ZIP archive or a layer of a GeoPackage, ready to be read any number of times.
#[derive(Debug)]
pub struct Input {
    lies: Lies,
    name: String,
    file_name: String,
    /// The other files of a shapefile, by their endings.
    beside: Vec<(&'static str, Lies)>,
    /// The table of a GeoPackage.
    layer: Option<String>,
    /// A copy on the disk of what is packed in the file.
    unpacked: Arc<OnceLock<TempPath>>,
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

/// Where bytes lie: a file, or a member of an archive.
#[derive(Clone, Debug)]
struct Lies {
    path: PathBuf,
    member: Option<Member>,
}

/// Where a member of a ZIP archive lies.
#[derive(Clone, Debug)]
struct Member {
    start: u64,
    compressed: u64,
    deflated: bool,
    crc32: u32,
}

/// What the file system said of a file, and of those that belong to it, when it was opened: their size together and the
/// latest change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Fingerprint {
    size: u64,
    modified: Option<SystemTime>,
}

impl Fingerprint {
    fn of<'a>(paths: impl IntoIterator<Item = &'a Path>) -> io::Result<Fingerprint> {
        let mut all = Fingerprint::default();
        for path in paths {
            let metadata = std::fs::metadata(path)?;
            all.size += metadata.len();
            all.modified = all.modified.max(metadata.modified().ok());
        }
        Ok(all)
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
    /// Opens a file. A ZIP archive gives one input per member, named `archive.zip!member.csv`, a GeoPackage of several
    /// layers one per layer, named `file.gpkg!layer`; everything else gives one. The files of a shapefile are one.
    pub fn open(path: &Path) -> Result<Vec<Input>, ReadError> {
        let name = path.display().to_string();
        let io = |source| ReadError::Io {
            file: name.clone(),
            source,
        };
        let beside = shapefile_parts_on_disk(path);
        let on_disk = Fingerprint::of(std::iter::once(path).chain(beside.iter().map(|(_, lies)| lies.path.as_path())))
            .map_err(io)?;
        let sha256 = Arc::new(OnceLock::new());
        let one = |name: String, member: Option<Member>, beside: Vec<(&'static str, Lies)>| Input {
            lies: Lies {
                path: path.to_path_buf(),
                member,
            },
            file_name: last_component(&name),
            name,
            beside,
            layer: None,
            unpacked: Arc::default(),
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
            return one(name, None, beside).look()?.layers();
        }
        let mut inputs = Vec::new();
        for (member_name, member, beside) in with_their_parts(members(path, &name)?, path) {
            let input = one(format!("{name}!{member_name}"), Some(member), beside).look()?;
            inputs.extend(input.layers()?);
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

    /// One input per layer, of a GeoPackage; any other file as it is.
    fn layers(self) -> Result<Vec<Input>, ReadError> {
        if self.kind != FileKind::GeoPackage {
            return Ok(vec![self]);
        }
        let layers = records::layers(&self)?;
        let several = layers.len() > 1;
        let of_layer = |layer: String| Input {
            lies: self.lies.clone(),
            name: match several {
                true => format!("{}!{layer}", self.name),
                false => self.name.clone(),
            },
            file_name: self.file_name.clone(),
            beside: Vec::new(),
            layer: Some(layer),
            unpacked: self.unpacked.clone(),
            sha256: self.sha256.clone(),
            read_so_far: self.read_so_far.clone(),
            head: self.head.clone(),
            sheet: None,
            ..self
        };
        Ok(layers.into_iter().map(of_layer).collect())
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
        self.lies.member.as_ref().map_or(self.on_disk.size, |m| m.compressed)
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
        self.read_so_far.store(0, Ordering::Relaxed);
        let mut bytes = self.bytes_of(&self.lies, self.read_so_far.clone())?;
        for _ in 0..self.gzip_layers {
            bytes = Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 18, bytes)));
        }
        Ok(bytes)
    }

    /// The bytes at a place, unpacked from their archive and counted as they lie there.
    fn bytes_of(&self, lies: &Lies, count: Arc<AtomicU64>) -> Result<Box<dyn Read + Send>, ReadError> {
        let mut file = File::open(&lies.path).map_err(|e| self.io(e))?;
        let Some(member) = &lies.member else {
            return Ok(Box::new(Counted { inner: file, count }));
        };
        file.seek(SeekFrom::Start(member.start)).map_err(|e| self.io(e))?;
        let packed = Counted {
            inner: file.take(member.compressed),
            count,
        };
        let unpacked: Box<dyn Read + Send> = if member.deflated {
            Box::new(DeflateDecoder::new(packed))
        } else {
            Box::new(packed)
        };
        Ok(Box::new(Checked {
            inner: unpacked,
            seen: flate2::Crc::new(),
            expected: member.crc32,
        }))
    }

    /// The file itself where it lies plainly on the disk, else an unpacked copy in a temporary file.
    pub(crate) fn seekable(&self) -> Result<File, ReadError> {
        File::open(self.path_on_disk()?).map_err(|e| self.io(e))
    }

    /// Where the file lies plainly on the disk: itself, or an unpacked copy that is removed with the input.
    pub(crate) fn path_on_disk(&self) -> Result<&Path, ReadError> {
        if self.lies.member.is_none() && self.gzip_layers == 0 {
            return Ok(&self.lies.path);
        }
        if let Some(copy) = self.unpacked.get() {
            return Ok(copy);
        }
        let mut copy = NamedTempFile::new().map_err(|e| self.io(e))?;
        io::copy(&mut self.bytes()?, &mut copy).map_err(|e| self.io(e))?;
        Ok(self.unpacked.get_or_init(|| copy.into_temp_path()))
    }

    /// The whole of the file of a shapefile that has this ending (`dbf`, `shx`, `prj`, `cpg`), if there is one.
    pub(crate) fn beside(&self, ending: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some((_, lies)) = self.beside.iter().find(|(other, _)| *other == ending) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        self.bytes_of(lies, Arc::default())?
            .read_to_end(&mut bytes)
            .map_err(|e| self.io(e))?;
        Ok(Some(bytes))
    }

    /// The layer of a GeoPackage that this input is.
    pub(crate) fn layer(&self) -> Option<&str> {
        self.layer.as_deref()
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

    /// The member's name within the archive, for a member of one; the layer's name, for one of several.
    pub fn member(&self) -> Option<&str> {
        let is_part = self.lies.member.is_some() || self.layer.is_some();
        self.name.split_once('!').filter(|_| is_part).map(|(_, member)| member)
    }

    /// Size in bytes of the file on the disk; for a member, of its archive; of a shapefile's files together.
    pub fn size_on_disk(&self) -> u64 {
        self.on_disk.size
    }

    /// SHA-256 of the bytes on the disk (of the archive, for a member; of a shapefile's files one after the other),
    /// computed once.
    pub fn sha256(&self) -> Result<[u8; 32], ReadError> {
        if let Some(known) = self.sha256.get() {
            return Ok(*known);
        }
        let hash = self.hash()?;
        if Fingerprint::of(self.paths()).map_err(|e| self.io(e))? != self.on_disk {
            return Err(ReadError::Changed {
                file: self.name.clone(),
            });
        }
        Ok(*self.sha256.get_or_init(|| hash))
    }

    /// The files on the disk that make up the input.
    fn paths(&self) -> impl Iterator<Item = &Path> {
        let parts = self.beside.iter().filter(|(_, lies)| lies.member.is_none());
        std::iter::once(&*self.lies.path).chain(parts.map(|(_, lies)| &*lies.path))
    }

    fn hash(&self) -> Result<[u8; 32], ReadError> {
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 18];
        for path in self.paths() {
            let mut file = File::open(path).map_err(|e| self.io(e))?;
            loop {
                match file.read(&mut buffer).map_err(|e| self.io(e))? {
                    0 => break,
                    n => hasher.update(&buffer[..n]),
                }
            }
        }
        Ok(hasher.finalize().into())
    }

    /// Whether the file on the disk is still the one that was opened: same size and time of change, or else same hash.
    pub fn verify_unchanged(&self) -> Result<(), ReadError> {
        let changed = || ReadError::Changed {
            file: self.name.clone(),
        };
        match Fingerprint::of(self.paths()) {
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

/// The endings of the files that make up a shapefile beside the `.shp`, those that are read before those that are not.
const SHAPEFILE_PARTS: [&str; 12] = [
    "dbf", "shx", "prj", "cpg", "sbn", "sbx", "qix", "qpj", "qmd", "cst", "fix", "shp.xml",
];
const READ_OF_A_SHAPEFILE: usize = 4;

/// Whether a file on the disk is part of a shapefile, which is read by way of the `.shp` beside it.
pub fn is_part_of_shapefile(path: &Path) -> bool {
    let name = path.to_string_lossy();
    SHAPEFILE_PARTS
        .iter()
        .filter_map(|ending| without_ending(&name, ending))
        .any(|stem| {
            ["shp", "SHP"]
                .iter()
                .any(|shp| Path::new(&format!("{stem}.{shp}")).is_file())
        })
}

fn without_ending<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    let (stem, end) = name.split_at_checked(name.len().checked_sub(ending.len() + 1)?)?;
    (end.starts_with('.') && end[1..].eq_ignore_ascii_case(ending)).then_some(stem)
}

/// The files beside a `.shp` on the disk that are read with it.
fn shapefile_parts_on_disk(path: &Path) -> Vec<(&'static str, Lies)> {
    let name = path.to_string_lossy();
    let Some(stem) = without_ending(&name, "shp") else {
        return Vec::new();
    };
    let part = |ending: &'static str| {
        let mut paths = [ending.to_string(), ending.to_uppercase()]
            .map(|ending| PathBuf::from(format!("{stem}.{ending}")))
            .into_iter();
        let path = paths.find(|path| path.is_file())?;
        Some((ending, Lies { path, member: None }))
    };
    SHAPEFILE_PARTS[..READ_OF_A_SHAPEFILE]
        .iter()
        .filter_map(|ending| part(ending))
        .collect()
}

/// A member of an archive by its name, with the members that make up a shapefile with it.
type WithParts = (String, Member, Vec<(&'static str, Lies)>);

/// The members of an archive, those that belong to a shapefile with its `.shp`.
fn with_their_parts(members: Vec<(String, Member)>, path: &Path) -> Vec<WithParts> {
    let stems: Vec<String> = members
        .iter()
        .filter_map(|(name, _)| without_ending(name, "shp"))
        .map(str::to_string)
        .collect();
    let (mut parts, mut whole) = (Vec::new(), Vec::new());
    for (name, member) in members {
        let part = SHAPEFILE_PARTS
            .iter()
            .find_map(|ending| Some((*ending, without_ending(&name, ending)?)))
            .filter(|(_, stem)| stems.iter().any(|shp| shp == stem));
        match part {
            Some((ending, stem)) => parts.push((stem.to_string(), ending, member)),
            None => whole.push((name, member)),
        }
    }
    let beside = |name: &str| -> Vec<(&'static str, Lies)> {
        let own = parts
            .iter()
            .filter(|(stem, ..)| without_ending(name, "shp") == Some(stem));
        own.map(|(_, ending, member)| {
            let lies = Lies {
                path: path.to_path_buf(),
                member: Some(member.clone()),
            };
            (*ending, lies)
        })
        .collect()
    };
    whole
        .into_iter()
        .map(|(name, member)| {
            let beside = beside(&name);
            (name, member, beside)
        })
        .collect()
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
