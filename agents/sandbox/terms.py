"""What a program may use, and what came of its run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

from graphs.errors import BadArgument, GraphError

Killed = Literal["", "time", "memory", "output", "cpu", "cancelled", "forbidden"]


class SandboxUnavailable(GraphError):
    """No sandbox can be built here, so a program written by a model does not run."""


@dataclass(frozen=True)
class Limits:
    """What one program may use.

    `seconds` of wall clock and `cpu_seconds` (rounded up to whole ones); `memory` in bytes of address space beyond what
    the interpreter itself takes; `output` bytes of stdout and stderr together; `file_size` bytes a file, and four times
    that (beyond the files given) for all; `files` open at once, and made in the scratch folder; `threads` at once.

    Raises:
        BadArgument: a limit is not above 0.
    """

    seconds: float = 20
    cpu_seconds: float = 20
    memory: int = 1 << 30
    output: int = 1 << 20
    file_size: int = 16 << 20
    files: int = 64
    threads: int = 64

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1 << 50:
                raise BadArgument(f"the limit {each.name} is {value!r}; give a number above 0")
            if each.type == "int" and not isinstance(value, int):
                raise BadArgument(f"the limit {each.name} is {value!r}; give a whole number")


@dataclass(frozen=True)
class Ran:
    """How a program ended and what it left.

    Everything but `seconds`, `killed`, `layers` and the exit status as the kernel reports it is the program's own word.
    `exit_code` is None where a signal ended the program. In `stdout` and `stderr` bytes that are not UTF-8 and control
    characters other than line break and tab are replaced by U+FFFD. `killed` is "memory" as well where the program
    ended by a MemoryError. `made` holds files that are new or changed, by their path in the scratch folder.
    """

    stdout: str
    stderr: str
    exit_code: int | None
    seconds: float
    killed: Killed
    made: Mapping[str, bytes] = field(default_factory=dict)
    layers: tuple[str, ...] = ()  # what held the program in; ("unsafe",) where nothing did
