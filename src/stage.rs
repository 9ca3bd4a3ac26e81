//! The five stages of digital maturity.

use crate::names::map_of;

/// One of the five stages of digital maturity, lowest first.
///
/// The stages are those of Marco Iansiti and Satya Nadella, "Democratizing Transformation",
/// Harvard Business Review, May-June 2022. There is no sixth: matching on a stage needs no
/// catch-all arm.
///
/// ```
/// use digital_maturity::Stage;
///
/// assert!(Stage::Hubs > Stage::Bridge);
/// assert_eq!(Stage::Hubs.next(), Some(Stage::Platform));
/// assert_eq!(Stage::Native.next(), None);
/// assert_eq!("hubs".parse(), Ok(Stage::Hubs));
/// assert_eq!(Stage::Hubs.to_string(), "hubs"); // the wire name; `name()` is for readers
/// assert_eq!(Stage::Hubs.name(), "Hubs");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias("maturity_level"))]
pub enum Stage {
    /// Digital is the business of the IT department; data sit in functional silos.
    Traditional,
    /// Pilots join technologists and business people, point by point.
    Bridge,
    /// Groups of functions share data and capabilities through hubs.
    Hubs,
    /// One foundation of software and data, on which applications are deployed quickly.
    Platform,
    /// Built to put artificial intelligence to use across the organisation.
    Native,
}

map_of!(
    Stage,
    "stage",
    #[cfg_attr(feature = "schema", schemars(rename = "{T}ByStage"))]
    /// One value for each stage; a stage without a value cannot exist.
    ///
    /// ```
    /// use digital_maturity::{Stage, StageMap};
    ///
    /// let letters = StageMap::from_fn(|stage| stage.name().len());
    /// assert_eq!(letters.hubs, 4);
    /// assert_eq!(letters[Stage::Native], 6);
    /// ```
    StageMap {
        /// Traditional.
        traditional: Traditional,
        /// Bridge.
        bridge: Bridge,
        /// Hubs.
        hubs: Hubs,
        /// Platform.
        platform: Platform,
        /// Native.
        native: Native,
    }
);

impl Stage {
    /// The stages that have bounds: all but the lowest.
    pub const ABOVE_LOWEST: [Self; 4] = [Self::Bridge, Self::Hubs, Self::Platform, Self::Native];

    /// The stage's place on the ladder, from 1 to 5.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// assert_eq!(Stage::Hubs.number(), 3);
    /// ```
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The English name, for readers.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// assert_eq!(Stage::Native.name(), "Native");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Traditional => "Traditional",
            Self::Bridge => "Bridge",
            Self::Hubs => "Hubs",
            Self::Platform => "Platform",
            Self::Native => "Native",
        }
    }

    /// What it means to be at this stage, in one English sentence.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// assert!(Stage::Bridge.meaning().starts_with("Pilots"));
    /// ```
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Traditional => {
                "Digital work belongs to the IT department, data and software sit in the silos of \
                 each function, and the business gains little from them."
            }
            Self::Bridge => {
                "Pilots bring technologists and business people together across silos, and the \
                 first successes stand here and there."
            }
            Self::Hubs => {
                "Groups of functions share their data and capabilities through hubs, and a growing \
                 number of business people take part."
            }
            Self::Platform => {
                "The hubs have become one foundation of software and data, on which applications, \
                 analytics and artificial intelligence are put to use quickly."
            }
            Self::Native => {
                "The organisation is built to use artificial intelligence at scale: a core of \
                 experts, easy tools for everyone, and broad training."
            }
        }
    }

    /// The next higher stage, or `None` at the top.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// assert_eq!(Stage::Traditional.next(), Some(Stage::Bridge));
    /// ```
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Traditional => Some(Self::Bridge),
            Self::Bridge => Some(Self::Hubs),
            Self::Hubs => Some(Self::Platform),
            Self::Platform => Some(Self::Native),
            Self::Native => None,
        }
    }

    /// The next lower stage, or `None` at the bottom.
    ///
    /// ```
    /// # use digital_maturity::Stage;
    /// assert_eq!(Stage::Bridge.previous(), Some(Stage::Traditional));
    /// assert_eq!(Stage::Traditional.previous(), None);
    /// ```
    #[must_use]
    pub const fn previous(self) -> Option<Self> {
        match self {
            Self::Traditional => None,
            Self::Bridge => Some(Self::Traditional),
            Self::Hubs => Some(Self::Bridge),
            Self::Platform => Some(Self::Hubs),
            Self::Native => Some(Self::Platform),
        }
    }
}
