//! Many voices on one organisation: what they say together, where they differ, and what hangs on it
//! (scoring rules, section 13).

#[cfg(feature = "cohort")]
mod agreement;
mod document;
mod heard;
mod possible;
mod result;
mod span;
mod stored;
mod swing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[cfg(feature = "cohort")]
pub use agreement::PanelAgreement;
pub use result::{Basis, PanelQuestion, PanelResult, SameAnswer, VoiceResult};
pub use span::{Between, Span};

use self::heard::Heard;
use crate::answers::{Answer, AnswerSheet, Folded, Given, Mark};
use crate::diagnostic::{Diagnostic, Errors, Excerpt, Problem};
use crate::document::{Place, name_fault, too_long};
use crate::names::named;
use crate::questionnaire::{Question, Questionnaire};

/// Two or more sheets of one questionnaire about one organisation, each under the name of who filled it
/// in, and what a workshop has settled between them.
///
/// A panel with fewer voices, two of one name, or sheets of questionnaires that score differently cannot
/// exist. Voices are asked, not judged: what they say together is a sheet of answers like any other, from
/// which result, roadmap, outlook and reports follow.
///
/// # What they say together
///
/// A voice has an opinion on a question if it answered or said not applicable. Without any opinion the
/// question is don't know if a voice said so, else unanswered; it is not applicable if more than half of
/// the opinions say that. Otherwise the answers decide, by the [rule](ConsensusRule). Voices are read as
/// they are given, and conditions are applied to what they say together. Who answers only a part is a
/// voice, too: sections may be shared out.
///
/// ```
/// use digital_maturity::panel::{Basis, ConsensusRule, Panel, Voice};
/// use digital_maturity::Questionnaire;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let mut voices = Vec::new();
/// for (name, level) in [("Ada", 2), ("Ben", 3), ("Cleo", 5)] {
///     let mut sheet = pulse.sheet();
///     for question in pulse.questions() {
///         sheet.set(question.id(), level)?;
///     }
///     voices.push(Voice::new(name, sheet));
/// }
/// voices[2].sheet_mut().set("case_view", 1)?;
/// let mut panel = Panel::new(pulse, voices, ConsensusRule::Median)?;
///
/// let result = panel.assess();
/// assert_eq!(result.result.overall.score().unwrap().to_string(), "0.479166667");
/// let span = result.span.overall.unwrap();
/// assert_eq!((span.lowest.to_string(), span.highest.to_string()), ("0.229166667".into(), "0.958333333".into()));
///
/// // The workshop settles what they differ on, question by question.
/// panel.settle("case_view", 4, "seen in the live system")?;
/// let result = panel.assess();
/// assert_eq!(result.question("case_view").unwrap().basis, Basis::Settled);
/// assert_eq!(result.result.overall.score().unwrap().to_string(), "0.520833333");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[doc(alias("consensus", "delphi", "workshop", "multi_rater"))]
pub struct Panel {
    questionnaire: Questionnaire,
    rule: ConsensusRule,
    voices: Vec<Kept>,
    /// By the position of the question.
    settled: BTreeMap<usize, Settled>,
}

/// A sheet of answers under the name of who filled it in.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    name: Arc<str>,
    sheet: AnswerSheet,
}

/// How the answers of several voices become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsensusRule {
    /// The lower median: of an even number the lower one of the middle two. A checklist ticks what more than
    /// half of the answers tick.
    #[default]
    Median,
    /// The lowest answer. A checklist ticks what all of the answers tick.
    Lowest,
}

/// A voice as a panel keeps it: many may answer little.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    name: Arc<str>,
    /// Of the questionnaire itself.
    sheet: Folded,
}

named!(ConsensusRule, "rule", [Median => "median", Lowest => "lowest"]);

/// An answer that was agreed on.
#[derive(Clone, Debug, PartialEq)]
struct Settled {
    given: Given,
    mark: Mark,
    note: Option<String>,
}

impl Voice {
    /// A voice of that name.
    #[must_use]
    pub fn new(name: impl Into<String>, sheet: AnswerSheet) -> Self {
        Self { name: name.into().into(), sheet }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it answered.
    #[must_use]
    pub fn sheet(&self) -> &AnswerSheet {
        &self.sheet
    }

    /// What it answered, to be changed.
    pub fn sheet_mut(&mut self) -> &mut AnswerSheet {
        &mut self.sheet
    }
}

impl Panel {
    /// How many voices there may be.
    pub const MOST_VOICES: usize = 10_000;

