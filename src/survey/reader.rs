//! The rows of pieces, block by block.

use std::collections::BTreeSet;

use super::block::Block;
use super::finding::{Findings, Place};
use super::gather::Gather;
use super::opening::Survey;
use super::pieces::Piece;
use super::rows::Rows;
use crate::answers::AnswerSheet;

/// Rows that are scored at once: few enough that 40 questions take 10 MB, and so many that what is done
/// once a block, above all merging what was counted so far, does not show.
const MOST_ROWS: usize = 250_000;

/// So many answers are in a block at most, but for a thousand rows.
const MOST_CELLS: usize = 1 << 24;

/// Reads the rows of a file, block by block. Several may read pieces of one file at once.
pub struct Reader<'s> {
    rows: Rows,
    gather: Gather<'s>,
    /// The rows of a block at most.
    most: usize,
    /// Before the block.
    before: Place,
}

impl Survey<'_> {
    /// What reads the rows.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        let width = self.questionnaire.rules().len().max(self.columns.len()).max(1);
        Reader {
            rows: Rows::new(self.delimiter),
            gather: Gather::new(self),
            most: (MOST_CELLS / width).clamp(1000, MOST_ROWS),
            before: Place { line: self.lines, row: 0 },
        }
    }
}

impl Reader<'_> {
    /// What is to be said of the rows that were read since [`restart`](Self::restart).
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.gather.findings
    }

    /// Leaves out the rows of these numbers, from 1 after the header, counted over all pieces.
    pub fn leave_out(&mut self, rows: BTreeSet<u64>) {
        self.gather.unwanted = rows;
    }

    /// How many lines and rows were read, those of the header among the lines.
    #[must_use]
    pub fn position(&self) -> (u64, u64) {
        (self.before.line, self.before.row)
    }

    /// Begins to count anew, for the next piece of a file of which others read other pieces: gives
    /// what was found, and how many lines and rows were read.
    pub fn restart(&mut self) -> (Findings, u64, u64) {
        let findings = self.gather.take_findings();
        let Place { line, row } = std::mem::replace(&mut self.before, Place { line: 0, row: 0 });
        (findings, line, row)
    }

    /// The next rows of a piece; `None` at its end.
    pub fn block<'b>(&'b mut self, piece: &mut Piece) -> Option<Block<'b>> {
        let Self { rows, gather, most, before } = self;
        gather.clear();
        let (text, cursor) = piece.text();
        let lines = cursor.lines;
        while gather.numbers.len() < *most && gather.read < u64::from(u32::MAX) {
            let (bytes, lines_of) = gather.quick_rows(cursor.plain(text), *most);
            cursor.pass(bytes, lines_of);
            if gather.numbers.len() >= *most {
                break;
            }
            let Some(found) = rows.next(text, cursor) else { break };
            let line = before.line + found.line - lines;
            gather.push(&found, Place { line, row: before.row + gather.read + 1 });
        }
        let first = before.row + 1;
        // Blank lines are lines, too.
        before.line += cursor.lines - lines;
        before.row += gather.read;
        if gather.read == 0 {
            return None;
        }
        gather.settle();
        Some(Block {
            first,
            numbers: &gather.numbers,
            unreadable: &gather.unreadable,
            columns: gather.columns(),
            carried: &gather.carried,
        })
    }

    /// The answers of the next respondent in a piece that is wanted, by the number of the row, from 1
    /// after the header, and the cells that are handed on; `None` if there is none. What is wrong with
    /// them is among the [findings](Self::findings), which are those of this row alone; what is wrong
    /// is no answer on the sheet.
    pub fn sheet(
        &mut self,
        piece: &mut Piece,
        mut wanted: impl FnMut(u64, &[&str]) -> bool,
    ) -> Option<(u64, AnswerSheet)> {
        let Self { rows, gather, before, .. } = self;
        let (text, cursor) = piece.text();
        let (lines, line_before) = (cursor.lines, before.line);
        let mut sheet = None;
        while let Some(found) = rows.next(text, cursor) {
            gather.clear();
            gather.take_findings();
            before.row += 1;
            let line = line_before + found.line - lines;
            gather.push(&found, Place { line, row: before.row });
            let carried: Vec<&str> = gather.carried.iter().map(|(text, _)| text.as_str()).collect();
            if gather.numbers.len() == 1 && wanted(before.row, &carried) {
                sheet = Some((before.row, gather.answers(&found)));
                break;
            }
        }
        before.line = line_before + cursor.lines - lines;
        sheet
    }
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("rows", &self.before.row).finish_non_exhaustive()
    }
}
