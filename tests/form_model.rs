//! A questionnaire as a form: what a template finds, and that what it posts is read as it was meant.

use digital_maturity::form::{Asking, Form, Kind};
use digital_maturity::{Answer, AnswerSheet, Diagnostic, Questionnaire, Responses, Words};
use serde_json::{Value, json};

use super::reference::generate::{self, Rng};
use super::support::setting;

/// Every kind of scale, answers refused, and conditions of all five kinds.
pub(crate) fn kinds() -> Questionnaire {
    Questionnaire::from_json(
        r#"{
        "schema": 1, "id": "kinds", "version": "1.0.0", "language": "en",
        "title": { "default": "Every kind", "de": "Jede Art" }, "description": "All there is",
        "instructions": "Ask around.", "glossary": [ { "term": "till", "meaning": "where one pays" } ],
        "pillars": { "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } },
        "scales": { "often": { "kind": "choice", "choices": [
            { "value": 1, "text": { "default": "Never", "de": "Nie" } },
            { "value": 2, "text": { "default": "Sometimes", "de": "Manchmal" } },
            { "value": 3, "text": { "default": "Always", "de": "Immer" } } ] } },
        "questions": [
            { "id": "channels", "pillar": "agile_approach", "title": { "default": "Which channels?", "de": "Welche Kanäle?" },
              "scale": { "kind": "checklist", "items": [ { "id": "web", "text": "Web shop" },
                { "id": "phone", "text": "Phone", "points": 2 }, { "id": "app", "text": "App" } ] } },
            { "id": "plan", "pillar": "digital_first_mindset", "title": "Is there a plan?", "scale": "often",
              "guidance": "A written one." },
            { "id": "owner", "pillar": "digital_first_mindset", "title": "Has it an owner?",
              "scale": { "kind": "yes_no" }, "forbid": ["not_applicable"],
              "asked_if": { "question": "plan", "at_least": 0.5 } },
            { "id": "lead", "pillar": "digital_first_mindset", "title": "Days to the shop",
              "scale": { "kind": "measure", "unit": { "default": "days", "de": "Tage" }, "bands": [
                { "above": 0, "credit": 0.25 }, { "from": 7, "credit": 1 }, { "above": 30, "credit": 0 } ] },
              "asked_if": { "any": [ { "question": "owner", "at_least": 1 }, { "question": "plan", "at_least": 1 } ] } },
            { "id": "tools", "pillar": "agile_approach", "title": "How often are tools missing?", "scale": "often",
              "reverse": true, "forbid": ["dont_know"],
              "asked_if": { "all": [ { "question": "channels", "ticked": "web" },
                { "any": [ { "question": "channels", "at_least": 0.75 }, { "question": "lead", "at_least": 1 } ] } ] } },
            { "id": "mood", "pillar": "agile_approach", "title": "Is the mood good?", "scale": { "kind": "yes_no" },
              "forbid": ["not_applicable", "dont_know"],
              "asked_if": { "question": "channels", "at_most": 0.25, "otherwise": "lowest" } }
        ] }"#,
    )
    .unwrap()
}

/// What a browser posts of it: every field that is shown, and the pairs of others as hidden fields.
fn html_posts(form: &Form<'_>, shown: impl Fn(Asking) -> bool) -> Vec<(String, String)> {
    let mut posts = Vec::new();
    let mut post = |name: &str, value: &str| posts.push((name.to_owned(), value.to_owned()));
    for field in form.sections.iter().flat_map(|section| &section.fields) {
        if !shown(field.asking) {
            field.pairs().for_each(|(name, value)| post(name, value));
            continue;
        }
        if let Some(number) = &field.number {
            post(number.name, &number.value); // a blank input posts, too
        }
        for choice in field.choices.iter().filter(|choice| choice.selected) {
            post(&choice.name, &choice.value);
        }
        post(&field.comment_name, &field.comment);
    }
    post("submit", "Send");
    posts
}

