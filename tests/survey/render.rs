//! What all renderings are made of: tables, how their cells are spelled, and files.

use std::collections::BTreeMap;

use digital_maturity::spec::{ItemSpec, ScaleSpec};
use digital_maturity::survey::{CellsAs, Decimal, Options, Others, Unticked};
use digital_maturity::{Answer, AnswerSheet, Questionnaire};
use serde_json::{Value, json};

use super::kinds::files::{utf_16, windows_1252};
use super::study::{Study, change, change_lists};
use super::{Case, door, line};

type Question<'q> = digital_maturity::Question<'q>;

/// A file of a tool, how it is read, and what its respondents said as far as the tool can tell it:
/// by row, `None` for whoever has a bad cell.
pub(super) struct Rendering {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) options: Options,
    pub(super) truth: Vec<(u64, Option<AnswerSheet>)>,
}

impl Rendering {
    /// What is read otherwise than it was meant.
    pub(super) fn faults(&self, questionnaire: &Questionnaire) -> Vec<String> {
        let row = |(row, sheet): &(u64, Option<AnswerSheet>)| {
            let Some(sheet) = sheet else { return format!("{row}: bad") };
            let of = sheet.assess();
            line(*row, of.score(), |pillar| of.pillars()[pillar].standing.score())
        };
        let rows: Vec<String> = self.truth.iter().map(row).collect();
        let bad = self.truth.iter().any(|(_, sheet)| sheet.is_none());
        let (name, file, options) = (self.name.as_str(), &*self.bytes, self.options.clone());
        let says: &[&str] = if bad { &["error*van", "?error*pigeons"] } else { &[] };
        let mut faults = Case { name, questionnaire, file, options, rows: &rows, says }.faults();
        if !faults.is_empty() {
            let text = String::from_utf8_lossy(file);
            let shown: Vec<&str> = text.split('\n').take(6).collect();
            faults.push(format!("the file begins\n{}", shown.join("\n")));
        }
        faults
    }
}

/// The items of a checklist.
pub(super) fn items(question: Question<'_>) -> Option<&[ItemSpec]> {
    match question.scale() {
        ScaleSpec::Checklist { items } => Some(items),
        _ => None,
    }
}

