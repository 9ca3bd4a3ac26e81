//! The four pillars, and one value for each of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::names::{map_of, schema};

/// One of the four pillars of a digitally mature organisation, in the order of the rules.
///
/// ```
/// use digital_maturity::Pillar;
///
/// assert_eq!(Pillar::ALL.len(), 4);
/// assert_eq!("agile_approach".parse(), Ok(Pillar::AgileApproach));
/// assert_eq!(Pillar::AgileApproach.name(), "Agile approach");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pillar {
    /// A digital-first mindset, from the top of the organisation on down.
    DigitalFirstMindset,
    /// An agile approach to everything.
    AgileApproach,
    /// A culture of experimentation.
    CultureOfExperimentation,
    /// Connected systems and platforms, data gathered and analysed.
    ConnectedSystems,
}

impl Pillar {
    /// The English name, for readers.
    ///
    /// ```
    /// # use digital_maturity::Pillar;
    /// assert_eq!(Pillar::ConnectedSystems.name(), "Connected systems");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DigitalFirstMindset => "Digital-first mindset",
            Self::AgileApproach => "Agile approach",
            Self::CultureOfExperimentation => "Culture of experimentation",
            Self::ConnectedSystems => "Connected systems",
        }
    }
}

map_of!(
    Pillar,
    "pillar",
    #[cfg_attr(feature = "schema", schemars(rename = "{T}ByPillar"))]
    /// One value for each pillar; a pillar without a value cannot exist.
    ///
    /// ```
    /// use digital_maturity::{Pillar, PillarMap};
    ///
    /// let letters = PillarMap::from_fn(|pillar| pillar.as_str().len());
    /// assert_eq!(letters.agile_approach, 14);
    /// assert_eq!(letters[Pillar::AgileApproach], 14);
    /// assert_eq!(letters.iter().map(|(_, n)| n).sum::<usize>(), 21 + 14 + 26 + 17);
    /// assert_eq!(letters, PillarMap::from([21, 14, 26, 17])); // in the order of the rules
    /// for (pillar, n) in letters {
    ///     println!("{pillar}: {n}");
    /// }
    /// ```
    PillarMap {
        /// Digital-first mindset.
        digital_first_mindset: DigitalFirstMindset,
        /// Agile approach.
        agile_approach: AgileApproach,
        /// Culture of experimentation.
        culture_of_experimentation: CultureOfExperimentation,
        /// Connected systems.
        connected_systems: ConnectedSystems,
    }
);

#[cfg(feature = "cohort")]
impl Pillar {
    /// Its place in the order of the rules, from 0.
    pub(crate) fn place(self) -> usize {
        Self::ALL.into_iter().take_while(|of| *of != self).count()
    }
}

impl<A, B> PillarMap<(A, B)> {
    /// The map of the first values and that of the second ones.
    #[cfg(feature = "cohort")]
    pub(crate) fn unzip(self) -> (PillarMap<A>, PillarMap<B>) {
        let firsts = PillarMap {
            digital_first_mindset: self.digital_first_mindset.0,
            agile_approach: self.agile_approach.0,
            culture_of_experimentation: self.culture_of_experimentation.0,
            connected_systems: self.connected_systems.0,
        };
        let seconds = PillarMap {
            digital_first_mindset: self.digital_first_mindset.1,
            agile_approach: self.agile_approach.1,
            culture_of_experimentation: self.culture_of_experimentation.1,
            connected_systems: self.connected_systems.1,
        };
        (firsts, seconds)
    }
}

/// Some of the four pillars, each at most once, in the order of the rules; serialises as a list.
///
/// ```
/// use digital_maturity::{Pillar, PillarSet};
///
/// let set: PillarSet = [Pillar::ConnectedSystems, Pillar::AgileApproach].into_iter().collect();
/// assert!(set.contains(Pillar::AgileApproach));
/// assert_eq!(set.iter().next(), Some(Pillar::AgileApproach));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PillarSet(PillarMap<bool>);

impl PillarSet {
    /// Whether `pillar` is among them.
    ///
    /// ```
    /// # use digital_maturity::{Pillar, PillarSet};
    /// assert!(!PillarSet::default().contains(Pillar::AgileApproach));
    /// ```
    #[must_use]
    pub fn contains(self, pillar: Pillar) -> bool {
        self.0[pillar]
    }

    /// Whether there is none.
    ///
    /// ```
    /// # use digital_maturity::PillarSet;
    /// assert!(PillarSet::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The pillars, in the order of the rules.
    ///
    /// ```
    /// # use digital_maturity::PillarSet;
    /// assert_eq!(PillarSet::default().iter().count(), 0);
    /// ```
    pub fn iter(self) -> impl Iterator<Item = Pillar> + Clone {
        Pillar::ALL.into_iter().filter(move |&pillar| self.contains(pillar))
    }
}

impl FromIterator<Pillar> for PillarSet {
    fn from_iter<I: IntoIterator<Item = Pillar>>(pillars: I) -> Self {
        let mut set = Self::default();
        for pillar in pillars {
            set.0[pillar] = true;
        }
        set
    }
}

impl Serialize for PillarSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Some formats must know beforehand how many there are.
        serializer.collect_seq(self.iter().collect::<Vec<_>>())
    }
}

impl<'de> Deserialize<'de> for PillarSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pillars = Vec::<Pillar>::deserialize(deserializer)?;
        let set: Self = pillars.iter().copied().collect();
        if set.iter().count() == pillars.len() {
            Ok(set)
        } else {
            Err(serde::de::Error::custom("a pillar is named more than once"))
        }
    }
}

schema!(PillarSet, |generator| {
    "type": "array",
    "items": generator.subschema_for::<Pillar>(),
    "uniqueItems": true
});
