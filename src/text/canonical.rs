//! Canonical decomposition of texts (Unicode Standard Annex 15, form D).
//!
//! Two texts have the same form C if and only if they have the same form D, and D is the shorter
//! way: nothing is put together again. The tables are data of Unicode 18 in two files of plain
//! numbers, in place of a crate that would bring two more with it. What Unicode says of a character
//! never changes; characters may be added.

use std::sync::LazyLock;

/// Each character that has a decomposition and is no Hangul syllable, ascending, with the whole of it.
static DECOMPOSITIONS: LazyLock<Vec<(u32, Vec<char>)>> = LazyLock::new(|| {
    let line = |line: &str| {
        let mut numbers = line.split(' ').map_while(|number| u32::from_str_radix(number, 16).ok());
        Some((numbers.next()?, numbers.filter_map(char::from_u32).collect()))
    };
    include_str!("canonical.txt").lines().filter_map(line).collect()
});

/// Runs of marks of one combining class, ascending: the first, the last, the class.
static CLASSES: LazyLock<Vec<(u32, u32, u8)>> = LazyLock::new(|| {
    let line = |line: &str| {
        let mut words = line.split(' ');
        let mut mark = || u32::from_str_radix(words.next()?, 16).ok();
        let (first, last) = (mark()?, mark()?);
        Some((first, last, words.next()?.parse().ok()?))
    };
    include_str!("classes.txt").lines().filter_map(line).collect()
});

/// The combining class of a character; 0: it begins something, and no mark moves across it.
fn class(c: char) -> u8 {
    let c = u32::from(c);
    let following = CLASSES.partition_point(|(first, ..)| *first <= c);
    let run = following.checked_sub(1).and_then(|at| CLASSES.get(at));
    run.map_or(0, |&(_, last, class)| if c <= last { class } else { 0 })
}

/// The letters of a Hangul syllable: a leading consonant, a vowel, perhaps a trailing consonant.
fn hangul(c: char) -> Option<[Option<char>; 3]> {
    let syllable = u32::from(c).checked_sub(0xac00).filter(|at| *at < 11_172)?;
    let (lead, vowel, trail) = (syllable / 588, syllable % 588 / 28, syllable % 28);
    let trail = if trail == 0 { None } else { char::from_u32(0x11a7 + trail) };
    Some([char::from_u32(0x1100 + lead), char::from_u32(0x1161 + vowel), trail])
}

/// Every letter of `text` in its parts, marks on one letter in their canonical order.
pub(super) fn decomposed(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut whole = String::with_capacity(text.len());
    let mut marks: Vec<(u8, char)> = Vec::new();
    let mut put = |c: char| {
        let class = if c.is_ascii() { 0 } else { class(c) };
        if class == 0 {
            marks.sort_by_key(|(class, _)| *class); // stable: marks of one class stay as they are
            whole.extend(marks.drain(..).map(|(_, mark)| mark));
            whole.push(c);
        } else {
            marks.push((class, c));
        }
    };
    for c in text.chars() {
        if c.is_ascii() {
            put(c);
        } else if let Some(letters) = hangul(c) {
            letters.into_iter().flatten().for_each(&mut put);
        } else if let Ok(at) = DECOMPOSITIONS.binary_search_by_key(&u32::from(c), |(c, _)| *c) {
            let parts = DECOMPOSITIONS.get(at).map(|(_, parts)| parts.as_slice());
            parts.unwrap_or_default().iter().copied().for_each(&mut put);
        } else {
            put(c);
        }
    }
    marks.sort_by_key(|(class, _)| *class);
    whole.extend(marks.into_iter().map(|(_, mark)| mark));
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    #[test]
    fn every_character_decomposes_as_the_crate_unicode_normalization_says() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(decomposed(&text), text.nfd().collect::<String>(), "{c:?}");
            assert_eq!(class(c), canonical_combining_class(c), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn texts_of_letters_and_marks_do_too(
            text in "[a-zé\u{ac00}-\u{ac20}\u{300}-\u{330}\u{345}\u{5b0}-\u{5c7}\u{1e00}-\u{1eff}]{0,24}",
        ) {
            prop_assert_eq!(decomposed(&text), text.nfd().collect::<String>());
        }
    }
}
