"""The page: everything in it, nothing from outside, no text that becomes more than text."""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graphs.errors import BadArgument, StorageError
from graphs.science import REPORT, measure
from graphs.store import Store, StoreError
from ui.cli_report import add_report
from ui.report import Settings, gather, page, write_report
from ui.report.drawing import drawing

QUICK = Settings(seeds=3, checkpoints=1, bootstraps=10)


class Reader(HTMLParser):
    """Elements, attributes and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> ends nothing"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        elif self.open and self.open[-1] != "style":
            self.texts.append(data)


@pytest.fixture(scope="module")
def text(store: Store) -> str:
    return page(gather(store, QUICK), store)


@pytest.fixture(scope="module")
def read(text: str) -> Reader:
    return Reader(text)


def test_the_page_is_well_formed(read: Reader) -> None:
    assert read.open == []
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_page_loads_nothing(read: Reader) -> None:
    for name, attributes in read.tags:
        for attribute in ("src", "href", "action", "data", "srcset", "poster"):
            value = attributes.get(attribute)
            assert value is None or value.startswith("#"), (name, attribute, value)
        assert name not in ("link", "iframe", "object", "embed", "img", "base", "form")
        assert not [a for a in attributes if a.startswith("on")]


def test_only_our_scripts_may_run(read: Reader) -> None:
    (policy,) = [a["content"] for _, a in read.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert "default-src 'none'" in policy
    running = [text for attributes, text in read.scripts if attributes.get("type") != "application/json"]
    assert len(running) == 3
    for text in running:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy


def test_names_stay_text(read: Reader, text: str) -> None:
    said = "\n".join(read.texts)
    assert "<script>window.HACKED=1</script>" in said  # as text, in the table of hubs
    assert "bad <json>" in said
    assert "<b>kind</b> (3)" in said
    assert "\u202e" not in text
    (data,) = [json.loads(text) for attributes, text in read.scripts if attributes.get("id") == "drawing-data"]
    labels = [node[0] for node in data["nodes"]]
    assert "</script><img src=x onerror=window.HACKED=1>" in labels
    assert max(map(len, labels)) <= 300


def test_every_section_is_there(read: Reader) -> None:
    sections = [a["id"] for name, a in read.tags if name == "section"]
    links = [a["href"] for name, a in read.tags if name == "a"]
    wanted = "summary graph figures growth nulls degrees hubs relations quarantine steps method"
    assert sections == wanted.split()
    assert {f"#{name}" for name in sections} <= set(links)


def test_pictures_and_controls_have_names(read: Reader) -> None:
    charts = [a for name, a in read.tags if name == "svg" and a.get("role") == "img"]
    assert len(charts) > 20
    assert all(a.get("aria-label") for a in charts)
    assert all(a.get("aria-hidden") for name, a in read.tags if name == "svg" and a.get("role") != "img")
    assert "spider" in " ".join(read.texts)


def test_the_same_store_gives_the_same_page(store: Store, text: str) -> None:
    assert page(gather(store, QUICK), store) == text


def test_facts_carry_their_evidence(store: Store) -> None:
    data = drawing(store, measure(store.to_graph(), budget=REPORT), seed=0)
    assert len(data["facts"]) == len(store.relations(("grounded", "hypothesis")))
    quotes = {quote: where for fact in data["facts"] for quote, where in fact[6]}
    assert quotes["The web is <b>strong</b>"] == "<i>web</i>.txt, characters 0–23, step 1"
    assert quotes["q" * 399 + "…"].startswith("a model's word, step ")
    assert all(len(node) == 9 for node in data["nodes"])
    merged = next(node for node in data["nodes"] if node[0] == "__proto__")
    assert merged[5] == ["x" * 299 + "…"]


def test_large_graphs_are_drawn_as_communities(store: Store) -> None:
    measured = measure(store.to_graph(), budget=REPORT)
    data = drawing(store, measured, seed=0, most_drawn=5)
    groups = data["groups"]
    assert all(len(node) == 7 for node in data["nodes"])
    assert sum(members for members, *_ in groups["nodes"]) + groups["outside"] == len(data["nodes"])
    assert measured.communities is not None
    between = sum(measured.communities[a] != measured.communities[b] for a, b in measured.graph.pairs.tolist())
    assert sum(links for _, _, links in groups["links"]) == between


def test_an_empty_store_is_refused(empty: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing has been grown"):
        write_report(empty, tmp_path / "x.html")


def test_a_store_of_one_step_without_edges(empty: Store) -> None:
    with empty.step("question", about="?") as step:
        step.quarantine("garbage", "no graph could be read")
    story = gather(empty, QUICK)
    assert "No fit: 0 nodes with 0 different degrees are too few" in page(story, empty)


def test_command_line(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "r.html"
    assert _run(store, "-o", str(out), "--seeds", "3", "--checkpoints", "0", "--bootstraps", "10", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["figures"]["num_nodes"] == 22
    assert set(data["nulls"]["modularity"]) == {"erdos_renyi", "configuration", "shuffled_union", "random_loop"}
    assert data["degrees"]["verdict"] in ("ruled out", "rival better", "undecided", "favoured")
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert _run(store, "-o", str(out), "--seeds", "0", "--bootstraps", "5") == 0
    assert "22 entities" in capsys.readouterr().out
    assert "No null model was made" in out.read_text(encoding="utf-8")


def test_bad_requests_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="two graphs show no spread"):
        _run(store, "--seeds", "2")
    with pytest.raises(BadArgument, match="1 or more"):
        _run(store, "--points", "0")
    with pytest.raises(StorageError, match="cannot be written"):
        _run(store, "-o", str(tmp_path / "no" / "r.html"), "--seeds", "0", "--bootstraps", "5")
    with pytest.raises(StoreError, match="no knowledge graph"):
        _parsed("report", str(tmp_path / "nowhere"))


@pytest.mark.slow
def test_the_page_works_in_a_browser(text: str, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium here")
    file = tmp_path / "r.html"
    file.write_text(text, encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", f"--user-data-dir={tmp_path}"]
    done = subprocess.run([chromium, *flags, "--dump-dom", file.as_uri()], capture_output=True, text=True, timeout=120)
    dom = done.stdout
    assert re.search(r'<ul id="types" class="legend"><li>', dom), "the script did not run"
    assert dom.count("<canvas") >= 3
    assert "HACKED" not in re.findall(r"<img[^>]*>", dom)
    assert 'value="javascript:alert(1)"' in dom  # an option of the search field


def _run(store: Store, *options: str) -> int:
    return _parsed("report", str(store.folder), *options)


def _parsed(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_report(parser.add_subparsers())
    options = parser.parse_args(arguments)
    return int(options.run(options))