/// How cells are spelled.
#[derive(Clone)]
pub(super) struct Style {
    /// Choices by value or id, by text, or by a number or code of the tool's own.
    pub(super) say: Say,
    pub(super) language: &'static str,
    /// No and yes.
    pub(super) yes: [&'static str; 2],
    pub(super) comma: bool,
    /// Whole numbers as `4.0`.
    pub(super) fractions: bool,
    /// No answer.
    pub(super) blank: &'static str,
    /// Not applicable and don't know.
    pub(super) states: [&'static str; 2],
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Say {
    Value,
    Text,
    /// The position, from 1, behind these letters and with at least so many digits.
    Code(&'static str, usize),
}

impl Style {
    pub(super) fn texts(language: &'static str) -> Self {
        let german = language == "de";
        Self {
            say: Say::Text,
            language,
            yes: if german { ["Nein", "Ja"] } else { ["No", "Yes"] },
            comma: false,
            fractions: false,
            blank: "",
            states: if german {
                ["Trifft nicht zu", "Weiß nicht"]
            } else {
                ["Does not apply", "I don’t know"]
            },
        }
    }

    pub(super) fn values() -> Self {
        Self {
            say: Say::Value,
            yes: ["0", "1"],
            states: ["not_applicable", "dont_know"],
            ..Self::texts("en")
        }
    }

    fn number(&self, number: f64) -> String {
        let fraction = if self.fractions && number.fract() == 0.0 { ".0" } else { "" };
        let text = format!("{number}{fraction}");
        if self.comma { text.replace('.', ",") } else { text }
    }

    /// The position of a choice or item as the tool's code.
    fn code(letters: &str, digits: usize, position: usize) -> String {
        format!("{letters}{:0digits$}", position + 1)
    }

    /// What stands for an item in a list, or in its own column.
    pub(super) fn item(&self, position: usize, item: &ItemSpec) -> String {
        match self.say {
            Say::Value => item.id.clone(),
            Say::Text => item.text.get(self.language).to_owned(),
            Say::Code(letters, digits) => Self::code(letters, digits, position),
        }
    }

    /// The cell of an answer to a question that is no checklist, or of a state to any.
    pub(super) fn cell(&self, question: Question<'_>, answer: &Answer) -> String {
        match (answer, question.scale()) {
            (Answer::Unanswered, _) => self.blank.to_owned(),
            (Answer::NotApplicable, _) => self.states[0].to_owned(),
            (Answer::DontKnow, _) => self.states[1].to_owned(),
            (Answer::YesNo(yes), _) => self.yes[usize::from(*yes)].to_owned(),
            (Answer::Whole(value), ScaleSpec::Choice { choices }) => {
                let chosen = choices.iter().position(|choice| choice.value == *value).unwrap();
                match self.say {
                    Say::Value if self.fractions => format!("{value}.0"),
                    Say::Value => value.to_string(),
                    Say::Text => choices[chosen].text.get(self.language).to_owned(),
                    Say::Code(letters, digits) => Self::code(letters, digits, chosen),
                }
            }
            #[expect(clippy::cast_precision_loss, reason = "the study has no such numbers")]
            (Answer::Whole(number), _) => self.number(*number as f64),
            (Answer::Number(number), _) => self.number(*number),
            (Answer::Items(_), _) => panic!("a list"),
        }
    }

    /// The cell of a checklist, what was ticked with `between` between, and something of one's own.
    pub(super) fn list(
        &self,
        question: Question<'_>,
        answer: &Answer,
        between: &str,
        other: Option<&str>,
    ) -> String {
        let (Answer::Items(ticked), Some(items)) = (answer, items(question)) else {
            return self.cell(question, answer);
        };
        let entries = items.iter().enumerate().filter(|(_, item)| ticked.contains(&item.id));
        let entries = entries.map(|(n, item)| self.item(n, item));
        let entries: Vec<String> = entries.chain(other.map(str::to_owned)).collect();
        if entries.is_empty() { NONE.to_owned() } else { entries.join(between) }
    }

    /// The options that this needs, with the tool's own codes by question and by header.
    pub(super) fn options(&self, study: &Study, mut options: Options, codes: Codebook) -> Options {
        let of = &study.questionnaire;
        options.not_applicable = vec![self.states[0].to_owned()];
        options.dont_know = vec![self.states[1].to_owned()];
        if self.comma {
            options.decimal = Decimal::Comma;
        }
        let json = codes.of_questions(of, self).json();
        options.codes = door::codes(&json, of);
        options
    }
}

/// What is written where nothing in a list applies: a choice of its own in the form, with a code.
const NONE: &str = "None of these, really";

/// A `--codes` file.
#[derive(Default)]
pub(super) struct Codebook {
    pub(super) columns: BTreeMap<String, Value>,
    questions: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Codebook {
    fn of_questions(mut self, questionnaire: &Questionnaire, style: &Style) -> Self {
        for question in questionnaire.questions() {
            let codes = self.questions.entry(question.id().to_owned()).or_default();
            if items(question).is_some() {
                codes.insert(NONE.to_owned(), json!([]));
            }
            let Say::Code(letters, digits) = style.say else { continue };
            let code = |position| Style::code(letters, digits, position);
            match question.scale() {
                ScaleSpec::Choice { choices } => {
                    let pairs = choices.iter().enumerate();
                    codes.extend(pairs.map(|(n, choice)| (code(n), json!(choice.value))));
                }
                ScaleSpec::Checklist { items } => {
                    let pairs = items.iter().enumerate();
                    codes.extend(pairs.map(|(n, item)| (code(n), json!([item.id]))));
                }
                ScaleSpec::YesNo if style.yes == ["2", "1"] => {
                    codes.extend([("1".to_owned(), json!(true)), ("2".to_owned(), json!(false))]);
                }
                ScaleSpec::YesNo | ScaleSpec::Measure { .. } => {}
            }
        }
        self.questions.retain(|_, codes| !codes.is_empty());
        self
    }

    fn json(&self) -> String {
        json!({ "columns": self.columns, "questions": self.questions }).to_string()
    }
}

/// Rows under a header of one or more rows, and which of them is which respondent.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) head: Vec<Vec<String>>,
    rows: Vec<Vec<String>>,
    who: Vec<Option<usize>>,
}

impl Table {
    pub(super) fn new(heads: usize, rows: usize) -> Self {
        Self {
            head: vec![Vec::new(); heads],
            rows: vec![Vec::new(); rows],
            who: (0..rows).map(Some).collect(),
        }
    }

    /// One more column; rows of the header that are not given are blank.
    pub(super) fn column(&mut self, head: &[&str], mut cell: impl FnMut(usize) -> String) {
        let texts = head.iter().copied().chain(std::iter::repeat(""));
        for (row, text) in self.head.iter_mut().zip(texts) {
            row.push(text.to_owned());
        }
        for (n, row) in self.rows.iter_mut().enumerate() {
            row.push(cell(n));
        }
    }

    /// Columns with one text in each row, `#` standing for the respondent.
    pub(super) fn constant(&mut self, columns: &[(&str, &str)]) {
        for (head, cell) in columns {
            self.column(&[head], |n| cell.replace('#', &(n + 1).to_string()));
        }
    }

    /// One more row, which is no respondent: the first again, some cells changed, at that place.
    pub(super) fn nobody(&mut self, at: usize, changes: &[(&str, &str)]) {
        let Some(mut row) = self.rows.first().cloned() else { return };
        for (head, cell) in changes {
            let column = self.head[0].iter().position(|text| text == head).expect(head);
            (*cell).clone_into(&mut row[column]);
        }
        self.insert(at, row);
    }

    /// A row of separators, or one in which only these columns are left.
    pub(super) fn blank(&mut self, at: usize, kept: &[(&str, &str)]) {
        let row = self.head[0].iter().map(|head| {
            kept.iter().find(|(name, _)| name == head).map_or("", |(_, cell)| *cell).to_owned()
        });
        self.insert(at, row.collect());
    }

    fn insert(&mut self, at: usize, row: Vec<String>) {
        let at = at.min(self.rows.len());
        self.rows.insert(at, row);
        self.who.insert(at, None);
    }

    /// The respondents' rows, numbered from 1 behind the header, each with what it means.
    pub(super) fn truth(&self, told: &[Option<AnswerSheet>]) -> Vec<(u64, Option<AnswerSheet>)> {
        let rows = self.who.iter().zip(1..);
        rows.filter_map(|(who, row)| Some((row, told[(*who)?].clone()))).collect()
    }
}

/// How a table becomes a file.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) delimiter: char,
    pub(super) quote_all: bool,
    pub(super) line_end: &'static str,
    pub(super) encoding: Encoding,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Encoding {
    Utf8,
    /// With a byte-order mark.
    Marked,
    Utf16,
    Windows,
}

pub(super) const PLAIN: Form =
    Form { delimiter: ',', quote_all: false, line_end: "\n", encoding: Encoding::Utf8 };

impl Form {
    pub(super) fn write(&self, table: &Table) -> Vec<u8> {
        let mut text = String::new();
        for row in table.head.iter().chain(&table.rows) {
            let cells: Vec<String> = row.iter().map(|cell| self.cell(cell)).collect();
            text += &cells.join(&self.delimiter.to_string());
            text += self.line_end;
        }
        match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Marked => format!("\u{feff}{text}").into_bytes(),
            Encoding::Utf16 => utf_16(&text, false),
            Encoding::Windows => windows_1252(&text),
        }
    }

    fn cell(&self, cell: &str) -> String {
        let special = |c| c == self.delimiter || matches!(c, '"' | '\n' | '\r');
        if self.quote_all || cell.contains(special) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    }
}

/// What a tool can tell.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Tells {
    /// Everything.
    All,
    /// Of checklists what is ticked, or that nothing is.
    Ticks,
    /// Of checklists what is ticked; nothing ticked may be no answer.
    SomeTicks,
    /// The same, and no states of other questions.
    SomeTicksNoStates,
}

/// Who said what, as far as that can be told; whoever then says nothing at all is left away.
pub(super) fn told(study: &Study, tells: Tells) -> Study {
    let mut told = Study {
        questionnaire: study.questionnaire.clone(),
        respondents: study.respondents.clone(),
        stems: study.stems.clone(),
    };
    let states = |answer: &Answer| matches!(answer, Answer::NotApplicable | Answer::DontKnow);
    for respondent in &mut told.respondents {
        respondent.sheet = change_lists(&respondent.sheet, |answer| match &answer {
            Answer::Items(items) if items.is_empty() && tells > Tells::Ticks => Answer::Unanswered,
            state if states(state) && tells > Tells::All => Answer::Unanswered,
            _ => answer,
        });
        if tells == Tells::SomeTicksNoStates {
            respondent.sheet = change(&respondent.sheet, |_, answer| {
                if states(&answer) { Answer::Unanswered } else { answer }
            });
        }
    }
    let answered = |sheet: &AnswerSheet| sheet.answers().any(|(_, of)| of != Answer::Unanswered);
    told.respondents.retain(|respondent| answered(&respondent.sheet));
    told
}

/// The renderings of one table: as it is, with words of one's own passed over, and, where it makes a
/// difference and the file cannot tell, with untouched checklists as an answer.
pub(super) fn renderings(
    name: &str,
    told: &Study,
    table: &Table,
    form: Form,
    options: &Options,
    touched: bool,
) -> Vec<Rendering> {
    let with = |what: &str, options: Options, sheets: Vec<Option<AnswerSheet>>| Rendering {
        name: format!("{name}{what}"),
        bytes: form.write(table),
        options,
        truth: table.truth(&sheets),
    };
    let mut all = Vec::new();
    if told.respondents.is_empty() {
        return all;
    }
    let options = Options {
        encoding: (form.encoding == Encoding::Windows).then(|| "windows-1252".to_owned()),
        // A header of one column does not say what stands between columns.
        delimiter: (table.head[0].len() == 1).then(|| u8::try_from(form.delimiter).unwrap()),
        ..options.clone()
    };
    let sheets = told.respondents.iter().map(|of| Some(of.sheet.clone()));
    let ignoring = Options { others: Others::Ignore, ..options.clone() };
    if told.respondents.iter().any(|of| of.other.is_some()) {
        let strict = told.respondents.iter();
        let strict = strict.map(|of| of.other.is_none().then(|| of.sheet.clone()));
        all.push(with("", options.clone(), strict.collect()));
        all.push(with(", others passed over", ignoring.clone(), sheets.clone().collect()));
    } else {
        all.push(with("", options.clone(), sheets.clone().collect()));
    }
    if touched {
        let none = |answer| match answer {
            Answer::Unanswered => Answer::Items(Vec::new()),
            answer => answer,
        };
        let sheets = sheets.map(|sheet| sheet.map(|sheet| change_lists(&sheet, none)));
        let options = Options { unticked: Some(Unticked::None), ..ignoring };
        all.push(with(", untouched is none", options, sheets.collect()));
    }
    all
}

/// Whether some text of a choice is the value of another, so that one must say what cells are.
pub(super) fn cells_of(questionnaire: &Questionnaire, cells: CellsAs) -> Option<CellsAs> {
    let confused = |question: Question<'_>| {
        let ScaleSpec::Choice { choices } = question.scale() else { return false };
        choices
            .iter()
            .any(|choice| choices.iter().any(|of| choice.text.default == of.value.to_string()))
    };
    questionnaire.questions().any(confused).then_some(cells)
}
