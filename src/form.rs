//! A questionnaire as something to fill in: a form that a template renders without knowing the
//! questionnaire.
//!
//! [`Questionnaire::form`] and [`AnswerSheet::form`] give a [`Form`]: sections of fields of choices, in
//! one language, filled in, with what is wrong at each field, and with every name and value that HTML
//! needs. What it posts is read by [`Responses::from_form_pairs`] and
//! [`Questionnaire::read_partial`], without anything between.
//!
//! The same for libraries: [`Form::answers_schema`] with [`Form::ui_schema`], [`Form::survey_json`]; and
//! for a script beside a form of one's own, [`Form::asked_table`]. Each is [`Json`] that is made while it
//! is written, and the same bytes for the same questionnaire and language. The order of the keys of
//! objects carries no meaning: where order counts there is a list.

mod condition;
mod field;
mod json;
mod lazy;
mod points;
mod schema;
mod setting;
mod spelling;
mod survey;
mod table;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

pub use self::condition::Condition;
pub use self::field::{Asking, Choice, Field, Hint, Kind, Number};
pub use self::json::Json;

use self::json::What;
use self::setting::Setting;
use self::spelling::Spellings;
use crate::answers::{AnswerSheet, Responses};
use crate::diagnostic::Diagnostic;
use crate::pillar::Pillar;
pub use crate::questionnaire::{End, Range};
use crate::questionnaire::{Question, Questionnaire};
use crate::words::{Said, Words};

/// A questionnaire in one language, to be rendered as a form: a loop over [`sections`](Self::sections),
/// [`fields`](Section::fields) and [`choices`](Field::choices).
///
/// It serialises, for templates that are filled with data.
///
/// | what | in HTML |
/// |---|---|
/// | a choice | `<input type="{field.input}" name="{choice.name}" value="{choice.value}">`, `checked` if it is selected, and its text as label |
/// | a number | `<input type="number" step="any" name="{number.name}" value="{number.value}" min="{number.min}">`, and the unit; of type `text`, it keeps what was typed |
/// | a comment | `<textarea name="{field.comment_name}">{field.comment}</textarea>` |
/// | a field that is not shown | for each of its [pairs](Field::pairs) `<input type="hidden" name=".." value="..">`, so that its answer is not lost |
///
/// Every text must be escaped: a questionnaire and a post may hold anything. In place of radio buttons
/// a `<select>` does, whose first option is [`choose`](Self::choose) with a blank value.
///
/// A checklist that is left alone is unanswered, for nothing ticked may be nothing read: "none of these"
/// is a choice of its own, a blank value under the list's name. A form that takes an untouched list
/// for "none of these" leaves that choice out and posts its pair as a hidden field. An item and "not
/// applicable" together, or a number and "don't know", are told as a mistake. Of what a form posts only
/// this is not read as it was meant: "not applicable" or "don't know" where a text of the scale is
/// `not_applicable`, `dont_know` or `dontknow` itself, which is refused as ambiguous.
///
/// # Cost
///
/// Linear in the document: how often shared scales and what comparisons name may be listed is
/// [bounded](crate::spec::Limits::entries). Texts are borrowed; rendered or serialised, a scale that
/// questions share is written for each of them.
///
/// ```
/// use digital_maturity::{Questionnaire, Responses};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let posted = Responses::from_form_pairs([("case_view", "4"), ("journey_owner", "a lot")]);
/// let (sheet, errors) = pulse.read_partial(&posted);
/// let form = sheet.form("en").posted(&posted).marked(errors.iter().flatten());
///
/// let mut html = String::new();
/// for section in &form.sections {
///     html += &format!("<h2>{}</h2>", section.title);
///     for field in &section.fields {
///         html += &format!("<fieldset><legend>{}</legend>", field.title); // escaped, in earnest
///         for hint in &field.hints {
///             html += &format!("<p>{}</p>", hint.text);
///         }
///         for choice in &field.choices {
///             let checked = if choice.selected { " checked" } else { "" };
///             html += &format!("<label><input type={} name={} value={}{checked}> {}</label>",
///                 field.input, choice.name, choice.value, choice.text);
///         }
///         html += "</fieldset>";
///     }
/// }
/// assert!(html.contains("<input type=radio name=case_view value=4 checked>"));
/// assert!(html.contains("<p>Choose one of the answers.</p>"));
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
#[doc(alias("render", "html", "template"))]
pub struct Form<'f> {
    #[serde(skip)]
    questionnaire: &'f Questionnaire,
    #[serde(skip)]
    words: &'f Words,
    #[serde(skip)]
    wanted: String,
    /// The BCP 47 tag of the language of everything that is no text of the questionnaire.
    pub language: &'f str,
    /// Which way that language is written, `ltr` or `rtl`.
    pub direction: &'f str,
    /// The language of the title, the description, the instructions and the glossary, where it is
    /// another; empty where it is not known.
    pub text_language: Option<&'f str>,
    /// The questionnaire's title.
    pub title: &'f str,
    /// What it is for.
    pub description: Option<&'f str>,
    /// What those who answer should know before they begin.
    pub instructions: Option<&'f str>,
    /// What terms of the questions mean.
    pub glossary: Vec<Term<'f>>,
    /// The fields by pillar, in the order of the pillars' first questions; none without a field.
    pub sections: Vec<Section<'f>>,
    /// What is wrong or odd and about no field: most of it no concern of whoever answers.
    pub hints: Vec<Hint>,
    /// "Please choose", for a list to choose from.
    pub choose: &'f str,
    /// "Comment", for the label of one.
    pub comment: &'f str,
}