#[test]
fn a_form_holds_what_a_template_needs() {
    let kinds = kinds();
    let form = kinds.form("de-AT");
    assert_eq!((form.language, form.direction, form.text_language), ("de", "ltr", None));
    assert_eq!((form.title, form.description), ("Jede Art", Some("All there is")));
    assert_eq!((form.instructions, form.glossary[0].term), (Some("Ask around."), "till"));
    assert_eq!((form.choose, form.comment), ("Bitte wählen", "Anmerkung"));
    let sections: Vec<_> = form
        .sections
        .iter()
        .map(|section| (section.title, section.fields.iter().map(|field| field.id).collect()))
        .collect();
    let expected: [(&str, Vec<&str>); 2] = [
        ("Agiles Vorgehen", vec!["channels", "tools", "mood"]),
        ("Digital zuerst denken", vec!["plan", "owner", "lead"]),
    ];
    assert_eq!(sections, expected);

    let field = |id| form.field(id).unwrap();
    let choices = |id| -> Vec<(&str, &str, &str)> {
        let choices = field(id).choices.iter();
        choices.map(|choice| (&*choice.name, &*choice.value, choice.text)).collect()
    };
    assert_eq!(
        choices("plan"),
        [
            ("plan", "1", "Nie"),
            ("plan", "2", "Manchmal"),
            ("plan", "3", "Immer"),
            ("plan", "not_applicable", "Trifft nicht zu"),
            ("plan", "dont_know", "Nicht bekannt"),
        ]
    );
    assert_eq!(
        choices("channels"),
        [
            ("channels[]", "web", "Web shop"),
            ("channels[]", "phone", "Phone"),
            ("channels[]", "app", "App"),
            ("channels[]", "", "Nichts davon"),
            ("channels[]", "not_applicable", "Trifft nicht zu"),
            ("channels[]", "dont_know", "Nicht bekannt"),
        ]
    );
    assert_eq!(choices("mood"), [("mood", "true", "Ja"), ("mood", "false", "Nein")]);
    assert_eq!(choices("lead").len(), 2);
    let number = field("lead").number.as_ref().unwrap();
    assert_eq!((number.name, number.unit, number.min, number.above), ("lead", "Tage", 0.0, true));
    let kind = |id| (field(id).kind, field(id).input, field(id).language);
    assert_eq!(kind("channels"), (Kind::Checklist, "checkbox", None));
    assert_eq!(kind("plan"), (Kind::Choice, "radio", Some("en")));
    assert_eq!(kind("owner"), (Kind::YesNo, "radio", Some("en")));
    assert_eq!(kind("lead"), (Kind::Measure, "checkbox", Some("en")));
    assert_eq!(field("plan").guidance, Some("A written one."));
    assert_eq!(field("plan").comment_name, "plan-Comment");
}

/// Points of the list: 1, 2 and 1, so that .75 is 3 of 4 and .25 is 1 of 4.
#[test]
fn conditions_are_told_in_values_and_in_words() {
    let kinds = kinds();
    let form = kinds.form("en");
    let asked_if = |id| serde_json::to_value(&form.field(id).unwrap().asked_if).unwrap();
    assert_eq!(asked_if("plan"), Value::Null);
    assert_eq!(asked_if("owner"), json!({ "question": "plan", "in": ["2", "3"] }));
    assert_eq!(
        asked_if("lead"),
        json!({ "any": [{ "question": "owner", "in": ["true"] }, { "question": "plan", "in": ["3"] }] })
    );
    assert_eq!(
        asked_if("tools"),
        json!({ "all": [
            { "question": "channels", "ticked": "web" },
            { "any": [ { "question": "channels", "points_from": 3 },
                       { "question": "lead", "within": [{ "from": 7.0, "at_most": 30.0 }] } ] } ] })
    );
    assert_eq!(asked_if("mood"), json!({ "question": "channels", "points_to": 1 }));
    let points: Vec<u64> =
        form.field("channels").unwrap().choices.iter().map(|choice| choice.points).collect();
    assert_eq!(points, [1, 2, 1, 0, 0, 0]);

    assert_eq!(form.asked_if("plan"), None);
    assert_eq!(
        form.asked_if("owner").unwrap(),
        "Asked if: “Is there a plan?” – Sometimes / Always"
    );
    assert_eq!(
        form.asked_if("tools").unwrap(),
        "Asked if: “Which channels?” – Web shop and (“Which channels?” – a credit of at least 75% or “Days to \
         the shop” – at least 7 and at most 30\u{a0}days)"
    );
    assert_eq!(
        kinds.form("de").asked_if("mood").unwrap(),
        "Gestellt, wenn: „Welche Kanäle?“ – ein Punktwert von höchstens 25\u{202f}%; sonst zählt \
         sie mit Punktwert 0"
    );
}

