//! Pages on what one asks of results: the way up, what changed, what is open, how firm it is, how
//! it compares.

mod benchmark;
mod comparison;
mod outlook;
mod roadmap;
mod robustness;

use std::borrow::Cow;

use super::document::{Block, Content, Inline, Line, Row, Table, plain};
use super::drawing::Drawing;
use super::voice::Voice;
use super::words::Words;
use super::{Form, Rendering, Source};
use crate::cohort::Benchmark;
use crate::compare::Comparison;
use crate::date::Date;
use crate::number::{Delta, Score};
use crate::outlook::Outlook;
use crate::questionnaire::Questionnaire;
use crate::roadmap::Roadmap;
use crate::robustness::Robustness;

/// A page on a [`Roadmap`], a [`Comparison`], an [`Outlook`], a [`Robustness`] or a [`Benchmark`],
/// before it takes a form: its language, its words, and whom it is about.
///
/// As with a [`Report`](super::Report), every form says the same in the same order, and whatever
/// stands in texts comes out as text. Titles of questions and themes come from the questionnaire
/// that is given; an id that it does not know is shown as it is.
///
/// ```
/// use digital_maturity::{Questionnaire, Stage};
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut sheet = pulse.sheet();
/// for question in pulse.questions() {
///     sheet.set(question.id(), 3)?;
/// }
/// let roadmap = sheet.roadmap(Stage::Platform)?;
/// let page = roadmap.page(&pulse).about("Quayside Grocers").by("2027-06-30".parse()?);
/// let text = page.text().to_string();
/// assert!(text.starts_with("The cheapest way to Platform\n"));
/// assert!(text.contains("By: 30 June 2027"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Page<'a> {
    subject: Subject<'a>,
    questionnaire: &'a Questionnaire,
    voice: Voice<'a>,
    about: Option<Cow<'a, str>>,
    by: Option<Date>,
}

