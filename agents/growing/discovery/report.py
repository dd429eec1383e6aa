"""A discovery as a Markdown report; whatever labels and models say, it stays text."""

from __future__ import annotations

import re

from agents.growing.discovery.discover import Discovery, Part
from agents.growing.model_calls.asking import one_line
from agents.reply import Citation

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")
_HEADINGS = ("definition", "principles", "mechanism", "synergy", "idea", "use")


def as_markdown(found: Discovery, *, model: str = "", store: str = "") -> str:
    """The report: the path, the four stages, and every cited relation with its evidence."""
    title = plain(found.whole.said.get("title", "")) if found.whole is not None else ""
    lines = [f"# {title or 'A discovery that was not finished'}", ""]
    lines += [
        _about(found, model, store),
        "",
        "## The path",
        "",
        " → ".join(plain(label, 120) for label in found.path),
        "",
    ]
    if found.whole is not None:
        lines += ["## Discovery", ""]
        for name in ("summary", "mechanism", "prediction", "experiment"):
            if text := found.whole.said.get(name):
                lines += [f"**{name.capitalize()}.** {_with_links(text)}", ""]
        lines += [_rests_on(found.whole), ""]
    for heading, parts in (
        ("A. Building blocks", found.blocks), ("B. Pairwise synergies", found.pairs), ("C. Bridges", found.bridges),
    ):  # fmt: skip
        lines += (
            [f"## {heading}", ""] + [line for part in parts for line in _part(part)] + ([] if parts else ["None.", ""])
        )
    if found.missing:
        lines += ["## Left out", "", *(f"- {plain(why, 300)}" for why in found.missing), ""]
    cited = _all_cited(found)
    lines += ["## Relations", "", *(_relation(found.citations[number]) for number in cited), ""]
    return "\n".join(lines)


def plain(text: str, longest: int = 600) -> str:
    """Text that Markdown and HTML take as nothing but text."""
    return (
        _SPECIAL.sub(r"\\\1", one_line(text, longest).replace("&", "&amp;"))
        .replace("\\<", "&lt;")
        .replace("\\>", "&gt;")
    )


def _with_links(text: str) -> str:
    """The text with its citations left as links to the list of relations."""
    parts = re.split(r"\[(\d+)\]", text)
    return "".join(plain(part, 1200) if at % 2 == 0 else f" [[{part}]](#r{part})" for at, part in enumerate(parts))


def _about(found: Discovery, model: str, store: str) -> str:
    length = len(found.walk.places) - 1
    kind = "the longest shortest path" if found.walk.exact else "a long shortest path (the graph is too large for all)"
    used = found.usage
    said = [
        f"Reasoned along {kind} of the largest component: {length} relations between {found.walk.component} entities.",
        f"{used.calls} model calls, {used.tokens} tokens" + (f", by {plain(model, 80)}." if model else "."),
        "Relations are cited by their numbers and stand at the end with their evidence; what is said of them is a "
        "model's word.",
    ]
    if len(found.path) < len(found.walk.places):
        said.insert(1, f"The first {len(found.path)} entities of the path were used.")
    if store:
        said.insert(0, f"Knowledge graph: {plain(store, 200)}.")
    if found.struck:
        said.append(f"{found.struck} citations of relations that the model was not shown were struck out.")
    return " ".join(said)


def _part(part: Part) -> list[str]:
    lines = [f"### {' + '.join(plain(label, 120) for label in part.about)}", ""]
    lines += [f"- {name}: {_with_links(part.said[name])}" for name in _HEADINGS if part.said.get(name)]
    return [*lines, f"- {_rests_on(part)}", ""]


def _rests_on(part: Part) -> str:
    if not part.relations:
        return "No relation of the graph was shown."
    return "Relations: " + ", ".join(f"[[{number}]](#r{number})" for number in part.relations)


def _all_cited(found: Discovery) -> list[int]:
    parts = (*found.blocks, *found.pairs, *found.bridges, *((found.whole,) if found.whole is not None else ()))
    return sorted({number for part in parts for number in part.relations})


def _relation(cited: Citation) -> str:
    triple = f"{plain(cited.source, 160)} — *{plain(cited.verb, 120)}* → {plain(cited.target, 160)}"
    line = f'- <a id="r{cited.relation}"></a>[{cited.relation}] {triple} ({cited.status}, step {cited.step})'
    if cited.evidence:
        quote = cited.evidence[0]
        place = (
            f"{plain(quote.document, 120)}, characters {quote.start} to {quote.end}"
            if quote.document
            else f"step {quote.step}"
        )
        line += f": “{plain(quote.text, 300)}” ({place})"
    return line
