//! Scales: what of them can be told from one place alone.

use crate::diagnostic::{Excerpt, Problem};
use crate::document::{At, LARGEST_WHOLE, Node, Place, Reader, number_text};
use crate::names::{is_id, named};
use crate::number::Score;
use crate::questionnaire::check::{
    count, each, each_by_id, id, maybe, name, nothing, text, unique,
};
use crate::questionnaire::limits::{BANDS, CHOICES, ITEMS, LONGEST_NAME, SCALES};
use crate::questionnaire::part::{Findings, Part, Slot, parts, within};
use crate::questionnaire::read::{self, credit, list, optional, required, some};
use crate::questionnaire::spec::{BandSpec, ChoiceSpec, ItemSpec, Points, ScaleSpec, ScaleUse};
use crate::text::Text;

parts! {
    ChoiceSpec as ChoiceDraft {
        value: i64 = required(Reader::value), value;
        text: Text = required(read::text), text;
        credit: Option<Score> = optional(some(credit)), nothing;
        advice: Option<Text> = optional(some(read::text)), maybe(text);
    }

    ItemSpec as ItemDraft {
        id: String = required(Reader::owned_text), id;
        text: Text = required(read::text), text;
        points: Points = optional(Points::read), nothing;
    }

    BandSpec as BandDraft {
        from: f64 = required(Reader::number), finite;
        credit: Score = required(credit), nothing;
        text: Option<Text> = optional(some(read::text)), maybe(text);
        advice: Option<Text> = optional(some(read::text)), maybe(text);
    }
}

/// The draft of a scale whose kind could be read; without one, nothing can be said of it.
#[derive(Debug)]
pub(in crate::questionnaire) enum ScaleDraft {
    Choice { choices: Slot<Vec<ChoiceSpec>> },
    YesNo,
    Checklist { items: Slot<Vec<ItemSpec>> },
    Measure { unit: Slot<Text>, bands: Slot<Vec<BandSpec>> },
}

/// The draft of a scale as a question has it.
#[derive(Debug)]
pub(in crate::questionnaire) enum ScaleUseDraft {
    Shared(String),
    Own(ScaleDraft),
}

impl Part for ScaleSpec {
    type Draft = ScaleDraft;

    fn draft(self) -> ScaleDraft {
        match self {
            Self::Choice { choices } => ScaleDraft::Choice { choices: Some(choices.draft()) },
            Self::YesNo => ScaleDraft::YesNo,
            Self::Checklist { items } => ScaleDraft::Checklist { items: Some(items.draft()) },
            Self::Measure { unit, bands } => {
                ScaleDraft::Measure { unit: Some(unit.draft()), bands: Some(bands.draft()) }
            }
        }
    }

    fn whole(draft: ScaleDraft) -> Option<Self> {
        Some(match draft {
            ScaleDraft::Choice { choices } => Self::Choice { choices: Part::whole(choices?)? },
            ScaleDraft::YesNo => Self::YesNo,
            ScaleDraft::Checklist { items } => Self::Checklist { items: Part::whole(items?)? },
            ScaleDraft::Measure { unit, bands } => {
                Self::Measure { unit: unit?, bands: Part::whole(bands?)? }
            }
        })
    }
}

impl Part for ScaleUse {
    type Draft = ScaleUseDraft;

    fn draft(self) -> ScaleUseDraft {
        match self {
            Self::Shared(name) => ScaleUseDraft::Shared(name),
            Self::Own(scale) => ScaleUseDraft::Own(scale.draft()),
        }
    }

    fn whole(draft: ScaleUseDraft) -> Option<Self> {
        Some(match draft {
            ScaleUseDraft::Shared(name) => Self::Shared(name),
            ScaleUseDraft::Own(scale) => Self::Own(Part::whole(scale)?),
        })
    }
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

impl ScaleDraft {
    fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
        let mut fields = reader.fields(at)?;
        // Without a kind, nothing can be said about the other keys.
        let scale = match fields.required(reader, "kind", Reader::name)? {
            Kind::Choice => {
                let choices = list(CHOICES, ChoiceDraft::read);
                Self::Choice { choices: fields.required(reader, "choices", choices) }
            }
            Kind::YesNo => Self::YesNo,
            Kind::Checklist => {
                let items = list(ITEMS, ItemDraft::read);
                Self::Checklist { items: fields.required(reader, "items", items) }
            }
            Kind::Measure => Self::Measure {
                unit: fields.required(reader, "unit", read::text),
                bands: fields.required(reader, "bands", list(BANDS, BandDraft::read)),
            },
        };
        fields.finish(reader);
        Some(scale)
    }

