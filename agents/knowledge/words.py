"""Words of questions and of verbs: tokens, roots, what form a word has, and words that mean the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from agents.routing.language import stem

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|(?<=s)['’](?=\s|$)|[^\w\s]", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])")
_IRREGULAR = """
write wrote written|make made|lead led|bear born borne|find found|build built|hold held|know knew known|give gave given
take took taken|speak spoke spoken|sing sang sung|win won|lose lost|buy bought|sell sold|teach taught|think thought
bring brought|catch caught|fight fought|begin began begun|drive drove driven|eat ate eaten|fall fell fallen|grow grew
grown come came|become became|get got gotten|go went gone|see saw seen|show shown|bind bound|break broke broken|choose
chose
chosen draw drew drawn|feed fed|feel felt|fly flew flown|forbid forbade forbidden|keep kept|leave left|lend lent|lie
lay lain
meet met|pay paid|ride rode ridden|rise rose risen|run ran|say said|send sent|shoot shot|sit sat|spend spent|stand stood
steal stole stolen|strike struck|swear swore sworn|swim swam swum|tell told|throw threw thrown|understand understood
wear wore worn|arise arose arisen|overcome overcame|undergo underwent undergone|beget begot begotten|slay slew slain
child children|man men|woman women|person people|mouse mice|foot feet|tooth teeth|life lives|wife wives|leaf leaves
thesis theses|hypothesis hypotheses|phenomenon phenomena|criterion criteria|datum data|medium media
nucleus nuclei|fungus fungi|bacterium bacteria|virus viruses|species species|series series|die died dying death dead
star starred starring|neighbor neighbour neighbors neighbours neighboring neighbouring neighbored neighboured
color colour colors colours|center centre|labor labour|behavior behaviour|program programme|movie movies|genre genres
marry married marriage|analyze analyse analyses analysis analyzed analysed analyzing analysing|relate related relation
relationship|locate located location|belong belongs|year years produce product production|own owner ownership|author
authors authored|language languages|vote votes|act actor actress
"""
PARTICIPLES = frozenset(
    "written made led born borne found built held known given taken spoken sung won lost bought sold taught brought "
    "caught fought begun driven eaten fallen grown become seen shown bound broken chosen drawn fed felt forbidden kept "
    "left lent met paid ridden said sent shot spent stolen struck sworn told thrown understood worn cut set put hit "
    "read spread cast shed hurt cost".split()
)
PREPOSITIONS = frozenset(
    "of by in on at to from with for under into between about through as within against over near onto upon among "
    "along across behind beside during inside outside towards toward via after before".split()
)
LIGHT = frozenset(  # words that name no relation by themselves
    "be is are was were been being has have had do does did list listed called named known considered said see seen "
    "found find regarded get got count counted".split()
)

# "give aid to", "take action against"; "receive aid from", which runs the other way
GIVES = frozenset(
    "give gives gave given giving provide provides provided offer offers offered grant grants granted make makes "
    "made take takes took taken conduct conducts conducted issue issues issued hold holds held maintain maintains "
    "maintained".split()
)
GETS = frozenset(
    "receive receives received receiving get gets got obtain obtains obtained accept accepts accepted".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold().replace("’", "'")


def tokens(text: str) -> list[Token]:
    """Words, numbers, possessive endings and single marks, in order; an underscore parts words."""
    return [Token(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]


def _irregular() -> dict[str, str]:
    found = {}
    for group in _IRREGULAR.replace("\n", "|").split("|"):
        first, *others = group.split() or [""]
        for other in others:
            found[other] = first
    return found


_BASE = _irregular()
_ENDINGS = ("izat", "isat", "ment", "anc", "enc", "at", "it", "er", "or", "iv", "al", "ur")


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What the forms of a word have in common, as good as that goes without a dictionary.

    >>> root("director") == root("directed") == root("direction")
    True
    >>> root("wrote") == root("writers") == root("written")
    True
    """
    low = word.casefold().replace("’", "'")
    low = _BASE.get(low, low)
    found = stem(low)
    singular = _BASE.get(found, None)
    if singular is not None:
        found = stem(singular)
    if found.endswith(("er", "or")) and len(found) >= 5:
        found = found[:-2]
    for ending in _ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) >= 4:
            found = found[: -len(ending)]
            break
    if len(found) > 4 and found[-1] == found[-2] and found[-1] not in "aeiouls":
        found = found[:-1]
    return found


