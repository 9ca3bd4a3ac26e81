//! JSON that is made while it is written.

use std::fmt::{self, Display, Formatter};
use std::io;

use super::Form;

/// JSON of a form for a library or a script: it serialises, and displays as JSON without spaces.
/// `serde_json::to_value` makes a value of it, to be changed or looked into.
///
/// It is made while it is written, a question at a time, so that it takes as much memory as its text
/// does where that is kept, and next to none where it is not.
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let form = Questionnaire::dcx_pulse().form("en");
/// let table = form.asked_table();
/// assert_eq!(table.to_string(), r#"{"conditions":[],"points":{}}"#);
/// assert_eq!(serde_json::to_value(table)?["conditions"], serde_json::json!([]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Json<'s> {
    pub(super) form: &'s Form<'s>,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    AnswersSchema,
    UiSchema,
    Survey,
    AskedTable,
}

impl<'s> Json<'s> {
    pub(super) const fn new(form: &'s Form<'s>, what: What) -> Self {
        Self { form, what }
    }
}

impl Display for Json<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        serde_json::to_writer(Text(f), self).map_err(|_| fmt::Error)
    }
}

/// Takes the bytes of a text, whole characters at a time.
struct Text<'t, 'f>(&'t mut Formatter<'f>);

impl io::Write for Text<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        self.0.write_str(text).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
