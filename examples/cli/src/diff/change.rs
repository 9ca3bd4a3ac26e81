//! One difference between two questionnaires.

use std::collections::BTreeMap;
use std::fmt;

use digital_maturity::schema::schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::version::Level;
use crate::support::output::{plain, shortened};

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
#[serde(rename_all = "snake_case")]
pub(super) enum Subject {
    Questionnaire,
    Method,
    Pillar,
    Stage,
    Glossary,
    Family,
    Theme,
    Question,
}

/// One difference.
///
/// Displays as one line, or as three where texts are compared.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
pub(super) struct Change {
    pub(super) needs: Level,
    pub(super) subject: Subject,
    /// Of the pillar, stage, theme, question and so on; the term, of the glossary.
    pub(super) id: Option<String>,
    /// What of it differs; `null` where it came or went as a whole.
    pub(super) what: Option<String>,
    /// What was there, if anything was.
    pub(super) old: Option<Value>,
    /// What is there, if anything is.
    pub(super) new: Option<Value>,
}

/// So many changes are listed, the gravest first: a scale that a thousand questions share differs in
/// each of them.
const LISTED: usize = 2_000;

/// What was found, level by level: of each no more than are listed.
#[derive(Default)]
pub(super) struct Changes {
    listed: BTreeMap<Level, Vec<Change>>,
    count: usize,
}

impl Changes {
    /// One more. `values` makes what was there and what is there, if it is listed.
    pub(super) fn add(
        &mut self,
        needs: Level,
        (subject, id): (Subject, Option<&str>),
        what: Option<&str>,
        values: impl FnOnce() -> [Option<Value>; 2],
    ) {
        self.count += 1;
        let of_level = self.listed.entry(needs).or_default();
        if of_level.len() < LISTED {
            let (id, what) = (id.map(str::to_owned), what.map(str::to_owned));
            let [old, new] = values();
            of_level.push(Change { needs, subject, id, what, old, new });
        }
    }

    /// The level of the gravest.
    pub(super) fn needs(&self) -> Option<Level> {
        self.listed.keys().next_back().copied()
    }

    /// Those that are listed, the gravest first, and how many more there are.
    pub(super) fn list(self) -> (Vec<Change>, usize) {
        let mut list: Vec<Change> = self.listed.into_values().rev().flatten().collect();
        list.sort_by(|a, b| (b.needs, a.subject, &a.id).cmp(&(a.needs, b.subject, &b.id)));
        list.truncate(LISTED);
        let more = self.count - list.len();
        (list, more)
    }
}

/// So much of a value is shown.
const LONGEST: usize = 60;
/// And so much where it has a line of its own.
const LONGEST_LINE: usize = 74;

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.subject {
            Subject::Questionnaire => "questionnaire",
            Subject::Method => "method",
            Subject::Pillar => "pillar",
            Subject::Stage => "stage",
            Subject::Glossary => "glossary",
            Subject::Family => "family",
            Subject::Theme => "theme",
            Subject::Question => "question",
        })?;
        if let Some(id) = &self.id {
            write!(f, " {}", plain(&shortened(id, LONGEST)))?;
        }
        let what = self.what.as_ref();
        match (what, &self.old, &self.new) {
            (None, Some(_), _) => f.write_str(" removed"),
            (None, None, _) => f.write_str(" added"),
            (Some(what), None, None) => write!(f, ": {}", plain(what)),
            (Some(what), None, Some(new)) => write!(f, ": {} added ({})", plain(what), shown(new)),
            (Some(what), Some(_), None) => write!(f, ": {} removed", plain(what)),
            (Some(what), Some(Value::String(old)), Some(Value::String(new)))
                if old.contains(' ') || new.contains(' ') =>
            {
                let line = |text| plain(&shortened(text, LONGEST_LINE));
                write!(f, ": {}\n    - {}\n    + {}", plain(what), line(old), line(new))
            }
            (Some(what), Some(old), Some(new)) => {
                write!(f, ": {} {} -> {}", plain(what), shown(old), shown(new))
            }
        }
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    plain(&shortened(&text, LONGEST))
}
