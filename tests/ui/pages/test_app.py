"""The server: what it serves, to whom, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.talk.desk import Desk

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")

from fastapi.testclient import TestClient  # noqa: E402

from ui.app import PAGES, web_app  # noqa: E402


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(("none",), max_bytes=1_000)


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def client(desk: Desk, uploads: Path) -> Iterator[TestClient]:
    with TestClient(web_app(desk)) as made:
        yield made


def test_the_page_comes_with_headers_and_without_outside_addresses(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    config = client.get("/config").json()
    assert config["analytics_enabled"] is False
    assert "fonts.googleapis" not in page.text
    assert {title for title, _ in PAGES} <= {part["props"].get("label") for part in config["components"]}


@pytest.mark.parametrize("name", ["app.css", "panel.js", "talk.js", "cytoscape.min.js"])
def test_scripts_and_styles_come_from_here(client: TestClient, name: str) -> None:
    assert client.get(f"/konigsberg-static/{name}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/konigsberg-static/../app.py", "/konigsberg-static/%2e%2e/app.py", "/gradio_api/file=/etc/passwd",
     "/gradio_api/file=pyproject.toml", f"/gradio_api/file={Path(__file__)}"],
)  # fmt: skip
def test_other_files_are_not_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (403, 404)


def test_uploads_over_the_limit_are_refused(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": ("a.csv", b"a,b\n1,2\n")}).status_code == 200
    refused = client.post("/gradio_api/upload", files={"files": ("a.csv", b"x" * 5_000)})
    assert refused.status_code in (400, 413)


def test_an_upload_cannot_leave_its_folder(client: TestClient, uploads: Path) -> None:
    (path,) = client.post("/gradio_api/upload", files={"files": ("../../../evil.csv", b"a,b\n1,2\n")}).json()
    assert Path(path).resolve().is_relative_to(uploads.resolve())


def test_no_handler_is_offered_as_an_api(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert info["named_endpoints"] == {}
    assert json.dumps(info["unnamed_endpoints"]) == "{}"


def test_a_password_keeps_others_out(desk: Desk) -> None:
    with TestClient(web_app(desk, auth=[("ann", "secret")])) as client:
        assert client.get("/config").status_code == 401
        assert "asks for a name and a password" in client.get("/").text
        assert client.post("/login", data={"username": "ann", "password": "wrong"}).status_code == 400
        assert client.post("/login", data={"username": "ann", "password": "secret"}).status_code == 200
        assert client.get("/config").status_code == 200
