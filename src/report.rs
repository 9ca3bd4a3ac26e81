//! Reports and pictures: what a result says, for people to look at. No arithmetic but layout.

mod advice;
mod answers;
mod content;
mod details;
mod document;
mod escape;
mod figures;
mod names;
mod page;
mod voice;
mod words;

mod html;
mod markdown;
mod plain;

mod bars;
mod drawing;
mod radar;
mod steps;

use std::borrow::Cow;
use std::fmt;

pub use page::Page;
pub use words::Words;

use self::document::Content;
use self::drawing::Drawing;
use self::voice::Voice;
use crate::assessment::{Assessment, Record};
use crate::date::Date;
use crate::number::Score;
use crate::pillar::PillarMap;

/// A report on one [`Assessment`], before it takes a form: its language, its words, and what is
/// laid over the result.
///
/// Every form says the same, in the same order: the stage and what it means, what blocks the next
/// one, what to do first, the pillars, strengths and weaknesses, the themes family by family, where
/// the score comes from, what was left open, and what all this rests on. Without an overall it says
/// what to answer so that there is one.
///
/// The same assessment and settings give the same bytes everywhere. Whatever stands in the texts of
/// the questionnaire and in comments comes out as text: markup is escaped, control characters and
/// marks that turn the direction of other text do not get through.
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 3)?;
/// }
/// let assessment = sheet.assess();
///
/// let report = assessment.report();
/// assert!(report.text().to_string().contains("Stage 3 of 5: Hubs"));
/// assert!(report.html().to_string().starts_with("<!DOCTYPE html>"));
///
/// // In German, with the words that come with the crate.
/// let report = assessment.report().language("de");
/// assert!(report.markdown().to_string().contains("Stufe 3 von 5: Knoten"));
/// # Ok::<(), digital_maturity::Diagnostic>(())
/// ```
///
/// # Advice
///
/// Advice belongs to the answers given. It is ordered by how much the overall [`Score`] would rise
/// if that one answer went to the top of its scale and all others stayed; ties: by how much it
/// would rise with the next level, then the lower credit, then the order of the questionnaire.
/// Without an overall the lowest credits come first.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    assessment: &'a Assessment,
    voice: Voice<'a>,
    target: Option<PillarMap<Score>>,
    earlier: Option<Earlier>,
    advice: usize,
}

/// What is shown of an earlier result.
#[derive(Clone, Debug)]
enum Earlier {
    Comparable {
        taken: Option<Date>,
        pillars: PillarMap<Option<Score>>,
        overall: Option<Score>,
    },
    /// It is of that questionnaire.
    Other {
        id: String,
        version: String,
    },
}

/// A report or a picture in its final form; it is written by displaying it.
///
/// ```
/// # use digital_maturity::Questionnaire;
/// let assessment = Questionnaire::dcx_pulse().sheet().assess();
/// let picture: String = assessment.report().radar_svg().to_string();
/// assert!(picture.starts_with("<svg "));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rendering<'r>(Form<'r>);

