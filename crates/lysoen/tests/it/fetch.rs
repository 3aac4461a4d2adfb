//! Downloads, from a server on this machine that serves a real file well, badly and not at all.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lysoen::fetch::{Downloaded, FetchError, Patience, Progress, Wanted, download};
use reqwest::Url;
use sha2::{Digest, Sha256};

/// What a client asked for.
#[derive(Clone, Debug)]
struct Request {
    target: String,
    headers: HashMap<String, String>,
}

/// An answer, and how much of its body is really sent.
struct Reply {
    head: String,
    body: Vec<u8>,
    sent: usize,
}

impl Reply {
    fn new(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut head = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n",
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        Reply {
            head: head + "\r\n",
            body: body.to_vec(),
            sent: body.len(),
        }
    }

    /// Sends only so many bytes and then hangs up.
    fn cut(mut self, sent: usize) -> Reply {
        self.sent = sent.min(self.sent);
        self
    }
}

/// A server on this machine.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers each request by `answer`, which is told how many came before.
    fn start(answer: impl Fn(&Request, usize) -> Reply + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its number").to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else { continue };
                let before = {
                    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                    seen.push(request.clone());
                    seen.len() - 1
                };
                send(stream, &answer(&request, before));
            }
        });
        Server { address, asked }
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).expect("an address")
    }

    fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let target = lines.next()?.split(' ').nth(1)?.to_string();
    let headers = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_lowercase(), value.trim().to_string()))
    });
    Some(Request {
        target,
        headers: headers.collect(),
    })
}

fn send(mut stream: TcpStream, reply: &Reply) {
    // The client may have hung up, which is its right.
    stream.write_all(reply.head.as_bytes()).ok();
    stream.write_all(&reply.body[..reply.sent]).ok();
    stream.flush().ok();
}

/// Serves a file as a good server does: in parts, and not at all to who has it.
fn well(file: &[u8], etag: &str, request: &Request) -> Reply {
    let tag = [("etag", etag), ("content-type", "application/gzip")];
    if request.headers.get("if-none-match").is_some_and(|known| known == etag) {
        return Reply::new("304 Not Modified", &tag, b"");
    }
    let from = request
        .headers
        .get("range")
        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    match from {
        Some(from) if request.headers.get("if-range").is_some_and(|known| known == etag) => {
            if from >= file.len() {
                return Reply::new("416 Range Not Satisfiable", &tag, b"");
            }
            let range = format!("bytes {from}-{}/{}", file.len() - 1, file.len());
            let headers = [tag[0], tag[1], ("content-range", range.as_str())];
            Reply::new("206 Partial Content", &headers, &file[from..])
        }
        _ => Reply::new("200 OK", &tag, file),
    }
}

struct Quiet;

impl Progress for Quiet {
    fn bytes(&self, _: u64, _: Option<u64>) {}
    fn message(&self, _: &str) {}
}

fn hurried() -> Patience {
    Patience {
        attempts: 3,
        wait: Duration::from_millis(5),
        silence: Duration::from_secs(5),
        ..Patience::default()
    }
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("events.csv.gz")
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn fetch(&self, url: &Url) -> Result<Downloaded, FetchError> {
        self.fetch_with(url, None, &hurried())
    }

    fn fetch_with(&self, url: &Url, sha256: Option<&str>, patience: &Patience) -> Result<Downloaded, FetchError> {
        let target = self.file();
        let wanted = Wanted {
            url,
            target: &target,
            sha256,
        };
        download(&wanted, patience, &Quiet)
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.file()).expect("the file is there")
    }
}

