//! Which column is which question.

use std::collections::{BTreeMap, BTreeSet};

use digital_maturity::diagnostic::Excerpt;
use digital_maturity::spec::ScaleSpec;
use digital_maturity::{Question, Questionnaire};

use super::answers::says;
use super::codes::Codes;

/// Delimiters that a header may have been written with.
const DELIMITERS: [(char, &str); 4] = [(',', "','"), (';', "';'"), ('\t', "tab"), ('|', "'|'")];

/// What a column is about, by position in the questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asked {
    Question(usize),
    /// An item of a checklist.
    Item(usize, usize),
}

/// What the options say of columns.
pub(crate) struct Wanted<'w> {
    pub(crate) id: Option<&'w str>,
    pub(crate) group: Option<&'w str>,
    pub(crate) ignore: &'w [String],
}

/// What the columns are.
#[derive(Default)]
pub(crate) struct Layout {
    /// One a column.
    pub(crate) headers: Vec<String>,
    pub(crate) columns: Vec<Option<Asked>>,
    pub(crate) id: Option<usize>,
    pub(crate) group: Option<usize>,
    /// Headers of columns that are passed over: because that was asked for, or because nobody knows
    /// what they are.
    pub(crate) ignored: Vec<String>,
    pub(crate) unknown: Vec<String>,
    /// Positions of questions without a column.
    pub(crate) missing: Vec<usize>,
}

/// Something to say of the header.
pub(crate) struct Remark {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Remark {
    fn new(code: &'static str, message: String) -> Self {
        Self { code, message }
    }
}

impl Asked {
    /// `question`, or `question[item]`, or `question___item`, all by id.
    pub(crate) fn by_id(questionnaire: &Questionnaire, name: &str) -> Option<Self> {
        if let Some(question) = questionnaire.question(name) {
            return Some(Self::Question(question.position()));
        }
        let (id, item) = in_two(name)?;
        Self::item(questionnaire.question(id)?, item)
    }

    /// The same, or by the title of a question in any language, and the text of an item.
    fn by_header(questionnaire: &Questionnaire, header: &str) -> Result<Option<Self>, Remark> {
        if let Some(asked) = Self::by_id(questionnaire, header) {
            return Ok(Some(asked));
        }
        let titled = |title: &str| {
            let questions = questionnaire.questions().filter(|q| says(q.title(), title));
            questions.collect::<Vec<_>>()
        };
        let found: Vec<Self> =
            titled(header).iter().map(|question| Self::Question(question.position())).collect();
        let found = match in_two(header) {
            Some((title, item)) if found.is_empty() => {
                let of = questionnaire.question(title).into_iter().chain(titled(title));
                of.filter_map(|question| Self::item(question, item)).collect()
            }
            _ => found,
        };
        match found.as_slice() {
            [] => Ok(None),
            [asked] => Ok(Some(*asked)),
            _ => {
                let message =
                    format!("`{}` is the title of more than one question", Excerpt::new(header));
                Err(Remark::new("ambiguous-column", message))
            }
        }
    }

    fn item(question: Question<'_>, name: &str) -> Option<Self> {
        let ScaleSpec::Checklist { items } = question.scale() else { return None };
        let place = items.iter().position(|item| item.id == name);
        let place = place.or_else(|| items.iter().position(|item| says(&item.text, name)));
        place.map(|item| Self::Item(question.position(), item))
    }

