//! From a document to a [`QuestionnaireSpec`]: everything that can be told from one place alone.

use std::collections::BTreeMap;

use super::ladder::{Ladder, LadderTable, Requirement};
use super::spec::{
    BandSpec, ChoiceSpec, ConditionSpec, Effort, FamilySpec, ItemSpec, LadderSpec, Method,
    NonAnswer, PillarSpec, Points, QuestionSpec, QuestionnaireSpec, ScaleSpec, ScaleUse,
    SchemaVersion, ThemeSpec,
};
use crate::diagnostic::{Excerpt, Problem};
use crate::document::{At, Node, Place, Reader};
use crate::names::{is_id, named};
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::text::Text;

const MOST_QUESTIONS: usize = 1000;
const MOST_THEMES: usize = 256;
const MOST_SCALES: usize = 1000;
const MOST_OF_A_SCALE: usize = 100;
const LONGEST_NAME: usize = 1000;

/// The document as it says. What is wrong is noted, and what stands for it means nothing: ask
/// [`Reader::sound`] before relying on it.
pub(crate) fn questionnaire(reader: &mut Reader, at: At<'_>) -> Option<QuestionnaireSpec> {
    let mut fields = reader.fields(at)?;
    fields.required(reader, "schema", schema);
    let spec = QuestionnaireSpec {
        schema: SchemaVersion::V1,
        id: fields.required(reader, "id", Reader::id).unwrap_or_default(),
        version: fields.required(reader, "version", version).unwrap_or_default(),
        title: fields.required(reader, "title", text).unwrap_or_default(),
        description: fields.optional(reader, "description", text),
        pillars: fields.optional(reader, "pillars", pillars).unwrap_or_default(),
        stages: fields.optional(reader, "stages", stages).unwrap_or_default(),
        method: fields.optional(reader, "method", method).unwrap_or_default(),
        families: fields.optional(reader, "families", families).unwrap_or_default(),
        themes: fields.optional(reader, "themes", themes).unwrap_or_default(),
        scales: fields.optional(reader, "scales", scales).unwrap_or_default(),
        questions: fields.required(reader, "questions", questions).unwrap_or_default(),
    };
    fields.finish(reader);
    Some(spec)
}

fn schema(reader: &mut Reader, at: At<'_>) -> Option<SchemaVersion> {
    if at.node.whole() == Some(1) {
        return Some(SchemaVersion::V1);
    }
    let found = at.node.describe();
    reader.error(at.place, Problem::UnsupportedSchema { found });
    None
}

fn version(reader: &mut Reader, at: At<'_>) -> Option<String> {
    let version = reader.text(at)?;
    if semver::Version::parse(version).is_err() {
        reader.error(at.place, Problem::InvalidVersion { found: Excerpt::new(version) });
    }
    Some(version.to_owned())
}

/// A string, or an object of strings by language with a `default`.
fn text(reader: &mut Reader, at: At<'_>) -> Option<Text> {
    match at.node {
        Node::Text(_) => reader.owned_text(at).map(Text::from),
        Node::Map(_) => {
            let mut default = None;
            let mut translations = BTreeMap::new();
            for (key, node) in reader.entries(at)? {
                let place = at.place.key(key);
                let text = reader.owned_text(At { node, place: &place });
                if key == "default" {
                    default = Some(text.unwrap_or_default());
                } else if oxilangtag::LanguageTag::parse(key).is_err() {
                    let found = Excerpt::new(key);
                    reader.error(&place, Problem::InvalidLanguage { found });
                } else {
                    translations.insert(key.to_owned(), text.unwrap_or_default());
                }
            }
            if default.is_none() {
                reader.error(at.place, Problem::MissingKey { key: "default" });
            }
            default.map(|default| Text { default, translations })
        }
        _ => {
            reader.wrong_type(at, "a text, or an object of texts by language");
            None
        }
    }
}

fn pillars(reader: &mut Reader, at: At<'_>) -> Option<BTreeMap<Pillar, PillarSpec>> {
    let mut pillars = BTreeMap::new();
    for (key, node) in reader.entries(at)? {
        let place = at.place.key(key);
        // The key is looked up like any text, so that an unknown one is reported the same way.
        let name = Node::Text(key.into());
        let pillar = reader.name(At { node: &name, place: &place });
        let spec = pillar_spec(reader, At { node, place: &place });
        if let (Some(pillar), Some(spec)) = (pillar, spec) {
            pillars.insert(pillar, spec);
        }
    }
    Some(pillars)
}

