//! Rows read by a thread of their own, for libraries that lend their rows or wait for them.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// How many rows may wait: a boundary can be a megabyte.
const WAITING: usize = 16;

/// What the thread gives, row by row.
pub(super) struct Streamed<T, E> {
    rows: Receiver<Result<T, E>>,
    thread: Option<JoinHandle<()>>,
}

/// The end at which a thread hands over its rows; it is told whether anybody still wants them.
pub(super) struct Rows<T, E>(SyncSender<Result<T, E>>);

impl<T, E> Rows<T, E> {
    /// Hands over a row. Whether more are wanted.
    pub(super) fn give(&self, row: Result<T, E>) -> bool {
        self.0.send(row).is_ok()
    }
}

impl<T: Send + 'static, E: Send + 'static> Streamed<T, E> {
    /// Starts a thread that hands over rows until it returns.
    pub(super) fn start(read: impl FnOnce(&Rows<T, E>) + Send + 'static) -> Streamed<T, E> {
        let (sender, rows) = sync_channel(WAITING);
        let thread = std::thread::spawn(move || read(&Rows(sender)));
        Streamed {
            rows,
            thread: Some(thread),
        }
    }

    /// The next row; none at the end. The text says that the thread broke down, on a file that it did not foresee.
    pub(super) fn next(&mut self) -> Result<Option<Result<T, E>>, String> {
        if let Ok(row) = self.rows.recv() {
            return Ok(Some(row));
        }
        match self.thread.take().map(JoinHandle::join) {
            Some(Err(_)) => Err("damage that the reader did not foresee".into()),
            _ => Ok(None),
        }
    }
}
