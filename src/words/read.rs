//! Words in a document: every fault in one go, and English where one is missing.

use std::borrow::Cow;

use super::template::names;
use super::{Word, Words};
use crate::diagnostic::{Alternatives, Errors, Excerpt, Problem};
use crate::document::{At, Fields, Node, Place, Reader};
use crate::pillar::PillarMap;
use crate::stage::{Stage, StageMap};

const MONTHS: usize = 12;

/// Takes words from a document.
pub(super) struct WordReader<'r, 'd> {
    reader: &'r mut Reader,
    fields: Fields<'d>,
    place: &'d Place<'d>,
    /// What stands in for a word that is missing; without it, none may be.
    english: Option<&'r Words>,
}

impl Words {
    /// The words in a JSON document: an object with a text for each word, `months` as a list, and
    /// `stage_names`, `stage_meanings` and `pillar_names` as objects. English stands in for what is
    /// missing, which [`warnings`](Self::warnings) name.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in one go and in its order: keys that are no
    /// words, what is no text, and names in braces that the English sentence has not.
    ///
    /// ```
    /// use digital_maturity::{Code, Words};
    ///
    /// let italian = Words::from_json(r#"{ "language": "it", "no_stage": "Ancora nessuno stadio" }"#)?;
    /// assert_eq!(italian.language(), "it");
    /// assert_eq!(italian.warnings().as_slice()[0].code(), Code::MissingKey);
    ///
    /// let errors = Words::from_json(r#"{ "stage_of": "Stadio {nummer}" }"#).unwrap_err();
    /// assert_eq!(
    ///     errors.first().to_string(),
    ///     "1:15: error[unknown-placeholder] /stage_of: unknown placeholder `nummer` (did you mean `number`?)",
    /// );
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        Self::read_json(json, Some(Self::english()))
    }

    pub(super) fn read_json(json: &str, english: Option<&Self>) -> Result<Self, Errors> {
        Node::read_json(json, |node| Self::read(node, english))
    }

    pub(super) fn from_node(node: &Node<'_>) -> Result<Self, Errors> {
        Self::read(node, Some(Self::english()))
    }

    fn read(node: &Node<'_>, english: Option<&Self>) -> Result<Self, Errors> {
        let mut reader = Reader::default();
        let at = At { node, place: &Place::ROOT };
        let Some(fields) = reader.fields(at) else { return Err(reader.refuse(node)) };
        let mut words = WordReader { reader: &mut reader, fields, place: at.place, english };
        let mut read = Self::take(&mut words);
        words.fields.finish(&mut reader);
        read.warnings = reader.finish(node)?;
        Ok(read)
    }
}

impl WordReader<'_, '_> {
    /// The text under `key`. Never inlined: there are hundreds of them, in one function.
    #[inline(never)]
    pub(super) fn text(&mut self, key: &'static str, of: fn(&Words) -> &Word) -> Word {
        let english = self.english.map(of);
        self.field(key, english, |reader, at| word(reader, at, english.map(|text| &**text)))
    }

    pub(super) fn months(&mut self) -> [Word; MONTHS] {
        self.field("months", self.english.map(|of| &of.months), |reader, at| {
            let months = reader.list(at, "months", (MONTHS, MONTHS), |reader, at| {
                word(reader, at, Some("")).unwrap_or_default()
            })?;
            months.try_into().ok()
        })
    }

    /// A text for each stage; in English, what the type says.
    pub(super) fn stages(
        &mut self,
        key: &'static str,
        of: fn(&Words) -> &StageMap<Word>,
        name: fn(Stage) -> &'static str,
    ) -> StageMap<Word> {
        match self.english.map(of) {
            None => StageMap::from_fn(|stage| name(stage).into()),
            Some(names) => self.names(key, names, |word| {
                StageMap::from_fn(|stage| word(stage.as_str(), &names[stage]))
            }),
        }
    }

    pub(super) fn pillars(&mut self) -> PillarMap<Word> {
        match self.english.map(|of| &of.pillar_names) {
            None => PillarMap::from_fn(|pillar| pillar.name().into()),
            Some(names) => self.names("pillar_names", names, |word| {
                PillarMap::from_fn(|pillar| word(pillar.as_str(), &names[pillar]))
            }),
        }
    }

