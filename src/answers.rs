//! Answers: the document as it comes, the states of an answer, and the valid sheet.

mod accept;
mod answer;
mod asked;
mod credit;
mod folded;
mod given;
mod lenient;
#[cfg_attr(
    not(feature = "survey"),
    expect(unreachable_pub, dead_code, reason = "files of survey tools make them known")
)]
mod manner;
mod read;
mod sheet;
mod state;
mod vocabulary;

pub(crate) use accept::ticked_off;
pub use answer::Answer;
#[cfg(feature = "cohort")]
pub(crate) use asked::TicksAt;
pub(crate) use asked::{Marked, Settled};
pub(crate) use folded::{Folded, GivenAt};
pub(crate) use given::{Given, Mark};
#[cfg(feature = "survey")]
pub use manner::{CellsAs, Decimal};
pub(crate) use read::read_part;
pub use sheet::AnswerSheet;
pub(crate) use sheet::unknown_question;
pub use state::AnswerState;
pub(crate) use state::Outcome;
#[cfg(feature = "survey")]
pub(crate) use vocabulary::{
    Lists, Said, Tick, has_decimal_comma, has_two_values, number_spelling, yes_or_no,
};
pub(crate) use vocabulary::{Manner, Vocabulary};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::slice;

use serde::{Deserialize, Deserializer};

use crate::diagnostic::Errors;
use crate::document::{Node, positions_in_json};
use crate::questionnaire::Questionnaire;

/// An answers document as it came, in any serde format: nothing in it has been checked, and
/// anything may be in it.
///
/// A flat object from question id to answer, or an envelope around one (scoring rules, section 12).
/// [`Questionnaire::read`] makes an [`AnswerSheet`] of it.
///
/// ```
/// use digital_maturity::{Questionnaire, Responses};
///
/// let responses: Responses = serde_json::from_str(r#"{ "no_such_question": 4 }"#).unwrap();
/// let report = Questionnaire::dcx_pulse().read(&responses).unwrap_err();
/// assert_eq!(report.iter().len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Responses {
    document: Node<'static>,
    /// What it was read from, so that findings have their place in it.
    text: Option<String>,
}

crate::names::schema!(Responses, |generator| {
    "description": "Answers by the id of the question, alone or under the key `answers` of an envelope.",
    "anyOf": [
        {
            "type": "object",
            "not": { "required": ["answers"] },
            "additionalProperties": generator.subschema_for::<Answer>()
        },
        {
            "type": "object",
            "properties": {
                "questionnaire": {
                    "type": ["object", "null"],
                    "description": "Which questionnaire is answered.",
                    "properties": {
                        "id": generator.subschema_for::<crate::names::shape::Id>(),
                        "version": generator.subschema_for::<crate::names::shape::Version>()
                    },
                    "required": ["id", "version"],
                    "additionalProperties": false
                },
                "respondent": { "type": ["string", "null"], "maxLength": 10_000 },
                "taken": {
                    "description": "The day, if it is to be known.",
                    "anyOf": [generator.subschema_for::<crate::date::Date>(), { "type": "null" }]
                },
                "sequence": {
                    "type": ["integer", "null"],
                    "description": "What orders results of one day.",
                    "minimum": -9_007_199_254_740_992_i64,
                    "maximum": 9_007_199_254_740_992_i64
                },
                "answers": {
                    "type": "object",
                    "additionalProperties": generator.subschema_for::<Answer>()
                },
                "comments": {
                    "type": ["object", "null"],
                    "description": "By the id of the question.",
                    "additionalProperties": { "type": ["string", "null"], "maxLength": 10_000 }
                }
            },
            "required": ["answers"],
            "additionalProperties": false
        }
    ]
});

/// Two documents are equal if they say the same, whatever they were read from.
impl PartialEq for Responses {
    fn eq(&self, other: &Self) -> bool {
        self.document == other.document
    }
}

