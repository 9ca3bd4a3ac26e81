"""One organisation: documents in, results out, as the command gives them."""

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import digital_maturity as dm
import numpy as np
import pandas as pd
import pytest
from conftest import PULSE, QUAYSIDE, STARTER, Command, read_json

OWN = """
schema: 1
id: canteen
version: 1.0.0
title: Is the canteen digital?
scales:
  told: { kind: yes_no }
questions:
  - { id: plan, pillar: agile_approach, title: Is there a plan?, scale: told }
  - { id: till, pillar: connected_systems, title: Does the till know the stock?, scale: told }
  - { id: trial, pillar: culture_of_experimentation, title: Was a dish tried out?, scale: told }
  - { id: head, pillar: digital_first_mindset, title: Does the cook see the orders?, scale: told }
"""


def test_a_questionnaire_is_the_same_from_a_dict_from_json_and_from_yaml(tmp_path: Path) -> None:
    from_yaml = dm.Questionnaire(OWN)
    document = from_yaml.document()
    assert (from_yaml.id, from_yaml.version, from_yaml.questions) == (
        "canteen",
        "1.0.0",
        ["plan", "till", "trial", "head"],
    )
    assert from_yaml.title == "Is the canteen digital?"
    path = tmp_path / "canteen.yaml"
    path.write_text(OWN)
    others: list[Any] = [document, json.dumps(document), OWN.encode(), path]
    for other in others:
        assert dm.Questionnaire(other) == from_yaml
        assert dm.Questionnaire(other).fingerprint == from_yaml.fingerprint
    assert from_yaml != dm.Questionnaire.dcx_pulse()
    assert hash(from_yaml) == hash(dm.Questionnaire(document))


def test_the_sample_in_yaml_reads_as_the_command_reads_it(
    maturity: Command, tmp_path: Path
) -> None:
    starter = dm.Questionnaire(STARTER)
    path = tmp_path / "nothing.json"
    path.write_text("{}")
    shown = maturity("assess", "--questionnaire", STARTER, "--format", "json", path)
    assert starter.read(path).assess() == read_json(shown)


def test_a_questionnaire_is_pickled_and_read_back(pulse: dm.Questionnaire) -> None:
    again = pickle.loads(pickle.dumps(pulse))
    assert again == pulse
    assert again.document() == pulse.document()


def test_everything_that_is_wrong_is_in_the_exception() -> None:
    with pytest.raises(dm.MaturityError) as caught:
        dm.Questionnaire({"schema": 1, "id": "My"})
    findings = caught.value.findings
    assert [(found["code"], found["path"]) for found in findings] == [
        ("missing-key", ""),
        ("missing-key", ""),
        ("missing-key", ""),
        ("invalid-id", "/id"),
    ]
    assert all(found["severity"] == "error" and found["message"] for found in findings)
    assert len(str(caught.value).splitlines()) == 4
    assert isinstance(caught.value, ValueError)
    assert pickle.loads(pickle.dumps(caught.value)).findings == findings


def test_json_tells_line_and_column_and_yaml_that_it_is_none() -> None:
    with pytest.raises(dm.MaturityError) as caught:
        dm.Questionnaire('{\n  "a" 1 }')
    (found,) = caught.value.findings
    assert (found["line"], found["column"]) == (2, 7)
    for text in ["a: [1", "a: 1\na: 2", "&a [*a]", "just a text", ""]:
        with pytest.raises(dm.MaturityError):
            dm.Questionnaire(text)


def test_a_document_that_is_none_is_refused_and_not_followed_for_ever() -> None:
    endless: list[object] = []
    endless.append(endless)
    for document in [endless, {"a": object()}, {1: 2}, {"a": 2**70}, {"a": float("inf")}, 5, None]:
        with pytest.raises(dm.MaturityError):
            dm.Questionnaire(document)  # type: ignore[arg-type]


