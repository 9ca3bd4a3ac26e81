"""What the README shows runs, and prints what it says; the example writes its tables."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import digital_maturity as dm
import pytest
from conftest import ANSWERS, Command

HERE = Path(__file__).resolve().parents[1]
README = (HERE / "README.md").read_text()


def blocks(language: str) -> "list[str]":
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_first_example_prints_what_stands_below_it() -> None:
    example, (printed, *_) = blocks("python")[0], blocks("text")
    assert len(example.strip().splitlines()) <= 12
    ran = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, text=True, check=True, cwd=HERE
    )
    assert ran.stdout == printed


def test_the_example_in_the_help_is_true() -> None:
    failed, tried = doctest.testmod(dm)
    assert (failed, tried) == (0, 4)


def test_a_file_becomes_tables_and_pictures_in_thirty_lines(
    maturity: Command, tmp_path: Path
) -> None:
    script = HERE / "study.py"
    assert len(script.read_text().splitlines()) <= 30
    ran = subprocess.run(
        [sys.executable, script, ANSWERS, "industry", tmp_path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith("digital_first_mindset       0.92 [")
    assert "row 64: `sometimes` is none of the choices" in ran.stderr
    of = ["cohort", "--group-by", "industry", "--tables", "reliability"]
    assert (tmp_path / "tables.txt").read_text() == maturity(*of, ANSWERS)
    assert (tmp_path / "tables.tex").read_text() == maturity(*of, "--format", "latex", ANSWERS)
    pictures = [path.read_text() for path in sorted(tmp_path.glob("*.svg"))]
    assert len(pictures) == 2
    assert all(picture.startswith("<svg ") for picture in pictures)


BARE = """
import sys
for name in ["numpy", "pandas", "polars", "pyarrow"]:
    sys.modules[name] = None
import digital_maturity as dm
pulse = dm.Questionnaire.dcx_pulse()
scores = pulse.score({question: [4, 2, None, "dont_know", float("nan")] for question in pulse.questions})
print(scores.summary()["overall"]["mean"], scores.report("all", by=["a", "b", "a", None, "b"])[:16])
print(dm.agreement([[1, 1], [2, 2]])["fleiss"]["kappa"])
"""


def test_nothing_else_is_needed() -> None:
    ran = subprocess.run([sys.executable, "-c", BARE], capture_output=True, text=True, check=False)
    assert ran.stdout == "0.5 Digital maturity\n{'value': 1.0}\n", ran.stderr


def rscript() -> str:
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("there is no R")
    asked = subprocess.run([found, "-e", "library(reticulate)"], capture_output=True, check=False)
    if asked.returncode != 0:
        pytest.skip("R has no reticulate")
    return found


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_shown_for_r_runs_in_r(maturity: Command, tmp_path: Path, number: int) -> None:
    script = tmp_path / "page.R"
    script.write_text(blocks("r")[number])
    shutil.copy(ANSWERS, tmp_path / "answers.csv")
    command = Path(os.environ["MATURITY"]).resolve().parent
    paths = os.pathsep.join([str(command), os.environ["PATH"]])
    ran = subprocess.run(
        [rscript(), "--vanilla", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PATH": paths, "RETICULATE_PYTHON": sys.executable},
    )
    assert ran.returncode == 0, ran.stderr
    printed = [line.rstrip() for line in ran.stdout.splitlines()]
    assert printed == blocks("text")[1 + number].splitlines()
