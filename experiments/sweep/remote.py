"""Results elsewhere: finished tables are copied to any place that fsspec reaches (S3, GCS, Azure, SSH, memory)."""

import json
import re
from pathlib import Path
from typing import Any

from results import manifest as runs
from results.store import StoreError


def is_url(out: Path | str) -> bool:
    """Whether a place is a URL, and no path on this machine."""
    return isinstance(out, str) and re.match(r"^[a-z][a-z0-9+.-]+://", out) is not None


def _open(url: str) -> tuple[Any, str]:
    """Return the file system of a URL and the path in it.

    Raises
    ------
    StoreError
        If fsspec, or what it needs for this kind of URL, is not installed.
    """
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(url)
    except ImportError as error:
        raise StoreError(f"{url}: needs a package that is not installed ({error}); pip install 'relmarket[cluster]' brings fsspec") from None
    except (ValueError, OSError) as error:
        raise StoreError(f"{url}: cannot be reached ({error})") from None
    return system, str(path).rstrip("/")


def check(url: str, digest: str) -> None:
    """See, before anything runs, that the place can be reached and holds nothing else.

    Raises
    ------
    StoreError
        If it cannot be reached, or holds another study.
    """
    system, path = _open(url)
    try:
        there = f"{path}/{runs.NAME}"
        facts = json.loads(system.cat_file(there)) if system.exists(there) else {"design_sha256": digest}
    except (OSError, ValueError) as error:
        raise StoreError(f"{url}: cannot be read ({error})") from None
    if not isinstance(facts, dict) or facts.get("design_sha256") != digest:
        raise StoreError(f"{url}: holds other results; choose another place with --out")


def upload(place: Path, url: str) -> None:
    """Copy a finished sweep, its manifest last: a place with a manifest is whole.

    Raises
    ------
    StoreError
        If a file cannot be written there; the tables are still in ``place``.
    """
    system, path = _open(url)
    files = sorted(file for file in place.rglob("*") if file.is_file() and file.suffix in (".parquet", "") and file.name != "lock")
    try:
        for file in [*files, place / runs.NAME]:
            target = f"{path}/{file.relative_to(place).as_posix()}"
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            system.put_file(str(file), target)
            if system.size(target) != file.stat().st_size:
                raise OSError(f"{target} arrived with {system.size(target)} bytes instead of {file.stat().st_size}")
    except OSError as error:
        raise StoreError(f"{url}: cannot be written ({error}); the tables are in {place}, and the same command copies them again") from error