fn pillar_spec(reader: &mut Reader, at: At<'_>) -> Option<PillarSpec> {
    let mut fields = reader.fields(at)?;
    let weight = fields.required(reader, "weight", Reader::weight).unwrap_or_default();
    fields.finish(reader);
    Some(PillarSpec { weight })
}

fn stages(reader: &mut Reader, at: At<'_>) -> Option<LadderSpec> {
    match at.node {
        Node::Text(_) => reader.name(at).map(LadderSpec::Preset),
        Node::Map(_) => {
            let mut fields = reader.fields(at)?;
            let bridge = fields.required(reader, "bridge", requirement);
            let hubs = fields.required(reader, "hubs", requirement);
            let platform = fields.required(reader, "platform", requirement);
            let native = fields.required(reader, "native", requirement);
            fields.finish(reader);
            let table =
                LadderTable { bridge: bridge?, hubs: hubs?, platform: platform?, native: native? };
            Ladder::check(&table, reader, at.place);
            Some(LadderSpec::Table(table))
        }
        _ => {
            reader.wrong_type(at, "the name of a ladder, or a table of stages");
            None
        }
    }
}

fn requirement(reader: &mut Reader, at: At<'_>) -> Option<Requirement> {
    let mut fields = reader.fields(at)?;
    let overall = fields.required(reader, "overall", bound);
    let every_pillar = fields.required(reader, "every_pillar", bound);
    fields.finish(reader);
    Some(Requirement { overall: overall?, every_pillar: every_pillar? })
}

fn bound(reader: &mut Reader, at: At<'_>) -> Option<Score> {
    reader.score(at, "bound")
}

fn method(reader: &mut Reader, at: At<'_>) -> Option<Method> {
    let mut fields = reader.fields(at)?;
    let standard = Method::default();
    let coverage = |reader: &mut Reader, at: At<'_>| reader.score(at, "coverage");
    let method = Method {
        aggregation: fields.optional(reader, "aggregation", Reader::name).unwrap_or_default(),
        unanswered: fields.optional(reader, "unanswered", Reader::name).unwrap_or_default(),
        dont_know: fields.optional(reader, "dont_know", Reader::name).unwrap_or_default(),
        minimum_coverage: fields
            .optional(reader, "minimum_coverage", coverage)
            .unwrap_or(standard.minimum_coverage),
    };
    fields.finish(reader);
    Some(method)
}

fn families(reader: &mut Reader, at: At<'_>) -> Option<Vec<FamilySpec>> {
    reader.list(at, "families", (0, MOST_THEMES), |reader, at| {
        let mut family =
            FamilySpec { id: String::new(), title: Text::default(), description: None };
        if let Some(mut fields) = reader.fields(at) {
            family.id = fields.required(reader, "id", Reader::id).unwrap_or_default();
            family.title = fields.required(reader, "title", text).unwrap_or_default();
            family.description = fields.optional(reader, "description", text);
            fields.finish(reader);
        }
        family
    })
}

fn themes(reader: &mut Reader, at: At<'_>) -> Option<Vec<ThemeSpec>> {
    reader.list(at, "themes", (0, MOST_THEMES), |reader, at| {
        let mut theme = ThemeSpec {
            id: String::new(),
            family: String::new(),
            title: Text::default(),
            description: None,
        };
        if let Some(mut fields) = reader.fields(at) {
            theme.id = fields.required(reader, "id", Reader::id).unwrap_or_default();
            theme.family = fields.required(reader, "family", Reader::id).unwrap_or_default();
            theme.title = fields.required(reader, "title", text).unwrap_or_default();
            theme.description = fields.optional(reader, "description", text);
            fields.finish(reader);
        }
        theme
    })
}

fn scales(reader: &mut Reader, at: At<'_>) -> Option<BTreeMap<String, ScaleSpec>> {
    let entries = reader.entries(at)?;
    let found = entries.len();
    if found > MOST_SCALES {
        let problem = Problem::TooMany { what: "shared scales", found, most: MOST_SCALES };
        reader.error(at.place, problem);
    }
    let mut scales = BTreeMap::new();
    for (key, node) in entries.into_iter().take(MOST_SCALES) {
        let place = at.place.key(key);
        if !is_id(key) {
            reader.error(&place, Problem::InvalidId { found: Excerpt::new(key) });
        }
        // What has a name of megabytes is not looked into: each finding would repeat it.
        let scale =
            if key.len() > LONGEST_NAME { None } else { scale(reader, At { node, place: &place }) };
        // A scale that cannot be read is still the one that questions name.
        scales.insert(key.to_owned(), scale.unwrap_or(ScaleSpec::YesNo {}));
    }
    Some(scales)
}

