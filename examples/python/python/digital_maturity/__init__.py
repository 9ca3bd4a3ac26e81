"""Questionnaires on digital maturity, scored exactly, one organisation or a data frame at a time."""

from ._native import (
    Answers,
    MaturityError,
    Questionnaire,
    Scores,
    agreement,
)

__all__ = ["Answers", "MaturityError", "Questionnaire", "Scores", "agreement"]