impl Responses {
    /// The answers document in a JSON text.
    ///
    /// # Errors
    ///
    /// One finding if the text is not JSON, or longer than 16 MiB.
    ///
    /// # Cost
    ///
    /// Linear in the length of the document; see
    /// [what each door costs](crate::guide::untrusted#what-it-costs).
    ///
    /// ```
    /// # use digital_maturity::{Code, Responses};
    /// assert!(Responses::from_json("{}").is_ok());
    /// let report = Responses::from_json("{").unwrap_err();
    /// assert_eq!(report.iter().next().unwrap().code(), Code::Syntax);
    /// ```
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        Ok(Self { document: Node::from_json(json)?.into_owned(), text: Some(json.to_owned()) })
    }

    /// What a form post says: pairs of a field's name and its value, in their order, as a decoder of
    /// `application/x-www-form-urlencoded` or `multipart/form-data` gives them. A name may come
    /// several times. For [`Questionnaire::read_lenient`], as all values are texts.
    ///
    /// ```
    /// use digital_maturity::{Answer, Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let ids: Vec<&str> = pulse.questions().map(|question| question.id()).collect();
    /// let posted = Responses::from_form_pairs([(ids[0], "4"), (ids[1], "")]);
    /// let sheet = pulse.read_lenient(&posted)?;
    /// assert_eq!(sheet.answer(ids[0]), Some(Answer::Whole(4)));
    /// assert_eq!(sheet.answer(ids[1]), Some(Answer::Unanswered));
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[doc(alias("urlencoded", "multipart", "post"))]
    pub fn from_form_pairs<K: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let pair =
            |(key, value): (K, V)| (Cow::Owned(key.into()), Node::Text(Cow::Owned(value.into())));
        let document = Node::Map(pairs.into_iter().map(pair).collect());
        Self { document, text: None }
    }

    /// The texts under each key of a flat document, as a form posts one, in their order; what is no
    /// text is written as one, and what is neither a value nor a list of values is passed over.
    pub(crate) fn texts(&self) -> BTreeMap<&str, Vec<Cow<'_, str>>> {
        let mut texts = BTreeMap::<_, Vec<_>>::new();
        if let Node::Map(entries) = &self.document {
            for (key, node) in entries {
                let nodes = if let Node::List(list) = node { list } else { slice::from_ref(node) };
                texts.entry(key.as_ref()).or_default().extend(nodes.iter().filter_map(as_text));
            }
        }
        texts
    }
}

/// A value as a form posts it.
fn as_text<'n>(node: &'n Node<'_>) -> Option<Cow<'n, str>> {
    match node {
        Node::Bool(yes) => Some(yes.to_string().into()),
        Node::Integer(number) => Some(number.to_string().into()),
        Node::Float(number) => Some(number.to_string().into()),
        Node::Text(text) => Some(text.as_ref().into()),
        Node::Null | Node::List(_) | Node::Map(_) => None,
    }
}

impl<'de> Deserialize<'de> for Responses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { document: Node::deserialize(deserializer)?.into_owned(), text: None })
    }
}

impl Questionnaire {
    /// The valid answers in `responses`. What is worth a second look, such as an answer to a
    /// question that is not asked, is kept as the sheet's [warnings](AnswerSheet::warnings).
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the answers, in one go: unknown questions, values that the
    /// scale does not have, forbidden states, another questionnaire's envelope.
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let id = pulse.questions().next().unwrap().id();
    /// let responses = Responses::from_json(&format!(r#"{{ "{id}": 4 }}"#))?;
    /// let sheet = pulse.read(&responses)?;
    /// assert_eq!(sheet.answered(), 1);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[doc(alias("validate"))]
    pub fn read(&self, responses: &Responses) -> Result<AnswerSheet, Errors> {
        whole(self.read_as(responses, false))
    }

