//! What the server reads: the standing state of the observatory, swapped whole when something new is there.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use lysoen_answers::standing::{Standing, worldview};
use lysoen_answers::{AnswerError, Observatory};
use tokio::sync::Semaphore;

use super::problem::Problem;
use super::tiles::{PlaceProperties, properties};

/// How often it is looked whether the lake has changed.
const LOOK: Duration = Duration::from_secs(2);
/// How long it is waited after a failure before it is tried again.
const AGAIN: Duration = Duration::from_secs(15);
/// Questions that read the lake or compute for long, at a time; more wait, and then are turned away.
const HEAVY: usize = 2;
/// Bytes of answers that are kept for the next one who asks.
const KEPT: usize = 24 << 20;

/// The state and what is kept beside it.
#[derive(Debug)]
pub(crate) struct Current {
    /// The answers.
    pub standing: Standing,
    /// What changes whenever an answer may.
    pub stamp: String,
    kept: Mutex<Kept>,
    /// What stands on places in tiles.
    pub(crate) properties: Arc<PlaceProperties>,
}

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<String, axum::body::Bytes>,
    size: usize,
}

impl Current {
    fn of(standing: Standing, properties: Arc<PlaceProperties>, stamp: String) -> Current {
        Current {
            standing,
            stamp,
            kept: Mutex::new(Kept::default()),
            properties,
        }
    }

    /// An answer that was kept under a name, else the one that is made now.
    pub(crate) fn kept(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<Vec<u8>, Problem>,
    ) -> Result<axum::body::Bytes, Problem> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().answers.get(name) {
            return Ok(known.clone());
        }
        let made = axum::body::Bytes::from(make()?);
        let mut kept = lock();
        if kept.size + made.len() > KEPT {
            *kept = Kept::default();
        }
        kept.size += made.len();
        kept.answers.insert(name.to_string(), made.clone());
        Ok(made)
    }
}

/// The state that is shown, and how it is kept up.
#[derive(Debug)]
pub struct Hub {
    location: String,
    worldview: String,
    years: u16,
    started: Timestamp,
    current: RwLock<Option<Arc<Current>>>,
    /// States that were shown and that a request may still read. They are dropped by the thread that keeps up the state, for
    /// a lake may not be closed by a thread that answers requests.
    retired: Mutex<Vec<Arc<Current>>>,
    shown: AtomicU64,
    fault: RwLock<Option<String>>,
    heavy: Semaphore,
    stop: AtomicBool,
    /// Requests answered, by the first figure of their status.
    pub answered: [AtomicU64; 6],
    /// Requests being answered.
    pub open: AtomicU64,
}

impl Hub {
    /// A hub of an observatory whose maps follow a worldview, by its id, and of which so many years before the latest are told;
    /// without a state yet.
    pub fn new(location: &str, worldview: &str, years: u16, started: Timestamp) -> Hub {
        Hub {
            location: location.to_string(),
            worldview: worldview.to_string(),
            years,
            started,
            current: RwLock::new(None),
            retired: Mutex::new(Vec::new()),
            shown: AtomicU64::new(0),
            fault: RwLock::new(None),
            heavy: Semaphore::new(HEAVY),
            stop: AtomicBool::new(false),
            answered: Default::default(),
            open: AtomicU64::new(0),
        }
    }

    /// The state that is shown.
    pub(crate) fn current(&self) -> Result<Arc<Current>, Problem> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        current.ok_or_else(|| Problem::later("the observatory is still being read", 2))
    }

    /// What went wrong when the newest state was computed; the one before is shown.
    pub(crate) fn fault(&self) -> Option<String> {
        self.fault.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Leave to read the lake or to compute for long; a question that has to wait too long is turned away.
    pub(crate) async fn leave(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Problem> {
        let busy = || Problem::later("there is too much to compute just now", 5);
        let wait = tokio::time::timeout(Duration::from_secs(10), self.heavy.acquire());
        wait.await.map_err(|_| busy())?.map_err(|_| busy())
    }

    /// Tells the thread that keeps up the state to end.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn show(&self, standing: Standing, properties: &Arc<PlaceProperties>) {
        let number = self.shown.fetch_add(1, Ordering::Relaxed);
        let stamp = format!("{:x}-{number}", self.started.as_millisecond());
        let current = Arc::new(Current::of(standing, properties.clone(), stamp));
        let before = self
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(current);
        let mut retired = self.retired.lock().unwrap_or_else(PoisonError::into_inner);
        retired.extend(before);
        retired.retain(|state| Arc::strong_count(state) > 1);
    }

    fn set_fault(&self, fault: Option<String>) {
        if let Some(fault) = &fault {
            tracing::error!("{fault}");
        }
        *self.fault.write().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// Keeps up the state until it is told to stop. `tell` is told what is being done; `today` gives the day.
    pub fn keep_up(&self, today: impl Fn() -> Date, tell: impl Fn(&str)) {
        let mut shown: Option<(u64, Date)> = None;
        while !self.stopped() {
            let mut retired = self.retired.lock().unwrap_or_else(PoisonError::into_inner);
            retired.retain(|state| Arc::strong_count(state) > 1);
            drop(retired);
            match self.manifest() {
                Ok(number) if shown == Some((number, today())) => self.rest(LOOK),
                Ok(_) => match self.compute(today(), shown.is_none(), &tell) {
                    Ok(number) => {
                        self.set_fault(None);
                        shown = Some((number, today()));
                    }
                    Err(error) => {
                        self.set_fault(Some(error.to_string()));
                        self.rest(AGAIN);
                    }
                },
                Err(error) => {
                    self.set_fault(Some(error.to_string()));
                    self.rest(AGAIN);
                }
            }
        }
    }

    /// Computes the state, step by step. The first one is shown as it grows; a later one takes the place of the one before
    /// when it is whole. Gives the number of its manifest.
    fn compute(&self, today: Date, first: bool, tell: &impl Fn(&str)) -> Result<u64, AnswerError> {
        let observatory = Arc::new(Observatory::open(&self.location, today)?);
        let worldview = worldview(&observatory, &self.worldview)?;
        let mut standing = on_a_thread(|| Standing::begin(observatory, worldview, self.years))?;
        let properties = Arc::new(on_a_thread(|| properties(&standing)));
        while let Some(doing) = standing.doing() {
            if first {
                tell(&doing.to_string());
                self.show(standing.clone(), &properties);
            }
            if self.stopped() {
                break;
            }
            match on_a_thread(|| standing.next()) {
                Some(next) => standing = next?,
                None => break,
            }
        }
        let number = standing.manifest();
        self.show(standing, &properties);
        tell("");
        Ok(number)
    }

    /// The log as it is now, verified.
    pub(crate) fn log(&self) -> Result<lysoen_ladder::log::Chain, Problem> {
        Ok(lysoen_answers::ladder::log::chain_at(&self.location)?)
    }

    fn manifest(&self) -> Result<u64, AnswerError> {
        Ok(lysoen_facts::Lake::open(&self.location)?.manifest().number)
    }

    fn rest(&self, time: Duration) {
        let step = Duration::from_millis(200);
        let mut waited = Duration::ZERO;
        while waited < time && !self.stopped() {
            std::thread::sleep(step);
            waited += step;
        }
    }
}

/// Does work on a thread that ends with it, so that what it has allocated goes back to the system.
fn on_a_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| match scope.spawn(work).join() {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
