//! Agreement within one organisation.
#![expect(clippy::float_arithmetic, reason = "statistics are stated in doubles")]

use serde::{Deserialize, Serialize};

use super::ratings::Ratings;
use super::sums::{Centre, count, difference, sum};
use super::{Statistic, Undefined, positive};

/// How far the respondents of one organisation agree: `r_wg` and `r_wg(j)` (James, Demaree and Wolf 1984),
/// `r*_wg(j)` (Lindell and Brandt 1999), and the average deviation (Burke, Finkelstein and Dusig 1999).
/// Rows are the respondents, columns J items on one scale; only respondents who answered all are used.
///
/// With s² the variance of an item (n - 1), `s_E²` that of answers at random ([`UniformNull`]), and
/// q = 1 - mean s²/`s_E²`:
///
/// | figure | formula |
/// |---|---|
/// | `r_wg(j)` | J q / (J q + 1 - q), with q truncated to 0 or more; for one item `r_wg` |
/// | `r*_wg(j)` | q as it is |
/// | AD | mean over items of mean absolute distance to the mean |
///
/// `r_wg(j)` grows with the number of items, which is why `r*_wg(j)` and AD stand beside it. A truncated
/// value is recognised by `r*_wg(j)` below 0. A group of one has no agreement: undefined, not 1.
///
/// ```
/// use digital_maturity::statistics::{GroupAgreement, Ratings, UniformNull};
///
/// let scale = UniformNull::options(5)?;
/// let answers = Ratings::from_rows([[4.0, 3.0], [4.0, 5.0], [5.0, 4.0]])?;
/// let agreement = GroupAgreement::of(&answers, scale);
/// assert_eq!((agreement.n, agreement.j), (3, 2));
/// assert_eq!(format!("{:.3} {:.3}", agreement.r_wg_j, agreement.r_star), "0.800 0.667");
/// assert!(agreement.ad.get()? <= scale.ad_cutoff());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupAgreement {
    /// The respondents that were used: those who answered all items.
    pub n: usize,
    /// All respondents.
    pub n_total: usize,
    /// The number of items.
    pub j: usize,
    /// What answers at random would look like.
    pub null: UniformNull,
    /// `r_wg(j)`, from 0 to 1; for one item `r_wg`.
    pub r_wg_j: Statistic,
    /// `r*_wg(j)`, at most 1 and negative where respondents differ more than at random; for one item
    /// the raw `r_wg`.
    pub r_star: Statistic,
    /// The mean over items of the average deviation, in the units of the scale.
    pub ad: Statistic,
    /// Each item.
    pub items: Vec<ItemAgreement>,
}

/// Agreement within one organisation on one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemAgreement {
    /// The name of the column, if it has one.
    pub name: Option<String>,
    /// The mean, in the units of the scale.
    pub mean: Statistic,
    /// The variance, with n - 1, in squared units of the scale.
    pub variance: Statistic,
    /// `r_wg`, from 0 to 1: `1 - s²/s_E²`, and 0 where that is negative.
    pub r_wg: Statistic,
    /// `1 - s²/s_E²` as it is.
    pub r_wg_raw: Statistic,
    /// The mean absolute distance to the mean, in the units of the scale.
    pub ad: Statistic,
}

/// What the answers of respondents at random would look like: every answer as likely as any other. Its
/// variance is above 0.
///
/// That respondents lean to one end at random, too, is often the better assumption; `r_wg` from this one
/// is an upper bound then.
///
/// ```
/// use digital_maturity::statistics::UniformNull;
///
/// let five = UniformNull::options(5)?; // 1, 2, 3, 4, 5, or 0 to 4
/// assert_eq!(five.variance(), 2.0);
/// let credits = five.spaced(0.25)?;    // 0, 0.25, .. 1: the credits of such a scale
/// assert_eq!(credits.variance(), 0.125);
/// # Ok::<(), digital_maturity::statistics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UniformNull {
    #[serde(deserialize_with = "positive")]
    variance: f64,
    #[serde(deserialize_with = "positive")]
    ad_cutoff: f64,
}

impl UniformNull {
    /// Credits from 0 to 1 on a scale without steps.
    pub(crate) const CREDITS: Self = Self { variance: 1.0 / 12.0, ad_cutoff: 1.0 / 6.0 };

