//! Plans as numbers that compare as the tie-breaks do.

/// A digit for each item that is compared, in the order of positions, packed from the highest bits
/// down: comparing two of them compares the first item in which they differ.
pub(super) type Digits = Vec<u64>;

/// The place of each item in [`Digits`].
pub(super) struct Ranking {
    /// The positions of the items that are compared, ascending.
    positions: Vec<usize>,
    /// How many bits a digit takes; as many whole digits as fit are in a word.
    width: u32,
}

impl Ranking {
    /// Digits of at most `most` for the items at those positions.
    pub(super) fn new(mut positions: Vec<usize>, most: usize) -> Self {
        positions.sort_unstable();
        Self { positions, width: (usize::BITS - most.leading_zeros()).clamp(1, 64) }
    }

    /// How many digits are in a word.
    fn digits_a_word(&self) -> usize {
        usize::try_from(64 / self.width).unwrap_or(1)
    }

    /// Sets the digit of the item at `position`, if it is compared.
    pub(super) fn put(&self, digits: &mut Digits, position: usize, digit: u8) {
        let Ok(place) = self.positions.binary_search(&position) else { return };
        let at = u32::try_from(place % self.digits_a_word()).unwrap_or(0);
        let shift = 64 - self.width * (at + 1);
        if let Some(word) = digits.get_mut(place / self.digits_a_word()) {
            *word |= u64::from(digit) << shift;
        }
    }

    /// All digits 0.
    pub(super) fn none(&self) -> Digits {
        vec![0; self.positions.len().div_ceil(self.digits_a_word())]
    }

    /// The positions with a digit above 0, ascending, each with its digit.
    pub(super) fn positions(&self, digits: &Digits) -> impl Iterator<Item = (usize, u8)> {
        let shifts = (0..64 / self.width).map(|at| 64 - self.width * (at + 1));
        let mask = u64::MAX >> (64 - self.width);
        let digit = move |word: u64, shift: u32| u8::try_from(word >> shift & mask).unwrap_or(0);
        let digits = digits.iter().flat_map(move |word| {
            let word = *word;
            shifts.clone().map(move |shift| digit(word, shift))
        });
        self.positions.iter().copied().zip(digits).filter(|(_, digit)| *digit > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_back_and_the_first_difference_decides() {
        for most in [1, 2, 4, 99] {
            let ranking = Ranking::new((0..200).rev().collect(), most);
            let digit = u8::try_from(most).unwrap();
            let mut digits = ranking.none();
            for position in [0, 63, 64, 199] {
                ranking.put(&mut digits, position, digit);
            }
            let back: Vec<_> = ranking.positions(&digits).collect();
            assert_eq!(back, [(0, digit), (63, digit), (64, digit), (199, digit)]);
            let (mut early, mut late) = (ranking.none(), ranking.none());
            ranking.put(&mut early, 21, 1);
            for position in 22..200 {
                ranking.put(&mut late, position, digit);
            }
            assert!(early > late);
        }
    }
}
