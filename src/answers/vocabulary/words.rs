//! The words that mean the same to every question: yes, no, and the states.

use super::number::number;
use crate::answers::answer::Answer;
use crate::answers::manner::Decimal;
use crate::text::in_one_case;

/// Yes in forms and spreadsheets, in one case and letters in their parts: of English, German,
/// French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Polish, Czech, Finnish
/// and Hungarian. No word is yes in one language and no in another.
const YES: [&str; 35] = [
    "1",
    "true",
    "yes",
    "y",
    "on",
    "checked",
    "x",
    "wahr",
    "ja",
    "j",
    "vrai",
    "oui",
    "verdadero",
    "si",
    "si\u{301}",
    "vero",
    "si\u{300}",
    "verdadeiro",
    "sim",
    "waar",
    "sand",
    "sandt",
    "sann",
    "sant",
    "tak",
    "prawda",
    "ano",
    "pravda",
    "kylla\u{308}",
    "tosi",
    "igen",
    "igaz",
    "✓",
    "✔",
    "☑",
];

/// No, likewise.
const NO: [&str; 30] = [
    "0",
    "false",
    "no",
    "n",
    "off",
    "unchecked",
    "falsch",
    "nein",
    "faux",
    "non",
    "falso",
    "na\u{303}o",
    "nee",
    "onwaar",
    "nej",
    "nei",
    "falsk",
    "falskt",
    "usann",
    "usant",
    "nie",
    "fa\u{142}sz",
    "ne",
    "nepravda",
    "ei",
    "epa\u{308}tosi",
    "nem",
    "hamis",
    "☐",
    "✗",
];

/// The yes or no that a text [as seen](crate::text::as_seen) is.
pub(crate) fn yes_or_no(seen: &str, decimal: Decimal) -> Option<bool> {
    let cased = in_one_case(seen);
    match number(seen, decimal).as_ref().and_then(Answer::whole) {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ if YES.contains(&cased.as_str()) => Some(true),
        _ if NO.contains(&cased.as_str()) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::as_seen;

    #[test]
    fn the_words_for_yes_and_no_are_as_texts_are_looked_up_and_no_word_is_both() {
        for word in YES.iter().chain(&NO) {
            assert_eq!(in_one_case(&as_seen(word)), *word);
            assert!(!(YES.contains(word) && NO.contains(word)), "{word}");
        }
        assert_eq!(yes_or_no(&as_seen("S\u{ec}"), Decimal::Point), Some(true));
        assert_eq!(yes_or_no("1,0", Decimal::Comma), Some(true));
        assert_eq!(yes_or_no("1,0", Decimal::Point), None);
    }
}
