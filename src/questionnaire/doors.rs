//! The doors: from a document and from a specification to the checked questionnaire.

use std::sync::Arc;

use serde::Deserializer;

use super::check::Findings;
use super::draft::QuestionnaireDraft;
use super::fingerprint::Fingerprint;
use super::identity::Identity;
use super::lint::lint;
use super::part::Part;
use super::references;
use super::resolved::Resolved;
use super::size::{self, Limits};
use super::spec::QuestionnaireSpec;
use super::{Inner, Questionnaire};
use crate::diagnostic::{Errors, Path, Segment};
use crate::document::{At, Node, Place, Reader, deserialize_by_reading, positions_in_json};

impl Questionnaire {
    /// The questionnaire in a JSON document.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in one go and in its order (scoring rules,
    /// sections 1, 3, 4, 6 and 12).
    ///
    /// # Cost
    ///
    /// Linear in the length of the document, of which 16 MiB are read; see
    /// [what each door costs](crate::guide::untrusted#what-it-costs).
    #[doc(alias("validate", "validation", "parse"))]
    pub fn from_json(json: &str) -> Result<Self, Errors> {
        Self::from_json_within(json, &Limits::default())
    }

    /// The questionnaire in a JSON document, if it keeps to those limits, too.
    ///
    /// # Errors
    ///
    /// As with [`from_json`](Self::from_json); beyond `bytes` that alone, and nothing is read.
    ///
    /// ```
    /// use digital_maturity::Questionnaire;
    /// use digital_maturity::spec::Limits;
    ///
    /// let mut limits = Limits::default();
    /// limits.text = 2000;
    /// let pulse = serde_json::to_string(Questionnaire::dcx_pulse())?;
    /// assert!(Questionnaire::from_json_within(&pulse, &limits).is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[doc(alias("untrusted", "limit"))]
    pub fn from_json_within(json: &str, limits: &Limits) -> Result<Self, Errors> {
        let node = Node::from_json_within(json, limits.bytes)?;
        let located = |findings: &[_]| positions_in_json(json, findings);
        let mut read = Inner::from_node(&node, limits).map_err(|errors| errors.at(located))?;
        read.warnings = read.warnings.at(located);
        Ok(Self(Arc::new(read)))
    }

    /// The questionnaire in a document of any serde format, with the same check and the same
    /// structured report as [`from_json`](Self::from_json).
    ///
    /// # Errors
    ///
    /// One finding if `document` cannot be read at all, else everything that is wrong with it.
    ///
    /// ```
    /// use digital_maturity::{Code, Questionnaire};
    ///
    /// // Here the format is JSON; a YAML or TOML crate hands over its deserializer the same way.
    /// let mut document = serde_json::Deserializer::from_str(r#"{ "schema": 1 }"#);
    /// let report = Questionnaire::from_document(&mut document).unwrap_err();
    /// assert!(report.iter().all(|finding| finding.code() == Code::MissingKey));
    /// ```
    #[doc(alias("yaml", "toml", "validate"))]
    pub fn from_document<'de, D: Deserializer<'de>>(document: D) -> Result<Self, Errors> {
        Self::from_node(&Node::from_document(document)?)
    }

    fn from_node(node: &Node<'_>) -> Result<Self, Errors> {
        Ok(Self(Arc::new(Inner::from_node(node, &Limits::default())?)))
    }

    fn from_spec(spec: QuestionnaireSpec, limits: &Limits) -> Result<Self, Errors> {
        let of = Inner::from_draft(Findings::default(), spec.draft(), None, limits)?;
        Ok(Self(Arc::new(of)))
    }
}

impl Inner {
    fn from_node(node: &Node<'_>, limits: &Limits) -> Result<Self, Errors> {
        let mut findings = Findings::default();
        let draft =
            QuestionnaireDraft::read(&mut findings.errors, At { node, place: &Place::ROOT });
        match draft.filter(|_| !findings.errors.overflowed()) {
            Some(draft) => Self::from_draft(findings, draft, Some(node), limits),
            None => Err(findings.errors.refuse(node).about(|path| question_of(node, path))),
        }
    }

    /// Here the roads from a document and from a specification meet. `node` is the document; what
    /// was found in a specification stands in the order in which it would be written.
    fn from_draft(
        mut findings: Findings,
        draft: QuestionnaireDraft,
        node: Option<&Node<'_>>,
        limits: &Limits,
    ) -> Result<Self, Errors> {
        <QuestionnaireSpec as Part>::check(&mut findings, &Place::ROOT, &draft);
        if !findings.errors.overflowed() {
            references::check(&mut findings.errors, &draft);
        }
        let Findings { mut errors, mut warnings } = findings;
        let mut spec = QuestionnaireSpec::whole(draft);
        if let Some(spec) = &spec {
            size::check(&mut errors, spec, limits);
        }
        let Some(spec) = spec.take_if(|_| !errors.failed()) else {
            let written = spec.filter(|_| node.is_none()).map(|spec| written(&spec));
            let node = node.or(written.as_ref()).unwrap_or(&Node::Null);
            return Err(errors.refuse(node).about(|path| question_of(node, path)));
        };
        let of = Resolved::new(spec);
        lint(&mut warnings, &of);
        let written = (node.is_none() && !warnings.is_empty()).then(|| written(&of.spec));
        let node = node.or(written.as_ref()).unwrap_or(&Node::Null);
        let warnings = warnings.finish(node)?.about(|path| question_of(node, path));
        let fingerprint = Fingerprint::of(&of);
        let (id, version) = (of.spec.id.as_str().into(), of.spec.version.as_str().into());
        let identity = Identity { id, version, fingerprint };
        Ok(Self { of, identity, warnings })
    }
}