    fn question(self) -> usize {
        match self {
            Self::Question(position) | Self::Item(position, _) => position,
        }
    }
}

/// `a[b]` and `a___b` as `a` and `b`.
fn in_two(name: &str) -> Option<(&str, &str)> {
    let bracketed = name.strip_suffix(']').and_then(|name| name.split_once('['));
    let (one, other) = bracketed.or_else(|| name.split_once("___"))?;
    Some((one.trim(), other.trim()))
}

impl Layout {
    /// What the columns with those headers are, and warnings.
    ///
    /// # Errors
    ///
    /// Everything for which they cannot be read.
    pub(crate) fn of(
        headers: Vec<String>,
        questionnaire: &Questionnaire,
        codes: &Codes,
        wanted: &Wanted<'_>,
        delimiter: u8,
    ) -> Result<(Self, Vec<Remark>), Vec<Remark>> {
        let (mut layout, mut errors, mut warnings) = (Self::default(), Vec::new(), Vec::new());
        for header in &headers {
            if wanted.ignore.iter().any(|ignored| ignored == header) {
                layout.ignored.push(header.clone());
                layout.columns.push(None);
                continue;
            }
            let by_code = codes.columns.get(header).copied();
            let asked = match by_code {
                Some(asked) => Some(asked),
                None => Asked::by_header(questionnaire, header).unwrap_or_else(|remark| {
                    errors.push(remark);
                    None
                }),
            };
            layout.columns.push(asked);
        }
        layout.headers = headers;
        layout.twice(questionnaire, &mut errors);
        layout.id = layout.place("--id", wanted.id, &mut errors);
        layout.group = layout.place("--group-by", wanted.group, &mut errors);
        let names = wanted.ignore.iter().map(|name| ("--ignore", name));
        let names = names.chain(codes.columns.keys().map(|name| ("--codes", name)));
        for (option, name) in names.filter(|(_, name)| !layout.headers.contains(name)) {
            let message = format!("{option} names `{}`: no such column", Excerpt::new(name));
            warnings.push(Remark::new("no-such-column", message));
        }
        if layout.columns.iter().all(Option::is_none) && errors.is_empty() {
            errors.push(layout.nothing_known(questionnaire, delimiter));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        layout.rest(questionnaire, &mut warnings);
        Ok((layout, warnings))
    }

    /// No two columns may be about one thing.
    fn twice(&self, questionnaire: &Questionnaire, errors: &mut Vec<Remark>) {
        let mut seen: BTreeMap<Asked, &str> = BTreeMap::new();
        for (asked, header) in self.columns.iter().zip(&self.headers) {
            let Some(asked) = asked else { continue };
            let whole = Asked::Question(asked.question());
            let earlier = seen.get(asked).or_else(|| seen.get(&whole)).copied();
            let items = (*asked == whole)
                .then(|| seen.iter().find(|(of, _)| of.question() == asked.question()));
            if let Some(earlier) = earlier.or(items.flatten().map(|(_, header)| *header)) {
                let id = questionnaire.questions().nth(asked.question()).map_or("", |q| q.id());
                let message = format!(
                    "columns `{}` and `{}` are both about question `{id}`",
                    Excerpt::new(earlier),
                    Excerpt::new(header)
                );
                errors.push(Remark::new("duplicate-column", message));
            }
            seen.insert(*asked, header);
        }
    }

    /// The one column of that name.
    fn place(&self, option: &str, name: Option<&str>, errors: &mut Vec<Remark>) -> Option<usize> {
        let name = name?;
        let places = self.headers.iter().enumerate().filter(|(_, header)| *header == name);
        let places: Vec<usize> = places.map(|(place, _)| place).collect();
        let what = match places.as_slice() {
            [place] => return Some(*place),
            [] => "no such column",
            _ => "more than one such column",
        };
        let message = format!("{option} names `{}`: {what}", Excerpt::new(name));
        errors.push(Remark::new("no-such-column", message));
        None
    }

    fn nothing_known(&self, questionnaire: &Questionnaire, delimiter: u8) -> Remark {
        let line = self.headers.join(&char::from(delimiter).to_string());
        let known = |other: char| {
            let names = line.split(other).map(|name| name.trim().trim_matches('"'));
            names
                .filter(|name| matches!(Asked::by_header(questionnaire, name), Ok(Some(_))))
                .count()
        };
        let others = DELIMITERS.iter().filter(|(other, _)| *other != char::from(delimiter));
        let best = others.max_by_key(|(other, _)| known(*other));
        let message = match best {
            Some((other, name)) if known(*other) > 0 => format!(
                "no column is a question; the header seems to be separated otherwise: try \
                 --delimiter {name}"
            ),
            _ => format!(
                "no column is a question of `{}`: the header must have ids or titles of questions, \
                 or --codes must say which column is which",
                questionnaire.id()
            ),
        };
        Remark::new("no-question", message)
    }

    /// Columns that nobody knows, and questions that nobody was asked.
    fn rest(&mut self, questionnaire: &Questionnaire, warnings: &mut Vec<Remark>) {
        let asked: BTreeSet<usize> =
            self.columns.iter().flatten().map(|asked| asked.question()).collect();
        let questions = questionnaire.questions();
        let missing = questions.filter(|question| !asked.contains(&question.position()));
        let missing: Vec<Question<'_>> = missing.collect();
        for (place, (column, header)) in self.columns.iter().zip(&self.headers).enumerate() {
            let known = column.is_some() || self.ignored.contains(header);
            if known || self.id == Some(place) || self.group == Some(place) {
                continue;
            }
            let near = nearest(questionnaire, header);
            let near = near.filter(|near| missing.iter().any(|question| question.id() == near));
            let hint = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
            let message = format!("column `{}` is no question{hint}", Excerpt::new(header));
            warnings.push(Remark::new("unknown-column", message));
            self.unknown.push(header.clone());
        }
        for question in missing {
            let message = format!("question `{}` has no column: nobody answers it", question.id());
            warnings.push(Remark::new("missing-question", message));
            self.missing.push(question.position());
        }
    }
}

/// The id of the question that may be meant, as the library suggests it for answers.
fn nearest(questionnaire: &Questionnaire, header: &str) -> Option<String> {
    let name = in_two(header).map_or(header, |(name, _)| name);
    let answers = serde_json::json!({ "answers": { name: 0 } }).to_string();
    let found = questionnaire.read_json(&answers).err()?;
    found.iter().find_map(|finding| finding.suggestion().map(str::to_owned))
}
