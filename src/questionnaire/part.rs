//! What could be read of a document: every part of it is there, or known to be missing.

use std::collections::BTreeMap;

use super::limits::Bounds;
use super::spec::{
    Aggregation, Effort, LadderSpec, Method, NonAnswer, PillarSpec, Points, Policy, SchemaVersion,
};
use crate::document::Reader;
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
}

/// The draft of a part that may be missing.
pub(super) type Slot<T> = Option<<T as Part>::Draft>;

/// What is read as a whole or not at all.
macro_rules! atoms {
    ($($type:ty),+ $(,)?) => {
        $(impl Part for $type {
            type Draft = Self;

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
    bool, i64, f64, String, Score, Weight, Text, Pillar, BTreeMap<Pillar, PillarSpec>, SchemaVersion,
    LadderSpec, Method, Aggregation, Policy, Effort, Points, NonAnswer,
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
}

impl<T: Part> Part for Vec<T> {
    type Draft = Vec<Slot<T>>;

    fn draft(self) -> Self::Draft {
        self.into_iter().map(|part| Some(part.draft())).collect()
    }

    fn whole(draft: Self::Draft) -> Option<Self> {
        draft.into_iter().map(|slot| T::whole(slot?)).collect()
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

/// What the check of a draft finds. Warnings are those of a valid document: an error hides them.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) errors: Reader,
    pub(super) warnings: Reader,
}

/// The parts of a list that are there, with their positions; what is beyond the bounds is not
/// looked at.
pub(super) fn within<D>(bounds: Bounds, list: &[Option<D>]) -> impl Iterator<Item = (usize, &D)> {
    let list = list.iter().take(bounds.most).enumerate();
    list.filter_map(|(index, part)| Some((index, part.as_ref()?)))
}

/// The objects of a document, each in one table: its keys, how each is read, and what each must
/// satisfy. From it come the draft, its reading and its check.
macro_rules! parts {
    ($(
        $spec:ident as $draft:ident {
            $($field:ident: $type:ty = $how:ident($read:expr), $check:expr;)+
        }
    )+) => {
        $(
            #[derive(Debug)]
            pub(in crate::questionnaire) struct $draft {
                $(pub(in crate::questionnaire) $field: Slot<$type>),+
            }

            impl Part for $spec {
                type Draft = $draft;

                fn draft(self) -> $draft {
                    $draft { $($field: Some(self.$field.draft())),+ }
                }

                fn whole(draft: $draft) -> Option<Self> {
                    Some(Self { $($field: Part::whole(draft.$field?)?),+ })
                }
            }

            impl $draft {
                pub(in crate::questionnaire) fn read(
                    reader: &mut Reader,
                    at: At<'_>,
                ) -> Option<Self> {
                    let mut fields = reader.fields(at)?;
                    let draft = Self {
                        $($field: $how::<$type>(&mut fields, reader, stringify!($field), $read)),+
                    };
                    fields.finish(reader);
                    Some(draft)
                }

                pub(in crate::questionnaire) fn check(
                    findings: &mut Findings,
                    place: &Place<'_>,
                    draft: &Self,
                ) {
                    $(if let Some(part) = &draft.$field {
                        $check(findings, &place.key(stringify!($field)), part);
                    })+
                }
            }
        )+
    };
}
pub(super) use parts;
