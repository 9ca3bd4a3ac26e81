//! Values by the ids of what they belong to, in the order of a questionnaire.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::by_node;
use crate::names::is_id;

/// One value for each of many questions or themes, by id, in the order of the questionnaire. The ids
/// are shared with it, so that a result costs none of them. Serialises as a list of objects: the id
/// beside what belongs to it.
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let result = Questionnaire::dcx_pulse().sheet().assess();
/// let questions = &result.record().questions;
/// assert_eq!(questions.len(), 12);
/// assert_eq!(questions.get("case_view").unwrap().credit, None);
/// let (first, _) = questions.iter().next().unwrap();
/// assert_eq!(first, result.questionnaire().questions().next().unwrap().id());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ById<T> {
    ids: Arc<[String]>,
    values: Vec<T>,
}

impl<T> ById<T> {
    /// As many ids as values.
    pub(crate) fn new(ids: &Arc<[String]>, values: Vec<T>) -> Self {
        debug_assert_eq!(ids.len(), values.len());
        Self { ids: Arc::clone(ids), values }
    }

    /// The ids and their values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> + Clone {
        self.ids.iter().map(String::as_str).zip(&self.values)
    }

    /// The values, in order.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The value of an id; of equal ids, which only a stored result could have, the first. Looks
    /// through all of them.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.iter().find(|(of, _)| *of == id).map(|(_, value)| value)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl<I: Into<String>, T> FromIterator<(I, T)> for ById<T> {
    fn from_iter<S: IntoIterator<Item = (I, T)>>(entries: S) -> Self {
        let (ids, values): (Vec<String>, Vec<T>) =
            entries.into_iter().map(|(id, value)| (id.into(), value)).unzip();
        Self { ids: ids.into(), values }
    }
}

impl<T: fmt::Debug> fmt::Debug for ById<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// One of them, as it is written.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{T}WithId"))]
struct Entry<I, T> {
    #[cfg_attr(feature = "schema", schemars(with = "crate::names::shape::Id"))]
    id: I,
    #[serde(flatten)]
    value: T,
}

impl<T: Serialize> Serialize for ById<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(id, value)| Entry { id, value }))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries: Vec<Entry<String, T>> = by_node(deserializer)?;
        let mut ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        ids.sort_unstable();
        let twice = ids.windows(2).any(|pair| pair.first() == pair.last());
        if twice || !ids.into_iter().all(is_id) {
            return Err(D::Error::custom("the ids of a list are not ids, or one is there twice"));
        }
        Ok(entries.into_iter().map(|entry| (entry.id, entry.value)).collect())
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for ById<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}ById", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<Entry<String, T>>::json_schema(generator)
    }
}
