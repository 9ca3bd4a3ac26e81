"""From a survey file to tables 1 and 2 of a paper and two pictures: python study.py answers.csv group"""

import sys
from pathlib import Path

import digital_maturity as dm

file = Path(sys.argv[1] if len(sys.argv) > 1 else "../cli/samples/answers.csv")
group = sys.argv[2] if len(sys.argv) > 2 else "industry"
folder = Path(sys.argv[3] if len(sys.argv) > 3 else ".")

scores = dm.Questionnaire.dcx().read_export(file, carried=group)
for found in scores.findings:
    print(f"{found['severity']}: row {found.get('row', '-')}: {found['message']}", file=sys.stderr)

# Table 1, scores by group, and table 2, reliability: to read, for the paper, and as figures.
(folder / "tables.txt").write_text(scores.report("reliability", by=group))
(folder / "tables.tex").write_text(scores.report("reliability", by=group, format="latex"))
(folder / "tables.csv").write_text(scores.report("reliability", by=group, format="tidy"))
for pillar, of in scores.reliability().items():
    if at := of["alpha_interval"]:
        print(f"{pillar:28}{of['alpha']['value']:.2f} [{at['lower']:.2f}, {at['upper']:.2f}]")

# How the overall is spread over the stages, and the quartiles of the pillars by group.
(folder / "spread.svg").write_text(scores.picture("spread"))
(folder / "boxes.svg").write_text(scores.picture("boxes", by=group))
