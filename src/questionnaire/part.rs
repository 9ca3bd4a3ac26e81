//! What could be read of a document: every part of it is there, or known to be missing.

use std::collections::BTreeMap;

use super::check::{Findings, finite, stages, text, value};
use super::read::Listed;
use super::spec::{
    Aggregation, Effort, LadderSpec, NonAnswer, PillarSpec, Points, Policy, SchemaVersion,
};
use crate::document::Place;
use crate::number::{Score, Weight};
use crate::pillar::Pillar;
use crate::text::Text;

/// A part of a specification, and its draft: the same in which parts may be missing. Whatever could
/// not be read was reported when it was read; nothing stands for it, and no check looks at it.
pub(super) trait Part: Sized {
    type Draft;

    /// The draft that nothing is missing in.
    fn draft(self) -> Self::Draft;

    /// `None` if something is missing.
    fn whole(draft: Self::Draft) -> Option<Self>;

    /// Reports what is wrong with it by itself.
    fn check(_findings: &mut Findings, _place: &Place<'_>, _draft: &Self::Draft) {}
}

/// The draft of a part that may be missing.
pub(super) type Slot<T> = Option<<T as Part>::Draft>;

/// What is read as a whole or not at all, and how it is checked.
macro_rules! atoms {
    ($($type:ty $(: $check:path)?),+ $(,)?) => {
        $(impl Part for $type {
            type Draft = Self;

            $(fn check(findings: &mut Findings, place: &Place<'_>, part: &Self) {
                $check(findings, place, part);
            })?

            fn draft(self) -> Self {
                self
            }

            fn whole(draft: Self) -> Option<Self> {
                Some(draft)
            }
        })+
    };
}

atoms![
    bool, i64: value, f64: finite, String, Score, Weight, Text: text, Pillar,
    BTreeMap<Pillar, PillarSpec>, SchemaVersion, LadderSpec: stages, Aggregation, Policy, Effort,
    Points, NonAnswer,
];

impl<T: Part> Part for Option<T> {
    type Draft = Slot<T>;

    fn draft(self) -> Slot<T> {
        self.map(T::draft)
    }

    fn whole(draft: Slot<T>) -> Option<Self> {
        match draft {
            Some(draft) => T::whole(draft).map(Some),
            None => Some(None),
        }
    }

    fn check(findings: &mut Findings, place: &Place<'_>, draft: &Slot<T>) {
        if let Some(draft) = draft {
            T::check(findings, place, draft);
        }
    }
}

impl<T: Part> Part for Vec<T> {
    type Draft = Vec<Listed<T::Draft>>;

    fn draft(self) -> Self::Draft {
        self.into_iter().map(|part| Some(Box::new(part.draft()))).collect()
    }

    fn whole(draft: Self::Draft) -> Option<Self> {
        draft.into_iter().map(|part| T::whole(*part?)).collect()
    }
}

impl<T: Part> Part for BTreeMap<String, T> {
    type Draft = Vec<(String, Slot<T>)>;

    fn draft(self) -> Self::Draft {
        self.into_iter().map(|(name, part)| (name, Some(part.draft()))).collect()
    }

    fn whole(draft: Self::Draft) -> Option<Self> {
        draft.into_iter().map(|(name, slot)| Some((name, T::whole(slot?)?))).collect()
    }
}

/// The objects of a document, each in one table: its keys, how each is read, and what each must
/// satisfy. From it come the draft, its reading and its check.
macro_rules! parts {
    ($(
        $spec:ident as $draft:ident {
            $($field:ident: $type:ty = $how:ident($($args:expr),+) $(, $check:expr)?;)+
        }
    )+) => {
        $(
            #[derive(Debug)]
            pub(crate) struct $draft {
                $(pub(crate) $field: Slot<$type>),+
            }

            impl Part for $spec {
                type Draft = $draft;

                fn draft(self) -> $draft {
                    $draft { $($field: Some(self.$field.draft())),+ }
                }

                fn whole(draft: $draft) -> Option<Self> {
                    Some(Self { $($field: Part::whole(draft.$field?)?),+ })
                }

                fn check(findings: &mut Findings, place: &Place<'_>, draft: &$draft) {
                    $(if let Some(part) = &draft.$field {
                        let place = place.key(stringify!($field));
                        <$type as Part>::check(findings, &place, part);
                        $($check(findings, &place, part);)?
                    })+
                }
            }

            impl $draft {
                pub(crate) fn read(reader: &mut Reader, at: At<'_>) -> Option<Self> {
                    let mut fields = reader.fields(at)?;
                    let draft = Self {
                        $($field: fields.$how(reader, stringify!($field), $($args),+)),+
                    };
                    fields.finish(reader);
                    Some(draft)
                }
            }
        )+
    };
}
pub(super) use parts;
