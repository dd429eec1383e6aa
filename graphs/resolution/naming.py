"""What a name says once its spelling is set aside: words, keys under which equal names meet, initials, a qualifier."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from graphs.resolution.plurals import singular

LONGEST = 256  # characters of a name that are compared by their likeness; the keys take in all of it
_BLANKS = re.compile(r"\s+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s(?![a-z]))[a-z])")
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_NO_ARTICLE = re.compile(r"a\s+(?:minor|major|level|flat|sharp|priori|posteriori|capp?ella|star)\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_MINUS = re.compile(r"^[-\u2212](?=\d)")
_DOTTED = re.compile(r"(?<!\w)(?:\w\.){2,}")  # U.S.A., F.C., J.R.R.
_PRIMES = re.compile(r"(?<!\w)(\w)(['\u2019\u2032]+)(?!\w)")  # of a symbol: G' and G''
_POSSESSIVE = re.compile(r"['\u2019]s(?!\w)")
_ACRONYMS = re.compile(r"(?<![A-Za-z])([A-Z]{2,})s(?![A-Za-z])")
_PUNCTUATION = re.compile(r"[^a-z0-9+=<>~|$#*%@\0\1]+")
_KEPT = frozenset("#*%@\u2032\0\1")  # makes another name: C and C#, A and A*
_POINT_SIGN, _PLURAL_SIGN = "\0", "\1"  # a decimal point; what follows in a word is an ending
_LATIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})
_QUALIFIED = re.compile(r"^(?P<base>.*?\S)\s*(?:\((?P<brackets>[^()]+)\)|,\s+(?P<comma>.+))$", re.DOTALL)
_SMALL = frozenset("a an and at by de der des di du for from in la le of on or the to und van von with".split())

_LETTERS = re.compile(r"[^\W\d_]+")
_LINKING = frozenset("of the and for to by with from on at".split())  # no single letters and no signs of elements


@dataclass(frozen=True)
class Name:
    """A name taken apart; `read_name` makes and remembers it.

    plain: NFKC, case folded, single blanks: equal means the same spelling. key: the same for singular and plural,
    CamelCase, hyphens or blanks, accents, leading article. strict: the same without singular and plural as one.
    words: in order, lower case, singular; never empty. base, qualifier: "Denton, Texas" and "Denton (Texas)" are
    Denton, qualified by the words of "Texas"; base is a key and equals `key` where nothing qualifies.
    """

    text: str
    plain: str
    key: str
    strict: str
    words: tuple[str, ...]
    base: str
    qualifier: tuple[str, ...]

    @cached_property
    def initials(self) -> tuple[str, ...]:
        """The acronyms that its words give, with and without small words such as "of"; none for a single word."""
        raw = [word for word in _split(self.text[:LONGEST]) if word[0].isalnum()]
        every = "".join(word[0] for word in raw)
        long = "".join(word[0] for word in raw if word not in _SMALL)
        return tuple(dict.fromkeys(found for found in (long, every) if 2 <= len(found) <= 10))

    @cached_property
    def acronym(self) -> str:
        """Its letters where it looks like an acronym ("U.S.A.", "CCNY", "GPUs"), else ""."""
        letters = re.sub(r"[.\s&-]", "", self.text[:40])
        if len(self.text) <= 20 and re.fullmatch(r"[A-Z][A-Z0-9]{1,9}s?", letters):
            return letters.removesuffix("s").lower()
        return ""

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Its words without small ones such as "of", where others remain."""
        return tuple(word for word in self.words if word not in _LINKING) or self.words

    @cached_property
    def is_sign(self) -> bool:
        """Whether it is an abbreviation or a symbol, such as LSF, T_g or α; what it means, only its own text tells."""
        if " " in self.plain:
            return False
        return bool(self.acronym) or max(map(len, _LETTERS.findall(self.plain)), default=0) <= 2

    @property
    def front(self) -> tuple[str, ...]:
        """Its words without the qualifier."""
        return self.words[: len(self.words) - len(self.qualifier)]

    @property
    def spoken(self) -> str:
        """The name with blanks between its words, as a model of language reads it best."""
        return _BLANKS.sub(" ", _CAMEL.sub(" ", self.text[:LONGEST]).replace("_", " ")).strip()

    @cached_property
    def grams(self) -> frozenset[str]:
        """Trigrams of its words, each word between blanks."""
        padded = f" {' '.join(self.words)[:LONGEST]} "
        return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


