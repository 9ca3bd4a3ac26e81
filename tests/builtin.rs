//! What the built-in questionnaires promise, as far as it can be held mechanically.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::spec::{NonAnswer, ScaleSpec};
use digital_maturity::{Pillar, Question, Questionnaire, Score, Stage, Text};
use serde_json::Value;

/// Every text that a respondent chooses between, with its question.
fn choices(questionnaire: &Questionnaire) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for question in questionnaire.questions() {
        if let ScaleSpec::Choice { choices } = question.scale() {
            texts.extend(choices.iter().map(|c| (question.id().to_owned(), c.text.to_string())));
        }
    }
    texts
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Every text of a question that is written for people.
fn texts(question: &Question<'_>) -> Vec<String> {
    let mut texts = vec![question.title().to_string()];
    texts.extend(question.guidance().map(Text::to_string));
    match question.scale() {
        ScaleSpec::Choice { choices } => {
            texts.extend(choices.iter().map(|choice| choice.text.to_string()));
            texts.extend(
                choices.iter().filter_map(|choice| Some(choice.advice.as_ref()?.to_string())),
            );
        }
        ScaleSpec::Checklist { items } => texts.extend(items.iter().map(|i| i.text.to_string())),
        ScaleSpec::Measure { bands, .. } => {
            texts.extend(bands.iter().filter_map(|band| Some(band.text.as_ref()?.to_string())));
            texts.extend(bands.iter().filter_map(|band| Some(band.advice.as_ref()?.to_string())));
        }
        ScaleSpec::YesNo => {}
    }
    texts
}

#[test]
fn the_full_questionnaire_has_ten_questions_or_more_a_pillar_and_covers_every_theme() {
    let dcx = Questionnaire::dcx();
    assert!(dcx.questions().count() >= 40);
    for pillar in Pillar::ALL {
        let count = dcx.questions().filter(|question| question.pillar() == pillar).count();
        assert!(count >= 10, "{pillar}: {count}");
    }
    assert_eq!(dcx.families().len(), 8);
    let used: BTreeSet<&str> = dcx
        .questions()
        .flat_map(|question| question.themes().map(|theme| theme.id.as_str()))
        .collect();
    // The themes of the subject: 6 + 8 + 5 + 10 + 6 + 7 + 6 + 5 in eight families.
    assert_eq!((dcx.themes().len(), used.len()), (53, 53));
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    for theme in dcx.themes() {
        *families.entry(&theme.family).or_default() += 1;
        assert!(theme.description.is_some(), "{}", theme.id);
    }
    let sizes = |id: &str| families[id];
    assert_eq!(
        [
            sizes("leadership_imperative"),
            sizes("journey_friction"),
            sizes("blind_spots"),
            sizes("digital_shift"),
            sizes("new_lens"),
            sizes("complexity"),
            sizes("next_steps"),
            sizes("shared_responsibility"),
        ],
        [6, 8, 5, 10, 6, 7, 6, 5]
    );
}

#[test]
fn every_answer_but_the_best_comes_with_advice_and_every_question_with_guidance() {
    for questionnaire in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        for question in questionnaire.questions() {
            let id = question.id();
            assert!(question.guidance().is_some(), "{id}");
            assert!(question.themes().count() >= 1, "{id}");
            assert!(!question.forbids(NonAnswer::DontKnow), "{id}: not to know is honest");
            let credits = question.credits();
            match question.scale() {
                ScaleSpec::Choice { choices } => {
                    assert_eq!(choices.len(), 5, "{id}");
                    assert_eq!(
                        credits,
                        ["0", "0.25", "0.5", "0.75", "1"].map(|c| c.parse().unwrap())
                    );
                    for (choice, credit) in choices.iter().zip(credits) {
                        assert_eq!(
                            choice.advice.is_some(),
                            credit < Score::ONE,
                            "{id} {}",
                            choice.value
                        );
                    }
                }
                ScaleSpec::Measure { bands, .. } => {
                    for (band, credit) in bands.iter().zip(credits) {
                        assert!(band.text.is_some(), "{id} {}", band.start.number());
                        assert_eq!(
                            band.advice.is_some(),
                            credit < Score::ONE,
                            "{id} {}",
                            band.start.number()
                        );
                    }
                }
                ScaleSpec::Checklist { .. } | ScaleSpec::YesNo => {}
            }
        }
    }
}

