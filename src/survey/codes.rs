//! What columns and cells stand for, where a questionnaire does not say so itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserializer;

use crate::answers::{Answer, Said, unknown_question};
use crate::diagnostic::{Errors, Excerpt, Problem};
use crate::document::{At, Node, Reader, too_long};
use crate::questionnaire::{Question, Questionnaire, Scale};
use crate::text::{as_seen, in_one_case};

/// The longest id, `___`, and the longest id.
const LONGEST_COLUMN: usize = 64 + "___".len() + 64;

/// What columns and cells stand for, where a questionnaire does not say so itself. No text stands for
/// two things, and each answer is one that a question takes.
///
/// | key | | value |
/// |---|---|---|
/// | `columns` | a header | `question`, `question[item]` or `question___item`, by id; null: the column is passed over |
/// | `answers` | a text in a cell | what it stands for with all questions that take it; a number never with a measure |
/// | `questions` | the id of a question, and then a text | what it stands for with that question; with a checklist `true` and `false` are for columns of one item |
///
/// Answers are written as in an answers document: a number, `true` or `false`, a list of items,
/// `not_applicable`, `dont_know`, or null for no answer. Headers and texts match as a reader sees
/// them, in any case if only one fits, and numbers by their value. A text may be a whole cell or an
/// entry of a list.
///
/// ```
/// use digital_maturity::Questionnaire;
/// use digital_maturity::survey::Codes;
///
/// let pulse = Questionnaire::dcx_pulse();
/// let id = pulse.questions().next().unwrap().id(); // choices 1 to 5
/// let codes = format!(r#"{{ "columns": {{ "Q1": "{id}", "Score": null }},
///                           "answers": {{ "-99": null, "A1": 1 }},
///                           "questions": {{ "{id}": {{ "often": 4 }} }} }}"#);
/// Codes::from_json(&codes, pulse)?;
///
/// let errors = Codes::from_json(r#"{ "answers": { "A1": 9 } }"#, pulse).unwrap_err();
/// assert_eq!(errors.first().problem().to_string(), "9 is none of the choices 1, 2, 3, 4, 5");
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone, Debug, Default)]
#[doc(alias("recode", "mapping"))]
pub struct Codes {
    /// By the header as seen in one case: as seen, and what it stands for.
    columns: BTreeMap<String, (String, Option<Asked>)>,
    all: Said,
    /// By the position of the question.
    of: BTreeMap<usize, Said>,
}

/// What a column is about, by position in the questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Asked {
    Question(usize),
    /// An item of a checklist.
    Item(usize, usize),
}

impl Asked {
    /// That of the question.
    pub(crate) fn position(self) -> usize {
        let (Self::Question(position) | Self::Item(position, _)) = self;
        position
    }

    /// All that the name can be: ids may hold the separator.
    fn all_by_id(questionnaire: &Questionnaire, name: &str) -> Vec<Self> {
        if let Some(position) = questionnaire.position(name) {
            return vec![Self::Question(position)];
        }
        if name.len() > LONGEST_COLUMN {
            return Vec::new();
        }
        let bracketed = name.strip_suffix(']').and_then(|name| name.split_once('['));
        let split = |(at, _)| name.split_at_checked(at);
        let joined = name
            .char_indices()
            .filter_map(split)
            .filter_map(|(id, rest)| rest.strip_prefix("___").map(|item| (id, item)));
        let item = |(id, item): (&str, &str)| {
            let question = questionnaire.question(id)?;
            let Scale::Checklist(items) = question.scoring() else { return None };
            let position = items.iter().position(|of| of.id == item)?;
            Some(Self::Item(question.position(), position))
        };
        bracketed.into_iter().chain(joined).filter_map(item).collect()
    }
}

