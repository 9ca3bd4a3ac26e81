//! Every problem this crate can find, with its stable code and its message.

use super::Excerpt;
use super::alternatives::Alternatives;
use super::path::Path;
use crate::names::named;
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::stage::Stage;

/// Defines [`Problem`], [`Code`] and the way from one to the other from one table.
macro_rules! problems {
    ($(
        $(#[doc = $doc:literal])+
        $code:literal, $message:literal,
        $variant:ident { $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty ),* $(,)? }
    )+) => {
        /// What is the matter with a document, as data. `Display` is the message: one line, lower
        /// case, with input in backticks.
        #[derive(Clone, Debug, PartialEq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Problem {
            $(
                $(#[doc = $doc])+
                #[error($message)]
                $variant { $( $(#[doc = $field_doc])+ $field: $type ),* },
            )+
        }

        /// The stable name of a kind of problem, for programs that act on it. A code never changes
        /// its meaning; new ones may be added.
        ///
        /// ```
        /// use digital_maturity::Code;
        ///
        /// assert_eq!(Code::TooFine.as_str(), "too-fine");
        /// assert!(Code::ALL.contains(&Code::TooFine));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $( $(#[doc = $doc])+ $variant, )+
        }

        named!(Code, "code", [$($variant => $code),+]);

        impl Code {
            /// What this kind of problem is, in one or two sentences: what a tool shows as the help of
            /// a rule.
            ///
            /// ```
            /// use digital_maturity::Code;
            ///
            /// assert_eq!(Code::DuplicateKey.description(), "An object has a key twice.");
            /// ```
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $( Self::$variant => concat!($($doc),+).trim_ascii_start(), )+ }
            }
        }

        impl Problem {
            /// The stable code of this problem.
            #[must_use]
            pub const fn code(&self) -> Code {
                match self { $( Self::$variant { .. } => Code::$variant, )+ }
            }
        }
    };
}

