"""What the coding agent hands back: the versions of a program, what the last one gave, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents.programs.crosscheck import Agreement
from agents.programs.program import Program, Result
from agents.reply import Cost, Reply, Status
from agents.search import Found
from tools.answers import Answer, as_plain


@dataclass(frozen=True)
class Attempt:
    """One version of a program: what the check corrected and found, whether it ran, and its error ("" for none)."""

    code: str
    fixes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    ran: bool = False
    error: str = ""


@dataclass(frozen=True)
class Coded:
    """What the coding agent hands back.

    value: the result, None where no version ran. answer: the same as one of the tools' types, where one fits.
    status: computed (a tool agrees), unverified, or unanswerable (no version ran). agreement: which tool agreed.
    left_out: what of the question the program does not do, in words.
    """

    value: Any
    status: Status
    program: Program
    result: Result
    attempts: tuple[Attempt, ...]
    answer: Answer | None = None
    agreement: Agreement | None = None
    found: Found = field(default_factory=Found)
    calls: tuple[str, ...] = ()
    cost: Cost = Cost()
    left_out: tuple[str, ...] = ()

    @property
    def ran(self) -> bool:
        """Whether a version ended without an error."""
        return self.attempts[-1].ran and not self.attempts[-1].error

    def export(self, file: Path) -> None:
        """Write the program as a script of its own, with the files that it reads beside it."""
        file.write_text(self.program.standalone(), encoding="utf-8")
        for name, content in self.program.files.items():
            (file.parent / name).write_bytes(content)

    def reply(self) -> Reply:
        """As the reply to a question; the program stands in the text."""
        code = f"```python\n{self.program.code.strip()}\n```"
        if not self.ran:
            last = self.attempts[-1].error.strip().splitlines()[-1:] or self.attempts[-1].problems[:1] or ("no reason",)
            text = f"No program that answers this ran to its end ({last[0]}). The last version:\n{code}"
            return Reply(None, text, "unanswerable", cost=self.cost)
        why = self.agreement.why if self.agreement is not None else "nothing checks this value but the program itself"
        if self.left_out:
            why = f"{why}; it does only a part of what is asked and leaves out: {'; '.join(self.left_out)}"
        shown = self.result.text.strip() or str(self.value)
        return Reply(as_plain(self.value), f"{shown}\n\n({why}.) The program:\n{code}", self.status, cost=self.cost)
