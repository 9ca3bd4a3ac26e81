//! A questionnaire for `SurveyJS`.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::field::{Field, Kind};
use super::json::{Json, What};
use super::lazy::List;
use super::{Form, object};
use crate::pillar::Pillar;
use crate::questionnaire::{
    Comparison, Condition as Rule, End, Item, Meeting, Question, Range, Scale, ScaleSpec, Start,
    Test,
};
use crate::words::fill;

impl Form<'_> {
    /// The questionnaire for `SurveyJS` (tried with survey-core 3.1), in the language of the form: a
    /// page for each pillar. What its survey says at the end, `survey.data`, goes into
    /// [`Questionnaire::read_lenient`](crate::Questionnaire::read_lenient) as it is, comments among it.
    ///
    /// Nothing is required. "None of these", "not applicable" and "don't know" are choices that exclude
    /// the others; for a number they stand in a question of their own, named `id[]`. Conditions are
    /// `visibleIf`, points of checklists `calculatedValues` named `id-points`; answers are cleared when
    /// their questions are hidden. The glossary is left out. `SurveyJS` takes `{name}` in a text for a
    /// variable.
    ///
    /// # Cost
    ///
    /// Linear in the document: a scale that questions share is written for each of them, which is
    /// [bounded](crate::spec::Limits::entries), and so is what comparisons list.
    ///
    /// ```
    /// use digital_maturity::{Answer, Questionnaire, Responses};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let survey = serde_json::to_value(pulse.form("en").survey_json())?;
    /// assert_eq!(survey["pages"][0]["elements"][0]["type"], "radiogroup");
    ///
    /// let data = r#"{ "case_view": "dont_know", "case_view-Comment": "ask Ann" }"#;
    /// let sheet = pulse.read_lenient(&Responses::from_json(data)?)?;
    /// assert_eq!(sheet.answer("case_view"), Some(Answer::DontKnow));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[doc(alias("surveyjs"))]
    pub fn survey_json(&self) -> Json<'_> {
        Json::new(self, What::Survey)
    }

    /// The questions that a field becomes.
    fn elements(&self, field: &Field<'_>) -> Vec<Value> {
        let Some(question) = self.questionnaire.question_at(field.position) else {
            return Vec::new();
        };
        let kind = match field.kind {
            Kind::Choice | Kind::YesNo => "radiogroup",
            Kind::Checklist => "checkbox",
            Kind::Measure => "text",
        };
        let mut element = object([
            ("type", json!(kind)),
            ("name", json!(field.id)),
            ("title", json!(field.title)),
            ("isRequired", json!(false)),
            ("showCommentArea", json!(true)),
            ("commentText", json!(self.comment)),
        ]);
        if let Some(guidance) = field.guidance {
            element.insert("description".to_owned(), guidance.into());
        }
        let visible_if = question.condition().map(|rule| expression(question, rule));
        if let Some(visible_if) = &visible_if {
            element.insert("visibleIf".to_owned(), json!(visible_if));
        }
        let Some(number) = &field.number else {
            element.insert("choices".to_owned(), choices(question, field));
            if kind == "radiogroup" {
                element.insert("showClearButton".to_owned(), json!(true));
            }
            return vec![element.into()];
        };
        element.insert("title".to_owned(), format!("{} ({})", field.title, number.unit).into());
        element.insert("inputType".to_owned(), json!("number"));
        element.insert("step".to_owned(), json!("any"));
        element.insert("min".to_owned(), json!(number.min));
        if number.above {
            let least = self.words.measured(number.min);
            let text = fill!(self.words.hint_more_than, number = least, unit = number.unit);
            let more = format!("{{{}}} > {}", field.id, number.min);
            let validator = json!({ "type": "expression", "expression": more, "text": text });
            element.insert("validators".to_owned(), json!([validator]));
        }
        let mut elements = vec![Value::from(element)];
        if !field.choices.is_empty() {
            let mut states = object([
                ("type", json!("checkbox")),
                ("name", json!(format!("{}[]", field.id))),
                ("titleLocation", json!("hidden")),
                ("title", json!(field.title)),
                ("isRequired", json!(false)),
                ("choices", choices(question, field)),
            ]);
            if let Some(visible_if) = visible_if {
                states.insert("visibleIf".to_owned(), visible_if.into());
            }
            elements.push(states.into());
        }
        elements
    }

    /// The checklists that some condition counts the points of, in the order of the questionnaire.
    fn counted(&self) -> Vec<Question<'_>> {
        let rules = self.questionnaire.questions().filter_map(|question| question.condition());
        let compared = rules.flat_map(Rule::comparisons);
        let compared = compared.filter(|of| !matches!(of.test, Test::Ticked(_)));
        let positions: BTreeSet<usize> = compared.map(|of| of.question).collect();
        let questions = positions.iter().filter_map(|at| self.questionnaire.question_at(*at));
        questions.filter(|of| matches!(of.scoring(), Scale::Checklist(_))).collect()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Survey<'s, P, C> {
    title: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'s str>,
    locale: &'s str,
    clear_invisible_values: &'static str,
    comment_area_rows: u8,
    pages: P,
    #[serde(skip_serializing_if = "Option::is_none")]
    calculated_values: Option<C>,
}

#[derive(Serialize)]
struct Page<'s, E> {
    name: Pillar,
    title: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'s str>,
    elements: E,
}

