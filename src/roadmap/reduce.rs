//! Which levels of which questions a best plan can use.

use super::problem::{Column, Item};
use super::span::worth;

/// For each item the levels that some best plan can take it to, 0 included where it can be left.
///
/// Every plan that spends one of `shares` on the column and brings the gain needed then is worth, at
/// any price of effort, at least the least worth of all shares. The items cannot be worth more than
/// the best level of each: so no item can be at a level that falls short of its best by more than
/// the difference. The price is chosen to make that difference small; the bound holds for any.
pub(super) fn levels(column: &Column, shares: &[(usize, u128)]) -> Vec<Vec<u8>> {
    let needed = |price: i128| {
        shares.iter().map(|(spent, gain)| worth(*gain, *spent, price)).min().unwrap_or(i128::MIN)
    };
    let best = |item: &Item, price: i128| worths(item, price).max().unwrap_or(0);
    let slack = |price: i128| {
        let all: i128 = column.items.iter().map(|item| best(item, price)).sum();
        all - needed(price)
    };
    // Convex in the price: where it stops to fall, it is least.
    let highest = column.items.iter().filter_map(|item| item.gains.last()).max().unwrap_or(&0);
    let (mut low, mut high) = (0, i128::try_from(*highest).unwrap_or(i128::MAX - 1) + 1);
    while high - low > 0 {
        let middle = low + (high - low) / 2;
        if slack(middle + 1) < slack(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let price = low;
    let slack = slack(price);
    let of_item = |item: &Item| {
        let best = best(item, price);
        let levels = (0..).zip(worths(item, price)).filter(|(_, worth)| best - worth <= slack);
        levels.map(|(level, _)| level).collect()
    };
    column.items.iter().map(of_item).collect()
}

/// What each level of an item is worth, from 0 on, where none is climbed.
fn worths(item: &Item, price: i128) -> impl Iterator<Item = i128> {
    let climbed = (1..).zip(&item.gains);
    let climbed = climbed.map(move |(level, gain)| worth(*gain, item.effort * level, price));
    std::iter::once(0).chain(climbed)
}