#[test]
fn a_form_is_filled_in_and_knows_what_is_asked() {
    let kinds = kinds();
    let mut sheet = kinds.sheet();
    sheet.set("channels", ["phone", "web"]).unwrap().set("plan", 1).unwrap();
    sheet.set("owner", Answer::DontKnow).unwrap().set("lead", 12.5).unwrap();
    sheet.set_comment("owner", "ask <Ann>").unwrap();
    let form = sheet.form("en");
    let selected = |id| -> Vec<&str> {
        let field = form.field(id).unwrap();
        field.choices.iter().filter(|choice| choice.selected).map(|choice| choice.text).collect()
    };
    assert_eq!(selected("channels"), ["Web shop", "Phone"]);
    assert_eq!((selected("plan"), selected("owner")), (vec!["Never"], vec!["Don't know"]));
    assert_eq!(form.field("lead").unwrap().number.as_ref().unwrap().value, "12.5");
    assert_eq!(form.field("owner").unwrap().comment, "ask <Ann>");
    let asking = |id| (form.field(id).unwrap().asking, form.field(id).unwrap().hangs_on.as_slice());
    assert_eq!(asking("plan"), (Asking::Asked, &[][..]));
    assert_eq!(asking("owner"), (Asking::NotAsked, &[][..])); // "never" earns 0
    assert_eq!(asking("tools"), (Asking::Asked, &[][..])); // 3 of 4 points
    let blank = kinds.form("en");
    let tools = blank.field("tools").unwrap();
    assert_eq!((tools.asking, &*tools.hangs_on), (Asking::Undecided, &["channels", "lead"][..]));

    // "None of these" is an answer.
    sheet.set("channels", Answer::Items(Vec::new())).unwrap();
    let form = sheet.form("en");
    let pairs: Vec<_> = form.field("channels").unwrap().pairs().collect();
    assert_eq!(pairs, [("channels[]", "")]);
}

#[test]
fn what_was_not_understood_is_there_to_be_corrected_and_every_finding_at_its_field() {
    let kinds = kinds();
    let posted = Responses::from_form_pairs([
        ("channels[]", "web"),
        ("channels[]", "not_applicable"),
        ("plan", "now and then"),
        ("lead", "twelve"),
        ("owner", "true"),
        ("tools", "2"),
        ("mood-Comment", &"x".repeat(10_001)),
        ("submit", "Send"),
    ]);
    let (sheet, errors) = kinds.read_partial(&posted);
    let form = sheet.form("en").posted(&posted).marked(errors.iter().flatten());
    let field = |id| form.field(id).unwrap();
    let hints =
        |id| -> Vec<&str> { field(id).hints.iter().map(|hint| hint.text.as_str()).collect() };
    let selected: Vec<bool> =
        field("channels").choices.iter().map(|choice| choice.selected).collect();
    assert_eq!(selected, [true, false, false, false, true, false]);
    assert_eq!(hints("channels"), ["This fits more than one answer. Choose one."]);
    assert_eq!(field("plan").typed.as_deref(), Some("now and then"));
    assert_eq!(hints("plan"), ["Choose one of the answers."]);
    assert_eq!(field("lead").number.as_ref().unwrap().value, "twelve");
    assert_eq!(hints("lead"), ["Give a number of more than 0 (days)."]);
    assert!(field("owner").choices[0].selected && field("owner").typed.is_none());
    assert_eq!(field("mood").comment.len(), 10_001);
    assert_eq!(hints("mood"), ["The text is too long: it may have 10000 characters."]);
    assert_eq!((form.hints.len(), form.hints[0].severity.as_str()), (1, "warning")); // submit
    let told = [Diagnostic::custom("plan", "Not yet.")];
    assert_eq!(form.clone().marked(&told).field("plan").unwrap().hints[1].text, "Not yet.");

    // Two answers to a number: both are shown.
    let posted = Responses::from_form_pairs([("lead", "12"), ("lead", "dont_know")]);
    let (sheet, errors) = kinds.read_partial(&posted);
    let form = sheet.form("en").posted(&posted).marked(errors.iter().flatten());
    let lead = form.field("lead").unwrap();
    assert_eq!(
        (lead.number.as_ref().unwrap().value.as_str(), lead.choices[1].selected),
        ("12", true)
    );
    assert_eq!(lead.hints[0].text, "There are two answers to this question. Give one.");
}

