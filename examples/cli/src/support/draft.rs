//! Files that are there whole or not at all, and all that a run writes together.
//!
//! A file is written under a name of its own beside its target, `.maturity-` with sixteen
//! hexadecimal digits and `.part`, and locked while it is. When all files of a run are whole they get
//! their names; what is replaced has such a name besides, and is locked, until all have theirs. What is
//! under way when the program ends by a signal that can be caught is removed; of
//! what cannot (`kill -9`), the next run that writes into the folder removes whatever has such a name
//! and no lock.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Display;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fs4::FileExt;
use same_file::Handle;

use super::output::note;

/// What is under way, to be removed if the program is interrupted.
static UNDER_WAY: Mutex<UnderWay> = Mutex::new(UnderWay { paths: BTreeSet::new(), kept: false });

struct UnderWay {
    paths: BTreeSet<PathBuf>,
    /// Whether files have got their names.
    kept: bool,
}

/// So many links from name to name, and it is a circle.
const LINKS: usize = 40;

/// Who may read a file that is new.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner: it says something of each respondent.
    Owner,
    /// Whoever may read new files here.
    AsUsual,
}

/// A file under a name of its own until it is whole; removed if it never is. What is no file, such as
/// a pipe or a device, is written to as it is.
pub(crate) struct Draft {
    writer: BufWriter<File>,
    /// As the command line has it.
    name: String,
    /// The file itself, where the name is a link.
    target: PathBuf,
    /// `None` for what is no file, and once it is kept.
    under_way: Option<PathBuf>,
}

/// That no file is written that is read, and none twice. `read` has the names of what is read; `-` is
/// standard input.
pub(crate) fn apart(written: &[&Path], read: &[&Path]) -> Result<(), String> {
    // Only files: a pipe would be opened before its time, and a device can be read and written at once.
    let handle = |path: &Path| {
        if path.as_os_str() == "-" {
            return Handle::stdin().ok();
        }
        let metadata = fs::metadata(path).ok()?;
        (metadata.is_file() || metadata.is_dir()).then(|| Handle::from_path(path).ok())?
    };
    if let Some(path) = read.iter().find(|path| path.file_name().is_some_and(is_part_name)) {
        return Err(format!("{}: error: {OWN_NAME}", path.display()));
    }
    let read: Vec<Handle> = read.iter().filter_map(|path| handle(path)).collect();
    let mut known: Vec<(PathBuf, Option<Handle>)> = Vec::new();
    for path in written {
        let wrong = |message: &str| Err(format!("{}: error: {message}", path.display()));
        let own = handle(path);
        if own.as_ref().is_some_and(|own| read.contains(own)) {
            return wrong("this file is read; write to another one");
        }
        let target =
            followed(path).map_err(|error| format!("{}: error: {error}", path.display()))?;
        if known.iter().any(|(other, handle)| *other == target || own.is_some() && *handle == own) {
            return wrong("two results cannot go to one file");
        }
        known.push((target, own));
    }
    Ok(())
}

/// The file that a name leads to, which need not be there yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        return Ok(path); // a pipe of the shell has a name that leads nowhere else
    }
    for _ in 0..LINKS {
        if let Ok(whole) = fs::canonicalize(&path) {
            return Ok(whole);
        }
        let Ok(to) = fs::read_link(&path) else {
            let Some(name) = path.file_name() else {
                return Err(io::Error::other("no file name"));
            };
            return Ok(fs::canonicalize(folder(&path))?.join(name));
        };
        path = folder(&path).join(to);
    }
    Err(io::Error::other("links in a circle"))
}

/// The folder that a file is in.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Draft {
    pub(crate) fn new(target: &Path, readers: Readers) -> Result<Self, String> {
        let name = target.display().to_string();
        let wrong = |message: &dyn Display| format!("{name}: error: {message}");
        let target = followed(target).map_err(|error| wrong(&error))?;
        if target.file_name().is_some_and(is_part_name) {
            return Err(wrong(&OWN_NAME));
        }
        let (file, under_way) = match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => return Err(wrong(&"this is a directory")),
            Ok(metadata) if !metadata.is_file() => {
                (OpenOptions::new().write(true).open(&target).map_err(|error| wrong(&error))?, None)
            }
            // What is printed would go to the file that is replaced.
            Ok(_) if is_stdout(&target) => (stdout().map_err(|error| wrong(&error))?, None),
            there => {
                remove_left_behind(folder(&target));
                let is_new = there.is_err();
                let readers = if is_new { readers } else { Readers::Owner };
                let (file, path) =
                    begin(folder(&target), readers).map_err(|error| wrong(&error))?;
                (file, Some(path))
            }
        };
        Ok(Self { writer: BufWriter::with_capacity(1 << 18, file), name, target, under_way })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.writer.write_all(bytes).map_err(|error| self.failure(&error))
    }

    /// All of it is in the file, and the file is as open as the one that it replaces.
    fn complete(&mut self) -> Result<(), String> {
        let whole = self.writer.flush().and_then(|()| {
            if self.under_way.is_none() {
                return Ok(());
            }
            let file = self.writer.get_ref();
            file.sync_data()?;
            as_open_as(file, &self.target)
        });
        whole.map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &io::Error) -> String {
        format!("{}: error: {error}", self.name)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(path) = self.under_way.take() {
            let mut under_way = under_way();
            let _ = fs::remove_file(&path);
            under_way.paths.remove(&path);
        }
    }
}

