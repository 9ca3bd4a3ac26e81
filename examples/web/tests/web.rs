//! The application without a network: requests in, answers out.

#![cfg(test)]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use digital_maturity::{Pillar, Questionnaire, Responses, Stage};
use http_body_util::BodyExt;
use maturity_web::{Store, app};
use serde_json::{Value, json};
use tower::ServiceExt;

const OWN: &str = include_str!("../questionnaire.json");

/// A whole set of answers to the questionnaire of the application, as its form posts them.
const ALL: &[(&str, &str)] = &[
    ("_respondent", "Ahaus"),
    ("online_first", "3"),
    ("council_report", "true"),
    ("council_acts", "2"),
    ("trials", "3"),
    ("punished", "2"),
    ("tools[]", "survey"),
    ("tools[]", "watching"),
    ("lead_time", "2.5"),
    ("mixed_teams", "false"),
    ("channels[]", "web"),
    ("channels[]", "telephone"),
    ("same_file", "4"),
    ("typed_twice", "1"),
    ("online_first-Comment", "since spring"),
];

struct Server(Router);

struct Got {
    status: StatusCode,
    headers: header::HeaderMap,
    body: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect(&self.body)
    }

    fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// What stands between two texts, where they first do.
    fn between(&self, from: &str, to: &str) -> &str {
        let (_, rest) =
            self.body.split_once(from).unwrap_or_else(|| panic!("{from} in {}", self.body));
        rest.split_once(to).unwrap().0
    }

    fn question(&self, id: &str) -> &str {
        self.between(&format!("<fieldset data-question=\"{id}\""), "</fieldset>")
    }
}

fn server() -> Server {
    Server(app(Arc::new(Store::open(None).unwrap())))
}

