//! Analyses set aside on disk between the two halves of the pipeline, so that memory is bounded by the largest
//! story and not by the number of reports. The file has no name: it is gone when the program ends, however it ends.

use crate::Error;
use sayso_types::Analysis;
use std::{
    fs::File,
    io::{BufWriter, Read, Seek, SeekFrom, Write},
};

/// Analyses being written.
pub(crate) struct Spill {
    file: BufWriter<File>,
    ends: Vec<u64>,
}

/// Analyses that can be read back, in any order.
pub(crate) struct Spilled {
    file: File,
    ends: Vec<u64>,
}

impl Spill {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), ends: Vec::new() })
    }

    /// Bytes as [`encode`] makes them.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes)?;
        self.ends.push(self.ends.last().unwrap_or(&0) + bytes.len() as u64);
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Spilled, Error> {
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        Ok(Spilled { file, ends: self.ends })
    }
}

impl Spilled {
    /// The analysis that was pushed as number `n`, from 0.
    pub(crate) fn read(&mut self, n: usize) -> Result<Analysis, Error> {
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        let mut bytes = vec![0; (self.ends[n] - start) as usize];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut bytes)?;
        Ok(postcard::from_bytes(&bytes)?)
    }
}

/// On the worker's thread, so that only the writing waits for its turn.
pub(crate) fn encode(analysis: &Analysis) -> Result<Vec<u8>, Error> {
    Ok(postcard::to_stdvec(analysis)?)
}