fn is_stdout(target: &Path) -> bool {
    let stdout = Handle::stdout().ok().zip(Handle::from_path(target).ok());
    stdout.is_some_and(|(stdout, target)| stdout == target)
}

/// Standard output as a file.
fn stdout() -> io::Result<File> {
    #[cfg(unix)]
    return Ok(File::from(std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?));
    #[cfg(windows)]
    return Ok(File::from(
        std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?,
    ));
    #[cfg(not(any(unix, windows)))]
    Err(io::Error::other("this is standard output"))
}

/// Gives all whole files their names, or none of them, as far as the file system lets it: what was
/// there before comes back if a later one cannot be named. What is said tells what has happened.
pub(crate) fn keep(drafts: impl IntoIterator<Item = Draft>) -> Result<(), String> {
    let mut drafts: Vec<Draft> = drafts.into_iter().collect();
    for draft in &mut drafts {
        draft.complete()?;
    }
    let mut under_way = under_way();
    let mut named: Vec<Named<'_>> = Vec::new();
    let several = drafts.len() > 1;
    for draft in &drafts {
        let Some(path) = &draft.under_way else { continue };
        let before = Before::of(&draft.target, several);
        if let Err(error) = fs::rename(path, &draft.target) {
            let message = draft.failure(&error);
            before.forget();
            let new: Vec<&str> = named.into_iter().rev().filter_map(Named::put_back).collect();
            drop(under_way);
            return Err(match new.as_slice() {
                [] => message,
                new => format!("{message}; already written: {}", new.join(", ")),
            });
        }
        // Under its own name nobody removes it, and whoever replaces it may lock it.
        let _ = FileExt::unlock(draft.writer.get_ref());
        under_way.paths.remove(path);
        named.push(Named { draft, before });
    }
    under_way.kept = true;
    for one in named {
        one.before.forget();
    }
    drop(under_way);
    for draft in &mut drafts {
        draft.under_way = None;
    }
    Ok(())
}

/// A file that has got its name.
struct Named<'d> {
    draft: &'d Draft,
    before: Before,
}

impl<'d> Named<'d> {
    /// As it was before; else the name of what is new.
    fn put_back(self) -> Option<&'d str> {
        let target = &self.draft.target;
        let back = match &self.before {
            Before::Nothing => fs::remove_file(target),
            Before::Linked { path, .. } => fs::rename(path, target),
            Before::Gone => Err(io::Error::other("the file system has no links")),
        };
        back.is_err().then_some(self.draft.name.as_str())
    }
}

/// What was under a name before.
enum Before {
    Nothing,
    /// The file, under another name as well, locked while it can be.
    Linked {
        path: PathBuf,
        _lock: Option<File>,
    },
    /// A file that has no other name.
    Gone,
}

impl Before {
    fn of(target: &Path, wanted: bool) -> Self {
        if fs::symlink_metadata(target).is_err() {
            return Self::Nothing;
        }
        for _ in 0..if wanted { LINKS } else { 0 } {
            let path = folder(target).join(part_name());
            let file = locked(target);
            if fs::hard_link(target, &path).is_err() {
                break;
            }
            // Another run may have replaced it before it had a second name.
            let is_locked = |file: &File| {
                let own = Handle::from_file(file.try_clone()?)?;
                Ok::<bool, io::Error>(own == Handle::from_path(&path)?)
            };
            if file.as_ref().is_none_or(|file| is_locked(file).unwrap_or(false)) {
                return Self::Linked { path, _lock: file };
            }
            let _ = fs::remove_file(&path);
        }
        Self::Gone
    }

    fn forget(&self) {
        if let Self::Linked { path, .. } = self {
            let _ = fs::remove_file(path);
        }
    }
}

/// A file that is there, locked together with whoever else keeps it: not to be taken for left behind.
/// `None` if it cannot be opened, as whoever may not write it does not remove it either.
fn locked(target: &Path) -> Option<File> {
    let file = File::open(target).or_else(|_| OpenOptions::new().write(true).open(target)).ok()?;
    let _ = FileExt::try_lock_shared(&file); // where there are no locks nothing left behind is removed
    Some(file)
}

fn under_way() -> MutexGuard<'static, UnderWay> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is wrong with a file of such a name: it would be removed as one that was left behind.
const OWN_NAME: &str = "names like this are kept for files under way";

const PART: (&str, &str) = (".maturity-", ".part");

/// A name that nobody has. The keys of a hasher are random, so that it does not hang on the id of the
/// process, which is the same in every container.
fn part_name() -> String {
    let (start, end) = PART;
    format!("{start}{:016x}{end}", RandomState::new().build_hasher().finish())
}

