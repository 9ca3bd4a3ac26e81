import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, final

from typing_extensions import Unpack

from .types import ArrowArray, ArrowStream, Deletion, Document, Export, ExportOptions, Finding, Table

__all__ = ["Answers", "MaturityError", "Questionnaire", "Scores", "agreement"]

class MaturityError(ValueError):





    """A document, answers, columns, a file or an argument that is refused.

    `findings` lists everything that was found, each a dict with `severity`, `code`, `path` (a JSON
    Pointer) and `message`, and more where it is known. As text: one line a finding.
    """

    findings: list[Finding]

@final
class Questionnaire:





    """A questionnaire that was checked: its questions, scales, weights and ladder.

    ``document`` is a dict, a text in JSON (if it begins with a brace) or YAML, the same as UTF-8
    bytes, or a path to such a file. Two are equal if they score alike. Can be pickled.

    Raises ``MaturityError`` with everything that is wrong with the document, in its order; for JSON
    each finding has line and column.
    """

    def __new__(cls, document: Document, /) -> Questionnaire: ...
    @staticmethod
    def dcx() -> Questionnaire:
        """The built-in questionnaire of Digital CX, in full."""
    @staticmethod
    def dcx_pulse() -> Questionnaire:
        """The built-in short one, of twelve questions."""
    @property
    def id(self) -> str:
        """Its id."""
    @property
    def version(self) -> str:
        """Its version."""
    @property
    def title(self) -> str:
        """Its title, in its default language."""
    @property
    def fingerprint(self) -> str:
        """What scores in it, as a hash: equal for two that score alike."""
    @property
    def questions(self) -> list[str]:
        """The ids of its questions, in order: the names of the columns that ``score`` takes."""
    @property
    def warnings(self) -> list[Finding]:
        """What its author should look at: a list of findings, as in ``MaturityError``."""
    def document(self) -> dict[str, Any]:
        """The whole of it as a dict, which makes the same questionnaire again."""
    def read(self, answers: Document, /, *, lenient: bool = False) -> Answers:
        """The answers of one organisation.

        ``answers`` is a dict of answers by the id of their question, or an envelope ``{"answers": ..,
        "respondent": .., "taken": ..}``, or either as JSON or YAML text, bytes or path. An answer is a
        number, ``True`` or ``False``, a list of items, ``"not_applicable"``, ``"dont_know"``, or
        ``None``; scalars of numpy and gaps of pandas are taken, too. ``lenient`` reads answers as forms
        and survey tools send them.

        Raises ``MaturityError`` with everything that is wrong with them.
        """
    def score(
        self,
        data: ArrowStream | ArrowArray | Mapping[str, Any],
        /,
        *,
        missing: Literal["error", "unanswered"] = "error",
    ) -> Scores:
        """Scores a table: a row a respondent, a column a question, named by its id.

        ``data`` is a frame of pandas or polars, a table of pyarrow, anything else with
        ``__arrow_c_stream__`` or ``__arrow_c_array__``, or a dict of columns: one-dimensional arrays of
        numpy, series, Arrow arrays or lists, all of one length. Other columns are passed over. A
        checklist is a column of lists, or a column of true and false, or 1 and 0, for each item:
        ``question[item]`` or ``question___item``.

        Cells are what answers are, and texts of choices; NaN, ``None`` and null are no answer. A column
        of ``uint8`` to a question of choices (values 0 to 251) or of yes and no (0 and 1) is used where
        it lies, without a copy: 255 in it is no answer, 254 don't know, 253 not applicable. Columns of
        other numbers are read where they lie, and kept as a byte a row. Nobody may write to the arrays
        meanwhile.

        A cell that is no answer spoils its own row, which then has no score, and is among
        ``Scores.findings``. With ``missing="unanswered"`` a question without a column is unanswered for
        all, which is a warning there. The interpreter is free for other threads while rows are scored.

        Raises ``MaturityError`` for questions without a column, columns that occur twice, are uneven, or
        of which nothing can be an answer, all at once, and where no column is about a question;
        ``TypeError`` if ``data`` is no table.
        """
    def read_export(
        self,
        source: str | bytes | os.PathLike[str],
        /,
        export: Export | None = None,
        **options: Unpack[ExportOptions],
    ) -> Scores:
        """Scores the file of a survey tool: a path, or bytes.

        ``export`` is ``"google-forms"``, ``"microsoft-forms"``, ``"surveymonkey"``, ``"limesurvey"``,
        ``"qualtrics"``, ``"redcap"``, ``"kobo"`` or ``"odk"``; without it, a CSV file with one row of
        header. The options are those of the command ``maturity cohort``, and decide what the tool does
        not:

        - ``id``, ``carried``: columns that are handed on. They stand in the table of scores, and rows can
          be grouped by them
        - ``codes``: what columns and cells stand for: a dict, JSON, YAML or a path
        - ``cells``: ``"value"`` or ``"text"``; ``decimal``: ``"."`` or ``","``; ``delimiter``: one
          character; ``encoding``: such as ``"windows-1252"``; ``header_rows``: how many rows the header
          has
        - ``unticked``: ``"missing"`` or ``"none"``, what a checklist without a tick means
        - ``where``: conditions on rows, such as ``"Finished=True"``
        - ``ignore``: columns to pass over, in which ``*`` is anything; ``ignore_unknown``: whether
          columns that nobody knows are passed over without a word
        - ``others``: ``"error"`` or ``"ignore"``, of entries that are no choice
        - ``missing``, ``not_applicable``, ``dont_know``: texts that say so
        - ``duplicates``: ``"all"``, ``"first"`` or ``"last"`` of one id

        What is wrong or odd in the file is in ``Scores.findings``; rows with errors have no score. The
        file is in memory as a whole, and the interpreter free while it is read and scored.

        Raises ``MaturityError`` with everything for which the file cannot be read, ``OSError`` if it
        cannot be opened, ``TypeError`` for an option that is not there.
        """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[type[Questionnaire], tuple[dict[str, Any]]]: ...

