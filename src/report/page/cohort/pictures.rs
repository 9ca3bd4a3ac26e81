//! Pictures of a cohort: what is drawn of the summaries of all and of groups.

#[cfg(feature = "intervals")]
mod choices;
#[cfg(feature = "intervals")]
mod trend;

use std::fmt::Display;

use super::{LONGEST_GROUPING, shortened};
use crate::cohort::{CohortSummary, Distribution};
use crate::pillar::Pillar;
use crate::report::Report;
use crate::report::content::in_picture;
use crate::report::picture::{Boxed, Boxes, Drawing, Heat, Spread, Warm};
use crate::words::fill;

/// Groups that have a row in a panel of boxes.
const MOST_BOXES: usize = 12;

/// Groups that have a column of a heat map beside the one for all.
const MOST_COLUMNS: usize = 9;

/// A picture of a cohort, or of its groups beside each other.
///
/// Every figure is that of a table: scores are to the nearest, ties to even. What can be told by colour is
/// written, or told by place as well. However many groups and questions there are, a picture has room for so many
/// and says how many are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CohortPicture {
    /// How the overall is spread: respondents in steps of five points over the bands of the stages, with mean and
    /// median.
    Spread,
    /// The quartiles of each pillar in all and in each group, with whiskers to the furthest scores within one
    /// and a half lengths of the box (Tukey 1977) and dots beyond: of at most 12 groups.
    Boxes,
    /// The means of the overall, the pillars and the themes in all and in each group, at most 9 of them; at most
    /// 80 rows.
    Heat,
    /// The shares of the levels of each scored question, about the one in the middle: of the
    /// [study](Report::study) of a report, at most 60 questions. Takes the feature `intervals`.
    #[cfg(feature = "intervals")]
    Choices,
    /// The [groups](Report::groups) as waves, the first first: the means of the overall and of the pillars with
    /// 95 % intervals of Student's t, of the last 24. Takes the feature `intervals`.
    #[cfg(feature = "intervals")]
    Trend,
}

impl<'a> Report<'a, CohortSummary> {
    /// A picture as a stand-alone SVG.
    ///
    /// ```
    /// use digital_maturity::report::CohortPicture;
    /// use digital_maturity::{Cohort, Questionnaire};
    /// use digital_maturity::cohort::Column;
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let answers = [1_u8, 2, 3, 3, 5];
    /// let columns = pulse.questions().map(|q| Column::new(q.id(), &answers).by_value());
    /// let summary = Cohort::new(pulse, columns)?.score().summary();
    ///
    /// let picture = summary.report().picture_svg(CohortPicture::Spread).to_string();
    /// assert!(picture.starts_with("<svg ") && picture.contains("Median 50.0%"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn picture_svg(&self, picture: CohortPicture) -> impl Display + use<'a> {
        self.shown(move |report, f| report.drawing(picture).write_alone(f, &report.setting.prefix))
    }

    /// With those pictures on the page, in forms that have pictures; long ones in parts that fit on a sheet of paper.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::CohortSummary;
    /// # use digital_maturity::report::CohortPicture;
    /// let nobody = CohortSummary::empty(Questionnaire::dcx_pulse());
    /// let report = nobody.report().pictures([CohortPicture::Spread, CohortPicture::Boxes]);
    /// assert_eq!(report.html().to_string().matches("<figure>").count(), 2);
    /// ```
    #[must_use]
    pub fn pictures(mut self, pictures: impl IntoIterator<Item = CohortPicture>) -> Self {
        self.more.pictures = pictures.into_iter().collect();
        self
    }
}

/// All respondents and groups of them, each with its name.
type Named<'r> = Vec<(String, &'r CohortSummary)>;

/// The Scores that a row is about.
type Of = fn(&CohortSummary) -> &Distribution;

/// The overall and the pillars in a summary.
const SCORES: [Of; 5] = [
    CohortSummary::overall,
    |of| &of.pillars()[Pillar::ALL[0]],
    |of| &of.pillars()[Pillar::ALL[1]],
    |of| &of.pillars()[Pillar::ALL[2]],
    |of| &of.pillars()[Pillar::ALL[3]],
];

