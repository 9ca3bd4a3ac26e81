//! Texts of a questionnaire in a page of HTML.

use std::fmt::{self, Display, Formatter, Write as _};

use hmac_sha256::Hash;

/// A text escaped for an element or a quoted attribute, without what could disturb the page around it:
/// overrides of direction are left out, and other control characters than breaks of lines are shown as
/// the replacement character.
pub(super) struct Escaped<'t>(pub(super) &'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(c)?,
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
                c if is_control(c) => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Controls a device, or is no character at all.
fn is_control(c: char) -> bool {
    c.is_control() || u32::from(c) & 0xfffe == 0xfffe
}

/// The attributes of an element whose text is in a language of its own; empty where that is not known.
pub(super) struct Language<'t>(pub(super) Option<&'t str>);

impl Display for Language<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => Ok(()),
            Some(language) => write!(f, r#" lang="{}" dir="auto""#, Escaped(language)),
        }
    }
}

/// How a policy names the very text that stands in an element: `'sha256-...'`.
pub(super) struct HashOf<'t>(pub(super) &'t str);

impl Display for HashOf<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "'sha256-{}'", base64(&Hash::hash(self.0.as_bytes())))
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// As RFC 4648 writes it, section 4.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let three = [0, 1, 2].map(|at| group.get(at).copied().map_or(0, u32::from));
        let [first, second, third] = three;
        let bits = first << 16 | second << 8 | third;
        for at in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * at) & 63).ok();
            let digit = digit.and_then(|digit| DIGITS.get(digit)).copied().map(char::from);
            text.extend(if at <= group.len() { digit } else { Some('=') });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_the_rfc_does() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn a_text_is_harmless_in_a_page() {
        assert_eq!(
            Escaped("<a b=\"'&\">\u{202e}x\n\u{7}\u{5d0}\u{200f}").to_string(),
            "&lt;a b=&quot;&#39;&amp;&quot;&gt;x\n\u{fffd}\u{5d0}\u{200f}"
        );
        assert_eq!(Language(Some("x\"")).to_string(), " lang=\"x&quot;\" dir=\"auto\"");
    }
}
