//! Reports and pictures: what a result says, for people to look at. No arithmetic but layout.

#![expect(unnameable_types, reason = "what sealed traits speak of is nobody else's business")]

mod content;
mod escape;
mod setting;

mod form;
mod picture;

mod assessment;
mod digest;
mod page;

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "cohort")]
pub use page::CohortPicture;
#[cfg(feature = "intervals")]
pub use page::StudyTable;

use self::content::Content;
use self::picture::Drawing;
use self::setting::Setting;
use crate::questionnaire::{Identity, OtherQuestionnaire, Questionnaire};
use crate::words::Words;

/// A report on a result, before it takes a form: its language, its words, whom it is about, and
/// what else can be said of such a result.
///
/// Every form says the same, in the same order. The same result and settings give the same bytes
/// everywhere. Whatever stands in the texts of the questionnaire and in comments comes out as text:
/// markup is escaped, control characters and marks that turn the direction of other text do not get
/// through.
///
/// The report on an [`Assessment`](crate::Assessment) says the stage and what it means, what blocks
/// the next one, what to do first (see [`AnswerSheet::advice`](crate::AnswerSheet::advice)), the
/// pillars, strengths and weaknesses, the themes family by family, where the score comes from, what was
/// left open, what all this rests on, and last the instructions and the glossary of the questionnaire.
/// Without an overall it says what to answer so that there is one.
///
/// ```
/// use digital_maturity::{Questionnaire, Stage};
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
///
/// // A report on the way up.
/// let roadmap = sheet.roadmap(Stage::Platform)?;
/// let report = roadmap.report(pulse)?.about("Quayside Grocers").by("2027-06-30".parse()?);
/// let text = report.text().to_string();
/// assert!(text.starts_with("The cheapest way to Platform\n"));
/// assert!(text.contains("By: 30 June 2027"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[doc(alias("render", "html", "markdown", "svg"))]
pub struct Report<'a, S: Subject> {
    of: &'a S,
    questionnaire: &'a Questionnaire,
    setting: Setting<'a>,
    more: S::More<'a>,
}

/// What a report can be about: an assessment, and the answers to what one asks of results.
pub trait Subject: sealed::Parts + fmt::Debug {}

/// A subject that a radar can be drawn of, its pillars on the rings of the stages: an assessment, a
/// roadmap, a comparison, a benchmark.
pub trait Pictured: Subject + sealed::Drawn {}

impl<S: sealed::Parts + fmt::Debug> Subject for S {}

impl<S: sealed::Drawn + fmt::Debug> Pictured for S {}

mod sealed {
    use std::fmt::Debug;

    use super::{Content, Drawing, Report, Subject};

    pub trait Parts: Clone {
        /// What can be said besides, of such a subject only.
        type More<'a>: Clone + Debug + Default;

        /// Everything that the report says, in order.
        fn content<'r>(report: &'r Report<'_, Self>) -> Content<'r>
        where
            Self: Subject;
    }

    pub trait Drawn: Parts {
        fn radar(report: &Report<'_, Self>) -> Drawing
        where
            Self: Subject;
    }
}

/// The style sheet of [`Report::body`] and of the pictures, for a page that has reports in it: to be
/// linked or to stand in its head. Every rule is of the classes `maturity` and `maturity-picture`, so
/// that it changes nothing else on the page.
///
/// ```
/// use digital_maturity::report::STYLE;
///
/// assert!(STYLE.contains(".maturity table {"));
/// ```
pub const STYLE: &str =
    concat!(include_str!("report/picture/picture.css"), include_str!("report/form/report.css"));

/// What a page of [`Report::html`] needs of a `Content-Security-Policy` that it is served under: the hash of
/// its one style element, for `style-src`. It has no script and no style in attributes, and loads nothing. The
/// same for every page of this version of the crate; it changes with the style sheet. The policy that stands
/// in the page itself is the one below.
///
/// ```
/// use digital_maturity::report::PAGE_STYLE_HASH;
///
/// let policy = format!("default-src 'none'; style-src '{PAGE_STYLE_HASH}'");
/// # let page = digital_maturity::Questionnaire::dcx_pulse().sheet().assess().report().html().to_string();
/// assert!(page.contains(&policy));
/// ```
pub const PAGE_STYLE_HASH: &str = "sha256-l5abHh86Tr2jjoxYwAbZg5RpdOSFj8PuqPudu7gSXx4=";

/// A report that is written when it is displayed, and borrows no more than the report did.
struct Shown<'a, S: Subject, F> {
    report: Report<'a, S>,
    write: F,
}

