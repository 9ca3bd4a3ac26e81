//! How large a questionnaire may be, beyond the bound of each of its lists.

use std::collections::BTreeMap;

use super::limits::{BANDS, Bounds, CHOICES, ITEMS, QUESTIONS};
use super::spec::{BandSpec, QuestionSpec, QuestionnaireSpec, ScaleSpec, ScaleUse};
use crate::diagnostic::Problem;
use crate::document::{LARGEST_DOCUMENT, LONGEST_TEXT, Place, Reader};
use crate::text::Text;

/// How much a questionnaire may hold: by default what the scoring rules allow (section 1), and less
/// where a caller says so.
///
/// What cannot be larger than the rules allow is not made so here: beyond the default, only
/// `bytes` and `entries` change anything.
///
/// ```
/// use digital_maturity::spec::Limits;
/// use digital_maturity::{Code, Questionnaire};
///
/// let mut limits = Limits::default();
/// limits.bytes = 512 * 1024;
/// limits.questions = 40;
///
/// let dcx = serde_json::to_string(Questionnaire::dcx())?; // 45 questions
/// let errors = Questionnaire::from_json_within(&dcx, &limits).unwrap_err();
/// assert_eq!(errors.first().code(), Code::TooMany);
///
/// let large = " ".repeat(1024 * 1024);
/// let errors = Questionnaire::from_json_within(&large, &limits).unwrap_err();
/// assert_eq!(errors.first().code(), Code::TooLarge);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a document, as far as the door sees them: 16 MiB.
    pub bytes: usize,
    /// Questions: 1,000.
    pub questions: usize,
    /// Choices, items or bands of a scale: 100.
    pub choices: usize,
    /// Characters of a text in one language: 10,000.
    pub text: usize,
    /// What forms and schemas list beyond twelve times what the document does: 3,000. They list the
    /// choices, items or bands of each question, of a shared scale as often as it is used, and for each
    /// comparison of a condition those of the question that is compared; the document has each of its
    /// questions, comparisons, choices, items and bands once. So a thousand questions may share a scale
    /// of fifteen choices.
    pub entries: usize,
}

/// The default of what forms list, and how much more for each entry of the document.
const LISTED: (usize, usize) = (3_000, 12);

/// A number counts once more for each so many characters that it takes without an exponent.
const LONG_NUMBER: usize = 24;

impl Default for Limits {
    fn default() -> Self {
        let (bytes, text) = (LARGEST_DOCUMENT, LONGEST_TEXT);
        Self { bytes, questions: QUESTIONS.most, choices: CHOICES.most, text, entries: LISTED.0 }
    }
}

/// What questions share can be written out beside each of them in so many bytes, and so many more
/// for each byte of the texts as they stand.
const WRITTEN_OUT: (usize, usize) = (512 << 10, 16);

/// Notes what goes beyond the limits in a questionnaire whose parts are sound.
pub(super) fn check(reader: &mut Reader, spec: &QuestionnaireSpec, limits: &Limits) {
    let mut too_many = |place: &Place<'_>, bounds: Bounds, found: usize, most: usize| {
        // Beyond the bound of the rules it is told already.
        if found > most && found <= bounds.most {
            reader.error(place, Problem::TooMany { what: bounds.many, found, most });
        }
    };
    too_many(&Place::ROOT.key("questions"), QUESTIONS, spec.questions.len(), limits.questions);
    spec.each_scale(|place, scale| {
        let (key, bounds) = match scale {
            ScaleSpec::Choice { .. } => ("choices", CHOICES),
            ScaleSpec::YesNo => return,
            ScaleSpec::Checklist { .. } => ("items", ITEMS),
            ScaleSpec::Measure { .. } => ("bands", BANDS),
        };
        too_many(&place.key(key), bounds, entries_of(scale), limits.choices);
    });
    let entries = Bounds { one: "entry", many: "entries of a form", least: 0, most: usize::MAX };
    let beside = Beside::all(spec);
    let most = limits.entries.saturating_add(LISTED.1 * beside.own);
    too_many(&Place::ROOT.key("questions"), entries, beside.entries, most);
    let mut bytes = 0;
    spec.each_text(|place, text| {
        bytes += bytes_of(text);
        if limits.text < LONGEST_TEXT {
            let lines = text.in_each_language();
            let longest = lines.map(|line| line.chars().count()).max().unwrap_or(0);
            if (limits.text + 1..=LONGEST_TEXT).contains(&longest) {
                let (found, most) = (longest, limits.text);
                reader.error(place, Problem::TextTooLong { found, most });
            }
        }
    });
    let (found, most) = (beside.bytes, WRITTEN_OUT.0 + WRITTEN_OUT.1 * bytes);
    if found > most {
        let problem = Problem::SharedTooOften { found, most };
        reader.error(&Place::ROOT.key("questions"), problem);
    }
}

