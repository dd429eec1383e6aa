"""What side layers cost in vLLM: a language model alone, and in a servable folder, without a graph and with one.

    python -m benchmarks.serving --base MODEL --served FOLDER

Both run in the same engine settings, in turn, each in a process of its own. Figures are tokens for each second of
processor time and of the clock, from the least time of all rounds, since other work on the machine slows down both.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def main() -> None:
    options = _options()
    if options.child:
        print(json.dumps(measure(options)))
        return
    rows: dict[str, dict[str, float]] = {}
    for folder in (options.base, options.served):
        command = [
            sys.executable,
            "-m",
            "benchmarks.serving",
            "--child",
            "--base",
            str(folder),
            "--served",
            str(folder),
        ]
        command += [f"--{key}={getattr(options, key)}" for key in ("prompts", "tokens", "reply", "rounds", "dtype")]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for name, row in json.loads(said.strip().splitlines()[-1]).items():
            rows[name] = row
            shown = "  ".join(f"{key} {value:8.1f} ({value / rows['base'][key]:4.0%})" for key, value in row.items())
            print(f"{name:20s} {shown}", flush=True)


def measure(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Prompts a second of reading, and tokens a second of writing, of one model."""
    os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", "1")
    os.environ |= {"VLLM_ENABLE_V1_MULTIPROCESSING": "0", "VLLM_LOGGING_LEVEL": "ERROR", "VLLM_NO_USAGE_STATS": "1"}
    from vllm import LLM

    from adapters.serving.command import is_servable
    from adapters.serving.folder import about

    llm = LLM(
        model=str(options.served), dtype=options.dtype, enforce_eager=True, max_num_seqs=options.prompts,
        max_model_len=options.tokens + options.reply + 300, enable_prefix_caching=False,
    )  # fmt: skip
    if not is_servable(options.served):
        return {"base": timed(llm, options, {})}
    graph = {"multi_modal_data": {"image": [about(options.served).largest()]}}
    return {"side layers": timed(llm, options, {}), "side layers, graph": timed(llm, options, graph)}


def timed(llm: Any, options: argparse.Namespace, graph: dict[str, Any]) -> dict[str, float]:
    """From the least time of all rounds but the first, which warms up. The graph's own tokens are not counted."""
    from vllm import SamplingParams

    asked = [
        {"prompt_token_ids": [10 + (7 * place + 13 * row) % 900 for place in range(options.tokens)]} | graph
        for row in range(options.prompts)
    ]
    spent: dict[tuple[int, str], list[float]] = {}
    for number in range(options.rounds + 1):
        for reply in (1, options.reply):
            began = {"cpu": time.process_time(), "wall": time.perf_counter()}
            llm.generate(asked, SamplingParams(temperature=0, max_tokens=reply, ignore_eos=True), use_tqdm=False)
            ended = {"cpu": time.process_time(), "wall": time.perf_counter()}
            for clock in began:
                spent.setdefault((reply, clock), []).extend([ended[clock] - began[clock]] if number else [])
    found = {}
    for clock in ("cpu", "wall"):
        read, both = min(spent[1, clock]), min(spent[options.reply, clock])
        found[f"read/{clock}-s"] = options.prompts * options.tokens / read
        written = options.prompts * (options.reply - 1)
        found[f"written/{clock}-s"] = written / (both - read) if both > read else float("nan")
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--served", type=Path, required=True)
    parser.add_argument("--prompts", type=int, default=4, help="at the same time (default 4)")
    parser.add_argument("--tokens", type=int, default=128, help="of each prompt (default 128)")
    parser.add_argument("--reply", type=int, default=17, help="tokens of each reply (default 17)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
