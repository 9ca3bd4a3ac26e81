//! The coverage rule (scoring rules, section 5), written once.

use crate::number::Score;

/// How much of the weight that applies is covered by answers. Both are weights of a pillar or theme,
/// at most 1e9, so that a billion times either fits 64 bits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Coverage {
    pub(crate) covered: u64,
    pub(crate) applicable: u64,
}

impl Coverage {
    const ONE: u64 = Score::ONE.billionths() as u64;

    /// Whether enough is covered, compared exactly; equality is enough.
    #[inline]
    pub(crate) fn is_enough(self, minimum: Score) -> bool {
        self.covered * Self::ONE >= u64::from(minimum.billionths()) * self.applicable
    }

    /// The covered share, rounded down; `None` where nothing is applicable.
    #[inline]
    pub(crate) fn share(self) -> Option<Score> {
        if self.covered == self.applicable && self.applicable > 0 {
            return Some(Score::ONE); // the usual case, without a division
        }
        let billionths = (self.covered * Self::ONE).checked_div(self.applicable);
        billionths.map(|share| Score::saturating(u128::from(share)))
    }
}
