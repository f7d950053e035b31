"""Who carries a fact's runs out: this process or a pool of fresh ones, one thread each; the same bits in the same order."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from experiments.pool import without_main
from experiments.sweep.crew import Pool
from experiments.validation.fact import Effort, in_turn
from sim.scenario import Scenario

Progress = Callable[[int, int], None]
"""Told the periods that are done and those to do."""


@dataclass(frozen=True)
class Finished:
    """Watches a model to its end and then collects from it."""

    collect: Callable[[Any], Any]

    def __call__(self, model: Any) -> Any:
        """Return what is collected from the finished model."""
        model.run_model()
        return self.collect(model)


class Alone:
    """One process, which plays one market after the other."""

    tell: Progress = staticmethod(lambda _done, _total: None)
    """Told the periods that are done and those to do."""

    def play(self, scenarios: Sequence[Scenario], seeds: Sequence[int], watch: Callable[[Any], Any]) -> list[list[Any]]:
        """Return what ``watch`` makes of every model, scenario by scenario and seed by seed."""
        return in_turn(scenarios, seeds, watch)

    def close(self) -> None:
        """Do nothing: there is nobody to end."""


class Players(Pool):
    """Fresh processes on this machine that play markets; they stay for the facts that follow."""

    tell: Progress = staticmethod(lambda _done, _total: None)
    """Told the periods that are done and those to do."""

    def play(self, scenarios: Sequence[Scenario], seeds: Sequence[int], watch: Callable[[Any], Any]) -> list[list[Any]]:
        """Return what ``watch`` makes of every model, scenario by scenario and seed by seed.

        Raises
        ------
        ChildProcessError
            If a worker died, as it does where there is not enough memory; new ones are there for what follows.
        """
        done, total = 0, len(seeds) * sum(scenario.periods for scenario in scenarios)
        self.tell(0, total)
        waiting: list[list[Future[Any]]] = []
        answers: list[list[Any]] = []
        try:
            with without_main():
                waiting = [[self._executor.submit(_play, scenario, seed, watch) for seed in seeds] for scenario in scenarios]
            for scenario, futures in zip(scenarios, waiting, strict=True):
                answers.append([])
                for future in futures:
                    answers[-1].append(future.result())
                    done += scenario.periods
                    self.tell(done, total)
        except BrokenProcessPool as error:
            self.renew()
            raise ChildProcessError(f"a worker process died: {error}") from error
        finally:
            for future in (future for futures in waiting for future in futures):
                future.cancel()
        return answers


def _play(scenario: Scenario, seed: int, watch: Callable[[Any], Any]) -> Any:
    """Play one market in a worker."""
    return in_turn([scenario], [seed], watch)[0][0]


def crew(workers: int) -> Alone | Players:
    """Return who plays: worker processes, or this process where one is asked for."""
    return Alone() if workers == 1 else Players(workers)


def effort(*, quick: bool, players: Alone | Players) -> Effort:
    """Return an effort that some players carry out.

    Parameters
    ----------
    quick : bool
        Whether the answer is wanted in seconds.
    players : Alone or Players
        Who plays the markets.
    """

    def run(scenarios: Sequence[Scenario], seeds: Sequence[int], collect: Callable[[Any], Any]) -> list[list[Any]]:
        return players.play(scenarios, seeds, Finished(collect))

    return Effort(quick, run, players.play)
