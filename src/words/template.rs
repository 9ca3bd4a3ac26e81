//! Sentences with places for figures and names.

/// A template with each `{name}` replaced: `fill!(words.place, number = 3, stage = "Hubs")`. What
/// has no value stays as it stands.
macro_rules! fill {
    ($template:expr $(, $name:ident = $value:expr)+ $(,)?) => {
        $crate::words::filled(&$template, &[$((stringify!($name), &$value)),+])
    };
}
pub(crate) use fill;

pub(crate) fn filled(template: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, [value.to_string()])).collect();
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_slice())).collect();
    filled_with(template, |words| words, &values).concat()
}

/// A template in parts, each `{name}` replaced by the parts of its value. What has no value stays as it
/// stands; `words` makes a part of what is no value.
pub(crate) fn filled_with<T: Clone>(
    template: &str,
    words: impl Fn(String) -> T,
    values: &[(&str, &[T])],
) -> Vec<T> {
    let mut filled = Vec::new();
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => filled.push(words(text.to_owned())),
            Piece::Name(name) => match values.iter().find(|(known, _)| *known == name) {
                Some((_, parts)) => filled.extend_from_slice(parts),
                None => filled.push(words(format!("{{{name}}}"))),
            },
        }
    }
    filled
}

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'t> {
    Text(&'t str),
    /// What stands between braces.
    Name(&'t str),
}

/// The parts of a template, in order. A brace that nothing closes is text.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, after)) = rest.strip_prefix('{').and_then(|r| r.split_once('}')) {
            rest = after;
            return Some(Piece::Name(name));
        }
        let start = rest.strip_prefix('{').map_or(0, |_| 1);
        let end =
            rest.bytes().skip(start).position(|b| b == b'{').map_or(rest.len(), |i| i + start);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(text))
    })
}

/// The names in braces.
pub(super) fn names(template: &str) -> impl Iterator<Item = &str> {
    pieces(template).filter_map(|piece| match piece {
        Piece::Text(_) => None,
        Piece::Name(name) => Some(name),
    })
}

#[cfg(all(test, feature = "report"))]
mod tests {
    #[test]
    fn a_template_takes_its_values_in_any_order_and_keeps_what_it_does_not_know() {
        for (template, filled) in [
            ("{a} of {b}", "1 of 2"),
            ("{b}/{a}{a}", "2/11"),
            ("no {c}", "no {c}"),
            ("open {a", "open {a"),
            ("{{a}", "{{a}"),
            ("", ""),
        ] {
            assert_eq!(fill!(template, a = 1, b = "2"), filled);
        }
    }
}
