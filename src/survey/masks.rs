//! Which bytes of a block are a certain one.

use wide::u8x16;

/// So many bytes are looked at together, a bit of a word each.
pub(super) const BLOCK: usize = 64;

/// So many are compared together, as processors of all kinds can.
const LANES: usize = 16;

/// A bit for each byte that is this one, the first byte lowest.
#[inline]
pub(super) fn equal(block: &[u8; BLOCK], byte: u8) -> u64 {
    let wanted = u8x16::splat(byte);
    block.chunks_exact(LANES).rev().fold(0, |mask, bytes| {
        let bytes = bytes.first_chunk::<LANES>().copied().unwrap_or_default();
        let [low, high, ..] = u8x16::from(bytes).cmp_eq(wanted).move_mask().to_le_bytes();
        mask << LANES | u64::from(u16::from_le_bytes([low, high]))
    })
}

/// A bit for each of which an odd number is set up to there.
#[inline]
pub(super) fn odd_so_far(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].iter().fold(bits, |bits, shift| bits ^ bits << shift)
}

/// Whether one of these bytes is this one.
#[inline]
pub(super) fn contains(bytes: &[u8], byte: u8) -> bool {
    let (Some(_), Some(last)) = (bytes.first_chunk::<LANES>(), bytes.last_chunk::<LANES>()) else {
        return bytes.contains(&byte);
    };
    let wanted = u8x16::splat(byte);
    let chunks = bytes.chunks_exact(LANES).filter_map(<[u8]>::first_chunk).chain([last]);
    let found =
        chunks.fold(u8x16::default(), |found, chunk| found | u8x16::from(*chunk).cmp_eq(wanted));
    found.move_mask() != 0
}

/// The first bytes, as many as there are, and that byte where there are too few.
#[inline]
pub(super) fn block(bytes: &[u8], padding: u8) -> [u8; BLOCK] {
    if let Some(block) = bytes.first_chunk() {
        return *block;
    }
    let mut block = [padding; BLOCK];
    block.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    block
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BLOCK, block, contains, equal, odd_so_far};

    proptest! {
        #[test]
        fn a_bit_is_set_where_the_byte_is_that_one(
            bytes in prop::collection::vec(prop_oneof![Just(b'"'), Just(0xa2), any::<u8>()], 0..80),
            byte in prop_oneof![Just(b'"'), Just(0xa2), any::<u8>()],
            padding in any::<u8>(),
        ) {
            let bits = equal(&block(&bytes, padding), byte);
            for at in 0..BLOCK {
                let odd = (bits & u64::MAX >> (BLOCK - 1 - at)).count_ones() % 2 == 1;
                prop_assert_eq!(odd_so_far(bits) >> at & 1 == 1, odd, "{}", at);
            }
            prop_assert_eq!(contains(&bytes, byte), bytes.contains(&byte));
            let block = block(&bytes, padding);
            for (at, found) in block.iter().enumerate() {
                prop_assert_eq!(found, bytes.get(at).unwrap_or(&padding));
                prop_assert_eq!(equal(&block, byte) >> at & 1 == 1, *found == byte, "{}", at);
            }
        }
    }
}
