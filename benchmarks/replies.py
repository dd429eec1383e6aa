"""What recorded replies of graph-writing models hold, and what had to be mended to read them.

python -m benchmarks.replies FILE.jsonl …: records as `replay:` takes them, such as the evaluation outputs of
Graph-PReFLexOR (github lamm-mit/graph-preflexor-grpo, benchmark-analysis/data/results).
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from agents.backends.replay import read_records
from agents.growing.replies.formats import read_reply
from agents.growing.replies.names import key_of

_BLOCK = re.compile(r"<graph_json>(.*?)</graph_json>", re.DOTALL)


def raw_names(text: str) -> set[str]:
    """The node names as a strict reader sees them: those of the first block that is JSON."""
    for block in _BLOCK.findall(text):
        try:
            graph = json.loads(block)
            edges = [edge[end] for edge in graph["edges"] for end in ("source", "target")]
            return {str(name) for name in [*(node["id"] for node in graph["nodes"]), *edges]}
        except (ValueError, KeyError, TypeError):
            continue
    return set()


def variants(names: Iterable[str]) -> int:
    """How many names are another's spelling: case and a plural's s."""
    names = set(names)
    return len(names) - len({re.sub(r"(?<=\w\w\w)s$", "", " ".join(name.casefold().split())) for name in names})


def main() -> int:
    """Read the files and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    texts = [record.text for path in parser.parse_args().files for record in read_records(path) if record.text]
    start = time.perf_counter()
    found = [read_reply(text) for text in texts]
    took = time.perf_counter() - start
    repairs: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    names: set[str] = set()
    dangling = within = nodes = 0
    for proposal in found:
        repairs.update(proposal.repairs)
        reasons.update(re.sub(r"'[^']*'", "…", why)[:70] for _, why in proposal.quarantined)
        own = [name for name, _ in proposal.entities]
        nodes += len(own)
        within += len(own) - len({key_of(name) for name in own})
        dangling += sum(not {triple.source, triple.target} <= set(own) for triple in proposal.triples)
        names |= set(own)
    raw = {name for text in texts for name in raw_names(text)}
    print(f"replies {len(texts)}, with a graph {sum(bool(p.triples) for p in found)}, {took / len(texts):.4f} s each")
    print(f"entities {nodes}, triples {sum(len(p.triples) for p in found)}, signs {sum(len(p.signs) for p in found)}")
    print(f"dangling edges left {dangling}; spellings of one name left within a reply {within}")
    print(
        f"different names over all replies: {len(raw)} as written ({variants(raw)} of them case or plural variants), "
    )
    print(f"  {len(names)} read ({variants(names)} of them variants, for entity resolution to join)")
    for title, counts in (("repairs", repairs), ("quarantined", reasons)):
        print(f"{title} {counts.total()}")
        for kind, count in counts.most_common():
            print(f"  {count:6} {kind}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