/// Half a megabyte that looks like nothing in particular.
fn some_file() -> Vec<u8> {
    let mut state = 1u64;
    (0..500_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .collect()
}

fn sha256(bytes: &[u8]) -> String {
    lysoen_facts::hex(&Sha256::digest(bytes))
}

#[test]
fn a_file_comes_whole_with_its_checksum_and_leaves_no_part_behind() {
    let file = some_file();
    let expected = sha256(&file);
    let served = file.clone();
    let server = Server::start(move |request, _| well(&served, "\"v1\"", request));
    let folder = Folder::new();
    let got = folder
        .fetch_with(&server.url("/ged.csv.gz"), Some(&expected.to_uppercase()), &hurried())
        .expect("fetched");
    assert_eq!(folder.bytes(), file);
    assert_eq!((got.sha256, got.bytes, got.unchanged), (expected, 500_000, false));
    assert_eq!(folder.names(), ["events.csv.gz", "events.csv.gz.fetched.json"]);
}

#[test]
fn a_connection_cut_halfway_is_taken_up_where_it_broke_and_gives_identical_bytes() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, before| match before {
        0 => well(&served, "\"v1\"", request).cut(250_000),
        1 => well(&served, "\"v1\"", request).cut(100_000),
        _ => well(&served, "\"v1\"", request),
    });
    let folder = Folder::new();
    let got = folder.fetch(&server.url("/ged.csv.gz")).expect("fetched");
    assert_eq!(folder.bytes(), file);
    let resumed = got.resumed_from.expect("it was resumed");
    assert!((1..500_000).contains(&resumed), "resumed from {resumed}");
    let asked = server.asked();
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[2].headers["range"], format!("bytes={resumed}-"));
    assert_eq!(asked[2].headers["if-range"], "\"v1\"");
}

#[test]
fn a_later_run_takes_up_the_part_of_an_earlier_one() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, before| match before {
        0 => well(&served, "\"v1\"", request).cut(200_000),
        _ => well(&served, "\"v1\"", request),
    });
    let folder = Folder::new();
    let once = Patience {
        attempts: 1,
        ..hurried()
    };
    let url = server.url("/ged.csv.gz");
    let broken = folder.fetch_with(&url, None, &once).expect_err("cut off");
    assert!(matches!(broken, FetchError::BrokenOff { bytes: 1.., .. }), "{broken}");
    assert_eq!(folder.names(), ["events.csv.gz.part", "events.csv.gz.part.json"]);
    let got = folder.fetch_with(&url, None, &once).expect("fetched");
    assert!(got.resumed_from.is_some());
    assert_eq!(folder.bytes(), file);
}

#[test]
fn a_file_that_changed_between_two_parts_is_fetched_anew() {
    let (old, new) = (some_file(), some_file().into_iter().rev().collect::<Vec<u8>>());
    let served = new.clone();
    let server = Server::start(move |request, before| match before {
        0 => well(&old, "\"v1\"", request).cut(200_000),
        _ => well(&served, "\"v2\"", request),
    });
    let folder = Folder::new();
    let got = folder.fetch(&server.url("/ged.csv.gz")).expect("fetched");
    assert_eq!(got.resumed_from, None);
    assert_eq!(folder.bytes(), new);
}

#[test]
fn a_server_that_knows_no_ranges_sends_the_file_from_its_beginning() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |_, before| {
        let whole = Reply::new("200 OK", &[("etag", "\"v1\"")], &served);
        if before == 0 { whole.cut(200_000) } else { whole }
    });
    let folder = Folder::new();
    folder.fetch(&server.url("/ged.csv.gz")).expect("fetched");
    assert_eq!(folder.bytes(), file);
}

#[test]
fn a_server_that_goes_on_at_the_wrong_place_is_not_believed() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, before| match before {
        0 => well(&served, "\"v1\"", request).cut(200_000),
        1 => Reply::new(
            "206 Partial Content",
            &[("content-range", "bytes 7-499999/500000")],
            &served[7..],
        ),
        _ => well(&served, "\"v1\"", request),
    });
    let folder = Folder::new();
    folder.fetch(&server.url("/ged.csv.gz")).expect("fetched");
    assert_eq!(folder.bytes(), file);
}

