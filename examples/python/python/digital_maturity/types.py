"""The shapes of what goes in and comes out, for type checkers."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, TypedDict

#: A document: a dict, JSON or YAML as text or bytes, or a path to it.
Document = Mapping[str, Any] | str | bytes | os.PathLike[str]

#: The tools whose files are read.
Export = Literal[
    "google-forms",
    "microsoft-forms",
    "surveymonkey",
    "limesurvey",
    "qualtrics",
    "redcap",
    "kobo",
    "odk",
]

#: A table of a paper.
Table = Literal["comparison", "reliability", "items", "correlations", "all"]

Deletion = Literal["listwise", "pairwise"]


class ArrowStream(Protocol):
    """Whatever hands over a table or a column as a stream of Arrow: frames, tables, series."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class ArrowArray(Protocol):
    """Whatever hands over one batch or one array of Arrow."""

    def __arrow_c_array__(self, requested_schema: object = None) -> Any: ...


class _Finding(TypedDict):
    severity: Literal["error", "warning", "note"]
    code: str
    path: str
    message: str


class Finding(_Finding, total=False):
    """One thing that is wrong or odd."""

    suggestion: str
    question: str
    line: int
    column: int
    row: int
    header: str
    count: int


class ExportOptions(TypedDict, total=False):
    """How a file of a survey tool is read; see ``Questionnaire.read_export``."""

    id: str | None
    carried: str | Sequence[str]
    codes: Document | None
    cells: Literal["value", "text"] | None
    decimal: Literal[".", ","]
    delimiter: str | None
    encoding: str | None
    header_rows: int | None
    unticked: Literal["missing", "none"] | None
    where: str | Sequence[str]
    ignore: str | Sequence[str]
    ignore_unknown: bool
    others: Literal["error", "ignore"]
    missing: str | Sequence[str]
    not_applicable: str | Sequence[str]
    dont_know: str | Sequence[str]
    duplicates: Literal["all", "first", "last"]
