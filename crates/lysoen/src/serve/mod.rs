//! The server: the observatory as an API, as OGC API – Features, as maps' tiles, and as a web page.
//!
//! A thread computes the standing state ([`lysoen_answers::standing`]) and swaps it when the lake changes (`hub`); handlers
//! read it and format. Every request passes `guard`; every error is a `problem`.

mod api;
mod asked;
pub mod cap;
mod events;
mod feed;
mod form;
mod guard;
mod hub;
mod metrics;
mod ogc;
mod openapi;
mod page;
mod problem;
mod tiles;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;
use tower_governor::GovernorLayer;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::PeerIpKeyExtractor;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

pub use hub::Hub;
pub use openapi::document;
use problem::Problem;

/// The largest body of a request, in bytes.
const BODY: usize = 64 << 10;
/// How long a request may take to be answered.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a client may take to say what it wants, and to ask again on the same connection.
const HEADERS: Duration = Duration::from_secs(10);
/// Connections at a time; more wait to be taken up.
const CONNECTIONS: usize = 1024;
/// How long requests may still take once the server is told to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// How the server is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The observatory's name.
    pub name: String,
    /// Origins from which pages of others may read the API.
    pub cors: Vec<HeaderValue>,
    /// Requests that one address may make a second, on average.
    pub rate: u32,
    /// Whether records of the log are taken.
    pub record: bool,
    /// The name under which the observatory sends its warnings: a domain of its own.
    pub sender: Option<String>,
}

/// What handlers have.
#[derive(Clone, Debug)]
pub struct App {
    hub: Arc<Hub>,
    name: String,
    record: bool,
    sender: Option<String>,
}

impl App {
    /// Why no record is taken; nothing where records are.
    fn read_only_because(&self) -> Option<String> {
        (!self.record).then(|| {
            "this server only shows the log; `lysoen serve --record` takes records, and so does `lysoen ladder`"
                .to_string()
        })
    }

    /// The name under which warnings are sent.
    fn sender(&self) -> Result<&str, Problem> {
        self.sender.as_deref().ok_or_else(|| {
            Problem::not_found(
                "there is no feed of warnings: the observatory has no name to send them under; set `sender` in observatory.toml",
            )
        })
    }
}

/// Runs work that takes long on a thread that may wait.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Problem::inside(&e))
}

/// The addresses of the server.
pub fn router(hub: Arc<Hub>, setup: &Setup) -> Router {
    let app = App {
        hub,
        name: setup.name.clone(),
        record: setup.record,
        sender: setup.sender.clone(),
    };
    let cors = CorsLayer::new().allow_origin(AllowOrigin::list(setup.cors.iter().cloned()));
    let answers = Router::new()
        .nest("/api/v1", api::routes())
        .merge(tiles::routes())
        .merge(ogc::routes())
        .merge(feed::routes())
        .method_not_allowed_fallback(|| async { Problem::method() })
        .layer(from_fn_with_state(app.clone(), guard::unchanged))
        .layer(cors);
    // A burst is what a page and its tiles ask for at once.
    let rate = GovernorConfigBuilder::default()
        .key_extractor(PeerIpKeyExtractor)
        .period(Duration::from_secs(1) / setup.rate.max(1))
        .burst_size(setup.rate.max(1) * 2)
        .finish();
    let all = Router::new()
        .merge(answers)
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(metrics::ready))
        .route("/metrics", get(metrics::get))
        .fallback(page::get)
        .with_state(app.clone())
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(CatchPanicLayer::custom(|_| {
            Problem::inside(&"a handler panicked").into_response()
        }));
    let all = match rate {
        Some(rate) => all.layer(GovernorLayer::new(rate)),
        None => all,
    };
    all.layer(from_fn_with_state(app, guard::around))
        .layer(CompressionLayer::new())
}

/// Serves connections until `end` is done; then lets open requests finish for a while.
pub async fn serve(listener: TcpListener, router: Router, end: impl Future<Output = ()>) {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(64 << 10);
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut end = std::pin::pin!(end);
    loop {
        let Ok(permit) = room.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Too many open files, most likely: they get fewer.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let connection = builder.serve_connection(TokioIo::new(stream_of(stream)), answering(router.clone(), peer));
        let watched = graceful.watch(connection.into_owned());
        tokio::spawn(async move {
            // What a client does wrong on its connection ends the connection, and is nothing to report.
            watched.await.ok();
            drop(permit);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => {}
    }
}

fn stream_of(stream: TcpStream) -> TcpStream {
    // Without it small answers wait for company; where it cannot be set they do.
    stream.set_nodelay(true).ok();
    stream
}

/// Answers requests of a connection. The ending of a form is taken off the address before it is looked up.
fn answering(
    router: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    hyper::Request<Incoming>,
    Response = Response,
    Error = Infallible,
    Future = impl Future<Output = Result<Response, Infallible>> + Send + 'static,
> + Clone {
    hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            take_ending(&mut request);
            router.oneshot(request).await
        }
    })
}

/// Takes the ending of a form off the address, and notes it and the address as it was.
pub fn take_ending(request: &mut Request) {
    if let Some((bare, ending)) = form::ending(request.uri()) {
        let original = request.uri().clone();
        *request.uri_mut() = bare;
        request.extensions_mut().insert(ending);
        request.extensions_mut().insert(form::Original(original));
    }
}
