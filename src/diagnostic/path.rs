//! Where in a document: a JSON Pointer.

use std::fmt;

use serde::{Serialize, Serializer};

/// A place in a document: the way to it from the document's root.
///
/// Displays and serialises as a JSON Pointer (RFC 6901); the root is the empty text.
///
/// ```
/// use digital_maturity::Questionnaire;
///
/// let report = Questionnaire::from_json(r#"{ "a/b": 1 }"#).unwrap_err();
/// let paths: Vec<String> = report.iter().map(|d| d.path().to_string()).collect();
/// assert!(paths.contains(&"/a~1b".to_owned()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Segment>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Into an object, by key.
    Key(String),
    /// Into a list, by position from 0.
    Index(usize),
}

impl Path {
    /// The steps from the root.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::diagnostic::Segment;
    ///
    /// let report = Questionnaire::from_json(r#"{ "questions": [ 7 ] }"#).unwrap_err();
    /// let path = report.iter().map(|d| d.path()).find(|p| p.segments().len() == 2).unwrap();
    /// assert_eq!(path.segments(), [Segment::Key("questions".into()), Segment::Index(0)]);
    /// ```
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether this is the whole document.
    ///
    /// ```
    /// # use digital_maturity::diagnostic::Path;
    /// assert!(Path::default().is_root());
    /// ```
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<Segment>> for Path {
    fn from(segments: Vec<Segment>) -> Self {
        Self(segments)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.0 {
            match segment {
                Segment::Index(index) => write!(f, "/{index}")?,
                Segment::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1"))?,
            }
        }
        Ok(())
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
