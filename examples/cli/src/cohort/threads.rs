//! Several threads at one file.

use std::array;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use digital_maturity::survey::{Piece, Survey};

use super::feed::Feed;
use super::part::{Part, Wanted, Worker};
use super::tally::Gathered;

/// So many pieces are on their way for each thread: one that it works at, others that wait for an earlier one.
const WAITING: usize = 2;

/// A piece, or what comes of it, under its number, and how far the file was read then.
type Turn<T> = (u64, Result<(T, u64), String>);

/// The file, of which each thread takes the next piece, so that what one has read is still next to it. Who takes
/// one needs leave: no more of them are on their way than memory has room for.
struct Queue<'f, R> {
    ready: array::IntoIter<Piece, 2>,
    feed: &'f mut Feed<R>,
    leave: Receiver<()>,
    turn: u64,
}

impl<R: Read> Queue<'_, R> {
    /// The next piece and how far the file is read, under a number; `None` at the end, and where nobody waits.
    fn next(&mut self) -> Option<Turn<Piece>> {
        self.leave.recv().ok()?;
        let next = self.ready.next().map_or_else(|| self.feed.piece(), |piece| Ok(Some(piece)));
        let turn = self.turn;
        self.turn += 1;
        let taken = self.feed.taken;
        next.map(|piece| piece.map(|piece| (piece, taken))).transpose().map(|next| (turn, next))
    }
}

/// A piece in hand. Who waits for it hears of it, too, if its thread ends early.
struct InHand<'d>(u64, &'d Sender<Turn<Part>>);

impl Drop for InHand<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.1.send((self.0, Err(ended_early())));
        }
    }
}

/// Has all threads work at the file, takes what comes of each piece in the order of the file, and gives what each
/// thread has gathered. The first two pieces were cut to see whether there is work for several.
///
/// # Errors
///
/// What keeps the file from being read, or its parts from being taken.
pub(super) fn side_by_side<R: Read + Send>(
    ready: [Piece; 2],
    feed: &mut Feed<R>,
    threads: usize,
    (survey, wanted): (&Survey<'_>, &Wanted),
    mut take: impl FnMut(Part, u64) -> Result<(), String>,
) -> Result<Vec<BTreeMap<Option<String>, Gathered>>, String> {
    let (give_leave, leave) = channel();
    let queue = Mutex::new(Queue { ready: ready.into_iter(), feed, leave, turn: 0 });
    let (done, parts) = channel::<Turn<Part>>();
    thread::scope(|scope| {
        // Dropped when this ends, even early: then nobody gets leave any more.
        let give_leave = give_leave;
        (0..threads * WAITING).try_for_each(|_| give_leave.send(())).map_err(|_| ended_early())?;
        let work = |done: Sender<Turn<Part>>| {
            let mut worker = Worker::new(survey, wanted);
            while let Some((turn, piece)) = queue.lock().ok().and_then(|mut queue| queue.next()) {
                let in_hand = InHand(turn, &done);
                let part = piece.and_then(|(piece, taken)| Ok((worker.part(piece)?, taken)));
                drop(in_hand);
                if done.send((turn, part)).is_err() {
                    break;
                }
            }
            worker.finish()
        };
        let start = |_| {
            let done = done.clone();
            scope.spawn(move || work(done))
        };
        let workers: Vec<_> = (0..threads).map(start).collect();
        drop(done);
        let (mut early, mut next) = (BTreeMap::new(), 0);
        for (turn, part) in parts {
            early.insert(turn, part);
            while let Some(part) = early.remove(&next) {
                let (part, taken) = part?;
                take(part, taken)?;
                next += 1;
                // At the end of the file nobody takes it.
                let _ = give_leave.send(());
            }
        }
        workers.into_iter().map(|worker| worker.join().map_err(|_| ended_early())).collect()
    })
}

fn ended_early() -> String {
    "error: a thread has ended before its time".to_owned()
}
