//! The relaxed problem of one column: what efforts would buy if levels could be taken in part.

/// The upper hull of what efforts buy in a column: points of effort and gain, ascending from
/// nothing, the steepest rise first. At each point some plan has that gain; between them, on the
/// line, lies more than any plan has.
#[derive(Default)]
pub(super) struct Curve(Vec<(usize, u128)>);

impl Curve {
    /// Of the items of a column: what one level takes, and what climbing 1, 2, .. levels gains.
    pub(super) fn new<'i>(items: impl Iterator<Item = (usize, &'i [u128])>) -> Self {
        let mut rises: Vec<(usize, u128)> = items.flat_map(hull).collect();
        // Gains are below 1e22 and efforts of one item below 1e3.
        rises.sort_by(|one, other| {
            (other.1 * one.0 as u128).cmp(&(one.1 * other.0 as u128)).then(one.0.cmp(&other.0))
        });
        let mut points = vec![(0, 0)];
        let mut last = (0, 0);
        for (effort, gain) in rises {
            last = (last.0 + effort, last.1 + gain);
            points.push(last);
        }
        Self(points)
    }

    /// The effort and the gain at a point; the last if there are fewer.
    pub(super) fn point(&self, at: usize) -> (usize, u128) {
        self.0.get(at).or(self.0.last()).copied().unwrap_or_default()
    }

    pub(super) fn last(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The points in order, from one on.
    pub(super) fn points(&self, from: usize) -> &[(usize, u128)] {
        self.0.get(from..).unwrap_or_default()
    }

    /// The first point that no rise after it improves, where `counts` says of a rise of effort and
    /// gain whether it is worth its price.
    pub(super) fn climbed(&self, counts: impl Fn(usize, u128) -> bool) -> usize {
        let rises = self.0.iter().zip(self.points(1));
        let (mut low, mut high) = (0, rises.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let (from, to) = (self.point(middle), self.point(middle + 1));
            if counts(to.0 - from.0, to.1 - from.1) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The first point with that gain.
    pub(super) fn reaching(&self, gain: u128) -> usize {
        self.0.partition_point(|(_, had)| *had < gain)
    }

    /// No plan of less effort has that gain; and no less than the gain of any plan of that effort.
    pub(super) fn least(&self, gain: u128) -> (usize, u128) {
        let at = self.reaching(gain);
        let (to, Some(before)) = (self.point(at), at.checked_sub(1)) else { return (0, 0) };
        let from = self.point(before);
        let (wide, high) = ((to.0 - from.0) as u128, to.1 - from.1);
        let part = ((gain - from.1) * wide).div_ceil(high.max(1));
        let effort = from.0 + usize::try_from(part).unwrap_or(0);
        (effort, from.1 + (part * high).div_ceil(wide.max(1)))
    }

    /// The gain for effort of the rise to the first point with that gain, rounded down.
    pub(super) fn slope(&self, gain: u128) -> u128 {
        let at = self.reaching(gain).max(1);
        let (from, to) = (self.point(at - 1), self.point(at));
        (to.1 - from.1) / (to.0 - from.0).max(1) as u128
    }
}

/// The rises of the upper hull of an item's levels, steepest first.
fn hull((effort, gains): (usize, &[u128])) -> Vec<(usize, u128)> {
    let mut corners: Vec<(usize, u128)> = vec![(0, 0)];
    for (level, gain) in (1..).zip(gains) {
        let here = (effort * level, *gain);
        // The last corner goes if the line from the one before it to here passes above.
        while let [.., before, last] = corners.as_slice() {
            let (wide, high) = ((last.0 - before.0) as u128, last.1 - before.1);
            let (wider, higher) = ((here.0 - before.0) as u128, here.1 - before.1);
            if high * wider > higher * wide {
                break;
            }
            corners.pop();
        }
        corners.push(here);
    }
    let ends = corners.iter().skip(1);
    corners.iter().zip(ends).map(|(from, to)| (to.0 - from.0, to.1 - from.1)).collect()
}
