"""What language models are prompted with around a question: worked examples of other graphs, and marks of a chat."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphs.text.patterns import lazy

_LINE = r"^[ \t#>*_-]*"
_NUMBER = r"(?:\s*#?\d{1,3})?[*_]*\s*"
_ASKERS = r"(?:Q|Question|Query|Problem|Exercise|Input|Instruction|User|Human|Prompt)"
_ANSWERS = r"(?:A|Answer|Solution|Output|Response|Result|Assistant|AI|Bot)"
_TURN = r"<\|(?:im_start|start_header_id)\|>|<start_of_turn>|<\|(?=(?:user|assistant|system)\|>)"
_HEADING = lazy(rf"{_LINE}(?:Worked\s+)?(?:Example|Demonstration|Sample|Demo|Shot)s?{_NUMBER}:", re.M | re.I)
ASKED = lazy(rf"{_LINE}{_ASKERS}{_NUMBER}[:.]", re.M | re.I)
_MARKS = lazy(
    rf"(?P<asks>{_LINE}{_ASKERS}{_NUMBER}[:.]|^\#+\s*{_ASKERS}{_NUMBER}$|(?:{_TURN})user\b|\[INST\]|<question>)|"
    rf"(?P<tells>{_LINE}{_ANSWERS}{_NUMBER}:|^\#+\s*{_ANSWERS}{_NUMBER}$|(?:{_TURN})(?:assistant|model)\b|\[/INST\]|<answer>)",
    re.M | re.I,
)
# "Q: … A: …" in one line
_INLINE = lazy(rf"(?:^|(?<=[.?!\])>]) )(?:(?P<asks>{_ASKERS}{_NUMBER}:)|(?P<tells>{_ANSWERS}{_NUMBER}:))", re.M)
_TOKENS = lazy(
    rf"<\|im_start\|>system\b.*?<\|im_end\|>|(?:{_TURN})(?:user|assistant|system|model)?(?:<\|end_header_id\|>|\|>)?|"
    r"<\|[a-z_]{2,30}\|>|<end_of_turn>|</?s>|<</?SYS>>|\[/?INST\]|</?(?:question|example)s?>",
    re.I | re.S,
)
_BEGUN = lazy(r"let['’]?s\s+[^\n.]*[.:]?", re.I)  # "Let's think step by step."
_ANNOUNCED = lazy(r"\b(?:examples?|demonstrations?|solved|like these|instructions?|assistant)\b", re.I)
_BLANK = lazy(r"\n[ \t]*\n")
_WORD = lazy(r"[^\W\d_]{2,}")
_LISTED = lazy(r"[^\W\d_]\s*,")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    asks: bool  # or tells


def chat_marks(text: str) -> list[tuple[int, int]]:
    """Spans of the tokens with which a chat is written out, such as "<|im_end|>" and "[INST]"."""
    return [found.span() for found in _TOKENS.finditer(text)] if "<" in text or "[INST]" in text else []


def text_proper(text: str) -> tuple[int, int]:
    """The half-open range of the text behind worked examples and in front of an open "Answer 3:"; all without examples.

    Each example, and the question itself, has one form: a mark such as "Question:" at its beginning, or its graph in
    front of the mark, or a heading "Example 2:". Linear in the length of the text.
    """
    marks = _marks(text, _MARKS)
    if sum(mark.asks for mark in marks) < 2:
        inline = _marks(text, _INLINE)
        marks = inline if inline and not text[: inline[0].start].strip() else marks
    given = [
        number
        for number, mark in enumerate(marks)
        if not mark.asks
        and _told(text, marks, number)
        and (number + 1 < len(marks) or text[_line_end(text, mark.end) :].strip())
    ]
    if not given:
        return 0, len(text)
    begin = _begin(text, marks, given)
    last = marks[-1]
    open_end = begin and not last.asks and last.start >= begin and not _told(text, marks, len(marks) - 1)
    return begin, last.start if open_end else len(text)


def _marks(text: str, pattern: re.Pattern[str]) -> list[_Mark]:
    return [_Mark(found.start(), found.end(), found["asks"] is not None) for found in pattern.finditer(text)]


def _content(text: str, marks: list[_Mark], number: int) -> str:
    """What stands between a mark and the next."""
    end = marks[number + 1].start if number + 1 < len(marks) else len(text)
    return text[marks[number].end : end]


def _told(text: str, marks: list[_Mark], number: int) -> bool:
    """Whether an answer is given, not left open or only begun: "A: Let's think step by step."."""
    said = _content(text, marks, number).strip(" \t\n*_")
    return bool(said) and _BEGUN.fullmatch(said) is None and _TOKENS.fullmatch(said) is None


def _begin(text: str, marks: list[_Mark], given: list[int]) -> int:
    asks = [number for number, mark in enumerate(marks) if mark.asks]
    before = [number for number in given if asks and number < asks[-1]]
    if len(asks) < 2 or not before:
        return _without_askers(text, marks, given) if len(asks) < 2 else 0
    if sum(_is_question(_content(text, marks, number)) for number in asks) < 2:
        return 0  # lists of neighbours of nodes that are called Q1, A1 …
    last, final = marks[before[-1]], marks[asks[-1]]
    under = [heading.end() for heading in _HEADING.finditer(text, last.start, final.start)]
    if under:
        return under[-1]
    front = text[: marks[0].start]
    if marks[0].asks and (not front.strip() or _introduces(front)):
        return next(marks[number].end for number in asks if number > before[-1])
    return _same_shape(text, marks[asks[0]].start, last.end, final.start)


def _is_question(content: str) -> bool:
    """Whether something is asked or told at length, and not only listed: "B, C, D"."""
    words = len(_WORD.findall(content))
    return "?" in content or (words > 4 and words > 3 * len(_LISTED.findall(content)))


def _introduces(text: str) -> bool:
    """Whether what stands in front of the first mark only announces the examples: "Here are some examples:"."""
    said = _TOKENS.sub(" ", text)
    return not said.strip() or (len(said) < 300 and _ANNOUNCED.search(said) is not None and _NODES.search(said) is None)


_NODES = lazy(r"\d\W+\d|->|\w-\w+,|\b(?:edges?|nodes?)\b", re.I)


def _without_askers(text: str, marks: list[_Mark], given: list[int]) -> int:
    """Examples whose questions have no mark: "Example 1: … Answer: 3", or "… A: 3", a blank line, and the question."""
    last, final = marks[given[-1]], marks[-1]
    headings = list(_HEADING.finditer(text))
    if headings and headings[0].start() < marks[given[0]].start:
        following = next((heading.end() for heading in headings if heading.start() > last.start), None)
        return _line_end(text, last.end) if following is None else following
    if final.asks or final.start <= last.start or not _is_question(text[: marks[given[0]].start]):
        return 0
    begin = _same_shape(text, marks[given[0]].start, last.end, final.start)
    return begin if _BLANK.search(text, last.end, begin) else 0


def _line_end(text: str, start: int) -> int:
    """The end of the first line behind `start` that holds anything."""
    said = re.compile(r"\S").search(text, start)
    end = text.find("\n", said.start()) if said else -1
    return len(text) if end < 0 else end


def _same_shape(text: str, first: int, told: int, final: int) -> int:
    """Behind an answer, with as many blank lines in front of the last mark as the first example has before its own."""
    inside = len(_BLANK.findall(text[:first].lstrip()))
    end = _line_end(text, told)
    blanks = [gap.end() for gap in _BLANK.finditer(text, min(end, final), final)]
    return blanks[-inside - 1] if len(blanks) > inside else end