    /// The valid answers in `responses`, read as browsers, form libraries and survey tools send them.
    ///
    /// | what is sent | what it is | browser's form post | record of a survey tool | JSON by hand |
    /// |---|---|---|---|---|
    /// | the value of a choice, a measure: by value, not by spelling (`4`, `4.0`, `04`, `+4`) | that number | `plan=4` | `"plan": "4"` | `"plan": 4` |
    /// | the text of a choice, in any language of the questionnaire | that choice | `plan=Often` | `"plan": "Often"` | `"plan": 4` |
    /// | `true`, `yes`, `y`, `on`, `1`, `checked`, `x`, `ja`, `wahr`, `oui`, `vrai` and so on; `false`, `no`, `off`, `0`, `nein`, `faux`; booleans; the numbers 1 and 0 | yes, no | `owner=on` | `"owner": 1` | `"owner": true` |
    /// | the ids or texts of items: in a list, under a repeated key, as `name[]` or `name[0]`, each entry one item; as one text, with `;`, `,` or line ends between, or blanks between ids (`web, app`, `Web;App;`) | the items ticked | `channels=web&channels=app` | `"channels": "web"` | `"channels": ["web"]` |
    /// | `name[item]` or an object of items, each yes or no | the items that are yes; none, if one is no | `channels[web]=on` | `"channels": {"web": true}` | `"channels": ["web"]` |
    /// | `name___item`, each yes or no | the items that are yes; if there is none, no answer: such exports write 0 for who never saw the question | `channels___web=1` | `"channels___web": "1"` | `"channels": ["web"]` |
    /// | an empty list, or `name[]` that is there and blank (a hidden field of a form, which cannot say it otherwise) | nothing ticked | `channels[]=` | `"channels": []` | `"channels": []` |
    /// | `null`, or a text of nothing but blanks | unanswered | `plan=` | `"plan": ""` | `"plan": null` |
    /// | `not_applicable`; `dont_know`, `dontknow` | that state | `plan=dont_know` | `"plan": "dontknow"` | `"plan": "dont_know"` |
    /// | a list with one answer in it, for a question that takes no list | that answer | `plan[]=4` | `"plan": ["4"]` | `"plan": 4` |
    /// | `<id>-Comment`, or an object of `comments`; a blank one is none | a comment | `plan-Comment=why` | `"plan-Comment": "why"` | `"comments": {"plan": "why"}` of an envelope |
    /// | an object with answers in it, such as a matrix or a panel | those answers | `frequency[plan]=4` | `"frequency": {"plan": 4}` | `"plan": 4` |
    /// | a list of one such object, or of one record | that object, that record | | `[{"plan": 4}]` | `{"plan": 4}` |
    /// | unknown questions, envelope keys and comments | a warning each | `submit=Send` | `"id": 17` | |
    ///
    /// A lone checkbox posts nothing where it is not ticked, so it cannot say no: use two radio buttons
    /// or a list for a question of yes or no. A number has a decimal point, `7.5`; `7,5` is none. Texts of
    /// items may have separators in them: every way to cut one text into items is tried, and what can
    /// be read in two ways is `ambiguous-text`; empty entries are nothing. That an
    /// answer does not count since its question is not asked is a warning, and only told where nothing
    /// is wrong with other answers, on which it depends.
    ///
    /// Texts match as a reader sees them: without blanks at their ends, any run of blanks as one,
    /// whichever blanks they are; letters however they are put together; straight and typographic
    /// quotes, hyphens and dashes alike; upper and lower case alike as long as only one answer fits.
    /// A text that fits two answers, such as the value of one choice that is the text of another, is
    /// not decided: `ambiguous-text`. Answers in a list of several objects, or beside the `answers`
    /// of an envelope, are refused by name: `nested-answers`. [`Question::parse`] says what one text
    /// means.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the answers all the same, in one go.
    ///
    /// # Cost
    ///
    /// Linear in the length of the document; see
    /// [what each door costs](crate::guide::untrusted#what-it-costs).
    ///
    /// ```
    /// use digital_maturity::{Questionnaire, Responses};
    ///
    /// let shop = Questionnaire::from_json(r#"{
    ///     "schema": 1, "id": "shop", "version": "1.0.0", "title": "Shop check",
    ///     "pillars": { "agile_approach": { "weight": 0 }, "connected_systems": { "weight": 0 },
    ///                  "culture_of_experimentation": { "weight": 0 } },
    ///     "questions": [
    ///         { "id": "plan", "pillar": "digital_first_mindset", "title": "Is there a plan?", "scale": {
    ///             "kind": "choice", "choices": [ { "value": 1, "text": { "default": "Never", "de": "Nie" } },
    ///                                            { "value": 4, "text": { "default": "Often", "de": "Oft" } } ] } },
    ///         { "id": "owner", "pillar": "digital_first_mindset", "title": "Has it an owner?",
    ///           "scale": { "kind": "yes_no" } },
    ///         { "id": "lead", "pillar": "digital_first_mindset", "title": "Days to the shop", "scale": {
    ///             "kind": "measure", "unit": "days", "bands": [ { "from": 0, "credit": 1 }, { "from": 30, "credit": 0 } ] } },
    ///         { "id": "channels", "pillar": "digital_first_mindset", "title": "Which share data?", "scale": {
    ///             "kind": "checklist", "items": [ { "id": "web", "text": "Web" }, { "id": "app", "text": "App" } ] } }
    ///     ] }"#)?;
    ///
    /// let posted = Responses::from_form_pairs([
    ///     ("plan", "4"), ("owner", "on"), ("lead", "12"), ("channels[]", ""), ("channels[]", "web"),
    ///     ("plan-Comment", "see the wiki"), ("lead-Comment", ""), ("submit", "Send"),
    /// ]);
    /// let survey = Responses::from_json(r#"{ "plan": "oft", "owner": true, "lead": "12",
    ///     "channels": ["web"], "plan-Comment": "see the wiki" }"#)?;
    /// let by_hand = Responses::from_json(r#"{
    ///     "answers": { "plan": 4, "owner": true, "lead": 12, "channels": ["web"] },
    ///     "comments": { "plan": "see the wiki" } }"#)?;
    ///
    /// let sheet = shop.read_lenient(&posted)?;
    /// assert_eq!(sheet.warnings().len(), 1); // of `submit`
    /// assert_eq!(sheet, shop.read_lenient(&survey)?);
    /// assert_eq!(sheet, shop.read(&by_hand)?);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    ///
    /// [`Question::parse`]: crate::Question::parse
    #[doc(alias("survey", "import"))]
    pub fn read_lenient(&self, responses: &Responses) -> Result<AnswerSheet, Errors> {
        whole(self.read_partial(responses))
    }