#[derive(Clone, Copy, Debug)]
enum Subject<'a> {
    Roadmap(&'a Roadmap),
    Comparison(&'a Comparison),
    Outlook(&'a Outlook),
    Robustness(&'a Robustness),
    Benchmark(&'a Benchmark),
}

impl Roadmap {
    /// A page that one can start from: the first step, what the target asks for, every step with
    /// what is there, what to reach and how, and where it leads. `questionnaire` is the one that was
    /// answered.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let roadmap = pulse.sheet().roadmap(Stage::Bridge)?;
    /// let page = roadmap.page(&pulse).markdown().to_string();
    /// assert!(page.contains("Answer the open questions first"));
    /// # Ok::<(), digital_maturity::roadmap::TooCostly>(())
    /// ```
    #[must_use]
    pub fn page<'a>(&'a self, questionnaire: &'a Questionnaire) -> Page<'a> {
        Page::new(Subject::Roadmap(self), questionnaire)
    }
}

impl Comparison {
    /// A page on what changed and what explains it. `questionnaire` is the one that was answered.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::compare::Comparison;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let assessment = pulse.sheet().assess();
    /// let comparison = Comparison::new(&assessment, &assessment)?;
    /// let page = comparison.page(&pulse).text().to_string();
    /// assert!(page.contains("No answer counts differently."));
    /// # Ok::<(), digital_maturity::compare::Incomparable>(())
    /// ```
    #[must_use]
    pub fn page<'a>(&'a self, questionnaire: &'a Questionnaire) -> Page<'a> {
        Page::new(Subject::Comparison(self), questionnaire)
    }
}

impl Outlook {
    /// A page on what is still possible and what to answer next. `questionnaire` is the one that is
    /// being answered.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let page = pulse.sheet().outlook();
    /// let page = page.page(&pulse).text().to_string();
    /// assert!(page.contains("Between Traditional and Native"));
    /// ```
    #[must_use]
    pub fn page<'a>(&'a self, questionnaire: &'a Questionnaire) -> Page<'a> {
        Page::new(Subject::Outlook(self), questionnaire)
    }
}

impl Robustness {
    /// A page on how firm the stage is. `questionnaire` is the one that was answered.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut sheet = pulse.sheet();
    /// for question in pulse.questions() {
    ///     sheet.set(question.id(), 3)?;
    /// }
    /// let robustness = sheet.assess().robustness();
    /// let page = robustness.page(&pulse).text().to_string();
    /// assert!(page.contains("Hubs in 100% of all weightings"));
    /// # Ok::<(), digital_maturity::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn page<'a>(&'a self, questionnaire: &'a Questionnaire) -> Page<'a> {
        Page::new(Subject::Robustness(self), questionnaire)
    }
}

impl Benchmark {
    /// A page on where the result stands in its cohort. `questionnaire` is the one that was answered.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::cohort::{Benchmark, CohortSummary, PercentileRank};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let nobody = CohortSummary::empty(&pulse);
    /// let benchmark = Benchmark::new(&pulse.sheet().assess(), &nobody, PercentileRank::Mid)?;
    /// let page = benchmark.page(&pulse).text().to_string();
    /// assert!(page.contains("Nobody in the cohort has an overall score."));
    /// # Ok::<(), digital_maturity::OtherQuestionnaire>(())
    /// ```
    #[must_use]
    pub fn page<'a>(&'a self, questionnaire: &'a Questionnaire) -> Page<'a> {
        Page::new(Subject::Benchmark(self), questionnaire)
    }
}

impl<'a> Page<'a> {
    fn new(subject: Subject<'a>, questionnaire: &'a Questionnaire) -> Self {
        Self { subject, questionnaire, voice: Voice::english(), about: None, by: None }
    }

    /// For readers of that language, as in [`Report::language`](super::Report::language).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let outlook = pulse.sheet().outlook();
    /// assert!(outlook.page(&pulse).language("de").text().to_string().starts_with("Was noch offen ist"));
    /// ```
    #[must_use]
    pub fn language(mut self, language: impl Into<Cow<'a, str>>) -> Self {
        self.voice = Voice::of(language);
        self
    }

    /// With those words, whatever the language of the questionnaire's texts.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Words};
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let outlook = pulse.sheet().outlook();
    /// let mut words = Words::english();
    /// words.outlook = "Where we may end up".into();
    /// assert!(outlook.page(&pulse).words(&words).text().to_string().starts_with("Where we may"));
    /// ```
    #[must_use]
    pub fn words(mut self, words: &'a Words) -> Self {
        self.voice.words = words;
        self
    }

    /// With the name of whom it is about, which stands below the title. On a comparison and on a
    /// benchmark it stands in place of the respondents of the results.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let outlook = pulse.sheet().outlook();
    /// assert!(outlook.page(&pulse).about("Brackwater").text().to_string().contains("Brackwater"));
    /// ```
    #[must_use]
    pub fn about(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.about = Some(name.into());
        self
    }

    /// With a day by which each step of a roadmap shall be done; on other pages it changes nothing.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let mut sheet = pulse.sheet();
    /// # for question in pulse.questions() { sheet.set(question.id(), 3).unwrap(); }
    /// # let roadmap = sheet.roadmap(Stage::Platform)?;
    /// let page = roadmap.page(&pulse).by("2027-06-30".parse()?);
    /// assert!(page.text().to_string().contains("30 June 2027"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by(mut self, day: Date) -> Self {
        self.by = Some(day);
        self
    }

    /// As plain text in lines of at most 80 columns.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let outlook = pulse.sheet().outlook();
    /// assert!(outlook.page(&pulse).text().to_string().lines().all(|line| line.len() <= 100));
    /// ```
    #[must_use]
    pub fn text(&self) -> Rendering<'_> {
        Rendering(Form::Text(Source::Page(self)))
    }

    /// As Markdown with tables (GitHub's dialect).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let outlook = pulse.sheet().outlook();
    /// assert!(outlook.page(&pulse).markdown().to_string().starts_with("# "));
    /// ```
    #[must_use]
    pub fn markdown(&self) -> Rendering<'_> {
        Rendering(Form::Markdown(Source::Page(self)))
    }

    /// As one self-contained HTML page, like [`Report::html`](super::Report::html).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let pulse = Questionnaire::dcx_pulse();
    /// # let outlook = pulse.sheet().outlook();
    /// assert!(outlook.page(&pulse).html().to_string().ends_with("</html>\n"));
    /// ```
    #[must_use]
    pub fn html(&self) -> Rendering<'_> {
        Rendering(Form::Html(Source::Page(self)))
    }

    /// The radar of a roadmap (today, after the plan, and what the target asks of each pillar), of a
    /// comparison (before and after) or of a benchmark (the result over the median and the middle
    /// half of its cohort) as a stand-alone SVG. The other pages have none.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let roadmap = pulse.sheet().roadmap(Stage::Bridge)?;
    /// assert!(roadmap.page(&pulse).radar_svg().unwrap().to_string().starts_with("<svg "));
    /// assert!(pulse.sheet().outlook().page(&pulse).radar_svg().is_none());
    /// # Ok::<(), digital_maturity::roadmap::TooCostly>(())
    /// ```
    #[must_use]
    pub fn radar_svg(&self) -> Option<Rendering<'_>> {
        match self.subject {
            Subject::Roadmap(_) | Subject::Comparison(_) | Subject::Benchmark(_) => {
                Some(Rendering(Form::Radar(Source::Page(self))))
            }
            Subject::Outlook(_) | Subject::Robustness(_) => None,
        }
    }

    pub(super) fn radar(&self) -> Option<Drawing> {
        match self.subject {
            Subject::Roadmap(roadmap) => Some(self.roadmap_radar(roadmap)),
            Subject::Comparison(comparison) => Some(self.comparison_radar(comparison)),
            Subject::Benchmark(benchmark) => Some(self.benchmark_radar(benchmark)),
            Subject::Outlook(_) | Subject::Robustness(_) => None,
        }
    }

    pub(super) fn content(&self) -> Content<'_> {
        let (heading, blocks) = match self.subject {
            Subject::Roadmap(roadmap) => (self.target(roadmap.target), self.roadmap(roadmap)),
            Subject::Comparison(comparison) => {
                (self.catalogue().comparison.to_string(), self.comparison(comparison))
            }
            Subject::Outlook(outlook) => {
                (self.catalogue().outlook.to_string(), self.outlook(outlook))
            }
            Subject::Robustness(robustness) => {
                (self.catalogue().robustness.to_string(), self.robustness(robustness))
            }
            Subject::Benchmark(benchmark) => {
                (self.catalogue().benchmark.to_string(), self.benchmark(benchmark))
            }
        };
        let mut below = vec![self.voice.quoted(self.questionnaire.title())];
        for part in self.whom() {
            below.extend([Inline::Plain(" \u{b7} ".to_owned()), part]);
        }
        let title = self.voice.text_of(self.questionnaire.title()).text;
        let title = format!("{heading}: {title}");
        let mut content = vec![Block::Heading(1, plain(heading)), Block::Paragraph(below)];
        content.extend(blocks);
        Content { words: self.catalogue(), title, blocks: content }
    }

    fn catalogue(&self) -> &Words {
        self.voice.words
    }

    /// What stands below the title beside the questionnaire.
    fn whom(&self) -> Vec<Inline<'_>> {
        match (&self.about, self.subject) {
            (Some(name), _) => vec![Inline::Quoted((&**name).into())],
            (None, Subject::Comparison(comparison)) => Self::respondents(comparison),
            (None, Subject::Benchmark(benchmark)) => benchmark
                .source()
                .respondent
                .as_deref()
                .map(|name| Inline::Quoted(name.into()))
                .into_iter()
                .collect(),
            (None, _) => Vec::new(),
        }
    }

    /// The title of a question.
    fn question<'r>(&'r self, id: &'r str) -> Inline<'r> {
        match self.questionnaire.question(id) {
            Some(question) => self.voice.quoted(question.title()),
            None => Inline::Code(id.to_owned()),
        }
    }

    /// The title of a theme.
    fn theme<'r>(&'r self, id: &'r str) -> Inline<'r> {
        match self.questionnaire.themes().iter().find(|theme| theme.id == id) {
            Some(theme) => self.voice.quoted(&theme.title),
            None => Inline::Code(id.to_owned()),
        }
    }

    /// What the figures rest on.
    fn basis<'r>(&'r self, notes: &[&str]) -> Vec<Block<'r>> {
        let (words, questionnaire) = (self.catalogue(), self.questionnaire);
        let named = format!("{} {}", questionnaire.id(), questionnaire.version());
        let facts = vec![
            (words.questionnaire.to_string(), vec![Inline::Code(named)]),
            (
                words.fingerprint.to_string(),
                vec![Inline::Code(questionnaire.fingerprint().to_string())],
            ),
        ];
        let mut blocks = vec![Block::Heading(2, plain(&*words.basis))];
        blocks.extend(notes.iter().map(|note| Block::Paragraph(plain(*note))));
        blocks.push(Block::Facts(facts));
        blocks
    }
}

/// What stands where there is nothing to show.
const DASH: &str = "\u{2013}";

/// A Score, or the dash where there is none.
fn score(words: &Words, score: Option<Score>) -> String {
    score.map_or_else(|| DASH.to_owned(), |score| words.score(score))
}

/// A change, or the dash where there is none.
fn change(words: &Words, change: Option<Delta>) -> String {
    change.map_or_else(|| DASH.to_owned(), |change| words.change(change))
}

/// A table of those rows.
fn table<'r>(caption: &str, head: &[&str], rows: Vec<Row<'r>>) -> Block<'r> {
    let head = head.iter().map(ToString::to_string).collect();
    Block::Table(Table { caption: caption.to_owned(), head, rows })
}

/// A row of a table with one line to say what it is about.
fn row(about: Line<'_>, cells: Vec<String>) -> Row<'_> {
    Row { sums: false, about: vec![about], cells }
}
