//! The answers to a questionnaire as JSON Schema, and how a form library shows them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::field::{Field, Kind};
use super::json::{Json, What};
use super::lazy::{List, Object};
use super::points::{items_named, points_from, points_to};
use super::{Form, object};
use crate::questionnaire::{
    Condition as Rule, End, Meeting, NonAnswer, Question, Range, Scale, ScaleSpec, ScaleUse, Start,
    Test,
};

/// What takes a validator more comparisons than this is not looked at again from another condition.
const COMPARISONS: u64 = 256;

impl Form<'_> {
    /// A JSON Schema of the answers, for react-jsonschema-form, other form libraries, and to validate
    /// answers with: a flat object from question id to answer, as
    /// [`Questionnaire::read`](crate::Questionnaire::read) takes it. Titles and descriptions are in the
    /// language of the form. It uses keywords that draft-07 and 2020-12 share and states no `$schema`,
    /// so that either validator takes it.
    ///
    /// | question | schema |
    /// |---|---|
    /// | choice | `type` and `oneOf` of single values with titles; not `const`, which react-jsonschema-form 6 would fill in as answers that nobody gave |
    /// | yes or no | the same, of `true` and `false` |
    /// | checklist | a list of the ids of items |
    /// | measure | a number with its least, the unit in the title |
    /// | "not applicable", "don't know" | one more value; of checklists and measures a branch of `anyOf` |
    /// | with a condition | `if` the condition is met, `then` it is a property; see below |
    ///
    /// What it says and [`read`](crate::Questionnaire::read) says is the same: each accepts what the
    /// other does, with these exceptions.
    ///
    /// - `null` for an answer that is not given is refused: leave the key out.
    /// - Envelopes, comments and repeated keys are not described.
    /// - An answer to a question that is not asked is accepted by both; `read` warns.
    ///
    /// Whether a question is a property follows the conditions exactly, but for two bounds: points of a
    /// checklist with items of different points become sets of items that name at most 100 items in
    /// all (and beyond 200 such comparisons, fewer), else any list meets the comparison; and where it takes a validator more than 256
    /// comparisons to see that an earlier question is asked itself, it is taken to be. A form then shows
    /// a question too many, whose answer does not count.
    ///
    /// # Cost
    ///
    /// Linear in the document: what comparisons list is [bounded](crate::spec::Limits::entries). A scale
    /// that questions share is written at most four times.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let schema = serde_json::to_value(Questionnaire::dcx_pulse().form("en").answers_schema())?;
    /// assert_eq!(schema["properties"].as_object().unwrap().len(), 12);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    #[doc(alias("rjsf", "json_schema", "jsonforms"))]
    pub fn answers_schema(&self) -> Json<'_> {
        Json::new(self, What::AnswersSchema)
    }

    /// How react-jsonschema-form shows the [answers schema](Self::answers_schema): the order of the
    /// fields, radio buttons and checkboxes, and, for a template of your own, the sections under
    /// `ui:options`.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let ui = serde_json::to_value(Questionnaire::dcx_pulse().form("en").ui_schema())?;
    /// assert_eq!(ui["case_view"]["ui:widget"], "radio");
    /// assert_eq!(ui["ui:options"]["sections"][0]["fields"].as_array().unwrap().len(), 3);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    #[doc(alias("rjsf", "uischema"))]
    pub fn ui_schema(&self) -> Json<'_> {
        Json::new(self, What::UiSchema)
    }
}

pub(super) fn answers_schema<S: Serializer>(form: &Form<'_>, to: S) -> Result<S::Ok, S::Error> {
    Schema::new(form).serialize(to)
}

pub(super) fn ui_schema<S: Serializer>(form: &Form<'_>, to: S) -> Result<S::Ok, S::Error> {
    let order: Vec<&str> = form.fields().map(|field| field.id).collect();
    let sections = form.sections.iter().map(|section| {
        let fields: Vec<&str> = section.fields.iter().map(|field| field.id).collect();
        json!({ "title": section.title, "fields": fields })
    });
    let sections: Vec<Value> = sections.collect();
    let whole =
        [("ui:order", json!(order)), ("ui:options", json!({ "sections": sections }))].into_iter();
    to.collect_map(whole.chain(form.fields().map(|field| (field.id, shown(field)))))
}

