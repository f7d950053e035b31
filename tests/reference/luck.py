"""The luck of a month as plain lists: one number per agent, or one list per firm or purchase.

The plain model has the same luck as the fast one, and looks it up: drawing is not what makes it slow.
"""

from sim.draws import FIRST_DRAWS, Luck


class PlainLuck(dict):
    """Draws by decision: ``luck["voice"][customer]``, ``luck["failure"][firm][customer]``, ``luck["choice", purchase][customer]``."""

    def __init__(self, seed, month, first, count, n_firms):
        super().__init__()
        self._luck = Luck(seed, month, first, count)
        self._n_firms = n_firms

    def __missing__(self, decision):
        """Draw for all agents when a decision is first looked up."""
        if isinstance(decision, tuple):
            name, number = decision
            drawn = self._luck.uniforms(name, number + 1)[number]
        elif decision in FIRST_DRAWS:
            drawn = self._luck.uniform(decision)
        else:
            drawn = self._luck.uniforms(decision, self._n_firms)
        self[decision] = drawn.tolist()
        return self[decision]
