"""A server on loopback and one headless Chromium for all tests; without either extra or browser they are skipped."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agents import GraphAgent
from agents.reply import Reply, Step
from evals.run import main
from graphs.files import formats
from tests.agents.growing.recording import random_reply, record
from tests.ui.browser.driving import Page
from tests.ui.grown.conftest import plant
from ui.talk.desk import Desk

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
ALWAYS = ("test_ask_page.py",)  # the page that everybody uses; the others take minutes on a busy machine
EVERY = os.environ.get("KONIGSBERG_BROWSER_TESTS") == "all"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/ui/browser" in str(item.path):
            item.add_marker(pytest.mark.slow)
            for one in (  # gradio sets an option that pandas has given up
                "ignore:.*no_silent_downcasting",
                "ignore:The copy keyword is deprecated",
            ):
                item.add_marker(pytest.mark.filterwarnings(one))
            if item.path.name not in ALWAYS and not EVERY:
                item.add_marker(pytest.mark.skip(reason="takes minutes: KONIGSBERG_BROWSER_TESTS=all runs it"))
            if not (CHROMIUM and DRIVER):
                item.add_marker(pytest.mark.skip(reason="needs Chromium: apt-get install chromium chromium-driver"))


class Patient:
    """An agent that works at "patiently …" until it is stopped, without loading the machine, and else as usual."""

    def __init__(self, agent: GraphAgent) -> None:
        self.agent = agent

    def stream(self, text: str, graph: Any, *, thread: str, cancel: threading.Event) -> Iterator[Step | Reply]:
        if not text.startswith("patiently"):
            yield from self.agent.stream(text, graph, thread=thread, cancel=cancel)
            return
        yield Step("question", "Read the graph and the question", {}, {"graph": graph}, 0.01)
        stopped = cancel.wait(300)
        yield Reply(None, f"No answer: {'stopped' if stopped else 'too patient'}.", "unanswerable")

    def close(self) -> None:
        self.agent.close()


class PatientDesk(Desk):
    """A desk whose agents can be told to take their time."""

    def agent(self, model: str = "") -> Any:
        return Patient(super().agent(model))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server's address."""
    import uvicorn

    from ui.app import web_app

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(tmp_path_factory.mktemp("uploads")))
        data = tmp_path_factory.mktemp("data")
        patch.setenv("KONIGSBERG_DATA_DIR", str(data))
        spec = record(tmp_path_factory.mktemp("replies") / "replies.jsonl", [random_reply(n) for n in range(40)])
        plant(data / "grown" / "planted")
        assert main(["search", "--limit", "6", "--out", str(data / "results" / "one")]) == 0
        patch.setattr(formats, "LARGE_FILE", 100_000)  # bytes, so that a small file is a large one here
        desk = PatientDesk(("embedded", "none", spec), max_bytes=200_000, results=data / "results")
        server = uvicorn.Server(uvicorn.Config(web_app(desk), host="127.0.0.1", port=0, log_level="error"))
        worker = threading.Thread(target=server.run, daemon=True)
        worker.start()
        end = time.monotonic() + 60
        while not server.started and time.monotonic() < end:
            time.sleep(0.1)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        desk.close()
        server.should_exit = server.force_exit = True
        worker.join(20)


@pytest.fixture(scope="session")
def browser(address: str) -> Iterator[Page]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for one in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1400,1000",
    ):
        options.add_argument(one)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    driver.set_page_load_timeout(120)
    yield Page(driver, address)
    driver.quit()


@pytest.fixture
def page(browser: Page) -> Page:
    """The page, opened as a new conversation."""
    browser.open_new()
    return browser


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A folder for files that are uploaded."""
    return tmp_path
