"""Files of survey tools."""

from collections.abc import Callable
from pathlib import Path

import digital_maturity as dm
import pyarrow as pa
import pytest
from conftest import ANSWERS, Command, rows_of

QUALTRICS = """\
ResponseId,Status,Finished,case_view,journey_owner
Response ID,Response Type,Finished,Is there a case?,Who owns it?
"{""ImportId"":""_recordId""}",{},{},{},{}
R_1,1,1,5,5
R_2,0,1,4,3
R_3,0,1,4,a lot
R_4,0,0,4,4
"""


def test_a_file_is_scored_as_the_command_scores_it(
    maturity: Command, dcx: dm.Questionnaire, tmp_path: Path
) -> None:
    out = tmp_path / "scores.csv"
    maturity(
        "cohort", "--id", "respondent", "--carry", "industry", "--themes", "--out", out, ANSWERS
    )
    sources: list[Path | str | bytes] = [ANSWERS, str(ANSWERS), ANSWERS.read_bytes()]
    for source in sources:
        scores = dcx.read_export(source, id="respondent", carried=["industry"])
        assert pa.table(scores).to_pylist() == rows_of(out)
        kinds = {found["code"] for found in scores.findings}
        assert kinds == {"unknown-column", "bad-cell", "uneven-row"} - {"unknown-column"}


def test_what_each_tool_decides(pulse: dm.Questionnaire) -> None:
    scores = pulse.read_export(QUALTRICS.encode(), export="qualtrics", id="ResponseId")
    found = pa.table(scores)
    assert found["row"].to_pylist() == [2, 3]
    assert found["ResponseId"].to_pylist() == ["R_2", "R_3"]
    assert found["stage"].to_pylist() == ["not_scorable", "bad"]
    (bad,) = [found for found in scores.findings if found["code"] == "bad-cell"]
    assert (bad["row"], bad["header"], bad["count"], bad["path"]) == (
        3,
        "journey_owner",
        1,
        "/3/journey_owner",
    )
    assert bad["line"] == 6
    assert scores.record(1) is None
    record = scores.record(0) or {}
    assert {of["id"]: of["credit"] for of in record["questions"]}["case_view"] == 0.75
    every = pulse.read_export(
        QUALTRICS.encode(), export="qualtrics", where=["Finished!="], header_rows=3
    )
    assert len(every) == 3
    coded = pulse.read_export(
        QUALTRICS.encode(), "qualtrics", codes={"questions": {"journey_owner": {"a lot": 5}}}
    )
    assert coded.bad_rows == 0
    text = b"case_view;journey_owner\n4;NA\n-9;3,0\n"
    scores = pulse.read_export(
        text,
        delimiter=";",
        decimal=",",
        missing=["NA"],
        dont_know="-9",
        ignore_unknown=True,
        cells="value",
    )
    assert (len(scores), scores.bad_rows) == (2, 0)


def test_a_file_that_cannot_be_read_says_all_that_is_wrong(
    pulse: dm.Questionnaire, tmp_path: Path
) -> None:
    for text, code in [
        (b"", "no-header"),
        (b"PK\x03\x04", "not-text"),
        (b"a,b\n1,2\n", "no-question"),
    ]:
        with pytest.raises(dm.MaturityError) as caught:
            pulse.read_export(text)
        assert code in [found["code"] for found in caught.value.findings]
    with pytest.raises(OSError):
        pulse.read_export(tmp_path / "nothing.csv")
    with pytest.raises(TypeError):
        pulse.read_export(b"case_view\n1\n", sheet=1)  # type: ignore[call-arg]
    wrongs: list[Callable[[], object]] = [
        lambda: pulse.read_export(b"case_view\n1\n", export="paper"),  # type: ignore[arg-type]
        lambda: pulse.read_export(b"case_view\n1\n", cells="both"),  # type: ignore[arg-type]
        lambda: pulse.read_export(b"case_view\n1\n", where="Finished"),
        lambda: pulse.read_export(b"case_view\n1\n", delimiter="tab"),
        lambda: pulse.read_export(b"case_view\n1\n", codes={"answers": {"A1": 9}}),
        lambda: pulse.read_export(b"case_view\n1\n", id="nobody"),
        lambda: pulse.read_export(b"case_view\n1\n", encoding="klingon"),
    ]
    for wrong in wrongs:
        with pytest.raises(dm.MaturityError) as caught:
            wrong()
        assert caught.value.findings
