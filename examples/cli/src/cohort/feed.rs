//! A file of a survey tool: opened, its header read, and cut into pieces.

use std::io::Read;

use digital_maturity::Questionnaire;
use digital_maturity::survey::{Findings, Opening, Options, Piece, Pieces, Survey};

use super::progress::say;
use crate::support::output::plain;

/// Read at a time: what is copied on from there is still next to the processor.
const CHUNK: usize = 1 << 17;

/// Where answers come from.
pub(crate) struct Source<R> {
    pub(crate) name: String,
    pub(crate) reader: R,
    /// In bytes, if that is known.
    pub(crate) size: Option<u64>,
}

/// A file that comes in pieces.
pub(crate) struct Feed<R> {
    pub(super) source: Source<R>,
    pub(super) pieces: Pieces,
    buffer: Vec<u8>,
    /// So many bytes were read.
    pub(super) taken: u64,
}

/// Opens a file and reads its header.
///
/// # Errors
///
/// What keeps it from being read; `None` if it is said already.
pub(crate) fn open<R: Read>(
    source: Source<R>,
    questionnaire: &Questionnaire,
    options: Options,
) -> Result<(Survey<'_>, Feed<R>), Option<String>> {
    let mut source = source;
    let (opening, buffer, taken) = begun(&mut source, questionnaire, options)?;
    match opening.understand() {
        Ok((survey, pieces)) => Ok((survey, Feed { source, pieces, buffer, taken })),
        Err(findings) => {
            tell(&source.name, &findings);
            Err(None)
        }
    }
}

/// A file of which the header is there.
///
/// # Errors
///
/// What keeps it from being read.
pub(crate) fn opening<'q>(
    source: &mut Source<impl Read>,
    questionnaire: &'q Questionnaire,
    options: Options,
) -> Result<Opening<'q>, String> {
    begun(source, questionnaire, options).map(|(opening, ..)| opening)
}

/// The same, with the room that it was read in, and how many bytes were read.
fn begun<'q>(
    source: &mut Source<impl Read>,
    questionnaire: &'q Questionnaire,
    options: Options,
) -> Result<(Opening<'q>, Vec<u8>, u64), String> {
    let mut opening = Opening::new(questionnaire, options);
    let (mut buffer, mut taken) = (vec![0; CHUNK], 0);
    while opening.push(read(source, &mut buffer, &mut taken)?) {}
    Ok((opening, buffer, taken))
}

impl<R: Read> Feed<R> {
    /// The next piece; `None` at the end.
    pub(crate) fn piece(&mut self) -> Result<Option<Piece>, String> {
        loop {
            if let Some(piece) = self.pieces.cut() {
                return Ok(Some(piece));
            }
            if self.pieces.is_over() {
                return Ok(None);
            }
            self.pieces.push(read(&mut self.source, &mut self.buffer, &mut self.taken)?);
        }
    }
}

/// The next bytes; none at the end.
fn read<'b>(
    source: &mut Source<impl Read>,
    buffer: &'b mut [u8],
    taken: &mut u64,
) -> Result<&'b [u8], String> {
    let bytes = loop {
        match source.reader.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(format!("{}: error: {error}", source.name)),
            Ok(bytes) => break bytes,
        }
    };
    *taken += u64::try_from(bytes).unwrap_or(0);
    Ok(buffer.get(..bytes).unwrap_or_default())
}

/// Says what was found, a line each.
pub(crate) fn tell(file: &str, findings: &Findings) {
    let file = plain(file);
    for finding in findings.iter() {
        let space = if finding.line > 0 { "" } else { " " };
        say(&format!("{file}:{space}{}", plain(&finding.to_string())));
    }
    if findings.more() > 0 {
        say(&format!("{file}: {} more kinds of findings", findings.more()));
    }
}