    /// Credits from 0 to 1 in that many equal steps, ends included; without steps below two.
    pub(crate) fn credits_of(options: u32) -> Self {
        let step = 1.0 / f64::from(options.max(2) - 1);
        Self::options(options).and_then(|of| of.spaced(step)).unwrap_or(Self::CREDITS)
    }

    /// A scale of that many options, 1 apart: variance (A² - 1)/12.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Undefined::OutOfRange) below two options.
    pub fn options(options: u32) -> Result<Self, Undefined> {
        let a = f64::from(options);
        Self { variance: (a * a - 1.0) / 12.0, ad_cutoff: a / 6.0 }.checked()
    }

    /// A scale without steps, that far from end to end: variance span²/12.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Undefined::OutOfRange) unless the span is above 0 and finite, and its square, too.
    pub fn continuous(span: f64) -> Result<Self, Undefined> {
        Self { variance: span * span / 12.0, ad_cutoff: span / 6.0 }.checked()
    }

    /// The same scale with its options that far apart.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Undefined::OutOfRange) unless the step is above 0 and finite, and its square, too.
    pub fn spaced(self, step: f64) -> Result<Self, Undefined> {
        Self { variance: self.variance * (step * step), ad_cutoff: self.ad_cutoff * step }.checked()
    }

    fn checked(self) -> Result<Self, Undefined> {
        let sound = self.variance.is_normal() && self.variance > 0.0 && self.ad_cutoff > 0.0;
        if sound { Ok(self) } else { Err(Undefined::OutOfRange) }
    }

    /// `s_E²`, in squared units of the scale.
    #[must_use]
    pub const fn variance(&self) -> f64 {
        self.variance
    }

    /// The average deviation up to which one speaks of agreement, A/6 steps (Burke and Dunlap 2002), in
    /// the units of the scale.
    #[must_use]
    pub const fn ad_cutoff(&self) -> f64 {
        self.ad_cutoff
    }
}

impl GroupAgreement {
    /// How far the respondents in these rows agree.
    #[must_use]
    pub fn of(ratings: &Ratings, null: UniformNull) -> Self {
        let complete = ratings.complete();
        let items = complete.cells().iter().enumerate();
        let items: Vec<ItemAgreement> = items
            .map(|(column, values)| ItemAgreement::of(values, ratings.name(column), null))
            .collect();
        let j = count(items.len());
        let mean = |figure: fn(&ItemAgreement) -> Statistic| {
            if items.is_empty() {
                return Err(Undefined::TooFewItems);
            }
            let figures = items.iter().map(|item| figure(item).get());
            Ok(sum(figures.collect::<Result<Vec<f64>, _>>()?) / j)
        };
        let r_star =
            mean(|item| item.variance).map(|variance| difference(1.0, variance / null.variance));
        let r_wg_j = r_star.map(|q| {
            let q = q.max(0.0);
            j * q / (j * q + (1.0 - q))
        });
        Self {
            n: complete.rows(),
            n_total: ratings.rows(),
            j: items.len(),
            null,
            r_wg_j: Statistic::of(r_wg_j),
            r_star: Statistic::of(r_star),
            ad: Statistic::of(mean(|item| item.ad)),
            items,
        }
    }
}

impl ItemAgreement {
    fn of(values: &[f64], name: Option<&str>, null: UniformNull) -> Self {
        let values = values.iter().copied();
        let centre = Centre::of(values.clone()).ok_or(Undefined::TooFewRows);
        let enough = centre.and_then(|c| if c.n < 2 { Err(Undefined::TooFewRows) } else { Ok(c) });
        let variance = enough.and_then(|centre| centre.variance(centre.squares(values.clone())));
        let raw = variance.map(|variance| difference(1.0, variance / null.variance));
        let ad = enough
            .map(|centre| sum(values.map(|value| centre.less(value).abs())) / count(centre.n));
        Self {
            name: name.map(str::to_owned),
            mean: Statistic::of(centre.map(|centre| centre.mean())),
            variance: Statistic::of(variance),
            r_wg: Statistic::of(raw.map(|raw| raw.max(0.0))),
            r_wg_raw: Statistic::of(raw),
            ad: Statistic::of(ad),
        }
    }
}