#[derive(Clone, Copy, Debug)]
enum Form<'r> {
    Text(Source<'r>),
    Markdown(Source<'r>),
    Html(Source<'r>),
    Radar(Source<'r>),
    Ladder(&'r Report<'r>),
    Families(&'r Report<'r>),
}

/// What is put into a form.
#[derive(Clone, Copy, Debug)]
enum Source<'r> {
    Report(&'r Report<'r>),
    Page(&'r Page<'r>),
}

impl Assessment {
    /// A report on this result, in English unless told otherwise.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().text().to_string().contains("No stage yet"));
    /// ```
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        Report {
            assessment: self,
            voice: Voice::english(),
            target: None,
            earlier: None,
            advice: 10,
        }
    }
}

impl<'a> Report<'a> {
    /// For readers of that language, a BCP 47 tag: its words as in [`Words::of`], and the texts of
    /// the questionnaire as in [`Text::get`](crate::Text::get).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let report = assessment.report().language("de-AT");
    /// assert!(report.text().to_string().contains("Noch keine Stufe"));
    /// ```
    #[must_use]
    pub fn language(mut self, language: impl Into<Cow<'a, str>>) -> Self {
        self.voice = Voice::of(language);
        self
    }

    /// With those words, whatever the language of the questionnaire's texts.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let mut words = digital_maturity::Words::english();
    /// words.no_stage = "Too early to tell".into();
    /// let text = assessment.report().words(&words).text().to_string();
    /// assert!(text.contains("Too early to tell"));
    /// ```
    #[must_use]
    pub fn words(mut self, words: &'a Words) -> Self {
        self.voice.words = words;
        self
    }

    /// With a target for each pillar, shown beside the result and laid over the radar.
    ///
    /// ```
    /// # use digital_maturity::{PillarMap, Questionnaire, Score};
    /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let target: Score = "0.6".parse()?;
    /// let report = assessment.report().target(PillarMap::from_fn(|_| target));
    /// assert!(report.text().to_string().contains("Target"));
    /// # Ok::<(), digital_maturity::number::NumberError>(())
    /// ```
    #[must_use]
    pub fn target(mut self, target: PillarMap<Score>) -> Self {
        self.target = Some(target);
        self
    }

    /// With an earlier result, shown beside this one and laid over the radar. One whose
    /// questionnaire has another fingerprint cannot be compared: the report says so instead.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Record};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let before = pulse.sheet().assess().record().clone();
    /// let assessment = pulse.sheet().assess();
    /// assert!(assessment.report().earlier(&before).text().to_string().contains("Earlier"));
    /// ```
    #[must_use]
    pub fn earlier(mut self, earlier: &Record) -> Self {
        let of = &earlier.questionnaire;
        self.earlier = Some(if of.fingerprint == self.assessment.questionnaire().fingerprint() {
            Earlier::Comparable {
                taken: earlier.taken,
                pillars: earlier.pillars.map(|_, result| result.standing.score()),
                overall: earlier.overall.score(),
            }
        } else {
            Earlier::Other { id: of.id.to_string(), version: of.version.to_string() }
        });
        self
    }

    /// With at most that many pieces of advice; 10 unless told otherwise.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let report = assessment.report().advice(3);
    /// assert!(report.text().to_string().contains("What to do first"));
    /// ```
    #[must_use]
    pub fn advice(mut self, most: usize) -> Self {
        self.advice = most;
        self
    }

    /// As plain text in lines of at most 80 columns.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().text().to_string().lines().all(|line| line.len() <= 100));
    /// ```
    #[must_use]
    pub fn text(&self) -> Rendering<'_> {
        Rendering(Form::Text(Source::Report(self)))
    }

    /// As Markdown with tables (GitHub's dialect). Texts cannot bring in markup, HTML or links.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().markdown().to_string().starts_with("# "));
    /// ```
    #[must_use]
    pub fn markdown(&self) -> Rendering<'_> {
        Rendering(Form::Markdown(Source::Report(self)))
    }

    /// As one self-contained HTML page with the pictures in it: no script, nothing to load, for
    /// wide screens and phones, light and dark, and A4. It is well-formed XML as well.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let page = assessment.report().html().to_string();
    /// assert!(page.ends_with("</html>\n"));
    /// ```
    #[must_use]
    pub fn html(&self) -> Rendering<'_> {
        Rendering(Form::Html(Source::Report(self)))
    }

    /// A radar of the four pillars on the rings of the stages, as a stand-alone SVG.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().radar_svg().to_string().contains("<circle "));
    /// ```
    #[must_use]
    pub fn radar_svg(&self) -> Rendering<'_> {
        Rendering(Form::Radar(Source::Report(self)))
    }

    /// The stage ladder, where the organisation stands on it and what is missing to the next step,
    /// as a stand-alone SVG.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().ladder_svg().to_string().contains("<rect "));
    /// ```
    #[must_use]
    pub fn ladder_svg(&self) -> Rendering<'_> {
        Rendering(Form::Ladder(self))
    }

    /// Bars for every theme, family by family, as a stand-alone SVG.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().families_svg().to_string().ends_with("</svg>\n"));
    /// ```
    #[must_use]
    pub fn families_svg(&self) -> Rendering<'_> {
        Rendering(Form::Families(self))
    }
}

impl<'r> Source<'r> {
    fn content(self) -> Content<'r> {
        match self {
            Self::Report(report) => report.content(),
            Self::Page(page) => page.content(),
        }
    }

    fn radar(self) -> Option<Drawing> {
        match self {
            Self::Report(report) => Some(report.radar()),
            Self::Page(page) => page.radar(),
        }
    }
}

impl fmt::Display for Rendering<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Text(source) => plain::write(f, &source.content()),
            Form::Markdown(source) => markdown::write(f, &source.content()),
            Form::Html(source) => html::write(f, &source.content()),
            Form::Radar(source) => source.radar().map_or(Ok(()), |drawing| drawing.write_alone(f)),
            Form::Ladder(report) => report.ladder().write_alone(f),
            Form::Families(report) => report.bars(None).write_alone(f),
        }
    }
}