def test_answers_are_assessed_as_the_command_assesses_them(
    maturity: Command, pulse: dm.Questionnaire, dcx: dm.Questionnaire
) -> None:
    for name, questionnaire, path in [("pulse", pulse, PULSE), ("dcx", dcx, QUAYSIDE)]:
        answers = questionnaire.read(path)
        of = ["--questionnaire", name, path]
        assert answers.assess() == read_json(maturity("assess", "--format", "json", *of))
        assert answers.outlook() == read_json(maturity("outlook", "--format", "json", *of))
        roadmap = maturity("roadmap", "--target", "platform", "--format", "json", *of)
        assert answers.roadmap("platform") == read_json(roadmap)
        for form in ["text", "markdown", "html", "latex"]:
            for language in ["en", "de"]:
                printed = maturity("assess", "--format", form, "--language", language, *of)
                assert answers.report(format=form, language=language) == printed  # type: ignore[arg-type]
        target = "agile_approach=hubs"
        written = answers.report("roadmap", target=target, by="2027-06-30")
        assert written == maturity("roadmap", "--target", target, "--by", "2027-06-30", *of)
        assert answers.report("outlook", language="de") == maturity(
            "outlook", "--language", "de", *of
        )
        assert answers.picture("radar") == maturity("assess", "--format", "svg", *of)
        for picture in ["ladder", "families"]:
            drawn = maturity("assess", "--format", "svg", "--picture", picture, *of)
            assert answers.picture(picture) == drawn  # type: ignore[arg-type]


def test_answers_are_dicts_with_scalars_of_numpy_and_gaps_of_pandas(
    pulse: dm.Questionnaire,
) -> None:
    plain = {question: 4 for question in pulse.questions}
    expected = pulse.read(plain).assess()
    assert expected["overall"]["score"] == 0.75
    for four in [np.int64(4), np.uint8(4), np.float32(4.0), 4.0]:
        assert pulse.read({question: four for question in pulse.questions}).assess() == expected
    assert pulse.read(pd.Series(plain)).assess() == expected
    for gap in [None, float("nan"), pd.NA, np.float64("nan")]:
        open_ = pulse.read({**plain, "case_view": gap}).assess()
        states = {of["id"]: of["state"] for of in open_["questions"]}
        assert (states["case_view"], states["journey_owner"]) == ("unanswered", "answered")


def test_who_answered_and_what_is_odd(pulse: dm.Questionnaire) -> None:
    answers = pulse.read(PULSE)
    assert answers.respondent == "lindenhof-home-and-garden, head of customer service"
    assert answers.questionnaire == pulse
    assert pulse.read({}).respondent is None
    lenient = pulse.read({"case_view": "4", "case_veiw": 4}, lenient=True)
    (found,) = lenient.warnings
    assert (found["severity"], found["code"]) == ("warning", "unknown-question")
    assert found["suggestion"] == "case_view"
    with pytest.raises(dm.MaturityError) as caught:
        pulse.read({"case_view": 9, "journey_owner": "a lot"})
    paths = [found["path"] for found in caught.value.findings]
    assert paths == ["/case_view", "/journey_owner"]


def test_an_argument_that_is_not_understood_is_refused(pulse: dm.Questionnaire) -> None:
    answers = pulse.read({question: 2 for question in pulse.questions})
    wrongs: list[Callable[[], object]] = [
        lambda: answers.report("nonsense"),  # type: ignore[arg-type]
        lambda: answers.report(format="tidy"),  # type: ignore[arg-type]
        lambda: answers.report("roadmap"),
        lambda: answers.report("roadmap", target="hubs", by="soon"),
        lambda: answers.roadmap("the moon"),
        lambda: answers.roadmap("native", budget=1),
        lambda: answers.picture("portrait"),  # type: ignore[arg-type]
    ]
    for wrong in wrongs:
        with pytest.raises(dm.MaturityError) as caught:
            wrong()
        assert caught.value.findings[0]["path"].startswith("/")
