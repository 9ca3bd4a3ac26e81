//! The answers to a questionnaire as JSON Schema, and how a form library shows them.

use serde_json::{Map, Value, json};

use super::field::{Field, Kind};
use super::points::{points_from, points_to};
use super::{Form, object};
use crate::questionnaire::{
    Comparison, Condition as Rule, End, Meeting, NonAnswer, Question, Range, Scale, ScaleSpec,
    ScaleUse, Start,
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
    /// all, else any list meets the comparison; and where it takes a validator more than 256
    /// comparisons to see that an earlier question is asked itself, it is taken to be. A form then shows
    /// a question too many, whose answer does not count.
    ///
    /// # Cost
    ///
    /// Linear in the document, with at most 100 values a comparison. A scale that questions share is
    /// written at most four times.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let schema = Questionnaire::dcx_pulse().form("en").answers_schema();
    /// assert_eq!(schema["properties"].as_object().unwrap().len(), 12);
    /// ```
    #[must_use]
    #[doc(alias("rjsf", "json_schema", "jsonforms"))]
    pub fn answers_schema(&self) -> Value {
        let mut schema = Schema { form: self, definitions: Map::new() };
        let mut costs = Vec::<u64>::new();
        let (mut properties, mut conditions) = (Map::new(), Vec::new());
        let mut conditional = Map::new();
        let mut ids = Vec::new();
        for (question, field) in self.in_order() {
            let id = question.id();
            ids.push(id);
            let property = schema.property(question, field);
            let mut cost = 0;
            if let Some(rule) = question.condition() {
                let condition = condition(question, rule, &costs, &mut cost);
                let (asked, answer) = (format!("asked_{id}"), format!("answer_{id}"));
                let answered = reference(&answer);
                conditions.push(json!({
                    "if": reference(&asked),
                    "then": { "properties": object([(id, answered.clone())]) },
                }));
                conditional.insert(id.to_owned(), answered);
                schema.definitions.insert(asked, condition);
                schema.definitions.insert(answer, property);
            } else {
                properties.insert(id.to_owned(), property);
            }
            costs.push(cost);
        }
        if !conditional.is_empty() {
            // What is no property is an answer all the same, or nothing.
            conditions.push(json!({ "if": { "properties": conditional }, "else": false }));
        }
        let mut whole = Map::new();
        whole.insert("type".to_owned(), "object".into());
        whole.insert("title".to_owned(), self.title.into());
        if let Some(description) = self.description {
            whole.insert("description".to_owned(), description.into());
        }
        whole.insert("properties".to_owned(), properties.into());
        whole.insert("propertyNames".to_owned(), json!({ "enum": ids }));
        if !conditions.is_empty() {
            whole.insert("allOf".to_owned(), conditions.into());
        }
        if !schema.definitions.is_empty() {
            whole.insert("$defs".to_owned(), schema.definitions.into());
        }
        whole.into()
    }

    /// How react-jsonschema-form shows the [answers schema](Self::answers_schema): the order of the
    /// fields, radio buttons and checkboxes, and, for a template of your own, the sections under
    /// `ui:options`.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    ///
    /// let ui = Questionnaire::dcx_pulse().form("en").ui_schema();
    /// assert_eq!(ui["case_view"]["ui:widget"], "radio");
    /// assert_eq!(ui["ui:options"]["sections"][0]["fields"].as_array().unwrap().len(), 3);
    /// ```
    #[must_use]
    #[doc(alias("rjsf", "uischema"))]
    pub fn ui_schema(&self) -> Value {
        let order: Vec<&str> = self.fields().map(|field| field.id).collect();
        let sections = self.sections.iter().map(|section| {
            let fields: Vec<&str> = section.fields.iter().map(|field| field.id).collect();
            json!({ "title": section.title, "fields": fields })
        });
        let sections: Vec<Value> = sections.collect();
        let mut ui = Map::new();
        ui.insert("ui:order".to_owned(), json!(order));
        ui.insert("ui:options".to_owned(), json!({ "sections": sections }));
        for field in self.fields() {
            let widget = match field.kind {
                Kind::Choice | Kind::YesNo => json!({ "ui:widget": "radio" }),
                Kind::Checklist => json!({ "ui:widget": "checkboxes" }),
                Kind::Measure => json!({}),
            };
            let is_split = matches!(field.kind, Kind::Checklist | Kind::Measure);
            let states = states(field).map(|_| json!({ "ui:widget": "hidden" }));
            let branches: Vec<Value> = [widget.clone()].into_iter().chain(states).collect();
            let of_field =
                if is_split && branches.len() > 1 { json!({ "anyOf": branches }) } else { widget };
            ui.insert(field.id.to_owned(), of_field);
        }
        ui.into()
    }
}

