"""Whatever comes in, what comes out is a result or an exception that says why: never a panic."""

import random
from collections.abc import Callable
from typing import Any

import digital_maturity as dm
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from test_frames import EVERY_SCALE

ODD: "list[Any]" = [
    None, True, False, 0, 1, -1, 4, 255, 256, 2**31, 2**63, 2**64, -(2**70), 0.5, 4.0, 1e300, float("nan"),
    float("inf"), "", "4", "yes", "web, app", "dont_know", "not_applicable", "\x00", "\ud800", "💥" * 50, b"4",
    [], ["web"], ["web", "web"], ["web", None], [["web"]], {"a": 1}, {"web"}, (1, 2), object(), pd.NA, pd.NaT,
    np.int64(4), np.float32(1.5), np.bool_(True), np.datetime64("2026-01-01"), np.array(4), np.array([1, 2]),
    pd.Timestamp("2026-01-01"), pl.Series([1]), pa.scalar(4), complex(1, 1), range(3), iter([1]), type, len,
]  # fmt: skip

EXPECTED = (dm.MaturityError, TypeError, ValueError, OverflowError, IndexError)


def column(chance: random.Random, rows: int) -> Any:
    """A column of some kind, most of which are none."""
    values = [chance.choice(ODD) for _ in range(rows)]
    numbers = [chance.randrange(0, 7) for _ in range(rows)]
    columns: list[Callable[[], object]] = [
        lambda: values,
        lambda: pd.Series(values, dtype=object),
        lambda: np.array(values + [None], dtype=object)[:rows],
        lambda: np.array(
            numbers,
            dtype=chance.choice(["u1", "i1", "u2", ">i4", "f2", "f8", "M8[D]", "U3", "S2"]),
        ),
        lambda: np.zeros((rows, 2)),
        lambda: np.array(numbers, dtype="u1")[::-1],
        lambda: pa.array(
            numbers, chance.choice([pa.uint8(), pa.float16(), pa.date32(), pa.time32("s")])
        ),
        lambda: pa.chunked_array([numbers[:1], numbers[1:]], pa.uint8()),
        lambda: pa.array([None] * rows),
        lambda: pa.array([[str(n)] for n in numbers], pa.list_(pa.string_view())),
        lambda: pa.array([[n] for n in numbers]),
        lambda: pa.array([{"a": n} for n in numbers]),
        lambda: pl.Series([str(n) for n in numbers], dtype=pl.Categorical),
        lambda: pd.Categorical([str(n) for n in numbers]),
        lambda: chance.choice(ODD),
    ]
    return chance.choice(columns)()


def test_whatever_stands_in_a_table_is_scored_or_refused() -> None:
    chance = random.Random(20261127)
    questionnaire = dm.Questionnaire(EVERY_SCALE)
    names = [*questionnaire.questions, "channels[web]", "channels___app", "other"]
    scored = 0
    for _ in range(1500):
        rows = chance.randrange(0, 4)
        data: Any = {
            name: column(chance, rows) for name in chance.sample(names, chance.randrange(0, 6))
        }
        if chance.random() < 0.3:
            try:
                data = chance.choice([pd.DataFrame, pl.DataFrame, pa.table])(data)
            except Exception:  # noqa: BLE001 - what pandas and others refuse is theirs
                continue
        try:
            scores = questionnaire.score(data, missing=chance.choice(["error", "unanswered"]))
        except EXPECTED:
            continue
        scored += 1
        assert pa.table(scores).num_rows == len(scores)
        by = [chance.choice(ODD) for _ in range(len(scores))]
        asks: list[Callable[[], object]] = [
            lambda: scores.report("all", by=by),
            lambda: scores.agreement(by),
            lambda: scores.record(chance.randrange(0, 4)),
            lambda: scores.picture("radar", of=chance.choice(ODD)),
        ]
        for ask in asks:
            try:
                ask()
            except EXPECTED:
                pass
    assert scored > 100


def test_whatever_stands_in_a_document_is_read_or_refused() -> None:
    chance = random.Random(7)
    pulse = dm.Questionnaire.dcx_pulse()
    for _ in range(1500):
        answers = {chance.choice([*pulse.questions, "x", 5]): chance.choice(ODD) for _ in range(4)}
        doors: list[Callable[[], object]] = [
            lambda: pulse.read(answers, lenient=True),  # type: ignore[arg-type]
            lambda: pulse.read(chance.choice(ODD)),
            lambda: dm.Questionnaire(
                {**EVERY_SCALE, chance.choice(list(EVERY_SCALE)): chance.choice(ODD)}
            ),
            lambda: dm.Questionnaire(chance.choice(ODD)),
            lambda: dm.agreement([[chance.choice(ODD) for _ in range(2)] for _ in range(3)]),
            lambda: pulse.read_export(
                b"case_view\n4\n",
                **{chance.choice(["id", "codes", "where", "decimal"]): chance.choice(ODD)},
            ),
        ]
        for door in doors:
            try:
                door()
            except (*EXPECTED, OSError):
                pass
