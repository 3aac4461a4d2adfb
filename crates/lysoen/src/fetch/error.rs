//! Why a file could not be had.

use std::path::{Path, PathBuf};

/// Why a file could not be had.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is not one from which a file can be downloaded.
    #[error("{address} is not an address of the web; expected one that begins with https:// or http://")]
    Address {
        /// The address.
        address: String,
    },
    /// No answer from the server.
    #[error(
        "could not reach {host}: {reason}; check the connection or the proxy (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), or get the file by other means and import it with `lysoen import FILE`"
    )]
    Unreachable {
        /// The server.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// The transfer broke off.
    #[error("{host} broke off after {bytes} bytes: {reason}; the part is kept, and the next `lysoen fetch` goes on from there")]
    BrokenOff {
        /// The server.
        host: String,
        /// Bytes on the disk.
        bytes: u64,
        /// What the system said.
        reason: String,
    },
    /// The server is in trouble or asks for patience.
    #[error("{address} answered {status}; the publisher's server is busy or in trouble, try again later")]
    Busy {
        /// The address.
        address: String,
        /// The answer.
        status: u16,
    },
    /// There is no such file.
    #[error("{address} answered {status}: there is no such file; look at the year and the version that were asked for, or whether the publisher has moved it")]
    Gone {
        /// The address.
        address: String,
        /// The answer.
        status: u16,
    },
    /// The publisher wants to know who asks.
    #[error("{address} answered {status}: the publisher asks for an account or refuses; download the file by hand and import it with `lysoen import FILE`")]
    Refused {
        /// The address.
        address: String,
        /// The answer.
        status: u16,
    },
    /// An answer that a file's address does not give.
    #[error("{address} answered {status}, where a file was expected")]
    Unexpected {
        /// The address.
        address: String,
        /// The answer.
        status: u16,
    },
    /// The server said that it goes on where the part ends, and did not.
    #[error("{address} did not go on with the download where it was asked to; the part is dropped")]
    WrongPart {
        /// The address.
        address: String,
    },
    /// The address leads on and on, or from https to http.
    #[error("{address} leads elsewhere: {reason}")]
    Redirect {
        /// The address.
        address: String,
        /// What is wrong with where it leads.
        reason: String,
    },
    /// A web page came instead of a file.
    #[error("{address} gave a web page where data were expected; open it in a browser: it may ask for an account or for agreement to terms. Import the file from there with `lysoen import FILE`")]
    Page {
        /// The address.
        address: String,
    },
    /// The file is larger than allowed.
    #[error("{address} is larger than the {most} bytes that are allowed; raise the limit with --max-bytes")]
    TooLarge {
        /// The address.
        address: String,
        /// The limit in bytes.
        most: u64,
    },
    /// The file is not the one that was wanted.
    #[error("{address} gave a file with SHA-256 {found}, expected {expected}; nothing was kept. It was damaged on the way, or the publisher has changed it and the card must be brought up to date")]
    Checksum {
        /// The address.
        address: String,
        /// What came.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// The file could not be written.
    #[error("{} could not be written: {source}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The client could not be set up, for instance because a proxy's address cannot be read.
    #[error("the connection could not be set up: {reason}; look at HTTPS_PROXY, HTTP_PROXY and NO_PROXY")]
    Setup {
        /// What is wrong.
        reason: String,
    },
}

impl FetchError {
    /// Whether it may be otherwise in a moment.
    pub fn is_passing(&self) -> bool {
        use FetchError::{BrokenOff, Busy, Unreachable, WrongPart};
        matches!(self, Unreachable { .. } | BrokenOff { .. } | Busy { .. } | WrongPart { .. })
    }

    pub(super) fn disk(path: &Path, source: std::io::Error) -> FetchError {
        FetchError::Disk {
            path: path.to_path_buf(),
            source,
        }
    }
}
