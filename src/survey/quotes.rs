//! Where the quotes are.

use memchr::memchr;

use super::masks::{BLOCK, block, equal};

/// The quote of a cell.
const QUOTE: u8 = b'"';

/// The quotes among bytes, a bit each: looked for once, and used by all that reads the bytes.
///
/// For one quote that may be far, `memchr` is faster; in a file of texts every 17th byte is one.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// A word for each block from the first byte on; none at all where there is no quote.
    words: Vec<u64>,
    /// So many bytes were looked at.
    known: usize,
}

/// The places of quotes, ascending.
pub(super) struct Places<'q> {
    words: std::slice::Iter<'q, u64>,
    /// A bit for each quote that is left in the block in hand, and the place behind that block.
    left: u64,
    next: usize,
}

impl Quotes {
    /// Those in these bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut quotes = Self::default();
        quotes.look(bytes);
        quotes
    }

    /// Looks at those of the bytes that it has not looked at.
    pub(super) fn look(&mut self, bytes: &[u8]) {
        let from = std::mem::replace(&mut self.known, bytes.len());
        let ahead = bytes.get(from..).unwrap_or_default();
        if self.words.is_empty() {
            // Most files have no quotes at all.
            let Some(length) = memchr(QUOTE, ahead) else { return };
            self.words.resize((from + length) / BLOCK, 0);
        } else {
            self.words.truncate(from / BLOCK);
        }
        let ahead = bytes.get(self.words.len() * BLOCK..).unwrap_or_default();
        self.words.extend(ahead.chunks(BLOCK).map(|bytes| equal(&block(bytes, 0), QUOTE)));
    }

    /// Forgets those from that place on.
    pub(super) fn cut(&mut self, end: usize) {
        self.known = self.known.min(end);
        self.words.truncate(end.div_ceil(BLOCK));
        if let Some(last) = self.words.get_mut(end / BLOCK) {
            *last &= (1 << (end % BLOCK)) - 1;
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.known = 0;
    }

    /// A bit for each in the block that begins there.
    #[inline]
    pub(super) fn in_block(&self, begin: usize) -> u64 {
        self.words.get(begin / BLOCK).copied().unwrap_or(0)
    }

    /// The places of those from that place on.
    #[inline]
    pub(super) fn from(&self, place: usize) -> Places<'_> {
        let block = place / BLOCK;
        let mut words = self.words.get(block..).unwrap_or_default().iter();
        let left = words.next().map_or(0, |word| word >> (place % BLOCK) << (place % BLOCK));
        Places { words, left, next: (block + 1) * BLOCK }
    }
}

impl Iterator for Places<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.left = *self.words.next()?;
            self.next += BLOCK;
        }
        let place = self.next - BLOCK + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Quotes;

    proptest! {
        #[test]
        fn they_are_where_a_look_at_each_byte_finds_them(
            bytes in prop::collection::vec(
                prop_oneof![Just(b'"'), Just(0xa2), Just(b'#'), any::<u8>()],
                0..300,
            ),
            (seen, from, end) in (0_usize..300, 0_usize..80, 0_usize..300),
        ) {
            let seen = seen.min(bytes.len());
            let all: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at] == b'"').collect();
            let mut quotes = Quotes::of(&bytes[..seen]);
            quotes.look(&bytes);
            let ahead = |end| all.iter().copied().filter(move |at| (from..end).contains(at));
            prop_assert!(quotes.from(from).eq(ahead(bytes.len())));
            quotes.cut(end);
            prop_assert!(quotes.from(from).eq(ahead(end)));
        }
    }
}
