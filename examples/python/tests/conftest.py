"""What the tests have in common: the command to compare with, the questionnaires, the sample."""

import csv
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import digital_maturity as dm
import pytest

EXAMPLES = Path(__file__).resolve().parents[2]
ANSWERS = EXAMPLES / "cli" / "samples" / "answers.csv"
PULSE = EXAMPLES / "cli" / "samples" / "pulse.json"
STARTER = EXAMPLES / "cli" / "samples" / "starter.yaml"
QUAYSIDE = EXAMPLES / "quayside.json"

Command = Callable[..., str]


@pytest.fixture(scope="session")
def maturity() -> Command:
    """What the command prints."""
    command = os.environ.get("MATURITY")
    if not command:
        pytest.skip("MATURITY does not say where the command is")

    def run(*arguments: "str | Path") -> str:
        ended = subprocess.run([command, *arguments], capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return run


@pytest.fixture(scope="session")
def dcx() -> dm.Questionnaire:
    return dm.Questionnaire.dcx()


@pytest.fixture(scope="session")
def pulse() -> dm.Questionnaire:
    return dm.Questionnaire.dcx_pulse()


def read_json(text: str) -> Any:
    return json.loads(text)


def rows_of(path: Path) -> "list[dict[str, str | float | None]]":
    """The file of scores, numbers as numbers."""
    texts = {"stage", "respondent", "industry"}
    with path.open(newline="") as file:
        return [
            {
                name: cell if name in texts else float(cell) if cell else None
                for name, cell in row.items()
            }
            for row in csv.DictReader(file)
        ]
