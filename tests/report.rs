//! Reports and pictures: kept outputs, and texts that mean harm.

use digital_maturity::{
    Answer, Assessment, Code, PillarMap, Questionnaire, Report, Responses, Words,
};

use super::golden::golden_forms;

/// Every form of a report, by the end of the name of its file.
fn forms(report: &Report<'_, Assessment>) -> [(&'static str, String); 6] {
    [
        ("txt", report.text().to_string()),
        ("md", report.markdown().to_string()),
        ("html", report.html().to_string()),
        ("radar.svg", report.radar_svg().to_string()),
        ("ladder.svg", report.ladder_svg().to_string()),
        ("families.svg", report.families_svg().to_string()),
    ]
}

/// Compares the report in both languages with what is kept under that name.
#[track_caller]
fn assert_kept(name: &str, report: &Report<'_, Assessment>) {
    golden_forms(name, |language| match language {
        "en" => forms(report).into(),
        other => forms(&report.clone().language(other)).into(),
    });
}

fn brackwater() -> Assessment {
    let answers = include_str!("../examples/cli/samples/brackwater.json");
    Questionnaire::dcx().assess(&Responses::from_json(answers).unwrap()).unwrap()
}

#[test]
fn the_full_questionnaire_answered_reads_as_kept() {
    assert_kept("brackwater", &brackwater().report());
}

#[test]
fn a_target_and_an_earlier_result_are_laid_over() {
    let now = brackwater();
    let mut sheet = now.sheet().clone();
    sheet.set_taken("2025-04-30".parse().unwrap());
    for id in ["vision_standards", "planning_rhythm", "self_service", "failed_trial", "mobile_use"]
    {
        sheet.set(id, 1).unwrap();
    }
    sheet.set("customer_groups", 4).unwrap();
    let before = sheet.assess();
    let target = PillarMap::from_fn(|pillar| match pillar.as_str().len() % 3 {
        0 => "0.6".parse().unwrap(),
        _ => "0.45".parse().unwrap(),
    });
    assert_kept("brackwater_overlaid", &now.report().earlier(&before).target(target).advice(3));
}

fn unscored() -> Assessment {
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    for (position, question) in pulse.questions().enumerate() {
        let answer = match position {
            0..3 => Answer::Whole(2 + i64::try_from(position).unwrap()),
            3..6 => [Answer::Whole(2), Answer::DontKnow, Answer::Unanswered][position - 3].clone(),
            6..9 => Answer::NotApplicable,
            _ => Answer::Unanswered,
        };
        sheet.set(question.id(), answer).ok();
    }
    sheet.assess()
}

#[test]
fn a_result_without_a_score_says_what_to_answer() {
    assert_kept("unscored", &unscored().report());
}

#[test]
fn a_digest_reads_as_kept() {
    let pulse = Questionnaire::dcx_pulse();
    let sample = include_str!("../examples/cli/samples/pulse.json");
    let pulse = pulse.assess(&Responses::from_json(sample).unwrap()).unwrap();
    let quayside = include_str!("../examples/quayside.json");
    let quayside = Questionnaire::dcx().assess(&Responses::from_json(quayside).unwrap()).unwrap();
    for (name, assessment) in [
        ("digest_brackwater", brackwater()),
        ("digest_pulse", pulse),
        ("digest_quayside", quayside),
        ("digest_unscored", unscored()),
    ] {
        golden_forms(name, |language| {
            let digest = assessment.report().language(language).digest().to_string();
            assert!(digest.lines().all(|line| line.chars().count() <= 80), "{digest}");
            vec![("txt", digest)]
        });
    }
}

