//! What texts of documents look like where they are more than any text: for schemas alone. What
//! reads them has rules of its own, and the tests of schemas hold the two together.

use super::schema;

/// The pattern of every id (scoring rules, section 1).
pub(crate) const ID: &str = "^[a-z][a-z0-9_]{0,63}$";

/// An id.
pub(crate) struct Id;
schema!(Id, |_| { "type": "string", "pattern": ID });

/// A semantic version, by the pattern that its specification gives.
pub(crate) struct Version;
schema!(Version, |_| {
    "type": "string",
    "pattern": "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$"
});

/// A BCP 47 tag, as far as a pattern can tell.
pub(crate) struct Language;
schema!(Language, |_| { "type": "string", "pattern": "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$" });

/// More may stand beside the values of a result (scoring rules, section 12).
pub(crate) fn open(schema: &mut schemars::Schema) {
    schema.remove("additionalProperties");
}
