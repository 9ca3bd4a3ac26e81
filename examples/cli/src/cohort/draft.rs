//! A file that is there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::progress::{clear, say};

/// The files under way, to be removed if the program is interrupted.
static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The exit code of a program that an interrupt ends.
const INTERRUPTED: i32 = 130;

/// A file under a name of its own until it is whole; removed if it never is. What is no file, such as
/// a pipe or a device, is written to as it is.
pub(crate) struct Draft {
    writer: BufWriter<File>,
    name: String,
    target: PathBuf,
    /// `None` for what is no file, and once it is kept.
    under_way: Option<PathBuf>,
}

impl Draft {
    /// A draft of `target`, which is none of the files that are read.
    pub(crate) fn new(target: &Path, read: &[&Path]) -> Result<Self, String> {
        let name = target.display().to_string();
        let wrong = |message: &dyn std::fmt::Display| format!("{name}: error: {message}");
        // A link is followed, so that the file behind it is written.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        if read.iter().any(|read| fs::canonicalize(read).is_ok_and(|read| read == target)) {
            return Err(wrong(&"this file is read; write to another one"));
        }
        let (file, under_way) = match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => return Err(wrong(&"this is a directory")),
            Ok(metadata) if !metadata.is_file() => {
                (OpenOptions::new().write(true).open(&target), None)
            }
            _ => {
                let Some(own) = target.file_name() else { return Err(wrong(&"no file name")) };
                let mut hidden = std::ffi::OsString::from(".");
                hidden.push(own);
                hidden.push(format!(".{}.part", process::id()));
                let path = target.with_file_name(hidden);
                let mut drafts = drafts();
                let file = OpenOptions::new().write(true).create_new(true).open(&path);
                if file.is_ok() {
                    drafts.push(path.clone());
                }
                (file, Some(path))
            }
        };
        let file = file.map_err(|error| wrong(&error))?;
        Ok(Self { writer: BufWriter::with_capacity(1 << 18, file), name, target, under_way })
    }

    /// Gives the whole file its name.
    pub(crate) fn keep(mut self) -> Result<(), String> {
        let flushed = self.writer.flush();
        let mut drafts = drafts();
        let renamed = flushed.and_then(|()| match self.under_way.take() {
            Some(path) => {
                let renamed = fs::rename(&path, &self.target);
                if renamed.is_err() {
                    let _ = fs::remove_file(&path);
                }
                drafts.retain(|draft| *draft != path);
                renamed
            }
            None => Ok(()),
        });
        drop(drafts);
        renamed.map_err(|error| self.failure(&error))
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.writer.write_all(bytes).map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &io::Error) -> String {
        format!("{}: error: {error}", self.name)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(path) = self.under_way.take() {
            let mut drafts = drafts();
            let _ = fs::remove_file(&path);
            drafts.retain(|draft| *draft != path);
        }
    }
}

fn drafts() -> MutexGuard<'static, Vec<PathBuf>> {
    DRAFTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on an interrupt removes the files that are not whole, and ends the program.
pub(crate) fn remove_when_interrupted() -> Result<(), String> {
    let interrupted = || {
        // Held to the end, so that nothing is begun or renamed meanwhile.
        let drafts = drafts();
        for path in drafts.iter() {
            match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    say(&format!("{}: error: {error}", path.display()));
                }
                _ => {}
            }
        }
        clear();
        say("interrupted: nothing was written");
        process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(interrupted).map_err(|error| format!("error: {error}"))
}
