//! Which version number a change of a questionnaire needs: the rule of `QuestionnaireSpec::version`.

use std::cmp::Ordering;

use digital_maturity::schema::schemars::JsonSchema;
use semver::{Prerelease, Version};
use serde::Serialize;

/// How much of a change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
#[serde(rename_all = "snake_case")]
pub(super) enum Level {
    /// Wording alone.
    Patch,
    /// Something came, went or moved that changes no score.
    Minor,
    /// Scores may change, or which answers there are and what they mean.
    Major,
}

/// What the two version numbers say of a change.
#[derive(Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(crate = "digital_maturity::schema::schemars")]
pub(super) struct Verdict {
    /// The lowest version that would do, if only a final one is asked for; `null` if the old one is
    /// a pre-release, after which every later version will do.
    #[schemars(with = "Option<String>")]
    pub(super) at_least: Option<Version>,
    #[schemars(with = "String")]
    pub(super) found: Version,
    pub(super) says_so: bool,
}

impl Verdict {
    /// `needs` is `None` where nothing changed.
    pub(super) fn new(old: &Version, found: Version, needs: Option<Level>) -> Self {
        let order = found.cmp_precedence(old);
        let Some(needs) = needs else {
            return Self { at_least: Some(old.clone()), found, says_so: order != Ordering::Less };
        };
        let at_least = next(old, needs);
        // The drafts of a version say what it says.
        let core = Version { pre: Prerelease::EMPTY, ..found.clone() };
        let enough =
            at_least.as_ref().is_none_or(|least| core.cmp_precedence(least) != Ordering::Less);
        Self { at_least, found, says_so: order == Ordering::Greater && enough }
    }
}

/// The lowest final version after `old` that says so. Before 1.0.0 each number counts for the one
/// before it, as is the custom.
fn next(old: &Version, needs: Level) -> Option<Version> {
    let Version { major, minor, patch, .. } = *old;
    if !old.pre.is_empty() {
        return None;
    }
    Some(match (needs, major) {
        (Level::Major, 0) => Version::new(0, minor.saturating_add(1), 0),
        (Level::Major, _) => Version::new(major.saturating_add(1), 0, 0),
        (Level::Minor, 1..) => Version::new(major, minor.saturating_add(1), 0),
        (Level::Minor | Level::Patch, _) => Version::new(major, minor, patch.saturating_add(1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_says_how_much_has_changed() {
        use Level::{Major, Minor, Patch};
        for (old, needs, new, says_so) in [
            ("1.2.3", None, "1.2.3", true),
            ("1.2.3", None, "1.2.4", true),
            ("1.2.3", None, "1.2.2", false),
            ("1.2.3", Some(Patch), "1.2.3", false),
            ("1.2.3", Some(Patch), "1.2.4", true),
            ("1.2.3", Some(Minor), "1.2.4", false),
            ("1.2.3", Some(Minor), "1.3.0", true),
            ("1.2.3", Some(Major), "1.3.0", false),
            ("1.2.3", Some(Major), "2.0.0", true),
            ("1.2.3", Some(Minor), "2.0.0", true),
            ("1.2.3", Some(Major), "2.0.0-draft.1", true),
            ("1.2.3", Some(Patch), "1.2.3-draft.1", false),
            ("2.0.0-draft.1", Some(Major), "2.0.0-draft.2", true),
            ("2.0.0-draft.1", Some(Major), "2.0.0-draft.1", false),
            ("2.0.0-draft.1", Some(Major), "2.0.0", true),
            ("0.1.0", Some(Major), "0.1.1", false),
            ("0.1.0", Some(Major), "0.2.0", true),
            ("0.1.0", Some(Minor), "0.1.1", true),
            ("1.2.3", Some(Patch), "1.2.3+later", false),
        ] {
            let verdict = Verdict::new(&old.parse().unwrap(), new.parse().unwrap(), needs);
            assert_eq!(verdict.says_so, says_so, "{old} {needs:?} {new}");
        }
    }
}
