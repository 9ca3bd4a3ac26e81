//! How much a document may hold: each bound once, for reading, the check and the schema.

/// How many of a kind there may be, and what messages call them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) one: &'static str,
    pub(crate) many: &'static str,
    pub(crate) least: usize,
    pub(crate) most: usize,
}

pub(crate) const QUESTIONS: Bounds =
    Bounds { one: "question", many: "questions", least: 1, most: 1000 };
pub(super) const FAMILIES: Bounds = Bounds { one: "family", many: "families", least: 0, most: 256 };
pub(super) const THEMES: Bounds = Bounds { one: "theme", many: "themes", least: 0, most: 256 };
pub(super) const GLOSSARY: Bounds = Bounds { one: "term", many: "terms", least: 0, most: 256 };
pub(super) const SCALES: Bounds =
    Bounds { one: "shared scale", many: "shared scales", least: 0, most: 1000 };
pub(super) const CHOICES: Bounds = Bounds { one: "choice", many: "choices", least: 2, most: 100 };
pub(super) const ITEMS: Bounds = Bounds { one: "item", many: "items", least: 1, most: 100 };
pub(super) const BANDS: Bounds = Bounds { one: "band", many: "bands", least: 1, most: 100 };
pub(super) const FORBIDDEN: Bounds =
    Bounds { one: "answer to forbid", many: "answers to forbid", least: 0, most: 100 };
/// The members of one join, and the comparisons of a whole condition.
pub(super) const CONDITIONS: Bounds =
    Bounds { one: "condition", many: "conditions", least: 1, most: 64 };

/// How deep joins of conditions nest.
pub(super) const DEEPEST_CONDITION: usize = 4;
