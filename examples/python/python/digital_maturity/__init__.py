"""Questionnaires on digital maturity, scored exactly: one organisation, or a data frame of respondents.

>>> import digital_maturity as dm
>>> pulse = dm.Questionnaire.dcx_pulse()
>>> scores = pulse.score({question: [4, 2, None] for question in pulse.questions})
>>> len(scores), scores.summary()["overall"]["mean"]
(3, 0.5)
"""

from ._native import (
    Answers,
    MaturityError,
    Questionnaire,
    Scores,
    agreement,
)

__all__ = ["Answers", "MaturityError", "Questionnaire", "Scores", "agreement"]
