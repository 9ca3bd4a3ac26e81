//! A questionnaire or answers document, from a file or from standard input.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use digital_maturity::diagnostic::Position;
use digital_maturity::portfolio::PortfolioSpec;
use digital_maturity::survey::Codes;
use digital_maturity::{Code, Diagnostic, Questionnaire, Responses};
use serde::Deserialize;

use super::finding::Finding;
use super::output::plain;
use super::tree::{self, Node};

/// Larger documents are refused: 16 MB, counted as 16 times 1024 times 1024 bytes. The largest
/// questionnaire that comes with the crate is a hundredth of that.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The name under which standard input appears in messages.
const STDIN: &str = "stdin";

/// A document that could be read as text; whether there is sense in it is another matter.
pub(crate) struct Document {
    name: String,
    pub(crate) text: String,
    body: Body,
}

enum Body {
    /// JSON is read by the library, which keeps duplicate keys apart.
    Json,
    /// YAML and TOML, as their format crates see them.
    Tree(Node),
    /// Not YAML or TOML at all.
    Broken(Finding),
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Yaml,
    Toml,
}

/// Why a file is no document at all. Displays as one line.
pub(crate) struct Unreadable {
    name: String,
    position: Option<Position>,
    code: Option<Code>,
    message: String,
}

impl Unreadable {
    /// That a result is of another questionnaire, or was changed.
    pub(crate) fn other(document: &Document, reason: &impl fmt::Display) -> Self {
        let code = Some(Code::OtherEnd);
        Self { name: document.name(), position: None, code, message: reason.to_string() }
    }
}

impl Document {
    /// The document in the file at `path`, in the format that the file's ending names; `-` stands
    /// for standard input, which is JSON.
    pub(crate) fn open(path: &Path) -> Result<Self, Unreadable> {
        Self::open_up_to(path, LARGEST)
    }

    /// The same, for a document of at most so many bytes.
    pub(crate) fn open_up_to(path: &Path, most: u64) -> Result<Self, Unreadable> {
        if path.as_os_str() == "-" {
            return Self::read(STDIN.to_owned(), Format::Json, io::stdin().lock(), most);
        }
        let name = path.display().to_string();
        let unreadable =
            |message| Unreadable { name: name.clone(), position: None, code: None, message };
        let format = Format::of(path).ok_or_else(|| {
            unreadable("the name must end in .json, .yaml, .yml or .toml".to_owned())
        })?;
        let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
        let metadata = file.metadata().map_err(|error| unreadable(error.to_string()))?;
        if metadata.is_dir() {
            return Err(unreadable("this is a directory".to_owned()));
        }
        if metadata.len() > most {
            return Err(unreadable(too_large(most)));
        }
        Self::read(name, format, file, most)
    }

