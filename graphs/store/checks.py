"""What may be written into a store."""

from __future__ import annotations

import json
import math
import re
from operator import index
from typing import Any

from graphs.store.errors import StoreError
from graphs.store.records import STATUSES, Status

_DATE = re.compile(r"-?\d{4,}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T[0-9:.]+(Z|[+-]\d\d:?\d\d)?)?)?)?")


def text(value: object, what: str, *, blank: bool = False) -> str:
    """The text, if it can be stored.

    Raises:
        StoreError: it is no text, blank where that is not allowed, or holds half a character.
    """
    if not isinstance(value, str):
        raise StoreError(f"{what} must be text, not {type(value).__name__}")
    if not blank and not value.strip():
        raise StoreError(f"{what} is blank; leave it out, or quarantine what it came with")
    half = half_character(value)
    if half is not None:
        raise StoreError(
            f"{what} {value[:40]!r} holds half a character (U+{ord(value[half]):04X} at {half}); "
            "replace it, or quarantine what it came with"
        )
    return value


def half_character(text: str) -> int | None:
    """Where the text holds a surrogate without its other half, as broken JSON escapes leave behind; no store does."""
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None


def number(value: object, what: str) -> int:
    try:
        return index(value)  # type: ignore[arg-type]
    except TypeError as error:
        raise StoreError(f"the id of {_article(what)} is a whole number, not {value!r:.60}") from error


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1 or math.isnan(value):
        raise StoreError(f"a confidence must be a number from 0 to 1, not {value!r}")
    return float(value)


def status(value: object) -> Status:
    if value not in STATUSES:
        raise StoreError(f"a status must be one of {', '.join(STATUSES)}, not {value!r}")
    return value  # type: ignore[return-value]


def is_date(value: str) -> bool:
    """Whether valid_from and valid_to take the text: an ISO 8601 year, month, day or time of a day.

    >>> is_date("1999-12"), is_date("today")
    (True, False)
    """
    return _DATE.fullmatch(value) is not None


def date(value: object, what: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not is_date(value):
        raise StoreError(f"{what} must be an ISO date such as 2024, 2024-05 or 2024-05-31, not {value!r}")
    return value


def json_data(value: Any, what: str) -> Any:
    """The value as JSON gives it back.

    Raises:
        StoreError: JSON cannot hold it.
    """
    try:
        packed = json.dumps(value, ensure_ascii=False, allow_nan=False)
        packed.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise StoreError(f"{what} cannot be kept as JSON ({error}); give it text, numbers, lists and dicts") from error
    return json.loads(packed)
