"""The program's folder, seen from outside: putting files in, taking out what was made. No link is ever followed."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from agents.sandbox.terms import Limits
from graphs.errors import BadArgument

PROGRAM = "program.py"
DEPTH = 8


def check_names(files: Mapping[str, bytes]) -> None:
    """Refuse a name that leads out of the folder.

    Raises:
        BadArgument: the name is empty, absolute, has `..` or a NUL, lies too deep or is the program's own.
    """
    for name, content in files.items():
        path = PurePosixPath(name)
        bad = not path.parts or path.is_absolute() or ".." in path.parts or "\0" in name or len(path.parts) > DEPTH
        if bad or str(path) != name or name == PROGRAM:
            raise BadArgument(f"the file name {name!r} is not one inside the scratch folder; give one like 'data.csv'")
        if not isinstance(content, bytes):
            raise BadArgument(f"the file {name!r} is {type(content).__name__}; give bytes")


def put(folder: int, files: Mapping[str, bytes], owner: tuple[int, int] | None) -> None:
    """Write the files below the open `folder`; they belong to `owner` where one is given."""
    for name, content in files.items():
        *above, last = PurePosixPath(name).parts
        inside = os.dup(folder)
        try:
            for part in above:
                try:
                    os.mkdir(part, 0o700, dir_fd=inside)
                    if owner:
                        os.chown(part, *owner, dir_fd=inside, follow_symlinks=False)
                except FileExistsError:
                    pass
                outer, inside = inside, os.open(part, os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=inside)
                os.close(outer)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(last, flags, 0o600, dir_fd=inside), "wb") as file:
                file.write(content)
                if owner:
                    os.fchown(file.fileno(), *owner)
        finally:
            os.close(inside)


def take(folder: int, given: Mapping[str, bytes], limits: Limits) -> dict[str, bytes]:
    """Return the regular files below the open `folder` that are new or changed, within the limits, by name."""
    made: dict[str, bytes] = {}
    left = 4 * limits.file_size
    for name, file in _files(folder, "", 0):
        try:
            if len(made) >= limits.files or left <= 0:
                break
            content = _read(file, min(limits.file_size, left) + 1)
        finally:
            os.close(file)
        if (
            name == PROGRAM
            or not name.isprintable()
            or len(content) > min(limits.file_size, left)
            or given.get(name) == content
        ):
            continue
        made[name] = content
        left -= len(content)
    return made


def used(folder: int, most: int) -> tuple[int, int]:
    """Bytes and number of entries below the open `folder`, for where no quota can be set; stops at `most`."""
    size = count = 0
    with contextlib.suppress(OSError):  # the program changes the folder meanwhile
        for _, folders, files, inside in os.fwalk(".", dir_fd=folder):
            count += len(folders) + len(files)
            for name in files:
                with contextlib.suppress(OSError):
                    about = os.stat(name, dir_fd=inside, follow_symlinks=False)
                    size += max(about.st_size, about.st_blocks * 512)  # blocks are often not allocated yet
            if count > most:
                break
    return size, count


def remove(folder: str) -> None:
    """Remove the folder, however deep a program made it: what lies deeper is moved up first."""
    number = 0
    while True:
        deeper = [entry for entry in Path(folder).iterdir() if entry.is_dir() and not entry.is_symlink()]
        if not deeper:
            break
        for inside in deeper:
            inside.chmod(0o700)
            for entry in list(inside.iterdir()):
                entry.rename(Path(folder, f"{number}"))
                number += 1
            inside.rmdir()
    shutil.rmtree(folder)


def _read(file: int, most: int) -> bytes:
    parts = []
    while most > 0 and (part := os.read(file, min(most, 1 << 20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _files(folder: int, under: str, depth: int) -> Iterator[tuple[str, int]]:
    """Open every regular file below `folder`; the caller closes it."""
    try:
        names = sorted(entry.name for _, entry in zip(range(10_000), os.scandir(folder), strict=False))
    except OSError:
        return
    for name in names:
        try:
            kind = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
            if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
                continue
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            opened = os.open(name, flags | (os.O_DIRECTORY if stat.S_ISDIR(kind) else 0), dir_fd=folder)
        except OSError:
            continue  # gone meanwhile, or made unreadable by the program: then it made nothing
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            yield under + name, opened
            continue
        try:
            if depth < DEPTH:
                yield from _files(opened, f"{under}{name}/", depth + 1)
        finally:
            os.close(opened)
