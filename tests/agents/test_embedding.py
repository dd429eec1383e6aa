"""Sentence embeddings, where they are installed."""

from __future__ import annotations

import pytest

from agents import embedding
from tools import sentences


def test_loading_the_weights_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    if not embedding.available():
        pytest.skip("needs the extra search")
    sentences._encoder.cache_clear()
    assert embedding.vectors(["silk"]).shape == (1, 384)
    assert capfd.readouterr() == ("", "")
