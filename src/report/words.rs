//! The catalogue of every fixed word of a report.

use std::borrow::Cow;

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

    roadmap: "The cheapest way to {target}", "Der günstigste Weg zu {target}";
    /// A pillar with the stage aimed at for it.
    pillar_target: "{pillar}: {stage}", "{pillar}: {stage}";
    no_target: "where nothing is asked for", "einem Ziel ohne Anforderung";
    way_open: "Steps to take: {steps}. Effort: {effort}.", "Schritte: {steps}. Aufwand: {effort}.";
    way_done: "The target is reached already.", "Das Ziel ist schon erreicht.";
    way_none: "No raise of the answers given reaches this target.", "Keine Verbesserung der gegebenen Antworten erreicht dieses Ziel.";
    way_from_to: "The overall goes from {before} ({from}) to {after} ({to}).",
        "Der Gesamtwert geht von {before} ({from}) auf {after} ({to}).";
    begin_with: "Begin with:", "Zu beginnen ist mit:";
    out_of_reach: "Even with every answered question at the top of its scale this stays unmet:",
        "Selbst wenn jede beantwortete Frage an der Spitze ihrer Skala stünde, bliebe offen:";
    highest_possible: "Most", "Höchstens";
    unscored_pillars: "There is no score yet for: {pillars}. Answer the open questions first; raising others gives these pillars none.",
        "Noch keinen Wert gibt es für: {pillars}. Beantworten Sie zuerst die offenen Fragen; andere zu verbessern hilft diesen Säulen nicht.";
    asked_for: "What the target asks for", "Was das Ziel verlangt";
    gaps: "Requirements", "Anforderungen";
    after_plan: "After the plan", "Nach dem Plan";
    today_column: "Today", "Heute";
    the_steps: "The steps, in order", "Die Schritte in ihrer Folge";
    steps_order: "What brings most for its effort comes first. Each result stands for this step and those before it.",
        "Zuerst kommt, was für seinen Aufwand am meisten bringt. Jedes Ergebnis gilt für diesen Schritt und die davor.";
    to_reach: "To reach:", "Zu erreichen:";
    below: "below {number}", "unter {number}";
    how: "How:", "Wie:";
    by_day: "By:", "Bis:";
    serves: "Serves:", "Dient:";
    takes: "Effort:", "Aufwand:";
    levels: "{effort} (levels to climb: {levels})", "{effort} (Stufen der Skala: {levels})";
    then: "Then:", "Danach:";
    then_overall: "overall {score}, {stage}", "Gesamtwert {score}, {stage}";
    then_pillar: "{pillar} {score}, {stage}", "{pillar} {score}, {stage}";
    step: "Step", "Schritt";
    effort: "Effort", "Aufwand";
    effort_so_far: "In all", "Zusammen";
    overall_then: "Overall then", "Gesamt danach";
    stage_then: "Stage then", "Stufe danach";
    pillar_then: "Pillar then", "Säule danach";
    pillar_stage_then: "Its stage then", "Ihre Stufe danach";
    target_of_pillars: "Target for each pillar", "Ziel für jede Säule";
    where_steps_lead: "Where each step leads", "Wohin jeder Schritt führt";
    opens: "What the plan opens", "Welche Fragen der Plan aufwirft";
    opens_why: "Once these steps are taken, these questions are asked as well:",
        "Sind diese Schritte getan, werden auch diese Fragen gestellt:";
    opens_scored: "Until they are answered, the answers score {score} ({stage}).",
        "Bis sie beantwortet sind, ergeben die Antworten {score} ({stage}).";
    opens_unscored: "Until they are answered, there is no overall score.",
        "Bis sie beantwortet sind, gibt es keinen Gesamtwert.";
    still_open: "What to answer first", "Was zuerst zu beantworten ist";
    still_open_why: "These questions are open. The plan leaves them alone; their answers may make it shorter or longer.",
        "Diese Fragen sind offen. Der Plan rührt sie nicht an; ihre Antworten können ihn kürzer oder länger machen.";
    way_exact: "No cheaper set of raised answers reaches the target. Effort is counted as the questionnaire states it, for each level that an answer climbs or each item that is ticked; it is an estimate of work, not of days or money.",
        "Keine günstigere Auswahl verbesserter Antworten erreicht das Ziel. Der Aufwand zählt, wie der Fragebogen ihn angibt, für jede Stufe der Skala und jeden Punkt einer Liste; er schätzt Arbeit, nicht Tage oder Geld.";

    comparison: "What has changed", "Was sich verändert hat";
    change_stage: "From {before} to {after}", "Von {before} zu {after}";
    change_none: "{stage}, as before", "{stage}, wie zuvor";
    change_unscored: "There is no stage on both sides", "Nicht auf beiden Seiten gibt es eine Stufe";
    change_overall: "The overall score was {before} and is {after}: {change}.",
        "Der Gesamtwert war {before} und ist {after}: {change}.";
    before: "Before", "Vorher";
    after: "After", "Nachher";
    change: "Change", "Veränderung";
    change_points: "{n}\u{a0}points", "{n}\u{a0}Punkte";
    from_to: "{before} \u{2192} {after}", "{before} \u{2192} {after}";
    moved_by: "What moved the overall", "Was den Gesamtwert bewegt hat";
    moved_sum: "Answers that changed explain {answers}; the rest, {weight}, comes from questions that weigh more or less because another came to count or ceased to. The parts sum to the change exactly.",
        "Geänderte Antworten erklären {answers}; der Rest, {weight}, kommt von Fragen, die mehr oder weniger wiegen, weil eine andere hinzukam oder wegfiel. Die Teile ergeben die Veränderung genau.";
    moved_unscored: "There is no overall on both sides that the changed answers could explain.",
        "Nicht auf beiden Seiten gibt es einen Gesamtwert, den die geänderten Antworten erklären könnten.";
    changed_questions: "Changed answers, those that explain most first", "Geänderte Antworten, zuerst was am meisten erklärt";
    unchanged_questions: "All other questions", "Alle anderen Fragen";
    question_only: "Question", "Frage";
    explains: "Explains", "Erklärt";
    nothing_changed: "No answer counts differently.", "Keine Antwort zählt anders.";
    theme_changes: "Themes that changed", "Themen, die sich verändert haben";
    theme_only: "Theme", "Thema";
    no_theme_changed: "No theme changed.", "Kein Thema hat sich verändert.";

    outlook: "What is still open", "Was noch offen ist";
    outlook_settled: "{stage}, whatever the open answers turn out to be", "{stage}, wie immer die offenen Antworten ausfallen";
    outlook_between: "Between {lowest} and {highest}", "Zwischen {lowest} und {highest}";
    outlook_none: "No way of answering the open questions gives a score", "Auf keine Weise führen die offenen Fragen zu einem Wert";
    outlook_overall: "The overall score can still end anywhere from {lowest} to {highest}. Open questions: {count}.",
        "Der Gesamtwert kann noch von {lowest} bis {highest} alles werden. Offene Fragen: {count}.";
    still_possible: "What is still possible", "Was noch möglich ist";
    lowest: "Lowest", "Niedrigster";
    highest: "Highest", "Höchster";
    stages: "Stages", "Stufen";
    range: "{lowest} to {highest}", "{lowest} bis {highest}";
    bounds: "Bounds of the scores", "Grenzen der Werte";
    answer_next: "What to answer next", "Was als Nächstes zu beantworten ist";
    answer_next_order: "The answer that can still move the overall most comes first.",
        "Zuerst kommt die Antwort, die den Gesamtwert noch am meisten bewegen kann.";
    open_questions: "Open questions", "Offene Fragen";
    moves: "Can move the overall by", "Kann den Gesamtwert bewegen um";
    depends: "Depends on an open question", "Hängt an einer offenen Frage";
    decides: "Decides whether these are asked:", "Entscheidet, ob diese gestellt werden:";
    bounds_hold: "The bounds hold for every way to complete these answers that can be scored. Conditions and scales that do not reach 0 or 1 can make them wider than what can happen.",
        "Die Grenzen gelten für jede bewertbare Art, die Antworten zu vervollständigen. Bedingungen und Skalen, die 0 oder 1 nicht erreichen, können sie weiter machen als das, was eintreten kann.";

    benchmark: "How it compares", "Der Vergleich mit anderen";
    benchmark_lead: "{stage}, at percentile rank {rank}", "{stage}, auf Prozentrang {rank}";
    benchmark_among: "In the cohort, {count} have an overall score.", "In der Vergleichsgruppe haben {count} einen Gesamtwert.";
    benchmark_empty: "Nobody in the cohort has an overall score.", "In der Vergleichsgruppe hat niemand einen Gesamtwert.";
    percentile_rank: "Percentile rank", "Prozentrang";
    percentile_ranks: "Scores and percentile ranks", "Werte und Prozentränge";
    rank_mid: "A percentile rank is the share of the cohort with a lower score; of those with the same score, half are counted.",
        "Ein Prozentrang ist der Anteil der Vergleichsgruppe mit niedrigerem Wert; von denen mit gleichem Wert zählt die Hälfte.";
    rank_weak: "A percentile rank is the share of the cohort with a lower score or the same.",
        "Ein Prozentrang ist der Anteil der Vergleichsgruppe mit niedrigerem oder gleichem Wert.";
    rank_strict: "A percentile rank is the share of the cohort with a lower score.",
        "Ein Prozentrang ist der Anteil der Vergleichsgruppe mit niedrigerem Wert.";
    cohort_size: "With a score", "Mit Wert";
    lower_quartile: "Lower quartile", "Unteres Quartil";
    median: "Median", "Median";
    upper_quartile: "Upper quartile", "Oberes Quartil";
    cohort_quartiles: "Quartiles of the cohort", "Quartile der Vergleichsgruppe";
    quartile_gaps: "How far from the quartiles", "Wie weit von den Quartilen";
    to_median: "To the median", "Zum Median";
    cohort_stages: "Stages in the cohort", "Stufen in der Vergleichsgruppe";
    cohort_at_stages: "How many are at each stage", "Wie viele auf jeder Stufe sind";
    cohort_count: "Number", "Anzahl";
    cohort_share: "Share", "Anteil";
    middle_half: "Middle half of the cohort", "Mittlere Hälfte der Gruppe";
    cohort_median: "Median of the cohort", "Median der Gruppe";

    robustness: "How firm the stage is", "Wie fest die Stufe steht";
    firm_share: "{stage} in {share} of all weightings", "{stage} in {share} aller Gewichtungen";
    firm_always: "{stage}, whatever the weights", "{stage}, bei jeder Gewichtung";
    firm_meaning: "The scores of the pillars stay as they are; only how much each pillar counts is varied, every weighting as likely as any other.",
        "Die Werte der Säulen bleiben, wie sie sind; verändert wird nur, wie viel jede Säule zählt, jede Gewichtung so wahrscheinlich wie jede andere.";
    fixed_minimum: "The overall is the lowest pillar, so that weights decide nothing.",
        "Der Gesamtwert ist die niedrigste Säule, also entscheiden Gewichte nichts.";
    fixed_single: "Only one pillar has a weight, so that there is nothing to shift.",
        "Nur eine Säule hat ein Gewicht, also lässt sich nichts verschieben.";
    shift: "The smallest shift that changes the stage moves {share} of all weight between pillars and leads to {stage}.",
        "Die kleinste Verschiebung, die die Stufe ändert, bewegt {share} des gesamten Gewichts zwischen Säulen und führt zu {stage}.";
    shift_none: "No shift of weight changes the stage.", "Keine Verschiebung der Gewichte ändert die Stufe.";
    other_weights: "What other weights would lead to", "Wohin andere Gewichte führten";
    shares: "Share of weightings that lead to each stage", "Anteil der Gewichtungen, die zu jeder Stufe führen";
    all_weightings: "All alike", "Alle gleich";
    own_weightings: "Around the questionnaire's own", "Um die des Fragebogens";
    weight_ranges: "How much each pillar may count with the stage unchanged", "Wie viel jede Säule zählen darf, ohne dass sich die Stufe ändert";
    ranges: "Shares of all weight", "Anteile am gesamten Gewicht";
    weight_share: "Counts now", "Zählt jetzt";
    from: "From", "Von";
    to: "To", "Bis";
    other_pillars: "The other pillars keep their proportions. Shares are shown rounded down, a lower end rounded up.",
        "Die anderen Säulen behalten ihr Verhältnis. Anteile sind abgerundet gezeigt, untere Enden aufgerundet.";
}