#[test]
fn a_form_serialises_for_templates() {
    let kinds = kinds();
    let form = serde_json::to_value(kinds.form("en")).unwrap();
    assert_eq!(form["sections"][1]["fields"][2]["number"]["unit"], "days");
    assert_eq!(form["sections"][0]["fields"][0]["choices"][4]["state"], "not_applicable");
    assert_eq!(form["sections"][0]["fields"][1]["asking"], "undecided");
    let keys: Vec<&str> = form.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(!keys.contains(&"questionnaire") && !keys.contains(&"words"), "{keys:?}");
}

#[test]
fn a_value_that_is_the_text_of_another_choice_is_still_read_as_the_value() {
    let mut document = serde_json::to_value(kinds()).unwrap();
    document["scales"]["often"]["choices"] = json!([
        { "value": 1, "text": "2" }, { "value": 2, "text": "1.0" }, { "value": 3, "text": "1" } ]);
    document["questions"][0]["scale"]["items"] = json!([
        { "id": "web", "text": "App" }, { "id": "phone", "text": "WEB" }, { "id": "app", "text": "none" } ]);
    let odd: Questionnaire = serde_json::from_value(document).unwrap();
    let form = odd.form("en");
    let values: Vec<&str> =
        form.field("plan").unwrap().choices.iter().map(|choice| choice.value.as_ref()).collect();
    assert_eq!(values, ["1.00", "2.0", "3", "not_applicable", "dont_know"]);
    let names: Vec<&str> =
        form.field("channels").unwrap().choices.iter().map(|choice| &*choice.name).collect();
    assert_eq!(names[..4], ["channels[web]", "channels[]", "channels[app]", "channels[]"]);
    for (plan, channels) in
        [(1, vec!["web"]), (2, vec!["phone", "app"]), (3, vec!["web", "phone", "app"])]
    {
        let mut sheet = odd.sheet();
        sheet.set("plan", plan).unwrap().set("channels", channels.as_slice()).unwrap();
        let posts = html_posts(&sheet.form("en"), |_| true);
        assert_eq!(odd.read_partial(&Responses::from_form_pairs(posts)), (sheet, None));
    }
}

/// Valid answers without what only an envelope says.
fn answered(questionnaire: &Questionnaire, answers: &Value) -> AnswerSheet {
    let mut sheet = questionnaire.read_json(&answers.to_string()).unwrap();
    sheet.clear_respondent().clear_taken().clear_sequence();
    sheet
}

#[test]
fn what_the_form_of_any_sheet_posts_is_that_sheet() {
    let (cases, seed) = (setting("REFERENCE_CASES", 1500), setting("REFERENCE_SEED", 1));
    let mut filled = 0;
    for case in 0..cases {
        let mut rng = Rng::new(seed.wrapping_mul(1_000_003).wrapping_add(case));
        let document = generate::questionnaire(&mut rng);
        let questionnaire: Questionnaire = serde_json::from_value(document.clone()).unwrap();
        let sheet = answered(&questionnaire, &generate::answers(&mut rng, &document));
        let words = if case % 2 == 0 { Words::english() } else { Words::german() };
        let form = sheet.form_with(words);
        filled += form.fields().filter(|field| field.pairs().count() > 0).count();
        for posts in [html_posts(&form, |_| true), html_posts(&form, |of| of == Asking::Asked)] {
            let posted = Responses::from_form_pairs(posts);
            let (read, errors) = questionnaire.read_partial(&posted);
            assert_eq!(errors, None, "case {case}: {document}");
            assert_eq!(read, sheet, "case {case}: {document}");
            // And shown again, it is the same form.
            assert_eq!(read.form_with(words).posted(&posted), form);
        }
        let asked: Vec<&str> = sheet.asked().map(|question| question.id()).collect();
        let shown = questionnaire.questions().map(|question| form.field(question.id()).unwrap());
        let shown = shown.filter(|field| field.asking == Asking::Asked);
        assert_eq!(shown.map(|field| field.id).collect::<Vec<_>>(), asked);
        for field in form.fields() {
            let hangs_on: Vec<&str> =
                sheet.hangs_on(field.id).map(|question| question.id()).collect();
            assert_eq!(field.hangs_on, hangs_on);
            assert_eq!(!hangs_on.is_empty(), field.asking == Asking::Undecided);
        }
    }
    assert!(filled > 1000, "{filled}");
}