problems! {
    // Any document.
    /// The text cannot be read as a document of its format at all.
    "syntax", "{message}", Syntax {
        /// What the reader of the format says.
        message: Excerpt,
        /// The line, from 1, where the reader stopped; 0 if it does not say.
        line: usize,
        /// The column, from 1, where the reader stopped; 0 if it does not say.
        column: usize,
    }
    /// The text of a document is larger than whoever reads it allows.
    "too-large", "the document has {found} bytes, at most {most} are read", TooLarge {
        /// Its bytes.
        found: usize,
        /// How many there may be.
        most: usize,
    }
    /// What questions share is so long, and shared so often, that with it written out beside each of
    /// them the questionnaire would be many times what it is.
    "shared-too-often",
    "with scales, themes and compared questions written out beside each question that names them, its \
     texts have {found} bytes, at most {most} for texts of this size",
    SharedTooOften {
        /// The bytes of texts that would be written out.
        found: usize,
        /// How many there may be: 512 KiB, and 16 times the bytes of all texts as they stand.
        most: usize,
    }
    /// What an application finds by rules of its own.
    "custom", "{message}", Custom {
        /// What it says.
        message: Excerpt,
    }
    /// A value has another type than is expected there.
    "wrong-type", "expected {expected}, found {found}", WrongType {
        /// What is expected.
        expected: &'static str,
        /// What is there.
        found: Excerpt,
    }
    /// An object lacks a key that it must have; the path is the object's.
    "missing-key", "key `{key}`{or} is missing", MissingKey {
        /// The key.
        key: &'static str,
        /// Keys that would do instead.
        or: Alternatives,
    }
    /// An object has two keys of which only one can stand there; the path is the object's.
    "conflicting-keys", "only one key of `{key}`{or} can stand here", ConflictingKeys {
        /// The first of the keys.
        key: &'static str,
        /// The others.
        or: Alternatives,
    }
    /// An object has a key that means nothing there.
    "unknown-key", "unknown key `{key}`", UnknownKey {
        /// The key.
        key: Excerpt,
        /// A known key that was probably meant.
        suggestion: Option<String>,
    }
    /// An object has a key twice.
    "duplicate-key", "key `{key}` appears more than once", DuplicateKey {
        /// The key.
        key: Excerpt,
    }
    /// A list has an entry twice.
    "duplicate-entry", "`{entry}` appears more than once", DuplicateEntry {
        /// The entry.
        entry: Excerpt,
    }
    /// A text is none of the names that are possible there, such as a pillar's or a scale kind's.
    "unknown-name", "unknown {what} `{found}`", UnknownName {
        /// What is named.
        what: &'static str,
        /// The text.
        found: Excerpt,
        /// A name that was probably meant.
        suggestion: Option<&'static str>,
    }
    /// A number is not finite.
    "not-finite", "expected a finite number, found {found}", NotFinite {
        /// The number.
        found: Excerpt,
    }
    /// A number that must be whole is not.
    "not-whole", "expected a whole number, found {found}", NotWhole {
        /// The number.
        found: Excerpt,
    }
    /// A number lies outside its range.
    "out-of-range", "{what} {found} is out of range, must be from {min} to {max}", OutOfRange {
        /// What the number is.
        what: &'static str,
        /// The number.
        found: Excerpt,
        /// The lowest value allowed.
        min: i64,
        /// The highest value allowed.
        max: i64,
    }
    /// A number has more decimals than its kind keeps; it is not rounded.
    "too-fine", "{what} {found} is too fine, at most {decimals} decimals are kept", TooFine {
        /// What the number is.
        what: &'static str,
        /// The number.
        found: Excerpt,
        /// How many decimals are kept.
        decimals: u32,
    }
    /// A list is shorter than it must be.
    "too-few", "too few {what}: found {found}, at least {least} must be there", TooFew {
        /// What the list holds, in the plural.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be at least.
        least: usize,
    }
    /// A list is longer than it may be; what is beyond the limit is not looked at.
    "too-many", "too many {what}: found {found}, at most {most} may be there", TooMany {
        /// What the list holds, in the plural.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be at most.
        most: usize,
    }
    /// A text has more than 10,000 characters.
    "text-too-long", "text of {found} characters is too long, at most {most} are allowed", TextTooLong {
        /// How many characters there are.
        found: usize,
        /// How many there may be at most.
        most: usize,
    }
    /// There were more findings than are kept.
    "more-findings", "{count} more findings are not shown", MoreFindings {
        /// How many.
        count: usize,
    }

    // The questionnaire.
    /// The document's `schema` is not one that this version of the crate reads.
    "unsupported-schema", "expected schema 1, found {found}", UnsupportedSchema {
        /// The number that is there.
        found: Excerpt,
    }
    /// A name does not have the form of an id.
    "invalid-id",
    "`{found}` is not an id: a lower-case letter, then up to 63 lower-case letters, digits or `_`",
    InvalidId {
        /// The text that is there.
        found: Excerpt,
    }
    /// An id has a meaning of its own and cannot be given to a question.
    "reserved-id", "id `{id}` is reserved", ReservedId {
        /// The id.
        id: String,
    }
    /// An id is given twice.
    "duplicate-id", "{what} id `{id}` is already used at {first}", DuplicateId {
        /// What has the id.
        what: &'static str,
        /// The id.
        id: String,
        /// Where it was given first.
        first: Path,
    }
    /// A version is not a semantic version.
    "invalid-version", "`{found}` is not a semantic version such as `1.0.0`", InvalidVersion {
        /// The text that is there.
        found: Excerpt,
    }
    /// The language of a translation, or of the default texts, is not a BCP 47 tag.
    "invalid-language", "`{found}` is not a BCP 47 language tag such as `de` or `pt-BR`", InvalidLanguage {
        /// The text that is there.
        found: Excerpt,
    }
    /// A question names a theme that the questionnaire does not have.
    "unknown-theme", "unknown theme `{id}`", UnknownTheme {
        /// The id.
        id: Excerpt,
        /// A theme that was probably meant.
        suggestion: Option<String>,
    }
    /// A question names a shared scale that the questionnaire does not have.
    "unknown-scale", "unknown scale `{id}`", UnknownScale {
        /// The id.
        id: Excerpt,
        /// A scale that was probably meant.
        suggestion: Option<String>,
    }
    /// A condition, answer or comment names a question that the questionnaire does not have.
    "unknown-question", "unknown question `{id}`", UnknownQuestion {
        /// The id.
        id: Excerpt,
        /// A question that was probably meant.
        suggestion: Option<String>,
    }
    /// Two choices of a scale have the same value.
    "duplicate-value", "value {value} is already used at {first}", DuplicateValue {
        /// The value.
        value: i64,
        /// Where it was given first.
        first: Path,
    }
    /// Some choices of a scale state their credit and others do not.
    "missing-credit", "this choice states no credit although others of the scale do", MissingCredit {}
    /// The bounds of a measure's bands do not ascend.
    "bands-not-ascending",
    "`{key}` {start} starts no higher than `{previous_key}` {previous} of the band before",
    BandsNotAscending {
        /// Which key states the start that is too low: `from` or `above`.
        key: &'static str,
        /// The start that is too low.
        start: f64,
        /// Which key states the start before it.
        previous_key: &'static str,
        /// The start before it.
        previous: f64,
    }
    /// A checklist is marked as reversed.
    "reversed-checklist", "a checklist cannot be reversed", ReversedChecklist {}
    /// A bound of the stage ladder is below that of the stage below.
    "falling-ladder", "{required} for {stage} is below {below} for the stage before", FallingLadder {
        /// The stage whose bound is too low.
        stage: Stage,
        /// Its bound.
        required: Score,
        /// The bound of the stage before.
        below: Score,
    }
    /// A condition names the question that it belongs to.
    "own-condition", "question `{id}` depends on itself", OwnCondition {
        /// The question.
        id: String,
    }
    /// A condition names a question that comes later.
    "later-condition", "question `{id}` comes later, a condition must name an earlier question", LaterCondition {
        /// The question that comes later.
        id: String,
    }
    /// A condition names an item of a question that has none.
    "not-a-checklist", "question `{id}` is no checklist, it has no items", NotAChecklist {
        /// The question that the condition names.
        id: String,
    }
    /// Conditions are joined within more joins than may be.
    "condition-too-deep", "conditions nest at most {most} deep", ConditionTooDeep {
        /// How deep they may nest.
        most: usize,
    }
    /// A pillar that counts has no question that counts.
    "pillar-without-question",
    "pillar `{pillar}` has weight {weight} but no question with a weight above 0",
    PillarWithoutQuestion {
        /// The pillar.
        pillar: Pillar,
        /// Its weight.
        weight: Weight,
    }
    /// No pillar counts.
    "no-pillar-weight", "every pillar has weight 0, so nothing could be scored", NoPillarWeight {}

    // The questionnaire: warnings.
    /// One question carries more than half of its pillar.
    "dominant-question",
    "question `{id}` carries more than half of the weight of pillar `{pillar}`",
    DominantQuestion {
        /// The question.
        id: String,
        /// Its pillar.
        pillar: Pillar,
    }
    /// A theme has no question.
    "unused-theme", "theme `{id}` has no question", UnusedTheme {
        /// The theme.
        id: String,
    }
    /// A shared scale is used by no question.
    "unused-scale", "scale `{id}` is used by no question", UnusedScale {
        /// The scale.
        id: String,
    }
    /// A theme belongs to a family that is not listed although others are.
    "unlisted-family", "family `{id}` is not among the listed families", UnlistedFamily {
        /// The family.
        id: String,
        /// A listed family that was probably meant.
        suggestion: Option<String>,
    }
    /// Only one pillar counts.
    "single-pillar", "pillar `{pillar}` carries all the weight, the others have none", SinglePillar {
        /// The pillar.
        pillar: Pillar,
    }
    /// A choice earns no more credit than the one listed before it.
    "credits-not-rising", "credit {credit} does not rise above {previous} of the choice before", CreditsNotRising {
        /// The credit of the choice.
        credit: Score,
        /// The credit of the choice before.
        previous: Score,
    }
    /// A condition asks for a credit that no answer to the named question earns.
    "unreachable-condition",
    "no answer to `{id}` earns {bound} or {side}, its credits go from {lowest} to {highest}",
    UnreachableCondition {
        /// The question that the condition names.
        id: String,
        /// What the condition asks for.
        bound: Score,
        /// `more` for `at_least`, `less` for `at_most`.
        side: &'static str,
        /// The lowest credit of that question, rounded to billionths.
        lowest: Score,
        /// The highest.
        highest: Score,
    }
    /// No answers meet a condition, although each comparison in it can be met.
    "condition-never-met", "no answers meet this condition, so the question is never asked", ConditionNeverMet {}
    /// All answers meet a condition.
    "condition-always-met", "all answers meet this condition, so it decides nothing", ConditionAlwaysMet {}
    /// A part of a condition makes no difference to the whole.
    "idle-condition", "no answer to `{id}` makes a difference here, the rest decides", IdleCondition {
        /// The question that this part names.
        id: String,
    }
    /// No answers lead to a stage.
    "unreachable-stage", "no answers end at stage `{stage}`", UnreachableStage {
        /// The stage.
        stage: Stage,
    }
    /// The title of a question, or the text of a choice or item, begins or ends with a blank, which
    /// survey tools keep or drop.
    "padded-text", "`{found}` begins or ends with a blank", PaddedText {
        /// The text.
        found: Excerpt,
    }
    /// A column with the title of a question as its header can be that of another, too.
    "ambiguous-header", "a column `{header}` can be {questions}", AmbiguousHeader {
        /// The title, or the id.
        header: Excerpt,
        /// The questions, or the item of one, whose column it can be.
        questions: Excerpt,
    }
    /// Most titles of questions and texts of choices and items are in a language, and some are not; the
    /// path is that of the first. Scales without a text in it are left out, as they may be of names.
    "partial-language",
    "{missing} of {texts} texts of questions, choices and items are not in `{language}`, this is the first",
    PartialLanguage {
        /// The language.
        language: String,
        /// How many texts lack it.
        missing: usize,
        /// How many there are.
        texts: usize,
    }
    /// One text alone is in a language, and more are in another.
    "lone-language", "no other text is in `{language}`", LoneLanguage {
        /// The language.
        language: String,
        /// A language of more texts that was probably meant.
        suggestion: Option<String>,
    }
    /// A text is empty or blank.
    "empty-text", "text is empty", EmptyText {}

    // Answers.
    /// The answers are for another questionnaire.
    "other-questionnaire", "answers are for questionnaire `{found}`, not `{expected}`", OtherQuestionnaire {
        /// The questionnaire that they are for.
        found: Excerpt,
        /// The questionnaire that reads them.
        expected: String,
    }
    /// The answers are for another version of the questionnaire.
    "other-version", "answers are for version `{found}`, not `{expected}`", OtherVersion {
        /// The version that they are for.
        found: Excerpt,
        /// The version that reads them.
        expected: String,
    }
    /// A day is not one of the calendar, or not written as `2026-11-23`.
    "invalid-date", "`{found}` is not a date of the form `2026-11-23`", InvalidDate {
        /// The text that is there.
        found: Excerpt,
    }
    /// The value is none of the question's choices.
    "unknown-choice", "{found} is none of the choices {choices}", UnknownChoice {
        /// The value that is there.
        found: Excerpt,
        /// The values of the question's choices.
        choices: Excerpt,
    }
    /// A ticked item is none of the checklist's.
    "unknown-item", "unknown item `{id}`", UnknownItem {
        /// The text that is there.
        id: Excerpt,
        /// An item that was probably meant.
        suggestion: Option<String>,
    }
    /// A text, read leniently, is neither the value of a choice nor the text of one.
    "unknown-text", "`{found}` is none of the choices {choices}, nor the text of one", UnknownText {
        /// The text that is there.
        found: Excerpt,
        /// The values of the question's choices.
        choices: Excerpt,
        /// The text of a choice that was probably meant.
        suggestion: Option<String>,
    }
    /// A text, read leniently, fits more than one answer, such as the value of one choice and the
    /// text of another; in a questionnaire, the text of a choice or item that would.
    "ambiguous-text", "`{found}` can mean more than one answer: {answers}", AmbiguousText {
        /// The text that is there.
        found: Excerpt,
        /// The answers that it fits.
        answers: Excerpt,
    }
    /// Two things are said to one question that cannot both be its answer, such as
    /// `not_applicable` beside items that are ticked.
    "conflicting-answers", "question `{id}` cannot be answered `{state}` with items ticked beside it",
    ConflictingAnswers {
        /// The question.
        id: String,
        /// The answer that stands beside items.
        state: &'static str,
    }
    /// Answers stand where they are not looked for, such as in a list of several objects.
    "nested-answers", "`{key}` holds answers to {questions}, which must stand among the other answers", NestedAnswers {
        /// The key that holds them.
        key: Excerpt,
        /// The questions.
        questions: Excerpt,
    }
    /// A measured number lies below the first band.
    "below-first-band", "{found} is below the first band, which starts {side} {first}", BelowFirstBand {
        /// The number that is there.
        found: Excerpt,
        /// `at` if the first band holds the number where it starts, else `above`.
        side: &'static str,
        /// Where the first band starts.
        first: f64,
    }
    /// The question does not allow `not_applicable` or `dont_know`, whichever was answered.
    "forbidden-state", "question `{id}` cannot be answered `{state}`", ForbiddenState {
        /// The question.
        id: String,
        /// The state that it forbids.
        state: &'static str,
    }
    /// An answer was sent for a question whose condition is not met; it does not count.
    "not-asked", "question `{id}` is not asked, its answer does not count", NotAsked {
        /// The question.
        id: String,
    }

    // A migration.
    /// A migration or a kept summary names another questionnaire, version or fingerprint than that
    /// of the questionnaire it is read for.
    "other-end", "the questionnaire has {what} `{expected}`, not `{found}`", OtherEnd {
        /// What differs: `id`, `version` or `fingerprint`.
        what: &'static str,
        /// What the document says.
        found: Excerpt,
        /// What the questionnaire has.
        expected: String,
    }
    /// A migration does not say what becomes of an old question, or where a new one comes from.
    "unaccounted-question", "the migration does not tell {what} `{id}`", UnaccountedQuestion {
        /// What is not said: `what becomes of` or `the origin of`.
        what: &'static str,
        /// The question.
        id: String,
    }
    /// A question is carried over although it now takes other answers, and they are not mapped.
    "other-answers",
    "answers to `{from}` are not those that `{to}` takes: map them, or list the question as changed",
    OtherAnswers {
        /// The question in the old version.
        from: String,
        /// The question in the new version.
        to: String,
    }
    /// A map of answers leaves out one that the old question takes.
    "unmapped-answer", "answer `{answer}` to `{id}` is not mapped", UnmappedAnswer {
        /// The question in the old version.
        id: String,
        /// The answer, or the item of a checklist.
        answer: String,
    }
    /// Answers are mapped to a question that is not carried over.
    "not-carried", "question `{id}` is not carried over, so that its answers need no map", NotCarried {
        /// The question in the old version.
        id: String,
    }
    /// The answers to a question cannot be mapped one by one: they are measured, or a checklist's
    /// that is no longer one.
    "unmappable", "answers to `{id}` cannot be mapped one by one", Unmappable {
        /// The question in the old version.
        id: String,
    }

    // Words.
    /// A sentence names something in braces that is not known there.
    "unknown-placeholder", "unknown placeholder `{found}`", UnknownPlaceholder {
        /// What stands in the braces.
        found: Excerpt,
        /// A name that was probably meant.
        suggestion: Option<String>,
    }
    /// A sentence leaves out what the English one names in braces.
    "missing-placeholder", "placeholder `{name}` is left out", MissingPlaceholder {
        /// What the English sentence names.
        name: String,
    }

    // The counts of a cohort.
    /// The Scores of a distribution do not ascend.
    "scores-not-ascending", "score {score} is not above {previous} before it", ScoresNotAscending {
        /// The Score that is too low, in billionths.
        score: i64,
        /// The one before it, in billionths.
        previous: i64,
    }
    /// Counts that must be of the same respondents are not.
    "count-mismatch", "{found} {what}, not {expected}", CountMismatch {
        /// What is counted.
        what: &'static str,
        /// How many there are.
        found: u64,
        /// How many others of the document's counts call for.
        expected: u64,
    }
}

impl Problem {
    /// The existing name that was probably meant: the nearest one, the first in document order on
    /// ties, if one is near enough.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            Self::UnknownName { suggestion, .. } => *suggestion,
            Self::UnknownKey { suggestion, .. }
            | Self::UnknownTheme { suggestion, .. }
            | Self::UnknownScale { suggestion, .. }
            | Self::UnknownQuestion { suggestion, .. }
            | Self::UnlistedFamily { suggestion, .. }
            | Self::LoneLanguage { suggestion, .. }
            | Self::UnknownPlaceholder { suggestion, .. }
            | Self::UnknownItem { suggestion, .. }
            | Self::UnknownText { suggestion, .. } => suggestion.as_deref(),
            _ => None,
        }
    }
}