/// A term of the glossary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Term<'f> {
    /// The term.
    pub term: &'f str,
    /// What it means.
    pub meaning: &'f str,
}

/// The fields of a pillar.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Section<'f> {
    /// The pillar.
    pub pillar: Pillar,
    /// Its name.
    pub title: &'f str,
    /// Its questions, in the order of the questionnaire.
    pub fields: Vec<Field<'f>>,
}

impl Questionnaire {
    /// The form with nothing filled in, for readers of `language`, a BCP 47 tag: texts of the
    /// questionnaire as [`Text::get`](crate::Text::get) finds them, words as
    /// [`Words::for_language`] does.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let form = Questionnaire::dcx_pulse().form("de");
    /// assert_eq!(form.sections[0].title, "Digital zuerst denken");
    /// assert_eq!(form.sections[0].fields[0].input, "radio");
    /// ```
    #[must_use]
    #[doc(alias("render"))]
    pub fn form(&self, language: &str) -> Form<'_> {
        Form::new(&self.sheet(), Setting::new(self, language, Words::for_language(language)))
    }

    /// The same with words of your own, in their language.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Words};
    ///
    /// let words = Words::from_json(r#"{ "language": "fr", "form_comment": "Remarque" }"#)?;
    /// assert_eq!(Questionnaire::dcx_pulse().form_with(&words).comment, "Remarque");
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn form_with<'f>(&'f self, words: &'f Words) -> Form<'f> {
        Form::new(&self.sheet(), Setting::new(self, words.language(), words))
    }
}

impl AnswerSheet {
    /// The [form](Questionnaire::form) filled in with these answers and comments.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let mut sheet = Questionnaire::dcx_pulse().sheet();
    /// sheet.set("case_view", 4)?.set_comment("case_view", "see the plan")?;
    /// let form = sheet.form("en");
    /// let field = form.field("case_view").unwrap();
    /// assert_eq!((field.choices[3].selected, field.comment.as_str()), (true, "see the plan"));
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn form(&self, language: &str) -> Form<'_> {
        let words = Words::for_language(language);
        Form::new(self, Setting::new(self.questionnaire(), language, words))
    }

    /// The same with words of your own, in their language.
    #[must_use]
    pub fn form_with<'f>(&'f self, words: &'f Words) -> Form<'f> {
        Form::new(self, Setting::new(self.questionnaire(), words.language(), words))
    }
}

impl<'f> Form<'f> {
    /// `sheet` is of the questionnaire of `setting`.
    fn new(sheet: &AnswerSheet, setting: Setting<'f>) -> Self {
        let Setting { questionnaire, words, .. } = setting;
        let mut spellings = Spellings::default();
        let mut sections = Vec::<Section<'_>>::new();
        for (pillar, field) in field::all(sheet, &setting, &mut spellings) {
            let known = sections.iter_mut().find(|section| section.pillar == pillar);
            if let Some(section) = known {
                section.fields.push(field);
            } else {
                sections.push(Section { pillar, title: words.pillar(pillar), fields: vec![field] });
            }
        }
        let glossary = questionnaire.glossary().iter().map(|entry| Term {
            term: setting.text(&entry.term),
            meaning: setting.text(&entry.meaning),
        });
        Self {
            questionnaire,
            words,
            language: words.language(),
            direction: &words.direction,
            text_language: setting.language_of(questionnaire.title()),
            title: setting.text(questionnaire.title()),
            description: questionnaire.description().map(|text| setting.text(text)),
            instructions: questionnaire.instructions().map(|text| setting.text(text)),
            glossary: glossary.collect(),
            sections,
            hints: Vec::new(),
            choose: &words.form_choose,
            comment: &words.form_comment,
            wanted: setting.wanted,
        }
    }

    /// The fields of all sections.
    pub fn fields(&self) -> impl Iterator<Item = &Field<'f>> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field of the question with that id. Looks through the fields.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field<'f>> {
        self.fields().find(|field| field.id == id)
    }