    fn check(findings: &mut Findings, place: &Place<'_>, draft: &Self) {
        match draft {
            Self::Choice { choices } => {
                choices
                    .iter()
                    .for_each(|list| check_choices(findings, &place.key("choices"), list));
            }
            Self::YesNo => {}
            Self::Checklist { items } => {
                let check = each_by_id(ITEMS, |item: &ItemDraft| &item.id, ItemDraft::check);
                items.iter().for_each(|list| check(findings, &place.key("items"), list));
            }
            Self::Measure { unit, bands } => {
                unit.iter().for_each(|unit| text(findings, &place.key("unit"), unit));
                bands.iter().for_each(|list| check_bands(findings, &place.key("bands"), list));
            }
        }
    }
}

impl ScaleUseDraft {
    pub(super) fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
        match at.node {
            Node::Text(_) => reader.owned_text(at).map(Self::Shared),
            Node::Map(_) => ScaleDraft::read(reader, at).map(Self::Own),
            _ => {
                reader.wrong_type(at, "the name of a shared scale, or a scale");
                None
            }
        }
    }

    pub(super) fn check(findings: &mut Findings, place: &Place<'_>, draft: &Self) {
        match draft {
            Self::Shared(shared) => name(findings, place, shared),
            Self::Own(scale) => ScaleDraft::check(findings, place, scale),
        }
    }
}

type Scales = Vec<(String, Option<ScaleDraft>)>;

pub(super) fn read_scales(reader: &mut Reader, at: At<'_>) -> Option<Scales> {
    let entries = reader.entries(at)?;
    let (what, found, most) = (SCALES.many, entries.len(), SCALES.most);
    if found > most {
        reader.error(at.place, Problem::TooMany { what, found, most });
    }
    let read = |(key, node): (&str, _)| {
        let readable = key.len() <= LONGEST_NAME;
        let place = at.place.key(key);
        let scale = readable.then(|| ScaleDraft::read(reader, At { node, place: &place }));
        (key.to_owned(), scale.flatten())
    };
    Some(entries.into_iter().take(most).map(read).collect())
}

pub(super) fn check_scales(
    findings: &mut Findings,
    place: &Place<'_>,
    scales: &[(String, Option<ScaleDraft>)],
) {
    count(findings, place, SCALES, scales.len());
    for (key, scale) in scales.iter().take(SCALES.most) {
        let place = place.key(key);
        if !is_id(key) {
            findings.errors.error(&place, Problem::InvalidId { found: Excerpt::new(key) });
        }
        if let Some(scale) = scale.as_ref().filter(|_| key.len() <= LONGEST_NAME) {
            ScaleDraft::check(findings, &place, scale);
        }
    }
}

fn in_range(value: i64) -> bool {
    (-LARGEST_WHOLE..=LARGEST_WHOLE).contains(&value)
}

fn value(findings: &mut Findings, place: &Place<'_>, value: &i64) {
    if !in_range(*value) {
        let (what, found) = ("value", Excerpt::new(&value.to_string()));
        let problem = Problem::OutOfRange { what, found, min: -LARGEST_WHOLE, max: LARGEST_WHOLE };
        findings.errors.error(place, problem);
    }
}

fn finite(findings: &mut Findings, place: &Place<'_>, from: &f64) {
    if !from.is_finite() {
        let problem = Problem::NotFinite { found: number_text(*from) };
        findings.errors.error(place, problem);
    }
}

/// Choices have different values, and all of them state their credit or none.
fn check_choices(findings: &mut Findings, place: &Place<'_>, choices: &[Option<ChoiceDraft>]) {
    each(CHOICES, ChoiceDraft::check)(findings, place, choices);
    let choices = || within(CHOICES, choices);
    let value = |choice: &ChoiceDraft| choice.value.filter(|value| in_range(*value));
    unique(findings, place, "value", choices(), value, |value, first| Problem::DuplicateValue {
        value,
        first,
    });
    let without = |choice: &ChoiceDraft| matches!(choice.credit, Some(None));
    if choices().all(|(_, choice)| without(choice)) {
        return;
    }
    for (index, _) in choices().filter(|(_, choice)| without(choice)) {
        findings.errors.error(&place.index(index), Problem::MissingCredit {});
    }
}

/// Bands start one above the other. What follows from a fault is not a second one.
fn check_bands(findings: &mut Findings, place: &Place<'_>, bands: &[Option<BandDraft>]) {
    each(BANDS, BandDraft::check)(findings, place, bands);
    let mut below: Option<f64> = None;
    for (index, band) in bands.iter().take(BANDS.most).enumerate() {
        let from = band.as_ref().and_then(|band| band.from).filter(|from| from.is_finite());
        let fallen = from.zip(below).filter(|(from, previous)| from <= previous);
        if let Some((from, previous)) = fallen {
            let problem = Problem::BandsNotAscending { from, previous };
            findings.errors.error(&place.index(index).key("from"), problem);
        }
        below = from.filter(|_| fallen.is_none());
    }
}
