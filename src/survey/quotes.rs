//! Where the quotes are.

/// The quote of a cell.
const QUOTE: u8 = b'"';

/// So many bytes are looked at together, a bit of a word each.
const BLOCK: usize = 64;

/// The places of the quotes in these bytes, ascending.
///
/// For one quote that may be far, `memchr` is faster; in a file of texts every 17th byte is one.
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
        if self.left == 0 && !self.advance() {
            return None;
        }
        let place = self.at + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(place)
    }
}

impl Quotes<'_> {
    /// On to the next block that has some.
    #[inline(never)]
    fn advance(&mut self) -> bool {
        for block in self.blocks.by_ref() {
            self.left = quotes(block);
            self.at = self.next;
            self.next += BLOCK;
            if self.left != 0 {
                return true;
            }
        }
        false
    }
}

/// A bit for each byte that is a quote, the first byte lowest.
#[inline]
fn quotes(block: &[u8]) -> u64 {
    let Ok(block) = <&[u8; BLOCK]>::try_from(block) else {
        return block.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(*byte == QUOTE));
    };
    let ones = block.map(|byte| u8::from(byte == QUOTE));
    let words = ones.chunks_exact(8).zip((0_u32..).step_by(8));
    words.fold(0, |bits, (ones, at)| {
        let ones = u64::from_le_bytes(ones.first_chunk().copied().unwrap_or_default());
        bits | (gathered(ones) as u64) << at
    })
}

/// The lowest bits of the bytes of a word side by side, that of the lowest byte lowest; the other bits are
/// to be 0.
#[inline]
pub(super) fn gathered(ones: u64) -> usize {
    (ones.wrapping_mul(0x0102_0408_1020_4080) >> 56) as usize
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