#[test]
fn choices_are_sentences_of_12_to_30_words_in_rising_values() {
    for (id, text) in choices(Questionnaire::dcx()) {
        let count = words(&text).len();
        assert!((12..=30).contains(&count), "{id}: {count} words in {text:?}");
        assert!(text.ends_with('.'), "{id}: {text:?}");
    }
    for question in Questionnaire::dcx().questions() {
        if let ScaleSpec::Choice { choices } = question.scale() {
            let values: Vec<i64> = choices.iter().map(|choice| choice.value).collect();
            assert_eq!(values, [1, 2, 3, 4, 5], "{}", question.id());
        }
    }
}

#[test]
fn no_two_questions_share_a_run_of_more_than_eight_words_in_their_choices() {
    let mut first: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for (id, text) in choices(Questionnaire::dcx()) {
        for run in words(&text).windows(9) {
            let owner = first.entry(run.to_vec()).or_insert_with(|| id.clone());
            assert_eq!(*owner, id, "{}", run.join(" "));
        }
    }
}

#[test]
fn no_text_is_there_twice() {
    let mut seen = BTreeMap::new();
    for question in Questionnaire::dcx().questions() {
        for text in texts(&question) {
            if let Some(other) = seen.insert(text.clone(), question.id().to_owned()) {
                panic!("{other} and {} both say {text:?}", question.id());
            }
        }
    }
}

#[test]
fn the_short_questionnaire_is_twelve_questions_of_the_full_one_word_for_word() {
    let (dcx, pulse) = (Questionnaire::dcx(), Questionnaire::dcx_pulse());
    assert_eq!(pulse.questions().count(), 12);
    for pillar in Pillar::ALL {
        assert_eq!(pulse.questions().filter(|q| q.pillar() == pillar).count(), 3);
    }
    for spec in &pulse.spec().questions {
        let full = dcx.spec().questions.iter().find(|full| full.id == spec.id).unwrap();
        let mut same_weight = full.clone();
        same_weight.weight = spec.weight;
        assert_eq!(*spec, same_weight);
    }
    for theme in &pulse.spec().themes {
        assert!(dcx.spec().themes.contains(theme), "{}", theme.id);
    }
    let families: BTreeSet<&str> =
        pulse.themes().iter().map(|theme| theme.family.as_str()).collect();
    assert_eq!(families.len(), 8);
}

#[test]
fn neither_has_a_warning() {
    for questionnaire in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        assert_eq!(questionnaire.warnings().to_string(), "");
    }
}

#[test]
fn the_table_in_the_documentation_is_that_of_the_questionnaire() {
    let kind = |question: &Question<'_>| match question.scale() {
        ScaleSpec::Choice { .. } => "choice",
        ScaleSpec::YesNo => "yes_no",
        ScaleSpec::Checklist { .. } => "checklist",
        ScaleSpec::Measure { .. } => "measure",
    };
    let row = |question: Question<'_>| {
        let themes: Vec<String> =
            question.themes().map(|theme| format!("`{}`", theme.id)).collect();
        let (id, pillar, weight) = (question.id(), question.pillar(), question.weight());
        format!("| `{id}` | `{pillar}` | {} | {weight} | {} |", themes.join(", "), kind(&question))
    };
    let expected: Vec<String> = Questionnaire::dcx().questions().map(row).collect();
    let documented: Vec<&str> = include_str!("../src/questionnaire/dcx.md")
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| question "))
        .collect();
    assert_eq!(documented, expected);
}

