//! Under which names and values a form posts its choices, so that each is read as that choice.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::answers::{Answer, Manner, Vocabulary};
use crate::questionnaire::{Question, ScaleSpec};

/// How a form posts one choice or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Under the name of the field, that value.
    Value(Arc<str>),
    /// An item whose id some other item has as its text: under the name `field[item]`.
    Named,
}

/// The spellings of the scales that were met; a scale that questions share is looked at once.
#[derive(Debug, Default)]
pub(super) struct Spellings(BTreeMap<*const ScaleSpec, Rc<[Spelling]>>);

impl Spellings {
    /// How a form posts the choices, or the items, of a question, in their order; nothing else.
    pub(super) fn of(&mut self, question: Question<'_>) -> Rc<[Spelling]> {
        let spellings = || spellings(question).into();
        Rc::clone(self.0.entry(question.scale()).or_insert_with(spellings))
    }
}

fn spellings(question: Question<'_>) -> Vec<Spelling> {
    match question.scale() {
        ScaleSpec::Choice { choices } => {
            let words = Words::new(question);
            choices
                .iter()
                .map(|choice| Spelling::Value(words.number(choice.value).into()))
                .collect()
        }
        ScaleSpec::Checklist { items } => {
            let words = Words::new(question);
            items.iter().map(|item| words.item(&item.id)).collect()
        }
        ScaleSpec::YesNo | ScaleSpec::Measure { .. } => Vec::new(),
    }
}

/// What texts mean to one question.
struct Words<'q>(Vocabulary<'q>);

impl<'q> Words<'q> {
    fn new(question: Question<'q>) -> Self {
        Self(Vocabulary::new(question))
    }

    /// The value of a choice. Where it is another choice's text as well, it is written with so many
    /// zeros after the point that it is none: 1.0, say.
    fn number(&self, value: i64) -> String {
        let mut spelled = value.to_string();
        let means = Ok(Answer::Whole(value));
        // Each text of the scale can take one spelling.
        while self.0.meaning(&spelled, &Manner::default(), None) != means && spelled.len() < LONGEST
        {
            spelled.push_str(if spelled.contains('.') { "0" } else { ".0" });
        }
        spelled
    }

    fn item(&self, id: &str) -> Spelling {
        let means = Ok(Answer::Items(vec![id.to_owned()]));
        if self.0.meaning(id, &Manner::default(), None) == means {
            Spelling::Value(id.into())
        } else {
            Spelling::Named
        }
    }
}

/// No value is written with more characters.
const LONGEST: usize = 256;
