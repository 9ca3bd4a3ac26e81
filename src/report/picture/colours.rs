//! The colours of pictures: as a style sheet, and as attributes where a page allows no style sheet
//! in it. The sheet is the one list of them.

use std::fmt::{self, Formatter};
use std::sync::LazyLock;

/// The style sheet. Where it holds, it overrules the attributes.
pub(super) const STYLE: &str = include_str!("picture.css");

/// What a picture takes its colours from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Coloured {
    /// The style sheet of the page.
    ByStyle,
    /// Its own attributes, and the style sheet where there is one.
    ByItself,
}

/// A rule of the sheet, of those that hold in light surroundings.
struct Rule {
    /// The name of an element, if the rule asks for one.
    element: &'static str,
    classes: Vec<&'static str>,
    declarations: Vec<(&'static str, &'static str)>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let light = STYLE.split("@media").next().unwrap_or_default();
    let mut rules: Vec<Rule> = light.lines().filter_map(rule).collect();
    // Of rules that say the same of an element, the one that asks for more wins, then the later.
    rules.sort_by_key(|rule| rule.classes.len());
    rules
});

/// A line such as `.maturity-picture .now.dot { fill: #0b5cad; }`.
fn rule(line: &'static str) -> Option<Rule> {
    let (selector, declarations) = line.strip_suffix('}')?.split_once('{')?;
    let selector = selector.trim().strip_prefix(".maturity-picture ")?;
    let mut names = selector.split('.');
    let element = names.next()?;
    let declaration = |text: &'static str| {
        let (name, value) = text.split_once(':')?;
        Some((name.trim(), value.trim()))
    };
    Some(Rule {
        element,
        classes: names.collect(),
        declarations: declarations.split(';').filter_map(declaration).collect(),
    })
}

/// Shapes and labels, each that has a class with what the sheet says of it.
pub(super) fn write_coloured(f: &mut Formatter<'_>, shapes: &str) -> fmt::Result {
    let mut rest = shapes;
    // Quotes of foreign texts are escaped, so that this is an attribute wherever it stands.
    while let Some((before, after)) = rest.split_once(" class=\"") {
        let Some((classes, after)) = after.split_once('"') else { break };
        let element = before.rsplit('<').next().unwrap_or_default();
        write!(f, "{before} class=\"{classes}\"")?;
        for (name, value) in attributes(element, classes) {
            write!(f, " {name}=\"{value}\"")?;
        }
        rest = after;
    }
    f.write_str(rest)
}

/// What the sheet says of an element, each property once.
fn attributes(element: &str, classes: &str) -> Vec<(&'static str, &'static str)> {
    let classes: Vec<&str> = classes.split(' ').collect();
    let mut attributes: Vec<(&str, &str)> = Vec::new();
    for rule in RULES.iter() {
        let named = rule.element.is_empty() || rule.element == element;
        if named && rule.classes.iter().all(|class| classes.contains(class)) {
            for (name, value) in &rule.declarations {
                attributes.retain(|(known, _)| known != name);
                attributes.push((name, value));
            }
        }
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_gets_what_the_sheet_says_of_it() {
        assert_eq!(attributes("rect", "bar"), [("fill", "#0b5cad")]);
        assert_eq!(attributes("text", "muted"), [("fill", "#4a535e")]);
        assert_eq!(attributes("text", "ink"), [("fill", "#1b1f24")]);
        // A dot of the result: .now.dot fills it, .dot says how it is drawn, .now what is left.
        let dot = attributes("circle", "now dot");
        assert!(
            dot.contains(&("fill", "#0b5cad")) && dot.contains(&("fill-opacity", "1")),
            "{dot:?}"
        );
        assert!(dot.contains(&("stroke", "#0b5cad")) && dot.contains(&("stroke-width", "1")));
        assert_eq!(dot.iter().filter(|(name, _)| *name == "fill").count(), 1);
        assert_eq!(attributes("rect", "foreign"), []);
    }

    #[test]
    fn every_light_rule_of_the_sheet_is_read() {
        let light = STYLE.split("@media").next().unwrap();
        assert_eq!(RULES.len() + 1, light.lines().count()); // all but that of the whole picture
    }
}
