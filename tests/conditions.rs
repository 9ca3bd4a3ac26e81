//! Conditions as an application, a cohort and a reader meet them; the figures are held by `reference`.

use digital_maturity::roadmap::Target;
use digital_maturity::spec::Start;
use digital_maturity::{Answer, AnswerState, Code, Questionnaire, Score, Stage, Words};

/// Shops and channels decide what else is asked.
fn shop() -> Questionnaire {
    Questionnaire::from_json(
        r#"{
        "schema": 1, "id": "shop", "version": "1.0.0", "title": "Shop check",
        "pillars": { "culture_of_experimentation": { "weight": 0 }, "connected_systems": { "weight": 0 } },
        "questions": [
            { "id": "shops", "pillar": "digital_first_mindset",
              "title": { "default": "Are there shops?", "de": "Gibt es Läden?" }, "scale": { "kind": "yes_no" } },
            { "id": "channels", "pillar": "digital_first_mindset", "title": "Which channels?",
              "scale": { "kind": "checklist", "items": [
                { "id": "web", "text": "Web" }, { "id": "phone", "text": "Phone" }, { "id": "app", "text": "App" } ] } },
            { "id": "till", "pillar": "agile_approach", "title": "Is the till online?", "scale": { "kind": "yes_no" },
              "asked_if": { "question": "shops", "at_least": 1 } },
            { "id": "wait", "pillar": "agile_approach", "forbid": ["not_applicable"],
              "title": { "default": "How long is the wait?", "de": "Wie lange wartet man?" },
              "scale": { "kind": "measure", "unit": { "default": "days", "de": "Tage" }, "bands": [
                { "from": 0, "credit": 0 }, { "above": 7, "credit": 1 } ] },
              "asked_if": { "any": [ { "question": "shops", "at_least": 1 },
                                     { "all": [ { "question": "channels", "ticked": "phone" },
                                                { "question": "channels", "at_most": 0.5 } ] } ] } }
        ] }"#,
    )
    .unwrap()
}

#[test]
fn what_is_asked_follows_the_answers() {
    let shop = shop();
    let mut sheet = shop.sheet();
    let asked = |sheet: &digital_maturity::AnswerSheet| -> Vec<String> {
        sheet.asked().map(|question| question.id().to_owned()).collect()
    };
    let hangs_on = |sheet: &digital_maturity::AnswerSheet| -> Vec<String> {
        sheet.hangs_on("wait").map(|question| question.id().to_owned()).collect()
    };
    assert_eq!(asked(&sheet), ["shops", "channels"]);
    assert_eq!(hangs_on(&sheet), ["shops", "channels"]);

    // Two of three earn 2/3, above 0.5: that way is closed, the shops decide.
    sheet.set("channels", ["web", "phone"]).unwrap();
    assert_eq!(hangs_on(&sheet), ["shops"]);
    sheet.set("channels", ["phone"]).unwrap();
    assert_eq!((asked(&sheet).len(), hangs_on(&sheet).len()), (3, 0));
    assert_eq!(sheet.state("wait"), Some(AnswerState::Unanswered));
    assert_eq!(sheet.state("till"), Some(AnswerState::NotAsked));

    let opened_by = shop.question("wait").unwrap().opened_by();
    let opened_by: Vec<_> = opened_by.iter().map(|(of, answers)| (of.id(), answers)).collect();
    let item = |id: &str| Answer::from([id]);
    assert_eq!(
        opened_by,
        [
            ("shops", &vec![Answer::YesNo(true)]),
            ("channels", &vec![item("phone")]),
            ("channels", &vec![item("web"), item("phone"), item("app")]), // each earns 1/3
        ]
    );

    // Not applicable decides, don't know does not.
    sheet.set("channels", Answer::DontKnow).unwrap().set("shops", Answer::NotApplicable).unwrap();
    assert_eq!(hangs_on(&sheet), ["channels"]);
    sheet.set("channels", Answer::NotApplicable).unwrap();
    assert_eq!((asked(&sheet).len(), hangs_on(&sheet).len()), (2, 0));
    assert_eq!((sheet.state("none"), sheet.hangs_on("none").count()), (None, 0));
}

