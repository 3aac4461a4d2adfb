//! `fetch`: downloads what a source's card names, and imports it. The only command here that goes out to the network.

use std::path::{Path, PathBuf};

use lysoen_sources::card::{Card, Download};
use lysoen_sources::catalog::Catalog;
use reqwest::Url;

use crate::caret::nearest_of;
use crate::cli::{FetchArgs, Global, ImportArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::fetch::{Downloaded, FetchError, Patience, Wanted, download};
use crate::progress::Watch;
use crate::settings::folder_of;

/// Runs `fetch`.
pub fn run(args: &FetchArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let catalog = super::catalog(global)?;
    let mut plans = Vec::new();
    for source in &args.sources {
        plans.push(plan(source, args, &catalog)?);
    }
    let folder = match (&args.to, folder_of(&global.observatory)) {
        (Some(folder), _) => folder.clone(),
        (None, Some(observatory)) => observatory.join("downloads"),
        (None, None) => PathBuf::from("downloads"),
    };
    if !args.no_import {
        super::ensure(global, console)?;
    }
    let mut paths = Vec::new();
    for plan in &plans {
        paths.extend(fetch_source(plan, args, &folder, console)?);
    }
    if args.no_import {
        return Ok(Outcome::Done);
    }
    let only = match args.sources.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    let import = ImportArgs {
        paths,
        as_: only,
        mapping: None,
        vintage: None,
        partial: false,
        complete_for: None,
        findings: None,
    };
    super::import::run(&import, global, console)
}

/// What is to be downloaded of a source.
struct Plan {
    files: Vec<Planned>,
}

struct Planned {
    url: Url,
    name: String,
    sha256: Option<String>,
    note: Option<String>,
}

fn plan(source: &str, args: &FetchArgs, catalog: &Catalog) -> Result<Plan, Failure> {
    let Some(card) = catalog.card(source) else {
        let near = nearest_of(source, catalog.cards().map(|card| card.id.as_str()));
        return Err(Failure::Unknown {
            message: format!("there is no source `{source}` in the catalog"),
            advice: near.map(|near| format!("did you mean `{near}`?")),
        });
    };
    if card.download.is_empty() {
        return Err(Failure::Unknown {
            message: format!("the card of `{source}` names no address to download from"),
            advice: Some(format!(
                "look at {} and import the file with `lysoen import FILE`",
                card.homepage
            )),
        });
    }
    let mut files = Vec::new();
    for download in &card.download {
        if let Some(planned) = planned(download, args)? {
            files.push(planned);
        }
    }
    match files.is_empty() {
        true => Err(Failure::Usage(which(card))),
        false => Ok(Plan { files }),
    }
}

/// Asks for the year or the version that every address of the card needs.
fn which(card: &Card) -> String {
    let lines = card.download.iter().map(|download| {
        let note = download
            .note
            .as_deref()
            .map(|note| format!(" ({note})"))
            .unwrap_or_default();
        format!("\n  {}{note}", download.url)
    });
    format!(
        "say which file of `{}` with --year or --version:{}",
        card.id,
        lines.collect::<String>()
    )
}

/// The file with year and version filled in; none where one that it needs was not given.
fn planned(download: &Download, args: &FetchArgs) -> Result<Option<Planned>, Failure> {
    let fill = |template: &str| -> Option<String> {
        let mut text = template.to_string();
        for (mark, value) in [("{year}", &args.year), ("{version}", &args.version)] {
            if text.contains(mark) {
                text = text.replace(mark, value.as_deref()?);
            }
        }
        Some(text)
    };
    let (Some(address), Some(name)) = (fill(&download.url), fill(&download.file)) else {
        return Ok(None);
    };
    let wrong = |address: &str| FetchError::Address {
        address: address.to_string(),
    };
    let mut url = Url::parse(&address).map_err(|_| wrong(&address))?;
    if let Some(base) = &args.base_url {
        url = elsewhere(base, &url).ok_or_else(|| wrong(base))?;
    }
    // The name becomes a file in the folder, and nothing outside of it.
    let name = Path::new(&name).file_name().ok_or_else(|| wrong(&address))?;
    Ok(Some(Planned {
        url,
        name: name.to_string_lossy().into_owned(),
        sha256: download.sha256.clone(),
        note: download.note.clone(),
    }))
}

/// The same path and query at another place.
fn elsewhere(base: &str, url: &Url) -> Option<Url> {
    let mut there = Url::parse(base).ok()?;
    let path = format!("{}{}", there.path().trim_end_matches('/'), url.path());
    there.set_path(&path);
    there.set_query(url.query());
    Some(there)
}

/// Downloads a source's files. Where the version fits several addresses, those without such a file are passed over as
/// long as there is one.
fn fetch_source(plan: &Plan, args: &FetchArgs, folder: &Path, console: &mut Console) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    let mut gone = None;
    for file in &plan.files {
        let note = file.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
        console.tell(&format!("Contacting {}{note}", file.url))?;
        match fetch_file(file, args, folder, console) {
            Ok(downloaded) => {
                console.tell(&told(&downloaded))?;
                paths.push(downloaded.path);
            }
            Err(e @ FetchError::Gone { .. }) => {
                console.warn(&e.to_string())?;
                gone = Some(e);
            }
            Err(e) => return Err(e.into()),
        }
    }
    match gone {
        Some(e) if paths.is_empty() => Err(e.into()),
        _ => Ok(paths),
    }
}

fn fetch_file(file: &Planned, args: &FetchArgs, folder: &Path, console: &Console) -> Result<Downloaded, FetchError> {
    let wanted = Wanted {
        url: &file.url,
        target: &folder.join(&file.name),
        sha256: file.sha256.as_deref(),
    };
    let patience = Patience {
        most_bytes: args.max_bytes,
        ..Patience::default()
    };
    let watch = Watch::begin(console, &file.name);
    download(&wanted, &patience, &watch)
}

fn told(downloaded: &Downloaded) -> String {
    let path = downloaded.path.display();
    let bytes = crate::output::grouped(downloaded.bytes as f64);
    match (downloaded.unchanged, downloaded.resumed_from) {
        (true, _) => format!("{path}: unchanged since it was last fetched"),
        (false, Some(from)) => format!(
            "{path}: {bytes} bytes, of which {} were there before; SHA-256 {}",
            crate::output::grouped(from as f64),
            downloaded.sha256
        ),
        (false, None) => format!("{path}: {bytes} bytes; SHA-256 {}", downloaded.sha256),
    }
}

impl crate::fetch::Progress for Watch {
    fn bytes(&self, done: u64, total: Option<u64>) {
        match total {
            Some(total) => lysoen_sources::import::Progress::bytes(self, done, total),
            None => lysoen_sources::import::Progress::bytes(self, done, done),
        }
    }

    fn message(&self, text: &str) {
        lysoen_sources::import::Progress::message(self, text);
    }
}
