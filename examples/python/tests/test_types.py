"""The stubs say what there is, and say it in the same words."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import digital_maturity as dm
from digital_maturity import _native

HERE = Path(__file__).resolve().parent
STUB = HERE.parent / "python" / "digital_maturity" / "_native.pyi"

WRONG = """
import digital_maturity as dm
pulse = dm.Questionnaire.dcx_pulse()
scores = pulse.score({"case_view": [1]}, missing="maybe")  # error: arg-type
pulse.read_export("file.csv", export="paper")  # error: arg-type
pulse.read_export("file.csv", sheet=1)  # error: call-arg
scores.report("pie")  # error: arg-type
scores.report("items", format="pdf")  # error: arg-type
pulse.read(5)  # error: arg-type
len(pulse)  # error: arg-type
try:
    pass
except dm.MaturityError as error:
    error.findings[0]["nothing"]  # error: typeddict-item
"""

RIGHT = """
import digital_maturity as dm
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
pulse: dm.Questionnaire = dm.Questionnaire({"schema": 1})
frames: list[dm.Scores] = [
    pulse.score(pd.DataFrame()), pulse.score(pl.DataFrame()), pulse.score(pa.table({})),
    pulse.score({"case_view": np.array([1], dtype=np.uint8)}, missing="unanswered"),
    pulse.read_export(b"", export="qualtrics", id="ResponseId", where=["Finished=True"]),
]
table: str = frames[0].report(["reliability", "items"], by=pd.Series(["a"]), format="latex")
frame = pl.DataFrame(frames[0])
stage: str | None = pulse.read({}).assess()["overall"]["stage"]
"""


def mypy(path: Path) -> str:
    how = ["--strict", "--no-error-summary", "--disable-error-code=import-untyped"]
    command = [sys.executable, "-m", "mypy", *how, str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent)
    assert ended.returncode in (0, 1), ended.stderr
    return ended.stdout


def test_the_stub_says_what_there_is(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mypy.stubtest", "digital_maturity._native"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_what_is_right_passes_and_each_mistake_is_found(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.py", tmp_path / "wrong.py"
    right.write_text(RIGHT)
    assert mypy(right) == ""
    wrong.write_text(WRONG)
    expected = [
        f"wrong.py:{number}: [{line.partition('# error: ')[2]}]"
        for number, line in enumerate(WRONG.splitlines(), 1)
        if "# error: " in line
    ]
    found = [line for line in mypy(wrong).splitlines() if ": error: " in line]
    assert [
        f"{line.split(': error: ')[0]}: [{line.rpartition('[')[2]}" for line in found
    ] == expected


def test_the_tests_and_the_example_keep_to_the_types() -> None:
    for path in [HERE.parent / "study.py", *HERE.glob("*.py")]:
        assert mypy(path) == "", path


def docs(stub: ast.Module) -> "dict[str, tuple[ast.ClassDef | ast.FunctionDef, str]]":
    """What has a text in the stub, and what it should be: that of the module."""
    found: dict[str, tuple[ast.ClassDef | ast.FunctionDef, str]] = {}
    for node in stub.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        thing = getattr(_native, node.name)
        found[node.name] = (node, inspect.getdoc(thing) or "")
        for inner in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(inner, ast.FunctionDef) and (
                not inner.name.startswith("__") or inner.name.startswith("__arrow")
            ):
                text = inspect.getdoc(getattr(thing, inner.name)) or ""
                found[f"{node.name}.{inner.name}"] = (inner, text)
    return found


def test_the_stub_has_the_texts_of_the_module() -> None:
    for name, (node, doc) in docs(ast.parse(STUB.read_text())).items():
        assert doc, f"{name} has no text"
        assert ast.get_docstring(node) == doc, name


def test_what_there_is() -> None:
    assert dm.__all__ == sorted(dm.__all__)
    for name in dm.__all__:
        assert getattr(dm, name) is getattr(_native, name)
    assert dm.MaturityError.__module__ == "digital_maturity"
