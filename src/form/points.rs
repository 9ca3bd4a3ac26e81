//! The points of a checklist in JSON Schema, which cannot add: as a number of items, or as sets of them.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::questionnaire::Item;

/// So many items may be named by one comparison where points are spelled out as sets of items, and so
/// many by all of them, if that leaves each the least.
const NAMED: (usize, usize) = (100, 20_000);
const LEAST_NAMED: usize = 16;

/// How many items each of so many comparisons may name.
pub(super) fn items_named(comparisons: usize) -> usize {
    (NAMED.1 / comparisons.max(1)).clamp(LEAST_NAMED, NAMED.0)
}

/// A list whose items have so many points or more; sets of items name at most `named`.
pub(super) fn points_from(items: &[Item], points: u64, named: usize) -> Value {
    match Item::points_of_each(items) {
        Some(each) => json!({ "type": "array", "minItems": points.div_ceil(each.max(1)) }),
        None => sets(items, points, named).map_or_else(
            || json!({ "type": "array" }),
            |sets| json!({ "type": "array", "anyOf": sets }),
        ),
    }
}

/// A list whose items have so many points or fewer; sets of items name at most `named`.
pub(super) fn points_to(items: &[Item], points: u64, named: usize) -> Value {
    if let Some(each) = Item::points_of_each(items) {
        return json!({ "type": "array", "maxItems": points / each.max(1) });
    }
    let all: u64 = items.iter().map(|item| item.points).sum();
    match sets(items, points + 1, named) {
        Some(sets) if points < all => json!({ "type": "array", "not": { "anyOf": sets } }),
        _ => json!({ "type": "array" }),
    }
}

/// Lists that have all items of a set, for each smallest set with so many points; `None` if that
/// names more than `most` items.
fn sets(items: &[Item], points: u64, most: usize) -> Option<Vec<Value>> {
    if points == 0 {
        return Some(vec![json!(true)]);
    }
    let mut items: Vec<&Item> = items.iter().collect();
    items.sort_by_key(|item| Reverse(item.points));
    let mut sets = Sets { found: Vec::new(), named: 0, most };
    sets.search(&items, points, &mut Vec::new());
    let contains = |item: &&Item| json!({ "contains": { "enum": [item.id] } });
    let all_of =
        |set: &Vec<&Item>| json!({ "allOf": set.iter().map(contains).collect::<Vec<_>>() });
    (sets.named <= most).then(|| sets.found.iter().map(all_of).collect())
}

struct Sets<'i> {
    found: Vec<Vec<&'i Item>>,
    named: usize,
    most: usize,
}

impl<'i> Sets<'i> {
    /// The sets of `items`, those with most points first, that add the points still missing to those
    /// that were taken. The last one taken has the fewest points, so that none can be left out.
    fn search(&mut self, items: &[&'i Item], missing: u64, taken: &mut Vec<&'i Item>) {
        if missing == 0 {
            self.named += taken.len();
            self.found.push(taken.clone());
            return;
        }
        if self.named > self.most {
            return;
        }
        let left: u64 = items.iter().map(|item| item.points).sum();
        let Some((first, rest)) = items.split_first().filter(|_| left >= missing) else { return };
        taken.push(first);
        self.search(rest, missing.saturating_sub(first.points), taken);
        taken.pop();
        self.search(rest, missing, taken);
    }
}