impl QuestionnaireSpec {
    /// The questionnaire that it makes as it stands; the specification is still there to be edited.
    /// To give it away instead, `Questionnaire::try_from`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one go and in the order of its JSON form.
    ///
    /// ```
    /// # use digital_maturity::{Questionnaire, QuestionnaireSpec};
    /// let mut spec: QuestionnaireSpec = Questionnaire::dcx_pulse().spec().clone();
    /// spec.version = "next".to_owned();
    /// assert_eq!(spec.check().unwrap_err().first().path().to_string(), "/version");
    /// spec.version = "1.1.0".to_owned();
    /// assert_eq!(spec.check()?.version(), "1.1.0");
    /// # Ok::<(), digital_maturity::Errors>(())
    /// ```
    #[doc(alias("validate", "build"))]
    pub fn check(&self) -> Result<Questionnaire, Errors> {
        self.check_within(&Limits::default())
    }

    /// The questionnaire that it makes, if it keeps to those limits, too: for documents of other
    /// formats, which are first read as a specification. `bytes` says nothing here.
    ///
    /// # Errors
    ///
    /// As with [`check`](Self::check).
    ///
    /// ```
    /// # use digital_maturity::Questionnaire;
    /// # use digital_maturity::spec::Limits;
    /// let mut limits = Limits::default();
    /// limits.choices = 4;
    /// let errors = Questionnaire::dcx_pulse().spec().check_within(&limits).unwrap_err();
    /// assert_eq!(
    ///     errors.first().to_string(),
    ///     "error[too-many] /questions/0/scale/choices: too many choices: found 5, at most 4 may be there",
    /// );
    /// ```
    pub fn check_within(&self, limits: &Limits) -> Result<Questionnaire, Errors> {
        Questionnaire::from_spec(self.clone(), limits)
    }
}

impl TryFrom<QuestionnaireSpec> for Questionnaire {
    type Error = Errors;

    /// Checks a specification built in code as it stands, by the same rules as any document: paths
    /// are those of its JSON form.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one go and in the order of its JSON form.
    ///
    /// ```
    /// use digital_maturity::spec::{BandSpec, QuestionSpec, ScaleSpec};
    /// use digital_maturity::{Pillar, Questionnaire, QuestionnaireSpec, Score};
    ///
    /// let mut spec = QuestionnaireSpec::new("canteen", "1.0.0", "Is the canteen digital?");
    /// let bands = vec![BandSpec::new(f64::NAN, Score::ONE)];
    /// let scale = ScaleSpec::Measure { unit: "days".into(), bands };
    /// spec.questions.push(QuestionSpec::new("q", Pillar::AgileApproach, "How long?", scale));
    /// let errors = Questionnaire::try_from(spec).unwrap_err();
    /// assert_eq!(
    ///     errors.as_slice().last().unwrap().to_string(),
    ///     "error[not-finite] /questions/0/scale/bands/0/from: expected a finite number, found NaN",
    /// );
    /// ```
    fn try_from(spec: QuestionnaireSpec) -> Result<Self, Errors> {
        Self::from_spec(spec, &Limits::default())
    }
}

/// The id of the question that a path leads into.
fn question_of(document: &Node<'_>, path: &Path) -> Option<String> {
    let [Segment::Key(key), Segment::Index(index), ..] = path.segments() else { return None };
    let Some(Node::List(questions)) = document.get("questions").filter(|_| key == "questions")
    else {
        return None;
    };
    match questions.get(*index)?.get("id")? {
        Node::Text(id) => Some(id.as_ref().to_owned()),
        _ => None,
    }
}

/// The document as which a specification is written, so that places in it can be put in order.
fn written(spec: &QuestionnaireSpec) -> Node<'static> {
    let text = serde_json::to_string(spec).unwrap_or_default();
    Node::from_json(&text).map_or(Node::Null, Node::into_owned)
}

fn spec_from_node(node: &Node<'_>) -> Result<QuestionnaireSpec, Errors> {
    let read = |reader: &mut Reader, at: At<'_>| {
        QuestionnaireDraft::read(reader, at).and_then(QuestionnaireSpec::whole)
    };
    Reader::document(node, read)
}

deserialize_by_reading!(Questionnaire, Questionnaire::from_node);
deserialize_by_reading!(QuestionnaireSpec, spec_from_node);
