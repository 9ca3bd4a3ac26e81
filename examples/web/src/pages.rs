//! The frame of every page, and the list of questionnaires.

use maud::{DOCTYPE, Markup, html};

use crate::assets::{ICON, SCRIPT, STYLE};
use crate::{Ask, Page};

/// The language of an address and of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    En,
    De,
}

impl Language {
    pub fn tag(self) -> &'static str {
        self.say("en", "de")
    }

    pub fn other(self) -> Self {
        if self == Self::En { Self::De } else { Self::En }
    }

    /// Of the same in both languages, that in this one.
    pub fn say(self, english: &'static str, german: &'static str) -> &'static str {
        if self == Self::En { english } else { german }
    }
}

/// A page whose content begins with a heading of the first level. `path` is its address behind the
/// language, for the same page in the other one.
pub fn layout(language: Language, title: &str, path: &str, content: &Markup) -> Markup {
    let (tag, other) = (language.tag(), language.other().tag());
    frame(
        language,
        title,
        &html! {
            a href={ "/" (other) (path.trim_end_matches('/')) } lang=(other) hreflang=(other) { (language.say("Deutsch", "English")) }
        },
        &html! { main #content lang=(tag) { (content) } },
    )
}

/// The same with a switch of the language of its own, and its `main`.
pub fn frame(language: Language, title: &str, switch: &Markup, main: &Markup) -> Markup {
    let tag = language.tag();
    html! {
        (DOCTYPE)
        html lang=(tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href=(STYLE.address());
                link rel="icon" href=(ICON.address());
                script src=(SCRIPT.address()) defer {}
            }
            body {
                a.skip href="#content" { (language.say("To the content", "Zum Inhalt")) }
                header {
                    nav aria-label=(language.say("Main", "Hauptmenü")) {
                        a href={ "/" (tag) } { (language.say("Questionnaires", "Fragebögen")) }
                        a href={ "/" (tag) "/upload" } { (language.say("Upload", "Hochladen")) }
                        span.switch { (switch) }
                    }
                }
                (main)
            }
        }
    }
}

pub async fn list(ask: Ask) -> Page {
    let language = ask.language;
    let all = ask.work(|store, _| store.questionnaires()).await?;
    let tag = language.tag();
    let title = language.say("Questionnaires", "Fragebögen");
    let origins = [
        ("own", language.say("Of this application", "Von dieser Anwendung")),
        ("builtin", language.say("Built in", "Eingebaut")),
        ("uploaded", language.say("Uploaded", "Hochgeladen")),
    ];
    Ok(layout(
        language,
        title,
        "",
        &html! {
            h1 { (title) }
            @for (origin, heading) in origins {
                @let mut of_origin = all.iter().filter(|kept| kept.origin == origin).peekable();
                @if of_origin.peek().is_some() {
                    h2 { (heading) }
                    ul.cards {
                        @for kept in of_origin {
                            @let questionnaire = &kept.questionnaire;
                            @let form = questionnaire.form(tag);
                            li lang=[form.text_language] {
                                h3 { a href={ "/" (tag) "/q/" (kept.key) } { (form.title) } }
                                @if let Some(description) = form.description { p.description { (description) } }
                                p.small lang=(tag) {
                                    code { (questionnaire.id()) " " (questionnaire.version()) } " · "
                                    (questionnaire.questions().len()) " " (language.say("questions", "Fragen")) " · "
                                    a href={ "/" (tag) "/q/" (kept.key) "/results" } {
                                        (language.say("results", "Ergebnisse"))
                                        span.quiet { " " (language.say("of", "von")) " " (form.title) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}
