//! What each column is, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::codes::Asked;
use super::pattern::Pattern;
use super::tool::Tool;
use crate::questionnaire::{Question, Questionnaire, ScaleSpec};
use crate::text::cased;

/// What the columns of a file are.
#[derive(Clone, Debug)]
pub struct Header {
    pub(super) columns: Vec<Means>,
    /// By column, in full.
    pub(super) names: Arc<[String]>,
    /// The rows of the header in one case, as seen, by row and then by column: a name for each.
    pub(super) by_name: BTreeMap<String, Vec<usize>>,
}

/// What one column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// Answers to the question at that position, or about one item of it.
    Asked(Asked),
    /// What was typed in place of a choice or an item of that question.
    Other(usize),
    /// The tool's own.
    Tool,
    /// About an item of a list that stands in another column as a whole.
    Beside(Asked),
    /// Passed over, as was asked for.
    Ignored,
    /// Without a header beside a checklist: it may hold nothing.
    Empty,
    /// Nobody knows.
    Unknown,
}

/// What a column of a file is, for [`Header::columns`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// Answers to this question.
    Question(String),
    /// Whether this item of this checklist is ticked, or this choice made.
    Item(String, String),
    /// What was typed in place of an answer to this question.
    Other(String),
    /// A column of the tool's own.
    Tool,
    /// A column that is passed over: it was asked for, or says what another says as well.
    PassedOver,
    /// Nobody knows; it is not read.
    Unknown,
}

impl Header {
    /// The ids of the questions without a column.
    ///
    /// `questionnaire` is the one with which the file was opened.
    pub fn missing<'h>(
        &'h self,
        questionnaire: &'h Questionnaire,
    ) -> impl Iterator<Item = &'h str> {
        let asked = taken(self);
        let missing = questionnaire.questions().filter(move |of| !asked.contains(&of.position()));
        missing.map(|of| of.id())
    }

    /// The header of each column, and what it is.
    ///
    /// `questionnaire` is the one with which the file was opened.
    #[must_use]
    pub fn columns<'h>(
        &'h self,
        questionnaire: &'h Questionnaire,
    ) -> impl ExactSizeIterator<Item = (&'h str, Role)> {
        let id = |at: usize| {
            questionnaire.question_at(at).map(|of| of.id().to_owned()).unwrap_or_default()
        };
        let role = move |means: &Means| match *means {
            Means::Asked(Asked::Question(at)) => Role::Question(id(at)),
            Means::Asked(Asked::Item(at, item)) => {
                let of = questionnaire.question_at(at).map(|of| item_id(of, item));
                Role::Item(id(at), of.unwrap_or_default())
            }
            Means::Other(at) => Role::Other(id(at)),
            Means::Tool => Role::Tool,
            Means::Beside(_) | Means::Ignored | Means::Empty => Role::PassedOver,
            Means::Unknown => Role::Unknown,
        };
        self.names.iter().zip(&self.columns).map(move |(name, means)| (name.as_str(), role(means)))
    }

    /// The columns with that name in any row of the header, as a reader sees it.
    pub(super) fn places(&self, name: &str) -> &[usize] {
        self.by_name.get(&cased(name)).map_or(&[], Vec::as_slice)
    }

    /// The columns that a tool calls its own.
    pub(super) fn of_tool(&self, tool: &Tool) -> BTreeSet<usize> {
        let own = tool.own();
        let is_after = |name: &str| tool.after(name).is_some_and(|other| self.has_column(other));
        let owned = self.by_name.iter();
        let owned =
            owned.filter(|(name, _)| own.iter().any(|own| own.fits(name)) || is_after(name));
        owned.flat_map(|(_, columns)| columns.iter().copied()).collect()
    }

    /// Whether there is a column of that name, or one of an item of it.
    fn has_column(&self, name: &str) -> bool {
        let item = format!("{name}[");
        let of_items = || self.by_name.range(item.clone()..).next();
        self.by_name.contains_key(name)
            || of_items().is_some_and(|(name, _)| name.starts_with(&item))
    }

    /// The columns that a name with `*` fits.
    pub(super) fn fitting(&self, pattern: &str) -> BTreeSet<usize> {
        if !pattern.contains('*') {
            return self.places(pattern).iter().copied().collect();
        }
        let pattern = Pattern::new(pattern);
        let fits = self.by_name.iter().filter(|(name, _)| pattern.fits(name));
        fits.flat_map(|(_, columns)| columns.iter().copied()).collect()
    }
}

/// The questions that columns are about.
pub(super) fn taken(header: &Header) -> BTreeSet<usize> {
    header.columns.iter().filter_map(asked).map(Asked::position).collect()
}

pub(super) fn asked(means: &Means) -> Option<Asked> {
    match *means {
        Means::Asked(asked) => Some(asked),
        _ => None,
    }
}

/// The id of the item at that place, or the choice.
pub(super) fn item_id(question: Question<'_>, item: usize) -> String {
    match question.scale() {
        ScaleSpec::Checklist { items } => items.get(item).map(|item| item.id.clone()),
        ScaleSpec::Choice { choices } => choices.get(item).map(|choice| choice.value.to_string()),
        ScaleSpec::YesNo => Some((item == 0).to_string()),
        ScaleSpec::Measure { .. } => None,
    }
    .unwrap_or_default()
}
