//! Scales: what of them can be told from one place alone.

use crate::diagnostic::Problem;
use crate::document::{At, Node, Place, Reader};
use crate::names::{is_looked_into, named};
use crate::number::Score;
use crate::questionnaire::check::{Findings, count, id, is_value, name, no_id};
use crate::questionnaire::limits::{BANDS, CHOICES, ITEMS, SCALES};
use crate::questionnaire::lists::{each, each_by_id, unique, within};
use crate::questionnaire::part::{Part, Slot, parts};
use crate::questionnaire::read::{self, Listed, list, score, some};
use crate::questionnaire::spec::{
    BandSpec, ChoiceSpec, ItemSpec, Points, ScaleSpec, ScaleUse, Start,
};
use crate::text::Text;

parts! {
    ChoiceSpec as ChoiceDraft {
        value: i64 = required(Reader::value);
        text: Text = required(read::text);
        credit: Option<Score> = or(None, some(score("credit")));
        advice: Option<Text> = or(None, some(read::text));
    }

    ItemSpec as ItemDraft {
        id: String = required(Reader::owned_text), id;
        text: Text = required(read::text);
        points: Points = or(Points::default(), Points::read);
    }

}

/// The draft of a band.
#[derive(Debug)]
pub(crate) struct BandDraft {
    start: Option<Start>,
    credit: Slot<Score>,
    text: Slot<Option<Text>>,
    advice: Slot<Option<Text>>,
}

impl Part for BandSpec {
    type Draft = BandDraft;

    fn draft(self) -> BandDraft {
        let Self { start, credit, text, advice } = self;
        let (text, advice) = (Some(text.draft()), Some(advice.draft()));
        BandDraft { start: Some(start), credit: Some(credit), text, advice }
    }

    fn whole(draft: BandDraft) -> Option<Self> {
        let (start, credit) = (draft.start?, draft.credit?);
        Some(Self { start, credit, text: draft.text?, advice: draft.advice? })
    }

    fn check(findings: &mut Findings, place: &Place<'_>, draft: &BandDraft) {
        if let Some(start) = draft.start {
            f64::check(findings, &place.key(key(start)), &start.number());
        }
        for (key, text) in [("text", &draft.text), ("advice", &draft.advice)] {
            if let Some(text) = text {
                Option::<Text>::check(findings, &place.key(key), text);
            }
        }
    }
}

/// The key that states where a band starts.
const fn key(start: Start) -> &'static str {
    match start {
        Start::From(_) => "from",
        Start::Above(_) => "above",
    }
}

impl BandDraft {
    fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
        let mut fields = reader.fields(at)?;
        let sound = fields.one_of(reader, "from", &["above"]);
        let from = fields.optional(reader, "from", Reader::number).map(Start::From);
        let above = fields.optional(reader, "above", Reader::number).map(Start::Above);
        let draft = Self {
            start: from.or(above).filter(|_| sound),
            credit: fields.required(reader, "credit", score("credit")),
            text: fields.or(reader, "text", None, some(read::text)),
            advice: fields.or(reader, "advice", None, some(read::text)),
        };
        fields.finish(reader);
        Some(draft)
    }
}

/// The draft of a scale whose kind could be read; without one, nothing can be said of it.
#[derive(Debug)]
pub(crate) enum ScaleDraft {
    Choice { choices: Slot<Vec<ChoiceSpec>> },
    YesNo,
    Checklist { items: Slot<Vec<ItemSpec>> },
    Measure { unit: Slot<Text>, bands: Slot<Vec<BandSpec>> },
}

/// The draft of a scale as a question has it.
#[derive(Debug)]
pub(crate) enum ScaleUseDraft {
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

    fn check(findings: &mut Findings, place: &Place<'_>, draft: &ScaleDraft) {
        match draft {
            ScaleDraft::Choice { choices: Some(list) } => {
                check_choices(findings, &place.key("choices"), list);
            }
            ScaleDraft::Checklist { items: Some(list) } => {
                let check = each_by_id::<ItemSpec>(ITEMS, |item| &item.id);
                check(findings, &place.key("items"), list);
            }
            ScaleDraft::Measure { unit, bands } => {
                Option::<Text>::check(findings, &place.key("unit"), unit);
                if let Some(list) = bands {
                    check_bands(findings, &place.key("bands"), list);
                }
            }
            _ => {}
        }
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

    fn check(findings: &mut Findings, place: &Place<'_>, draft: &ScaleUseDraft) {
        match draft {
            ScaleUseDraft::Shared(shared) => _ = name(findings, place, shared),
            ScaleUseDraft::Own(scale) => ScaleSpec::check(findings, place, scale),
        }
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
}

type Scales = Vec<(String, Option<ScaleDraft>)>;

pub(super) fn read_scales(reader: &mut Reader, at: At<'_>) -> Option<Scales> {
    let entries = reader.entries(at)?;
    let (what, found, most) = (SCALES.many, entries.len(), SCALES.most);
    if found > most {
        reader.error(at.place, Problem::TooMany { what, found, most });
    }
    let read = |(key, node): (&str, _)| {
        let readable = is_looked_into(key);
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
        findings.none(&place, no_id(key));
        if let Some(scale) = scale.as_ref().filter(|_| is_looked_into(key)) {
            ScaleSpec::check(findings, &place, scale);
        }
    }
}

/// Choices have different values, and all of them state their credit or none.
fn check_choices(findings: &mut Findings, place: &Place<'_>, choices: &[Listed<ChoiceDraft>]) {
    each::<ChoiceSpec>(CHOICES)(findings, place, choices);
    let choices = || within(CHOICES, choices);
    let value = |choice: &ChoiceDraft| choice.value.filter(|value| is_value(*value));
    unique(findings, (place, "value"), choices(), value, |value, first| Problem::DuplicateValue {
        value,
        first,
    });
    let without = |choice: &ChoiceDraft| matches!(choice.credit, Some(None));
    if !choices().all(|(_, choice)| without(choice)) {
        for (index, _) in choices().filter(|(_, choice)| without(choice)) {
            findings.errors.error(&place.index(index), Problem::MissingCredit {});
        }
    }
}

/// Bands start one above the other. What follows from a fault is not a second one.
fn check_bands(findings: &mut Findings, place: &Place<'_>, bands: &[Listed<BandDraft>]) {
    each::<BandSpec>(BANDS)(findings, place, bands);
    let mut below: Option<Start> = None;
    for (index, band) in bands.iter().take(BANDS.most).enumerate() {
        let start = band.as_ref().and_then(|band| band.start);
        let start = start.filter(|start| start.number().is_finite());
        let fallen = start.zip(below).filter(|(start, previous)| start <= previous);
        if let Some((start, previous)) = fallen {
            let problem = Problem::BandsNotAscending {
                key: key(start),
                start: start.number(),
                previous_key: key(previous),
                previous: previous.number(),
            };
            findings.errors.error(&place.index(index).key(key(start)), problem);
        }
        below = start.filter(|_| fallen.is_none());
    }
}