struct Schema<'s, 'f> {
    form: &'s Form<'f>,
    definitions: Map<String, Value>,
}

/// The states that a field offers, each with its title.
fn states<'s>(field: &'s Field<'_>) -> impl Iterator<Item = (NonAnswer, &'s str)> {
    field.choices.iter().filter_map(|choice| Some((choice.state?, choice.text)))
}

impl Schema<'_, '_> {
    /// The property of a question.
    fn property(&mut self, question: Question<'_>, field: &Field<'_>) -> Value {
        let spec = self.form.questionnaire.spec().questions.get(question.position());
        let mut property = match spec.map(|spec| &spec.scale) {
            Some(ScaleUse::Shared(name)) => {
                let mut key = format!("scale_{name}");
                for (state, _) in states(field) {
                    key += match state {
                        NonAnswer::NotApplicable => "-na",
                        NonAnswer::DontKnow => "-dk",
                    };
                }
                if !self.definitions.contains_key(&key) {
                    self.definitions.insert(key.clone(), answer(question, field).into());
                }
                Map::from_iter([("$ref".to_owned(), format!("#/$defs/{key}").into())])
            }
            _ => answer(question, field),
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
            let mut number = object([("type", json!("number"))]);
            start_of(&mut number, start);
            branches(number, field.number.as_ref().map_or("", |number| number.unit))
        }
    }
}

fn start_of(schema: &mut Map<String, Value>, start: Start) {
    let (key, number) = match start {
        Start::From(number) => ("minimum", number),
        Start::Above(number) => ("exclusiveMinimum", number),
    };
    schema.insert(key.to_owned(), json!(number));
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

/// A condition as a schema of all answers. `costs` are those of earlier questions, and `cost` becomes
/// the number of comparisons that it takes a validator.
fn condition(question: Question<'_>, rule: &Rule, costs: &[u64], cost: &mut u64) -> Value {
    let mut members = |members: &[Rule]| -> Vec<Value> {
        members.iter().map(|member| condition(question, member, costs, cost)).collect()
    };
    match rule {
        Rule::All(all) => json!({ "allOf": members(all) }),
        Rule::Any(any) => json!({ "anyOf": members(any) }),
        Rule::One(comparison) => {
            *cost += 1;
            let Some((of, met)) = comparison_met(question, comparison) else {
                return json!(false);
            };
            let met = json!({ "required": [of.id()], "properties": object([(of.id(), met)]) });
            let asked = costs.get(of.position()).copied().unwrap_or_default();
            if asked == 0 || asked > COMPARISONS {
                return met;
            }
            *cost += asked;
            json!({ "allOf": [reference(&format!("asked_{}", of.id())), met] })
        }
    }
}

/// The answers that meet a comparison.
fn comparison_met<'q>(
    question: Question<'q>,
    comparison: &Comparison,
) -> Option<(Question<'q>, Value)> {
    let (of, meeting) = Meeting::new(question, comparison)?;
    let items = match of.scoring() {
        Scale::Checklist(items) => items.as_slice(),
        _ => &[],
    };
    let met = match (meeting, of.scoring()) {
        (Meeting::Choices(positions), Scale::Choice(choices)) => {
            let values = positions.iter().filter_map(|position| choices.get(*position));
            any_value(&values.map(|(value, _)| json!(value)).collect::<Vec<_>>())
        }
        (Meeting::YesNo(answers), _) => {
            any_value(&answers.into_iter().map(Value::from).collect::<Vec<_>>())
        }
        (Meeting::Numbers(ranges), _) => {
            let mut ranges: Vec<Value> = ranges.iter().map(|range| within(*range)).collect();
            match (ranges.len(), ranges.pop()) {
                (_, None) => json!(false),
                (1, Some(range)) => range,
                (_, Some(last)) => {
                    ranges.push(last);
                    json!({ "anyOf": ranges })
                }
            }
        }
        (Meeting::Ticked(item), _) => json!({ "type": "array", "contains": { "enum": [item.id] } }),
        (Meeting::PointsFrom(points), _) => points_from(items, points),
        (Meeting::PointsTo(points), _) => points_to(items, points),
        (Meeting::Choices(_), _) => json!(false),
    };
    Some((of, met))
}

fn any_value(values: &[Value]) -> Value {
    // An `enum` of nothing is no schema in draft-07.
    if values.is_empty() { json!(false) } else { json!({ "enum": values }) }
}

fn within(range: Range) -> Value {
    let mut schema = object([("type", json!("number"))]);
    start_of(&mut schema, range.start);
    match range.end {
        None => {}
        Some(End::Below(number)) => {
            schema.insert("exclusiveMaximum".to_owned(), json!(number));
        }
        Some(End::AtMost(number)) => {
            schema.insert("maximum".to_owned(), json!(number));
        }
    }
    schema.into()
}
