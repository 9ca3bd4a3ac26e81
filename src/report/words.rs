//! The catalogue of every fixed word of a report.

use std::borrow::Cow;

use crate::assessment::Reason;
use crate::pillar::Pillar;
use crate::stage::Stage;

/// Makes the catalogue and its two languages of one table, so that neither can miss a word.
macro_rules! catalogue {
    ($($(#[$about:meta])* $name:ident: $english:literal, $german:literal;)+) => {
        /// Every fixed word of a report, in one language; none can be missing.
        ///
        /// English and German come with the crate. Change a word by its field, or fill the fields
        /// for another language; what is in braces is replaced by a figure or a name, in whatever
        /// order the sentence has it. A word is a text like any other: it is escaped.
        ///
        /// ```
        /// use digital_maturity::{Questionnaire, Words};
        ///
        /// let mut words = Words::english();
        /// words.report = "How digital are we?".into();
        /// let assessment = Questionnaire::dcx_pulse().sheet().assess();
        /// let text = assessment.report().words(&words).text().to_string();
        /// assert!(text.contains("How digital are we?"));
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct Words {
            $(
                $(#[$about])*
                #[doc = concat!("In English: `", $english, "`.")]
                pub $name: Cow<'static, str>,
            )+
        }

        impl Words {
            /// The English words.
            ///
            /// ```
            /// # use digital_maturity::Words;
            /// assert_eq!(Words::english().language, "en");
            /// ```
            #[must_use]
            pub const fn english() -> Self {
                Self { $($name: Cow::Borrowed($english)),+ }
            }

            /// The German words.
            ///
            /// ```
            /// # use digital_maturity::Words;
            /// assert_eq!(Words::german().decimal, ",");
            /// ```
            #[must_use]
            pub const fn german() -> Self {
                Self { $($name: Cow::Borrowed($german)),+ }
            }
        }
    };
}

catalogue! {
    /// The BCP 47 tag of the language of these words.
    language: "en", "de";
    /// Which way the language is written, `ltr` or `rtl`.
    direction: "ltr", "ltr";
    /// What stands between whole and fraction.
    decimal: ".", ",";
    percent: "{n}%", "{n}\u{202f}%";
    /// A difference of two scores.
    points: "{n}\u{a0}points", "{n}\u{a0}Punkte";
    gain: "+{n}\u{a0}points", "+{n}\u{a0}Punkte";
    date: "{day} {month} {year}", "{day}. {month} {year}";
    month_1: "January", "Januar";
    month_2: "February", "Februar";
    month_3: "March", "März";
    month_4: "April", "April";
    month_5: "May", "Mai";
    month_6: "June", "Juni";
    month_7: "July", "Juli";
    month_8: "August", "August";
    month_9: "September", "September";
    month_10: "October", "Oktober";
    month_11: "November", "November";
    month_12: "December", "Dezember";

    stage_traditional: "Traditional", "Traditionell";
    stage_bridge: "Bridge", "Brücke";
    stage_hubs: "Hubs", "Knoten";
    stage_platform: "Platform", "Plattform";
    stage_native: "Native", "Nativ";
    meaning_traditional: "Digital work belongs to the IT department, data and software sit in the silos of each function, and the business gains little from them.",
        "Digitales ist Sache der IT-Abteilung, Daten und Software stecken in den Silos der einzelnen Bereiche, und das Geschäft hat wenig davon.";
    meaning_bridge: "Pilots bring technologists and business people together across silos, and the first successes stand here and there.",
        "Pilotprojekte bringen Technik und Fachbereiche über die Silos hinweg zusammen, und hier und da stehen erste Erfolge.";
    meaning_hubs: "Groups of functions share their data and capabilities through hubs, and a growing number of business people take part.",
        "Gruppen von Bereichen teilen Daten und Fähigkeiten über gemeinsame Knoten, und immer mehr Menschen aus den Fachbereichen machen mit.";
    meaning_platform: "The hubs have become one foundation of software and data, on which applications, analytics and artificial intelligence are put to use quickly.",
        "Aus den Knoten ist ein gemeinsames Fundament aus Software und Daten geworden, auf dem Anwendungen, Auswertungen und künstliche Intelligenz rasch in Gebrauch kommen.";
    meaning_native: "The organisation is built to use artificial intelligence at scale: a core of experts, easy tools for everyone, and broad training.",
        "Die Organisation ist darauf angelegt, künstliche Intelligenz in der Breite zu nutzen: ein Kern von Fachleuten, einfache Werkzeuge für alle und Schulung für viele.";
    pillar_digital_first_mindset: "Digital-first mindset", "Digital zuerst denken";
    pillar_agile_approach: "Agile approach", "Agiles Vorgehen";
    pillar_culture_of_experimentation: "Culture of experimentation", "Kultur des Experimentierens";
    pillar_connected_systems: "Connected systems", "Vernetzte Systeme";

    report: "Digital maturity report", "Bericht zur digitalen Reife";
    answers_by: "Answers by {respondent}", "Antworten von {respondent}";
    /// What joins the parts of an enumeration.
    and: ", ", ", ";

    standing: "Where the organisation stands", "Wo die Organisation steht";
    stage_of: "Stage {number} of 5: {stage}", "Stufe {number} von 5: {stage}";
    overall_score: "Overall score {score}, based on {answered} of {asked} questions.",
        "Gesamtwert {score}, gestützt auf {answered} von {asked} Fragen.";
    no_stage: "No stage yet", "Noch keine Stufe";
    not_scored: "There is no overall score, because too little is known about: {pillars}. Nothing is guessed: what is missing is not counted as 0.",
        "Es gibt keinen Gesamtwert, weil zu wenig bekannt ist über: {pillars}. Geraten wird nicht: Was fehlt, zählt nicht als 0.";
    answered_of: "{answered} of {asked} questions are answered.", "{answered} von {asked} Fragen sind beantwortet.";
    left_out: "Left out as not applicable or not asked: {count}.", "Weggelassen als nicht zutreffend oder nicht gestellt: {count}.";

    why_not: "Why not one stage higher", "Warum nicht eine Stufe höher";
    top: "This is the highest stage.", "Das ist die höchste Stufe.";
    next_stage: "The next stage is {stage}.", "Die nächste Stufe ist: {stage}.";
    blocked_by: "What is missing for it:", "Dafür fehlt:";
    requirement: "Requirement", "Anforderung";
    required: "Required", "Verlangt";
    actual: "There", "Erreicht";
    missing: "Missing", "Es fehlen";
    overall: "Overall", "Gesamt";

    answer_first: "What to answer to get a result", "Was zu beantworten ist, damit es ein Ergebnis gibt";
    nothing_applicable: "No question of this pillar applies to the organisation, so there is nothing to score. If that is wrong, answer at least one of its questions.",
        "Keine Frage dieser Säule trifft auf die Organisation zu, also gibt es nichts zu bewerten. Wenn das nicht stimmt, beantworten Sie wenigstens eine ihrer Fragen.";
    too_little: "{coverage} of the weight of this pillar is covered by answers, and {minimum} is required. Answer at least {count} of these:",
        "{coverage} des Gewichts dieser Säule sind durch Antworten gedeckt, {minimum} sind verlangt. Beantworten Sie mindestens {count} davon:";
    nothing_counts: "Every question of this pillar is open. Answer at least one of these:",
        "Jede Frage dieser Säule ist offen. Beantworten Sie mindestens eine davon:";
    not_scorable: "not scorable", "nicht bewertbar";

    first_steps: "What to do first", "Was zuerst zu tun ist";
    first_steps_order: "The advice belongs to the answers given. It is ordered by what the overall would gain if this one answer rose to the top of its scale and nothing else changed.",
        "Der Rat gehört zu den gegebenen Antworten. Geordnet ist er danach, was der Gesamtwert gewänne, wenn allein diese Antwort auf die Spitze ihrer Skala stiege.";
    first_steps_unscored: "The advice belongs to the answers given, the lowest first. There is no overall yet that it could be measured by.",
        "Der Rat gehört zu den gegebenen Antworten, die niedrigsten zuerst. Einen Gesamtwert, an dem er sich messen ließe, gibt es noch nicht.";
    shown_of: "Shown: {shown} of {count}.", "Gezeigt: {shown} von {count}.";
    no_advice: "No answer can be raised.", "Keine Antwort lässt sich verbessern.";
    today: "Today:", "Heute:";
    advice: "Advice:", "Rat:";
    next_level: "Next level:", "Nächste Stufe der Skala:";
    still_missing: "Still missing:", "Noch nicht vorhanden:";
    effect: "Overall: {step} for the next level, {full} at the top.",
        "Gesamtwert: {step} für die nächste Stufe der Skala, {full} an ihrer Spitze.";
    helps_stage: "This pillar holds back the next stage.", "Diese Säule hält die nächste Stufe auf.";

    pillars: "The four pillars", "Die vier Säulen";
    pillar_scores: "Scores of the pillars", "Werte der Säulen";
    pillar: "Pillar", "Säule";
    score: "Score", "Wert";
    stage: "Stage", "Stufe";
    coverage: "Coverage", "Abdeckung";
    answered: "Answered", "Beantwortet";
    of: "{part} of {whole}", "{part} von {whole}";
    target: "Target", "Ziel";
    earlier: "Earlier", "Früher";
    earlier_on: "Earlier ({date})", "Früher ({date})";
    now: "Now", "Jetzt";
    pillar_stage: "A pillar's stage looks at its own score alone.", "Die Stufe einer Säule richtet sich allein nach ihrem eigenen Wert.";
    other_questionnaire: "The earlier result is not shown: it was scored by another questionnaire ({id} {version}), and the two cannot be compared.",
        "Das frühere Ergebnis wird nicht gezeigt: Es wurde mit einem anderen Fragebogen bewertet ({id} {version}), und die beiden lassen sich nicht vergleichen.";

    extremes: "Strengths and weaknesses", "Stärken und Schwächen";
    extremes_by: "Held against the organisation's own overall: the answers furthest above it and furthest below it.",
        "Gemessen am eigenen Gesamtwert der Organisation: die Antworten, die am weitesten darüber und darunter liegen.";
    extremes_by_half: "Held against one half of the scale, as there is no overall: the answers furthest above and below it.",
        "Gemessen an der Mitte der Skala, da es keinen Gesamtwert gibt: die Antworten, die am weitesten darüber und darunter liegen.";
    strengths: "Strengths", "Stärken";
    weaknesses: "Weaknesses", "Schwächen";
    none_stands_out: "No answer stands out.", "Keine Antwort sticht hervor.";
    comment: "Comment:", "Anmerkung:";
    credit: "Credit", "Punktwert";

    themes: "Themes across the pillars", "Themen quer durch die Säulen";
    themes_views: "The same answers, seen from other sides. These views never feed the overall.",
        "Dieselben Antworten, von anderen Seiten gesehen. Diese Ansichten gehen nie in den Gesamtwert ein.";
    theme: "Theme and its lowest answers", "Thema und seine niedrigsten Antworten";
    theme_scores: "Scores of the themes", "Werte der Themen";

    origin: "Where the score comes from", "Woher der Wert kommt";
    origin_sum: "What each answer adds to the overall. The parts sum to it exactly, to the last digit.",
        "Was jede Antwort zum Gesamtwert beiträgt. Die Teile ergeben ihn genau, bis zur letzten Ziffer.";
    origin_none: "Every answer. As there is no overall, nothing adds to it yet.",
        "Alle Antworten. Da es keinen Gesamtwert gibt, trägt noch nichts dazu bei.";
    every_answer: "Every answer", "Alle Antworten";
    question: "Question and answer", "Frage und Antwort";
    contribution: "Adds", "Beitrag";
    sum: "Sum", "Summe";

    left_open: "What was left open", "Was offen blieb";
    nothing_open: "Nothing: every question is answered.", "Nichts: Jede Frage ist beantwortet.";
    dont_know: "Don't know", "Nicht bekannt";
    unanswered: "Not answered", "Nicht beantwortet";
    not_applicable: "Not applicable (left out)", "Trifft nicht zu (weggelassen)";
    not_asked: "Not asked, because of an earlier answer", "Nicht gestellt, wegen einer früheren Antwort";
    yes: "Yes", "Ja";
    no: "No", "Nein";
    ticked: "{count} of {all}", "{count} von {all}";

    basis: "What this rests on", "Worauf das beruht";
    questionnaire: "Questionnaire", "Fragebogen";
    fingerprint: "Fingerprint", "Fingerabdruck";
    taken: "Date of the answers", "Tag der Antworten";
    respondent: "Answers by", "Antworten von";
    method: "Method", "Verfahren";
    by_mean: "The overall is the mean of the pillars by their weight.", "Der Gesamtwert ist das gewichtete Mittel der Säulen.";
    by_minimum: "The overall is the lowest pillar.", "Der Gesamtwert ist die niedrigste Säule.";
    open_excluded: "Left out: {states}.", "Weggelassen: {states}.";
    open_lowest: "Counted as 0: {states}.", "Als 0 gezählt: {states}.";
    minimum_coverage: "A pillar needs answers to {minimum} of its weight.", "Eine Säule braucht Antworten zu {minimum} ihres Gewichts.";
    pillar_weights: "Weights of the pillars", "Gewichte der Säulen";
    ladder: "What the stages ask for", "Was die Stufen verlangen";
    every_pillar: "Every pillar", "Jede Säule";
    rounding: "Scores and gains are shown rounded down, requirements and what is missing rounded up. Stages are decided on nine decimals.",
        "Werte und Gewinne sind abgerundet gezeigt, Anforderungen und Fehlendes aufgerundet. Über Stufen entscheiden neun Dezimalstellen.";

    radar: "The four pillars and the stages", "Die vier Säulen und die Stufen";
    steps: "The stage ladder", "Die Stufenleiter";
    you_are_here: "here", "hier";
    to_next: "To {stage}: {requirement} {actual} of {required}, {missing} missing",
        "Zu {stage}: {requirement} {actual} von {required}, es fehlen {missing}";
}

impl Words {
    /// The words for readers of `language`: the German ones for `de` and its regions, such as
    /// `de-AT`, else the English ones.
    ///
    /// ```
    /// # use digital_maturity::Words;
    /// assert_eq!(Words::of("de-AT"), Words::german());
    /// assert_eq!(Words::of("fr"), Words::english());
    /// ```
    #[must_use]
    pub fn of(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("de") { Self::german() } else { Self::english() }
    }

    pub(super) fn of_stage(&self, stage: Stage) -> &str {
        match stage {
            Stage::Traditional => &self.stage_traditional,
            Stage::Bridge => &self.stage_bridge,
            Stage::Hubs => &self.stage_hubs,
            Stage::Platform => &self.stage_platform,
            Stage::Native => &self.stage_native,
        }
    }

    pub(super) fn meaning(&self, stage: Stage) -> &str {
        match stage {
            Stage::Traditional => &self.meaning_traditional,
            Stage::Bridge => &self.meaning_bridge,
            Stage::Hubs => &self.meaning_hubs,
            Stage::Platform => &self.meaning_platform,
            Stage::Native => &self.meaning_native,
        }
    }

    pub(super) fn of_pillar(&self, pillar: Pillar) -> &str {
        match pillar {
            Pillar::DigitalFirstMindset => &self.pillar_digital_first_mindset,
            Pillar::AgileApproach => &self.pillar_agile_approach,
            Pillar::CultureOfExperimentation => &self.pillar_culture_of_experimentation,
            Pillar::ConnectedSystems => &self.pillar_connected_systems,
        }
    }

    pub(super) fn month(&self, month: u8) -> &str {
        match month {
            1 => &self.month_1,
            2 => &self.month_2,
            3 => &self.month_3,
            4 => &self.month_4,
            5 => &self.month_5,
            6 => &self.month_6,
            7 => &self.month_7,
            8 => &self.month_8,
            9 => &self.month_9,
            10 => &self.month_10,
            11 => &self.month_11,
            _ => &self.month_12,
        }
    }

    pub(super) fn reason(&self, reason: Reason) -> &str {
        match reason {
            Reason::NothingApplicable => &self.nothing_applicable,
            Reason::Coverage => &self.too_little,
            Reason::NothingCounts => &self.nothing_counts,
        }
    }

    pub(super) fn is_right_to_left(&self) -> bool {
        self.direction.eq_ignore_ascii_case("rtl")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_words_for_stages_and_pillars_are_those_of_the_types() {
        let words = Words::english();
        for stage in Stage::ALL {
            assert_eq!(
                (words.of_stage(stage), words.meaning(stage)),
                (stage.name(), stage.meaning())
            );
        }
        for pillar in Pillar::ALL {
            assert_eq!(words.of_pillar(pillar), pillar.name());
        }
    }
}
