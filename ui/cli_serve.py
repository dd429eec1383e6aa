"""The command line's `konigsberg export` and `konigsberg serve`: graph models behind vLLM."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import Any

from graphs.errors import BadArgument


def add_commands(commands: Any) -> None:
    """Add `export` and `serve` to the program's commands."""
    export = commands.add_parser(
        "export", help="join an adapter and its language model to a folder that can be served",
        description="Join a trained adapter and its language model to a folder that `konigsberg serve` takes.",
    )  # fmt: skip
    export.add_argument(
        "adapter", type=Path, help="what `konigsberg train` saved: GraphAdapter, Sparse GIN or TransNAR"
    )
    export.add_argument("--save", type=Path, required=True, metavar="DIR", help="the new folder")
    export.add_argument("--base", type=Path, metavar="DIR", help="the language model (default: the one it names)")
    export.add_argument("--most-nodes", type=int, default=16, metavar="N", help="of a graph for TransNAR (default 16)")
    export.add_argument(
        "--stride", type=int, default=0, metavar="N",
        help="by how much positions grow (default 1; 4 for models trained on random positions)",
    )  # fmt: skip
    export.set_defaults(run=_export)

    serve = commands.add_parser(
        "serve", help="serve a language model or a graph model by vLLM",
        description="Serve a model by vLLM, with OpenAI's chat API.",
    )  # fmt: skip
    serve.add_argument("model", help="a folder that `konigsberg export` wrote, or any model that vLLM serves")
    serve.add_argument("--name", help="what clients call it (default: the folder's name)")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    serve.add_argument(
        "--lora", action="append", default=[], metavar="NAME=DIR", help="a LoRA adapter, served under its own name"
    )
    serve.add_argument("--tensor-parallel", type=int, default=1, metavar="N", help="spread the model over N GPUs")
    serve.add_argument("--data-parallel", type=int, default=1, metavar="N", help="run N replicas of it")
    serve.add_argument("--max-model-len", type=int, metavar="N", help="tokens of a prompt and its reply")
    serve.add_argument("--tool-parser", default="", metavar="NAME", help="vLLM's parser of tool calls (by the model)")
    serve.add_argument("--python", default=sys.executable, metavar="PATH", help="an interpreter that has vLLM")
    serve.add_argument("--timeout", type=float, default=900.0, metavar="SECONDS", help="to get ready (default 900)")
    serve.add_argument("--log", type=Path, metavar="FILE", help="where vLLM's output goes")
    serve.add_argument("--check", action="store_true", help="start it, ask a test question, stop it")
    serve.add_argument("--vllm", default="", metavar="'OPTIONS'", help="options for vLLM itself: --vllm='--seed 1 …'")
    serve.set_defaults(run=_serve)


def _export(options: argparse.Namespace) -> int:
    from adapters.serving.export import export

    about = export(
        options.adapter, options.save, base=options.base, most_nodes=options.most_nodes, stride=options.stride
    )
    print(f"{options.save}: {about.kind}; konigsberg serve {options.save}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from adapters.serving.server import check, running

    serving = _serving(options)
    log = options.log or _log_of(serving.name)
    print(f"konigsberg: starting vLLM for {serving.name}; its log is {log}", file=sys.stderr)
    signal.signal(signal.SIGTERM, _interrupt)
    began, shown = time.monotonic(), 0.0

    def tell(seconds: float) -> None:
        nonlocal shown
        if seconds - shown >= 10:
            shown = seconds
            print(f"konigsberg: {seconds:.0f} s, not ready yet", file=sys.stderr)

    try:
        with running(serving, log, timeout=options.timeout, tell=tell) as child:
            print(f"konigsberg: ready after {time.monotonic() - began:.0f} s", file=sys.stderr)
            if options.check:
                _show(check(serving))
                return 0
            names = ", ".join([serving.name, *(serving.loras or {})])
            print(f"{serving.url}/v1 serves {names}; figures: {serving.url}/metrics", flush=True)
            print(f'client: konigsberg ask "…" --model vllm:{serving.name}@{serving.url}/v1', flush=True)
            code = child.wait()
            print(f"konigsberg: vLLM ended by itself with {code}; its log is {log}", file=sys.stderr)
            return 1
    except KeyboardInterrupt:
        print("konigsberg: stopped", file=sys.stderr)
        return 0


def _serving(options: argparse.Namespace) -> Any:
    from adapters.serving.command import Serving, is_servable, look

    found = look(options.python)
    if is_servable(Path(options.model)) and not found["plugin"]:
        raise BadArgument(f"{options.python} has vLLM without this package: install konigsberg[adapters] there as well")
    loras = {}
    for text in options.lora:
        name, equals, place = text.partition("=")
        if not equals or not name or not Path(place).is_dir():
            raise BadArgument(f"--lora {text}: write NAME=DIR with the folder of a LoRA adapter")
        loras[name] = Path(place)
    return Serving(
        model=options.model, name=options.name or Path(options.model).name, python=options.python, host=options.host,
        port=options.port, loras=loras, on_cpu=found["cpu"], tensor=options.tensor_parallel,
        data=options.data_parallel, max_model_len=options.max_model_len, tool_parser=options.tool_parser,
        more=tuple(shlex.split(options.vllm)),
    )  # fmt: skip


def _log_of(name: str) -> Path:
    from agents.settings import data_folder

    return data_folder() / "logs" / f"serve-{name}.log"


def _show(found: dict[str, Any]) -> None:
    print(f"models: {', '.join(found['models'])}")
    print(f"asked{' with a graph' if found['graph'] else ''}: {found['reply']!r} in {found['seconds']:.2f} s")
    print(f"tokens: {found['usage']['prompt_tokens']} + {found['usage']['completion_tokens']}")


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt
