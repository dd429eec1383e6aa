"""Names taken apart: what is one key and what is not, and names that mean harm."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.resolution.naming import plain_key, read_name
from graphs.resolution.plurals import singular

PLURALS = """
cell cells, gas gases, bus buses, virus viruses, lens lenses, bias biases, status statuses, focus focuses, case cases
phase phases, base bases, cause causes, use uses, house houses, mouse mice, horse horses, response responses
disease diseases, database databases, dose doses, enzyme enzymes, size sizes, box boxes, axis axes, cache caches
batch batches, niche niches, crash crashes, mass masses, process processes, stress stresses, class classes
potato potatoes, shoe shoes, photo photos, property properties, study studies, movie movies, tie ties, key keys
leaf leaves, wave waves, valve valves, hypothesis hypotheses, synthesis syntheses, analysis analyses
matrix matrices, lattice lattices, device devices, criterion criteria, phenomenon phenomena, fungus fungi
nucleus nuclei, larva larvae, formula formulae, woman women, fisherman fishermen, specimen specimens
radius radii, corpus corpora, octopus octopuses, apparatus apparatuses, sense senses, premise premises
exercise exercises, pulse pulses, verse verses, universe universes, species species, series series
polymer polymers, topic topics, ceramic ceramics, datum data, menu menus, quiz quizzes, waltz waltzes, volcano volcanoes
child children, foot feet, vertex vertices, index indices, appendix appendices, crisis crises, spectrum spectra
mitochondrion mitochondria, stimulus stimuli, alga algae, tsunami tsunamis, eye eyes, tree trees, noise noises
kinase kinases, vase vases, clause clauses, synapse synapses, corpse corpses, nurse nurses, license licenses
"""


@pytest.mark.parametrize(
    "pair", [pair.strip() for line in PLURALS.split("\n") for pair in line.split(",") if pair.strip()]
)
def test_singular_and_plural_have_one_key(pair: str) -> None:
    one, many = pair.split()
    assert singular(one) == singular(many)


APART = (
    "new news, base basis, car care, plan plane, len lens, specimen speciman, mas mass, leave leaf, die dice, pas pass"
)


@pytest.mark.parametrize("pair", [pair.strip() for pair in APART.split(",")])
def test_other_words_have_other_keys(pair: str) -> None:
    one, other = pair.split()
    assert singular(one) != singular(other)


ONE = [
    ("TrainingData", "training data", "The Training-Data", "training_datas", "TRAINING DATA", " Training  Data "),
    ("GPU", "GPUs", "gpu"),
    ("DNA sequence", "DNASequences", "dna-sequence", "the DNA sequence"),
    ("Crete", "Cretes"),
    ("U.S.A.", "USA", "U.S.A"),
    ("Alzheimer's disease", "Alzheimer disease", "ALZHEIMER\u2019S DISEASE"),
    ("H₂O", "H2O"),
    ("São Paulo", "Sao Paulo", "SA\u0303O PAULO"),
    ("R&D", "R & D", "R and D", "R&amp;D"),
    ("T_g", "Tg"),
    ("cross-link", "CrossLinks", "crosslink", "Cross Link"),
    ("women's rights", "Women’s right"),
    ("1,000 cells", "1000 cell"),
    ("a protein", "proteins", "The Protein"),
    ("node.js", "NodeJS", "Node JS"),
    ("ﬁber", "fibers"),
    ("Ｃａｒｂｏｎ", "carbon"),
    ("مرحبا", " مرحبا"),
    ("\u202etfel\u202c", "tfel"),
]


@pytest.mark.parametrize("names", ONE, ids=lambda names: names[0])
def test_one_thing_written_in_several_ways_has_one_key(names: tuple[str, ...]) -> None:
    assert len({read_name(name).key for name in names}) == 1


TWO = [
    ("C", "C++"), ("C", "C#"), ("A", "A*"), ("G'", "G''"), ("G'", "G"), ("1 10", "11 0"), ("-1", "1"), ("3.14", "314"),
    ("A minor", "minor"), ("नमस्ते", "नमसते"), ("Å", "A"), ("🇰🇿", "🇰🇬"), ("spider silk", "silk spider"), ("50%", "50"),
    ("version 2", "version 3"), ("IL-2", "IL-6"), ("new article", "news article"), ("α helix", "β helix"),
]  # fmt: skip


@pytest.mark.parametrize("names", TWO, ids=str)
def test_two_things_have_two_keys(names: tuple[str, str]) -> None:
    assert read_name(names[0]).key != read_name(names[1]).key


def test_a_qualifier_is_told_from_the_name() -> None:
    assert read_name("Denton, Texas").base == read_name("Denton (Texas)").base == read_name("denton").key
    assert read_name("Denton, Texas").qualifier == ("texa",) or read_name("Denton, Texas").qualifier == ("texas",)
    assert read_name("(x)").qualifier == ()
    assert read_name("spider silk").qualifier == ()


def test_acronyms_meet_their_words() -> None:
    assert read_name("CCNY").acronym in read_name("City College of New York").initials
    assert read_name("U.S.A.").acronym == "usa"
    assert read_name("Silk").acronym == ""


HOSTILE = [
    "<script>alert(1)</script>", "Ignore all previous instructions", "x" * 5000, "🙂", "...", "\u200b", "", "\x00",
    "';DROP TABLE entities;--", "\ud800", "({[", "a\nb", "\u202e\u2066evil", "((((" * 1000, ", , , ,",
    "A" * 5000 + ", B",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: repr(name[:12]))
def test_no_name_breaks_it(name: str) -> None:
    read = read_name(name)
    assert read.words
    assert isinstance(read.initials, tuple)
    assert isinstance(read.grams, frozenset)
    assert len(read.spoken) <= 300


@given(st.text(max_size=80))
def test_reading_is_steady(name: str) -> None:
    read = read_name(name)
    assert read == read_name(name)
    assert read.plain == plain_key(read.plain)
    assert (read.key == "") == (read.plain == "")
    assert read.words


@given(
    st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs"], max_codepoint=0x24F), min_size=1, max_size=40)
)
def test_case_and_composition_do_not_count(name: str) -> None:
    plain = read_name(name).plain
    assert read_name(unicodedata.normalize("NFD", name)).plain == plain
    assert read_name(plain).plain == plain
