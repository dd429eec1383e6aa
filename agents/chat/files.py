"""Model files on this machine: those stored under a name, those in the Hugging Face cache, and how to bring more."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from agents.chat.calls import ModelError
from agents.settings import model_folder
from graphs.errors import BadArgument

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_REPO = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+)(?:/(?P<file>[\w./-]+))?")
_WEIGHTS = ["*.json", "*.safetensors", "*.model", "*.txt", "*.jinja"]


def stored() -> Iterator[tuple[str, Path]]:
    """The specs that files in the model folder and the Hugging Face cache answer to, with their paths."""
    folder = model_folder()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".gguf" and path.is_file():
            yield f"gguf:{path.stem}", path
        elif (path / "config.json").is_file():
            yield f"hf:{path.name}", path
    yield from _cached()


def _cached() -> Iterator[tuple[str, Path]]:
    if find_spec("huggingface_hub") is None:
        return
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        repos = sorted(scan_cache_dir().repos, key=lambda repo: repo.repo_id)
    except CacheNotFound:
        return
    for repo in repos:
        files = {file.file_name: file.file_path for revision in repo.revisions for file in revision.files}
        if repo.repo_type != "model":
            continue
        if "config.json" in files and any(name.endswith((".safetensors", ".bin")) for name in files):
            yield f"hf:{repo.repo_id}", files["config.json"].parent
        for name, path in sorted(files.items()):
            if name.endswith(".gguf"):
                yield f"gguf:{path}", path


def fetch(source: str, name: str | None = None, *, link: bool = False) -> str:
    """Bring a model here and return its spec.

    source: a GGUF file or a model folder on this machine, copied into the model folder (or linked, with `link`); or
    REPO or REPO/FILE on the Hugging Face hub, for instance `Qwen/Qwen2.5-0.5B-Instruct-GGUF/FILE.gguf`.

    Raises:
        BadArgument: the source or the name makes no sense. ModelError: the hub gave no such file, or is out of reach.
    """
    path = Path(source).expanduser()
    if path.exists():
        return _keep(path, name, link=link)
    parts = _REPO.fullmatch(source)
    if parts is None or source.startswith((".", "/")):
        raise BadArgument(f"{source}: no such file, and no REPO/FILE of the Hugging Face hub either")
    if find_spec("huggingface_hub") is None:
        raise BadArgument("downloads need the extra gguf or adapters: pip install 'konigsberg[gguf]'")
    found = _download(parts["repo"], parts["file"])
    if found.is_file():
        return _keep(found, name, link=True)
    return f"hf:{parts['repo']}" if name is None else _keep(found, name, link=True)


def _keep(path: Path, name: str | None, *, link: bool) -> str:
    """Put a file or folder into the model folder under a name."""
    if path.is_file():
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise BadArgument(f"{path} is no GGUF file")
        scheme, suffix = "gguf", ".gguf"
    elif (path / "config.json").is_file():
        scheme, suffix = "hf", ""
    else:
        raise BadArgument(f"{path} is neither a GGUF file nor a model folder with a config.json")
    chosen = (name or path.name).removesuffix(".gguf")
    if not _NAME.fullmatch(chosen):
        raise BadArgument(f"a model's name holds letters, digits, '.', '_' and '-', not {chosen[:80]!r}; pass --name")
    target = model_folder() / f"{chosen}{suffix}"
    if target.exists() or target.is_symlink():
        if target.exists() and target.resolve() == path.resolve():
            return f"{scheme}:{chosen}"
        raise BadArgument(f"a model is stored as {chosen} already ({target}); pass another --name, or delete that one")
    target.parent.mkdir(parents=True, exist_ok=True)
    if link:
        target.symlink_to(path.resolve())
        return f"{scheme}:{chosen}"
    half = target.with_name(f"{target.name}.part")  # a stopped copy must not look like a model
    if path.is_file():
        shutil.copyfile(path, half)
    else:
        shutil.copytree(path, half, dirs_exist_ok=True)
    half.rename(target)
    return f"{scheme}:{chosen}"


def _download(repo: str, file: str | None) -> Path:
    """A file or the whole model, in the Hugging Face cache."""
    from huggingface_hub import HfApi, hf_hub_download, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        if file is not None:
            return Path(hf_hub_download(repo, file))
        names = HfApi().list_repo_files(repo)
        choices = [name for name in names if name.endswith(".gguf")]
        if choices and "config.json" not in names:
            raise BadArgument(f"{repo} holds several files: fetch one of them, {repo}/{choices[0]} for instance")
        return Path(snapshot_download(repo, allow_patterns=_WEIGHTS))
    except (HfHubHTTPError, HFValidationError) as error:
        told = str(error).strip().splitlines()[0][:200]
        raise ModelError(f"the Hugging Face hub gave no {repo}{'/' + file if file else ''}: {told}") from error
    except (OSError, RuntimeError) as error:
        # every fault of the network is one of these, whatever client the library uses
        raise _out_of_reach(repo, error) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("httpx", "httpx2", "httpcore", "requests"):
            raise
        raise _out_of_reach(repo, error) from error


def _out_of_reach(repo: str, error: Exception) -> ModelError:
    return ModelError(
        f"the Hugging Face hub cannot be reached ({type(error).__name__}), so {repo} cannot be fetched; bring the file "
        "here by other means and run `konigsberg models fetch PATH`"
    )