    /// The names of a closed set: `read` asks for each by its key and its English name.
    fn names<M: Clone + Default>(
        &mut self,
        key: &'static str,
        english: &M,
        read: impl FnOnce(&mut dyn FnMut(&'static str, &Word) -> Word) -> M,
    ) -> M {
        self.field(key, Some(english), |reader, at| {
            let mut fields = reader.fields(at)?;
            let read = read(&mut |key, english| {
                let place = (&mut *reader, &mut fields, at.place);
                field(place, key, Some(english), |reader, at| word(reader, at, Some("")))
            });
            fields.finish(reader);
            Some(read)
        })
    }

    fn field<T: Clone + Default>(
        &mut self,
        key: &'static str,
        english: Option<&T>,
        read: impl FnOnce(&mut Reader, At<'_>) -> Option<T>,
    ) -> T {
        field((self.reader, &mut self.fields, self.place), key, english, read)
    }
}

/// What stands under `key`, or what is English; that both are missing is an error.
fn field<T: Clone + Default>(
    (reader, fields, place): (&mut Reader, &mut Fields<'_>, &Place<'_>),
    key: &'static str,
    english: Option<&T>,
    read: impl FnOnce(&mut Reader, At<'_>) -> Option<T>,
) -> T {
    let found = if english.is_none() {
        fields.required(reader, key, read)
    } else {
        if !fields.has(key) {
            reader.warning(place, Problem::MissingKey { key, or: Alternatives::NONE });
        }
        fields.optional(reader, key, read)
    };
    found.or_else(|| english.cloned()).unwrap_or_default()
}

/// A text with the placeholders of the English one.
fn word(reader: &mut Reader, at: At<'_>, english: Option<&str>) -> Option<Word> {
    let text = reader.text(at)?;
    if let Some(english) = english {
        let unknown = names(text).filter(|name| !names(english).any(|known| known == *name));
        for name in unknown {
            let suggestion = reader.nearest(name, names(english));
            let problem = Problem::UnknownPlaceholder { found: Excerpt::new(name), suggestion };
            reader.error(at.place, problem);
        }
        for name in names(english).filter(|name| !names(text).any(|there| there == *name)) {
            reader.warning(at.place, Problem::MissingPlaceholder { name: name.to_owned() });
        }
    }
    Some(Cow::Owned(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_with_words_is_found_in_one_go_and_in_its_order() {
        let document = r#"{
            "raport": "?", "report": 4, "stage_of": "{stage} {{numbr}",
            "months": ["January"], "stage_names": { "hubs": "{n}", "hub": "" },
            "pillar_names": [], "effect": "{full}", "top": "open {brace"
        }"#;
        let errors = Words::from_json(document).unwrap_err();
        let found: Vec<String> = errors
            .iter()
            .filter(|finding| finding.code() != crate::diagnostic::Code::MissingKey)
            .map(|finding| format!("{} {}", finding.code(), finding.path()))
            .collect();
        let expected = [
            "unknown-key /raport",
            "wrong-type /report",
            "unknown-placeholder /stage_of",
            "missing-placeholder /stage_of",
            "too-few /months",
            "unknown-placeholder /stage_names/hubs",
            "unknown-key /stage_names/hub",
            "wrong-type /pillar_names",
            "missing-placeholder /effect",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn words_read_back_as_they_were_written_and_english_stands_in_for_what_is_missing() {
        for words in [Words::english(), Words::german()] {
            let written = serde_json::to_string(words).unwrap();
            let read = Words::from_json(&written).unwrap();
            assert_eq!((&read, read.warnings().to_string()), (words, String::new()));
            assert_eq!(&serde_json::from_str::<Words>(&written).unwrap(), words);
        }
        let none = Words::from_json("{}").unwrap();
        assert_eq!(&none, Words::english());
        assert!(none.warnings().iter().all(|finding| finding.path().is_root()));
    }
}
