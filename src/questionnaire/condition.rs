//! Conditions with every name looked up, and what becomes of them (scoring rules, section 4).

use super::spec::ConditionSpec;
use crate::number::Units;

/// What becomes of a condition, worst first: what is joined by `all` is as good as the worst member,
/// what is joined by `any` as good as the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Verdict {
    NotMet,
    /// Answers that are yet to come may meet it.
    Undecided,
    Met,
}

/// When a question is asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) condition: Condition,
    /// Whether the question counts with credit 0 if the condition is not met.
    pub(crate) otherwise_lowest: bool,
}

/// A condition on earlier questions.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    One(Comparison),
    /// Of one member or more.
    All(Vec<Condition>),
    /// Of one member or more.
    Any(Vec<Condition>),
}

/// What is asked of the answer to one earlier question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comparison {
    /// Its position.
    pub(crate) question: usize,
    pub(crate) test: Test,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Test {
    AtLeast(Units),
    AtMost(Units),
    /// The item at that place is ticked.
    Ticked(usize),
}

impl Test {
    /// Whether an answer of that credit meets it; `ticked` tells whether the item at a place is.
    pub(crate) fn is_met(self, credit: Units, ticked: impl FnOnce(usize) -> bool) -> bool {
        match self {
            Self::AtLeast(bound) => credit >= bound,
            Self::AtMost(bound) => credit <= bound,
            Self::Ticked(item) => ticked(item),
        }
    }
}

impl Condition {
    /// A checked condition. `question` tells the position of a question, `item` that of an item.
    pub(super) fn new(
        spec: &ConditionSpec,
        question: &impl Fn(&str) -> usize,
        item: &impl Fn(usize, &str) -> usize,
    ) -> Self {
        let members = |list: &[ConditionSpec]| {
            list.iter().map(|member| Self::new(member, question, item)).collect()
        };
        let one = |id: &str, test: &dyn Fn(usize) -> Test| {
            let question = question(id);
            Self::One(Comparison { question, test: test(question) })
        };
        match spec {
            ConditionSpec::AtLeast { question, at_least } => {
                one(question, &|_| Test::AtLeast((*at_least).into()))
            }
            ConditionSpec::AtMost { question, at_most } => {
                one(question, &|_| Test::AtMost((*at_most).into()))
            }
            ConditionSpec::Ticked { question, ticked } => {
                one(question, &|question| Test::Ticked(item(question, ticked)))
            }
            ConditionSpec::All { all } => Self::All(members(all)),
            ConditionSpec::Any { any } => Self::Any(members(any)),
        }
    }

    /// What becomes of it if that becomes of each comparison.
    pub(crate) fn verdict(&self, of: &impl Fn(&Comparison) -> Verdict) -> Verdict {
        match self {
            Self::One(comparison) => of(comparison),
            Self::All(members) => {
                let mut worst = Verdict::Met;
                for member in members {
                    worst = worst.min(member.verdict(of));
                    if worst == Verdict::NotMet {
                        break;
                    }
                }
                worst
            }
            Self::Any(members) => {
                let mut best = Verdict::NotMet;
                for member in members {
                    best = best.max(member.verdict(of));
                    if best == Verdict::Met {
                        break;
                    }
                }
                best
            }
        }
    }

    /// The comparisons that keep it undecided: each of them and the joins around it are.
    pub(crate) fn undecided<'c>(
        &'c self,
        of: &impl Fn(&Comparison) -> Verdict,
        each: &mut impl FnMut(&'c Comparison),
    ) {
        if self.verdict(of) != Verdict::Undecided {
            return;
        }
        match self {
            Self::One(comparison) => each(comparison),
            Self::All(members) | Self::Any(members) => {
                for member in members {
                    member.undecided(of, each);
                }
            }
        }
    }

    /// Its comparisons, in its order.
    pub(crate) fn comparisons(&self) -> Vec<&Comparison> {
        match self {
            Self::One(comparison) => vec![comparison],
            Self::All(members) | Self::Any(members) => {
                members.iter().flat_map(Self::comparisons).collect()
            }
        }
    }
}

impl From<bool> for Verdict {
    fn from(met: bool) -> Self {
        if met { Self::Met } else { Self::NotMet }
    }
}