impl Codes {
    /// The codes in a JSON text for the answers to that questionnaire.
    ///
    /// # Errors
    ///
    /// One finding if the text is not JSON, or longer than 16 MiB, else everything that is wrong with
    /// it: unknown keys, questions and items, answers that no question takes, texts that look alike
    /// and stand for two things.
    ///
    /// # Cost
    ///
    /// Linear in the lengths of both.
    ///
    /// ```
    /// # use digital_maturity::{Code, Questionnaire, survey::Codes};
    /// let errors = Codes::from_json(r#"{ "colums": {} }"#, Questionnaire::dcx_pulse()).unwrap_err();
    /// assert_eq!(errors.first().code(), Code::UnknownKey);
    /// ```
    pub fn from_json(json: &str, questionnaire: &Questionnaire) -> Result<Self, Errors> {
        Node::read_json(json, |node| Self::from_node(node, questionnaire))
    }

    /// The same in a document of any serde format.
    ///
    /// # Errors
    ///
    /// One finding if `document` cannot be read at all, else everything that is wrong with it.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, survey::Codes};
    /// let mut document = serde_json::Deserializer::from_str(r#"{ "answers": { "NA": null } }"#);
    /// assert!(Codes::from_document(&mut document, Questionnaire::dcx_pulse()).is_ok());
    /// ```
    #[doc(alias("yaml", "toml"))]
    pub fn from_document<'de, D: Deserializer<'de>>(
        document: D,
        questionnaire: &Questionnaire,
    ) -> Result<Self, Errors> {
        Self::from_node(&Node::from_document(document)?, questionnaire)
    }

    fn from_node(node: &Node<'_>, questionnaire: &Questionnaire) -> Result<Self, Errors> {
        Reader::document(node, |reader, at| {
            let mut codes = Self::default();
            let mut fields = reader.fields(at)?;
            fields.optional(reader, "columns", |reader, at| {
                each(reader, at, |reader, text, at| {
                    codes.column_of(reader, text, at, questionnaire);
                })
            });
            let known = fields.has("answers").then(|| Known::new(questionnaire));
            fields.optional(reader, "answers", |reader, at| {
                let known = known.as_ref()?;
                each(reader, at, |reader, text, at| {
                    if let Some(answer) =
                        answer(reader, at).filter(|of| known.takes(reader, at, of))
                    {
                        put(&mut codes.all, reader, text, at, answer);
                    }
                })
            });
            fields.optional(reader, "questions", |reader, at| {
                for (id, node) in reader.entries(at)? {
                    codes.question(
                        reader,
                        id,
                        At { node, place: &at.place.key(id) },
                        questionnaire,
                    );
                }
                Some(())
            });
            fields.finish(reader);
            Some(codes)
        })
    }

    fn column_of(
        &mut self,
        reader: &mut Reader,
        header: &str,
        at: At<'_>,
        questionnaire: &Questionnaire,
    ) {
        let asked = match at.node {
            Node::Null => None,
            Node::Text(name) => match Asked::all_by_id(questionnaire, name).as_slice() {
                [asked] => Some(*asked),
                [] => {
                    let problem = unknown(reader, questionnaire, name);
                    return reader.error(at.place, problem);
                }
                several => {
                    let id = |asked: &Asked| {
                        let question = questionnaire.question_at(asked.position());
                        question.map_or("", |question| question.id())
                    };
                    let answers: Vec<&str> = several.iter().map(id).collect();
                    let (found, answers) = (Excerpt::new(name), Excerpt::new(&answers.join(", ")));
                    return reader.error(at.place, Problem::AmbiguousText { found, answers });
                }
            },
            _ => return reader.wrong_type(at, "the id of a question, or null"),
        };
        let seen = as_seen(header);
        let known = self.columns.entry(in_one_case(&seen)).or_insert((seen, asked));
        if known.1 != asked {
            reader.error(at.place, Problem::DuplicateKey { key: Excerpt::new(header) });
        }
    }

    fn question(
        &mut self,
        reader: &mut Reader,
        id: &str,
        at: At<'_>,
        questionnaire: &Questionnaire,
    ) {
        let Some(question) = questionnaire.question(id) else {
            let problem = unknown_question(reader, questionnaire, id);
            return reader.error(at.place, problem);
        };
        let mut said = Said::default();
        reader.about(
            || question.id(),
            |reader| {
                each(reader, at, |reader, text, at| {
                    let answer = tick(question, at.node).or_else(|| {
                        question.read(reader, at).map(|(given, _)| given.answer(question))
                    });
                    if let Some(answer) = answer {
                        put(&mut said, reader, text, at, answer);
                    }
                })
            },
        );
        if !said.is_empty() {
            self.of.insert(question.position(), said);
        }
    }

