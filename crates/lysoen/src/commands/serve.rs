//! `serve`: the observatory as a web page and an API.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::http::HeaderValue;
use lysoen_answers::standing::BUILT_IN;
use tokio::net::TcpListener;

use crate::cli::{Global, ServeArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::serve::{Hub, Setup, router, serve};
use crate::settings::Settings;

/// Runs `serve` until it is told to end.
pub fn run(args: &ServeArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    super::ensure(global, console)?;
    let settings = Settings::of(&global.observatory)?;
    let worldview = settings.worldview.unwrap_or_else(|| BUILT_IN.to_string());
    let setup = Setup {
        name: settings.name.unwrap_or_else(|| "Lysoen".to_string()),
        cors: args
            .cors
            .iter()
            .map(|origin| this_origin(origin))
            .collect::<Result<_, _>>()?,
        rate: args.rate,
        record: args.record,
        sender: settings.sender,
    };
    if let Some(sender) = &setup.sender {
        crate::serve::cap::check_id("sender", sender).map_err(|e| Failure::Usage(format!("observatory.toml: {e}")))?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let address = SocketAddr::new(args.bind, args.port);
    let listener = runtime.block_on(TcpListener::bind(address)).map_err(|error| {
        Failure::Usage(format!(
            "{address} cannot be served: {error}; --port names another port"
        ))
    })?;
    let address = listener.local_addr()?;
    console.tell(&format!("Serving {} on http://{address}", global.observatory))?;
    if !args.bind.is_loopback() {
        console.warn("Others than this computer can read it, for --bind lets them in.")?;
    }
    let hub = Arc::new(Hub::new(&global.observatory, &worldview, args.years, console.now));
    let worker = keep_up(hub.clone(), console)?;
    runtime.block_on(serve(listener, router(hub.clone(), &setup), ended()));
    hub.stop();
    // Requests that are still open are given up; the state is dropped by no thread of the runtime.
    runtime.shutdown_background();
    if worker.join().is_err() {
        console.warn("The thread that computes the answers had failed.")?;
    }
    console.tell("Ended.")?;
    Ok(Outcome::Done)
}

/// Starts the thread that computes the answers, and tells what it does.
fn keep_up(hub: Arc<Hub>, console: &Console) -> Result<std::thread::JoinHandle<()>, Failure> {
    let said = std::sync::Mutex::new(console.clone());
    let today = || jiff::Zoned::now().date();
    let tell = move |what: &str| {
        let what = if what.is_empty() { "Ready." } else { what };
        if let Ok(mut said) = said.lock() {
            // Whoever started it may have gone away; the server goes on.
            said.tell(what).ok();
        }
    };
    let thread = std::thread::Builder::new().name("standing".to_string());
    Ok(thread.spawn(move || hub.keep_up(today, tell))?)
}

fn this_origin(text: &str) -> Result<HeaderValue, Failure> {
    let wrong = || Failure::Usage(format!("{text} is no origin; write one as https://example.org"));
    let url = url::Url::parse(text).map_err(|_| wrong())?;
    let origin = url.origin().ascii_serialization();
    match matches!(url.scheme(), "http" | "https") && origin == text.trim_end_matches('/') {
        true => HeaderValue::from_str(&origin).map_err(|_| wrong()),
        false => Err(wrong()),
    }
}

/// Is done when the program is told to end: by Ctrl-C or a signal to terminate.
async fn ended() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a way to be told it goes on until it is killed.
    interrupted.await.ok();
}
