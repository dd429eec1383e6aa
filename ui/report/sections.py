"""The sections of the report: each a function from the story to HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from graphs.science import ABOUT, CONVENTION, NULL_MODELS, StepGrowth, findings, summary_sentence, tail_sentence
from graphs.science.comparison import COMPARED, widest_z
from graphs.science.growth import repairs_by_kind, total
from graphs.science.verdicts import number
from graphs.store import Store
from ui.report.charts import Band, Point, line_chart
from ui.report.gather import Story
from ui.report.markup import Markup, clean, join, short, tag

LISTED = 200  # rows of a list; the page says how many there are
_GROWTH: Mapping[str, tuple[str, str, int, Callable[[StepGrowth], float | None]]] = {
    "new_entities": ("New entities", "Entities that a step added.", 0, lambda s: s.new_entities),
    "new_relations": ("New facts", "Relations that a step added.", 0, lambda s: s.new_relations),
    "per_call": ("New facts per call", "By model call, replayed ones too.", 1, lambda s: s.per_call),
    "per_kilotoken": ("New facts per 1,000 tokens", "Tokens read and written.", 1, lambda s: s.per_kilotoken),
    "entities_per_kilotoken": (
        "New entities per 1,000 tokens", "Tokens read and written.", 1, lambda s: s.entities_per_kilotoken
    ),
    "duplicate_rate": ("Duplicate rate", "Share of the names of known entities.", 2, lambda s: s.duplicate_rate),
    "novelty": (
        "Question novelty", "1 less the largest share of content words in common with an earlier question.", 2,
        lambda s: s.novelty,
    ),
    "merges": ("Merges", "Entities merged into others.", 0, lambda s: s.merges),
    "repairs": ("Repairs", "Faults of the model's replies that were put right.", 0, lambda s: s.repairs),
    "quarantined": ("Quarantined", "What could not be taken in.", 0, lambda s: s.quarantined),
}  # fmt: skip


def summary(story: Story, store: Store) -> Markup:
    """Sizes at a glance, and what may be concluded."""
    size, steps, last = store.size(), story.steps, story.last
    tokens, calls = total([s.tokens for s in steps]), total([s.calls for s in steps])
    retired = size["relations"] - last.relations
    cards: list[tuple[str, str, str]] = [
        ("Entities", f"{size['entities']:,}", f"{len(store.merges()):,} merged away"),
        ("Facts", f"{last.relations:,}", f"{retired:,} retired"),
        ("Grounded", f"{last.grounded / last.relations:.0%}" if last.relations else "–", "have a span of a document"),
        ("Steps", f"{size['steps']:,}", f"documents read: {size['documents']:,}"),
        ("Model calls", "–" if calls is None else f"{calls:,.0f}", "" if tokens is None else f"{tokens:,.0f} tokens"),
        ("Repairs", f"{sum(s.repairs for s in steps):,}", f"{size['quarantined']:,} quarantined"),
    ]
    shown = [
        tag("div", tag("dt", name), tag("dd", value, tag("span", about, class_="small")), class_="card")
        for name, value, about in cards
    ]
    said = (
        [summary_sentence(story.comparison)]
        if story.comparison is not None
        else ["No null model was made (--seeds 0)."]
    )
    said.append(tail_sentence(story.fit) if story.fit is not None else f"No fit of the degrees: {story.no_fit}.")
    return join([tag("dl", *shown, class_="cards"), *(tag("p", text, class_="finding") for text in said)])


def figure_charts(story: Story) -> Markup:
    """A chart of each figure over the steps, with the bands of the null models."""
    charts = []
    for name, about in ABOUT.items():
        points = [(float(s), v) for s, f in story.figures.items() if (v := f.value(name)) is not None]
        if points:
            bands = _bands(story, name)
            charts.append(_chart(about.title, about.meaning, points, bands, about.digits, _notes(story, name)))
    grounded = [(float(s), v) for s, v in story.grounded.items()]
    if grounded:
        charts.append(_chart("Grounded share", "Share of the facts with a span of a document.", grounded, (), 2, ""))
    return join([_legend(), tag("div", *charts, class_="charts")])


def growth_charts(story: Story) -> Markup:
    """A chart of what each step brought and cost."""
    charts = []
    for title, meaning, digits, read in _GROWTH.values():
        points = [(float(s.step), float(v)) for s in story.steps if s.kind != "edit" and (v := read(s)) is not None]
        if points:
            charts.append(_chart(title, meaning, points, (), digits, ""))
    return tag("div", *charts, class_="charts") if charts else tag("p", "The steps hold no notes on their growth.")


def null_table(story: Story) -> Markup:
    """Every figure of the last step beside its null models."""
    compared = story.comparison
    if compared is None:
        return tag("p", "No null model was made (--seeds 0).")
    models = [model for model in NULL_MODELS if model.name not in compared.missing]
    head = [tag("th", "Figure", scope="col"), tag("th", "graph", scope="col")]
    head += [tag("th", model.title, scope="col") for model in models]
    rows = []
    for name in COMPARED:
        row = compared.besides.get(name)
        if not row:
            continue
        cells = []
        for model in models:
            beside = row.get(model.name)
            if beside is None:
                cells.append(tag("td", "kept" if name in model.fixes else "–", class_="small"))
                continue
            digits = max(ABOUT[name].digits, 1)
            z = "" if beside.z is None else f"z = {beside.z:+.1f}"
            text = f"{beside.mean:,.{digits}f} ± {beside.sd:,.{digits}f}"
            cells.append(
                tag("td", text, tag("span", z, class_="small z"), class_="same" if beside.differs is False else None)
            )
        value = tag("td", number(compared.figures.value(name), name))
        rows.append(tag("tr", tag("th", ABOUT[name].title, scope="row"), value, *cells))
    table = tag("div", tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows)), class_="across", tabindex=0)
    keeps = [tag("li", tag("b", m.title), f" keeps {m.keeps}.") for m in models]
    keeps += [
        tag("li", tag("b", m.title), f": {compared.missing[m.name]}.")
        for m in NULL_MODELS
        if m.name in compared.missing
    ]
    note = (
        f"Mean ± standard deviation of {len(compared.seeds)} graphs each, seeds from {compared.seeds[0]} on. "
        "Underlined: cannot be told from the graph at 1 %, which with so many graphs is a z-score under "
        f"{widest_z(len(compared.seeds)):.1f} either way."
    )
    texts = [tag("li", f.text) for f in findings(compared)]
    more = tag("details", tag("summary", "In words"), tag("ul", *texts))
    return join([tag("ul", *keeps, class_="plain"), table, tag("p", note, class_="small"), more])


def hubs_table(story: Story) -> Markup:
    """The best-connected entities."""
    names = ("Entity", "degree", "betweenness", "k-core", "community around")
    graph, communities = story.measured.graph, story.measured.communities
    best: dict[int, str] = {}
    if communities is not None:
        for node in sorted(range(graph.num_nodes), key=lambda node: (-graph.degrees[node], node)):
            best.setdefault(int(communities[node]), short(clean(graph.labels[node]), 60))
    rows = []
    number_of = {number: at for at, number in enumerate(graph.ids)}
    for hub in story.measured.figures.hubs:
        button = tag("button", short(hub.label, 120), type="button", data_entity=number_of[hub.id], class_="link")
        between = "–" if hub.betweenness is None else f"{hub.betweenness:.4f}"
        around = "–" if hub.community is None else best[hub.community]
        cells = (hub.degree, between, *_or_dash(hub.core), around)
        rows.append(tag("tr", tag("th", button, scope="row"), *(tag("td", cell) for cell in cells)))
    return _table(names, rows) if rows else tag("p", "No entity has a neighbour yet.")


def verb_bars(store: Store) -> Markup:
    """How often each relation type is used."""
    counts = Counter(relation.verb for relation in store.relations(("grounded", "hypothesis")))
    once = sum(count == 1 for count in counts.values())
    rows = []
    for verb, count in counts.most_common(30):
        share = 100 * count / counts.most_common(1)[0][1]
        bar = tag("svg", tag("rect", width=f"{share:.1f}%", height=10, rx=2), class_="bar", aria_hidden="true")
        rows.append(
            tag(
                "tr",
                tag("th", short(clean(verb), 80), scope="row"),
                tag("td", f"{count:,}"),
                tag("td", bar, class_="wide"),
            )
        )
    said = f"{len(counts):,} relation types; {once:,} of them are used once. The {len(rows)} most frequent:"
    return join([tag("p", said), _table(("Relation", "facts", "beside the most frequent"), rows)])


def quarantine_table(store: Store) -> Markup:
    """What was not taken in, and why; and what was repaired."""
    items, repairs = store.quarantined(), repairs_by_kind(store.steps())
    fixed = ", ".join(f"{clean(kind)} ({count:,})" for kind, count in repairs.most_common())
    parts = [tag("p", f"Repairs by kind: {fixed}." if fixed else "No repair was noted.")]
    if not items:
        return join([*parts, tag("p", "Nothing was quarantined.")])
    why = Counter(item.why for item in items)
    parts.append(
        tag("p", "Reasons: " + "; ".join(f"{short(clean(w), 120)} ({n:,})" for w, n in why.most_common(12)) + ".")
    )
    rows = [
        tag(
            "tr",
            tag("td", item.step),
            tag("td", short(item.what, 300), class_="text"),
            tag("td", short(item.why, 200), class_="text"),
        )
        for item in items[:LISTED]
    ]
    if len(items) > LISTED:
        parts.append(tag("p", f"The first {LISTED} of {len(items):,}:"))
    return join([*parts, _table(("Step", "what", "why"), rows)])


def step_table(story: Story) -> Markup:
    """Every step: what it was about, brought and cost."""
    rows = []
    for step in story.steps:
        cells = (step.new_entities, step.new_relations, step.quarantined, *_or_dash(step.tokens))
        about = tag("td", short(step.about, 400), " (undone)" if step.undone else None, class_="text")
        rows.append(tag("tr", tag("td", step.step), tag("td", step.kind), about, *(tag("td", cell) for cell in cells)))
    return _table(("Step", "kind", "about", "entities", "facts", "quarantined", "tokens"), rows)


def figure_table(story: Story) -> Markup:
    """The numbers behind the charts."""
    names = [name for name in ABOUT if any(f.value(name) is not None for f in story.figures.values())]
    rows = [
        tag("tr", tag("th", step, scope="row"), *(tag("td", number(figures.value(name), name)) for name in names))
        for step, figures in story.figures.items()
    ]
    return _table(("Step", *(ABOUT[name].title for name in names)), rows)


def method(story: Story) -> Markup:
    """How everything was measured."""
    settings, measured = story.settings, story.measured
    left = len(story.steps) - len(story.figures)
    texts = [
        CONVENTION,
        f"Random choices (panel of nodes, Louvain, layout) use seed {settings.seed}.",
        "Newly connected and shortened pairs are counted on one panel of 64 nodes that stays from step to step.",
        "Betweenness and path lengths count edges, not confidences; path lengths are of the largest component.",
        "Null models beside the last step are measured with the same budget and the same sampling as the graph itself; "
        "bands over the steps show 3 graphs of each.",
    ]
    if left:
        texts.append(
            f"{len(story.figures):,} steps were measured, evenly chosen; {left:,} lie between them (--points)."
        )
    texts += [f"{ABOUT[name].title} at the last step: {text}." for name, text in measured.figures.notes.items()]
    return tag("ul", *(tag("li", text) for text in texts))


def _chart(title: str, meaning: str, points: Sequence[Point], bands: Sequence[Band], digits: int, notes: str) -> Markup:
    caption = tag(
        "figcaption",
        tag("span", tag("b", title), tag("output", f"{points[-1][1]:,.{digits}f}", class_="now"), class_="head"),
        tag("span", meaning + (f" {notes}" if notes else ""), class_="small"),
    )
    return tag("figure", caption, line_chart(title, points, bands, digits=digits))


def _bands(story: Story, name: str) -> list[Band]:
    made, about = [], ABOUT[name]
    for model in NULL_MODELS:
        points = [
            (float(step), row.mean, max(row.mean - row.sd, about.least), min(row.mean + row.sd, about.most))
            for step, compared in sorted(story.bands.items())
            if (row := compared.besides.get(name, {}).get(model.name)) is not None
        ]
        if points:
            made.append(Band(model.name, points))
    return made


def _notes(story: Story, name: str) -> str:
    """What of a chart was sampled or left out."""
    said = Counter(note.partition(":")[0] for f in story.figures.values() if (note := f.notes.get(name)))
    words = {"sampled": "sampled", "at least": "a lower bound", "left out": "left out"}
    return "".join(
        f"{words.get(kind, kind).capitalize()} at {count:,} of {len(story.figures):,} steps."
        for kind, count in said.items()
    )


def _legend() -> Markup:
    items = []
    for kind, title in (("real", "the graph"), *((model.name, model.title) for model in NULL_MODELS)):
        line = tag("polyline", points="1,6 27,6", class_=f"line {kind}")
        items.append(tag("li", tag("svg", line, viewBox="0 0 28 12", class_="key", aria_hidden="true"), f" {title}"))
    return tag("ul", *items, tag("li", "bands: mean ± standard deviation", class_="small"), class_="legend")


def _or_dash(*values: int | None) -> list[str]:
    return ["–" if value is None else f"{value:,}" for value in values]


def _table(names: Sequence[str], rows: Sequence[Markup]) -> Markup:
    head = tag("tr", *(tag("th", name, scope="col") for name in names))
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=f"Table: {', '.join(names)}")