    /// Whether a header, as seen in one case, stands for something.
    pub(crate) fn has_column(&self, cased: &str) -> bool {
        self.columns.contains_key(cased)
    }

    /// All headers as seen, and what they stand for.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, Option<Asked>)> {
        self.columns.values().map(|(seen, asked)| (seen.as_str(), *asked))
    }

    /// What texts stand for with all questions that take it.
    pub(crate) fn all(&self) -> &Said {
        &self.all
    }

    /// What texts stand for with the question at that position.
    pub(crate) fn of(&self, position: usize) -> Option<&Said> {
        self.of.get(&position)
    }
}

/// Reads the value of each text of an object; texts that are too long, or in which there is nothing
/// to be seen, stand for nothing.
fn each<'n>(
    reader: &mut Reader,
    at: At<'n>,
    mut read: impl FnMut(&mut Reader, &'n str, At<'_>),
) -> Option<()> {
    for (text, node) in reader.entries(at)? {
        let place = at.place.key(text);
        let problem = match too_long(text) {
            None if as_seen(text).is_empty() => Problem::EmptyText {},
            None => {
                read(reader, text, At { node, place: &place });
                continue;
            }
            Some(problem) => problem,
        };
        reader.error(&place, problem);
    }
    Some(())
}

fn put(said: &mut Said, reader: &mut Reader, text: &str, at: At<'_>, answer: Answer) {
    if !said.insert(text, answer) {
        reader.error(at.place, Problem::DuplicateKey { key: Excerpt::new(text) });
    }
}

/// The answer that stands there, whoever takes it.
fn answer(reader: &mut Reader, at: At<'_>) -> Option<Answer> {
    Answer::read(reader, at, |reader, at| reader.wrong_type(at, Answer::EXPECTED))
}

/// Whether an item of a checklist is ticked, in a column of its own.
fn tick(question: Question<'_>, node: &Node<'_>) -> Option<Answer> {
    let Scale::Checklist(_) = question.scoring() else { return None };
    match node {
        Node::Bool(yes) => Some((*yes).into()),
        _ => node.whole().filter(|number| matches!(number, 0 | 1)).map(Answer::Whole),
    }
}

/// What is wrong with a name that is that of no column.
fn unknown(reader: &Reader, questionnaire: &Questionnaire, name: &str) -> Problem {
    let bracketed = name.strip_suffix(']').and_then(|name| name.split_once('['));
    let parts = bracketed.or_else(|| name.split_once("___"));
    let checklist = parts.and_then(|(id, item)| Some((questionnaire.question(id)?, item)));
    match checklist.map(|(question, item)| (question.scoring(), item)) {
        Some((Scale::Checklist(items), item)) => {
            let suggestion = reader.nearest(item, items.iter().map(|item| item.id.as_str()));
            Problem::UnknownItem { id: Excerpt::new(item), suggestion }
        }
        _ => unknown_question(reader, questionnaire, name),
    }
}

/// What some question of a questionnaire takes.
struct Known {
    values: BTreeSet<i64>,
    yes_or_no: bool,
    checklists: usize,
    /// By the id of an item: the checklists that have it, a bit each.
    items: BTreeMap<String, Vec<u128>>,
}

impl Known {
    fn new(questionnaire: &Questionnaire) -> Self {
        let mut known = Self {
            values: BTreeSet::new(),
            yes_or_no: false,
            checklists: 0,
            items: BTreeMap::new(),
        };
        for question in questionnaire.questions() {
            match question.scoring() {
                Scale::Choice(choices) => {
                    known.values.extend(choices.iter().map(|(value, _)| *value));
                }
                Scale::YesNo { .. } => known.yes_or_no = true,
                Scale::Checklist(items) => {
                    // A column of one item is yes or no.
                    known.yes_or_no = true;
                    let (word, bit) = (known.checklists / 128, known.checklists % 128);
                    for item in items {
                        let has = known.items.entry(item.id.clone()).or_default();
                        has.resize(word + 1, 0);
                        if let Some(has) = has.last_mut() {
                            *has |= 1 << bit;
                        }
                    }
                    known.checklists += 1;
                }
                Scale::Measure(_) => {}
            }
        }
        known
    }

