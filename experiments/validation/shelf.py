"""The shelf of evidence: what was found about each fact, stored whole or not at all, valid as long as nothing that it rests on changes."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from experiments.validation.catalogue import files
from experiments.validation.fact import Curve, Evidence, Fact, Finding
from experiments.validation.sources import digest
from results.store import StoreError


@dataclass(frozen=True)
class Outcome:
    """What came of measuring a fact.

    Attributes
    ----------
    fact : str
        Its name, such as ``V12``.
    evidence : Evidence
        What was found; nothing where there is an error.
    error : str
        Why it could not be measured; empty if it could.
    seconds : float
        How long it took.
    """

    fact: str
    evidence: Evidence
    error: str
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether something was judged, and everything that was lies in its range."""
        judged = [finding.passed for finding in self.evidence.findings if finding.judged]
        return not self.error and bool(judged) and all(judged)


class Shelf:
    """The evidence of one directory.

    Parameters
    ----------
    place : Path
        The directory; made when something is put into it.
    quick : bool
        Whether evidence of a quick validation is kept here.
    """

    def __init__(self, place: Path, *, quick: bool) -> None:
        self._place, self._quick = place / "evidence", quick
        # Taken once: what is edited while facts are measured is not what they were measured with.
        self._digests = {name: digest(file, quick=quick) for name, file in files().items()}

    def put(self, fact: Fact, outcome: Outcome) -> None:
        """Store what came of a fact, whole or not at all.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        path = self._path(fact)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            told = {"rests_on": self._rests_on(fact), **asdict(outcome)}
            # Numbers may be numpy's, which json does not know.
            part.write_text(json.dumps(told, ensure_ascii=False, default=lambda found: found.tolist()), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise StoreError(f"{path}: cannot be written ({(error.strerror or str(error)).lower()})") from error

    def get(self, fact: Fact) -> Outcome | None:
        """Return what is known of a fact; None if it was not measured with these sources, or could not be."""
        try:
            held = json.loads(self._path(fact).read_text(encoding="utf-8"))
            if held.pop("rests_on") != self._rests_on(fact) or held["error"]:
                return None
            told = held.pop("evidence")
            evidence = Evidence([Finding(**one) for one in told["findings"]], [Curve(**one) for one in told["curves"]], told["note"])
            return Outcome(evidence=evidence, **held)
        except (OSError, ValueError, KeyError, TypeError):
            return None  # what cannot be read is measured again

    def clear(self, facts: Iterable[Fact]) -> None:
        """Forget what is known of some facts."""
        for fact in facts:
            self._path(fact).unlink(missing_ok=True)

    def _path(self, fact: Fact) -> Path:
        return self._place / f"{fact.name}.json"

    def _rests_on(self, fact: Fact) -> str:
        """Return the digest of what a fact's numbers follow from; a fact that is in no file has the model's and the scenarios'."""
        return self._digests.get(fact.name) or digest(None, quick=self._quick)