@final
class Answers:





    """The answers of one organisation, each of which its question takes: from ``Questionnaire.read``."""

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that is answered."""
    @property
    def respondent(self) -> str | None:
        """Who answered, or ``None``."""
    @property
    def warnings(self) -> list[Finding]:
        """What is odd about the answers: a list of findings, as in ``MaturityError``."""
    def assess(self) -> dict[str, Any]:
        """The result: the dict of ``maturity assess --format json``. Scores are from 0 to 1."""
    def outlook(self) -> dict[str, Any]:
        """What the open answers can still make of it: the dict of ``maturity outlook --format json``."""
    def roadmap(self, target: str, /, *, budget: int | None = None) -> dict[str, Any]:
        """The exact cheapest way to a target: the dict of ``maturity roadmap --format json``.

        ``target`` is a stage, ``"platform"``, or stages of pillars,
        ``"agile_approach=hubs,connected_systems=native"``, or both. ``budget`` bounds the steps of the
        search; the interpreter is free meanwhile.

        Raises ``MaturityError`` for what is no target, and where the search would take more than its
        budget.
        """
    def report(
        self,
        of: Literal["assessment", "outlook", "roadmap"] = "assessment",
        *,
        format: Literal["text", "markdown", "html", "latex"] = "text",
        language: str = "en",
        target: str | None = None,
        by: str | None = None,
    ) -> str:
        """A report: of the ``"assessment"``, the ``"outlook"``, or the ``"roadmap"`` to ``target``.

        ``format`` is ``"text"``, ``"markdown"``, ``"html"`` (one page with its pictures in it) or
        ``"latex"`` (needs booktabs), ``language`` a BCP 47 tag (there are words in English and German).
        ``by`` is the day by which a roadmap shall be done, such as ``"2027-06-30"``.

        Raises ``MaturityError`` for an argument that is not among these.
        """
    def picture(
        self, name: Literal["radar", "ladder", "families"] = "radar", *, language: str = "en"
    ) -> str:
        """A picture as SVG: ``"radar"``, ``"ladder"`` or ``"families"``.

        Raises ``MaturityError`` for another name.
        """

@final
class Scores:





    """The scores of n respondents: from ``Questionnaire.score`` or ``Questionnaire.read_export``.

    It is an Arrow table for whoever takes one: ``pyarrow.table(scores)``,
    ``polars.DataFrame(scores)``, ``pandas.DataFrame.from_arrow(scores)``. Its n rows have ``row``
    (uint64: from 0, or of a file from 1 after the header), columns that a file hands on, ``stage``
    (text: a stage, ``not_scorable`` or ``bad``), ``overall``, the four pillars and the themes
    (float64 from 0 to 1, null where there is no score), as in the file of ``maturity cohort --themes
    --out``.

    Arrays of numpy that were used where they lay are kept, and used again by ``record``,
    ``reliability``, ``correlations``, ``agreement`` and the tables of ``report`` that need answers;
    ``RuntimeError`` if scores of them have changed since.
    """

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that is answered."""
    @property
    def bad_rows(self) -> int:
        """How many rows have no score for a cell that is no answer."""
    @property
    def findings(self) -> list[Finding]:
        """What is wrong or odd: a list of dicts, at most a thousand.

        Of a table each question without a column, if that may be, and each cell that is no answer, with
        ``row`` (from 0), ``question``, ``code`` and ``message``; of a file each kind of thing, with
        ``row`` and ``line`` where it is first met, ``header`` and ``count``.
        """
    def __len__(self, /) -> int: ...
    def __arrow_c_schema__(self) -> object:
        """The schema of the table, as a capsule of the Arrow C data interface."""
    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table, as a capsule of the Arrow C stream interface."""
    def record(self, row: int, /) -> dict[str, Any] | None:
        """The result of one respondent in full, as ``Answers.assess`` gives it; ``None`` if the row is bad.

        ``row`` is its place, from 0. Raises ``IndexError`` if there is none.
        """
    def summary(self, *, by: str | Iterable[Any] | None = None) -> dict[str, Any]:
        """How many are at each stage, and how scores are spread: a dict, as in ``maturity cohort
        --summary``.

        With ``by`` a dict of such dicts, by group. ``by`` is the name of a column that a file hands on
        (``id``, ``carried``), or n keys: a list, an array, a series; those that are missing are of the
        group ``""``.

        Raises ``MaturityError`` unless there is a key for each row, and for more than a thousand groups.
        """
    def reliability(
        self, *, deletion: Deletion = "listwise", level: float = 0.95
    ) -> dict[str, Any]:
        """How consistent the questions of each pillar are: a dict by pillar.

        ``alpha`` (Cronbach's, of unweighted credits) with ``alpha_interval`` (Feldt) and
        ``duhachek_interval`` of that ``level``, ``weighted_alpha`` (of credits times weights, as they are
        scored), ``consistency`` (omega, lambda-6, halves), ``items`` (a dict for each question: item-rest
        correlation, alpha without it), ``remarks``. A figure is ``{"value": ..}``, or ``{"undefined":
        reason}``. ``deletion`` is ``"listwise"`` or ``"pairwise"``.

        Raises ``MaturityError`` for another ``deletion`` or ``level``.
        """
    def correlations(self, *, deletion: Deletion = "pairwise") -> dict[str, Any]:
        """How the scores of the pillars go together: a dict with ``pairs``, six of them, each with ``n`` and
        ``r``.

        Raises ``MaturityError`` for another ``deletion`` than ``"listwise"`` or ``"pairwise"``.
        """
    def agreement(self, by: str | Iterable[Any], /, *, level: float = 0.95) -> dict[str, Any]:
        """How far the respondents of a group agree, and how far groups differ: a dict by pillar.

        ``icc`` (one-way, of the scores; beside it ``f``, ``p`` and the intervals), and ``within``: by
        group ``r_wg_j``, ``r_star`` and ``ad`` of the credits of the questions; ``None`` where they are
        not on one scale of even steps. ``by`` is the name of a column that a file hands on (``id``,
        ``carried``), or n keys: a list, an array, a series; those that are missing are left out.

        Raises ``MaturityError`` as ``summary`` does.
        """
    def report(
        self,
        tables: Table | Sequence[Table] | None = None,
        *,
        by: str | Iterable[Any] | None = None,
        format: Literal["text", "markdown", "html", "latex", "tidy"] = "text",
        language: str = "en",
        deletion: Deletion = "listwise",
        about: str | None = None,
    ) -> str:
        """The tables of a paper: table 1, with a column for each group, and what is asked for besides.

        ``tables`` is ``"comparison"`` (needs ``by``), ``"reliability"``, ``"items"``, ``"correlations"``,
        a list of these, or ``"all"``; in ``"all"`` the comparison is there if ``by`` is. ``format`` is
        ``"text"``, ``"markdown"``, ``"html"``, ``"latex"`` (needs booktabs), or ``"tidy"``: a CSV of all
        figures with the columns table, group, subject, figure, value.

        ``by`` is the name of a column that a file hands on (``id``, ``carried``), or n keys: a list, an
        array, a series; those that are missing are in a column of their own. A series names the groups by
        its own name. ``language`` is a BCP 47 tag, ``about`` a line below the title.

        Raises ``MaturityError`` for an argument that is not among these.
        """
    def benchmark(
        self, answers: Answers, /, *, rank: Literal["mid", "weak", "strict"] = "mid"
    ) -> dict[str, Any]:
        """Where one organisation stands among these: the dict of ``maturity benchmark --format json``.

        ``rank`` is ``"mid"``, ``"weak"`` or ``"strict"``: how those with an equal score count.

        Raises ``MaturityError`` if the answers are to a questionnaire that scores otherwise.
        """
    def picture(
        self,
        name: Literal["spread", "boxes", "heat", "choices", "trend", "radar"] = "spread",
        *,
        by: str | Iterable[Any] | None = None,
        of: Answers | int | None = None,
        language: str = "en",
    ) -> str:
        """A picture as SVG: of all and of groups, or ``"radar"``, the result of one over the medians and
        the middle halves of all.

        ``"spread"`` shows how the overall is spread, ``"boxes"`` the quartiles of the pillars,
        ``"heat"`` the means of pillars and themes, ``"choices"`` the shares of the levels of each
        question, ``"trend"`` the means of the groups as waves. ``by`` is as in ``report``; ``"trend"``
        needs it. ``of`` is whose result the radar shows: ``Answers``, or the place of a row, from 0.

        Raises ``MaturityError`` for another name, for what is needed and not there, for a row with a
        cell that is no answer, and for answers to a questionnaire that scores otherwise; ``IndexError``
        if there is no such row.
        """

def agreement(ratings: Any, /, *, level: float = 0.95) -> dict[str, Any]:
    """How far raters agree: n units, and what each of k raters gave them.

    ``ratings`` is a list of n lists of k numbers, an array of numpy of shape (n, k), or a frame;
    ``None`` and NaN are no rating. Gives Fleiss' kappa, Krippendorff's alpha (nominal, ordinal,
    interval) and the two-way intraclass correlations with F, p and intervals of that ``level``.

    Raises ``MaturityError`` for what is no table of numbers, and for a level that is not between 0
    and 1.
    """
