//! Which levels of which questions a best plan can use.

use super::problem::Column;
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
    let best = |effort: usize, gains: &[u128], price: i128| {
        let worths = (1..).zip(gains).map(|(level, gain)| worth(*gain, effort * level, price));
        worths.max().unwrap_or(0).max(0)
    };
    let slack = |price: i128| {
        let all: i128 = column.items.iter().map(|i| best(i.effort, &i.gains, price)).sum();
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
    let of_item = |effort: usize, gains: &[u128]| -> Vec<u8> {
        let best = best(effort, gains, price);
        let worths = (1..).zip(gains).map(|(level, gain)| worth(*gain, effort * level, price));
        let worths = (0_u8..).zip(std::iter::once(0).chain(worths));
        worths.filter(|(_, worth)| best - worth <= slack).map(|(level, _)| level).collect()
    };
    column.items.iter().map(|item| of_item(item.effort, &item.gains)).collect()
}