_NO_AGENTS = frozenset(
    "mother father brother sister daughter gender tower flower summer winter corner river feather finger weather "
    "leather border neighbor neighbour number other member trigger lower alter hinder foster differ suffer transfer "
    "deliver enter recover cover discover offer order answer consider matter layer center power water further "
    "hamper sever favor honor color labor behavior factor vector error tumor cancer fever liver river paper chapter "
    "character parameter master monitor mirror anchor tour exist assist consist resist persist insist twist list "
    "register administer encounter render surrender filter gather scatter shelter utter remember bother wonder "
    "batter after".split()
)


def is_agent(word: str) -> bool:
    """Whether the word looks like a noun for who does something: director, writers."""
    low = word.casefold()
    return bool(re.fullmatch(r"\w{2,}(?:er|or|ress|ist|ian)s?", low)) and low.removesuffix("s") not in _NO_AGENTS


GENERIC = frozenset(map(root, "related connected linked tied".split()))  # "related to": by any relation

# Everyday nouns for kinds of things: "the films by Ann", "the city Paris".
NOUNS = frozenset(
    root(word)
    for word in """
    film films movie movies picture pictures book books novel novels song songs album albums work works title titles
    country countries nation nations state states city cities town towns village villages river rivers mountain
    mountains lake lakes island islands region regions area areas place places continent continents person persons
    people man men woman women human humans group groups company companies firm firms organisation organisations
    organization organizations institution institutions university universities school schools team teams party
    parties government governments material materials substance substances chemical chemicals compound compounds
    element elements protein proteins gene genes drug drugs medicine medicines disease diseases species animal
    animals plant plants organism organisms cell cells concept concepts idea ideas process processes property
    properties method methods technique techniques device devices system systems structure structures function
    functions event events product products language languages genre genres year years date dates number numbers
    term terms word words topic topics field fields paper papers article articles document documents thing things
    entity entities item items object objects part parts component components factor factors feature features
    phenomenon phenomena theory theories law laws character characters family families relative relatives friend
    friends member members kind kinds type types class classes one ones
    """.split()
)


def is_participle(word: str) -> bool:
    """Whether the word may be a past participle: directed, written."""
    low = word.casefold()
    return low in PARTICIPLES or (low.endswith("ed") and not low.endswith("eed") and len(low) >= 4)


def split_name(name: str) -> list[str]:
    """The words of an identifier, in small letters.

    >>> split_name("BiologicallyActive_substance"), split_name("located in"), split_name("timesince2")
    (['biologically', 'active', 'substance'], ['located', 'in'], ['timesince', '2'])
    """
    parts = re.split(r"[\W_]+", _CAMEL.sub(" ", unicodedata.normalize("NFKC", name)))
    return [part.casefold() for part in parts if part]


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Root (or roots joined by "_") -> numbers of the groups that it stands in."""
    found: dict[str, set[int]] = {}
    lines = (Path(__file__).parent / "thesaurus.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        for word in () if line.startswith("#") else line.split():
            found.setdefault("_".join(root(part) for part in word.split("_")), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def alike(one: str, other: str) -> float:
    """How near two roots are in meaning: 1 for the same, less for words of one group of the thesaurus, else 0."""
    if one == other:
        return 1.0
    groups = _groups()
    shared = groups.get(one, frozenset()) & groups.get(other, frozenset())
    if shared:
        return 0.8
    short, long = sorted((one, other), key=len)
    return 0.7 if len(short) >= 5 and long.startswith(short) else 0.0


@cache
def phrases() -> frozenset[tuple[str, ...]]:
    """The entries of the thesaurus that are more than one word, as roots."""
    return frozenset(tuple(key.split("_")) for key in _groups() if "_" in key)


def vocabulary() -> frozenset[str]:
    """The single roots of the thesaurus."""
    return frozenset(key for key in _groups() if "_" not in key)