#[test]
fn a_part_as_long_as_the_file_is_dropped_and_the_file_fetched_anew() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, _| well(&served, "\"v1\"", request));
    let folder = Folder::new();
    let url = server.url("/ged.csv.gz");
    fs::write(folder.0.path().join("events.csv.gz.part"), vec![0; file.len()]).expect("written");
    let record = format!("{{\"url\":\"{url}\",\"etag\":\"\\\"v1\\\"\",\"last_modified\":null}}");
    fs::write(folder.0.path().join("events.csv.gz.part.json"), record).expect("written");
    folder.fetch(&url).expect("fetched");
    assert_eq!(folder.bytes(), file);
}

#[test]
fn a_file_that_has_not_changed_is_not_sent_again_but_one_that_was_tampered_with_is() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, _| well(&served, "\"v1\"", request));
    let folder = Folder::new();
    let url = server.url("/ged.csv.gz");
    let first = folder.fetch(&url).expect("fetched");
    let again = folder.fetch(&url).expect("known");
    assert!(again.unchanged);
    assert_eq!((again.sha256, again.bytes), (first.sha256, first.bytes));
    fs::write(folder.file(), b"something else").expect("written");
    assert!(!folder.fetch(&url).expect("fetched").unchanged);
    assert_eq!(folder.bytes(), file);
}

#[test]
fn a_wrong_checksum_keeps_nothing_and_leaves_the_file_before_alone() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, _| well(&served, "\"v1\"", request));
    let folder = Folder::new();
    fs::write(folder.file(), b"the file before").expect("written");
    let wrong = "0".repeat(64);
    match folder.fetch_with(&server.url("/ged.csv.gz"), Some(&wrong), &hurried()) {
        Err(FetchError::Checksum { found, expected, .. }) => assert_eq!((found, expected), (sha256(&file), wrong)),
        other => panic!("expected a refusal, got {other:?}"),
    }
    assert_eq!(folder.bytes(), b"the file before");
    assert_eq!(folder.names(), ["events.csv.gz"]);
}

#[test]
fn a_server_in_trouble_is_asked_again_and_one_that_stays_so_is_given_up() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, before| match before {
        0 => Reply::new("500 Internal Server Error", &[], b"oops"),
        1 => Reply::new("503 Service Unavailable", &[("retry-after", "0")], b"soon"),
        _ => well(&served, "\"v1\"", request),
    });
    let folder = Folder::new();
    folder
        .fetch(&server.url("/ged.csv.gz"))
        .expect("fetched at the third attempt");
    assert_eq!(folder.bytes(), file);

    let server = Server::start(|_, _| Reply::new("503 Service Unavailable", &[], b""));
    let folder = Folder::new();
    let busy = folder.fetch(&server.url("/ged.csv.gz")).expect_err("given up");
    assert!(matches!(busy, FetchError::Busy { status: 503, .. }), "{busy}");
    assert_eq!(server.asked().len(), 3);
    assert!(folder.names().is_empty());
}

#[test]
fn an_address_without_a_file_is_not_asked_twice() {
    let server = Server::start(|_, _| Reply::new("404 Not Found", &[("content-type", "text/html")], b"<html>"));
    let folder = Folder::new();
    let gone = folder.fetch(&server.url("/ged999-csv.zip")).expect_err("not there");
    assert!(matches!(gone, FetchError::Gone { status: 404, .. }), "{gone}");
    assert_eq!(server.asked().len(), 1);
    assert!(folder.names().is_empty());
}

#[test]
fn a_web_page_in_place_of_data_is_refused_whatever_it_is_called() {
    let page = b"\n<!DOCTYPE html><html><body>Please log in</body></html>";
    for kind in ["text/html; charset=utf-8", "text/csv"] {
        let server = Server::start(move |_, _| Reply::new("200 OK", &[("content-type", kind)], page));
        let folder = Folder::new();
        let refused = folder.fetch(&server.url("/data.csv")).expect_err("a page");
        assert!(matches!(refused, FetchError::Page { .. }), "{kind}: {refused}");
        assert!(folder.names().is_empty(), "{kind}: {:?}", folder.names());
    }
}

