//! When each question is asked, for a script.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::Form;
use super::condition::{Condition, item_points};
use super::json::{Json, What};
use super::lazy::{List, Object};

impl Form<'_> {
    /// When each question with a condition is asked, for a script that shows and hides the fields of a
    /// form: `conditions`, in the order of the questionnaire, each the `question` and its
    /// [`asked_if`](Condition); and the `points` of the items of each checklist that a condition counts
    /// them of. [`ASKED_SCRIPT`](super::ASKED_SCRIPT) is a script that evaluates it.
    ///
    /// # Cost
    ///
    /// Linear in the document: what comparisons list is [bounded](crate::spec::Limits::entries).
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let form = Questionnaire::dcx_pulse().form("en");
    /// assert_eq!(form.asked_table().to_string(), r#"{"conditions":[],"points":{}}"#);
    /// ```
    #[must_use]
    #[doc(alias("visible_if", "skip_logic"))]
    pub fn asked_table(&self) -> Json<'_> {
        Json::new(self, What::AskedTable)
    }
}

#[derive(Serialize)]
struct Table<C, P> {
    conditions: C,
    points: P,
}

#[derive(Serialize)]
struct Asked<'s> {
    asked_if: &'s Condition<'s>,
    question: &'s str,
}

pub(super) fn asked_table<S: Serializer>(
    form: &Form<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let fields = form.in_order();
    let mut counted = BTreeSet::new();
    for asked_if in fields.iter().filter_map(|(_, field)| field.asked_if.as_ref()) {
        asked_if.counted(&mut counted);
    }
    let table = Table {
        conditions: List(|| {
            fields.iter().filter_map(|(question, field)| {
                Some(Asked { asked_if: field.asked_if.as_ref()?, question: question.id() })
            })
        }),
        points: Object(|| {
            let counted = fields.iter().filter(|(question, _)| counted.contains(question.id()));
            counted.map(|(question, _)| (question.id(), item_points(*question)))
        }),
    };
    table.serialize(serializer)
}
