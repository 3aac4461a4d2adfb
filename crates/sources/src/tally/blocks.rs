//! Cuts a CSV file into blocks of whole rows.
//!
//! A line break ends a row where an even number of quotation marks stands before it. That holds for all but files with
//! stray quotation marks; whoever reads a block can tell, because it then ends within a cell.

use std::io::{self, Read};

/// Size of a block in bytes: small enough to stay in a core's cache between being read, cut and scanned.
pub(super) const BLOCK: usize = 1 << 20;

/// A file, handed out block by block.
pub(super) struct Blocks<R> {
    text: R,
    size: usize,
    /// The beginning of a row, left over from the block before.
    rest: Vec<u8>,
    next: u64,
    ended: bool,
}

/// A block that now lies at the beginning of the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Counted from 0.
    pub(super) number: u64,
    /// Length in bytes.
    pub(super) length: usize,
    /// Whether the file ends with it.
    pub(super) last: bool,
}

/// Why there is no next block.
#[derive(Debug)]
pub(super) enum NoBlock {
    /// The file has ended.
    End,
    /// No row ends within a whole block.
    Uncut,
    /// The file could not be read.
    Io(io::Error),
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(text: R, size: usize) -> Blocks<R> {
        Blocks {
            text,
            size,
            rest: Vec::new(),
            next: 0,
            ended: false,
        }
    }

    /// Reads the next block into the buffer, which is given its size.
    pub(super) fn next(&mut self, buffer: &mut Vec<u8>) -> Result<Block, NoBlock> {
        if self.ended {
            return Err(NoBlock::End);
        }
        buffer.resize(self.size, 0);
        buffer[..self.rest.len()].copy_from_slice(&self.rest);
        let mut filled = self.rest.len();
        while filled < buffer.len() && !self.ended {
            match self.text.read(&mut buffer[filled..]) {
                Ok(0) => self.ended = true,
                Ok(n) => filled += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(NoBlock::Io(e)),
            }
        }
        let length = match self.ended {
            true => filled,
            false => end_of_last_row(&buffer[..filled]).ok_or(NoBlock::Uncut)?,
        };
        self.rest.clear();
        self.rest.extend_from_slice(&buffer[length..filled]);
        let number = self.next;
        self.next += 1;
        Ok(Block {
            number,
            length,
            last: self.ended,
        })
    }
}

/// Where the last whole row ends, if the bytes begin with a row.
fn end_of_last_row(bytes: &[u8]) -> Option<usize> {
    let mut within_quotes = memchr::memchr_iter(b'"', bytes).count() % 2 == 1;
    for at in memchr::memrchr2_iter(b'"', b'\n', bytes) {
        match bytes[at] {
            b'"' => within_quotes = !within_quotes,
            _ if !within_quotes => return Some(at + 1),
            _ => {}
        }
    }
    None
}