    /// What could be read of `responses` [leniently](Self::read_lenient), and why
    /// [`read_lenient`](Self::read_lenient) refuses them, if it does: for a form that is shown again,
    /// filled in as far as it was understood.
    ///
    /// A question with anything wrong in its answer is unanswered on the sheet; of a checklist, all
    /// items are. The errors hold everything that was found, in its order, warnings among them; the
    /// sheet's [warnings](AnswerSheet::warnings) are there in either case.
    ///
    /// ```
    /// use digital_maturity::{Answer, Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let ids: Vec<&str> = pulse.questions().map(|question| question.id()).collect();
    /// let posted = Responses::from_form_pairs([(ids[0], "4"), (ids[1], "a lot")]);
    /// let (sheet, errors) = pulse.read_partial(&posted);
    /// assert_eq!(sheet.answer(ids[0]), Some(Answer::Whole(4)));
    /// assert_eq!(sheet.answer(ids[1]), Some(Answer::Unanswered));
    /// let findings: Vec<_> = errors.iter().flatten().collect();
    /// assert_eq!(findings[0].path().to_string(), format!("/{}", ids[1]));
    /// ```
    #[must_use]
    pub fn read_partial(&self, responses: &Responses) -> (AnswerSheet, Option<Errors>) {
        self.read_as(responses, true)
    }

    fn read_as(&self, responses: &Responses, lenient: bool) -> (AnswerSheet, Option<Errors>) {
        let read = read::read(self, &responses.document, lenient);
        match &responses.text {
            None => read,
            Some(text) => located(read, text),
        }
    }

    /// [`read`](Self::read) straight from a JSON text: the quickest way from answers to a sheet.
    ///
    /// # Errors
    ///
    /// One finding if the text is not JSON, else everything that is wrong with the answers.
    ///
    /// # Cost
    ///
    /// Linear in the length of the document; see
    /// [what each door costs](crate::guide::untrusted#what-it-costs).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let sheet = Questionnaire::dcx_pulse().read_json("{}")?;
    /// assert_eq!(sheet.answered(), 0);
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    pub fn read_json(&self, json: &str) -> Result<AnswerSheet, Errors> {
        whole(located(read::read(self, &Node::from_json(json)?, false), json))
    }
}

/// The same, with the place in that JSON text of whatever was found.
fn located(
    (mut sheet, errors): (AnswerSheet, Option<Errors>),
    text: &str,
) -> (AnswerSheet, Option<Errors>) {
    sheet.locate_warnings(text);
    (sheet, errors.map(|errors| errors.at(|findings| positions_in_json(text, findings))))
}

/// Everything that was read, or nothing.
fn whole((sheet, errors): (AnswerSheet, Option<Errors>)) -> Result<AnswerSheet, Errors> {
    errors.map_or(Ok(sheet), Err)
}