impl Server {
    async fn send(&self, request: Request<Body>) -> Got {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Got { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, address: &str) -> Got {
        self.send(Request::get(address).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, address: &str, kind: &str, body: impl Into<Body>) -> Got {
        let request = Request::post(address).header(header::CONTENT_TYPE, kind);
        self.send(request.body(body.into()).unwrap()).await
    }

    async fn form(&self, address: &str, pairs: &[(&str, &str)]) -> Got {
        let escaped = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let pairs =
            pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.post(address, "application/x-www-form-urlencoded", body).await
    }

    async fn upload(&self, text: &str) -> Got {
        let body = format!(
            "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n\
             --x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x--\r\n"
        );
        self.post("/de/upload", "multipart/form-data; boundary=x", body).await
    }

    async fn key(&self, id: &str) -> String {
        let all = self.get("/api/questionnaires").await.json();
        let all = all.as_array().unwrap();
        let found = all.iter().find(|of| of["id"] == id).unwrap();
        found["key"].as_str().unwrap().to_owned()
    }
}

/// The result that the crate gives without the application.
fn direct(own: &Questionnaire, pairs: &[(&str, &str)]) -> Value {
    let pairs = pairs.iter().filter(|(name, _)| !name.starts_with('_'));
    let posted = Responses::from_form_pairs(pairs.copied());
    let sheet = own.read_lenient(&posted).unwrap();
    serde_json::to_value(sheet.assess()).unwrap()
}

fn without<'p>(pairs: &[(&'p str, &'p str)], name: &str) -> Vec<(&'p str, &'p str)> {
    pairs.iter().copied().filter(|(of, _)| *of != name).collect()
}

#[tokio::test]
async fn a_form_is_corrected_and_scored_as_the_crate_scores_it() {
    let server = server();
    let address = format!("/de/q/{}", server.key("town_hall").await);

    let mut wrong = without(ALL, "lead_time");
    wrong.extend([("lead_time", "<zwei>"), ("_submit", "yes")]);
    let page = server.form(&address, &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = page.question("lead_time");
    assert!(asked.contains("Bitte eine Zahl ab 0 angeben"), "{asked}");
    assert!(asked.contains(r#"value="&lt;zwei&gt;" aria-invalid="true" aria-describedby="lead_time-guidance lead_time-hint""#), "{asked}");
    assert!(page.between(r#"role="alert""#, "</div>").contains(r##"<a href="#lead_time-0">"##));
    assert!(page.question("online_first").contains(r#"value="3" checked"#));
    assert!(page.question("online_first").contains("since spring"));
    assert!(page.body.contains(r#"name="_respondent" value="Ahaus""#));

    let mut right = ALL.to_vec();
    right.push(("_submit", "yes"));
    let sent = server.form(&address, &right).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/de/r/1"));
    let stored = server.get("/api/results/1").await.json();
    assert_eq!(stored["verified"], true);
    assert_eq!(stored["answers"]["comments"]["online_first"], "since spring");
    let mut result = stored["result"].clone();
    assert_eq!(result["respondent"], "Ahaus");
    for of_its_own in ["respondent", "taken", "sequence"] {
        result.as_object_mut().unwrap().remove(of_its_own).unwrap();
    }
    let mut expected = direct(&Questionnaire::from_json(OWN).unwrap(), ALL);
    for key in ["respondent", "taken", "sequence"] {
        expected.as_object_mut().unwrap().remove(key);
    }
    assert_eq!(result, expected);

    // Worked by hand: 1/2, 1 and 1 give 5/6; 1/2, 3/4 and 3/4 give 2/3; .6 and 0 give .3; of weights
    // 2, 1 and 1, 3/4, 3/4 and 1 give 13/16. Their mean is .653125.
    assert_eq!(result["overall"]["score"], json!(0.653125));
    let report = server.get("/de/r/1").await;
    assert!(report.body.contains("Geprüft"));
    assert!(report.body.contains(r#"<article class="maturity" lang="de""#));
    // Enough for platform, but for one pillar below .4.
    assert!(server.get("/en/r/1").await.body.contains("Stage 3 of 5: Hubs"));
}

#[tokio::test]
async fn conditions_work_without_a_script_and_lose_nothing() {
    let server = server();
    let address = format!("/en/q/{}", server.key("town_hall").await);
    let is_hidden = |page: &Got, id: &str| {
        let start = page.question(id).split_once('>').unwrap().0.to_owned();
        start.contains(" hidden")
    };
    let empty = server.get(&address).await;
    assert!(!is_hidden(&empty, "channels"));
    for id in ["council_acts", "punished", "same_file", "typed_twice"] {
        assert!(is_hidden(&empty, id), "{id}");
    }
    // Two of four points are too few for `same_file`, unless the telephone is among them and the lead
    // time is at most five days.
    let shown = [("channels[]", "web"), ("_update", "yes")];
    let page = server.form(&address, &shown).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!is_hidden(&page, "typed_twice") && is_hidden(&page, "same_file"));
    let pairs =
        [("channels[]", "telephone"), ("lead_time", "5"), ("typed_twice", "2"), ("_update", "yes")];
    let page = server.form(&address, &pairs).await;
    assert!(is_hidden(&page, "typed_twice") && !is_hidden(&page, "same_file"));
    // What is not asked any more is still there, and comes back with the answer that opens it.
    assert!(page.question("typed_twice").contains(r#"value="2" checked"#));
    // In the other language, too: the switch posts the form.
    let german = address.replace("/en/", "/de/");
    assert!(page.body.contains(&format!(r#"formaction="{german}""#)));
    let german = server.form(&german, &pairs[..3]).await;
    assert!(german.question("typed_twice").contains(r#"value="2" checked"#));
    assert!(german.body.contains(r#"<html lang="de">"#));

    // A mistake in a question that is not asked any more can still be put right.
    let document = OWN.replace("town_hall", "other").replace(
        "\"effort\": 3",
        "\"effort\": 3, \"asked_if\": { \"question\": \"council_report\", \"at_least\": 1 }",
    );
    assert_eq!(server.upload(&document).await.status, StatusCode::CREATED);
    let address = format!("/en/q/{}", server.key("other").await);
    assert!(is_hidden(&server.get(&address).await, "lead_time"));
    let page = server.form(&address, &[("lead_time", "soon"), ("_submit", "yes")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!is_hidden(&page, "lead_time"));
}

#[tokio::test]
async fn an_upload_is_refused_with_its_place_and_taken_when_mended() {
    let server = server();
    let broken = OWN.replacen("\"agile_approach\"", "\"agile_aproach\"", 1);
    let line = 1 + broken.split("agile_aproach").next().unwrap().matches('\n').count();
    let page = server.upload(&broken).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = page.between("<ol class=\"findings\"", "</ol>");
    assert!(found.contains(&format!("{line}:17: error[unknown-name]")), "{found}");
    assert!(found.contains("&quot;pillar&quot;: <mark>&quot;</mark>agile_aproach"), "{found}");
    assert!(page.between("<textarea", "</textarea>").contains("agile_aproach"));

    for (text, expected) in
        [("{\n  \"a\" 1 }", "2:7: error[syntax]"), ("a: [1,\nb: }", "<mark>"), ("", "")]
    {
        let page = server.upload(text).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(page.body.contains(expected), "{text}: {}", page.body);
    }

    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..20 {
        let again = vec![format!("*a{}", n - 1); 10].join(", ");
        bomb += &format!("a{n}: &a{n} [{again}]\n");
    }
    assert_eq!(server.upload(&bomb).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(server.upload(&"[".repeat(200_000)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        server.upload(&"{\"a\":".repeat(80_000)).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    let mended = OWN.replace("town_hall", "my_town_hall");
    let page = server.upload(&mended).await;
    assert_eq!(page.status, StatusCode::CREATED);
    let key = server.key("my_town_hall").await;
    assert!(page.body.contains(&format!("/de/q/{key}")));
    // The same in YAML is another questionnaire only by its id.
    let yaml = "schema: 1\nid: tiny\nversion: 1.0.0\ntitle: Tiny\nquestions:\n  - id: a\n    pillar: agile_approach\n    title: A?\n    scale: { kind: yes_no }\n";
    let page = server.upload(yaml).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Die Zeilen sind die des Dokuments als JSON."), "{}", page.body);
    let rest = "pillars:\n  digital_first_mindset: { weight: 0 }\n  culture_of_experimentation: { weight: 0 }\n  connected_systems: { weight: 0 }\n";
    assert_eq!(server.upload(&format!("{yaml}{rest}")).await.status, StatusCode::CREATED);
    let page = server.get(&format!("/en/q/{}", server.key("tiny").await)).await;
    assert!(page.question("a").contains("A?"));

    // It reads back as it was.
    let kept = server.get(&format!("/api/questionnaires/{key}")).await;
    assert_eq!(
        Questionnaire::from_json(&kept.body).unwrap(),
        Questionnaire::from_json(&mended).unwrap()
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let server = server();
    let key = server.key("town_hall").await;
    let page = server.upload(&"x".repeat(600_000)).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.body.contains("<h1>Zu groß</h1>"), "{}", page.body);
    let body = "a".repeat(600_000);
    let page = server.form(&format!("/en/q/{key}"), &[("tools-Comment", &body)]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answers =
        server.post(&format!("/api/questionnaires/{key}/answers"), "application/json", body).await;
    assert_eq!(answers.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answers.json()["message"].is_string());
}

#[tokio::test]
async fn results_of_a_respondent_make_a_history_and_a_comparison() {
    let server = server();
    let key = server.key("town_hall").await;
    let mut later = without(ALL, "online_first");
    later.extend([("online_first", "5"), ("_submit", "yes")]);
    let mut first = ALL.to_vec();
    first.push(("_submit", "yes"));
    let other = [("_respondent", "Borken & Söhne"), ("_submit", "yes")];
    for pairs in [&first, &later, &other.to_vec()] {
        assert_eq!(server.form(&format!("/en/q/{key}"), pairs).await.status, StatusCode::SEE_OTHER);
    }
    let page = server.get(&format!("/en/q/{key}/results?respondent=Ahaus")).await;
    assert!(page.body.contains(r#"<article class="maturity""#));
    assert!(page.body.contains("/en/r/1") && page.body.contains("/en/r/2"));
    assert!(!page.body.contains("/en/r/3"));
    let page = server.get("/en/r/3").await;
    let history = page.between("Radar as a picture</a><a href=\"", "\"").to_owned();
    assert!(server.get(&history).await.body.contains("Borken &amp; Söhne"));
    assert!(server.get(&format!("/en/q/{key}/results")).await.body.contains("/en/r/3"));
    // Half a question of three in one of four pillars: 1/24.
    let page = server.get("/en/compare?before=1&after=2").await;
    assert!(page.body.contains("4.1"), "{}", page.body);
    let foreign = server
        .form(&format!("/en/q/{}", server.key("dcx_pulse").await), &[("_submit", "yes")])
        .await;
    assert_eq!(foreign.location(), "/en/r/4");
    let page = server.get("/en/compare?before=1&after=4").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);

    let page = server.get("/en/r/3/outlook").await;
    assert!(page.body.contains("How many new services"));
    for stage in Stage::ALL.iter().skip(1) {
        let page = server.get(&format!("/de/r/1/roadmap?target={stage}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(&format!(r#"<option value="{stage}" selected>"#)));
    }
    assert_eq!(server.get("/de/r/1/roadmap?target=nowhere").await.status, StatusCode::BAD_REQUEST);
}

/// Five hundred questions with a hundred levels, all alike: as many as are taken, and too many steps for an
/// exact answer.
#[tokio::test]
async fn a_way_that_is_too_costly_is_told() {
    let choices: Vec<Value> =
        (0..100).map(|value| json!({ "value": value, "text": "x" })).collect();
    let question = |n: usize| json!({ "id": format!("q{n}"), "pillar": Pillar::ALL[n % 4], "title": "?", "scale": "s" });
    let document = json!({ "schema": 1, "id": "huge", "version": "1.0.0", "title": "Huge",
        "scales": { "s": { "kind": "choice", "choices": choices } },
        "questions": (0..500).map(question).collect::<Vec<_>>() });
    let server = server();
    let kept = server.post("/api/questionnaires", "application/json", document.to_string()).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.body);
    let answers: Value =
        (0..500).map(|n| (format!("q{n}"), json!(0))).collect::<serde_json::Map<_, _>>().into();
    let address = format!("{}/answers", kept.location());
    let result = server.post(&address, "application/json", answers.to_string()).await;
    assert_eq!(result.status, StatusCode::CREATED);
    let page = server.get("/en/r/1/roadmap?target=native").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("This would take too long to work out"), "{}", page.body);
}

#[tokio::test]
async fn programs_get_results_and_findings_as_the_crate_writes_them() {
    let server = server();
    let own = Questionnaire::from_json(OWN).unwrap();
    let key = server.key("town_hall").await;
    let address = format!("/api/questionnaires/{key}/answers");
    let text = "{\n \"online_first\": 9,\n \"lead_time\": \"soon\" }";
    let refused = server.post(&address, "application/json", text).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = own.read_lenient(&Responses::from_json(text).unwrap()).unwrap_err();
    assert_eq!(refused.json(), serde_json::to_value(&errors).unwrap());
    assert_eq!(refused.json()[0]["line"], 2);
    let refused = server.post(&address, "application/json", "{").await;
    assert_eq!(refused.json()[0]["code"], "syntax");

    let text = r#"{ "respondent": "Ahaus", "taken": "2026-11-01", "answers": { "online_first": 5, "tools": ["survey"] } }"#;
    let taken = server.post(&address, "application/json", text).await;
    assert_eq!((taken.status, taken.location()), (StatusCode::CREATED, "/api/results/1"));
    assert_eq!(taken.json()["result"]["taken"], "2026-11-01");
    let stored = server.get(taken.location()).await.json();
    assert_eq!(stored["result"], taken.json()["result"]);
    assert_eq!(stored["answers"]["answers"]["tools"], json!(["survey"]));
    let sheet = own.read_json(&stored["answers"].to_string()).unwrap();
    assert_eq!(serde_json::to_value(sheet.assess()).unwrap(), stored["result"]);

    let missing = server.get("/api/results/77").await;
    assert_eq!(
        (missing.status, missing.json()["message"].is_string()),
        (StatusCode::NOT_FOUND, true)
    );
}

#[tokio::test]
async fn the_openapi_document_leads_to_schemas_that_are_there() {
    fn check(root: &Value, of: &Value) {
        match of {
            Value::Object(entries) => {
                let root = if entries.contains_key("$id") { of } else { root };
                for (key, value) in entries {
                    if let (true, Some(text)) = (key == "$ref", value.as_str()) {
                        let pointer = text.strip_prefix('#').expect(text);
                        assert!(root.pointer(pointer).is_some(), "{text}");
                    }
                    check(root, value);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| check(root, value)),
            _ => {}
        }
    }
    let server = server();
    let key = server.key("town_hall").await;
    let document = server.get("/openapi.json?language=de").await.json();
    check(&document, &document);
    let path = format!("/paths/~1api~1questionnaires~1{key}~1answers/post");
    let post = document.pointer(&path).unwrap();
    assert_eq!(post["summary"], "Das digitale Rathaus");
    let schema = &post["requestBody"]["content"]["application/json"]["schema"];
    assert!(schema["properties"]["online_first"].is_object());
    // Every route for programs is described.
    for path in ["", "/{key}", "/{key}/form"] {
        let path = format!("/api/questionnaires{path}");
        assert!(document["paths"][&path].is_object(), "{path}");
    }
}

#[tokio::test]
async fn every_answer_has_the_policy() {
    let server = server();
    let key = server.key("dcx").await;
    let mut sent = ALL.to_vec();
    sent.push(("_submit", "yes"));
    let own = server.key("town_hall").await;
    let mut all = vec![server.form(&format!("/en/q/{own}"), &sent).await];
    let front = server.get("/en").await;
    let style = front.between("rel=\"stylesheet\" href=\"", "\"").to_owned();
    let script = front.between("<script src=\"", "\"").to_owned();
    for address in [
        "/",
        "/en",
        "/de",
        "/en/upload",
        &format!("/en/q/{key}"),
        &format!("/en/q/{own}/results"),
        "/en/r/1",
        "/en/r/1/outlook",
        "/en/r/1/roadmap",
        "/en/r/1/radar.svg",
        "/en/compare?before=1&after=1",
        "/api/questionnaires",
        &format!("/api/questionnaires/{key}"),
        &format!("/api/questionnaires/{key}/form?language=de"),
        "/api/results/1",
        "/openapi.json",
        "/health",
        &style,
        &script,
        "/favicon.ico",
        "/en/r/x",
        "/en/r/99",
        "/api/nothing",
        "/en/compare",
    ] {
        all.push(server.get(address).await);
    }
    all.push(server.upload("{").await);
    all.push(server.post("/en/upload", "text/plain", "x").await);
    all.push(server.post("/health", "text/plain", "x").await);
    for got in &all {
        assert_eq!(
            got.headers["content-security-policy"],
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(got.headers["x-content-type-options"], "nosniff");
        assert_eq!(got.headers["referrer-policy"], "no-referrer");
        let is_page = got
            .headers
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        for inline in [" style=\"", "<style", " onclick", "<script>", "javascript:"] {
            assert!(!is_page || !got.body.contains(inline), "{inline} in {}", got.body);
        }
        assert!(!is_page || got.body.matches("<h1").count() == 1, "{}", got.body);
    }
    let last = all.last().unwrap();
    assert_eq!(last.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(last.headers[header::ALLOW], "GET,HEAD");

    let tag = server.get(&style).await.headers["etag"].clone();
    let again =
        Request::get(&style).header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    let again = server.send(again).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn hostile_texts_come_out_as_text() {
    let server = server();
    let hostile = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    let mut document: Value = serde_json::from_str(&OWN.replace("town_hall", "hostile")).unwrap();
    document["title"] = json!(hostile);
    document["description"] = json!(hostile);
    document["instructions"] = json!(hostile);
    document["glossary"][0]["term"] = json!(hostile);
    for question in document["questions"].as_array_mut().unwrap() {
        question["title"] = json!(hostile);
        question["guidance"] = json!(hostile);
    }
    document["scales"]["how_many"]["choices"][0]["text"] = json!(hostile);
    assert_eq!(server.upload(&document.to_string()).await.status, StatusCode::CREATED);
    let key = server.key("hostile").await;
    let pairs = [
        ("_respondent", hostile),
        ("online_first", hostile),
        ("online_first-Comment", hostile),
        (hostile, hostile),
    ];
    let refused = server.form(&format!("/en/q/{key}"), &pairs).await;
    let mut pairs = pairs.to_vec();
    pairs.remove(1);
    pairs.extend([("online_first", "1"), ("_submit", "yes")]);
    assert_eq!(server.form(&format!("/en/q/{key}"), &pairs).await.location(), "/en/r/1");
    let address = format!("/en/r/1/roadmap?target={}", "%3Cscript%3E");
    let mut pages = vec![refused, server.get(&address).await];
    for path in [
        "/en",
        "/en/r/1",
        "/en/r/1/outlook",
        "/en/r/1/roadmap",
        "/en/r/1/radar.svg",
        &format!("/de/q/{key}"),
        &format!("/en/q/{key}/results"),
    ] {
        pages.push(server.get(path).await);
    }
    let history = pages[3].between("Radar as a picture</a><a href=\"", "\"").to_owned();
    pages.push(server.get(&history).await);
    pages.push(server.upload(&document.to_string().replace("\"schema\":1", hostile)).await);
    for page in pages {
        for raw in ["<script>", "<img", "</title><script"] {
            assert!(!page.body.contains(raw), "{raw} in {}", page.body);
        }
    }
}

/// What one process stored, another one opens; and a figure changed by hand does not go unnoticed.
#[tokio::test]
async fn a_database_is_opened_again_and_a_forged_result_is_told() {
    let path = std::env::temp_dir().join(format!("maturity-web-{}.sqlite", std::process::id()));
    let file = path.to_str().unwrap();
    let open = || Server(app(Arc::new(Store::open(Some(file)).unwrap())));
    let _ = std::fs::remove_file(&path);
    let first = open();
    let key = first.key("town_hall").await;
    let mut sent = ALL.to_vec();
    sent.push(("_submit", "yes"));
    first.form(&format!("/en/q/{key}"), &sent).await;
    let before = first.get("/api/results/1").await.json();
    drop(first);

    let second = open();
    assert_eq!(second.get("/api/results/1").await.json(), before);
    assert!(second.get("/en/r/1").await.body.contains("Checked:"));
    let forge =
        "UPDATE results SET result = replace(result, '\"score\":0.653125', '\"score\":0.753125')";
    assert_eq!(rusqlite::Connection::open(file).unwrap().execute(forge, []).unwrap(), 1);
    assert_eq!(second.get("/api/results/1").await.json()["verified"], false);
    assert!(second.get("/en/r/1").await.body.contains("is not what its answers give"));
    std::fs::remove_file(path).unwrap();
}
