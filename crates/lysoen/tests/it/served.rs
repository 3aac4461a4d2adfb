//! The server with the snapshot, in this process, for tests that ask it over HTTP.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use lysoen::serve::{Hub, Setup, router, serve};
use lysoen::snapshot::create;
use reqwest::header::HeaderMap;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// The day of today, as the server is told.
const TODAY: &str = "2025-07-01";
/// The years before the latest one that it tells.
const YEARS: u16 = 2;
/// Who may record, so that the forms of the page have somebody to choose.
const ROLES: &str = r#"
[[role]]
id = "desk"
title = "Early-warning desk"
organisation = "Observatory"
may = ["warn", "propose", "decide"]
tiers = ["soft"]
"#;
/// How long a state is waited for.
const PATIENCE: Duration = Duration::from_secs(300);

/// A server that runs until it is dropped.
pub(crate) struct Served {
    /// Its address: `http://127.0.0.1:1234`.
    pub(crate) base: String,
    hub: Arc<Hub>,
    client: reqwest::Client,
    runtime: Option<Runtime>,
    worker: Option<JoinHandle<()>>,
    folder: PathBuf,
    /// Removed with the server; the shared one, which ends with the tests, is removed when they begin anew.
    _passing: Option<tempfile::TempDir>,
}

/// What the server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// A header; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a header of text"))
    }
}

impl Served {
    /// A server of its own, of an observatory in which something is prepared; its folder is `observatory` of the one that is given.
    pub(crate) fn with(prepare: impl FnOnce(&Path)) -> Served {
        Served::of(
            |folder| {
                create(&folder.join("observatory").display().to_string(), false).expect("an observatory");
                prepare(folder);
            },
            TODAY.parse().expect("a day"),
        )
    }

    /// A server of an observatory that is made in the folder `observatory` of the one that is given, asked on a day.
    pub(crate) fn of(make: impl FnOnce(&Path), today: Date) -> Served {
        let passing = tempfile::tempdir().expect("a folder");
        Served::within(passing.path().to_path_buf(), Some(passing), make, today)
    }

    fn within(folder: PathBuf, passing: Option<tempfile::TempDir>, make: impl FnOnce(&Path), today: Date) -> Served {
        let location = folder.join("observatory").display().to_string();
        make(&folder);
        let hub = Arc::new(Hub::new(
            &location,
            "un",
            YEARS,
            "2025-07-01T12:00:00Z".parse().expect("a time"),
        ));
        let setup = Setup {
            name: "Lysoen".to_string(),
            cors: Vec::new(),
            rate: 1_000_000,
            record: true,
            sender: Some("warnings.example.org".to_string()),
        };
        let runtime = Runtime::new().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        runtime.spawn(serve(listener, router(hub.clone(), &setup), std::future::pending()));
        let kept_up = hub.clone();
        let worker = std::thread::spawn(move || kept_up.keep_up(move || today, |_| ()));
        let served = Served {
            base,
            hub,
            client: reqwest::Client::new(),
            runtime: Some(runtime),
            worker: Some(worker),
            folder,
            _passing: passing,
        };
        served.wait(|served| served.get("/readyz").status == 200);
        served
    }

    /// The server that tests share which change nothing of it.
    pub(crate) fn shared() -> &'static Served {
        static SHARED: OnceLock<Served> = OnceLock::new();
        SHARED.get_or_init(|| {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("served");
            // It is there from the last time, or not yet.
            std::fs::remove_dir_all(&folder).ok();
            std::fs::create_dir_all(&folder).expect("a folder");
            let make = |folder: &Path| {
                let observatory = folder.join("observatory");
                create(&observatory.display().to_string(), false).expect("an observatory");
                let ladder = observatory.join("catalog/ladder");
                std::fs::create_dir_all(&ladder).expect("a folder");
                std::fs::write(ladder.join("roles.toml"), ROLES).expect("a file");
            };
            Served::within(folder, None, make, TODAY.parse().expect("a day"))
        })
    }

    /// Waits until every year, the indices and the forecast are there.
    pub(crate) fn until_whole(&self) {
        self.wait(|served| served.get("/api/v1/status").json()["doing"].is_null());
    }

    /// Asks for an address, which begins with `/` or `http`.
    pub(crate) fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[])
    }

    /// Asks for an address with headers.
    pub(crate) fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let whole = match address.starts_with('/') {
            true => format!("{}{address}", self.base),
            false => address.to_string(),
        };
        let mut request = self.client.get(whole);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answered(request)
    }

    fn answered(&self, request: reqwest::RequestBuilder) -> Answer {
        let answered = async {
            let response = request.send().await.expect("an answer");
            Answer {
                status: response.status().as_u16(),
                headers: response.headers().clone(),
                body: response.bytes().await.expect("a body").to_vec(),
            }
        };
        self.runtime.as_ref().expect("a server that runs").block_on(answered)
    }

    /// Gives something to an address.
    pub(crate) fn post(&self, address: &str, body: &str) -> Answer {
        self.post_with(address, body, &[])
    }

    /// Gives something to an address with headers.
    pub(crate) fn post_with(&self, address: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.post(format!("{}{address}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answered(
            request
                .header("content-type", "application/json")
                .body(body.to_string()),
        )
    }

    /// The folder in which its observatory lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Waits until something is so.
    pub(crate) fn wait(&self, until: impl Fn(&Served) -> bool) {
        let start = Instant::now();
        while !until(self) {
            assert!(start.elapsed() < PATIENCE, "the server was waited for in vain");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.hub.stop();
        if let Some(worker) = self.worker.take() {
            worker.join().ok();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }
}
