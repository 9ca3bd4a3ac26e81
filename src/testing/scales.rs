//! Random scales, and what random questionnaires say.

use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::subsequence;
use proptest::{array, option};

use crate::number::Score;
use crate::questionnaire::{BandSpec, ChoiceSpec, ItemSpec, Points, ScaleSpec};
use crate::text::Text;

/// Ascending numbers whose texts are hard to write, or whose neighbours are hard to tell apart.
pub(super) const NUMBERS: [f64; 16] = [
    -1e21,
    -1_000_000.0,
    -2.5,
    -1.0,
    -1e-7,
    0.0,
    5e-324,
    1e-7,
    0.1,
    0.3,
    0.300_000_000_000_000_04,
    1.0,
    12.5,
    30.0,
    9_007_199_254_740_991.0,
    1e21,
];

/// One kind of text in English, German and French. No two kinds begin alike, so that texts are apart.
type Words = [&'static str; 3];

pub(super) const TITLE: Words = ["Questionnaire", "Fragebogen", "Enquête"];
pub(super) const FAMILY: Words = ["Family", "Familie", "Famille"];
pub(super) const THEME: Words = ["Theme", "Thema", "Thème"];
pub(super) const QUESTION: Words = ["Question", "Frage", "Demande"];
pub(super) const GUIDANCE: Words = ["Look at", "Siehe", "Voir"];
const LEVEL: Words = ["Level “so” –", "Stufe schön", "Niveau « été »"];
const ITEM: Words = ["Item", "Punkt", "Élément"];
const UNIT: Words = ["days", "Tage", "jours"];
const BAND: Words = ["Band", "Bereich", "Tranche"];
const ADVICE: Words = ["Advice", "Rat", "Conseil"];

/// How many languages beside English texts are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wording {
    pub(super) languages: usize,
}

impl Wording {
    pub(super) fn text(self, [english, german, french]: &Words, number: usize) -> Text {
        let others = [("de", german), ("fr", french)].into_iter().take(self.languages);
        let text = Text::new(format!("{english} {number}"));
        others
            .fold(text, |text, (language, words)| text.with(language, format!("{words} {number}")))
    }

    /// The scale with a text of its own for everything that has one.
    pub(super) fn worded(self, mut scale: ScaleSpec) -> ScaleSpec {
        match &mut scale {
            ScaleSpec::Choice { choices } => {
                for (n, choice) in choices.iter_mut().enumerate() {
                    choice.text = self.text(&LEVEL, n);
                    choice.advice = choice.advice.take().map(|_| self.text(&ADVICE, n));
                }
            }
            ScaleSpec::YesNo => {}
            ScaleSpec::Checklist { items } => {
                for (n, item) in items.iter_mut().enumerate() {
                    item.text = self.text(&ITEM, n);
                }
            }
            ScaleSpec::Measure { unit, bands } => {
                *unit = self.text(&UNIT, 1);
                for (n, band) in bands.iter_mut().enumerate() {
                    band.text = band.text.take().map(|_| self.text(&BAND, n));
                }
            }
        }
        scale
    }
}

/// A scale of any kind, its texts yet to be [worded](Wording::worded).
///
/// In boxes, as are other large parts: what is drawn lies on the stack of a test otherwise.
pub(super) fn scale() -> BoxedStrategy<ScaleSpec> {
    prop_oneof![
        4 => choice().boxed(),
        1 => Just(ScaleSpec::YesNo),
        1 => checklist().boxed(),
        1 => measure().boxed(),
    ]
    .boxed()
}

/// Ascending values from -3 up, evenly spread credits or explicit ones.
fn choice() -> impl Strategy<Value = ScaleSpec> {
    let credits = option::weighted(0.3, array::uniform8(credit()));
    (vec(1_i64..4, 2..8), credits, any::<bool>()).prop_map(|(gaps, credits, advised)| {
        let credits = credits.map(|credits| credits.map(Some)).unwrap_or_default();
        let mut value = -3;
        let choice = |(gap, credit): (i64, Option<Score>)| {
            value += gap;
            let mut choice = ChoiceSpec::new(value, "");
            choice.credit = credit;
            choice.advice = advised.then(Text::default);
            choice
        };
        ScaleSpec::Choice { choices: gaps.into_iter().zip(credits).map(choice).collect() }
    })
}

fn checklist() -> impl Strategy<Value = ScaleSpec> {
    vec(1_u16..10, 1..6).prop_map(|points| {
        let item = |(n, points): (usize, u16)| {
            let mut item = ItemSpec::new(format!("item_{n}"), "");
            item.points = Points::new(points).unwrap_or_default();
            item
        };
        ScaleSpec::Checklist { items: points.into_iter().enumerate().map(item).collect() }
    })
}

/// Bands from a number, above it, or both, one after the other.
fn measure() -> impl Strategy<Value = ScaleSpec> {
    let starts = subsequence(NUMBERS.to_vec(), 1..=4);
    let bands = (starts, vec((0_u8..3, credit(), credit()), 4), any::<bool>());
    bands.prop_map(|(starts, drawn, texts)| {
        let band = |(start, (kind, credit, other)): (f64, (u8, Score, Score))| match kind {
            0 => vec![BandSpec::new(start, credit)],
            1 => vec![BandSpec::above(start, credit)],
            _ => vec![BandSpec::new(start, credit), BandSpec::above(start, other)],
        };
        let mut bands: Vec<BandSpec> = starts.into_iter().zip(drawn).flat_map(band).collect();
        for band in &mut bands {
            band.text = texts.then(Text::default);
        }
        ScaleSpec::Measure { unit: Text::default(), bands }
    })
}

/// A credit, often a notable one.
fn credit() -> BoxedStrategy<Score> {
    let billionths = prop_oneof![
        1 => Just(0),
        1 => Just(1_000_000_000),
        1 => Just(500_000_000),
        1 => Just(333_333_333),
        1 => 0_u32..=1_000_000_000,
    ];
    billionths.prop_map(|billionths| Score::from_billionths(billionths).unwrap_or_default()).boxed()
}

/// Into how many steps a scale cuts the way from 0 to 1, if evenly.
pub(super) fn steps(scale: &ScaleSpec) -> u32 {
    let steps = match scale {
        ScaleSpec::Choice { choices } => choices.len().saturating_sub(1),
        ScaleSpec::YesNo => 1,
        ScaleSpec::Checklist { items } => items.len(),
        ScaleSpec::Measure { .. } => 4,
    };
    u32::try_from(steps).unwrap_or(1)
}