/// The kinds of scale, as a name in a document.
enum Kind {
    Choice,
    YesNo,
    Checklist,
    Measure,
}

named!(private Kind, "kind of scale", [
    Choice => "choice",
    YesNo => "yes_no",
    Checklist => "checklist",
    Measure => "measure",
]);

fn scale(reader: &mut Reader, at: At<'_>) -> Option<ScaleSpec> {
    let mut fields = reader.fields(at)?;
    // Without a kind, nothing can be said about the other keys.
    let scale = match fields.required(reader, "kind", Reader::name)? {
        Kind::Choice => ScaleSpec::Choice {
            choices: fields.required(reader, "choices", choices).unwrap_or_default(),
        },
        Kind::YesNo => ScaleSpec::YesNo {},
        Kind::Checklist => ScaleSpec::Checklist {
            items: fields.required(reader, "items", items).unwrap_or_default(),
        },
        Kind::Measure => ScaleSpec::Measure {
            unit: fields.required(reader, "unit", text).unwrap_or_default(),
            bands: fields.required(reader, "bands", bands).unwrap_or_default(),
        },
    };
    fields.finish(reader);
    Some(scale)
}

fn credit(reader: &mut Reader, at: At<'_>) -> Option<Score> {
    reader.score(at, "credit")
}

fn choices(reader: &mut Reader, at: At<'_>) -> Option<Vec<ChoiceSpec>> {
    let (mut with_credit, mut without) = (false, Vec::new());
    let mut index = 0;
    let choices = reader.list(at, "choices", (2, MOST_OF_A_SCALE), |reader, at| {
        let mut choice = ChoiceSpec { value: 0, text: Text::default(), credit: None, advice: None };
        if let Some(mut fields) = reader.fields(at) {
            if fields.has("credit") {
                with_credit = true;
            } else {
                without.push(index);
            }
            choice.value = fields.required(reader, "value", Reader::value).unwrap_or_default();
            choice.text = fields.required(reader, "text", text).unwrap_or_default();
            choice.credit = fields.optional(reader, "credit", credit);
            choice.advice = fields.optional(reader, "advice", text);
            fields.finish(reader);
        }
        index += 1;
        choice
    })?;
    if with_credit {
        for index in without {
            reader.error(&at.place.index(index), Problem::MissingCredit {});
        }
    }
    let mut first = BTreeMap::new();
    for (index, choice) in choices.iter().enumerate() {
        let place = at.place.index(index);
        let place = place.key("value");
        if !reader.sound(&place) {
            continue;
        }
        let earlier = *first.entry(choice.value).or_insert(index);
        if earlier != index {
            let first = at.place.index(earlier).key("value").path();
            reader.error(&place, Problem::DuplicateValue { value: choice.value, first });
        }
    }
    Some(choices)
}

fn items(reader: &mut Reader, at: At<'_>) -> Option<Vec<ItemSpec>> {
    let items = reader.list(at, "items", (1, MOST_OF_A_SCALE), |reader, at| {
        let points = |reader: &mut Reader, at: At<'_>| {
            let points = reader.whole(at, "points", 1, i64::from(Points::MOST))?;
            u16::try_from(points).ok().and_then(Points::new)
        };
        let mut item =
            ItemSpec { id: String::new(), text: Text::default(), points: Points::default() };
        if let Some(mut fields) = reader.fields(at) {
            item.id = fields.required(reader, "id", Reader::id).unwrap_or_default();
            item.text = fields.required(reader, "text", text).unwrap_or_default();
            item.points = fields.optional(reader, "points", points).unwrap_or_default();
            fields.finish(reader);
        }
        item
    })?;
    duplicate_ids(reader, at.place, "item", items.iter().map(|item| item.id.as_str()));
    Some(items)
}

fn bands(reader: &mut Reader, at: At<'_>) -> Option<Vec<BandSpec>> {
    let bands = reader.list(at, "bands", (1, MOST_OF_A_SCALE), |reader, at| {
        let mut band = BandSpec { from: 0.0, credit: Score::ZERO, text: None, advice: None };
        if let Some(mut fields) = reader.fields(at) {
            band.from = fields.required(reader, "from", Reader::number).unwrap_or_default();
            band.credit = fields.required(reader, "credit", credit).unwrap_or_default();
            band.text = fields.optional(reader, "text", text);
            band.advice = fields.optional(reader, "advice", text);
            fields.finish(reader);
        }
        band
    })?;
    for (index, (lower, upper)) in bands.iter().zip(bands.iter().skip(1)).enumerate() {
        let (below, here) = (at.place.index(index), at.place.index(index + 1));
        let (below, here) = (below.key("from"), here.key("from"));
        if reader.sound(&below) && reader.sound(&here) && upper.from <= lower.from {
            let problem = Problem::BandsNotAscending { from: upper.from, previous: lower.from };
            reader.error(&here, problem);
        }
    }
    Some(bands)
}