impl Report<'_, CohortSummary> {
    fn drawing(&self, picture: CohortPicture) -> Drawing {
        match picture {
            CohortPicture::Spread => self.spread(),
            CohortPicture::Boxes => self.boxes().draw(),
            CohortPicture::Heat => self.heat().draw(),
            #[cfg(feature = "intervals")]
            CohortPicture::Choices => self.choices().draw(),
            #[cfg(feature = "intervals")]
            CohortPicture::Trend => self.trend(),
        }
    }

    /// The same for a page: in parts where it is long.
    pub(super) fn on_page(&self, picture: CohortPicture) -> Vec<Drawing> {
        match picture {
            CohortPicture::Spread => vec![self.spread()],
            CohortPicture::Boxes => self.boxes().parts(),
            CohortPicture::Heat => self.heat().parts(),
            #[cfg(feature = "intervals")]
            CohortPicture::Choices => self.choices().parts(),
            #[cfg(feature = "intervals")]
            CohortPicture::Trend => vec![self.trend()],
        }
    }

    /// What a picture is called, and what its groups are groups of.
    fn picture_title(&self, title: &str) -> String {
        match &self.more.by {
            Some(by) => {
                let group = shortened(by, LONGEST_GROUPING);
                fill!(self.catalogue().picture_by, title = title, group = group)
            }
            None => title.to_owned(),
        }
    }

    /// All, and at most so many groups; how many groups there are beside these.
    fn everyone_and(&self, most: usize) -> (Named<'_>, usize) {
        let groups = self.more.groups.iter().take(most);
        let groups = groups.map(|(name, of)| (shortened(name, LONGEST_GROUPING), *of));
        let all = (self.catalogue().everyone.to_string(), self.of);
        let left = self.more.groups.len().saturating_sub(most);
        ([all].into_iter().chain(groups).collect(), left)
    }

    /// What is to be said below a picture.
    fn notes(&self, note: &str, rows_left: usize, groups_left: usize) -> Vec<String> {
        let words = self.catalogue();
        let mut notes = vec![note.to_owned()];
        let left =
            [(&words.picture_rows_left, rows_left), (&words.picture_groups_left, groups_left)];
        for (sentence, n) in left {
            if n > 0 {
                notes.push(fill!(sentence, n = words.grouped(n.try_into().unwrap_or(u64::MAX))));
            }
        }
        notes
    }

    fn spread(&self) -> Drawing {
        let (words, overall) = (self.catalogue(), self.of.overall());
        Spread {
            words,
            ladder: self.questionnaire.ladder(),
            id: "spread",
            counts: overall.counts().collect(),
            mean: overall.mean(),
            median: overall.quartiles().map(|of| of.median),
        }
        .draw()
    }

    fn boxes(&self) -> Boxes<'_> {
        let words = self.catalogue();
        let (columns, left) = self.everyone_and(MOST_BOXES);
        let panel = |pillar: Pillar| {
            let rows = columns.iter().map(|(name, summary)| {
                let of = &summary.pillars()[pillar];
                let scores = of.counts().map(|(score, _)| score).collect();
                Boxed { name: name.clone(), n: of.count(), quartiles: of.quartiles(), scores }
            });
            (words.pillar(pillar), rows.collect())
        };
        Boxes {
            words,
            ladder: self.questionnaire.ladder(),
            id: "boxes",
            title: self.picture_title(&words.pillar_scores),
            panels: Pillar::ALL.map(panel).into(),
            notes: self.notes(&words.picture_boxes_note, 0, left),
        }
    }

    fn heat(&self) -> Heat<'_> {
        let words = self.catalogue();
        let (columns, groups_left) = self.everyone_and(MOST_COLUMNS);
        let means = |of: &dyn Fn(&CohortSummary) -> Option<&Distribution>| {
            columns.iter().map(|(_, summary)| of(summary).and_then(Distribution::mean)).collect()
        };
        let names = [&*words.overall].into_iter().chain(Pillar::ALL.map(|of| words.pillar(of)));
        let mut rows: Vec<Warm> = names
            .zip(SCORES)
            .map(|(name, of)| Warm::Means(name.to_owned(), means(&|summary| Some(of(summary)))))
            .collect();
        let mut rows_left = 0;
        for (id, title) in self.families() {
            let themes = || self.questionnaire.themes().iter().filter(|theme| theme.family == id);
            let room = Heat::MOST_ROWS.saturating_sub(rows.len() + 1);
            rows_left += themes().count().saturating_sub(room);
            if room > 0 && themes().next().is_some() {
                rows.push(Warm::Heading(in_picture(&title)));
            }
            rows.extend(themes().take(room).map(|theme| {
                let title = in_picture(&self.setting.quoted(&theme.title));
                Warm::Means(title, means(&|summary| summary.themes().get(&theme.id)))
            }));
        }
        Heat {
            words,
            id: "heat",
            title: self.picture_title(&words.picture_heat),
            columns: columns.into_iter().map(|(name, _)| name).collect(),
            rows,
            ladder: None,
            notes: self.notes(&words.picture_heat_note, rows_left, groups_left),
        }
    }
}
