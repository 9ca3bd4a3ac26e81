//! The form of a questionnaire: shown, shown again with what is wrong, and taken.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form as Body, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use digital_maturity::form::{Field, Form, Kind};
use digital_maturity::{Diagnostic, Responses, Words};
use maud::{Markup, html};

use crate::pages::{Language, frame};
use crate::{Answer, Ask, Fault, Page};

// The names of this application's own fields begin with a character that no id begins with.
const RESPONDENT: &str = "_respondent";
const SUBMIT: &str = "_submit";

pub async fn empty(ask: Ask, Path(key): Path<String>) -> Page {
    ask.work(move |store, language| {
        let questionnaire = store.questionnaire(&key)?;
        let form = questionnaire.form(language.tag());
        Ok(page(language, &key, &form, "", None))
    })
    .await
}

/// Stores the answers if they were submitted and nothing is wrong; otherwise shows the form again, with
/// everything that was posted and what is asked now.
pub async fn posted(
    ask: Ask,
    Path(key): Path<String>,
    body: Result<Body<Vec<(String, String)>>, FormRejection>,
) -> Answer {
    let Body(pairs) = body.map_err(|error| Fault(error.status(), error.body_text()))?;
    ask.work(move |store, language| {
        let questionnaire = store.questionnaire(&key)?;
        let own = |name| pairs.iter().find(|(of, _)| of == name).map(|(_, value)| value.trim());
        let respondent = own(RESPONDENT).unwrap_or_default();
        let answers = pairs.iter().filter(|(name, _)| !name.starts_with('_'));
        let answers = Responses::from_form_pairs(answers.map(|(name, value)| (name, value)));
        let (mut sheet, errors) = questionnaire.read_partial(&answers);
        let refused = match respondent {
            "" => None,
            name => sheet.set_respondent(name).err(),
        };
        let submitted = own(SUBMIT).is_some();
        if submitted && errors.is_none() && refused.is_none() {
            let number = store.put(&key, &mut sheet)?;
            return Ok(Redirect::to(&format!("/{}/r/{number}", language.tag())).into_response());
        }
        let found: Vec<&Diagnostic> = match &errors {
            Some(errors) => errors.iter().collect(),
            None => sheet.warnings().iter().collect(),
        };
        let form = sheet.form(language.tag()).posted(&answers).marked(found);
        let words = Words::for_language(language.tag());
        let refused = refused.map(|finding| words.hint(&finding, &questionnaire));
        let status = if submitted { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = page(language, &key, &form, respondent, refused.as_deref());
        Ok((status, page).into_response())
    })
    .await
}

fn page(
    language: Language,
    key: &str,
    form: &Form<'_>,
    respondent: &str,
    refused: Option<&str>,
) -> Markup {
    let (tag, other) = (language.tag(), language.other().tag());
    let wrong: Vec<&Field<'_>> = form.fields().filter(|field| field.is_wrong()).collect();
    let failed = refused.is_some() || !wrong.is_empty();
    let problem = language.say("Problem: ", "Problem: ");
    let title = format!("{}{}", if failed { problem } else { "" }, form.title);
    // A form of its own would lose what was filled in.
    let switch = html! {
        button form="answers" formaction={ "/" (other) "/q/" (key) } lang=(other) { (language.say("Deutsch", "English")) }
    };
    let content = html! {
        main #content {
            h1 lang=[form.text_language] { (form.title) }
            @if failed { (summary(language, &wrong, refused)) }
            div lang=[form.text_language] {
                @if let Some(description) = form.description { p { (description) } }
                @if let Some(instructions) = form.instructions { p.instructions { (instructions) } }
            }
            @if !form.glossary.is_empty() {
                details {
                    summary { (language.say("What the words mean", "Was die Wörter bedeuten")) }
                    dl lang=[form.text_language] {
                        @for term in &form.glossary { dt { (term.term) } dd { (term.meaning) } }
                    }
                }
            }
            form #answers method="post" action={ "/" (tag) "/q/" (key) } data-asked=(form.asked_table()) {
                p.own {
                    label for="respondent" { (language.say("Organisation or person (optional)", "Organisation oder Person (freiwillig)")) }
                    input #respondent name=(RESPONDENT) value=(respondent) autocomplete="organization"
                        aria-invalid=[refused.map(|_| "true")] aria-describedby=[refused.map(|_| "respondent-hint")];
                    @if let Some(refused) = refused { strong.hint #respondent-hint { (refused) } }
                }
                @for section in &form.sections {
                    section hidden[!section.fields.iter().any(Field::is_shown)] {
                        h2 { (section.title) }
                        @for field in &section.fields { (self::field(form, field)) }
                    }
                }
                p.buttons {
                    button name=(SUBMIT) value="yes" { (language.say("Send", "Absenden")) }
                    button.update name="_update" value="yes" { (language.say("Show what is asked now", "Zeigen, was jetzt gefragt ist")) }
                }
            }
        }
    };
    frame(language, &title, &switch, &content)
}