#[test]
fn a_file_larger_than_allowed_is_refused_with_and_without_its_length_being_told() {
    let file = some_file();
    let told = Server::start(move |request, _| well(&file, "\"v1\"", request));
    let untold = Server::start(|_, _| Reply {
        head: "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".into(),
        body: vec![b'x'; 200_000],
        sent: 200_000,
    });
    for server in [told, untold] {
        let folder = Folder::new();
        let small = Patience {
            most_bytes: 100_000,
            ..hurried()
        };
        let refused = folder
            .fetch_with(&server.url("/ged.csv.gz"), None, &small)
            .expect_err("too large");
        assert!(
            matches!(refused, FetchError::TooLarge { most: 100_000, .. }),
            "{refused}"
        );
        assert!(folder.names().is_empty(), "{:?}", folder.names());
    }
}

#[test]
fn a_redirect_is_followed_and_a_circle_is_not() {
    let file = some_file();
    let served = file.clone();
    let server = Server::start(move |request, _| match request.target.as_str() {
        "/moved" => Reply::new("302 Found", &[("location", "/files/ged.csv.gz")], b""),
        "/circle" => Reply::new("302 Found", &[("location", "/circle")], b""),
        _ => well(&served, "\"v1\"", request),
    });
    let folder = Folder::new();
    folder.fetch(&server.url("/moved")).expect("fetched");
    assert_eq!(folder.bytes(), file);
    let circle = Folder::new().fetch(&server.url("/circle")).expect_err("a circle");
    assert!(matches!(circle, FetchError::Redirect { .. }), "{circle}");
}

#[test]
fn offline_the_sentence_names_the_host_and_the_way_out() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("its number");
    let url = Url::parse(&format!("http://{closed}/ged.csv.gz")).expect("an address");
    let offline = Folder::new().fetch(&url).expect_err("nobody there");
    assert!(matches!(offline, FetchError::Unreachable { .. }), "{offline}");
    let sentence = offline.to_string();
    for words in ["could not reach 127.0.0.1", "proxy", "lysoen import FILE"] {
        assert!(sentence.contains(words), "{words} in: {sentence}");
    }
}

#[test]
fn an_address_of_another_kind_is_refused_before_anything_is_asked() {
    let url = Url::parse("file:///etc/hostname").expect("an address");
    let refused = Folder::new().fetch(&url).expect_err("no web address");
    assert!(matches!(refused, FetchError::Address { .. }), "{refused}");
}

/// An observatory whose catalog has a source at an address that exists nowhere.
fn observatory(sha256: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = folder.path().join("catalog/sources");
    fs::create_dir_all(&sources).expect("a folder");
    fs::write(folder.path().join("observatory.toml"), "").expect("written");
    let card = format!(
        r#"
id = "camps"
title = "Camps"
publisher = "A publisher"
licence = "CC-BY-4.0"
redistribute = true
citation = "Camps."
homepage = "http://publisher.invalid/"
cadence = "yearly"
publication_lag_days = 1

[[download]]
url = "http://publisher.invalid/camps-{{year}}.csv"
file = "camps-{{year}}.csv"
sha256 = "{sha256}"

[[layout]]
name = "camps"
scope = "world"
recognise = {{ columns = ["country", "year", "people in camps"] }}
table = "observations"
place = {{ column = "country", code = "iso3" }}
period = {{ form = "year", column = "year" }}

[[layout.value]]
column = "people in camps"
indicator = "camps:people"
unit = "people"
"#
    );
    fs::write(sources.join("camps.toml"), card).expect("written");
    folder
}

const CAMPS: &str = "country,year,people in camps\nTCD,2023,1200\nSDN,2023,3400\n";

fn lysoen(observatory: &Path, args: &[&str], variables: &[(&str, &str)]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lysoen"));
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command
        .args(args)
        .arg("--observatory")
        .arg(observatory)
        .envs(variables.iter().copied())
        .output()
        .expect("it runs");
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code(),
    )
}

