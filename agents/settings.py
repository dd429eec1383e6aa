"""Settings, from the environment (prefix KONIGSBERG_) or the defaults."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from graphs.errors import BadArgument

PREFIX = "KONIGSBERG_"


def data_folder() -> Path:
    """Where conversations and graphs are kept: KONIGSBERG_DATA_DIR, or the platform's user data folder."""
    own = os.environ.get(PREFIX + "DATA_DIR")
    if own:
        return Path(own)
    from platformdirs import user_data_path

    return Path(user_data_path("konigsberg", appauthor=False))


def program_python() -> str:
    """The interpreter that runs generated programs: KONIGSBERG_PROGRAM_PYTHON, or this one.

    Libraries that cannot stand beside the product's own packages (several graph libraries need an older numpy) go
    into an environment of their own, and this setting names its `bin/python`.

    Raises:
        BadArgument: the setting names no executable file.
    """
    own = os.environ.get(PREFIX + "PROGRAM_PYTHON")
    if not own:
        return sys.executable
    found = shutil.which(own)
    if found is None:
        raise BadArgument(f"{PREFIX}PROGRAM_PYTHON is {own!r}, which is no program that can be run; name a python")
    return found


def model_folder() -> Path:
    """Where `konigsberg models fetch` keeps model files."""
    return data_folder() / "models"


def setting(name: str, default: str) -> str:
    """The setting KONIGSBERG_<name>, or `default` where it is unset or empty."""
    return os.environ.get(PREFIX + name, "").strip() or default


def whole_number(name: str, default: int) -> int:
    """A setting that must be a whole number above 0.

    Raises:
        BadArgument: it is something else.
    """
    text = setting(name, str(default))
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**9):
        raise BadArgument(f"{PREFIX}{name} must be a whole number above 0, not {text[:40]!r}")
    return int(text)


def switch(name: str, default: bool) -> bool:
    """A setting that is on or off.

    Raises:
        BadArgument: it is something else.
    """
    text = setting(name, "on" if default else "off").casefold()
    if text not in ("on", "off", "1", "0", "yes", "no", "true", "false"):
        raise BadArgument(f"{PREFIX}{name} must be on or off, not {text[:40]!r}")
    return text in ("on", "1", "yes", "true")