    /// The panel of those voices. Their order decides nothing but the order in which they are named.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, in one go: that there are fewer than two or more than
    /// [`MOST_VOICES`](Self::MOST_VOICES), a name is blank, too long or there twice, or a sheet is of a
    /// questionnaire that scores differently. Paths are `/voices/3/name` and `/voices/3/sheet`, counted
    /// from 0.
    ///
    /// ```
    /// use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// use digital_maturity::{Code, Questionnaire};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let voices = [Voice::new("Ada", pulse.sheet()), Voice::new("Ada", Questionnaire::dcx().sheet())];
    /// let errors = Panel::new(pulse, voices, ConsensusRule::Median).unwrap_err();
    /// let codes: Vec<Code> = errors.iter().map(|error| error.code()).collect();
    /// assert_eq!(codes, [Code::DuplicateEntry, Code::OtherEnd]);
    /// ```
    pub fn new(
        questionnaire: &Questionnaire,
        voices: impl IntoIterator<Item = Voice>,
        rule: ConsensusRule,
    ) -> Result<Self, Errors> {
        let voices: Vec<Voice> = voices.into_iter().collect();
        Errors::among(faults(questionnaire, &voices))?;
        Ok(Self {
            questionnaire: questionnaire.clone(),
            rule,
            voices: voices.into_iter().map(|voice| Kept::new(voice, questionnaire)).collect(),
            settled: BTreeMap::new(),
        })
    }

    /// The questionnaire that is answered.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// How the answers become one.
    #[must_use]
    pub fn rule(&self) -> ConsensusRule {
        self.rule
    }

    /// The voices, in the order in which they were given. Each sheet is made when it is asked for.
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// # let pulse = Questionnaire::dcx_pulse();
    /// let voices = ["Ada", "Ben"].map(|name| Voice::new(name, pulse.sheet()));
    /// let panel = Panel::new(pulse, voices.clone(), ConsensusRule::Median)?;
    /// assert!(panel.voices().eq(voices));
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[must_use]
    pub fn voices(&self) -> impl ExactSizeIterator<Item = Voice> {
        let sheet = |kept: &Kept| kept.sheet.sheet(&self.questionnaire);
        self.voices
            .iter()
            .map(move |kept| Voice { name: Arc::clone(&kept.name), sheet: sheet(kept) })
    }

    /// Settles what the panel answers to a question, whatever its voices say, and why; a blank note is none.
    /// It takes the place of an earlier one; [`Answer::Unanswered`] takes it back, so that the rule decides
    /// again.
    ///
    /// # Errors
    ///
    /// The one thing that is wrong with the answer, or that the note has more than 10,000 characters; the
    /// panel then stays as it was.
    ///
    /// ```
    /// use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// use digital_maturity::{Answer, Code, Questionnaire};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let voices = ["Ada", "Ben"].map(|name| Voice::new(name, pulse.sheet()));
    /// let mut panel = Panel::new(pulse, voices, ConsensusRule::Median)?;
    /// panel.settle("case_view", 4, "seen in the live system")?;
    /// assert_eq!(panel.consensus().answer("case_view"), Some(Answer::Whole(4)));
    /// assert_eq!(panel.settle("case_view", 6, "").unwrap_err().code(), Code::UnknownChoice);
    /// panel.settle("case_view", Answer::Unanswered, "")?;
    /// assert_eq!(panel.consensus().answer("case_view"), Some(Answer::Unanswered));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn settle(
        &mut self,
        id: &str,
        answer: impl Into<Answer>,
        note: impl Into<String>,
    ) -> Result<&mut Self, Diagnostic> {
        // A sheet takes the answer, or says what is wrong with it.
        let mut sheet = self.questionnaire.sheet();
        sheet.set(id, answer)?;
        let (note, place) = (note.into(), Place::ROOT.key(id));
        if let Some(problem) = too_long(&note) {
            return Err(Diagnostic::error(place.path(), problem));
        }
        let position = self.questionnaire.position(id).unwrap_or_default();
        let found = sheet.given().get(position).zip(sheet.marks().get(position));
        match found {
            Some((&given, &mark)) if mark != Mark::Unanswered => {
                let note = Some(note).filter(|note| !note.trim().is_empty());
                self.settled.insert(position, Settled { given, mark, note });
            }
            _ => {
                self.settled.remove(&position);
            }
        }
        Ok(self)
    }

