"""A run directory in the making: it grows under another name beside its place, and is moved there when it is whole."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from results import manifest as manifests
from results.store import RECEIPT, StoreError, check_directory, exists_already, finished, join_parts, read_table, reason, write_table

TOGETHER = 64
"""Replications in one file where there are more: readers open few files, and thousands of replications do not make thousands of them."""


class Store:
    """A run directory in the making, built beside its place and moved there when it is closed."""

    def __init__(self, place: Path, *, force: bool) -> None:
        """Check that the results may go to ``place`` and make the directory in which they grow.

        Raises
        ------
        StoreError
            If the place is taken, is no directory or cannot be written.
        """
        self.place = place.resolve()  # a link stays where it is; what it leads to is replaced
        self.shown = place
        self._check(force)
        self.directory = self.place.with_name(f"{self.place.name}.partial-{os.getpid()}")
        try:
            if self.directory.exists():
                shutil.rmtree(self.directory)
            self.directory.mkdir(parents=True)
        except OSError as error:
            raise StoreError(f"{self.shown}: cannot be written ({reason(error)})") from error

    def _check(self, force: bool) -> None:
        if not check_directory(self.place, self.shown):
            return
        if not force:
            raise exists_already(self.shown)
        try:
            manifests.read(self.place)
        except (OSError, ValueError):
            raise StoreError(
                f"{self.shown}: is not a run directory (it has no manifest.json of this program), so --force does not replace it"
            ) from None

    def write_manifest(self, facts: Mapping[str, Any]) -> None:
        """Write ``manifest.json``, whole or not at all."""
        try:
            manifests.write(self.directory, facts)
        except OSError as error:
            raise StoreError(f"{self.shown}: cannot be written ({reason(error)})") from error

    def close(self, facts: Mapping[str, Any]) -> Path:
        """Drop what was not finished, write the summary and the manifest, and move the directory to its place.

        Parameters
        ----------
        facts : mapping
            The manifest; its ``status`` says whether the run is ``finished`` or ``interrupted``.

        Returns
        -------
        Path
            Where the results are: the place asked for; beside it, when an interrupted run would have replaced an older one.

        Raises
        ------
        StoreError
            If there is no room, or nothing was finished; an older run in the place is then still there.
        """
        done = [str(run["run"]) for run in facts["runs"] if str(run["run"]) in finished(self.directory)]
        if not done:
            self.discard()
            raise StoreError(f"{self.shown}: no replication was finished, so nothing is kept")
        summary = read_table([self.directory / RECEIPT / f"{run}.parquet" for run in done])
        write_table(self.directory / f"{RECEIPT}.parquet", summary, manifests.embedded(facts))
        self.write_manifest(facts)
        for path in self.directory.glob("*/*"):
            if path.stem not in done or path.suffix != ".parquet":
                path.unlink()
        shutil.rmtree(self.directory / RECEIPT)
        self._join(done, manifests.embedded(facts))
        return self._move(whole=facts["status"] == "finished")

    def _join(self, done: list[str], notes: Mapping[str, str]) -> None:
        """Put the parts of many replications into few files, each named by the first in it; without room for that they stay as they are."""
        if len(done) <= TOGETHER:
            return
        joining, apart = self.directory / ".joining", self.directory / ".apart"
        try:
            for folder in [path for path in self.directory.iterdir() if path.is_dir() and any(path.iterdir())]:
                parts = [folder / f"{run}.parquet" for run in done if (folder / f"{run}.parquet").exists()]
                for first in range(0, len(parts), TOGETHER):
                    join_parts(parts[first : first + TOGETHER], joining / parts[first].name, notes)
                # Whole folders change places, so that at no instant a row is there twice.
                folder.rename(apart)
                joining.rename(folder)
                shutil.rmtree(apart)
        except StoreError:
            shutil.rmtree(joining, ignore_errors=True)

    def _move(self, *, whole: bool) -> Path:
        taken = self.place.exists() and any(self.place.iterdir())
        if taken and not whole:  # an interrupted run never takes the place of an older one
            beside = self.place.with_name(f"{self.place.name}.interrupted-{os.getpid()}")
            self.directory.rename(beside)
            return beside
        old = self.place.with_name(f"{self.place.name}.replaced-{os.getpid()}")
        try:
            if taken:
                self.place.rename(old)
            elif self.place.exists():
                self.place.rmdir()
            self.directory.rename(self.place)
        except OSError as error:
            if taken and old.exists() and not self.place.exists():
                old.rename(self.place)
            raise StoreError(f"{self.shown}: cannot be replaced ({reason(error)}); the new results are in {self.directory}") from error
        shutil.rmtree(old, ignore_errors=True)
        return self.shown

    def discard(self) -> None:
        """Remove the directory in which the results grew."""
        shutil.rmtree(self.directory, ignore_errors=True)