#[test]
fn a_band_that_starts_above_a_number_is_reached_beyond_it() {
    assert!(Start::From(7.0) < Start::Above(7.0) && Start::Above(7.0) < Start::From(7.5));
    for (start, least) in [
        (Start::From(7.0), 7.0),
        (Start::Above(7.0), 7.000_000_000_000_001),
        (Start::Above(-7.0), -6.999_999_999_999_999),
        (Start::Above(0.0), f64::from_bits(1)),
    ] {
        assert_eq!(start.least().to_bits(), f64::to_bits(least));
        assert!(start.is_reached(least));
    }
    let shop = shop();
    let question = shop.question("wait").unwrap();
    assert_eq!(question.credit(7).unwrap(), Some(Score::ZERO));
    assert_eq!(question.credit(7.000_000_000_000_001).unwrap(), Some(Score::ONE));
}

#[test]
fn a_plan_that_closes_a_question_says_so() {
    // A second channel earns 2/3 of the pillar, and closes the question on the wait.
    let shop = shop();
    let mut sheet = shop.sheet();
    sheet.set("shops", Answer::NotApplicable).unwrap().set("channels", ["phone"]).unwrap();
    sheet.set("wait", 8).unwrap();
    let roadmap = sheet.roadmap(Target::from(Stage::Native)).unwrap();
    let plan = roadmap.plan().unwrap();
    assert_eq!(
        (plan.effort, plan.opens.len(), plan.closes.as_slice()),
        (1, 0, &["wait".to_owned()][..])
    );
    assert_eq!(plan.planned.overall.score().unwrap().to_string(), "0.833333333"); // (2/3 + 1) / 2
    assert_eq!(plan.rescored.overall.score(), None); // nothing else of its pillar is asked
    let raised = sheet.what_if("channels", ["phone", "web"]).unwrap();
    assert_eq!((raised.closes.as_slice(), raised.opens.len()), (["wait".to_owned()].as_slice(), 0));
}

#[test]
fn a_respondent_reads_findings_in_their_language() {
    let shop = shop();
    for (id, answer, english, german) in [
        ("shops", Answer::Whole(3), "Answer yes or no.", "Bitte mit Ja oder Nein antworten."),
        (
            "channels",
            Answer::from(["fax"]),
            "Tick items of the list, each at most once.",
            "Bitte Punkte der Liste ankreuzen, jeden höchstens einmal.",
        ),
        (
            "wait",
            Answer::Number(-0.5),
            "Give a number of at least 0 (days).",
            "Bitte eine Zahl ab 0 angeben (Tage), mit Punkt statt Komma.",
        ),
        (
            "wait",
            Answer::NotApplicable,
            "“Not applicable” is no answer to this question.",
            "„Trifft nicht zu“ ist auf diese Frage keine Antwort.",
        ),
    ] {
        let refused = shop.sheet().set(id, answer).unwrap_err();
        assert_eq!(refused.question(), Some(id));
        assert_eq!(Words::english().hint(&refused, &shop), english);
        assert_eq!(Words::german().hint(&refused, &shop), german);
    }
    let refused = shop.sheet().set("wait", -1).unwrap_err();
    assert_eq!(
        Words::german().explain(&refused, &shop),
        "„Wie lange wartet man?“: Bitte eine Zahl ab 0 angeben (Tage), mit Punkt statt Komma."
    );
    let unknown = shop.sheet().set("vait", 1).unwrap_err();
    assert_eq!((unknown.code(), unknown.question()), (Code::UnknownQuestion, None));
    assert_eq!(Words::english().explain(&unknown, &shop), "There is no such question.");
}

