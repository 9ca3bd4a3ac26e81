//! The library's sentences with figures and names filled in.

use std::collections::BTreeMap;

use digital_maturity::{Score, Words};
use serde_json::Value;

/// The words of one language, by their keys.
#[derive(Debug)]
pub(crate) struct Phrases {
    language: String,
    words: &'static Words,
    by_key: BTreeMap<String, String>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self { language: String::new(), words: Words::english(), by_key: BTreeMap::new() }
    }
}

impl Phrases {
    pub(crate) fn new(language: &str) -> Self {
        let words = Words::for_language(language);
        let by_key = match serde_json::to_value(words) {
            Ok(Value::Object(all)) => {
                let text = |(key, value)| match value {
                    Value::String(text) => Some((key, text)),
                    _ => None,
                };
                all.into_iter().filter_map(text).collect()
            }
            _ => BTreeMap::new(),
        };
        Self { language: language.to_owned(), words, by_key }
    }

    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    pub(crate) fn words(&self) -> &'static Words {
        self.words
    }

    /// The sentence under that key.
    pub(crate) fn get(&self, key: &'static str) -> &str {
        debug_assert!(self.by_key.contains_key(key), "no word `{key}`");
        self.by_key.get(key).map_or(key, String::as_str)
    }

    /// The sentence with what belongs in its braces; what is put in is not looked at again.
    pub(crate) fn fill(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            filled.extend(values.iter().find(|(of, _)| *of == name).map(|(_, value)| *value));
            rest = after;
        }
        filled + rest
    }

    /// A score, rounded down.
    pub(crate) fn score(&self, score: Score) -> String {
        self.words.score(score)
    }

    /// What is required, rounded up.
    pub(crate) fn bound(&self, score: Score) -> String {
        let number = score.percent_ceil(1).to_string();
        self.percent(number.strip_suffix(".0").unwrap_or(&number))
    }

    /// What is missing, rounded up.
    pub(crate) fn points(&self, score: Score) -> String {
        self.fill("points", &[("n", &self.number(&score.percent_ceil(1).to_string()))])
    }

    fn percent(&self, number: &str) -> String {
        self.fill("percent", &[("n", &self.number(number))])
    }

    fn number(&self, number: &str) -> String {
        number.replace('.', self.get("decimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn a_sentence_is_filled_once_and_figures_are_those_of_the_report() {
        let german = Phrases::new("de-AT");
        assert_eq!(
            german.fill("place", &[("stage", "{number}"), ("number", "3")]),
            "{number}, 3 von 5"
        );
        let near = "0.399999999".parse().unwrap_or_default();
        assert_eq!(german.score(near), "39,9\u{202f}%");
        assert_eq!(german.bound(near), "40\u{202f}%");
        assert_eq!(Phrases::new("en").points(near), "40.0\u{a0}points");
    }
}
