//! The questionnaire's document, object by object.

mod condition;
mod scale;

pub(super) use condition::{AskedIfDraft, ConditionDraft, TestDraft};
pub(super) use scale::{ScaleDraft, ScaleUseDraft};

use std::collections::BTreeMap;

use self::scale::{check_scales, read_scales};
use super::check::{Findings, id, language, version};
use super::ladder::{LadderTable, Requirement};
use super::limits::{FAMILIES, FORBIDDEN, GLOSSARY, QUESTIONS, THEMES};
use super::lists::{each_by_id, each_by_text, names};
use super::part::{Part, Slot, parts};
use super::read::{self, list, score, some};
use super::spec::{
    Aggregation, AskedIf, Effort, FamilySpec, LadderSpec, Method, NonAnswer, PillarSpec, Policy,
    QuestionSpec, QuestionnaireSpec, ScaleSpec, ScaleUse, SchemaVersion, TermSpec, ThemeSpec,
};
use crate::document::{At, Node, Place, Reader};
use crate::names::is_looked_into;
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::text::Text;

parts! {
    QuestionnaireSpec as QuestionnaireDraft {
        schema: SchemaVersion = required(SchemaVersion::read);
        id: String = required(Reader::owned_text), id;
        version: String = required(Reader::owned_text), version;
        title: Text = required(read::text);
        description: Option<Text> = or(None, some(read::text));
        language: Option<String> = or(None, some(Reader::owned_text)), language;
        instructions: Option<Text> = or(None, some(read::text));
        glossary: Vec<TermSpec> = or(Vec::new(), list(GLOSSARY, TermDraft::read)),
            each_by_text::<TermSpec>(GLOSSARY, "term", |entry| &entry.term);
        pillars: BTreeMap<Pillar, PillarSpec> = or(BTreeMap::new(), pillars);
        stages: LadderSpec = or(LadderSpec::default(), stages);
        method: Method = or(Method::default().draft(), MethodDraft::read);
        families: Vec<FamilySpec> = or(Vec::new(), list(FAMILIES, FamilyDraft::read)),
            each_by_id::<FamilySpec>(FAMILIES, |family| &family.id);
        themes: Vec<ThemeSpec> = or(Vec::new(), list(THEMES, ThemeDraft::read)),
            each_by_id::<ThemeSpec>(THEMES, |theme| &theme.id);
        scales: BTreeMap<String, ScaleSpec> = or(Vec::new(), read_scales), check_scales;
        questions: Vec<QuestionSpec> = required(list(QUESTIONS, QuestionDraft::read)),
            each_by_id::<QuestionSpec>(QUESTIONS, |question| &question.id);
    }

    PillarSpec as PillarDraft {
        weight: Weight = required(Reader::weight);
    }

    LadderTable as LadderDraft {
        bridge: Requirement = required(RequirementDraft::read);
        hubs: Requirement = required(RequirementDraft::read);
        platform: Requirement = required(RequirementDraft::read);
        native: Requirement = required(RequirementDraft::read);
    }

    Requirement as RequirementDraft {
        overall: Score = required(score("bound"));
        every_pillar: Score = required(score("bound"));
    }

    Method as MethodDraft {
        aggregation: Aggregation = or(Aggregation::default(), Reader::name);
        unanswered: Policy = or(Policy::default(), Reader::name);
        dont_know: Policy = or(Policy::default(), Reader::name);
        minimum_coverage: Score = or(Method::default().minimum_coverage, score("coverage"));
    }

    FamilySpec as FamilyDraft {
        id: String = required(Reader::owned_text), id;
        title: Text = required(read::text);
        description: Option<Text> = or(None, some(read::text));
    }

    ThemeSpec as ThemeDraft {
        id: String = required(Reader::owned_text), id;
        family: String = required(Reader::owned_text), id;
        title: Text = required(read::text);
        description: Option<Text> = or(None, some(read::text));
    }

    TermSpec as TermDraft {
        term: Text = required(read::text);
        meaning: Text = required(read::text);
    }

    QuestionSpec as QuestionDraft {
        id: String = required(Reader::owned_text), id;
        pillar: Pillar = required(Reader::name);
        title: Text = required(read::text);
        scale: ScaleUse = required(ScaleUseDraft::read);
        weight: Weight = or(Weight::ONE, Reader::weight);
        reverse: bool = or(false, Reader::boolean);
        themes: Vec<String> = or(Vec::new(), list(THEMES, Reader::owned_text)), names(THEMES);
        guidance: Option<Text> = or(None, some(read::text));
        effort: Effort = or(Effort::default(), Effort::read);
        forbid: Vec<NonAnswer> = or(Vec::new(), list(FORBIDDEN, Reader::name)), names(FORBIDDEN);
        asked_if: Option<AskedIf> = or(None, some(AskedIfDraft::read));
    }
}

/// The weights of pillars, all of them or none.
fn pillars(reader: &mut Reader, at: At<'_>) -> Option<BTreeMap<Pillar, PillarSpec>> {
    let mut pillars = Vec::new();
    for (key, node) in reader.entries(at)? {
        let place = &at.place.key(key);
        // The key is looked up like any text, so that an unknown one is reported the same way.
        let name = Node::Text(key.into());
        let pillar = reader.name(At { node: &name, place });
        let at = At { node, place };
        let spec = if is_looked_into(key) { PillarDraft::read(reader, at) } else { None };
        let spec = spec.and_then(PillarSpec::whole);
        pillars.push(pillar.zip(spec));
    }
    pillars.into_iter().collect()
}

fn stages(reader: &mut Reader, at: At<'_>) -> Option<LadderSpec> {
    match at.node {
        Node::Text(_) => reader.name(at).map(LadderSpec::Preset),
        Node::Map(_) => {
            LadderDraft::read(reader, at).and_then(LadderTable::whole).map(LadderSpec::Table)
        }
        _ => {
            reader.wrong_type(at, "the name of a ladder, or a table of stages");
            None
        }
    }
}
