"""What a person does with the page: look, click, type, wait."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_FAINT = Path(__file__).with_name("faint.js").read_text(encoding="utf-8")
_CLICK = """for (const one of document.querySelectorAll(arguments[0])) {
  if (!one.checkVisibility() || one.disabled || !one.innerText.includes(arguments[1])) continue;
  one.scrollIntoView({block: 'center'}); one.click(); return true;
}
return false;"""
_FOCUSED = """const one = document.activeElement;
if (!one || one === document.body || one === document.documentElement) return null;
const style = getComputedStyle(one), box = one.getBoundingClientRect(), again = one.dataset.tabbed === 'yes';
one.dataset.tabbed = 'yes';
return {again, html: one.outerHTML.slice(0, 160), at: [box.left + scrollX, box.top + scrollY],
  seen: one.checkVisibility({opacityProperty: false, visibilityProperty: true}),
  ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5) || style.boxShadow !== 'none'};"""
PATIENCE = 90.0  # seconds; a busy machine is slow


class Page:
    """A browser on the web interface."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver, self.address = driver, address

    def open_new(self) -> None:
        """A new conversation in this tab, at the usual width and in light colours."""
        # a window that lost the focus to another one, as after a test of the keyboard, would send no focus events
        self.driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
        self.driver.get(f"{self.address}/konigsberg-static/app.css")  # where no script keeps anything
        self.run("sessionStorage.clear(); localStorage.clear();")
        self.width(0)
        self.colours("light")
        self.driver.get(self.address)
        self.until(lambda: self.texts(".welcome h2"), "the welcome")
        self.log()  # forget what was logged before

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def all(self, css: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", css))

    def texts(self, css: str) -> list[str]:
        return list(self.run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css))

    def until(self, found: Callable[[], Any], what: str) -> Any:
        """Wait until `found` gives something."""
        if result := self.seen(found, PATIENCE):
            return result
        raise AssertionError(f"never seen: {what}; the page says {self.run('return document.body.innerText')[:1500]!r}")

    @staticmethod
    def seen(found: Callable[[], Any], seconds: float) -> Any:
        """What `found` gives within so many seconds."""
        from selenium.common.exceptions import StaleElementReferenceException

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(StaleElementReferenceException, IndexError):  # drawn anew meanwhile, or not there yet
                if result := found():
                    return result
            time.sleep(0.1)
        return None

    def click(self, css: str, text: str = "") -> None:
        """Click the first such element that is seen and contains `text`."""

        self.until(lambda: self.run(_CLICK, css, text), f"{css} {text}")

    def example(self, name: str) -> None:
        self.click(".kb-empty button", name)
        self.until(lambda: name in self.texts(".kb-name")[0], f"the graph {name}")

    def send(self, question: str) -> None:
        box = self.all("#kb-question textarea")[0]
        self.until(lambda: box.get_attribute("value") == "", "an empty box")
        box.send_keys(question)
        self.until(lambda: self.all("#kb-ask")[0].is_enabled(), "the button Ask")
        self.run("arguments[0].click()", self.all("#kb-ask")[0])

    def ask(self, question: str) -> str:
        """The answer, once it is there and drawn."""
        before = len(self.texts(".turn"))
        self.send(question)
        self.until(lambda: len(self.texts(".turn")) == before + 1 and not self.texts(".turn .work"), "an answer")
        self.until(lambda: self.all("#kb-ask")[0].is_enabled(), "the end")
        return self.texts(".turn:last-child .reply")[0]

    def upload(self, path: Any) -> None:
        self.all("input[type=file]")[0].send_keys(str(path))

    def drawn(self, selector: str, where: str = "") -> list[dict[str, Any]]:
        """The data of the elements of a drawing that fit a selector of cytoscape. where: the drawing's place."""
        script = (
            f"return document.querySelector('{where} .kb-canvas').konigsberg.elements(arguments[0]).map(e => e.data())"
        )
        return list(self.run(script, selector))

    def tap(self, name: str, where: str) -> None:
        """Click a node of a drawing."""
        self.run(
            f"document.querySelector('{where} .kb-canvas').konigsberg.nodes()"
            ".filter(n => n.data('name') === arguments[0])[0].emit('tap')",
            name,
        )

    def faint(self) -> list[str]:
        """Texts that are seen and have too little contrast (WCAG 2.2 AA), with their colours."""
        return list(self.run(_FAINT))

    def width(self, pixels: int) -> None:
        """A phone of this width; 0: the window."""
        if pixels:
            size = {"width": pixels, "height": 844, "deviceScaleFactor": 2, "mobile": True}
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        else:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def colours(self, scheme: str, *, still: bool = False) -> None:
        """What the person's system says that it wants: light or dark, and whether things may move."""
        features = [{"name": "prefers-color-scheme", "value": scheme},
                    {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"}]  # fmt: skip
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def tabs(self, most: int = 150) -> list[dict[str, Any]]:
        """What the Tab key comes to from the beginning of the page, until it leaves it, as assistive technology has it.

        name, role: as Chromium computes them. seen: whether it is shown. ring: whether the focus is to be seen. at: its
        left and top edge in the page. html: the beginning of it.
        """
        from selenium.webdriver.common.action_chains import ActionChains

        self.run("document.activeElement.blur(); getSelection().removeAllRanges(); window.scrollTo(0, 0);")
        self.run("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');")
        found: list[dict[str, Any]] = []
        for _ in range(most):
            ActionChains(self.driver).send_keys("\ue004").perform()
            one = self.run(_FOCUSED)
            if one is None or one["again"]:
                break
            place = self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": "document.activeElement"})
            about = {"objectId": place["result"]["objectId"], "fetchRelatives": False}
            node = self.driver.execute_cdp_cmd("Accessibility.getPartialAXTree", about)["nodes"][0]
            one |= {key: (node.get(key) or {}).get("value", "") for key in ("name", "role")}
            found.append(one)
        self.run("for (const one of document.querySelectorAll('[data-tabbed]')) delete one.dataset.tabbed;")
        return found

    def log(self) -> tuple[list[str], set[str]]:
        """What the console complained about since the last call, and the addresses that were asked for."""
        bad = [row["message"] for row in self.driver.get_log("browser") if row["level"] in ("SEVERE", "WARNING")]
        asked = set()
        for row in self.driver.get_log("performance"):
            message = json.loads(row["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.add(message["params"]["request"]["url"])
        return bad, asked