impl<'a, S, F> fmt::Display for Shown<'a, S, F>
where
    S: Subject,
    F: Fn(&Report<'a, S>, &mut fmt::Formatter<'_>) -> fmt::Result,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.write)(&self.report, f)
    }
}

impl<'a, S: Subject> Report<'a, S> {
    fn new(of: &'a S, questionnaire: &'a Questionnaire) -> Self {
        let setting = Setting::english(questionnaire.language());
        Self { of, questionnaire, setting, more: S::More::default() }
    }

    /// Of a result that knows only which questionnaire it is of.
    fn read_with(
        of: &'a S,
        identity: &Identity,
        questionnaire: &'a Questionnaire,
    ) -> Result<Self, OtherQuestionnaire> {
        if identity.fingerprint == questionnaire.fingerprint() {
            Ok(Self::new(of, questionnaire))
        } else {
            Err(OtherQuestionnaire::new(identity.clone(), questionnaire.into()))
        }
    }

    fn shown<F>(&self, write: F) -> Shown<'a, S, F>
    where
        F: Fn(&Report<'a, S>, &mut fmt::Formatter<'_>) -> fmt::Result,
    {
        Shown { report: self.clone(), write }
    }

    fn catalogue(&self) -> &'a Words {
        self.setting.words
    }

    /// For readers of that language, a BCP 47 tag: its words as in [`Words::for_language`], and the
    /// texts of the questionnaire as in [`Text::get`](crate::Text::get).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let report = assessment.report().language("de-AT");
    /// assert!(report.text().to_string().contains("Noch keine Stufe"));
    /// ```
    #[must_use]
    pub fn language(mut self, language: impl Into<Cow<'a, str>>) -> Self {
        self.setting.speak(language.into());
        self
    }

    /// With those words, whatever the language of the questionnaire's texts.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Words};
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let words = Words::from_json(r#"{ "no_stage": "Too early to tell" }"#)?;
    /// let text = assessment.report().words(&words).text().to_string();
    /// assert!(text.contains("Too early to tell"));
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn words(mut self, words: &'a Words) -> Self {
        self.setting.words = words;
        self
    }

    /// With the name of whom it is about, which stands below the title, in place of the respondents
    /// of the result.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let text = assessment.report().about("Brackwater").text().to_string();
    /// assert!(text.contains("Brackwater"));
    /// ```
    #[must_use]
    pub fn about(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.setting.about = Some(name.into());
        self
    }

    /// With that before every id of a page or a picture, so that several can stand on one page. An id
    /// has no blanks: each in the prefix becomes a hyphen.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let radar = assessment.report().id_prefix("north-").radar_svg().to_string();
    /// assert!(radar.contains(r#"<title id="north-radar-title">"#));
    /// ```
    #[must_use]
    pub fn id_prefix(mut self, prefix: impl Into<Cow<'a, str>>) -> Self {
        let prefix = prefix.into();
        self.setting.prefix = if prefix.contains(char::is_whitespace) {
            prefix.replace(char::is_whitespace, "-").into()
        } else {
            prefix
        };
        self
    }

    /// As plain text in lines of at most 80 columns, a table of a cohort in 100.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().text().to_string().lines().all(|line| line.len() <= 100));
    /// ```
    #[must_use]
    pub fn text(&self) -> impl fmt::Display + use<'a, S> {
        self.shown(|report, f| form::text::write(f, &S::content(report)))
    }

    /// As Markdown with tables (GitHub's dialect). Texts cannot bring in markup, HTML or links, not even by an
    /// address that a renderer would make a link of by itself: `@`, `//` and the dot of `www.` stand in code
    /// spans, which is what holds in the renderers of GitHub, markdown-it, remark and others.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// assert!(assessment.report().markdown().to_string().starts_with("# "));
    /// ```
    #[must_use]
    pub fn markdown(&self) -> impl fmt::Display + use<'a, S> {
        self.shown(|report, f| form::markdown::write(f, &S::content(report)))
    }

    /// As LaTeX for a paper: no preamble, tables in `table` and `tabular` with the rules of the package
    /// `booktabs`, which is all that it needs. Texts cannot bring in commands. Scripts other than Latin need an
    /// engine that knows them, such as `LuaLaTeX`.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let page = assessment.report().latex().to_string();
    /// assert!(page.contains("\n\\toprule\n"));
    /// ```
    #[must_use]
    pub fn latex(&self) -> impl fmt::Display + use<'a, S> {
        self.shown(|report, f| form::latex::write(f, &S::content(report)))
    }

    /// As one self-contained HTML page with the pictures in it: no script, nothing to load, for
    /// wide screens and phones, light and dark, and A4. It is well-formed XML as well. A site whose policy
    /// allows no inline styles states [`PAGE_STYLE_HASH`] for it.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # let assessment = Questionnaire::dcx_pulse().sheet().assess();
    /// let page = assessment.report().html().to_string();
    /// assert!(page.ends_with("</html>\n"));
    /// ```
    #[must_use]
    pub fn html(&self) -> impl fmt::Display + use<'a, S> {
        self.shown(|report, f| form::html::write(f, &S::content(report), &report.setting.prefix))
    }

    /// The same without head and page, for a page of one's own: an `<article>` from its `<h1>` on. It
    /// has no style in it, not even in attributes, and its pictures bring their colours for light
    /// surroundings, so that it can be read under `Content-Security-Policy: default-src 'self'`;
    /// [`STYLE`] makes it look as it should.
    ///
    /// ```
    /// use digital_maturity::{Assessment, Questionnaire};
    ///
    /// fn in_a_page(assessment: &Assessment) -> impl std::fmt::Display {
    ///     assessment.report().language("de").id_prefix("result-").body()
    /// }
    ///
    /// let body = in_a_page(&Questionnaire::dcx_pulse().sheet().assess()).to_string();
    /// assert!(body.starts_with(r#"<article class="maturity" lang="de" dir="ltr">"#));
    /// assert!(!body.contains("<style>"));
    /// ```
    #[must_use]
    pub fn body(&self) -> impl fmt::Display + use<'a, S> {
        self.shown(|report, f| {
            form::html::write_body(f, &S::content(report), &report.setting.prefix)
        })
    }
}

impl<'a, S: Pictured> Report<'a, S> {
    /// A radar of the four pillars on the rings of the stages, as a stand-alone SVG. On it are the
    /// result, what is laid over it, a roadmap's end and target, the two sides of a comparison, or
    /// the median and the middle half of a cohort.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, Stage};
    /// let pulse = Questionnaire::dcx_pulse();
    /// let sheet = pulse.sheet();
    /// assert!(sheet.assess().report().radar_svg().to_string().contains("<circle "));
    /// let roadmap = sheet.roadmap(Stage::Bridge)?;
    /// assert!(roadmap.report(pulse)?.radar_svg().to_string().starts_with("<svg "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn radar_svg(&self) -> impl fmt::Display + use<'a, S> {
        self.shown(|report, f| S::radar(report).write_alone(f, &report.setting.prefix))
    }
}
