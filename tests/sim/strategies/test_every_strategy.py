"""What holds for every strategy: it decides on whatever it may see, the same of the same, and each of its numbers changes something."""

import pickle

import pytest
import views
from hypothesis import given, settings

from sim.levers import Levers
from sim.rules import kinds
from sim.strategies import Steady, place_of, places

KINDS = kinds("sim.strategies")["strategy"]
each_kind = pytest.mark.parametrize("kind", KINDS)
OTHERS = (views.rival(1, 5.0), views.rival(2, 50.0, Levers.at(0.6).but(advertising=0.01)))
RISING = tuple(views.page(Levers.at(0.5), purchases=100 + k, profit=10.0 * k) for k in range(24))
UNEVEN = tuple(views.page(Levers.at(0.4), profit=10.0 if k % 4 in (1, 2) else 20.0) for k in range(24))
FALLEN = tuple(views.page(purchases=count) for count in (100, 100, 100, 93))
VIEWS = [
    views.view(month=1, purchases=0, profit=0.0, churn=0.0),
    views.view(churn=0.3, customers=3),
    views.view(month=5, purchases=93, diary=FALLEN),
    *(views.view(month=month, rivals=OTHERS, diary=diary, profit=1.0) for month in (5, 6, 7, 13, 25) for diary in (RISING, UNEVEN)),
]


NUMBERS = {
    f"{kind}.{name}": (cls, name)
    for kind, cls in KINDS.items()
    for name, field in cls.model_fields.items()
    if isinstance(field.default, (int, float))
}


@each_kind
@settings(max_examples=25)
@given(view=views.any_view())
def test_it_decides_on_whatever_it_sees_and_the_same_of_the_same(kind, view):
    strategy = KINDS[kind]()
    decided = strategy.decide(view)
    assert type(decided) is Levers
    assert decided == strategy.decide(view) == pickle.loads(pickle.dumps(strategy)).decide(pickle.loads(pickle.dumps(view)))


@pytest.mark.parametrize(("cls", "name"), NUMBERS.values(), ids=NUMBERS)
def test_each_number_changes_what_is_done(cls, name):
    limits = {type(limit).__name__: limit for limit in cls.model_fields[name].metadata}
    default = cls.model_fields[name].default
    values = [limits["Ge"].ge, default, min(2 * default + type(default)(1), limits["Le"].le)]
    done = [[cls(**{name: value}).decide(view) for view in VIEWS] for value in values]
    assert done[0] != done[1] or done[1] != done[2]


@settings(max_examples=25)
@given(view=views.any_view())
def test_extremes_of_each_number_are_allowed_levers_and_places(view):
    for cls, name in NUMBERS.values():
        limits = {type(limit).__name__: limit for limit in cls.model_fields[name].metadata}
        for value in (limits["Ge"].ge, limits["Le"].le):
            strategy = cls(**{name: value})
            strategy.decide(view)
            assert 0.0 <= strategy.place <= 1.0, name


@each_kind
def test_no_two_strategies_are_the_same(kind):
    mine = [KINDS[kind]().decide(view) for view in VIEWS]
    for other, cls in KINDS.items():
        assert other == kind or [cls().decide(view) for view in VIEWS] != mine, other


@pytest.mark.parametrize("orientation", [0.0, 0.3, 1.0])
def test_the_place_of_a_point_on_the_continuum_is_that_point(orientation):
    assert place_of(Levers.at(orientation)) == pytest.approx(orientation)
    assert places(Levers.at(orientation)) == pytest.approx([orientation] * len(places(Levers.at(0.0))))


def test_a_place_is_one_towards_customers_and_no_lever_takes_it_beyond_the_poles():
    assert place_of(Levers.at(0.0, {"supplier": 1.0, "internal": 1.0})) == 0.0
    assert place_of(Levers.at(1.0).but(social=1.0, reward=0.5)) == 1.0


@pytest.mark.parametrize("cls", [cls for cls in KINDS.values() if issubclass(cls, Steady)])
def test_a_steady_strategy_never_changes_its_mind(cls):
    assert all(cls().decide(view) == cls().levers for view in VIEWS)
