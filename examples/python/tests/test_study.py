"""What a paper says of many: the same figures and tables as the command, and published ones."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import digital_maturity as dm
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ANSWERS, PULSE, Command, read_json


@pytest.fixture(scope="module")
def scores(dcx: dm.Questionnaire) -> dm.Scores:
    return dcx.read_export(ANSWERS, id="respondent", carried="industry")


@pytest.fixture(scope="module")
def document(maturity: Command, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("summary") / "summary.json"
    maturity(
        "cohort",
        "--group-by",
        "industry",
        "--reliability",
        "--tables",
        "all",
        "--summary",
        path,
        ANSWERS,
    )
    return read_json(path.read_text())


def test_the_summary_is_that_of_the_command(scores: dm.Scores, document: Any) -> None:
    assert scores.summary() == document["all"]
    groups = {group["group"]: group["summary"] for group in document["groups"]}
    found = scores.summary(by="industry")
    assert found == groups
    assert list(found) == list(groups)


def test_keys_of_groups_are_lists_arrays_and_series(dcx: dm.Questionnaire) -> None:
    frame = pd.read_csv(ANSWERS)
    scores = dcx.score(frame)
    keys = frame["industry"]
    expected = scores.summary(by=list(keys))
    assert set(expected) == set(keys)
    for by in [
        keys,
        keys.to_numpy(),
        tuple(keys),
        pl.Series(keys),
        pa.array(keys),
        pd.Categorical(keys),
    ]:
        assert scores.summary(by=by) == expected
    numbers = [10, 2, None, float("nan"), 1.0] * (len(scores) // 5) + [1] * (len(scores) % 5)
    assert list(scores.summary(by=numbers)) == ["", "1", "2", "10"]
    half = len(scores) // 2
    truths = [True] * half + [False] * (len(scores) - half)
    for by in [truths, np.array(truths), pd.Series(truths)]:
        assert list(scores.summary(by=by)) == ["False", "True"]
    days = pd.Series(pd.to_datetime(["2026-01-02"] * half + [None] * (len(scores) - half)))
    assert list(scores.summary(by=days.dt.date)) == ["", "2026-01-02"]
    singles = np.array([1.0] * half + [0.5] * (len(scores) - half), dtype=np.float32)
    assert list(scores.summary(by=singles)) == ["0.5", "1"]
    for wrong in [[1, 2], "industry", range(len(scores))]:
        if isinstance(wrong, range):
            many = dm.Questionnaire.dcx_pulse()
            rows = np.full(1001, 4, dtype=np.uint8)
            with pytest.raises(dm.MaturityError):
                many.score({q: rows for q in many.questions}).summary(by=range(1001))
        else:
            with pytest.raises(dm.MaturityError) as caught:
                scores.summary(by=wrong)
            assert caught.value.findings[0]["path"] == "/by"


def test_reliability_is_that_of_the_command(scores: dm.Scores, document: Any) -> None:
    found = scores.reliability()
    assert list(found) == [
        "digital_first_mindset",
        "agile_approach",
        "culture_of_experimentation",
        "connected_systems",
    ]
    for pillar, expected in document["reliability"].items():
        duhachek = found[pillar].pop("duhachek_interval")
        assert found[pillar] == expected
        alpha = expected["alpha"]["value"]
        assert duhachek["lower"] < alpha < duhachek["upper"]
    assert scores.correlations() == document["correlations"]
    pairwise = scores.reliability(deletion="pairwise")
    assert pairwise["agile_approach"]["deletion"] == "pairwise"
    wide = scores.reliability(level=0.99)["agile_approach"]["alpha_interval"]
    assert wide["lower"] < found["agile_approach"]["alpha_interval"]["lower"]


def test_alpha_by_hand(pulse: dm.Questionnaire) -> None:
    # Three questions answered 1,2,3,4,5; 2,3,3,4,5; 1,1,3,5,5 on credits of quarters: in answers, variances
    # 2.5, 1.3, 4, of the sums (4, 6, 9, 13, 15) 21.3; alpha = 3/2 (1 - 7.8/21.3).
    agile = [q["id"] for q in pulse.document()["questions"] if q["pillar"] == "agile_approach"]
    answers = dict(zip(agile, [[1, 2, 3, 4, 5], [2, 3, 3, 4, 5], [1, 1, 3, 5, 5]], strict=True))
    found = pulse.score(answers, missing="unanswered").reliability()["agile_approach"]
    assert found["alpha"]["value"] == pytest.approx(1.5 * (1 - 7.8 / 21.3), abs=1e-12)


def test_tables_are_those_of_the_command(
    maturity: Command, scores: dm.Scores, dcx: dm.Questionnaire, tmp_path: Path
) -> None:
    tidy = tmp_path / "tidy.csv"
    for tables, groups in [("all", True), (["reliability", "correlations"], True), ("all", False)]:
        wanted = tables if isinstance(tables, str) else ",".join(tables)
        of = ["--tables", wanted, *(["--group-by", "industry"] if groups else []), ANSWERS]
        by = "industry" if groups else None
        for form in ["text", "markdown", "html", "latex"]:
            for language in ["en", "de"]:
                printed = maturity("cohort", "--format", form, "--language", language, *of)
                assert scores.report(tables, by=by, format=form, language=language) == printed  # type: ignore[arg-type]
        maturity("cohort", "--tidy", tidy, *of)
        assert scores.report(tables, by=by, format="tidy") == tidy.read_text()  # type: ignore[arg-type]
    assert scores.report() == maturity("cohort", ANSWERS)
    pairwise = maturity("cohort", "--reliability", "--deletion", "pairwise", ANSWERS)
    assert scores.report(["reliability", "items"], deletion="pairwise") == pairwise
    readable = tmp_path / "readable.csv"  # without the one row that frames fill up
    lines = ANSWERS.read_text().splitlines(keepends=True)
    readable.write_text("".join(line for line in lines if not line.startswith("R089,")))
    frame = pd.read_csv(readable)
    expected = maturity(
        "cohort", "--tables", "all", "--group-by", "industry", "--format", "latex", readable
    )
    assert dcx.score(frame).report("all", by=frame["industry"], format="latex") == expected


def test_pictures_are_those_of_the_command(maturity: Command, scores: dm.Scores) -> None:
    for picture in ["spread", "boxes", "heat", "choices", "trend"]:
        for language in ["en", "de"]:
            how = ["--format", "svg", "--picture", picture, "--language", language]
            drawn = maturity("cohort", "--group-by", "industry", "--tables", "items", *how, ANSWERS)
            assert scores.picture(picture, by="industry", language=language) == drawn  # type: ignore[arg-type]


def test_tidy_figures_read_back(scores: dm.Scores) -> None:
    figures = list(csv.DictReader(io.StringIO(scores.report("all", by="industry", format="tidy"))))
    alpha = scores.reliability()["agile_approach"]["alpha"]["value"]
    (found,) = [
        float(line["value"])
        for line in figures
        if [line[name] for name in ["table", "group", "subject", "figure"]]
        == ["reliability", "", "agile_approach", "alpha"]
    ]
    assert found == pytest.approx(alpha, abs=1e-6)


def test_where_one_stands_among_many(
    maturity: Command, pulse: dm.Questionnaire, tmp_path: Path
) -> None:
    many = tmp_path / "many.csv"
    random = np.random.default_rng(3)
    frame = pd.DataFrame({question: random.integers(1, 6, 60) for question in pulse.questions})
    frame.to_csv(many, index=False)
    counts = tmp_path / "counts.json"
    maturity("cohort", "--questionnaire", "pulse", "--counts", counts, many)
    answers = pulse.read(PULSE)
    for rank in ["mid", "weak", "strict"]:
        of = [
            "--questionnaire",
            "pulse",
            "--cohort",
            counts,
            "--rank",
            rank,
            "--format",
            "json",
            PULSE,
        ]
        found = pulse.score(frame).benchmark(answers, rank=rank)  # type: ignore[arg-type]
        assert found == read_json(maturity("benchmark", *of))
    scores = pulse.score(frame)
    page = maturity(
        "benchmark", "--questionnaire", "pulse", "--cohort", counts, "--format", "html", PULSE
    )
    shapes = re.findall(r"<polygon [^>]*(points=\"[^\"]*\")", scores.picture("radar", of=answers))
    assert len(shapes) == 2
    assert all(shape in page for shape in shapes)
    row = {question: int(frame[question].iloc[7]) for question in pulse.questions}
    assert scores.picture("radar", of=7) == scores.picture("radar", of=pulse.read(row))
    assert scores.picture("radar", of=7, language="de") != scores.picture("radar", of=7)
    with pytest.raises(dm.MaturityError):
        scores.picture("portrait", of=7)  # type: ignore[arg-type]
    for name in ["radar", "trend"]:
        with pytest.raises(dm.MaturityError) as caught:
            scores.picture(name)  # type: ignore[arg-type]
        assert caught.value.findings[0]["path"] in ["/of", "/by"]
    with pytest.raises(IndexError):
        scores.picture("radar", of=60)
    with pytest.raises(TypeError):
        scores.picture("radar", of="7")  # type: ignore[arg-type]
    with pytest.raises(dm.MaturityError) as caught:
        pulse.score(frame).benchmark(dm.Questionnaire.dcx().read({}))
    assert caught.value.findings[0]["code"] == "other-questionnaire"


# Shrout and Fleiss (1979), table 2: six targets, four judges; published .29 .71 (2,1; 3,1), .62 .91 (k), F 11.03.
JUDGED = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_agreement_of_raters_is_as_published() -> None:
    for ratings in [
        JUDGED,
        np.array(JUDGED),
        np.array(JUDGED, dtype=float),
        pd.DataFrame(JUDGED),
        pl.DataFrame(JUDGED, orient="row"),
    ]:
        found = dm.agreement(ratings)
        icc = found["icc"]
        figures = [icc[name]["value"] for name in ["icc_2_1", "icc_3_1", "icc_2_k", "icc_3_k", "f"]]
        assert [round(figure, 2) for figure in figures] == [0.29, 0.71, 0.62, 0.91, 11.03]
        assert icc["icc_2_1_interval"]["lower"] < 0.29 < icc["icc_2_1_interval"]["upper"]
    gap = dm.agreement([[1, 1, None], [2, 2, 2], [3, None, 3]])
    assert gap["krippendorff"]["nominal"]["alpha"]["value"] == 1
    assert gap["fleiss"]["kappa"] == {"undefined": "unequal_raters"}
    for wrong in [5, [1, 2], [[1, "a"]], [[1], [1, 2]], [[{}]], [[float("inf")]]]:
        with pytest.raises(dm.MaturityError):
            dm.agreement(wrong)
    for level in [0.0, 1.0, 2.0, float("nan")]:
        with pytest.raises(dm.MaturityError):
            dm.agreement(JUDGED, level=level)


def test_agreement_within_groups_by_hand(pulse: dm.Questionnaire) -> None:
    # Credits of one question of the pillar: 0.75 0.5 and 0.25 0.25, the others alike everywhere. Its variance
    # in the first group is 1/32, of answers at random (5 steps of a quarter) 1/8: r_wg 0.75, the other two 1.
    agile = [q["id"] for q in pulse.document()["questions"] if q["pillar"] == "agile_approach"]
    answers = dict(zip(agile, [[4, 3, 2, 2], [3, 3, 3, 3], [3, 3, 3, 3]], strict=True))
    scores = pulse.score(answers, missing="unanswered")
    found = scores.agreement(["a", "a", "b", "b"])["agile_approach"]
    one = found["within"]["a"]["items"][0]
    assert (one["name"], one["r_wg"], one["variance"]) == (
        agile[0],
        {"value": 0.75},
        {"value": 0.03125},
    )
    mean = (0.75 + 1 + 1) / 3
    assert found["within"]["a"]["r_star"]["value"] == pytest.approx(mean, abs=1e-12)
    assert found["within"]["a"]["r_wg_j"]["value"] == pytest.approx(
        3 * mean / (3 * mean + 1 - mean), abs=1e-12
    )
    assert found["within"]["b"]["r_wg_j"] == {"value": 1.0}
    assert found["icc"]["groups"] == 2
    # Scores .58333 .5 and .41667 .41667: MSB = 2 (1/16)^2 / 1 = .015625 , MSW = (1/24)^2 2 / 2 = .001736.
    assert found["f"]["value"] == pytest.approx(9, rel=1e-6)
    assert scores.agreement(["a", "a", "b", None])["agile_approach"]["within"]["b"]["n"] == 1
    with pytest.raises(dm.MaturityError):
        scores.agreement(["a"])


def test_an_argument_that_is_not_understood_is_refused(scores: dm.Scores) -> None:
    wrongs: list[Any] = [
        lambda: scores.report("pie"),  # type: ignore[arg-type]
        lambda: scores.report("comparison"),
        lambda: scores.report(["items", "pie"]),  # type: ignore[list-item]
        lambda: scores.report(format="pdf"),  # type: ignore[arg-type]
        lambda: scores.report(deletion="both"),  # type: ignore[arg-type]
        lambda: scores.report(by="no such column"),
        lambda: scores.reliability(deletion="both"),  # type: ignore[arg-type]
        lambda: scores.reliability(level=1),
        lambda: scores.correlations(deletion="both"),  # type: ignore[arg-type]
        lambda: scores.agreement("industry", level=0),
    ]
    for wrong in wrongs:
        with pytest.raises(dm.MaturityError) as caught:
            wrong()
        assert caught.value.findings[0]["code"] == "invalid-argument"
        json.dumps(caught.value.findings)
