"""What the tests of the validation share: the bibliography."""

import pytest

from experiments.explain import bibliography as read


@pytest.fixture(scope="session")
def bibliography():
    """The references by key."""
    return read()
