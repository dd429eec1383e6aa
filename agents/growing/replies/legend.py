"""What signs such as `E` or `T_g` stand for, as the reply that uses them tells.

A sign means one thing in one reply and another in the next: a graph that grows over many replies needs its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agents.growing.replies.arrows import split_entities
from agents.growing.replies.names import is_symbol

_LISTS = ("entit", "node", "concept", "variable", "symbol", "legend")
_MOST = 300  # signs of one reply
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")
_BREAK = re.compile(r"[.,;:()\[\]{}<>|=→↑↓\n\"“”*]")
_SMALL = frozenset(
    "a an the and or but in on at by with from to for as is are was be that this which where when while if its their "
    "increases decreases reduces increasing decreasing both each higher lower more less between into via than".split()
)


def symbols_in(readings: Iterable[tuple[list[object], list[object]]]) -> set[str]:
    """The signs among the names of nodes and edges."""
    found: set[str] = set()
    for nodes, edges in readings:
        for item in (*nodes, *edges):
            names = item.values() if isinstance(item, dict) else item if isinstance(item, list) else (item,)
            found |= {name for name in names if isinstance(name, str) and 0 < len(name) <= 30 and is_symbol(name)}
    return set(sorted(found)[:_MOST])


def legend(text: str, symbols: set[str]) -> tuple[dict[str, str], set[str]]:
    """(meaning of each sign that `text` explains, signs with two meanings in one list).

    A list of entities explains best ("Core entities: Particle Radius (R), h (thickness)"), else the words before a sign
    in brackets ("the glass transition temperature (T_g)").
    """
    meanings: dict[str, str] = {}
    unclear: set[str] = set()
    for statement in text.splitlines():
        head, colon, listed = statement.partition(":")
        if not colon or len(head) > 40 or not any(word in head.casefold() for word in _LISTS):
            continue
        here: dict[str, str] = {}
        for name, note in split_entities(listed):
            for symbol, meaning in ((note, name), (name, note)):
                if symbol in symbols and _explains(meaning):
                    known = here.setdefault(symbol, meaning)
                    if known.casefold() != meaning.casefold():
                        unclear.add(symbol)
        meanings = here | meanings
    for symbol in sorted(symbols - meanings.keys()):
        at = text.find(f" ({symbol})")
        if at > 0 and (meaning := _words_before(text[max(0, at - 80) : at])):
            meanings[symbol] = meaning
    return {symbol: meaning for symbol, meaning in meanings.items() if symbol not in unclear}, unclear


def _words_before(text: str) -> str:
    """The noun phrase at the end of `text`; empty where there is none."""
    words: list[str] = []
    for word in reversed(_BREAK.split(text)[-1].split()):
        if not _WORD.fullmatch(word) or word.endswith(("'s", "’s")) or word.casefold() in _SMALL or len(words) == 5:
            break
        words.insert(0, word)
    while words and words[0].casefold() == "of":
        words.pop(0)
    meaning = " ".join(words)
    return meaning if _explains(meaning) else ""


def _explains(meaning: str) -> bool:
    words = meaning.split()
    plain = all(c.isalnum() or c in " -'’/" for c in meaning)
    return plain and 0 < len(words) <= 6 and max(map(len, words)) > 3 and not is_symbol(meaning)
