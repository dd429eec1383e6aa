"""Names of entities and verbs as models write them: cleaned, spelled out, and compared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LONGEST_NAME, MOST_WORDS = 100, 8  # beyond, it is a statement and no name
LONGEST_VERB, MOST_VERB_WORDS = 60, 7
_ESCAPED = re.compile(r"\\([*_`~\[\]()])")
_MARKUP = re.compile(r"\*\*|`+")
_WRAPPED = re.compile(r"([*_]{1,2})(\S|\S.*\S)\1")
_ABBREVIATED = re.compile(r"(?:\b\w|\.\w+|\b(?:Jr|Sr|Inc|Ltd|Co|Corp|St|Dr|Mr|Mrs|Ms|No|etc))\.$")
_LIST_MARK = re.compile(r"^(?:[-•–]\s+|\(?\d{1,3}[.)]\s+)+")
_QUOTES = "\"'“”‘’«»„‚"
_EMPTY = frozenset({"", "n/a", "na", "none", "null", "nil", "unknown", "undefined", "tbd", "...", "…"})
_PRONOUNS = frozenset(
    "he she it they we you him her them us me his hers its their theirs this that these those who whom which someone "
    "somebody something everyone everybody everything anyone anybody anything one other others all each both many "
    "few several such there here".split()
)
_NO_NAMES = frozenset(  # words that tell how, when or where, and name nothing
    "after afterwards again ago alone already also always am as at away back be before both but by can could did do "
    "does down even ever first for from go had has have hence here how if in into is just later may might more most "
    "must never next no not now of off often on once only or out over perhaps quickly quite rather shall should slowly "
    "so sometimes soon still than then there therefore thus to together too under until up very was were what when "
    "where while why will with would yes yet".split()
)
_ARROW = re.compile(r"→|⟶|⇒|←|<-|->|=>|[↑↓]\s*\S")
_CAMEL = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|\d+")
_CAMEL_NAME = re.compile(r"(?:[A-Z][a-z]{2,}|[A-Z]{2,}(?![a-z]))(?:[A-Z][a-z]{2,}|[A-Z]{2,}(?![a-z])|\d+)+")
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_SMALL_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)")
_FRAGMENT = re.compile(
    r"(?:and|or|but|nor|because|that|which|who|if|when|while|where|than|so|no|not|very|its|their|his|her|my|our|your|"
    r"is|are|was|were|be|been|has|have|had|does|did|can|could|will|would|may|might|must|should|"
    r"he|she|it|they|we|you|there|this|these)\s"
)
_CLAUSE = re.compile(r"(?:,\s(?:that|when)|,?\s(?:who|whose|which|where))\s.*")
_NO_VERB = re.compile(
    r"(?:and|or|but|the|an?|it|he|she|they|we|you|there|this|these|those|not|no|nor|when|once|even|while|if|its|their|"
    r"his|her)\b(?=\s|$)"
)
_PREDICATE = re.compile(  # what says something of the source alone
    r"(?:is|are|was|were) (?:very )?(?:hard|soft|strong|weak|high|low|big|small|large|little|great|long|short|thick|"
    r"thin|wide|narrow|hot|cold|warm|cool|good|bad|new|old|young|tough|stiff|brittle|ductile|elastic|plastic|flexible|"
    r"rigid|dense|light|heavy|dark|bright|fast|slow|gray|grey|black|white|red|green|blue|durable|stable|complex|simple|"
    r"important|essential)"
)
_SPLINTER = re.compile(r"\b(?:which|that|who|whom|where|at all)$")
_PREPOSITIONS = (
    r"(?:due to|because of|instead of|out of|in|on|at|to|into|onto|of|for|from|with|without|by|as|through|between|"
    r"among|under|over|against|toward|towards|during|near|across|within|around|about|after|before|inside|via|upon)"
)
_PASSIVE = re.compile(
    r"\w+ed by|(?:made|built|driven|held|known|given|taken|shown|found|spun|bound|caused|written|drawn) by|"
    r"(?:made|built|composed|comprised|formed) (?:of|from|with|on|up of)|(?:based|built|founded) (?:on|upon)|"
    r"(?:found|located|situated|used|embedded|contained) (?:in|at|for|as|within)|"
    r"(?:related|linked|connected|attached|bound|joined|tied|associated|combined) (?:to|with)|"
    r"derived from|known (?:as|for)|caused by"
)
_PREPOSITION = re.compile(rf"{_PREPOSITIONS}\s+(?=\S)")
_UNSEEN = frozenset("\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
VERB_SIGNS = {
    "↑": "increases",
    "↓": "decreases",
    "→": "leads to",
    "->": "leads to",
    "∝": "is proportional to",
    "=": "equals",
    "≠": "differs from",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "<<": "is much less than",
    ">>": "is much greater than",
    "≪": "is much less than",
    "≫": "is much greater than",
    "≈": "is about",
    "⊂": "is part of",
    "∈": "is an element of",
}


class Unusable(ValueError):
    """A name or verb that cannot be used. The message says why."""


def clean_name(raw: object, repairs: Counter[str]) -> str:
    """The name without markup, list marks, quotes and unseen characters; every change is counted in `repairs`.

    Raises:
        Unusable: nothing remains, or it is a statement and no name.
    """
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise Unusable("the name is no text")
    text = str(raw)
    if not isinstance(raw, str):
        repairs["name_from_number"] += 1
    name = _CLAUSE.sub("", _SMALL_ARTICLE.sub("", _tidy(text)))
    if name != text:
        repairs["name_cleaned"] += 1
    if name.casefold() in _EMPTY or not any(c.isalnum() or unicodedata.category(c) == "Sm" for c in name):
        raise Unusable("the name is empty")
    if name.casefold() in _PRONOUNS and not (name.isupper() and len(name) <= 2):  # IT names a thing
        raise Unusable("a pronoun in place of a name")
    if name in _NO_NAMES:
        raise Unusable("a word that names nothing")
    if _FRAGMENT.match(name):
        raise Unusable("a fragment of a sentence in place of a name")
    if _circles(name.split()):
        raise Unusable("a name that goes round in circles")
    if len(name) > LONGEST_NAME or len(name.split()) > MOST_WORDS:
        raise Unusable("too long for a name: a statement")
    if _ARROW.search(name):
        raise Unusable("a relation stands in place of a name")
    return name


def _circles(words: list[str]) -> bool:
    """Whether a small model lost its way in a name: "layers layers" (Duran Duran, with capitals, is one)."""
    pairs = zip(words, words[1:], strict=False)
    return any(words.count(word) > 2 for word in words) or any(a == b and a.islower() and len(a) > 3 for a, b in pairs)


def clean_verb(raw: object, repairs: Counter[str]) -> str:
    """The verb as plain words: `operates_on`, `**IS-A**` and `↑` become "operates on", "is a" and "increases".

    Raises:
        Unusable: nothing remains, or it is a sentence.
    """
    if not isinstance(raw, str):
        raise Unusable("the verb is no text")
    verb = _tidy(raw)
    if verb in VERB_SIGNS:
        repairs["verb_respelled"] += 1
        return VERB_SIGNS[verb]
    verb = verb.strip("→⟶⇒- ")
    plain = re.sub(
        r"[_\s]+", " ", re.sub(r"(?<=[a-z])[A-Z](?=[a-z])", lambda match: f" {match[0].lower()}", verb)
    ).strip()
    if plain.isupper():
        plain = plain.replace("-", " ").casefold()
    elif re.match(r"[A-Z][a-z]", plain):
        plain = plain.casefold() if plain.istitle() else plain[0].lower() + plain[1:]
    plain = re.sub(r"(?<=\w) (?:the|an?)$", "", plain) if len(plain.split()) > 2 else plain
    if _PASSIVE.fullmatch(plain):
        plain = f"is {plain}"  # "made of" and "is made of" are one verb
    if re.fullmatch(_PREPOSITIONS, plain):
        plain = f"is {plain}"
    if _SPLINTER.search(plain) or _NO_VERB.match(plain) or len(re.findall(r"\b[A-Z][a-z]", plain)) > 1:
        raise Unusable("a fragment of a sentence in place of a verb")
    if _PREDICATE.fullmatch(plain):
        raise Unusable("an adjective in place of a verb")
    if plain != raw:
        repairs["verb_respelled"] += 1
    if plain.casefold() in _EMPTY or not any(c.isalpha() for c in plain):
        raise Unusable("the verb is empty")
    if len(plain) > LONGEST_VERB or len(plain.split()) > MOST_VERB_WORDS:
        raise Unusable("too long for a verb: a sentence")
    return plain


def without_preposition(target: str) -> tuple[str, str]:
    """(preposition, the rest) of what stands behind a verb: "in a helix" is "in" and "a helix". Names keep capitals.

    >>> without_preposition("in a helix"), without_preposition("In Cold Blood")
    (('in', 'a helix'), ('', 'In Cold Blood'))
    """
    found = _PREPOSITION.match(target.lstrip())
    return (" ".join(found[0].split()), target.lstrip()[found.end() :]) if found else ("", target)


_FOLDED = re.compile(r"(?P<verb>\w+(?: \w+)?) (?:an?|the|his|her|its|their) (?P<object>[\w’' -]+)")


def unfolded(verb: str) -> tuple[str, str] | None:
    """(verb, object) of a verb that has its object in it; None if it has none.

    >>> unfolded("had a big bed"), unfolded("called to his wife"), unfolded("is a part of")
    (('had', 'big bed'), ('called to', 'wife'), None)
    """
    found = _FOLDED.fullmatch(verb)
    if found is None or re.search(rf"\b{_PREPOSITIONS}$", found["object"]):
        return None
    return found["verb"], found["object"]


def spelled_out(name: str) -> str:
    """`TrainingData` and `Flake_Size` as words; symbols such as `T_g`, `E_coh` or `TiO2` stay as they are.

    >>> [spelled_out(name) for name in ("TrainingData", "Flake_Size", "T_g", "TiO2", "McDonald")]
    ['Training Data', 'Flake Size', 'T_g', 'TiO2', 'McDonald']
    """
    if " " in name:
        return name
    if "_" in name:
        parts = [part for part in name.split("_") if part]
        words = [part for part in parts if len(part) >= 3 and part.isalpha()]
        if len(parts) > 1 and words and all(len(part) >= 2 for part in parts):
            return " ".join(spelled_out(part) for part in parts)
        return name
    return " ".join(_CAMEL.findall(name)) if _CAMEL_NAME.fullmatch(name) else name


def is_symbol(name: str) -> bool:
    """Whether it is a sign whose meaning only its own text tells, such as `E`, `T_g`, `ρ` or `IFV`.

    >>> [is_symbol(name) for name in ("E", "T_g", "ρ", "IFV", "Toughness", "Chain length")]
    [True, True, True, True, False, False]
    """
    if " " in name:
        return False
    longest = max((len(word) for word in re.findall(r"[^\W\d_]+", name)), default=0)
    if longest <= 2 or (len(name) <= 5 and sum(c.isupper() for c in name) >= 2):
        return True
    return len(name.split("_")[0]) == 1 or (len(name) <= 8 and any("\u0370" <= c <= "\u03ff" for c in name))


def key_of(name: str) -> str:
    """What two spellings of one name have in common: case, blanks, hyphens, article and plural are left out.

    Symbols are compared letter by letter: `E` and `e` are two things.

    >>> key_of("The Energy-Dissipations") == key_of("EnergyDissipation")
    True
    """
    if is_symbol(name):
        return f"={name[:-1] if re.fullmatch('[A-Z]{2,}s', name) else name}"
    name = _ARTICLE.sub("", unicodedata.normalize("NFKC", name))
    parts = re.findall(r"[^\W_]+|[^\w\s]", " ".join(spelled_out(part) for part in re.split(r"[\s_-]+", name)))
    words = [word.casefold() for word in parts if word not in "'’-–.,"]
    if words:
        words[-1] = singular(words[-1])
    return "".join(words)


def singular(word: str) -> str:
    """The singular of an English plural, by its ending; for comparing, never for showing.

    >>> [singular(word) for word in ("proteins", "properties", "stresses", "glass", "analysis", "analyses")]
    ['protein', 'property', 'stress', 'glass', 'analysis', 'analysis']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("yses"):
        return word[:-2] + "is"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _tidy(text: str) -> str:
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or (c.isprintable() and c not in _UNSEEN))
    text = " ".join(unicodedata.normalize("NFC", _ESCAPED.sub(r"\1", text)).split())
    before = None
    while before != text:
        before = text
        text = _LIST_MARK.sub("", _MARKUP.sub("", text)).strip().rstrip(",;:")
        if wrapped := _WRAPPED.fullmatch(text):
            text = wrapped[2]
        if text.endswith(".") and not _ABBREVIATED.search(text):
            text = text.rstrip(".")
        for pair in ("[]", "{}", "()"):
            if len(text) > 1 and text[0] == pair[0] and text[-1] == pair[1] and text.count(pair[0]) == 1:
                text = text[1:-1].strip()
        if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
            text = text[1:-1].strip()
        text = text.strip()
    return text
