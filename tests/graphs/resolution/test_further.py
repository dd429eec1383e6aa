from __future__ import annotations

import pytest

from graphs.resolution.further import another_concept
from graphs.resolution.naming import read_name


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        ("stress", "residual stress", True),
        ("load", "loading", True),
        ("aggregate", "aggregation", True),
        ("adsorption", "absorption", True),
        ("Model A", "Model", True),
        ("temperature", "temp", False),
        ("max stress", "maximum stress", False),
        ("fibre colour", "fiber color", False),
        ("crystallisation", "crystallization", False),
        ("ageing", "aging", False),
        ("loss of stiffness", "stiffness loss", False),
        ("Calder Steel Inc.", "Calder Steel", False),
    ],
)
def test_words_without_a_counterpart_make_another_concept(one: str, other: str, another: bool) -> None:
    assert another_concept(read_name(one), read_name(other)) is another
    assert another_concept(read_name(other), read_name(one)) is another


@pytest.mark.parametrize(
    ("name", "sign"),
    [("LSF", True), ("T_g", True), ("α", True), ("GPUs", True), ("a_T(T)", True), ("silk", False), ("L S F x", False)],
)
def test_signs(name: str, sign: bool) -> None:
    assert read_name(name).is_sign is sign
