"""Settings, from the environment (prefix KONIGSBERG_) or the defaults."""

from __future__ import annotations

import os
from pathlib import Path

PREFIX = "KONIGSBERG_"


def data_folder() -> Path:
    """Where conversations and graphs are kept: KONIGSBERG_DATA_DIR, or the platform's user data folder."""
    own = os.environ.get(PREFIX + "DATA_DIR")
    if own:
        return Path(own)
    from platformdirs import user_data_path

    return Path(user_data_path("konigsberg", appauthor=False))