/// How a field is shown.
fn shown(field: &Field<'_>) -> Value {
    let widget = match field.kind {
        Kind::Choice | Kind::YesNo => json!({ "ui:widget": "radio" }),
        Kind::Checklist => json!({ "ui:widget": "checkboxes" }),
        Kind::Measure => json!({}),
    };
    let is_split = matches!(field.kind, Kind::Checklist | Kind::Measure);
    let states = states(field).map(|_| json!({ "ui:widget": "hidden" }));
    let branches: Vec<Value> = [widget.clone()].into_iter().chain(states).collect();
    if is_split && branches.len() > 1 { json!({ "anyOf": branches }) } else { widget }
}

/// The schema of the answers, to be written.
struct Schema<'s> {
    form: &'s Form<'s>,
    fields: Vec<(Question<'s>, &'s Field<'s>)>,
    /// Of each question, how many comparisons it takes a validator to see that it is asked.
    costs: Vec<u64>,
    /// The definitions of shared scales, each with the place of the first field that has it.
    scales: BTreeMap<String, usize>,
    /// How many items a comparison of points may name.
    named: usize,
}

#[derive(Serialize)]
struct Whole<'s, P, N, C, D> {
    r#type: &'static str,
    title: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'s str>,
    properties: P,
    #[serde(rename = "propertyNames")]
    names: OneOf<N>,
    #[serde(rename = "allOf", skip_serializing_if = "Option::is_none")]
    conditions: Option<C>,
    #[serde(rename = "$defs", skip_serializing_if = "Option::is_none")]
    definitions: Option<D>,
}

#[derive(Serialize)]
struct OneOf<N> {
    r#enum: N,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Definition<'s> {
    Answer(Value),
    Asked(Asked<'s>),
}

impl Serialize for Schema<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let with_conditions = || {
            let fields = self.fields.iter();
            fields.filter_map(|(question, field)| Some((*question, *field, question.condition()?)))
        };
        let has_conditions = with_conditions().next().is_some();
        let answered = |id| reference(&format!("answer_{id}"));
        let properties = Object(|| {
            let always = self.fields.iter().filter(|(question, _)| question.condition().is_none());
            always.map(|(question, field)| (question.id(), self.property(*question, field)))
        });
        let conditions = List(|| {
            let each = with_conditions().map(move |(question, ..)| {
                let id = question.id();
                json!({
                    "if": reference(&format!("asked_{id}")),
                    "then": { "properties": object([(id, answered(id))]) },
                })
            });
            // What is no property is an answer all the same, or nothing.
            let conditional = with_conditions().map(|(question, ..)| question.id());
            let conditional: Map<_, _> =
                conditional.map(|id| (id.to_owned(), answered(id))).collect();
            each.chain([json!({ "if": { "properties": conditional }, "else": false })])
        });
        let definitions = Object(|| {
            let scales = self.scales.iter().filter_map(|(key, position)| {
                let (question, field) = self.fields.get(*position)?;
                Some((Cow::from(key), Definition::Answer(answer(*question, field).into())))
            });
            let asked = with_conditions().map(|(question, _, rule)| {
                let asked = Asked { schema: self, question, rule };
                (format!("asked_{}", question.id()).into(), Definition::Asked(asked))
            });
            let answers = with_conditions().map(|(question, field, _)| {
                let property = self.property(question, field);
                (format!("answer_{}", question.id()).into(), Definition::Answer(property))
            });
            scales.chain(asked).chain(answers)
        });
        Whole {
            r#type: "object",
            title: self.form.title,
            description: self.form.description,
            properties,
            names: OneOf { r#enum: List(|| self.fields.iter().map(|(question, _)| question.id())) },
            conditions: has_conditions.then_some(conditions),
            definitions: (has_conditions || !self.scales.is_empty()).then_some(definitions),
        }
        .serialize(serializer)
    }
}

/// The states that a field offers, each with its title.
fn states<'s>(field: &'s Field<'_>) -> impl Iterator<Item = (NonAnswer, &'s str)> {
    field.choices.iter().filter_map(|choice| Some((choice.state?, choice.text)))
}

