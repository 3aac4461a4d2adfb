//! An observatory at an object store's address, against a small server that speaks the part of S3 that is needed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// Objects by key.
type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// Serves one bucket named `bucket` on this machine until the test ends; gives its address.
fn serve(objects: Objects) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let objects = objects.clone();
            // A client that goes away mid-answer is no concern of the server.
            std::thread::spawn(move || answer(stream, &objects).ok());
        }
    });
    address
}

struct Request {
    method: String,
    target: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

fn request(stream: &TcpStream) -> std::io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_string);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_string());
    }
    let length = headers.get("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Request {
        method,
        target,
        headers,
        body,
    })
}

fn answer(mut stream: TcpStream, objects: &Objects) -> std::io::Result<()> {
    let request = request(&stream)?;
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let key = path
        .trim_start_matches('/')
        .trim_start_matches("bucket")
        .trim_start_matches('/')
        .to_string();
    let mut objects = objects.lock().expect("no test panics while it holds the objects");
    let (status, extra, body) = match request.method.as_str() {
        "PUT" if request.headers.get("if-none-match").is_some_and(|v| v == "*") && objects.contains_key(&key) => {
            ("412 Precondition Failed", String::new(), Vec::new())
        }
        "PUT" => {
            objects.insert(key, request.body);
            ("200 OK", String::new(), Vec::new())
        }
        "GET" if query.contains("list-type=2") => ("200 OK", String::new(), list(&objects, query).into_bytes()),
        "GET" | "HEAD" => match (objects.get(&key), request.headers.get("range")) {
            (None, _) => ("404 Not Found", String::new(), Vec::new()),
            (Some(object), None) => ("200 OK", String::new(), object.clone()),
            (Some(object), Some(range)) => {
                let (from, to) = span(range, object.len());
                let extra = format!("Content-Range: bytes {from}-{}/{}\r\n", to - 1, object.len());
                ("206 Partial Content", extra, object[from..to].to_vec())
            }
        },
        _ => ("400 Bad Request", String::new(), Vec::new()),
    };
    drop(objects);
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"1\"\r\nLast-Modified: Mon, 23 Nov 2026 00:00:00 GMT\r\n{extra}Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if request.method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// `bytes=from-to`, `bytes=from-` or `bytes=-last`, as a half-open span.
fn span(range: &str, length: usize) -> (usize, usize) {
    let (from, to) = range.trim_start_matches("bytes=").split_once('-').expect("a range");
    match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) => (from, (to + 1).min(length)),
        (Ok(from), Err(_)) => (from, length),
        (Err(_), Ok(last)) => (length.saturating_sub(last), length),
        (Err(_), Err(_)) => (0, length),
    }
}

fn list(objects: &BTreeMap<String, Vec<u8>>, query: &str) -> String {
    let prefix = query
        .split('&')
        .find_map(|p| p.strip_prefix("prefix="))
        .unwrap_or("")
        .replace("%2F", "/");
    let entry = |(key, object): (&String, &Vec<u8>)| {
        format!(
            "<Contents><Key>{key}</Key><Size>{}</Size><LastModified>2026-11-23T00:00:00.000Z</LastModified><ETag>1</ETag></Contents>",
            object.len()
        )
    };
    let contents: String = objects
        .iter()
        .filter(|(key, _)| key.starts_with(&prefix))
        .map(entry)
        .collect();
    format!("<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>")
}

fn lysoen(endpoint: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lysoen"))
        .args(["--observatory", "s3://bucket/sahel", "--quiet"])
        .args(args)
        .env("AWS_ENDPOINT", endpoint)
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_REGION", "eu-north-1")
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the program runs")
}

fn text(output: &Output) -> String {
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}{err}");
    out.into_owned()
}

#[test]
fn an_observatory_in_an_object_store_imports_answers_and_imports_nothing_twice() {
    let objects = Objects::default();
    let endpoint = serve(objects.clone());
    text(&lysoen(&endpoint, &["init", "--empty"]));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("population.csv");
    std::fs::write(&file, "country,year,population\nnor,2023,5474360\nnor,2024,5550203\n").expect("written");
    let file = file.to_str().expect("a path");
    text(&lysoen(&endpoint, &["import", file]));
    let sql = "SELECT place, value FROM observations ORDER BY \"end\"";
    let answer = || text(&lysoen(&endpoint, &["query", sql, "--format", "csv"]));
    assert_eq!(
        answer().lines().collect::<Vec<_>>(),
        ["place,value", "NOR,5474360", "NOR,5550203"]
    );
    let keys = || objects.lock().expect("unlocked").keys().cloned().collect::<Vec<_>>();
    let before = keys();
    assert!(
        before.iter().any(|k| k == "sahel/facts/manifests/00000001.json"),
        "{before:?}"
    );
    text(&lysoen(&endpoint, &["import", file]));
    assert_eq!(keys(), before, "the same file again changes nothing");
}

#[test]
fn a_new_observatory_in_an_object_store_starts_from_the_snapshot() {
    let objects = Objects::default();
    let endpoint = serve(objects.clone());
    let answer = text(&lysoen(
        &endpoint,
        &[
            "assess",
            "UKR",
            "--period",
            "2024",
            "--measure",
            "killed",
            "--format",
            "csv",
        ],
    ));
    assert!(
        answer.contains("UKR,Ukraine,2024,2024,killed,68116,62559,115424"),
        "{answer}"
    );
}
