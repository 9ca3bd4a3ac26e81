//! A value for every byte.

use std::ops::Index;

/// One value for each byte; a byte without a value cannot exist, so that looking one up neither
/// fails nor costs a comparison.
#[derive(Clone, Debug)]
pub(super) struct ByByte<T>(Box<[T; 256]>);

impl<T: Copy> ByByte<T> {
    /// The table that holds `value` of each byte.
    pub(super) fn from_fn(mut value: impl FnMut(u8) -> T) -> Self {
        let mut values = Box::new([value(0); 256]);
        for (byte, place) in (0..=u8::MAX).zip(values.iter_mut()).skip(1) {
            *place = value(byte);
        }
        Self(values)
    }
}

impl<T> Index<u8> for ByByte<T> {
    type Output = T;

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte is below 256")]
    fn index(&self, byte: u8) -> &T {
        &self.0[usize::from(byte)]
    }
}
