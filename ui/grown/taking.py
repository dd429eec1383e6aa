"""A grown graph to take away: in other programs' formats, or as a report that needs nothing but a browser."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

from graphs.errors import TooLarge
from graphs.store import Store
from graphs.store.exchange import export
from ui.grown.figures import QUICK
from ui.report import gather
from ui.report import page as report_page

FORMS = {
    "report": "HTML report",
    "json": "JSON",
    "graphml": "GraphML",
    "gexf": "GEXF",
    "csv": "CSV of the facts",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "cypher": "Cypher",
}
_ENDINGS = {"report": "html", "turtle": "ttl", "jsonld": "jsonld"}
_MEDIA = {"report": "text/html", "json": "application/json", "csv": "text/csv"}
MOST = 100_000_000  # characters that are sent to a browser


def taken_away(folder: Path, form: str) -> dict[str, str]:
    """The file: its name, its media type, its text, and an id of its own. form: one of `FORMS`.

    Raises:
        StoreError: the store cannot be read, or holds nothing. TooLarge: it is too large for a browser.
    """
    with Store.open(folder, create=False, readonly=True) as store:
        if form == "report":
            text = report_page(gather(store, QUICK), store)
        else:
            stream = io.StringIO(newline="")
            export(store, stream, form)
            text = stream.getvalue()
    if len(text) > MOST:
        raise TooLarge(f"the file has {len(text):,} characters; write it with `konigsberg graph export` instead")
    name = f"{folder.name}.{_ENDINGS.get(form, form)}"
    return {"id": secrets.token_hex(8), "name": name, "type": _MEDIA.get(form, "text/plain"), "text": text}
