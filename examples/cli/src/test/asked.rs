//! What a case can expect something of, and what there is.

use digital_maturity::{Assessment, Pillar, Score, Stage};

use crate::support::tree::Value;

/// What one can expect something of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    Overall,
    Stage,
    Pillar(Pillar),
    Theme(String),
    Question(String),
}

/// What there is, or should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Score(Score),
    Stage(Stage),
    /// No score, stage or credit.
    Nothing,
}

impl Asked {
    /// What there is.
    pub(super) fn of(&self, assessment: &Assessment) -> Found {
        let score = match self {
            Self::Stage => return assessment.stage().map_or(Found::Nothing, Found::Stage),
            Self::Overall => assessment.score(),
            Self::Pillar(pillar) => assessment.pillar(*pillar).standing.score(),
            Self::Theme(id) => assessment.theme(id).and_then(|standing| standing.score()),
            Self::Question(id) => assessment.question(id).and_then(|question| question.credit),
        };
        score.map_or(Found::Nothing, Found::Score)
    }

    /// The keys that lead to it in `expect`.
    pub(super) fn keys(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Overall => ("overall", None),
            Self::Stage => ("stage", None),
            Self::Pillar(pillar) => ("pillars", Some(pillar.as_str())),
            Self::Theme(id) => ("themes", Some(id)),
            Self::Question(id) => ("questions", Some(id)),
        }
    }
}

impl Found {
    /// As the document says it.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Stage(stage) => Value::Text(stage.as_str().to_owned()),
            Self::Score(Score::ZERO) => Value::Integer(0),
            Self::Score(Score::ONE) => Value::Integer(1),
            Self::Score(score) => Value::Float(score.to_f64()),
        }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str("none"),
            Self::Stage(stage) => stage.fmt(f),
            Self::Score(score) => score.fmt(f),
        }
    }
}
