"""The command line's `konigsberg models`: which models work here, how well, and how to bring more."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

_ANSWER = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "bridges": {"type": "integer"}},
    "required": ["city", "bridges"],
    "additionalProperties": False,
}


def add_commands(commands: Any) -> None:
    """Add `models` to the program's commands."""
    models = commands.add_parser("models", help="list, test and fetch language models")
    models.set_defaults(run=lambda _: models.print_help() or 2)
    actions = models.add_subparsers(title="commands", metavar="COMMAND")
    listing = actions.add_parser("list", help="which models work here")
    listing.add_argument("--json", action="store_true", help="print them as JSON")
    listing.set_defaults(run=_list)
    test = actions.add_parser("test", help="ask a model two small questions and measure it")
    test.add_argument("spec", metavar="SPEC", help="gguf:PATH, hf:PATH, vllm:NAME[@URL] or openai:NAME[@URL]")
    test.add_argument("--timeout", type=float, default=120.0, metavar="SECONDS", help="for one reply (default 120)")
    test.set_defaults(run=_test)
    fetch = actions.add_parser("fetch", help="bring a model file here and give it a name")
    fetch.add_argument("source", help="a GGUF file or a model folder, or REPO[/FILE] on the Hugging Face hub")
    fetch.add_argument("--name", help="what to call it (default: the file's name)")
    fetch.add_argument("--link", action="store_true", help="link to the file instead of copying it")
    fetch.set_defaults(run=_fetch)


def _list(options: argparse.Namespace) -> int:
    from agents.settings import model_folder
    from ui import model_status

    extras, files, endpoints = model_status.extras(), model_status.model_files(), [*model_status.endpoints()]
    if options.json:
        print(json.dumps({"extras": extras, "files": files, "endpoints": endpoints}, indent=2))
        return 0
    print("extras")
    for row in extras:
        state = "installed" if row["installed"] else f"missing: pip install 'konigsberg[{row['extra']}]'"
        print(f"  {row['runs']:20s} {state}")
    print(f"files ({model_folder()} and the Hugging Face cache)")
    for file in files:
        print(f"  {file['spec']:50s} {file['bytes'] / 1e6:,.0f} MB")
    if not files:
        print("  none; `konigsberg models fetch` brings one, and gguf:PATH takes any file")
    print("embedded            ready: it ships with the package, and reads questions as tool calls")
    print("endpoints")
    for point in endpoints:
        key = "with a key" if point["key"] else "without a key"
        print(f"  {point['scheme'] + ':NAME':20s} {point['url']} ({key}): {point['state']}")
    print("Questions that the router is sure of need none of these.")
    return 0


def _test(options: argparse.Namespace) -> int:
    from agents.models import Ledger, ModelError, ask_json, chat_model

    model = chat_model(options.spec, max_tokens=64, timeout=options.timeout, retries=1)
    print(model.spec)
    try:
        start = time.perf_counter()
        model.invoke("Say yes.", max_tokens=1)
        print(f"  ready          {time.perf_counter() - start:.1f} s to the first token")
        ledger = Ledger()
        if model.spec == "embedded":
            asked = "Ann-Bob, Bob-Eve, Eve-Kim. If Bob goes away, can Kim still get in touch with Ann?"
            _tell("plan", str(model.charged_to(ledger).invoke(asked).text), ledger.total)
            return 0
        said = str(model.charged_to(ledger).invoke("In one sentence: what is a graph?").text)
        _tell("question", " ".join(said.split()), ledger.total)
        got = ask_json(model, "The old town of Königsberg had seven bridges. Reply as JSON: city, bridges.", _ANSWER)
        _tell("JSON schema", json.dumps(got.value, ensure_ascii=False), got.usage)
    except ModelError as error:
        print(f"konigsberg: {error}", file=sys.stderr)
        return 1
    how = "while it writes" if model.constrains else "after it has written"
    print(f"  held to the schema {how}; repairs {got.repairs}, retries {model.usage.retries}")
    return 0


def _tell(what: str, said: str, usage: Any) -> None:
    from ui.cli import printable

    speed = usage.completion_tokens / usage.seconds if usage.seconds else 0.0
    tokens = f"{usage.prompt_tokens} + {usage.completion_tokens} tokens"
    print(f"  {what:14s} {printable(said)[:200]}")
    print(f"  {'':14s} {usage.seconds:.1f} s, {tokens}, {speed:.1f} tokens/s")


def _fetch(options: argparse.Namespace) -> int:
    from agents.chat.files import fetch

    print(fetch(options.source, options.name, link=options.link))
    return 0