#[test]
fn fetch_goes_through_the_proxy_of_the_environment_and_prints_the_address_before() {
    let proxy = Server::start(|_, _| Reply::new("200 OK", &[("content-type", "text/csv")], CAMPS.as_bytes()));
    let observatory = observatory(&sha256(CAMPS.as_bytes()));
    let address = format!("http://{}", proxy.address);
    let args = ["fetch", "camps", "--year", "2023", "--no-import"];
    let (_, err, code) = lysoen(observatory.path(), &args, &[("HTTP_PROXY", &address)]);
    assert_eq!(code, Some(0), "{err}");
    assert!(
        err.contains("Contacting http://publisher.invalid/camps-2023.csv"),
        "{err}"
    );
    let asked = proxy.asked();
    assert_eq!(asked.len(), 1);
    // A proxy is asked by the whole address.
    assert_eq!(asked[0].target, "http://publisher.invalid/camps-2023.csv");
    let file = observatory.path().join("downloads/camps-2023.csv");
    assert_eq!(fs::read_to_string(file).expect("there"), CAMPS);
}

#[test]
fn fetch_from_another_base_url_imports_what_it_downloads_and_a_second_time_changes_nothing() {
    let server = Server::start(|request, _| match request.target.as_str() {
        "/mirror/camps-2023.csv" => Reply::new("200 OK", &[], CAMPS.as_bytes()),
        _ => Reply::new("404 Not Found", &[], b""),
    });
    let observatory = observatory(&sha256(CAMPS.as_bytes()));
    let base = format!("http://{}/mirror/", server.address);
    let args = [
        "fetch",
        "camps",
        "--year",
        "2023",
        "--base-url",
        &base,
        "--format",
        "csv",
    ];
    let (out, err, code) = lysoen(observatory.path(), &args, &[]);
    assert_eq!(code, Some(0), "{out}{err}");
    let sql = "SELECT place, value FROM observations WHERE source = 'camps' ORDER BY place";
    let (rows, err, _) = lysoen(observatory.path(), &["query", sql, "--format", "csv"], &[]);
    assert_eq!(
        rows.replace(".0", "").replace("\r\n", "\n"),
        "place,value\nSDN,3400\nTCD,1200\n",
        "{err}"
    );
    let (_, err, code) = lysoen(observatory.path(), &args, &[]);
    assert_eq!(code, Some(0), "{err}");
    let (again, _, _) = lysoen(observatory.path(), &["query", sql, "--format", "csv"], &[]);
    assert_eq!(again, rows);
}

#[test]
fn fetch_asks_for_the_year_that_the_address_needs_and_contacts_nobody() {
    let observatory = observatory(&sha256(b""));
    let (_, err, code) = lysoen(observatory.path(), &["fetch", "camps"], &[]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("--year") && !err.contains("Contacting"), "{err}");
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn fetch_downloads_the_real_candidate_events_and_imports_every_one_of_them() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/ucdp/GEDEvent_v26_0_1.csv.gz"
    );
    let file = fs::read(file).expect("the shared file");
    let served = file.clone();
    // The first transfer is cut in the middle.
    let server = Server::start(move |request, before| match (request.target.as_str(), before) {
        ("/downloads/candidateged/GEDEvent_v26_0_1.csv", 1) => well(&served, "\"v1\"", request).cut(90_000),
        ("/downloads/candidateged/GEDEvent_v26_0_1.csv", _) => well(&served, "\"v1\"", request),
        _ => Reply::new("404 Not Found", &[], b""),
    });
    let observatory = tempfile::tempdir().expect("a folder");
    let (_, err, code) = lysoen(observatory.path(), &["init", "--empty"], &[]);
    assert_eq!(code, Some(0), "{err}");
    let base = format!("http://{}", server.address);
    let args = ["fetch", "ucdp-ged", "--version", "26_0_1", "--base-url", &base];
    let (out, err, code) = lysoen(observatory.path(), &args, &[]);
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(err.contains("were there before"), "it was resumed: {err}");
    let sql = "SELECT count(*) AS events, sum(deaths_best) AS deaths FROM events";
    let (rows, err, _) = lysoen(observatory.path(), &["query", sql, "--format", "csv"], &[]);
    assert_eq!(
        rows.lines().collect::<Vec<_>>(),
        ["events,deaths", "1727,33867"],
        "{err}"
    );
}
