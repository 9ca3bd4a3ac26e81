//! A portfolio as a document that says where the results of its units are.

use std::collections::BTreeSet;

use serde::{Deserializer, Serialize};

use super::Portfolio;
use crate::date::Date;
use crate::diagnostic::Errors;
use crate::document::{At, Node, Reader, deserialize_by_reading, name_fault};
use crate::number::UnitWeight;

/// A portfolio as one writes it down: its units, and where the answers or the result of each are to be
/// found. What stands there, such as the name of a file, is the caller's; this crate reads none.
///
/// ```
/// use digital_maturity::portfolio::{PortfolioSpec, UnitSource};
///
/// let spec = PortfolioSpec::from_json(r#"{ "units": [
///     { "name": "North", "weight": 120, "answers": "north.json" },
///     { "name": "South", "weight": 12.5, "result": "south-2025.json" }
/// ] }"#)?;
/// assert_eq!(spec.units[1].source, UnitSource::Result("south-2025.json".to_owned()));
///
/// let errors = PortfolioSpec::from_json(r#"{ "units": [ { "name": "", "weight": 0 } ] }"#).unwrap_err();
/// assert_eq!(errors.iter().len(), 3);
/// # Ok::<(), digital_maturity::Errors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PortfolioSpec {
    /// Of which day the result of the whole is, if that is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Date>,
    /// The units, at least one.
    pub units: Vec<UnitSpec>,
}

/// A unit as one writes it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitSpec {
    /// Its name, not blank and unlike those of other units.
    pub name: String,
    /// What it counts.
    pub weight: UnitWeight,
    /// Where its answers or its result are.
    #[serde(flatten)]
    pub source: UnitSource,
}

/// Where the answers or the result of a unit are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitSource {
    /// Answers, to be scored.
    Answers(String),
    /// A result that was stored.
    Result(String),
}

impl PortfolioSpec {
    /// The document in a JSON text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one go.
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        Node::read_json(json, from_node)
    }

    /// The document that a format's deserializer holds.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one go.
    ///
    /// ```
    /// # use digital_maturity::portfolio::PortfolioSpec;
    /// let document = serde_json::json!({ "units": [] });
    /// assert!(PortfolioSpec::from_document(&document).is_err()); // there must be one
    /// ```
    pub fn from_document<'de>(document: impl Deserializer<'de>) -> Result<Self, Errors> {
        from_node(&Node::from_document(document)?)
    }
}

fn from_node(node: &Node<'_>) -> Result<PortfolioSpec, Errors> {
    Reader::document(node, portfolio)
}

deserialize_by_reading!(PortfolioSpec, from_node);

fn portfolio(reader: &mut Reader, at: At<'_>) -> Option<PortfolioSpec> {
    let mut fields = reader.fields(at)?;
    let taken = fields.or(reader, "taken", None, |reader, at| match at.node {
        Node::Null => Some(None),
        _ => reader.date(at).map(Some),
    });
    let units = fields.required(reader, "units", |reader, at| {
        // Of units that are not all valid, only names are kept: of those that have one.
        let (mut units, mut names, mut index) = (Some(Vec::new()), Vec::new(), 0);
        let read = |reader: &mut Reader, at: At<'_>| {
            let (name, unit) = unit(reader, at);
            names.extend(name.map(|name| (index, name)));
            units = units.take().zip(unit).map(|(mut units, unit)| {
                units.push(unit);
                units
            });
            index += 1;
        };
        reader.list(at, "units", (1, Portfolio::MOST_UNITS), read)?;
        let mut before = BTreeSet::new();
        for (index, name) in &names {
            if let Some(problem) = name_fault(name, &mut before) {
                reader.error(&at.place.index(*index).key("name"), problem);
            }
        }
        units
    });
    fields.finish(reader);
    Some(PortfolioSpec { taken: taken?, units: units? })
}

/// A unit, and its name even where the rest cannot be read.
fn unit(reader: &mut Reader, at: At<'_>) -> (Option<String>, Option<UnitSpec>) {
    let Some(mut fields) = reader.fields(at) else { return (None, None) };
    let name = fields.required(reader, "name", Reader::owned_text);
    let weight = fields.required(reader, "weight", Reader::unit_weight);
    let mut source = None;
    if fields.one_of(reader, "answers", &["result"]) {
        let answers = fields.optional(reader, "answers", Reader::owned_text);
        let result = fields.optional(reader, "result", Reader::owned_text);
        source = answers.map(UnitSource::Answers).or(result.map(UnitSource::Result));
    }
    fields.finish(reader);
    let unit = || Some(UnitSpec { name: name.clone()?, weight: weight?, source: source? });
    let unit = unit();
    (name, unit)
}