pub(super) fn survey<S: Serializer>(form: &Form<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let counted = form.counted();
    let survey = Survey {
        title: form.title,
        description: form.description,
        locale: form.language,
        clear_invisible_values: "onHidden",
        comment_area_rows: 2,
        pages: List(|| {
            form.sections.iter().enumerate().map(|(at, section)| Page {
                name: section.pillar,
                title: section.title,
                description: form.instructions.filter(|_| at == 0),
                elements: List(|| section.fields.iter().flat_map(|field| form.elements(field))),
            })
        }),
        calculated_values: Some(List(|| counted.iter().map(|question| points(*question))))
            .filter(|_| !counted.is_empty()),
    };
    survey.serialize(serializer)
}

/// The choices of a field with their values as in an answers document.
fn choices(question: Question<'_>, field: &Field<'_>) -> Value {
    let values: Vec<Value> = match question.scale() {
        ScaleSpec::Choice { choices } => choices.iter().map(|of| json!(of.value)).collect(),
        ScaleSpec::YesNo => vec![json!(true), json!(false)],
        // A blank in a list is nothing ticked; an empty text is no value here.
        ScaleSpec::Checklist { items } => {
            items.iter().map(|item| json!(item.id)).chain([json!(" ")]).collect()
        }
        ScaleSpec::Measure { .. } => Vec::new(),
    };
    let items = if field.kind == Kind::Checklist { values.len().saturating_sub(1) } else { 0 };
    let states = field.choices.iter().filter_map(|choice| choice.state).map(|state| json!(state));
    let values = values.into_iter().chain(states);
    let choice = |(position, (value, choice)): (usize, (Value, &super::Choice<'_>))| {
        let mut object = object([("value", value), ("text", json!(choice.text))]);
        if matches!(field.kind, Kind::Checklist | Kind::Measure) && position >= items {
            object.insert("isExclusive".to_owned(), json!(true));
        }
        Value::from(object)
    };
    values.zip(&field.choices).enumerate().map(choice).collect()
}

/// The points of a checklist as a value that is calculated: -1 without an answer by items.
fn points(question: Question<'_>) -> Value {
    let id = question.id();
    let items = match question.scoring() {
        Scale::Checklist(items) => items.as_slice(),
        _ => &[],
    };
    let worth = |item: &Item| format!("iif({{{id}}} contains '{}', {}, 0)", item.id, item.points);
    let sum: Vec<String> = items.iter().map(worth).collect();
    let none = format!(
        "{{{id}}} empty or {{{id}}} contains 'not_applicable' or {{{id}}} contains 'dont_know'"
    );
    let expression = format!("iif({none}, -1, {})", sum.join(" + "));
    json!({ "name": format!("{id}-points"), "expression": expression })
}

/// A condition as an expression.
fn expression(question: Question<'_>, rule: &Rule) -> String {
    let joined = |members: &[Rule], word: &str| {
        let members: Vec<String> = members.iter().map(|of| expression(question, of)).collect();
        format!("({})", members.join(word))
    };
    match rule {
        Rule::All(all) => joined(all, " and "),
        Rule::Any(any) => joined(any, " or "),
        Rule::One(comparison) => compared(question, comparison),
    }
}

/// What no answer meets.
const NEVER: &str = "(1 = 2)";

fn compared(question: Question<'_>, comparison: &Comparison) -> String {
    let Some((of, meeting)) = Meeting::new(question, comparison) else { return NEVER.to_owned() };
    let id = of.id();
    let any_of = |values: Vec<String>| {
        if values.is_empty() {
            return NEVER.to_owned();
        }
        format!("({{{id}}} anyof [{}])", values.join(", "))
    };
    match (meeting, of.scoring()) {
        (Meeting::Choices(positions), Scale::Choice(choices)) => {
            let values = positions.iter().filter_map(|position| choices.get(*position));
            any_of(values.map(|(value, _)| value.to_string()).collect())
        }
        (Meeting::Choices(_), _) => NEVER.to_owned(),
        (Meeting::YesNo(answers), _) => any_of(answers.iter().map(bool::to_string).collect()),
        (Meeting::Numbers(ranges), _) => {
            let ranges: Vec<String> = ranges.iter().map(|range| within(id, *range)).collect();
            if ranges.is_empty() { NEVER.to_owned() } else { format!("({})", ranges.join(" or ")) }
        }
        (Meeting::Ticked(item), _) => format!("({{{id}}} contains '{}')", item.id),
        (Meeting::PointsFrom(points), _) => format!("({{{id}-points}} >= {points})"),
        (Meeting::PointsTo(points), _) => {
            format!("({{{id}-points}} >= 0 and {{{id}-points}} <= {points})")
        }
    }
}

/// Numbers are written without exponents, which expressions do not have.
fn within(id: &str, range: Range) -> String {
    let start = match range.start {
        Start::From(number) => format!("{{{id}}} >= {number}"),
        Start::Above(number) => format!("{{{id}}} > {number}"),
    };
    let end = match range.end {
        None => String::new(),
        Some(End::Below(number)) => format!(" and {{{id}}} < {number}"),
        Some(End::AtMost(number)) => format!(" and {{{id}}} <= {number}"),
    };
    format!("({{{id}}} notempty and {start}{end})")
}
