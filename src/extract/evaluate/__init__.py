"""Score answers against gold answers, by the same rules as the referee of the evaluation set.

``likeness`` says how alike a predicted and a gold record are, ``match`` pairs the records of one document,
``figures`` adds the outcomes up by type, language and document kind, with confidence intervals and calibration.
"""

from extract.evaluate.figures import Figures, breakdown, calibration, interval, tally
from extract.evaluate.likeness import LIKENESS, TYPES
from extract.evaluate.match import Outcome, outcomes

__all__ = [
    "LIKENESS",
    "TYPES",
    "Figures",
    "Outcome",
    "breakdown",
    "calibration",
    "interval",
    "outcomes",
    "tally",
]
