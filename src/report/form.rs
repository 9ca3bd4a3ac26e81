//! The forms that a report takes.

use super::content::{Block, Content};

pub(super) mod html;
pub(super) mod latex;
pub(super) mod markdown;
pub(super) mod text;

/// What a form without pictures shows, block by block; between two of them stands an empty line.
fn without_pictures<'c, 'r>(
    content: &'c Content<'r>,
) -> impl Iterator<Item = (usize, &'c Block<'r>)> {
    content.blocks.iter().filter(|block| !matches!(block, Block::Picture(_))).enumerate()
}
