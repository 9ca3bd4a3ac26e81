//! From a JSON Pointer to a line and column.
#![expect(clippy::string_slice, reason = "a test fails by panicking, its helpers included")]

use super::*;

/// The steps of a JSON Pointer; digits are positions in a list.
fn path(pointer: &str) -> Vec<Segment> {
    let step = |step: &str| match step.parse() {
        Ok(index) => Segment::Index(index),
        Err(_) => Segment::Key(step.replace("~1", "/").replace("~0", "~")),
    };
    pointer.split('/').skip(1).map(step).collect()
}

/// What stands at the place that is found for `pointer`, as much of it as `starts` is long.
#[track_caller]
fn assert_found(text: &str, pointer: &str, spot: Spot, starts: &str) {
    let path = path(pointer);
    let offset = in_json(text, &[Target { path: &path, spot }])[0];
    let found = &text[offset..];
    assert!(found.starts_with(starts), "{pointer} {spot:?}: found {found:.30}");
}

const JSON: &str = r#" { "title": "a \"b\" {[", "qu\u0065stions": [ 7, { "id": "x", "w": -1.5 },
  [ [ ], {"k/~":null} ] ], "ä": true, "id": "first", "id": "second", "id": "third" } "#;

#[test]
fn values_and_keys_of_json_are_found() {
    for (pointer, value, key) in [
        ("", "{ \"title\"", None),
        ("/title", r#""a \"b\""#, Some("\"title\"")),
        ("/questions", "[ 7", Some("\"qu\\u0065")),
        ("/questions/0", "7", None),
        ("/questions/1", "{ \"id\": \"x\"", None),
        ("/questions/1/w", "-1.5", Some("\"w\"")),
        ("/questions/2", "[ [ ]", None),
        ("/questions/2/0", "[ ]", None),
        ("/questions/2/1/k~1~0", "null", Some("\"k/~\"")),
        ("/ä", "true", Some("\"ä\"")),
        ("/id", "\"first\"", Some("\"id\": \"first\"")),
    ] {
        assert_found(JSON, pointer, Spot::Value, value);
        if let Some(key) = key {
            assert_found(JSON, pointer, Spot::Key, key);
        }
    }
}

#[test]
fn what_is_not_there_is_found_at_the_nearest_thing_around_it() {
    for (pointer, value) in [
        ("/missing", "{ \"title\""),
        ("/questions/9/id", "[ 7"),
        ("/questions/1/missing", "{ \"id\": \"x\""),
        ("/questions/1/w/deeper/0", "-1.5"),
    ] {
        assert_found(JSON, pointer, Spot::Value, value);
        assert_found(JSON, pointer, Spot::Key, value);
    }
}

#[test]
fn repeated_keys_are_found_one_after_the_other() {
    let id = path("/id");
    let again = Target { path: &id, spot: Spot::RepeatedKey };
    let first = Target { path: &id, spot: Spot::Value };
    let found = in_json(JSON, &[again, first, again]);
    let at = |offset: usize| &JSON[offset..offset + 12];
    assert_eq!(at(found[0]), r#""id": "secon"#);
    assert_eq!(at(found[1]), r#""first", "id"#);
    assert_eq!(at(found[2]), r#""id": "third"#);
}

#[track_caller]
fn position(text: &str, offset: usize) -> Position {
    Position::in_text(text, offset)
}

#[test]
fn columns_count_characters_and_lines_end_with_a_line_feed() {
    let text = "äöü x\r\n\n  ✓y";
    let at = |needle: &str| position(text, text.find(needle).unwrap());
    assert_eq!(at("ä"), Position { line: 1, column: 1 });
    assert_eq!(at("x"), Position { line: 1, column: 5 });
    assert_eq!(at("✓"), Position { line: 3, column: 3 });
    assert_eq!(at("y"), Position { line: 3, column: 4 });
    assert_eq!(position(text, text.len()), Position { line: 3, column: 5 });
}

#[test]
fn many_places_are_found_in_one_pass_in_any_order() {
    let text = "ab\ncd\nef";
    let offsets = [7, 0, 4, 0, 3];
    let together = positions(text, &offsets);
    let alone: Vec<Position> = offsets.iter().map(|&offset| position(text, offset)).collect();
    assert_eq!(together, alone);
}

#[test]
fn a_text_that_is_not_json_ends_the_search_and_no_more() {
    let deep = path("/a/0/b");
    for text in [
        "",
        "{",
        "{\"a",
        "{\"a\\",
        "{\"a\":",
        "[[[",
        "{]",
        "}",
        "\"",
        "{\"a\":[}",
        "nul",
        ",",
        "{,}",
    ] {
        let found = in_json(text, &[Target { path: &deep, spot: Spot::Value }]);
        assert!(found[0] <= text.len(), "{text}");
    }
}