    /// Whether some question takes that answer, whichever it is; that none does is an error.
    fn takes(&self, reader: &mut Reader, at: At<'_>, answer: &Answer) -> bool {
        let other = || Problem::WrongType {
            expected: "an answer that a question takes",
            found: at.node.describe(),
        };
        let problem = match answer {
            Answer::Unanswered | Answer::NotApplicable | Answer::DontKnow => None,
            Answer::YesNo(_) => (!self.yes_or_no).then(other),
            Answer::Whole(_) | Answer::Number(_) if self.values.is_empty() => Some(other()),
            Answer::Whole(_) | Answer::Number(_) => {
                let known = at.node.whole().is_some_and(|value| self.values.contains(&value));
                let values: Vec<String> = if known {
                    Vec::new()
                } else {
                    self.values.iter().take(Excerpt::LONGEST).map(i64::to_string).collect()
                };
                let (found, choices) = (answer.number_shown(), Excerpt::new(&values.join(", ")));
                (!known).then_some(Problem::UnknownChoice { found, choices })
            }
            Answer::Items(ids) => match ids.iter().find(|id| !self.items.contains_key(*id)) {
                Some(id) => {
                    let suggestion = reader.nearest(id, self.items.keys().map(String::as_str));
                    Some(Problem::UnknownItem { id: Excerpt::new(id), suggestion })
                }
                None => (!self.in_one_checklist(ids)).then(other),
            },
        };
        let taken = problem.is_none();
        if let Some(problem) = problem {
            reader.error(at.place, problem);
        }
        taken
    }

