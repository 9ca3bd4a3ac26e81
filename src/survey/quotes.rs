//! Where the quotes are.

/// The quote of a cell.
const QUOTE: u8 = b'"';

/// So many bytes are looked at together, a bit of a word each.
const BLOCK: usize = 64;

/// The places of the quotes in these bytes, ascending.
///
/// For one quote that may be far, `memchr` is faster. In a file of texts every 17th byte is one, and to
/// find all of them takes a third of the time.
pub(super) struct Quotes<'b> {
    blocks: std::slice::Chunks<'b, u8>,
    /// The place of the block in hand, and a bit for each quote that is left in it.
    at: usize,
    left: u64,
    /// The place behind that block.
    next: usize,
}

impl<'b> Quotes<'b> {
    /// Those from that place on.
    #[inline]
    pub(super) fn new(bytes: &'b [u8], from: usize) -> Self {
        let blocks = bytes.get(from..).unwrap_or_default().chunks(BLOCK);
        Self { blocks, at: from, left: 0, next: from }
    }
}

impl Iterator for Quotes<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.left = quotes(self.blocks.next()?);
            self.at = self.next;
            self.next += BLOCK;
        }
        let place = self.at + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(place)
    }
}

/// A bit for each byte that is a quote, the first byte lowest.
#[inline]
fn quotes(block: &[u8]) -> u64 {
    let mut whole = [0; BLOCK];
    let block: &[u8; BLOCK] = block.try_into().unwrap_or_else(|_| {
        whole.iter_mut().zip(block).for_each(|(to, byte)| *to = *byte);
        &whole
    });
    let words = block.chunks_exact(8).rev();
    words.fold(0, |bits, word| bits << 8 | of_word(word.first_chunk().copied().unwrap_or_default()))
}

/// The same for eight bytes, in the lowest eight bits.
#[inline]
fn of_word(word: [u8; 8]) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
    /// Brings the lowest bits of the bytes of a word side by side into its highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let different = u64::from_le_bytes(word) ^ u64::from_ne_bytes([QUOTE; 8]);
    // The top bit of a byte stays clear if, and only if, nothing in it is set.
    let equal = !(((different & LOW) + LOW) | different | LOW);
    (equal >> 7).wrapping_mul(GATHER) >> 56
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
            from in 0_usize..80,
        ) {
            let plain: Vec<usize> =
                (from..bytes.len()).filter(|&at| bytes[at] == b'"').collect();
            prop_assert_eq!(Quotes::new(&bytes, from).collect::<Vec<_>>(), plain);
        }
    }
}
