"""Stand-ins for the coding tests: programs run in a process of their own, and a model that says what it is told."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from agents.sandbox import Ran


def run_apart(code: str, *, files: Mapping[str, bytes] | None = None, cancel: object = None) -> Ran:
    """Run a program of the tests' own (not a model's) without walls."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in (files or {}).items():
            (place / name).write_bytes(content)
        (place / "program.py").write_text(code, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "program.py"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
        made = {
            p.name: p.read_bytes()
            for p in place.iterdir()
            if p.is_file() and p.name not in {*(files or {}), "program.py"}
        }
        return Ran(done.stdout, done.stderr, done.returncode, 0.0, "", made)


class Scripted(BaseChatModel):
    """A chat model that gives the next of its replies, and remembers what it was asked."""

    replies: list[str]
    asked: list[list[BaseMessage]] = []

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.asked.append(messages)
        message = AIMessage(
            self.replies.pop(0), usage_metadata={"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
        )
        return ChatResult(generations=[ChatGeneration(message=message)])


def scripted(*replies: str) -> Scripted:
    return Scripted(replies=list(replies), asked=[])


def block(code: str) -> str:
    return f"```python\n{code}\n```"