#[cfg(feature = "report")]
#[test]
fn a_report_says_under_which_condition_a_question_is_asked() {
    let shop = shop();
    let mut sheet = shop.sheet();
    sheet.set("shops", false).unwrap().set("channels", ["web"]).unwrap();
    let assessment = sheet.assess();
    let text = assessment.report().markdown().to_string();
    let wait = "Asked if:** “Are there shops?” – Yes or (“Which channels?” – Phone and \
        “Which channels?” – at most 1 ticked)\n";
    assert!(text.contains(wait), "{text}");
    let german = assessment.report().language("de").text().to_string();
    assert!(german.contains("Gestellt, wenn: „Gibt es Läden?“ – Ja\n"), "{german}");

    // In the outlook it stands with what depends, in a roadmap with what the plan opens.
    let text = shop.sheet().outlook().report(&shop).unwrap().text().to_string();
    assert!(text.contains("Asked if: “Are there shops?” – Yes\n"), "{text}");
    sheet.set("channels", ["phone"]).unwrap().set("wait", 3).unwrap();
    let roadmap = sheet.roadmap(Stage::Native).unwrap();
    let text = roadmap.report(&shop).unwrap().text().to_string();
    assert!(
        text.contains("  - Is the till online?\n    Asked if: “Are there shops?” – Yes\n"),
        "{text}"
    );
}

/// `late` is asked on a condition; what it says.
fn asked_if(scale: &str, condition: &str) -> Option<String> {
    let document = format!(
        r#"{{ "schema": 1, "id": "shop", "version": "1.0.0", "title": "Shop check",
        "pillars": {{ "digital_first_mindset": {{ "weight": 0 }},
            "culture_of_experimentation": {{ "weight": 0 }}, "connected_systems": {{ "weight": 0 }} }},
        "questions": [
            {{ "id": "q", "pillar": "agile_approach", "title": "Q", {scale} }},
            {{ "id": "late", "pillar": "agile_approach", "title": "Late", "scale": {{ "kind": "yes_no" }},
              "asked_if": {condition} }} ] }}"#
    );
    let shop = Questionnaire::from_json(&document).unwrap();
    let form = shop.form("en");
    form.asked_if("late").map(|said| said.trim_start_matches("Asked if: ").to_owned())
}

