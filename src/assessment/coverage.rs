//! The coverage rule (scoring rules, section 5), written once.

use crate::number::Score;

/// How much of the weight that applies is covered by answers. Both are weights of a pillar or theme, at
/// most 1e9, or of all units of an organisation, which a billion times are beyond 64 bits.
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
        let (one, minimum) = (u128::from(Self::ONE), u128::from(minimum.billionths()));
        u128::from(self.covered) * one >= minimum * u128::from(self.applicable)
    }

    /// The covered share, rounded down; `None` where nothing is applicable.
    #[inline]
    pub(crate) fn share(self) -> Option<Score> {
        if self.covered == self.applicable && self.applicable > 0 {
            return Some(Score::ONE); // the usual case, without a division
        }
        // Division of 64 bits is several times faster.
        let billionths = match self.covered.checked_mul(Self::ONE) {
            Some(covered) => covered.checked_div(self.applicable).map(u128::from),
            None => (u128::from(self.covered) * u128::from(Self::ONE))
                .checked_div(u128::from(self.applicable)),
        };
        billionths.map(Score::saturating)
    }
}