impl<'s> Schema<'s> {
    fn new(form: &'s Form<'s>) -> Self {
        let fields = form.in_order();
        let (mut costs, mut scales) = (Vec::new(), BTreeMap::new());
        let mut comparisons = 0;
        for (position, (question, field)) in fields.iter().enumerate() {
            let compared = question.condition().map(Rule::comparisons).unwrap_or_default();
            let looked_at = compared.iter().map(|of| 1 + looked_at(&costs, of.question));
            costs.push(looked_at.sum());
            comparisons += compared.iter().filter(|of| !matches!(of.test, Test::Ticked(_))).count();
            if let Some(key) = shared_scale(form, *question, field) {
                scales.entry(key).or_insert(position);
            }
        }
        Self { form, fields, costs, scales, named: items_named(comparisons) }
    }

    /// The property of a question.
    fn property(&self, question: Question<'_>, field: &Field<'_>) -> Value {
        let mut property = match shared_scale(self.form, question, field) {
            Some(key) => Map::from_iter([("$ref".to_owned(), format!("#/$defs/{key}").into())]),
            None => answer(question, field),
        };
        let title = match &field.number {
            Some(number) => format!("{} ({})", field.title, number.unit),
            None => field.title.to_owned(),
        };
        property.insert("title".to_owned(), title.into());
        if let Some(guidance) = field.guidance {
            property.insert("description".to_owned(), guidance.into());
        }
        property.into()
    }
}

/// A condition as a schema of all answers. What a question is compared with can be sixty ranges, so it
/// is written as it is found; keys stand in the order of the alphabet, as everywhere in the schema.
#[derive(Clone, Copy)]
struct Asked<'s> {
    schema: &'s Schema<'s>,
    question: Question<'s>,
    rule: &'s Rule,
}

impl<'s> Serialize for Asked<'s> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let each = |rules: &'s [Rule]| List(|| rules.iter().map(|rule| Asked { rule, ..*self }));
        match self.rule {
            Rule::All(all) => Object(|| [("allOf", each(all))]).serialize(serializer),
            Rule::Any(any) => Object(|| [("anyOf", each(any))]).serialize(serializer),
            Rule::One(comparison) => {
                let Some((of, meeting)) = Meeting::new(self.question, comparison) else {
                    return false.serialize(serializer);
                };
                let met = Met { of, meeting, named: self.schema.named };
                let given = Given { properties: Object(|| [(of.id(), &met)]), required: [of.id()] };
                if looked_at(&self.schema.costs, comparison.question) == 0 {
                    return given.serialize(serializer);
                }
                let both = (reference(&format!("asked_{}", of.id())), given);
                Object(|| [("allOf", &both)]).serialize(serializer)
            }
        }
    }
}

/// Answers of which one is required, and is such and such.
#[derive(Serialize)]
struct Given<'s, P> {
    properties: P,
    required: [&'s str; 1],
}

/// The answers that meet a comparison.
struct Met<'s> {
    of: Question<'s>,
    meeting: Meeting<'s>,
    named: usize,
}