fn questions(reader: &mut Reader, at: At<'_>) -> Option<Vec<QuestionSpec>> {
    reader.list(at, "questions", (1, MOST_QUESTIONS), |reader, at| {
        let nothing = ScaleSpec::YesNo {};
        let mut question = QuestionSpec::new("", Pillar::DigitalFirstMindset, "", nothing.clone());
        if let Some(mut fields) = reader.fields(at) {
            question.id = fields.required(reader, "id", Reader::id).unwrap_or_default();
            if let Some(pillar) = fields.required(reader, "pillar", Reader::name) {
                question.pillar = pillar;
            }
            question.title = fields.required(reader, "title", text).unwrap_or_default();
            question.scale =
                fields.required(reader, "scale", scale_use).unwrap_or(ScaleUse::Own(nothing));
            question.weight =
                fields.optional(reader, "weight", Reader::weight).unwrap_or(Weight::ONE);
            question.reverse =
                fields.optional(reader, "reverse", Reader::boolean).unwrap_or_default();
            question.themes = fields.optional(reader, "themes", theme_ids).unwrap_or_default();
            question.guidance = fields.optional(reader, "guidance", text);
            question.effort = fields.optional(reader, "effort", effort).unwrap_or_default();
            question.forbid = fields.optional(reader, "forbid", forbid).unwrap_or_default();
            question.asked_if = fields.optional(reader, "asked_if", condition);
            fields.finish(reader);
        }
        question
    })
}

fn scale_use(reader: &mut Reader, at: At<'_>) -> Option<ScaleUse> {
    match at.node {
        Node::Text(_) => reader.owned_text(at).map(ScaleUse::Shared),
        Node::Map(_) => scale(reader, at).map(ScaleUse::Own),
        _ => {
            reader.wrong_type(at, "the name of a shared scale, or a scale");
            None
        }
    }
}

fn effort(reader: &mut Reader, at: At<'_>) -> Option<Effort> {
    let effort = reader.whole(at, "effort", 1, i64::from(Effort::MOST))?;
    u8::try_from(effort).ok().and_then(Effort::new)
}

fn theme_ids(reader: &mut Reader, at: At<'_>) -> Option<Vec<String>> {
    let read = |reader: &mut Reader, at: At<'_>| reader.owned_text(at).unwrap_or_default();
    let ids = reader.list(at, "themes", (0, MOST_THEMES), read)?;
    for (index, id) in ids.iter().enumerate() {
        let place = at.place.index(index);
        if reader.sound(&place) && ids.iter().take(index).any(|earlier| earlier == id) {
            reader.error(&place, Problem::DuplicateEntry { entry: Excerpt::new(id) });
        }
    }
    Some(ids)
}

fn forbid(reader: &mut Reader, at: At<'_>) -> Option<Vec<NonAnswer>> {
    let mut forbidden: Vec<NonAnswer> = Vec::new();
    reader.list(at, "answers to forbid", (0, MOST_OF_A_SCALE), |reader, at| {
        let Some(answer) = reader.name(at) else { return };
        if forbidden.contains(&answer) {
            let entry = Excerpt::new(answer.as_str());
            reader.error(at.place, Problem::DuplicateEntry { entry });
        } else {
            forbidden.push(answer);
        }
    })?;
    Some(forbidden)
}

fn condition(reader: &mut Reader, at: At<'_>) -> Option<ConditionSpec> {
    let mut fields = reader.fields(at)?;
    let question = fields.required(reader, "question", Reader::owned_text).unwrap_or_default();
    let at_least = fields.required(reader, "at_least", credit).unwrap_or_default();
    let otherwise = fields.optional(reader, "otherwise", Reader::name);
    fields.finish(reader);
    Some(ConditionSpec { question, at_least, otherwise })
}

/// Reports every id that stands in the list for the second time.
pub(super) fn duplicate_ids<'n>(
    reader: &mut Reader,
    list: &Place<'_>,
    what: &'static str,
    ids: impl Iterator<Item = &'n str>,
) {
    let mut first = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        let place = list.index(index);
        let place = place.key("id");
        if !reader.sound(&place) {
            continue;
        }
        let earlier = *first.entry(id).or_insert(index);
        if earlier != index {
            let first = list.index(earlier).key("id").path();
            reader.error(&place, Problem::DuplicateId { what, id: id.to_owned(), first });
        }
    }
}