#[test]
fn the_lowest_answers_are_traditional_and_the_highest_native() {
    for questionnaire in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        for (stage, score, best) in [(Stage::Traditional, "0", false), (Stage::Native, "1", true)] {
            let mut sheet = questionnaire.sheet();
            for question in questionnaire.questions() {
                let credits = question.credits();
                let wanted = if best { credits.iter().max() } else { credits.iter().min() };
                let at = credits.iter().position(|credit| Some(credit) == wanted).unwrap();
                match question.scale() {
                    ScaleSpec::Choice { choices } => sheet.set(question.id(), choices[at].value),
                    ScaleSpec::YesNo => sheet.set(question.id(), best),
                    ScaleSpec::Checklist { items } => {
                        let all: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
                        sheet.set(question.id(), if best { all } else { Vec::new() })
                    }
                    ScaleSpec::Measure { bands, .. } => {
                        sheet.set(question.id(), bands[at].start.least())
                    }
                }
                .unwrap();
            }
            let assessment = sheet.assess();
            assert_eq!(assessment.stage(), Some(stage));
            assert_eq!(assessment.score(), Some(score.parse().unwrap()));
        }
    }
}

/// Every text for people of a questionnaire, by its path, as English and German.
fn pairs(questionnaire: &Questionnaire) -> Vec<(String, String, String)> {
    const FOR_PEOPLE: [&str; 9] = [
        "title",
        "description",
        "instructions",
        "term",
        "meaning",
        "unit",
        "text",
        "advice",
        "guidance",
    ];
    fn walk(path: &str, value: &Value, pairs: &mut Vec<(String, String, String)>) {
        match value {
            Value::Array(list) => {
                for (at, value) in list.iter().enumerate() {
                    walk(&format!("{path}/{at}"), value, pairs);
                }
            }
            Value::Object(object) => {
                for (key, value) in object {
                    let path = format!("{path}/{key}");
                    if FOR_PEOPLE.contains(&key.as_str()) {
                        let german = value.get("de").and_then(Value::as_str);
                        let german = german.unwrap_or_else(|| panic!("{path}: no German"));
                        let english = value["default"].as_str().unwrap();
                        pairs.push((path, english.to_owned(), german.to_owned()));
                    } else {
                        walk(&path, value, pairs);
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    let document = serde_json::to_value(questionnaire.spec()).unwrap();
    walk(questionnaire.id(), &document, &mut found);
    found
}

/// The numbers of a text in figures and in words, sorted.
fn numbers(text: &str) -> Vec<String> {
    const WORDS: [(&str, &str, &str); 14] = [
        ("two", "zwei", "2"),
        ("three", "drei", "3"),
        ("four", "vier", "4"),
        ("five", "fünf", "5"),
        ("six", "sechs", "6"),
        ("seven", "sieben", "7"),
        ("eight", "acht", "8"),
        ("nine", "neun", "9"),
        ("ten", "zehn", "10"),
        ("eleven", "elf", "11"),
        ("twelve", "zwölf", "12"),
        ("twenty", "zwanzig", "20"),
        ("thirty", "dreißig", "30"),
        ("fifty", "fünfzig", "50"),
    ];
    let mut found: Vec<String> = words(text)
        .into_iter()
        .filter_map(|word| {
            let named = WORDS.iter().find(|(en, de, _)| word == *en || word == *de);
            match named {
                Some((.., number)) => Some((*number).to_owned()),
                None => word.chars().all(|c| c.is_ascii_digit()).then_some(word),
            }
        })
        .collect();
    found.sort();
    found
}

#[test]
fn every_text_is_there_in_german_with_the_same_numbers_and_of_about_the_same_length() {
    for questionnaire in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        assert_eq!(questionnaire.languages(), ["en", "de"]);
        for (path, english, german) in pairs(questionnaire) {
            assert_eq!(numbers(&english), numbers(&german), "{path}: {english:?}, {german:?}");
            let (short, long) = (english.chars().count(), german.chars().count());
            // Of a title of two words nothing can be said, else German is the longer one.
            assert!(
                short < 40 || (short * 3 / 4..=short * 8 / 5).contains(&long),
                "{path}: {german:?}"
            );
            // A sentence there is a sentence here.
            assert_eq!(
                english.chars().last().filter(|c| ".?".contains(*c)),
                german.chars().last().filter(|c| ".?".contains(*c)),
                "{path}: {german:?}"
            );
        }
    }
}

#[test]
fn the_german_texts_have_no_english_left_and_the_english_ones_no_german() {
    // Words without which hardly a sentence of one language can do, and which the other has not.
    const ENGLISH: [&str; 40] = [
        "the",
        "of",
        "and",
        "is",
        "are",
        "to",
        "for",
        "with",
        "by",
        "that",
        "this",
        "which",
        "who",
        "what",
        "when",
        "how",
        "there",
        "its",
        "they",
        "them",
        "their",
        "be",
        "been",
        "has",
        "have",
        "not",
        "or",
        "if",
        "on",
        "at",
        "as",
        "from",
        "one",
        "each",
        "every",
        "most",
        "least",
        "customer",
        "customers",
        "department",
    ];
    const GERMAN: [&str; 40] = [
        "der", "das", "und", "ist", "sind", "zu", "für", "mit", "von", "dass", "diese", "welche",
        "wer", "wenn", "wie", "es", "sie", "ihre", "sein", "wird", "werden", "haben", "nicht",
        "oder", "auf", "bei", "als", "aus", "ein", "eine", "einen", "jede", "jeder", "kunden",
        "kunde", "bereich", "bereiche", "dem", "den", "zum",
    ];
    for questionnaire in [Questionnaire::dcx(), Questionnaire::dcx_pulse()] {
        for (path, english, german) in pairs(questionnaire) {
            for (text, foreign) in [(&german, ENGLISH), (&english, GERMAN)] {
                let left: Vec<String> = words(text)
                    .into_iter()
                    .filter(|word| foreign.contains(&word.as_str()))
                    .collect();
                assert!(left.is_empty(), "{path}: {left:?} in {text:?}");
            }
        }
    }
}

#[test]
fn a_german_choice_is_a_sentence_too_and_no_two_choices_of_a_question_are_alike() {
    for question in Questionnaire::dcx().questions() {
        if let ScaleSpec::Choice { choices } = question.scale() {
            let german: BTreeSet<&str> = choices.iter().map(|c| c.text.get("de")).collect();
            assert_eq!(german.len(), choices.len(), "{}", question.id());
            for text in german {
                let count = words(text).len();
                assert!((8..=30).contains(&count), "{}: {count} words in {text:?}", question.id());
            }
        }
    }
}

#[test]
fn both_explain_how_to_answer_and_the_words_that_the_questions_use() {
    let (dcx, pulse) = (Questionnaire::dcx(), Questionnaire::dcx_pulse());
    assert_eq!(dcx.instructions(), pulse.instructions());
    assert_eq!(dcx.glossary(), pulse.glossary());
    let terms: Vec<&str> = dcx.glossary().iter().map(|entry| entry.term.as_str()).collect();
    for word in ["organisation", "customer", "department", "top team", "employee", "IT"] {
        assert!(terms.contains(&word), "{word}");
    }
    // Where organisations of different kinds read a word differently, there is a line for each.
    for entry in dcx.glossary() {
        let (english, german) = (entry.meaning.as_str(), entry.meaning.get("de"));
        assert_eq!(
            english.contains("Hospital:"),
            german.contains("Krankenhaus:"),
            "{}",
            entry.term
        );
        for (kind, art) in [
            ("Public office:", "Behörde:"),
            ("Shop:", "Geschäft:"),
            ("Maker that sells through dealers:", "Hersteller mit Händlern:"),
        ] {
            assert_eq!(english.contains(kind), english.contains("Hospital:"), "{}", entry.term);
            assert_eq!(german.contains(art), german.contains("Krankenhaus:"), "{}", entry.term);
        }
    }
}