impl Serialize for Met<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = match self.of.scoring() {
            Scale::Checklist(items) => items.as_slice(),
            _ => &[],
        };
        match (&self.meeting, self.of.scoring()) {
            // An `enum` of nothing is no schema in draft-07.
            (Meeting::Choices(positions), Scale::Choice(choices)) if !positions.is_empty() => {
                let values = || positions.iter().filter_map(|position| choices.get(*position));
                let values = List(|| values().map(|(value, _)| value));
                OneOf { r#enum: values }.serialize(serializer)
            }
            (Meeting::YesNo(answers), _) if !answers.is_empty() => {
                OneOf { r#enum: answers }.serialize(serializer)
            }
            (Meeting::Choices(_) | Meeting::YesNo(_), _) => false.serialize(serializer),
            (Meeting::Numbers(ranges), _) => match ranges.as_slice() {
                [] => false.serialize(serializer),
                [range] => Within::from(*range).serialize(serializer),
                ranges => {
                    let ranges = List(|| ranges.iter().map(|range| Within::from(*range)));
                    Object(|| [("anyOf", &ranges)]).serialize(serializer)
                }
            },
            (Meeting::Ticked(item), _) => {
                let contains = OneOf { r#enum: [&item.id] };
                Ticked { contains, r#type: "array" }.serialize(serializer)
            }
            (Meeting::PointsFrom(points), _) => {
                points_from(items, *points, self.named).serialize(serializer)
            }
            (Meeting::PointsTo(points), _) => {
                points_to(items, *points, self.named).serialize(serializer)
            }
        }
    }
}

/// Lists in which an item is ticked.
#[derive(Serialize)]
struct Ticked<'s> {
    contains: OneOf<[&'s String; 1]>,
    r#type: &'static str,
}

/// Numbers of a range.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Within {
    #[serde(skip_serializing_if = "Option::is_none")]
    exclusive_maximum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exclusive_minimum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    r#type: &'static str,
}

impl From<Range> for Within {
    fn from(range: Range) -> Self {
        let mut within = Self { r#type: "number", ..Self::default() };
        match range.start {
            Start::From(number) => within.minimum = Some(number),
            Start::Above(number) => within.exclusive_minimum = Some(number),
        }
        match range.end {
            None => {}
            Some(End::Below(number)) => within.exclusive_maximum = Some(number),
            Some(End::AtMost(number)) => within.maximum = Some(number),
        }
        within
    }
}

/// How many comparisons a validator is led to, to see that the question there is asked.
fn looked_at(costs: &[u64], position: usize) -> u64 {
    costs.get(position).copied().filter(|cost| *cost <= COMPARISONS).unwrap_or_default()
}

/// The name of the definition of a scale that the question shares: the same with other states is
/// another.
fn shared_scale(form: &Form<'_>, question: Question<'_>, field: &Field<'_>) -> Option<String> {
    match &form.questionnaire.spec().questions.get(question.position())?.scale {
        ScaleUse::Own(_) => None,
        ScaleUse::Shared(name) => {
            let mut key = format!("scale_{name}");
            for (state, _) in states(field) {
                key += match state {
                    NonAnswer::NotApplicable => "-na",
                    NonAnswer::DontKnow => "-dk",
                };
            }
            Some(key)
        }
    }
}

/// What a question takes, without its title.
fn answer(question: Question<'_>, field: &Field<'_>) -> Map<String, Value> {
    let titled = |(value, title): (Value, &str)| json!({ "enum": [value], "title": title });
    let states = || states(field).map(|(state, title)| (json!(state), title));
    let texts = field.choices.iter().map(|choice| choice.text);
    let one_of = |kind: &str, values: Vec<Value>| {
        let with_states =
            if states().next().is_some() { json!([kind, "string"]) } else { json!(kind) };
        let all: Vec<Value> = values.into_iter().chain(states().map(titled)).collect();
        object([("type", with_states), ("oneOf", all.into())])
    };
    let branches = |mut value: Map<String, Value>, title: &str| {
        if states().next().is_none() {
            return value;
        }
        value.insert("title".to_owned(), title.into());
        // Whoever chooses the branch has given the answer, so that it may be filled in. A `const` or an
        // `enum` of one would do, but react-jsonschema-form 6 takes such branches for all values there
        // are, and drops the answers of others when another field changes.
        let state = |(state, title): (Value, &str)| {
            let pattern = format!("^{}$", state.as_str().unwrap_or_default());
            json!({ "type": "string", "pattern": pattern, "default": state, "title": title })
        };
        let all: Vec<Value> = [value.into()].into_iter().chain(states().map(state)).collect();
        object([("anyOf", all.into())])
    };
    match question.scale() {
        ScaleSpec::Choice { choices } => {
            let values = choices.iter().map(|choice| json!(choice.value)).zip(texts).map(titled);
            one_of("integer", values.collect())
        }
        ScaleSpec::YesNo => one_of(
            "boolean",
            [json!(true), json!(false)].into_iter().zip(texts).map(titled).collect(),
        ),
        ScaleSpec::Checklist { items } => {
            let items: Vec<Value> =
                items.iter().map(|item| json!(item.id)).zip(texts).map(titled).collect();
            let list = object([
                ("type", json!("array")),
                ("items", json!({ "type": "string", "oneOf": items })),
                ("uniqueItems", json!(true)),
            ]);
            branches(list, field.tick)
        }
        ScaleSpec::Measure { bands, .. } => {
            let start = bands.first().map_or(Start::From(0.0), |band| band.start);
            let number = json!(Within::from(Range { start, end: None }));
            let number = number.as_object().cloned().unwrap_or_default();
            branches(number, field.number.as_ref().map_or("", |number| number.unit))
        }
    }
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}