/// The choices, items or bands of a scale, and yes and no.
fn entries_of(scale: &ScaleSpec) -> usize {
    match scale {
        ScaleSpec::Choice { choices } => choices.len(),
        ScaleSpec::YesNo => 2,
        ScaleSpec::Checklist { items } => items.len(),
        ScaleSpec::Measure { bands, .. } => bands.len(),
    }
}

/// How many entries of a form the choices, items or bands of a scale are. `SurveyJS` takes numbers
/// without exponents, which can be 300 digits.
fn listed(scale: &ScaleSpec) -> usize {
    match scale {
        ScaleSpec::Measure { bands, .. } => {
            let characters = |band: &BandSpec| band.start.number().to_string().len();
            bands.iter().map(|band| 1 + characters(band) / LONG_NUMBER).sum()
        }
        _ => entries_of(scale),
    }
}

/// The bytes of a text in all its languages, tags included.
fn bytes_of(text: &Text) -> usize {
    let translations = text.translations.iter().map(|(tag, text)| tag.len() + text.len());
    text.default.len() + translations.sum::<usize>()
}

/// What all questions come to with what they name beside them; what cannot be found is no part of it.
#[derive(Default)]
struct Beside {
    /// What the document lists: its questions, comparisons, and entries of scales.
    own: usize,
    /// What a form lists: the entries of scales, and of each question that is compared.
    entries: usize,
    /// The bytes of texts that stand elsewhere: of shared scales, of themes, of compared questions and
    /// their scales.
    bytes: usize,
}

impl Beside {
    fn all(spec: &QuestionnaireSpec) -> Self {
        let texts = |scale: &ScaleSpec| {
            let mut bytes = 0;
            scale.each_text(&Place::ROOT, &mut |_, text| bytes += bytes_of(text));
            bytes
        };
        let scales = spec.scales.iter();
        let scales: BTreeMap<&str, (usize, usize)> =
            scales.map(|(name, of)| (name.as_str(), (listed(of), texts(of)))).collect();
        let scale = |question: &QuestionSpec| match &question.scale {
            ScaleUse::Own(scale) => (listed(scale), texts(scale)),
            ScaleUse::Shared(name) => scales.get(name.as_str()).copied().unwrap_or_default(),
        };
        let themes: BTreeMap<&str, usize> =
            spec.themes.iter().map(|theme| (theme.id.as_str(), bytes_of(&theme.title))).collect();
        let questions = spec.questions.iter();
        let whole = |question: &QuestionSpec| {
            let (entries, bytes) = scale(question);
            (entries, bytes + bytes_of(&question.title))
        };
        let questions: BTreeMap<&str, (usize, usize)> =
            questions.map(|of| (of.id.as_str(), whole(of))).collect();
        let mut all = Self::default();
        spec.each_scale(|_, scale| all.own += entries_of(scale));
        for question in &spec.questions {
            let themes = question.themes.iter().filter_map(|id| themes.get(id.as_str()));
            all.bytes += themes.sum::<usize>();
            let (entries, bytes) = scale(question);
            let is_shared = matches!(question.scale, ScaleUse::Shared(_));
            all.own += 1;
            all.entries += entries;
            all.bytes += if is_shared { bytes } else { 0 };
            let compared = question.asked_if.iter().flat_map(|of| of.condition.questions());
            for (entries, bytes) in compared.filter_map(|id| questions.get(id)) {
                all.own += 1;
                all.entries += entries;
                all.bytes += bytes;
            }
        }
        all
    }
}