    /// With what was posted and not understood, so that it can be corrected: in each field without an
    /// answer, the choices that were selected, and what was typed; in each without a comment, the
    /// comment. What was understood is on the sheet that the form is made of.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let posted = Responses::from_form_pairs([("case_view", "a lot")]);
    /// let (sheet, _) = pulse.read_partial(&posted);
    /// let form = sheet.form("en").posted(&posted);
    /// assert_eq!(form.field("case_view").unwrap().typed.as_deref(), Some("a lot"));
    /// ```
    #[must_use]
    pub fn posted(mut self, posted: &Responses) -> Self {
        let posted = posted.texts();
        for field in self.sections.iter_mut().flat_map(|section| &mut section.fields) {
            field.take_posted(&posted);
        }
        self
    }

    /// With those findings, [told](Words::hint) to who answers, each at its field.
    ///
    /// ```
    /// use digital_maturity::{Diagnostic, Questionnaire};
    ///
    /// let found = [Diagnostic::custom("case_view", "Nobody can have seen that yet.")];
    /// let form = Questionnaire::dcx_pulse().form("en").marked(&found);
    /// assert_eq!(form.field("case_view").unwrap().hints[0].text, "Nobody can have seen that yet.");
    /// assert!(form.hints.is_empty());
    /// ```
    #[must_use]
    #[doc(alias("validation"))]
    pub fn marked<'d>(mut self, findings: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut by_position: Vec<Vec<Hint>> = Vec::new();
        by_position.resize_with(self.questionnaire.questions().len(), Vec::new);
        for finding in findings {
            let text = self.words.hint(finding, self.questionnaire);
            let hint = Hint { text, severity: finding.severity() };
            let position = finding.question().and_then(|id| self.questionnaire.position(id));
            match position.and_then(|position| by_position.get_mut(position)) {
                Some(of_field) => of_field.push(hint),
                None => self.hints.push(hint),
            }
        }
        for field in self.sections.iter_mut().flat_map(|section| &mut section.fields) {
            let found = by_position.get_mut(field.position).map(std::mem::take);
            field.hints.extend(found.unwrap_or_default());
        }
        self
    }

    /// On which answers it hangs that a question is asked, as a sentence for a form that shows it
    /// anyway; `None` if it always is, or if there is no such question.
    ///
    /// The answers that meet the condition are named, or where more than four to one question do, the
    /// credit that they must earn. A condition of more than twelve comparisons is not said.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let shop = Questionnaire::from_json(r#"{
    ///     "schema": 1, "id": "shop", "version": "1.0.0", "title": "Shop",
    ///     "pillars": { "digital_first_mindset": { "weight": 0 },
    ///         "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } },
    ///     "questions": [
    ///         { "id": "shops", "pillar": "agile_approach", "title": "Are there shops?",
    ///           "scale": { "kind": "yes_no" } },
    ///         { "id": "till", "pillar": "agile_approach", "title": "Is the till online?",
    ///           "scale": { "kind": "yes_no" }, "asked_if": { "question": "shops", "at_least": 1 } }
    ///     ] }"#)?;
    /// let form = shop.form("en");
    /// assert_eq!(form.asked_if("till").unwrap(), "Asked if: “Are there shops?” – Yes");
    /// assert_eq!(form.asked_if("shops"), None);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn asked_if(&self, id: &str) -> Option<String> {
        let part = |said| match said {
            Said::Words(words) => words,
            Said::Text(text) => text.get(&self.wanted).to_owned(),
        };
        let condition = self.words.condition(self.questionnaire.question(id)?)?;
        let condition: String = condition.into_iter().map(part).collect();
        Some(format!("{} {condition}", self.words.asked_if))
    }

    /// Every question with its field, in the order of the questionnaire.
    fn in_order(&self) -> Vec<(Question<'f>, &Field<'f>)> {
        let mut fields: Vec<&Field<'f>> = self.fields().collect();
        fields.sort_by_key(|field| field.position);
        self.questionnaire.questions().zip(fields).collect()
    }
}

#[doc = concat!(
    "A script that shows and hides the fields of a form by its [asked table](Form::asked_table). It has \
     two functions:\n\n```js\n",
    include_str!("form/asked.js"),
    "```"
)]
pub const ASKED_SCRIPT: &str = include_str!("form/asked.js");

/// Here, as those who make it also hand it out.
impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.what {
            What::AnswersSchema => schema::answers_schema(self.form, serializer),
            What::UiSchema => schema::ui_schema(self.form, serializer),
            What::Survey => survey::survey(self.form, serializer),
            What::AskedTable => table::asked_table(self.form, serializer),
        }
    }
}

/// An object of these entries.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Map<String, Value> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
