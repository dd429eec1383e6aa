"""Runs of benchmarks as HTML: tables with plots of right, asked back and wrong, two runs side by side, single items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.report.markup import Markup, clean, short, tag
from ui.results.reading import ASKED, GOOD, Run, changes, rows, sign_test, tally

LISTED = 60  # items in a list
_WIDE = 200  # units of a bar


def list_html(found: Sequence[Run], broken: Sequence[str] = ()) -> Markup:
    """All runs as a table. broken: names of results that cannot be read."""
    names = ", ".join(short(clean(name), 60) for name in broken[:5]) + f" and {len(broken) - 5:,} more" * (
        len(broken) > 5
    )
    left = tag("p", f"Left out, as their results.json cannot be read: {names}.", class_="fault") if broken else None
    if not found:
        return tag(
            "section",
            tag("h2", "No results yet"),
            left,
            tag(
                "p",
                "Run ",
                tag("code", "python -m evals.run graphqa"),
                " and look again, or start the server with ",
                tag("code", "--results DIR"),
                ".",
            ),
        )
    head = _head("run", "items", "right, %", "wrong", "proven but wrong", "", "model calls", "commit")
    body = []
    for run in found:
        button = tag(
            "button", short(clean(run.name), 80), type="button", class_="link", data_act="run", data_run=run.name
        )
        sums = run.sums
        cells = [
            tag("th", button, scope="row"),
            _n(f"{sums['n']:,}"),
            _n(_percent(sums)),
            _n(_wrong(sums)),
            _n(sums.get("wrong_but_proven", "–")),
            tag("td", _bar(sums)),
            _n(sums.get("model_calls", "–")),
            tag("td", tag("code", str(sums.get("commit") or "–"))),
        ]
        body.append(tag("tr", *cells))
    runs = f"{len(found):,} run{'s' * (len(found) != 1)}"
    return tag("section", tag("h2", runs), left, _legend(), _table(head, body))


def run_html(run: Run) -> Markup:
    """One run: its sums, its tasks with their plots, and what went wrong."""
    sums = run.sums
    facts = [
        f"{sums['n']:,} items",
        f"{_percent(sums)} % right",
        f"model: {sums.get('model') or 'none'}",
        f"seed {sums.get('seed')}",
        f"commit {sums.get('commit')}",
    ]
    audit = sums.get("audited")
    if isinstance(audit, Mapping):
        facts.append(f"audited: {100 * audit['accuracy']:.1f} % of {audit['n']:,}")
    head = _head("task", "items", "right, %", "majority, %", "proven but wrong", "")
    body = [_task_row(name, cell) for name, cell in sums["by_task"].items()]
    return tag(
        "section",
        tag("h2", short(clean(run.name), 100)),
        tag("p", clean(", ".join(map(str, facts))), class_="small"),
        _legend(),
        _table(head, body),
        _failures(run),
    )


def _task_row(name: str, cell: Mapping[str, Any]) -> Markup:
    base = cell.get("baseline")
    return tag(
        "tr",
        tag("th", short(clean(str(name)), 80), scope="row"),
        _n(f"{cell['n']:,}"),
        _n(_percent(cell)),
        _n(f"{100 * base:.0f}" if isinstance(base, float) else "–"),
        _n(cell.get("wrong_but_proven", "–")),
        tag("td", _bar(cell)),
    )


def _failures(run: Run) -> Markup:
    found = [row for row in rows(run).values() if row["outcome"] not in GOOD]
    if not found:
        return tag("p", "Every item is right, or the items are not kept beside the sums.")
    proven = [row for row in found if row.get("status") == "proven" and row["outcome"] == "wrong"]
    order = {"wrong": 0, "failed": 1, "unreadable": 2}
    found.sort(key=lambda row: (row not in proven, order.get(row["outcome"], 3)))
    said = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in tally(found).most_common())
    listed = [
        _item_button(run, str(row["id"]), f"{row['outcome'].replace('_', ' ')}, {row.get('task', '')}")
        for row in found[:LISTED]
    ]
    more = f" The first {LISTED} are listed, wrong ones first." if len(found) > LISTED else ""
    return tag(
        "details",
        tag("summary", f"{len(found):,} items that are not right"),
        tag("p", f"{said}.{more}", class_="small"),
        tag("ul", *listed, class_="facts"),
        data_key="failures",
    )


def _item_button(run: Run, item: str, about: str) -> Markup:
    button = tag(
        "button",
        short(clean(item), 80),
        type="button",
        class_="link",
        data_act="item",
        data_run=run.name,
        data_item=item,
    )
    return tag("li", button, tag("span", f" {short(clean(about), 120)}", class_="small"))


def item_html(run: Run, item: str, asked: str, trouble: str = "") -> Markup:
    """One item: question, answer, gold, and how it was judged. trouble: why the question cannot be shown."""
    row = rows(run).get(item)
    if row is None:
        return tag("section", tag("p", "There is no such item in this run."))
    about = [
        ("outcome", str(row["outcome"]).replace("_", " ")),
        ("status", row.get("status", "–")),
        ("right answer", row.get("gold", "–")),
        ("answer as a value", row.get("value", "–")),
        ("audit of the right answer", row.get("audit", "–")),
        ("task", row.get("task", "–")),
    ]
    lines = [
        tag("tr", tag("th", name, scope="row"), tag("td", short(clean(str(value)), 2_000))) for name, value in about
    ]
    readings = row.get("readings") if isinstance(row.get("readings"), list) else []
    parts = [
        tag("h2", f"{short(clean(run.name), 60)}: {short(clean(item), 60)}"),
        tag("p", tag("b", "Question")),
        tag("pre", short(clean(asked), 20_000), tabindex=0) if asked else tag("p", trouble, class_="small"),
        tag("p", tag("b", "Answer")),
        tag("pre", short(clean(str(row.get("text", ""))), 20_000), tabindex=0),
        tag("p", "Asked back: ", short(clean("; ".join(map(str, readings))), 1_000)) if readings else None,
        tag("table", *lines),
        tag("pre", short(clean(str(row["trace"])), 20_000), tabindex=0) if row.get("trace") else None,
    ]
    return tag("section", *parts)


def compare_html(first: Run, second: Run) -> Markup:
    """Two runs side by side: their tasks, the difference with its error, and the items that changed."""
    if first.sums["benchmark"] != second.sums["benchmark"]:
        return tag(
            "section",
            tag(
                "p",
                f"{clean(first.name)} and {clean(second.name)} are runs of different benchmarks; "
                "compare two of the same.",
            ),
        )
    both, moved = changes(first, second)
    better = sum(change.after in GOOD for change in moved)
    worse = sum(change.before in GOOD for change in moved)
    chance = sign_test(better, worse)
    verdict = (
        f"Of {both:,} items in both runs, {better:,} became right and {worse:,} were right before and are no more "
        f"(p = {chance:.2g} that chance alone splits them so, McNemar's exact test)."
        if both
        else "The runs have no item in common, so only their sums can be compared."
    )
    head = _head("task", "first, %", "second, %", "difference", "", "")
    names = [name for name in first.sums["by_task"] if name in second.sums["by_task"]]
    lines = [_beside(name, first.sums["by_task"][name], second.sums["by_task"][name]) for name in names]
    lines.append(_beside("all", first.sums, second.sums))
    listed = [
        _item_button(second, c.item, f"{c.before} → {c.after}, {c.task}".replace("_", " ")) for c in moved[:LISTED]
    ]
    more = f", the first {LISTED} of them" if len(moved) > LISTED else ""
    return tag(
        "section",
        tag("h2", "Two runs beside each other"),
        tag("p", f"First: {short(clean(first.name), 100)}. Second: {short(clean(second.name), 100)}.", class_="small"),
        tag("p", verdict, class_="finding"),
        _legend(),
        _table(head, lines),
        tag(
            "details",
            tag("summary", f"{len(moved):,} items with another outcome{more}"),
            tag("ul", *listed, class_="facts"),
            data_key="changed",
        )
        if moved
        else None,
    )


def _beside(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Markup:
    gap = 100 * (other["accuracy"] - one["accuracy"])
    kind = "good" if gap > 0 else "bad" if gap < 0 else None
    return tag(
        "tr",
        tag("th", short(clean(name), 80), scope="row"),
        _n(_percent(one)),
        _n(_percent(other)),
        tag("td", f"{gap:+.1f}", class_=f"n {kind or ''}"),
        tag("td", _bar(one)),
        tag("td", _bar(other)),
    )


def _percent(cell: Mapping[str, Any]) -> str:
    return f"{100 * cell['accuracy']:.1f} ± {100 * cell.get('standard_error', 0):.1f}"


def _wrong(cell: Mapping[str, Any]) -> int:
    return sum(n for kind, n in cell.get("outcomes", {}).items() if kind not in GOOD | ASKED)


def _bar(cell: Mapping[str, Any]) -> Markup:
    """Right, asked back and wrong as parts of a bar, with the standard error of what is right."""
    n = max(1, cell["n"])
    right, wrong = cell.get("right", 0), _wrong(cell)
    asked = max(0, n - right - wrong)
    words = f"{right:,} right, {asked:,} asked back or unanswerable, {wrong:,} wrong or failed"
    at, parts = 0.0, []
    for kind, count in (("right", right), ("asked", asked), ("wrong", wrong)):
        width = _WIDE * count / n
        parts.append(tag("rect", x=f"{at:.2f}", y=2, width=f"{width:.2f}", height=12, class_=f"part-{kind}"))
        at += width
    middle, error = _WIDE * right / n, _WIDE * cell.get("standard_error", 0.0)
    low, high = max(0.0, middle - error), min(float(_WIDE), middle + error)
    parts.append(tag("line", x1=f"{low:.2f}", x2=f"{high:.2f}", y1=8, y2=8, class_="whisker"))
    return tag(
        "svg",
        tag("title", words),
        *parts,
        viewBox=f"0 0 {_WIDE} 16",
        preserveAspectRatio="none",
        class_="outcomes",
        role="img",
        aria_label=words,
    )


def _legend() -> Markup:
    items = [
        tag(
            "li",
            tag("svg", tag("rect", width=14, height=12, class_=f"part-{kind}"), class_="key", aria_hidden="true"),
            f" {words}",
        )
        for kind, words in (("right", "right"), ("asked", "asked back or unanswerable"), ("wrong", "wrong or failed"))
    ]
    return tag("ul", *items, tag("li", "± and the line: one standard error", class_="small"), class_="legend")


def _head(*names: str) -> Markup:
    return tag("tr", *(tag("th", name, scope="col") for name in names))


def _table(head: Markup, body: Sequence[Markup]) -> Markup:
    table = tag("table", tag("thead", head), tag("tbody", *body))
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label="Results")


def _n(value: object) -> Markup:
    return tag("td", value, class_="n")
