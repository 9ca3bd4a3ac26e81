//! Some of the questions of a questionnaire.

/// Questions by position, a bit each: a questionnaire has at most 1,000 of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct QuestionSet([u64; 16]);

impl QuestionSet {
    pub(crate) const EMPTY: Self = Self([0; 16]);

    pub(crate) fn contains(&self, position: usize) -> bool {
        self.0.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    pub(crate) fn insert(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }

    /// Takes in all of another set.
    pub(crate) fn extend(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// The positions, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let bits = |(at, &word): (usize, &u64)| {
            let next = |rest: &u64| Some(rest & rest.wrapping_sub(1));
            let rests = std::iter::successors(Some(word), next).take_while(|rest| *rest != 0);
            rests.filter_map(move |rest| {
                Some(64 * at + usize::try_from(rest.trailing_zeros()).ok()?)
            })
        };
        self.0.iter().enumerate().flat_map(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_into_it_and_lists_it_in_order() {
        let (mut set, mut other) = (QuestionSet::EMPTY, QuestionSet::default());
        for position in [999, 64, 0, 63, 64] {
            set.insert(position);
        }
        other.insert(500);
        other.insert(5_000); // there is no such question
        set.extend(&other);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 500, 999]);
        assert!(set.contains(500) && !set.contains(501) && !set.contains(5_000));
    }
}
