//! What each tool makes of a study: every form that it offers.

mod google_forms;
mod kobo;
mod limesurvey;
mod microsoft_forms;
mod odk;
mod plain;
mod qualtrics;
mod redcap;
mod surveymonkey;

use digital_maturity::{Answer, Question};

use super::render::{Codebook, Encoding, Form, PLAIN, Rendering, Say, Style, Table, Tells};
use super::render::{cells_of, items, renderings, told};
use super::study::Study;

/// A tool, and all that it makes of a study.
pub(super) type Tool = (&'static str, fn(&Study) -> Vec<Rendering>);

pub(super) const TOOLS: [Tool; 9] = [
    ("Google Forms", google_forms::renderings_of),
    ("Microsoft Forms", microsoft_forms::renderings_of),
    ("SurveyMonkey", surveymonkey::renderings_of),
    ("LimeSurvey", limesurvey::renderings_of),
    ("Qualtrics", qualtrics::renderings_of),
    ("REDCap", redcap::renderings_of),
    ("KoBo", kobo::renderings_of),
    ("ODK Central", odk::renderings_of),
    ("no tool", plain::renderings_of),
];

/// Whether an item is ticked; `None` without an answer.
fn ticked(answer: &Answer, id: &str) -> Option<bool> {
    match answer {
        Answer::Items(items) => Some(items.iter().any(|item| item == id)),
        _ => None,
    }
}

/// How numbers stand for states where no question can have them as an answer, and words elsewhere.
fn numbers_for_states(study: &Study) -> [&'static str; 2] {
    let takes = |question: Question<'_>| {
        [-88, -99].into_iter().any(|number| question.credit(number).is_ok())
    };
    if study.questionnaire.questions().any(takes) {
        ["not_applicable", "dont_know"]
    } else {
        ["-88", "-99"]
    }
}
