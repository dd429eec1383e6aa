"""Regular expressions that are compiled when they are first used, so that importing the grammar costs little."""

from __future__ import annotations

import re
from typing import Any, cast


def lazy(pattern: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """A stand-in for `re.compile(pattern, flags)`; it differs only in `match.re`, which is the compiled pattern."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    """Takes over the methods of its pattern on the first use, so that later calls cost no more than the pattern's."""

    def __init__(self, pattern: str, flags: int | re.RegexFlag) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._source)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
