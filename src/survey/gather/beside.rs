//! Columns of items that stand beside their list: they should say the same.

use super::super::decoder::{Decoder, Meant, trimmed};
use super::super::finding::{Gravity, Kind, Place};
use super::super::rows::Found;
use super::{Gather, Role};
use crate::answers::{Answer, Tick};
use crate::diagnostic::Excerpt;
use crate::questionnaire::ScaleSpec;

/// The column of an item whose list stands in another.
pub(super) struct Beside<'s> {
    pub(super) column: usize,
    pub(super) list: usize,
    pub(super) item: usize,
    pub(super) decoder: Box<Decoder<'s>>,
}

impl Gather<'_> {
    /// Says which columns of items say otherwise than their list, which counts.
    pub(super) fn compare(&mut self, found: &Found<'_>, at: Place) {
        if self.beside.is_empty() {
            return;
        }
        let cells: Vec<&[u8]> = found.row.cells(self.survey.delimiter).collect();
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let Self { beside, slots, findings, .. } = self;
        // Columns of one list stand side by side: it is read once.
        let mut read = None;
        for Beside { column, list, item, decoder } in beside {
            let Some(Role::Answer(whole)) = slots.get(*list).map(|slot| &slot.role) else {
                continue;
            };
            let ScaleSpec::Checklist { items } = whole.question().scale() else { continue };
            let Some(id) = items.get(*item).map(|item| item.id.as_str()) else { continue };
            let Ok((Meant::Tick(tick @ (Tick::On | Tick::Off)), _)) = decoder.read(cell(*column))
            else {
                continue;
            };
            if read.as_ref().is_none_or(|(of, _)| of != list) {
                read = Some((*list, whole.answer(cell(*list))));
            }
            let listed = match &read {
                Some((_, Ok(Answer::Items(ids)))) => ids.iter().any(|of| of == id),
                Some((_, Ok(Answer::Unanswered))) => false,
                _ => continue,
            };
            if listed == (tick == Tick::On) {
                continue;
            }
            let kind = (Gravity::Warning, Kind::DuplicateColumn, "");
            let text = String::from_utf8_lossy(trimmed(cell(*column)));
            findings.odd(at, kind, Some(*column), &text, || {
                let list = String::from_utf8_lossy(trimmed(cell(*list)));
                format!(
                    "`{}` says otherwise than the list `{}` beside it, which counts; --ignore the column that is \
                     not to",
                    Excerpt::new(&text),
                    Excerpt::new(&list)
                )
            });
        }
    }
}
