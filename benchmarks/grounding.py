"""How often the right sentence grounds a triple, and how often a wrong one does.

python -m benchmarks.grounding FILE.csv …: sentences with triples that people wrote, in the columns Combined_Sentences
and Combined_Triplets "(source, verb, target); …", as in github AuvaLab/itext2kg, datasets/itext2kg. The rules of
word order were developed on these very files: read the figures as those of a development set.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Iterable
from pathlib import Path

from agents.growing.grounding.ground import ground
from agents.growing.replies.proposal import Triple

Item = tuple[str, tuple[str, str, str]]  # a sentence and a triple


def items(path: Path) -> list[Item]:
    """The sentences and triples of a file."""
    found: list[Item] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for inner in re.findall(r"\(([^()]*)\)", row["Combined_Triplets"]):
                parts = [part.strip().strip("<>’‘") for part in inner.split(",")]
                if len(parts) == 3 and all(parts):
                    found.append((row["Combined_Sentences"].strip(), (parts[0], parts[1], parts[2])))
    return found


def share(made: Iterable[Item]) -> str:
    """How many of the triples their sentences ground."""
    spans = [ground(Triple(*triple, quote=sentence), sentence) for sentence, triple in made]
    return f"{sum(span is not None for span in spans) / len(spans):6.1%}  of {len(spans)}"


def main() -> int:
    """Print the share of grounded triples: right ones, and three kinds of wrong ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    right = [item for path in options.files for item in items(path)]
    if not right:
        parser.error("the files hold no triples")
    other = random.Random(options.seed).sample(right, len(right))
    pairs = list(zip(right, other, strict=True))
    print(f"{'':28}grounded (seed {options.seed})")
    rows: dict[str, list[Item]] = {
        "as people wrote it": right,
        "ends exchanged": [(s, (t[2], t[1], t[0])) for s, t in right],
        "another triple's target": [(s, (*t[:2], u[2])) for (s, t), (_, u) in pairs if u[2].lower() not in s.lower()],
        "another triple's sentence": [(r, t) for (s, t), (r, _) in pairs if r != s],
    }
    for name, made in rows.items():
        print(f"{name:28}{share(made)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