    /// Whether one checklist has all these items, each of them once.
    fn in_one_checklist(&self, ids: &[String]) -> bool {
        let mut seen = BTreeSet::new();
        let mut have = vec![u128::MAX; self.checklists.div_ceil(128)];
        for id in ids {
            let of = self.items.get(id).map_or(&[][..], Vec::as_slice);
            let words = of.iter().copied().chain(std::iter::repeat(0));
            have.iter_mut().zip(words).for_each(|(have, of)| *have &= of);
            if !seen.insert(id) {
                return false;
            }
        }
        have.iter().any(|have| *have != 0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::answers::Decimal;

    fn shop() -> Questionnaire {
        let question = |id: &str, scale: Value| json!({ "id": id, "pillar": "digital_first_mindset", "title": "t", "scale": scale });
        let items = |ids: &[&str]| {
            let items = ids.iter().map(|id| json!({ "id": id, "text": id }));
            json!({ "kind": "checklist", "items": items.collect::<Vec<_>>() })
        };
        let document = json!({
            "schema": 1, "id": "shop", "version": "1.0.0", "title": "t",
            "pillars": { "agile_approach": { "weight": 0 }, "connected_systems": { "weight": 0 },
                         "culture_of_experimentation": { "weight": 0 } },
            "questions": [
                question("plan", json!({ "kind": "choice", "choices": [
                    { "value": 1, "text": "Never" }, { "value": 4, "text": "Often" } ] })),
                question("lead", json!({ "kind": "measure", "unit": "days",
                    "bands": [{ "from": 0, "credit": 1 }, { "from": 30, "credit": 0 }] })),
                question("channels", items(&["web", "app"])),
                question("a", items(&["b___c", "web"])),
                question("a___b", items(&["c"])),
            ]
        });
        Questionnaire::from_json(&document.to_string()).unwrap()
    }

    fn read(codes: &str) -> Result<Codes, Errors> {
        Codes::from_document(&mut serde_json::Deserializer::from_str(codes), &shop())
    }

    #[test]
    fn columns_and_texts_stand_for_what_is_said() {
        let codes = read(r#"{
            "columns": { "Q1 ": "plan", "Q2\n(web)": "channels[web]", "Q2_2": "channels___app",
                         "Score": null, "q1": "plan" },
            "answers": { "-99": null, "A1": 4.0, "Both": ["app", "web"], "x": true, "n/a": "not_applicable" },
            "questions": { "plan": { "A1": 1 }, "lead": { "long": 45 },
                           "channels": { "1": ["web"], "none": [], "2": false, "3": 1 } }
        }"#)
        .unwrap();
        let column = |name: &str| {
            let mut columns = codes.columns();
            columns.find(|(seen, _)| in_one_case(seen) == name).map(|(_, asked)| asked)
        };
        assert_eq!(column("q1"), Some(Some(Asked::Question(0))));
        assert_eq!(column("q2 (web)"), Some(Some(Asked::Item(2, 0))));
        assert_eq!(column("q2_2"), Some(Some(Asked::Item(2, 1))));
        assert_eq!((column("score"), column("q3")), (Some(None), None));
        assert_eq!(codes.columns().count(), 4);
        let get = |said: &Said, text| said.get(text, Decimal::Point).cloned();
        assert_eq!(get(codes.all(), "a1"), Some(Answer::Whole(4)));
        assert_eq!(get(codes.all(), "-99.0"), Some(Answer::Unanswered));
        let of = |at, text| get(codes.of(at).unwrap(), text);
        assert_eq!(of(0, "A1"), Some(Answer::Whole(1)));
        assert_eq!(of(1, "long"), Some(Answer::Whole(45)));
        assert_eq!(of(2, "none"), Some(Answer::Items(vec![])));
        assert_eq!(of(2, "2"), Some(Answer::YesNo(false)));
        assert!(codes.of(3).is_none());
    }

    #[test]
    fn everything_that_is_wrong_is_found_at_once_where_it_stands() {
        let errors = read(r#"{
            "columns": { "Q1": "plam", "Q2": "channels[wbe]", "Q3": 3, "q1": "lead", "Q4": "plan", " q4": "lead",
                         "": "plan", "Q5": "a___b___c" },
            "answers": { "A1": 9, "A2": ["web", "c"], "A3": ["van"], "A4": "plan", "A5": 7.5,
                         "Yes": 1, " Yes": 4 },
            "questions": { "plan": { "A1": 9, "A2": true }, "channels": { "1": ["web", "wep"], "2": 2 },
                           "nowhere": {} },
            "column": {}
        }"#)
        .unwrap_err();
        let found: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "error[unknown-question] /columns/Q1: unknown question `plam` (did you mean `plan`?)",
                "error[unknown-item] /columns/Q2: unknown item `wbe` (did you mean `web`?)",
                "error[wrong-type] /columns/Q3: expected the id of a question, or null, found the number 3",
                "error[duplicate-key] /columns/ q4: key ` q4` appears more than once",
                "error[empty-text] /columns/: text is empty",
                "error[ambiguous-text] /columns/Q5: `a___b___c` can mean more than one answer: a, a___b",
                "error[unknown-choice] /answers/A1: 9 is none of the choices 1, 4",
                "error[wrong-type] /answers/A2: expected an answer that a question takes, found a list",
                "error[unknown-item] /answers/A3: unknown item `van`",
                "error[wrong-type] /answers/A4: expected a number, `true`, `false`, a list of items, \
                 `not_applicable`, `dont_know` or null, found the text `plan`",
                "error[unknown-choice] /answers/A5: 7.5 is none of the choices 1, 4",
                "error[duplicate-key] /answers/ Yes: key ` Yes` appears more than once",
                "error[unknown-choice] /questions/plan/A1: 9 is none of the choices 1, 4",
                "error[wrong-type] /questions/plan/A2: expected the value of a choice, `not_applicable` or \
                 `dont_know`, found true",
                "error[unknown-item] /questions/channels/1/1: unknown item `wep` (did you mean `web`?)",
                "error[wrong-type] /questions/channels/2: expected a list of items, `not_applicable` or \
                 `dont_know`, found the number 2",
                "error[unknown-question] /questions/nowhere: unknown question `nowhere`",
                "error[unknown-key] /column: unknown key `column` (did you mean `columns`?)",
            ]
        );
        let about: Vec<_> = errors.iter().filter_map(|finding| finding.question()).collect();
        assert_eq!(about, ["plan", "plan", "channels", "channels"]);
    }
}
