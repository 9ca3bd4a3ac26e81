//! What is said of a row, now that it is read.

use super::super::decoder::{Passed, trimmed};
use super::super::finding::{Gravity, Kind, Place};
use super::super::options::Unticked;
use super::super::rows::{Broken, Found};
use super::{Gather, Role};
use crate::cohort::Cell;
use crate::diagnostic::Excerpt;
use crate::questionnaire::NonAnswer;

impl Gather<'_> {
    /// Says why a row cannot be read.
    pub(super) fn tell_broken(&mut self, broken: Broken, found: &Found<'_>, at: Place) {
        let kind = match broken {
            Broken::TooLong => Kind::TooLong,
            Broken::Unclosed => Kind::UnclosedQuote,
        };
        self.findings.row(at, kind, || match broken {
            Broken::TooLong => "longer than 1 MB, or with too many cells".to_owned(),
            Broken::Unclosed => format!(
                "a quote is still open at the end of the file; the {} lines from here on are not read",
                found.last - found.line + 1
            ),
        });
    }

    /// Says what is wrong with the row in hand, now that it is read.
    pub(super) fn tell(&mut self, found: &Found<'_>, at: Place) {
        if self.refused.is_empty() && self.passed.is_empty() {
            return;
        }
        let mut refused = std::mem::take(&mut self.refused).into_iter().peekable();
        let mut passed = std::mem::take(&mut self.passed).into_iter().peekable();
        for (column, cell) in found.row.cells(self.survey.delimiter).enumerate() {
            if refused.next_if_eq(&column).is_some() {
                self.tell_refused(at, column, trimmed(cell));
            }
            if let Some((_, what)) = passed.next_if(|(of, _)| *of == column) {
                self.tell_passed(at, column, what, trimmed(cell));
            }
        }
    }

    fn tell_refused(&mut self, at: Place, column: usize, cell: &[u8]) {
        let Self { slots, findings, lists, tile, numbers, .. } = self;
        let text = String::from_utf8_lossy(cell);
        match slots.get_mut(column).map(|slot| &mut slot.role) {
            Some(Role::Answer(decoder) | Role::Item { decoder, .. }) => {
                if let Err(about) = decoder.read(cell) {
                    findings.cell(at, column, about, &text, || decoder.explain(cell));
                }
            }
            Some(Role::Other { column: of, list }) => {
                if let Some(list) = list.and_then(|list| lists.get_mut(list)) {
                    list.spoil();
                }
                if let Some(of) = *of {
                    tile.put(numbers.len(), of, Cell::Bad);
                }
                findings.cell(at, column, Kind::OtherEntry.as_str(), &text, || {
                    let shown = Excerpt::new(&text);
                    format!("`{shown}` is no choice and no item; --other ignore passes it over")
                });
            }
            Some(Role::Empty) => {
                findings.cell(at, column, Kind::BlankHeader.as_str(), &text, || {
                    format!(
                        "`{}` stands in column {}, which has no header and is beside a checklist; \
                         --export says which tool writes so",
                        Excerpt::new(&text),
                        column + 1
                    )
                });
            }
            Some(Role::None) | None => {}
        }
    }

    fn tell_passed(&mut self, at: Place, column: usize, what: Passed, cell: &[u8]) {
        let text = String::from_utf8_lossy(cell);
        let kind = match what {
            Passed::Nothing => return,
            Passed::Other => (Gravity::Note, Kind::OtherEntry, ""),
            Passed::State(state) => (Gravity::Warning, Kind::MissingIsAnswer, said(state).1),
            Passed::Untouched => (Gravity::Note, Kind::Untouched, Unticked::None.as_str()),
            Passed::Point => (Gravity::Warning, Kind::AmbiguousNumber, ""),
        };
        self.findings.odd(at, kind, Some(column), &text, || {
            let shown = Excerpt::new(&text);
            match what {
                Passed::Nothing => String::new(),
                Passed::Other => {
                    format!("what is no choice and no item in `{shown}` is passed over")
                }
                Passed::State(state) => {
                    let (what, option) = said(state);
                    format!("`{shown}` is read as {what} ({option}), and is an answer to this question")
                }
                Passed::Untouched => "nothing is listed, which is read as none of these; --unticked \
                                      missing reads it as no answer"
                    .to_owned(),
                Passed::Point => format!(
                    "`{shown}` is read with a decimal point; --decimal , reads one that parts thousands"
                ),
            }
        });
    }
}

/// What an option reads a text as, and which.
const fn said(state: Option<NonAnswer>) -> (&'static str, &'static str) {
    match state {
        None => ("no answer", "--missing"),
        Some(NonAnswer::NotApplicable) => ("not applicable", "--not-applicable"),
        Some(NonAnswer::DontKnow) => ("don't know", "--dont-know"),
    }
}