#[test]
fn a_condition_names_the_answers_that_meet_it_or_their_credit() {
    let choices: Vec<String> =
        (1..=6).map(|value| format!(r#"{{ "value": {value}, "text": "c{value}" }}"#)).collect();
    let choice = format!(r#""scale": {{ "kind": "choice", "choices": [{}] }}"#, choices.join(","));
    let reversed = format!(r#""reverse": true, {choice}"#);
    let measure = r#""scale": { "kind": "measure", "unit": "days", "bands": [
        { "from": 0, "credit": 1 }, { "above": 7, "credit": 0.5 }, { "from": 30, "credit": 0 } ] }"#;
    let hill = r#""scale": { "kind": "measure", "unit": "days", "bands": [
        { "from": 0, "credit": 0 }, { "from": 7, "credit": 1 }, { "from": 30, "credit": 0 } ] }"#;
    let yes_no = r#""scale": { "kind": "yes_no" }"#;
    let items = r#""scale": { "kind": "checklist", "items": [ { "id": "a", "text": "A", "points": 3 },
        { "id": "b", "text": "B", "points": 3 }, { "id": "c", "text": "C", "points": 3 } ] }"#;
    let points = r#""scale": { "kind": "checklist", "items": [ { "id": "a", "text": "A", "points": 3 },
        { "id": "b", "text": "B" } ] }"#;
    for (scale, condition, said) in [
        // Sixths less one: 0, .2, .4, .6, .8, 1.
        (&*choice, r#"{ "question": "q", "at_least": 0.5 }"#, "“Q” – c4 / c5 / c6"),
        (&*reversed, r#"{ "question": "q", "at_least": 0.8 }"#, "“Q” – c1 / c2"),
        (&*choice, r#"{ "question": "q", "at_most": 0 }"#, "“Q” – c1"),
        (&*choice, r#"{ "question": "q", "at_least": 0.2 }"#, "“Q” – a credit of at least 20%"),
        (
            &*choice,
            r#"{ "question": "q", "at_most": 0.812345679 }"#,
            "“Q” – a credit of at most 81.2345679%",
        ),
        (
            measure,
            r#"{ "question": "q", "at_least": 0.5 }"#,
            "“Q” – at least 0 and below 30\u{a0}days",
        ),
        (
            measure,
            r#"{ "question": "q", "at_least": 1 }"#,
            "“Q” – at least 0 and at most 7\u{a0}days",
        ),
        (measure, r#"{ "question": "q", "at_most": 0.5 }"#, "“Q” – more than 7\u{a0}days"),
        (measure, r#"{ "question": "q", "at_most": 0.4 }"#, "“Q” – at least 30\u{a0}days"),
        (
            hill,
            r#"{ "question": "q", "at_least": 0.4 }"#,
            "“Q” – at least 7 and below 30\u{a0}days",
        ),
        (
            hill,
            r#"{ "question": "q", "at_most": 0.4 }"#,
            "“Q” – at least 0 and below 7\u{a0}days / at least 30\u{a0}days",
        ),
        (items, r#"{ "question": "q", "at_least": 0.5 }"#, "“Q” – at least 2 ticked"),
        (items, r#"{ "question": "q", "at_most": 0.3 }"#, "“Q” – at most 0 ticked"),
        (points, r#"{ "question": "q", "at_least": 0.5 }"#, "“Q” – a credit of at least 50%"),
        (points, r#"{ "question": "q", "ticked": "b" }"#, "“Q” – B"),
        (
            yes_no,
            r#"{ "question": "q", "at_most": 0, "otherwise": "lowest" }"#,
            "“Q” – No; otherwise it counts with credit 0",
        ),
    ] {
        assert_eq!(asked_if(scale, condition).as_deref(), Some(said));
    }
    let one = r#"{ "question": "q", "at_most": 0.5 }"#;
    let many = |count| format!(r#"{{ "any": [{}] }}"#, vec![one; count].join(","));
    assert_eq!(asked_if(yes_no, &many(1)).unwrap(), "“Q” – No");
    assert_eq!(asked_if(yes_no, &many(12)).unwrap().matches(" or ").count(), 11);
    assert_eq!(asked_if(yes_no, &many(13)), None);
}

#[cfg(feature = "cohort")]
#[test]
fn a_checklist_whose_items_a_condition_names_is_coded_by_them() {
    use digital_maturity::Cohort;
    use digital_maturity::cohort::{Coding, Column};

    let shop = shop();
    assert_eq!(shop.question("channels").unwrap().coding(), Coding::Ticks);
    assert_eq!(shop.question("shops").unwrap().coding(), Coding::Index);
    // Web is 1, phone 2, app 4: nobody, phone, web and phone, all.
    let (shops, channels, till) = ([0_u8, 0, 0, 255], [0_u8, 2, 3, 7], [255_u8, 255, 255, 1]);
    let wait = [1_u8, 1, 1, 1];
    let columns = |channels_coding| {
        [
            Column::new("shops", &shops),
            Column::new("channels", &channels).coded(channels_coding),
            Column::new("till", &till),
            Column::new("wait", &wait),
        ]
    };
    let cohort = Cohort::new(&shop, columns(Coding::Ticks)).unwrap();
    let scores = cohort.score();
    let overall: Vec<Option<Score>> = scores.overall().collect();
    let mut builder = Cohort::builder(&shop);
    for (row, ticked) in
        [&[][..], &["phone"], &["web", "phone"], &["web", "phone", "app"]].into_iter().enumerate()
    {
        let mut sheet = shop.sheet();
        sheet.set("channels", Answer::from(ticked)).unwrap().set("wait", 8).unwrap();
        if row == 3 {
            sheet.set("till", true).unwrap();
        } else {
            sheet.set("shops", false).unwrap();
        }
        assert_eq!(overall[row], sheet.assess().score(), "row {row}");
        builder.push_sheet(&sheet).unwrap();
    }
    assert_eq!(builder.build().score(), scores);
    // Only "phone" alone has the question on the wait asked.
    assert_eq!((0..4).filter(|row| overall[*row].is_some()).collect::<Vec<_>>(), [1]);
    let errors = Cohort::new(&shop, columns(Coding::Index)).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "a condition names an item of `channels`: its column must be coded by the items ticked"
    );
    let wrong = Column::new("shops", &shops).coded(Coding::Ticks);
    let [_, channels, till, wait] = columns(Coding::Ticks);
    let errors = Cohort::new(&shop, [wrong, channels, till, wait]).unwrap_err();
    assert_eq!(errors.to_string(), "the answers to `shops` cannot be coded by the items ticked");
}
