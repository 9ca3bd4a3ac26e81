//! Whether the questions of each pillar go together.

use std::fmt::Write as _;

use digital_maturity::statistics::{CreditSums, Deletion, ItemReliability, Reliability, Statistic};
use digital_maturity::{Cohort, Pillar, PillarMap, Questionnaire};

use super::progress::grouped;

/// The sums of each pillar so far; memory does not grow with the rows.
pub(crate) struct Consistency {
    pillars: PillarMap<(Vec<usize>, CreditSums)>,
    hand: Vec<Option<f64>>,
}

impl Consistency {
    pub(crate) fn new(questionnaire: &Questionnaire) -> Self {
        let pillars = PillarMap::from_fn(|pillar| {
            let questions = || questionnaire.questions().filter(move |q| q.pillar() == pillar);
            let places = questions().map(|question| question.position()).collect();
            (places, CreditSums::new(questions().map(|question| question.id())))
        });
        Self { pillars, hand: Vec::new() }
    }

    /// Adds a chunk.
    pub(crate) fn add(&mut self, cohort: &Cohort<'_>) -> Result<(), String> {
        let mut fault = None;
        cohort.credits(|_, credits| {
            for pillar in Pillar::ALL {
                let (places, sums) = &mut self.pillars[pillar];
                self.hand.clear();
                self.hand.extend(places.iter().map(|place| credits.get(*place).copied().flatten()));
                fault = sums.push(&self.hand).err().or(fault.take());
            }
        });
        fault.map_or(Ok(()), |error| Err(format!("error: {error}")))
    }

    /// Adds what another saw.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), String> {
        for pillar in Pillar::ALL {
            let (_, sums) = &mut self.pillars[pillar];
            let (_, others) = &other.pillars[pillar];
            sums.merge(others).map_err(|error| format!("error: {error}"))?;
        }
        Ok(())
    }

    /// The figures, over the rows that answered all questions of a pillar.
    pub(crate) fn finish(self) -> PillarMap<Reliability> {
        self.pillars.map(|_, (_, sums)| Reliability::from_sums(&sums, Deletion::Listwise))
    }
}

/// Table 2.
pub(crate) fn text(pillars: &PillarMap<Reliability>) -> String {
    let mut text = "\nTable 2. Reliability of the pillars\n\n".to_owned();
    let name = |item: &ItemReliability| item.name.clone().unwrap_or_default().chars().count() + 2;
    let names = pillars.iter().flat_map(|(_, of)| of.items.iter().map(name));
    let width = names.chain(Pillar::ALL.map(|p| p.name().chars().count())).max().unwrap_or(0);
    let head =
        format!("{:width$}  {:>10}  {:>9}  {:>9}  {:>9}", "", "n", "alpha", "std.", "mean r");
    let _ = writeln!(text, "{head}"); // a String takes any text
    let _ =
        writeln!(text, "{:width$}  {:>10}  {:>9}  {:>9}", "  question", "", "item-rest", "dropped");
    let rule = |width: usize| "-".repeat(width);
    let _ = writeln!(text, "{}  {}  {}  {}  {}", rule(width), rule(10), rule(9), rule(9), rule(9));
    let mut reasons: Vec<String> = Vec::new();
    for (pillar, of) in pillars.iter() {
        let [alpha, standardised, r] =
            [of.alpha, of.standardised_alpha, of.mean_inter_item_r].map(|s| shown(s, &mut reasons));
        let n = grouped(u64::try_from(of.n).unwrap_or(u64::MAX));
        let _ = writeln!(
            text,
            "{:width$}  {n:>10}  {alpha:>9}  {standardised:>9}  {r:>9}",
            pillar.name()
        );
        for item in &of.items {
            let [rest, dropped] =
                [item.item_rest, item.alpha_if_dropped].map(|s| shown(s, &mut reasons));
            let name = format!("  {}", item.name.as_deref().unwrap_or_default());
            let _ = writeln!(text, "{name:width$}  {:>10}  {rest:>9}  {dropped:>9}", "");
        }
    }
    text.push_str(
        "\nn: respondents who answered all questions of the pillar. Alpha: Cronbach's; std.: of the\n\
         questions brought to one variance; mean r: of each two questions; item-rest: the question\n\
         with the sum of the others; dropped: alpha of the others.\n",
    );
    for (number, reason) in (1..).zip(&reasons) {
        let _ = writeln!(text, "({number}) Undefined: {reason}.");
    }
    text
}

/// Two decimals, or the number of the reason why there is none.
fn shown(statistic: Statistic, reasons: &mut Vec<String>) -> String {
    match statistic.get() {
        Ok(value) => format!("{value:.2}"),
        Err(reason) => {
            let reason = reason.to_string();
            let known = reasons.iter().position(|known| *known == reason).unwrap_or_else(|| {
                reasons.push(reason);
                reasons.len() - 1
            });
            format!("({})", known + 1)
        }
    }
}