/// What one would rather not find in a text.
fn hostile_texts() -> Vec<String> {
    vec![
        "<script>alert(1)</script><img src=x onerror=alert(1)/>".to_owned(),
        "\"><b onmouseover='x'>&lt;&amp;]]></style></title><!--".to_owned(),
        "| a | b |\n|---|\n# h\r\n- [l](javascript:x) ![i](//x) `c` **s** <br> ~~d~~ $m$"
            .to_owned(),
        "nul\u{0} bell\u{7} escape\u{1b}[31m delete\u{7f} next\u{85} end\u{9f}".to_owned(),
        "\u{202e}turned\u{202c} \u{2066}isolated \u{feff}mark \u{fffe}\u{ffff}\u{1fffe}".to_owned(),
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 e\u{301}\u{301}\u{301} \u{1f468}\u{1f3fd}\u{200d}\u{1f4bb}".to_owned(),
        "השאלה: כמה (12) פעמים? \u{627}\u{644}\u{633}\u{624}\u{627}\u{644} 漢字 हिन्दी".to_owned(),
        "W".repeat(10_000),
        "many words ".repeat(900),
        "漢".repeat(3_000),
        " \u{200d}\u{200b} ".to_owned(),
        "https://evil.example www.evil.example me@evil.example".to_owned(),
    ]
}

/// A questionnaire in which every text is one of those, answered with comments of the same kind.
fn hostile() -> Assessment {
    let texts = hostile_texts();
    let mut next = (0..).map(|at: usize| serde_json::json!(texts[at % texts.len()]));
    let mut text = || next.next().unwrap();
    let mut themes = Vec::new();
    for theme in 0..11 {
        let family = format!("family_{}", theme % 3);
        themes.push(serde_json::json!({
            "id": format!("theme_{theme}"), "family": family, "title": text(),
        }));
    }
    let mut questions = Vec::new();
    for position in 0..22 {
        let pillar = digital_maturity::Pillar::ALL[position % 4];
        let scale = match position % 4 {
            0 => serde_json::json!({ "kind": "yes_no" }),
            1 => serde_json::json!({ "kind": "choice", "choices": [
                { "value": 1, "text": text(), "advice": text() }, { "value": 2, "text": text() } ] }),
            2 => serde_json::json!({ "kind": "checklist", "items": [
                { "id": "a", "text": text() }, { "id": "b", "text": text() } ] }),
            _ => serde_json::json!({ "kind": "measure", "unit": text(), "bands": [
                { "from": 0, "credit": 0, "text": text(), "advice": text() },
                { "from": 1e300, "credit": 1, "text": text() } ] }),
        };
        questions.push(serde_json::json!({
            "id": format!("q_{position}"), "pillar": pillar, "title": text(), "scale": scale,
            "themes": [format!("theme_{}", position % 11)],
        }));
    }
    let document = serde_json::json!({
        "schema": 1, "id": "hostile", "version": "1.0.0-x.y", "title": text(),
        "families": [{ "id": "family_0", "title": text(), "description": text() }],
        "themes": themes, "questions": questions,
    });
    let questionnaire = Questionnaire::from_json(&document.to_string()).unwrap();
    let mut sheet = questionnaire.sheet();
    for position in 0..22 {
        let answer = match position % 4 {
            0 => Answer::YesNo(position % 8 == 0),
            1 => Answer::Whole(1),
            2 => Answer::from(["b"]),
            _ => Answer::Number(1e299),
        };
        let id = format!("q_{position}");
        sheet.set(&id, answer).unwrap();
        sheet.set_comment(&id, &texts[position % texts.len()]).unwrap();
    }
    sheet.set("q_21", Answer::DontKnow).unwrap();
    sheet.set_respondent(&texts[1]).unwrap();
    sheet.assess()
}

/// The names of all elements of an HTML page or an SVG that is well-formed XML.
#[track_caller]
fn elements(text: &str) -> Vec<String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).unwrap();
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements.map(|element| element.tag_name().name().to_owned()).collect()
}