fn is_part_name(name: &OsStr) -> bool {
    let (start, end) = PART;
    let digits = name.to_str().and_then(|name| name.strip_prefix(start)?.strip_suffix(end));
    digits.is_some_and(|digits| {
        digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// A new file under such a name, locked.
fn begin(folder: &Path, readers: Readers) -> io::Result<(File, PathBuf)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(
        &mut options,
        if readers == Readers::Owner { 0o600 } else { 0o666 },
    );
    #[cfg(not(unix))]
    let _ = readers;
    let mut under_way = under_way();
    for _ in 0..LINKS {
        let path = folder.join(part_name());
        let file = match options.open(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            opened => opened?,
        };
        let _ = FileExt::lock(&file); // where there are no locks nothing left behind is removed
        // Another run may have found it before it was locked, and taken it for left behind.
        let own = Handle::from_file(file.try_clone()?);
        if own.ok().zip(Handle::from_path(&path).ok()).is_some_and(|(own, there)| own == there) {
            under_way.paths.insert(path.clone());
            return Ok((file, path));
        }
    }
    Err(io::Error::other("no name can be had for a new file"))
}

/// Removes what runs that were ended have left in a folder: files of such a name that nobody writes.
fn remove_left_behind(folder: &Path) {
    let under_way = under_way();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if !is_part_name(&entry.file_name())
            || under_way.paths.contains(&path)
            || !entry.file_type().is_ok_and(|of| of.is_file())
        {
            continue;
        }
        let file = OpenOptions::new().write(true).open(&path);
        if file.is_ok_and(|file| FileExt::try_lock(&file).is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Gives a file the rights of the one that it replaces, if there is one. Whoever could not read that
/// one cannot read this one: where its group cannot be kept, no group can read it.
#[cfg(unix)]
fn as_open_as(file: &File, target: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let (Ok(there), own) = (fs::metadata(target), file.metadata()?) else { return Ok(()) };
    if there.uid() != own.uid() {
        let _ = fchown(file, Some(there.uid()), None);
    }
    let mut mode = there.mode() & 0o777;
    if there.gid() != own.gid() && fchown(file, None, Some(there.gid())).is_err() {
        mode &= !0o070;
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn as_open_as(file: &File, target: &Path) -> io::Result<()> {
    match fs::metadata(target) {
        Ok(there) => file.set_permissions(there.permissions()),
        Err(_) => Ok(()),
    }
}

/// From now on what ends the program, such as an interrupt, first removes the files that are not
/// whole, after `before`. A signal that is ignored stays so (`nohup`), and a file that becomes too
/// large is an error like a full disk.
pub(crate) fn remove_when_interrupted(before: fn()) -> Result<(), String> {
    let failed = |error: &dyn Display| format!("error: {error}");
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};

        let too_large = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        signal_hook::flag::register(SIGXFSZ, too_large).map_err(|error| failed(&error))?;
        let ignored = ignored();
        let caught = [SIGHUP, SIGINT, SIGTERM].into_iter();
        let caught = caught.filter(|signal| ignored >> (signal - 1) & 1 == 0);
        let mut signals =
            signal_hook::iterator::Signals::new(caught).map_err(|error| failed(&error))?;
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                end(before, 128 + signal);
            }
        });
        Ok(())
    }
    #[cfg(not(unix))]
    ctrlc::set_handler(move || end(before, 130)).map_err(|error| failed(&error))
}

/// The signals that are ignored, a bit each, as far as the system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Removes what is not whole, and ends the program.
fn end(before: fn(), exit_code: i32) -> ! {
    // Held to the end, so that nothing is begun or renamed meanwhile.
    let under_way = under_way();
    before();
    for path in &under_way.paths {
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                note(&format!("{}: error: {error}", path.display()));
            }
            _ => {}
        }
    }
    note(if under_way.kept {
        "interrupted: the files are written"
    } else {
        "interrupted: no file was written"
    });
    process::exit(exit_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_not_taken_for_left_behind_while_a_run_may_put_it_back() {
        let own = format!("maturity-before-{:016x}", RandomState::new().build_hasher().finish());
        let folder = std::env::temp_dir().join(own);
        fs::create_dir(&folder).unwrap();
        let target = folder.join("scores.csv");
        fs::write(&target, "old").unwrap();

        // Two runs at once keep the same file, each under a name of its own.
        let (one, other) = (Before::of(&target, true), Before::of(&target, true));
        let (Before::Linked { path: first, .. }, Before::Linked { path: second, .. }) =
            (&one, &other)
        else {
            panic!("the file system has no links");
        };
        fs::remove_file(&target).unwrap();
        remove_left_behind(&folder);
        assert_eq!(fs::read_to_string(first).unwrap(), "old");
        one.forget();
        drop(one);
        remove_left_behind(&folder);
        assert_eq!(fs::read_to_string(second).unwrap(), "old");

        // As if that run were killed: nobody holds the lock, and the file goes.
        let second = second.clone();
        drop(other);
        remove_left_behind(&folder);
        assert!(!second.exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
