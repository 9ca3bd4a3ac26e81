//! The questionnaire's document, object by object.

mod scale;

pub(super) use scale::{ScaleDraft, ScaleUseDraft};

use std::collections::BTreeMap;

use self::scale::{check_scales, read_scales};
use super::check::{each_by_id, entries, id, maybe, name, nothing, stages, text, version};
use super::limits::{FAMILIES, FORBIDDEN, QUESTIONS, THEMES};
use super::part::{Findings, Part, Slot, parts};
use super::read::{self, credit, list, optional, otherwise, required, some};
use super::spec::{
    ConditionSpec, Effort, FamilySpec, LadderSpec, Method, NonAnswer, PillarSpec, Policy,
    QuestionSpec, QuestionnaireSpec, ScaleSpec, ScaleUse, SchemaVersion, ThemeSpec,
};
use crate::document::{At, Place, Reader};
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::text::Text;

parts! {
    QuestionnaireSpec as QuestionnaireDraft {
        schema: SchemaVersion = required(SchemaVersion::read), nothing;
        id: String = required(Reader::owned_text), id;
        version: String = required(Reader::owned_text), version;
        title: Text = required(read::text), text;
        description: Option<Text> = optional(some(read::text)), maybe(text);
        pillars: BTreeMap<Pillar, PillarSpec> = optional(read::pillars), nothing;
        stages: LadderSpec = optional(read::stages), stages;
        method: Method = optional(read::method), nothing;
        families: Vec<FamilySpec> = optional(list(FAMILIES, FamilyDraft::read)),
            each_by_id(FAMILIES, |family: &FamilyDraft| &family.id, FamilyDraft::check);
        themes: Vec<ThemeSpec> = optional(list(THEMES, ThemeDraft::read)),
            each_by_id(THEMES, |theme: &ThemeDraft| &theme.id, ThemeDraft::check);
        scales: BTreeMap<String, ScaleSpec> = optional(read_scales), check_scales;
        questions: Vec<QuestionSpec> = required(list(QUESTIONS, QuestionDraft::read)),
            each_by_id(QUESTIONS, |question: &QuestionDraft| &question.id, QuestionDraft::check);
    }

    FamilySpec as FamilyDraft {
        id: String = required(Reader::owned_text), id;
        title: Text = required(read::text), text;
        description: Option<Text> = optional(some(read::text)), maybe(text);
    }

    ThemeSpec as ThemeDraft {
        id: String = required(Reader::owned_text), id;
        family: String = required(Reader::owned_text), id;
        title: Text = required(read::text), text;
        description: Option<Text> = optional(some(read::text)), maybe(text);
    }

    QuestionSpec as QuestionDraft {
        id: String = required(Reader::owned_text), id;
        pillar: Pillar = required(Reader::name), nothing;
        title: Text = required(read::text), text;
        scale: ScaleUse = required(ScaleUseDraft::read), ScaleUseDraft::check;
        weight: Weight = optional(Reader::weight), nothing;
        reverse: bool = optional(Reader::boolean), nothing;
        themes: Vec<String> = optional(list(THEMES, Reader::owned_text)), entries(THEMES);
        guidance: Option<Text> = optional(some(read::text)), maybe(text);
        effort: Effort = optional(Effort::read), nothing;
        forbid: Vec<NonAnswer> = optional(list(FORBIDDEN, Reader::name)), entries(FORBIDDEN);
        asked_if: Option<ConditionSpec> =
            optional(some(ConditionDraft::read)), maybe(ConditionDraft::check);
    }

    ConditionSpec as ConditionDraft {
        question: String = required(Reader::owned_text), name;
        at_least: Score = required(credit), nothing;
        otherwise: Policy = optional(otherwise), nothing;
    }
}
