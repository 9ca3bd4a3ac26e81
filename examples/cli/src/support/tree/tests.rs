//! From a JSON Pointer to a place in YAML and TOML.
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
fn assert_found(tree: &Node, text: &str, pointer: &str, spot: Spot, starts: &str) {
    let found = &text[tree.offset_of(&path(pointer), spot)..];
    assert!(found.starts_with(starts), "{pointer} {spot:?}: found {found:.30}");
}

#[test]
fn values_and_keys_of_yaml_are_found() {
    let text = "# comment\ntitle: &t 'ä: b'\nquestions:\n  - id: x\n    w: -1.5\n  - {id: *t, l: [1, 2]}\n";
    let yaml = from_yaml(text).expect("YAML");
    for (pointer, value, key) in [
        ("", "title", None),
        ("/title", "'ä: b'", Some("title")),
        ("/questions", "- id: x", Some("questions")),
        ("/questions/0", "id: x", None),
        ("/questions/0/w", "-1.5", Some("w: ")),
        ("/questions/1", "{id", None),
        ("/questions/1/id", "*t", Some("id: *t")),
        ("/questions/1/l/1", "2]", None),
        ("/questions/1/none", "{id", None),
    ] {
        assert_found(&yaml, text, pointer, Spot::Value, value);
        if let Some(key) = key {
            assert_found(&yaml, text, pointer, Spot::Key, key);
        }
    }
}

#[test]
fn values_and_keys_of_toml_are_found() {
    let text = "title = 'ä' # comment\n[stages.bridge]\noverall = 0.2\n[[questions]]\nid = \"x\"\n\
                [[questions]]\nscale = { kind = \"y\", n = [1,\n 2] }\na.b = 3\n[stages.hubs]\nz = 1\n";
    let toml = from_toml(text).expect("TOML");
    for (pointer, value, key) in [
        ("/title", "'ä'", Some("title")),
        ("/stages", "stages.bridge", Some("stages.bridge")),
        ("/stages/bridge", "[stages.bridge]", Some("bridge]")),
        ("/stages/bridge/overall", "0.2", Some("overall")),
        ("/stages/hubs", "[stages.hubs]", Some("hubs]")),
        ("/questions/0/id", "\"x\"", Some("id = ")),
        ("/questions/1", "[[questions]]\nscale", None),
        ("/questions/1/scale/kind", "\"y\"", Some("kind")),
        ("/questions/1/scale/n/1", "2]", None),
        ("/questions/1/a/b", "3", Some("b = 3")),
    ] {
        assert_found(&toml, text, pointer, Spot::Value, value);
        if let Some(key) = key {
            assert_found(&toml, text, pointer, Spot::Key, key);
        }
    }
}

#[test]
fn toml_keeps_the_order_of_the_file() {
    let node = from_toml("b = 1\na = 2\n[d]\nz = 1\ny = 2\n[c]\n").unwrap();
    let Value::Map(entries) = node.value else { panic!("a map") };
    let keys: Vec<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
    assert_eq!(keys, ["b", "a", "d", "c"]);
}
