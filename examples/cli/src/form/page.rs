//! A form as one HTML page, for a screen and for paper. But for its script its syntax is that of XML
//! as well.

use std::fmt::{self, Display, Formatter};

use digital_maturity::form::{ASKED_SCRIPT, Choice, Field, Form, Kind};

use super::text::{Escaped, HashOf, Language};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Displays as the page.
pub(super) struct Page<'p> {
    form: &'p Form<'p>,
    action: Option<&'p str>,
    style: String,
    /// What shows and hides questions, and when which is asked; `None` if all always are.
    script: Option<(String, String)>,
}

impl<'p> Page<'p> {
    /// With a button that sends the answers to `action`, if that is given.
    pub(super) fn new(form: &'p Form<'p>, action: Option<&'p str>) -> Self {
        let has_conditions = form.fields().any(|field| field.asked_if.is_some());
        let script = has_conditions.then(|| {
            // In a text of JSON a `<` can be written otherwise, and so end no element.
            let table = form.asked_table().to_string().replace('<', "\\u003c");
            (lines(&format!("\n{ASKED_SCRIPT}{SCRIPT}")), table)
        });
        Self { form, action, style: lines(&format!("\n{STYLE}")), script }
    }
}

/// With line ends as a browser hashes them; a checkout may have turned them.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl Display for Page<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { form, action, style, script } = self;
        let (language, direction) = (Escaped(form.language), Escaped(form.direction));
        writeln!(f, "<!DOCTYPE html>")?;
        writeln!(f, r#"<html lang="{language}" dir="{direction}">"#)?;
        writeln!(f, "<head>\n<meta charset=\"utf-8\"/>")?;
        self.policy(f)?;
        writeln!(f, r#"<meta name="viewport" content="width=device-width, initial-scale=1"/>"#)?;
        writeln!(f, r#"<meta name="color-scheme" content="light dark"/>"#)?;
        writeln!(f, "<title>{}</title>", Escaped(form.title))?;
        writeln!(f, "<style>{style}</style>\n</head>\n<body>\n<main>")?;
        self.introduction(f)?;
        match action {
            Some(action) => writeln!(f, r#"<form method="post" action="{}">"#, Escaped(action))?,
            None => writeln!(f, "<form>")?,
        }
        let mut number = 0;
        for (section, part) in form.sections.iter().zip(1..) {
            writeln!(f, r#"<section aria-labelledby="part-{part}">"#)?;
            writeln!(f, r#"<h2 id="part-{part}">{}</h2>"#, Escaped(section.title))?;
            for field in &section.fields {
                number += 1;
                self.field(f, field, number)?;
            }
            writeln!(f, "</section>")?;
        }
        if action.is_some() {
            // Without a text it bears the browser's word for it.
            writeln!(f, r#"<p class="send"><input type="submit"/></p>"#)?;
        }
        writeln!(f, "</form>\n</main>")?;
        if let Some((script, table)) = script {
            writeln!(f, r#"<script type="application/json" id="asked-table">{table}</script>"#)?;
            writeln!(f, "<script>{script}</script>")?;
        }
        writeln!(f, "</body>\n</html>")
    }
}

impl Page<'_> {
    /// Nothing is ever loaded, and nothing run but what stands here, whatever is in the texts.
    fn policy(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; "#)?;
        write!(f, "style-src {}; ", HashOf(&self.style))?;
        if let Some((script, _)) = &self.script {
            write!(f, "script-src {}; ", HashOf(script))?;
        }
        write!(f, "base-uri 'none'")?;
        if self.action.is_none() {
            // The return key in a field would send the answers to the page itself.
            write!(f, "; form-action 'none'")?;
        }
        writeln!(f, r#""/>"#)
    }

    fn introduction(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let form = self.form;
        let language = Language(form.text_language);
        writeln!(f, "<h1{language}>{}</h1>", Escaped(form.title))?;
        if let Some(text) = form.description {
            writeln!(f, r#"<p class="about"{language}>{}</p>"#, Escaped(text))?;
        }
        if let Some(text) = form.instructions {
            writeln!(f, r#"<p class="instructions"{language}>{}</p>"#, Escaped(text))?;
        }
        if !form.glossary.is_empty() {
            writeln!(f, "<dl{language}>")?;
            for entry in &form.glossary {
                let (term, meaning) = (Escaped(entry.term), Escaped(entry.meaning));
                writeln!(f, "<dt>{term}</dt>\n<dd>{meaning}</dd>")?;
            }
            writeln!(f, "</dl>")?;
        }
        Ok(())
    }

    fn field(&self, f: &mut Formatter<'_>, field: &Field<'_>, number: usize) -> fmt::Result {
        let (id, language) = (Escaped(field.id), Language(field.language));
        let help = field.guidance.map(|_| format!(" aria-describedby=\"{}-help\"", field.id));
        writeln!(f, r#"<fieldset id="{id}"{}>"#, help.unwrap_or_default())?;
        write!(f, r#"<legend><span class="number">{number}.</span> "#)?;
        writeln!(f, "<span{language}>{}</span></legend>", Escaped(field.title))?;
        if let Some(condition) = self.form.asked_if(field.id) {
            writeln!(f, r#"<p class="when">{}</p>"#, Escaped(&condition))?;
        }
        if let Some(text) = field.guidance {
            writeln!(f, r#"<p class="help" id="{id}-help"{language}>{}</p>"#, Escaped(text))?;
        }
        if field.kind == Kind::Checklist {
            writeln!(f, r#"<p class="tick">{}</p>"#, Escaped(field.tick))?;
        }
        writeln!(f, r#"<div class="choices">"#)?;
        if let Some(number) = &field.number {
            let name = Escaped(number.name);
            write!(f, r#"<label class="measure"><input type="number" step="any" name="{name}" "#)?;
            write!(f, r#"min="{}"/> "#, number.min)?;
            writeln!(f, "<span{language}>{}</span></label>", Escaped(number.unit))?;
        }
        for choice in &field.choices {
            write_choice(f, field, choice)?;
        }
        writeln!(f, "</div>")?;
        let (name, label) = (Escaped(&field.comment_name), Escaped(self.form.comment));
        write!(f, r#"<label class="comment"><span>{label}</span> "#)?;
        writeln!(f, r#"<textarea name="{name}" rows="1"></textarea></label>"#)?;
        writeln!(f, "</fieldset>")
    }
}

fn write_choice(f: &mut Formatter<'_>, field: &Field<'_>, choice: &Choice<'_>) -> fmt::Result {
    // Yes, no, "none of these" and the states are words of the form, not of the questionnaire.
    let is_word = choice.state.is_some() || field.kind == Kind::YesNo || choice.value.is_empty();
    let language = Language(field.language.filter(|_| !is_word));
    let class = if choice.state.is_some() { r#" class="state""# } else { "" };
    let (input, name, value) = (field.input, Escaped(&choice.name), Escaped(&choice.value));
    write!(f, r#"<label{class}><input type="{input}" name="{name}" value="{value}"/> "#)?;
    writeln!(f, "<span{language}>{}</span></label>", Escaped(choice.text))
}
