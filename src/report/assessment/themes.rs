//! The themes, family by family.

use crate::answers::AnswerState;
use crate::assessment::{Assessment, Standing};
use crate::number::Score;
use crate::questionnaire::{Question, ThemeSpec};
use crate::report::Report;
use crate::report::content::{Block, Content, Inline, Kind, Picture, Row, plain, stage_of};
use crate::text::Text;

/// How many of the lowest answers a theme shows.
const LOWEST: usize = 2;

/// A family with the places of its themes.
pub(in crate::report) struct Family<'r> {
    /// Its title, or its id where it has none.
    pub(in crate::report) title: Inline<'r>,
    description: Option<&'r Text>,
    /// Each with its position.
    pub(in crate::report) themes: Vec<(usize, &'r ThemeSpec, Standing)>,
}

impl Report<'_, Assessment> {
    /// The families that have themes, each with its themes.
    pub(in crate::report) fn families_of_themes(&self) -> Vec<Family<'_>> {
        let family = |(id, title): (&str, _)| {
            let spec = self.questionnaire.families().iter().find(|family| family.id == id);
            let themes = self.of.themes().enumerate();
            Family {
                title,
                description: spec.and_then(|spec| spec.description.as_ref()),
                themes: themes
                    .filter(|(_, (theme, _))| theme.family == id)
                    .map(|(at, (theme, standing))| (at, theme, standing))
                    .collect(),
            }
        };
        let families = self.families().into_iter().map(family);
        families.filter(|family| !family.themes.is_empty()).collect()
    }

    pub(super) fn themes<'r>(&'r self, page: &mut Content<'r>) {
        let words = self.catalogue();
        let families = self.families_of_themes();
        if families.is_empty() {
            return;
        }
        page.section(&words.themes);
        page.say(&words.themes_views);
        for (place, family) in families.into_iter().enumerate() {
            let drawing = self.bars(&format!("family-{place}"), std::slice::from_ref(&family));
            page.blocks.push(Block::Heading(3, vec![family.title]));
            if let Some(description) = family.description {
                page.paragraph(vec![self.setting.quoted(description)]);
            }
            page.blocks.push(Block::Picture(Picture { drawing, aside: true }));
            let head = [&*words.theme, &words.score, &words.stage, &words.coverage];
            let rows = family.themes.iter().map(|(at, theme, standing)| {
                let mut about = vec![vec![self.setting.quoted(&theme.title)]];
                about.extend(self.lowest_of_theme(*at).into_iter().map(|question| {
                    let answer = self.of.sheet().answer(question.id()).unwrap_or_default();
                    let mut line = vec![self.question_title(question)];
                    line.extend(plain(" \u{2013} "));
                    line.extend(self.setting.answer(question.scale(), &answer));
                    line
                }));
                let cells = vec![
                    self.or_not_scorable(standing.score()),
                    stage_of(words, standing.stage()),
                    self.covered(standing.coverage),
                ];
                Row { kind: Kind::Single, about, cells }
            });
            page.table(&words.theme_scores, &head, rows);
        }
    }

    /// The lowest answers of the theme at that place that are not at the top of their scale.
    fn lowest_of_theme(&self, theme: usize) -> Vec<Question<'_>> {
        let positions = self.questionnaire.theme_questions().get(theme);
        let of_theme = |question: &Question<'_>| {
            positions.is_some_and(|all| all.binary_search(&question.position()).is_ok())
        };
        let mut found: Vec<_> = self
            .of
            .questions()
            .filter(|(question, result)| {
                of_theme(question)
                    && result.state == AnswerState::Answered
                    && result.credit < Some(Score::ONE)
            })
            .collect();
        found.sort_by_key(|(_, result)| result.credit);
        found.into_iter().take(LOWEST).map(|(question, _)| question).collect()
    }
}