#[test]
fn hostile_texts_come_out_as_text_in_every_form() {
    const MADE: &[&str] = &[
        "html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "h3", "p",
        "figure", "svg", "desc", "rect", "circle", "line", "polygon", "path", "text", "div",
        "span", "ol", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "dl",
        "dt", "dd", "bdi", "strong", "code",
    ];
    let assessment = hostile();
    let refused = Words::from_json(r#"{ "stage_of": "{stage}{{number} <script>{unknown} {" }"#);
    assert_eq!(refused.unwrap_err().first().code(), Code::UnknownPlaceholder);
    let words = serde_json::json!({
        "language": "\"><script>x</script>",
        "overall": "<script>|*",
        "stage_of": "{stage} <script>{number} {",
    });
    let words = Words::from_json(&words.to_string()).unwrap();
    for report in [
        assessment.report(),
        assessment.report().language("\"><script>").advice(99),
        assessment.report().words(&words),
    ] {
        for (form, written) in forms(&report) {
            let control = written.chars().find(|c| {
                (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{fffe}')
            });
            assert_eq!(control, None, "{form}");
            match form {
                "txt" => {}
                "md" => {
                    let without_breaks = written.replace("<br/>", "");
                    assert!(!without_breaks.contains(['<', '>']), "HTML gets through");
                    // What addresses cannot do without stands in code spans.
                    let bare = ["\\](", "`://`", "`//`", "`@`"]
                        .iter()
                        .fold(written.clone(), |bare, part| bare.replace(part, ""));
                    for link in ["](", "//", "www.", "@"] {
                        assert!(!bare.contains(link), "{link}");
                    }
                }
                _ => {
                    for element in elements(&written) {
                        assert!(MADE.contains(&&*element), "{form}: {element}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_table_in_markdown_has_the_same_cells_in_every_row() {
    let cells = |line: &str| {
        let escaped = line.replace("\\\\", "").replace("\\|", "");
        escaped.matches('|').count()
    };
    for assessment in [hostile(), brackwater()] {
        let written = assessment.report().markdown().to_string();
        let mut before = 0;
        let mut rows = 0;
        for line in written.lines() {
            let here = if line.starts_with('|') { cells(line) } else { 0 };
            assert!(before == 0 || here == 0 || here == before, "{line}");
            before = here;
            rows += usize::from(here > 0);
        }
        assert!(rows > 30);
    }
}

#[test]
fn a_text_is_no_wider_than_a_terminal() {
    use unicode_width::UnicodeWidthStr;
    for report in [hostile().report(), brackwater().report().language("de")] {
        for line in report.text().to_string().lines() {
            assert!(line.width() <= 80, "{line}");
        }
    }
}

#[test]
fn the_same_answers_in_another_order_give_the_same_bytes() {
    let sheet = hostile();
    let once = forms(&sheet.report());
    assert_eq!(once, forms(&sheet.report()));
    // The answers by way of a document, last question first.
    let brackwater = brackwater();
    let mut backward = brackwater.questionnaire().sheet();
    let answers: Vec<_> = brackwater.sheet().answers().collect();
    for (question, answer) in answers.into_iter().rev() {
        backward.set(question.id(), answer).unwrap();
        if let Some(comment) = brackwater.sheet().comment(question.id()) {
            backward.set_comment(question.id(), comment).unwrap();
        }
    }
    backward.set_taken(brackwater.sheet().taken().unwrap());
    backward.set_respondent(brackwater.sheet().respondent().unwrap()).unwrap();
    assert_eq!(forms(&backward.assess().report()), forms(&brackwater.report()));
}

#[test]
fn the_contributions_shown_add_up_to_the_overall_shown() {
    let written = brackwater().report().markdown().to_string();
    let table = written.split("**Every answer**").nth(1).unwrap();
    let table: Vec<&str> = table.split("\n\n").nth(1).unwrap().lines().skip(2).collect();
    let last_cell = |line: &str| -> u64 {
        let cell = line.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    };
    let (sums, answers): (Vec<&&str>, Vec<&&str>) =
        table.iter().partition(|line| line.starts_with("| **") && line.ends_with("** |"));
    let of_answers: u64 = answers.iter().map(|line| last_cell(line)).sum();
    assert_eq!((sums.len(), answers.len()), (5, 45));
    let overall = last_cell(sums[4]);
    let of_pillars: u64 = sums[..4].iter().map(|line| last_cell(line)).sum();
    assert_eq!((of_answers, of_pillars), (overall, overall));
    assert_eq!(overall, u64::from(brackwater().score().unwrap().billionths()));
}

#[test]
fn an_earlier_result_of_another_questionnaire_is_not_laid_over() {
    let other = Questionnaire::dcx_pulse().sheet().assess();
    let assessment = brackwater();
    let report = assessment.report().earlier(&other);
    assert!(report.html().to_string().contains("another questionnaire (dcx_pulse 1.0.0)"));
    assert_eq!(report.radar_svg().to_string(), assessment.report().radar_svg().to_string());
}

#[test]
fn the_texts_of_a_questionnaire_are_those_of_the_reader_and_say_which_language_they_are() {
    let mut spec = Questionnaire::dcx_pulse().spec().clone();
    spec.title = spec.title.with("de", "Der Puls").with("he", "הדופק");
    spec.instructions = Some("Ask around.".into());
    let questionnaire = Questionnaire::try_from(spec).unwrap();
    let assessment = questionnaire.sheet().assess();
    let page = |language: &'static str| assessment.report().language(language).html().to_string();
    assert!(page("de-AT").contains(r#"<bdi dir="auto">Der Puls</bdi>"#));
    assert!(page("de-AT").contains(r#"<bdi dir="auto" lang="en">Ask around.</bdi>"#));
    assert!(page("he").contains(r#"<bdi dir="auto" lang="he">הדופק</bdi>"#));
    assert!(page("fr").contains(r#"<bdi dir="auto">Digital maturity: the pulse</bdi>"#));
    let mut spec = questionnaire.spec().clone();
    spec.language = None;
    let unknown = Questionnaire::try_from(spec).unwrap().sheet().assess();
    let page = unknown.report().language("fr").html().to_string();
    assert!(page.contains(r#"<bdi dir="auto" lang="">Digital maturity: the pulse</bdi>"#));
    let words = Words::from_json(r#"{ "language": "he", "direction": "rtl" }"#).unwrap();
    let page = assessment.report().language("he").words(&words).html().to_string();
    assert!(page.contains(r#"<html lang="he" dir="rtl">"#));
}

#[test]
fn advice_begins_with_what_would_raise_the_overall_most() {
    // Three questions a pillar, four pillars: an answer of credit c can add (1 - c) / 12. All stand
    // at 1/2 but two: the eighth at 0 and the second at 1/4.
    let pulse = Questionnaire::dcx_pulse();
    let mut sheet = pulse.sheet();
    let ids: Vec<&str> = pulse.questions().map(|question| question.id()).collect();
    for id in &ids {
        sheet.set(id, 3).unwrap();
    }
    sheet.set(ids[7], 1).unwrap().set(ids[1], 2).unwrap();
    let written = sheet.assess().report().advice(3).text().to_string();
    let titles: Vec<&str> =
        [7, 1, 0].map(|at: usize| pulse.question(ids[at]).unwrap().title().as_str()).to_vec();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let section = words(written.split("What to do first").nth(1).unwrap());
    let places: Vec<_> = (1..)
        .zip(titles)
        .map(|(number, title)| section.find(&format!("{number}. {}", words(title))))
        .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {section}");
    // 1/12 is 8.33.., 1/48 is 2.08.., both shown rounded down; and 1/16 is 6.25.
    assert!(section.contains("+2.0 points for the next level, +8.3 points at the top"));
    assert!(section.contains("+2.0 points for the next level, +6.2 points at the top"));
}
