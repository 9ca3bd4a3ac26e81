"""The shapes of what goes in and comes out, for type checkers."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, TypedDict, Union

#: A document: a dict, JSON or YAML as text or bytes, or a path to it.
Document = Union[Mapping[str, Any], str, bytes, "os.PathLike[str]"]

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

    id: Union[str, None]
    carried: Union[str, Sequence[str]]
    codes: Union[Document, None]
    cells: Union[Literal["value", "text"], None]
    decimal: Literal[".", ","]
    delimiter: Union[str, None]
    encoding: Union[str, None]
    header_rows: Union[int, None]
    unticked: Union[Literal["missing", "none"], None]
    where: Union[str, Sequence[str]]
    ignore: Union[str, Sequence[str]]
    ignore_unknown: bool
    others: Literal["error", "ignore"]
    missing: Union[str, Sequence[str]]
    not_applicable: Union[str, Sequence[str]]
    dont_know: Union[str, Sequence[str]]
    duplicates: Literal["all", "first", "last"]