fn summary(language: Language, wrong: &[&Field<'_>], refused: Option<&str>) -> Markup {
    html! {
        div.problems role="alert" tabindex="-1" autofocus aria-labelledby="problems" {
            h2 #problems { (language.say("Please put this right", "Bitte berichtigen")) }
            ul {
                @if let Some(refused) = refused { li { a href="#respondent" { (refused) } } }
                @for field in wrong {
                    li { a href={ "#" (field.id) "-0" } lang=[field.language] { (field.title) } ": "
                        @for hint in &field.hints { (hint.text) " " } }
                }
            }
        }
    }
}

/// A question. One that is not asked is hidden, and posts what was filled in all the same.
fn field(form: &Form<'_>, field: &Field<'_>) -> Markup {
    let id = field.id;
    let hinted = !field.hints.is_empty();
    let described = [("guidance", field.guidance.is_some()), ("hint", hinted)];
    let described =
        described.iter().filter(|(_, is)| *is).map(|(suffix, _)| format!("{id}-{suffix}"));
    let described = Some(described.collect::<Vec<_>>().join(" ")).filter(|ids| !ids.is_empty());
    let described = described.as_deref();
    let invalid = field.is_wrong().then_some("true");
    let is_radio = field.input == "radio";
    let first = usize::from(field.number.is_some());
    html! {
        fieldset data-question=(id) hidden[!field.is_shown()] role=[is_radio.then_some("radiogroup")]
            aria-describedby=[described] aria-invalid=[invalid.filter(|_| is_radio)] {
            legend lang=[field.language] { (field.title) }
            @if let Some(guidance) = field.guidance {
                p.guidance id={ (id) "-guidance" } lang=[field.language] { (guidance) }
            }
            @if hinted {
                p.hint id={ (id) "-hint" } { @for hint in &field.hints { strong { (hint.text) } " " } }
            }
            @if let Some(number) = &field.number {
                label.number {
                    input id={ (id) "-0" } inputmode="decimal" autocomplete="off" name=(number.name) value=(number.value)
                        aria-invalid=[invalid] aria-describedby=[described];
                    span lang=[field.language] { (number.unit) }
                }
            }
            @if field.kind == Kind::Checklist { p.small { (field.tick) } }
            @for (position, choice) in field.choices.iter().enumerate() {
                label {
                    input id={ (id) "-" (position + first) } type=(field.input) name=(choice.name) value=(choice.value)
                        checked[choice.selected] aria-invalid=[invalid.filter(|_| !is_radio)];
                    span lang=[choice.language] { (choice.text) }
                }
            }
            details open[!field.comment.is_empty()] {
                summary { (form.comment) }
                textarea name=(field.comment_name) rows="2" aria-label={ (form.comment) ": " (field.title) } { (field.comment) }
            }
        }
    }
}