@lru_cache(maxsize=50_000)
def read_name(text: str) -> Name:
    """Take a name apart.

    >>> [read_name(name).key for name in ("TrainingData", "training data", "The Training-Datas")]
    ['trainingdata', 'trainingdata', 'trainingdata']
    >>> read_name("Denton, Texas").base == read_name("denton").key
    True
    """
    plain = plain_key(text)
    raw = _split(text)
    words = _singulars(raw) or (plain,)
    key = _joined(words)
    strict = _joined([word.replace(_PLURAL_SIGN, "") for word in raw]) or plain
    base: str = key
    qualifier: tuple[str, ...] = ()
    found = _QUALIFIED.match(_visible(text)[:LONGEST])
    if found is not None:
        front, inner = _singulars(_split(found["base"])), _singulars(_split(found["brackets"] or found["comma"]))
        if front and inner:
            base, qualifier = _joined(front), inner
    return Name(text, plain, key, strict, words, base, qualifier)


def plain_key(text: str) -> str:
    """NFKC, case folded, blanks collapsed, marks of direction and width left out."""
    return _visible(text).casefold()


def _visible(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    return _BLANKS.sub(" ", text).strip()


def _split(text: str) -> list[str]:
    """The words of a name in lower case, accents left out; an ending that parts singular and plural is marked."""
    text = _visible(html.unescape(text))
    if not _NO_ARTICLE.match(text):
        rest = _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
        text = rest if any(c.isalnum() for c in rest) else text
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _PRIMES.sub(lambda found: found[1] + "\u2032" * len(found[2]), text)
    text = _POSSESSIVE.sub(_PLURAL_SIGN + "s", text).replace("'", "").replace("\u2019", "").replace("&", " and ")
    text = _ACRONYMS.sub(r"\1" + _PLURAL_SIGN + "s", _CAMEL.sub(" ", text))
    text = _MINUS.sub("minus ", _POINT.sub(_POINT_SIGN, _THOUSANDS.sub("", text))).casefold()
    if text.isascii():
        words = _PUNCTUATION.sub(" ", text).split()
    else:
        words = [_without_accents(word) for word in _letters(text).split()]
    return [word.replace(_POINT_SIGN, ".") for word in words]


def _letters(text: str) -> str:
    """Letters, figures and signs; the rest becomes blanks."""
    kinds = ((c, unicodedata.category(c)) for c in text)
    return "".join(c if k[0] in "LNM" or k in ("Sm", "Sc", "So") or c in _KEPT else " " for c, k in kinds)


def _without_accents(word: str) -> str:
    """Accents of Latin letters left out; the marks of other scripts are letters, and å alone is a symbol."""
    if len(word) == 1 or word.isascii():
        return word
    out: list[str] = []
    on_latin = False
    for c in unicodedata.normalize("NFD", word.translate(_LATIN)):
        if not (on_latin and unicodedata.category(c)[0] == "M"):
            out.append(c)
            on_latin = c.isascii()
    return unicodedata.normalize("NFC", "".join(out))


def _singulars(raw: list[str]) -> tuple[str, ...]:
    return tuple(singular(word.partition(_PLURAL_SIGN)[0] or word) for word in raw)


def _joined(words: tuple[str, ...] | list[str]) -> str:
    """Words without what parts them; figures stay apart: "1 10" is not "11 0"."""
    out = ""
    for word in words:
        out += "_" + word if out and out[-1].isdigit() and word[0].isdigit() else word
    return out