    /// The questions that are settled, in the order of the questionnaire: each with its answer, and the note
    /// on it.
    pub fn settled(&self) -> impl Iterator<Item = (Question<'_>, Answer, Option<&str>)> {
        self.settled.iter().filter_map(|(&at, settled)| {
            let question = self.questionnaire.question_at(at)?;
            Some((question, settled.given.answer(question), settled.note.as_deref()))
        })
    }

    /// What the voices say together, and what is settled, as a sheet of answers. Notes on what is settled
    /// are its comments; respondent, day and sequence are the caller's to set.
    ///
    /// ```
    /// use digital_maturity::panel::{ConsensusRule, Panel, Voice};
    /// use digital_maturity::{Answer, Questionnaire};
    ///
    /// let pulse = Questionnaire::dcx_pulse();
    /// let mut voices = ["Ada", "Ben"].map(|name| Voice::new(name, pulse.sheet()));
    /// voices[0].sheet_mut().set("case_view", 5)?;
    /// voices[1].sheet_mut().set("case_view", 2)?.set("journey_owner", 3)?;
    /// let panel = Panel::new(pulse, voices, ConsensusRule::Median)?;
    /// let consensus = panel.consensus();
    /// assert_eq!(consensus.answer("case_view"), Some(Answer::Whole(2))); // the lower one of two
    /// assert_eq!(consensus.answer("journey_owner"), Some(Answer::Whole(3))); // one voice alone
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn consensus(&self) -> AnswerSheet {
        self.agreed(&self.heard())
    }

    /// What the voices say to each question, in the order of the questionnaire.
    fn heard(&self) -> Vec<Heard> {
        Heard::all(&self.questionnaire, self.voices.iter().map(|kept| kept.sheet.said()))
    }

    /// The sheet of the consensus and of what is settled.
    fn agreed(&self, heard: &[Heard]) -> AnswerSheet {
        let mut sheet = self.questionnaire.sheet();
        for (question, heard) in self.questionnaire.questions().zip(heard) {
            let position = question.position();
            match self.settled.get(&position) {
                Some(Settled { given, mark, note }) => {
                    sheet.put(position, (*given, *mark));
                    if let Some(note) = note {
                        sheet.put_comment(position, note.clone());
                    }
                }
                None => sheet.put(position, heard.consensus(question, self.rule)),
            }
        }
        sheet
    }
}

impl Kept {
    fn new(voice: Voice, questionnaire: &Questionnaire) -> Self {
        Self { name: voice.name, sheet: carried(questionnaire, voice.sheet).into() }
    }
}

/// What is wrong with voices, in their order.
fn faults(questionnaire: &Questionnaire, voices: &[Voice]) -> Vec<Diagnostic> {
    let root = Place::ROOT.key("voices");
    let mut faults = Vec::new();
    let mut fault = |place: &Place<'_>, problem| {
        faults.push(Diagnostic::error(place.path(), problem));
    };
    let (found, most) = (voices.len(), Panel::MOST_VOICES);
    if found < 2 {
        fault(&root, Problem::TooFew { what: "voices", found, least: 2 });
    } else if found > most {
        fault(&root, Problem::TooMany { what: "voices", found, most });
    }
    let mut names = BTreeSet::new();
    for (index, voice) in voices.iter().enumerate() {
        let place = root.index(index);
        if let Some(problem) = name_fault(voice.name(), &mut names) {
            fault(&place.key("name"), problem);
        }
        let (found, expected) =
            (voice.sheet.questionnaire().fingerprint(), questionnaire.fingerprint());
        if found != expected {
            let (found, expected) = (Excerpt::new(&found.to_string()), expected.to_string());
            let problem = Problem::OtherEnd { what: "fingerprint", found, expected };
            fault(&place.key("sheet"), problem);
        }
    }
    faults
}

/// The same sheet, of the questionnaire itself rather than of one that scores alike and may have its
/// questions in another order.
fn carried(questionnaire: &Questionnaire, sheet: AnswerSheet) -> AnswerSheet {
    if sheet.questionnaire() == questionnaire {
        return sheet;
    }
    let mut carried = questionnaire.sheet();
    carried.copy_head(&sheet);
    for (question, answer) in sheet.answers() {
        let taken = carried.set(question.id(), answer).is_ok();
        debug_assert!(taken, "what scores alike takes the same answers");
    }
    for (question, comment) in sheet.comments() {
        if let Some(position) = questionnaire.position(question.id()) {
            carried.put_comment(position, comment.to_owned());
        }
    }
    carried
}
