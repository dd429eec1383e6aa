"""The singular of an English word, for keys: a word and its plural give the same string, other words different ones.

A key need not be a word. Libraries that give the singular of a plural (inflect) make "viru" of "virus" but "virus" of
"viruses", so that the two would stay apart.
"""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    plural: singular
    for line in """
    women woman; men man; children child; feet foot; teeth tooth; geese goose; mice mouse; lice louse; oxen ox
    dormice dormouse; leaves leaf; loaves loaf; wolves wolf; shelves shelf; halves half; calves calf; knives knife
    wives wife; lives life; thieves thief; elves elf; selves self; scarves scarf; hooves hoof; sheaves sheaf
    matrices matrix; vertices vertex; indices index; appendices appendix; vortices vortex; helices helix
    apices apex; cortices cortex; codices codex; directrices directrix; axes axis; quizzes quiz; oases oasis
    crises crisis; criteria criterion; phenomena phenomenon; automata automaton; polyhedra polyhedron
    ganglia ganglion; bacteria bacterium; mitochondria mitochondrion; spectra spectrum; quanta quantum
    strata stratum; errata erratum; curricula curriculum; memoranda memorandum; symposia symposium
    millennia millennium; flagella flagellum; cilia cilium; maxima maximum; minima minimum; optima optimum
    momenta momentum; continua continuum; media medium; consortia consortium; aquaria aquarium
    equilibria equilibrium; sporangia sporangium; taxa taxon; genera genus; corpora corpus; schemata schema
    stigmata stigma; stomata stoma; lemmata lemma; vacua vacuum; fungi fungus; nuclei nucleus; stimuli stimulus
    foci focus; loci locus; radii radius; alumni alumnus; cacti cactus; bacilli bacillus; hippocampi hippocampus
    syllabi syllabus; moduli modulus; calculi calculus; tori torus; villi villus; gyri gyrus; sulci sulcus
    nevi nevus; thrombi thrombus; termini terminus; larvae larva; algae alga; antennae antenna; formulae formula
    nebulae nebula; vertebrae vertebra; supernovae supernova; pupae pupa; hyphae hypha; lacunae lacuna
    amoebae amoeba; personae persona; datum data; corpses corpse; irises iris; menus menu; emus emu; gnus gnu
    skis ski; bikinis bikini; tsunamis tsunami; safaris safari; alibis alibi; rabbis rabbi; kiwis kiwi
    martinis martini; zucchinis zucchini; salamis salami; trellises trellis
    """.splitlines()
    for plural, singular in (pair.split() for pair in line.split(";") if pair.strip())
}

# They end like plurals and are none, or are their own.
_SINGULAR = frozenset(
    """
    gas bus lens bias canvas atlas chaos cosmos ethos pathos logos alias news series species pancreas plus surplus
    texas kansas arkansas dallas thomas jesus moses james charles athens mars venus perhaps always this his as is
    was has us yes thus rhinoceros asbestos thermos kudos rabies scabies caries means dias gallows corps chassis
    biceps triceps forceps bourgeois debris apropos christmas lotus
    """.split()
)
_CHE = frozenset(
    """
    cache ache niche headache toothache backache moustache mustache psyche creche avalanche quiche cliche pastiche
    """.split()
)
_IE = frozenset(
    """
    movie cookie calorie zombie prairie pixie brownie rookie selfie collie genie sortie hippie birdie bookie junkie
    goalie smoothie eerie lie pie tie die necktie magpie bowtie kilocalorie veggie indie
    """.split()
)
_OE = frozenset("shoe toe canoe oboe horseshoe hoe foe doe roe tiptoe aloe sloe".split())
_USE = frozenset("use reuse misuse overuse abuse disabuse ruse peruse excuse accuse".split())
_MEN = frozenset(
    """
    specimen regimen acumen abdomen omen semen lumen stamen hymen cyclamen yemen bitumen albumen foramen amen ramen
    rumen examen duramen
    """.split()
)
_GREEK = (  # plurals in -ses of words in -sis; "bases" and "ellipses" are taken for those of "base" and "ellipse"
    "lyses", "theses", "geneses", "gnoses", "neuroses", "psychoses", "bioses", "morphoses", "osmoses", "mitoses",
    "meioses", "emphases", "ptoses", "stases", "kineses", "fibroses", "scleroses", "necroses", "mimeses", "cytoses",
)  # fmt: skip


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """The key of a word in lower case, equal for singular and plural.

    >>> [singular(word) for word in ("analyses", "analysis", "viruses", "virus", "leaves", "waves", "glass")]
    ['analysis', 'analysis', 'virus', 'virus', 'leaf', 'wave', 'glass']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 5 and word not in _MEN:
        return word[:-2] + "an"
    if len(word) < 4 or not word.endswith("s") or word in _SINGULAR or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("es"):
        return _from_es(word)
    return word[:-1]


def _from_es(word: str) -> str:
    stem = word[:-2]
    if word.endswith("ies"):
        return word[:-1] if word[:-1] in _IE or len(word) < 5 else word[:-3] + "y"
    if word.endswith("uses"):
        return word[:-1] if word[:-1] in _USE or word.endswith(("auses", "ouses", "fuses", "muses")) else stem
    if word.endswith(_GREEK):
        return stem + "is"
    if word.endswith(("sses", "shes", "xes", "tzes", "zzes")) or stem in _SINGULAR:
        return stem
    if word.endswith("ches"):
        return word[:-1] if word[:-1] in _CHE else stem
    if word.endswith("oes"):
        return word[:-1] if word[:-1] in _OE else stem
    return word[:-1]
