//! A text in one language or several.

mod canonical;
mod matching;

pub(crate) use matching::{as_seen, as_seen_in_lines, cased, in_one_case};

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::names::schema;

/// A text as a document gives it: one `default`, and translations by BCP 47 language tag.
///
/// Written as a plain string where there is no translation, otherwise as an object with the key
/// `default` and one key a language.
///
/// ```
/// use digital_maturity::Text;
///
/// let title = Text::new("Vision").with("de", "Zielbild");
/// assert_eq!(title.get("de"), "Zielbild");
/// assert_eq!(title.get("de-AT"), "Zielbild"); // no Austrian text: the German one
/// assert_eq!(title.get("fr"), "Vision");      // no French text: the default
/// assert_eq!(title.as_str(), "Vision");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias("locale", "i18n", "translation", "localized"))]
pub struct Text {
    /// The text for readers of any language that has no translation.
    pub default: String,
    /// Translations by BCP 47 language tag, such as `de` or `pt-BR`.
    pub translations: BTreeMap<String, String>,
}

impl Text {
    /// A text without translations.
    ///
    /// ```
    /// # use digital_maturity::Text;
    /// assert_eq!(Text::new("Vision").get("en"), "Vision");
    /// ```
    pub fn new(default: impl Into<String>) -> Self {
        Self { default: default.into(), translations: BTreeMap::new() }
    }

    /// This text with one more translation.
    ///
    /// ```
    /// # use digital_maturity::Text;
    /// assert_eq!(Text::new("Vision").with("it", "Visione").get("it"), "Visione");
    /// ```
    #[must_use]
    pub fn with(mut self, language: impl Into<String>, text: impl Into<String>) -> Self {
        self.translations.insert(language.into(), text.into());
        self
    }

    /// The text for readers of `language`: its own translation, else that of the language without
    /// its last subtags one by one (RFC 4647, lookup), else the default. Tags are compared without
    /// regard to case.
    ///
    /// ```
    /// # use digital_maturity::Text;
    /// let text = Text::new("colour").with("en-US", "color").with("zh", "颜色");
    /// assert_eq!(text.get("EN-us"), "color");
    /// assert_eq!(text.get("zh-Hant-TW"), "颜色");
    /// ```
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.translation(language).map_or(&self.default, |(_, text)| text)
    }

    /// The translation that [`get`](Self::get) finds, with its tag; `None` where it is the default.
    pub(crate) fn translation(&self, language: &str) -> Option<(&str, &str)> {
        let mut tag = language;
        loop {
            let translation =
                self.translations.iter().find(|(key, _)| key.eq_ignore_ascii_case(tag));
            if let Some((key, text)) = translation {
                return Some((key, text));
            }
            tag = tag.rsplit_once('-')?.0;
        }
    }

    /// The default and then the translations.
    pub(crate) fn in_each_language(&self) -> impl Iterator<Item = &String> + Clone {
        std::iter::once(&self.default).chain(self.translations.values())
    }

    /// The default text.
    ///
    /// ```
    /// # use digital_maturity::Text;
    /// assert_eq!(Text::new("Vision").as_str(), "Vision");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.default
    }
}

/// How a character could disturb the line that it is shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disturbance {
    /// It breaks the line or moves along it.
    Break,
    /// It sets the direction of what follows, or stands for the order of bytes.
    Direction,
    /// It cannot be seen, and some scripts need it.
    Hidden,
    /// It controls a device, or is no character at all.
    Control,
}

impl Disturbance {
    pub(crate) fn of(c: char) -> Option<Self> {
        match c {
            '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Self::Break),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => Some(Self::Direction),
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' => Some(Self::Hidden),
            '\u{fdd0}'..='\u{fdef}' => Some(Self::Control),
            c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => Some(Self::Control),
            _ => None,
        }
    }
}

/// A text with everything escaped that could disturb the line it is shown on.
///
/// ```
/// use digital_maturity::diagnostic::OneLine;
///
/// assert_eq!(OneLine("two\nlines\u{202e}").to_string(), "two\\nlines\\u{202e}");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OneLine<'t>(pub &'t str);

impl std::fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c if Disturbance::of(c).is_some() => write!(f, "{}", c.escape_unicode())?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// `text`, cut to at most that many characters, the last of which then says so.
#[cfg(feature = "report")]
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.default)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.translations.is_empty() {
            return serializer.serialize_str(&self.default);
        }
        let mut map = serializer.serialize_map(Some(self.translations.len() + 1))?;
        map.serialize_entry("default", &self.default)?;
        for (language, text) in &self.translations {
            map.serialize_entry(language, text)?;
        }
        map.end()
    }
}

schema!(Text, |_| {
    "anyOf": [
        { "type": "string", "maxLength": 10_000 },
        {
            "type": "object",
            "properties": { "default": { "type": "string", "maxLength": 10_000 } },
            "required": ["default"],
            "additionalProperties": { "type": "string", "maxLength": 10_000 }
        }
    ]
});