    /// The JSON document `text`, which came with the program.
    pub(crate) fn built_in(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), body: Body::Json }
    }

    /// The YAML document `text`, which came with the program.
    pub(crate) fn yaml(name: &str, text: &str) -> Self {
        let body = Body::of(tree::from_yaml(text));
        Self { name: name.to_owned(), text: text.to_owned(), body }
    }

    fn read(
        name: String,
        format: Format,
        source: impl Read,
        most: u64,
    ) -> Result<Self, Unreadable> {
        let unreadable =
            |position, message| Unreadable { name: name.clone(), position, code: None, message };
        // One byte more than is allowed: pipes and devices do not say how long they are.
        let mut bytes = Vec::new();
        let read = source.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| unreadable(None, error.to_string()))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > most) {
            return Err(unreadable(None, too_large(most)));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let sound = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..sound).unwrap_or_default();
            let at = Position::in_text(&String::from_utf8_lossy(before), sound);
            unreadable(Some(at), "this is not UTF-8 text".to_owned())
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let tree = match format {
            Format::Json => return Ok(Self { name, text, body: Body::Json }),
            Format::Yaml => tree::from_yaml(&text),
            Format::Toml => tree::from_toml(&text),
        };
        Ok(Self { name, text, body: Body::of(tree) })
    }

    /// The name to show, safe to print.
    pub(crate) fn name(&self) -> String {
        plain(&self.name)
    }

    /// The name of the file; `None` for standard input.
    pub(crate) fn path(&self) -> Option<&str> {
        Some(self.name.as_str()).filter(|name| *name != STDIN)
    }

    /// The questionnaire in this document.
    pub(crate) fn questionnaire(&self) -> Result<Questionnaire, Vec<Finding>> {
        let read = match &self.body {
            Body::Json => Questionnaire::from_json(&self.text),
            Body::Tree(node) => Questionnaire::from_document(node),
            Body::Broken(finding) => return Err(vec![finding.clone()]),
        };
        read.map_err(|found| self.findings(found.as_slice()))
    }

    /// The units of an organisation in this document.
    pub(crate) fn portfolio(&self) -> Result<PortfolioSpec, Vec<Finding>> {
        let read = match &self.body {
            Body::Json => PortfolioSpec::from_json(&self.text),
            Body::Tree(node) => PortfolioSpec::from_document(node),
            Body::Broken(finding) => return Err(vec![finding.clone()]),
        };
        read.map_err(|found| self.findings(found.as_slice()))
    }

    /// What columns and cells of an export stand for, as this document says.
    pub(crate) fn codes(&self, questionnaire: &Questionnaire) -> Result<Codes, Vec<Finding>> {
        let read = match &self.body {
            Body::Json => Codes::from_json(&self.text, questionnaire),
            Body::Tree(node) => Codes::from_document(node, questionnaire),
            Body::Broken(finding) => return Err(vec![finding.clone()]),
        };
        read.map_err(|found| self.findings(found.as_slice()))
    }

    /// The answers in this document, unchecked.
    pub(crate) fn responses(&self) -> Result<Responses, Vec<Finding>> {
        match &self.body {
            Body::Json => {
                Responses::from_json(&self.text).map_err(|found| self.findings(found.as_slice()))
            }
            Body::Tree(node) => Responses::deserialize(node).map_err(|error| {
                vec![Finding::syntax(&error.to_string(), Position { line: 1, column: 1 })]
            }),
            Body::Broken(finding) => Err(vec![finding.clone()]),
        }
    }

    /// The document as a tree, whatever its format; of equal keys in JSON, all.
    pub(crate) fn tree(&self) -> Result<Cow<'_, Node>, Vec<Finding>> {
        match &self.body {
            Body::Json => {
                self.responses()?; // only to know that it is JSON, and not nested without end
                Ok(Cow::Owned(tree::json::from_json(&self.text)))
            }
            Body::Tree(node) => Ok(Cow::Borrowed(node)),
            Body::Broken(finding) => Err(vec![finding.clone()]),
        }
    }

    /// What was found in this document, with line and column.
    pub(crate) fn findings(&self, found: &[Diagnostic]) -> Vec<Finding> {
        let place = |finding: &Diagnostic| match &self.body {
            Body::Tree(tree) => Some(tree.position(&self.text, finding)),
            Body::Json | Body::Broken(_) => finding.position(),
        };
        let start = Position { line: 1, column: 1 };
        let finding = |finding| Finding::new(finding, place(finding).unwrap_or(start));
        found.iter().map(finding).collect()
    }
}

impl Body {
    fn of(tree: Result<Node, Finding>) -> Self {
        match tree {
            Ok(node) => Self::Tree(node),
            Err(finding) => Self::Broken(finding),
        }
    }
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.name))?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        let code = self.code.map(|code| format!("[{code}]")).unwrap_or_default();
        write!(f, ": error{code}: {}", plain(&self.message))
    }
}

fn too_large(most: u64) -> String {
    format!("the document is larger than {} MB", most >> 20)
}
