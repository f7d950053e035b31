"""Sensitivity indices on functions whose indices are known in closed form."""

import numpy as np
import pytest

from experiments.sensitivity import morris, ranks, sobol
from experiments.sensitivity.noise import noise
from experiments.sweep.designs.latin_hypercube import LatinHypercube
from experiments.sweep.designs.morris import Morris
from experiments.sweep.designs.saltelli import Saltelli
from experiments.sweep.factor import Axis, Factor

NAMES = ["a", "b", "c"]


def points_of(design, low, high, names=NAMES):
    axes = [Axis(name, Factor(low=low, high=high)) for name in names]
    return np.array(design.sample(axes, None))


def of(table, index):
    return table[table["index"] == index].set_index("factor")


class TestSobol:
    def test_ishigami(self):
        # Ishigami & Homma 1990: y = sin a + 7 sin^2 b + 0.1 c^4 sin a on [-pi, pi]^3.
        x = points_of(Saltelli(base=1024), -np.pi, np.pi)
        y = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
        own = 0.5 * (1.0 + 0.1 * np.pi**4 / 5.0) ** 2
        both = 0.1**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
        second = 7.0**2 / 8.0
        whole = own + second + both
        table = sobol.indices(y, NAMES)
        first, total = of(table, "first"), of(table, "total")
        assert first["value"].to_numpy() == pytest.approx([own / whole, second / whole, 0.0], abs=0.03)
        assert total["value"].to_numpy() == pytest.approx([(own + both) / whole, second / whole, both / whole], abs=0.03)
        # A 95 % interval round a known truth: six of them, none far off.
        for got, truth in ((first, [own / whole, second / whole, 0.0]), (total, [(own + both) / whole, second / whole, both / whole])):
            width = got["high"] - got["low"]
            assert ((got["low"] - width < truth) & (truth < got["high"] + width)).all()
            assert (got["low"] < got["value"]).all() and (got["value"] < got["high"]).all()

    def test_rows_are_read_in_the_designs_order(self):
        x = points_of(Saltelli(base=256), 0.0, 1.0)
        y = 3.0 * x[:, 0] + 1.0 * x[:, 2]
        assert of(sobol.indices(y, NAMES), "total")["value"].to_numpy() == pytest.approx([0.9, 0.0, 0.1], abs=0.02)
        shuffled = sobol.indices(np.random.default_rng(1).permutation(y), NAMES)
        assert of(shuffled, "total")["value"].to_numpy() != pytest.approx([0.9, 0.0, 0.1], abs=0.2)

    def test_an_output_that_does_not_vary_has_no_indices(self):
        assert sobol.indices(np.ones(16 * 5), NAMES)["value"].isna().all()


class TestMorris:
    def test_each_step_moves_one_factor_and_each_trajectory_all(self):
        places = Morris(trajectories=30, levels=6).places(5)
        moves = np.abs(np.diff(places, axis=1))
        assert ((moves > 0).sum(axis=2) == 1).all()
        assert (moves.sum(axis=1) == 3).all()
        assert places.min() == 0 and places.max() == 5

    def test_a_linear_function_has_its_slopes(self):
        design = Morris(trajectories=8)
        x = points_of(design, 0.0, 2.0)
        table = morris.screening(5.0 * x[:, 0] - 3.0 * x[:, 1], design, NAMES)
        # From the lowest level to the highest a goes 2 up: 2 * 5.
        assert of(table, "mu")["value"].to_numpy() == pytest.approx([10.0, -6.0, 0.0])
        assert of(table, "mu_star")["value"].to_numpy() == pytest.approx([10.0, 6.0, 0.0])
        assert of(table, "sigma")["value"].to_numpy() == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
        assert of(table, "mu_star")["low"].to_numpy() == pytest.approx([10.0, 6.0, 0.0])

    def test_an_interaction_shows_in_sigma_and_cancels_in_mu(self):
        design = Morris(trajectories=200)
        x = points_of(design, -1.0, 1.0)
        table = morris.screening(x[:, 0] * x[:, 1] + x[:, 2], design, NAMES)
        a = table[table["factor"] == "a"].set_index("index")
        # b is -1, -1/3, 1/3 or 1 when a makes its way of 2: mean size 2 * 2/3.
        assert a.loc["mu_star", "value"] == pytest.approx(4.0 / 3.0, rel=0.1)
        assert abs(a.loc["mu", "value"]) < 0.3
        assert a.loc["sigma", "value"] > 1.0
        assert table[table["factor"] == "c"].set_index("index").loc["sigma", "value"] == pytest.approx(0.0, abs=1e-9)

    def test_an_endless_distribution_stays_finite(self):
        axes = [Axis("a", Factor(distribution="normal", mean=0.0, sd=1.0)), Axis("b", Factor(values=("x", "y")))]
        points = Morris(trajectories=10).sample(axes, None)
        assert np.isfinite([a for a, _ in points]).all()
        assert {b for _, b in points} == {"x", "y"}


class TestRanks:
    def test_a_steady_curve_has_rho_one(self):
        a = np.linspace(0.1, 5.0, 50)
        table = ranks.correlations({"a": a}, np.exp(a))
        assert of(table, "spearman").loc["a", "value"] == pytest.approx(1.0)

    def test_as_scipy_says(self):
        from scipy.stats import spearmanr

        rng = np.random.default_rng(3)
        a, b = rng.random((2, 60))
        y = a + 0.5 * rng.random(60)
        table = of(ranks.correlations({"a": a, "b": b}, y), "spearman")
        assert table["value"].to_numpy() == pytest.approx([spearmanr(a, y).statistic, spearmanr(b, y).statistic])

    def test_prcc_sees_a_factor_that_another_hides(self):
        x = points_of(LatinHypercube(points=200), 0.0, 1.0)
        table = ranks.correlations(dict(zip(NAMES, x.T, strict=True)), 20.0 * x[:, 0] + x[:, 1])
        assert abs(of(table, "spearman").loc["b", "value"]) < 0.3
        assert of(table, "prcc").loc["b", "value"] > 0.4
        assert of(table, "prcc").loc["b", "low"] > 0.0
        assert of(table, "prcc").loc["c", "low"] < 0.0 < of(table, "prcc").loc["c", "high"]

    def test_prcc_stands_in_the_inverse_of_the_correlation_matrix(self):
        from scipy.stats import rankdata

        rng = np.random.default_rng(5)
        x = rng.random((80, 3))
        y = x @ [1.0, 2.0, 0.2] + 0.3 * rng.random(80)
        inverse = np.linalg.inv(np.corrcoef([rankdata(column) for column in (*x.T, y)]))
        table = of(ranks.correlations(dict(zip(NAMES, x.T, strict=True)), y), "prcc")
        assert table["value"].to_numpy() == pytest.approx(-inverse[-1, :3] / np.sqrt(np.diag(inverse)[:3] * inverse[3, 3]))

    def test_a_factor_that_does_not_vary_has_none_and_harms_no_other(self):
        rng = np.random.default_rng(2)
        a = rng.random(30)
        table = ranks.correlations({"a": a, "still": np.ones(30)}, a)
        assert of(table, "prcc").loc["a", "value"] == pytest.approx(1.0)
        assert np.isnan(of(table, "prcc").loc["still", "value"])


class TestNoise:
    def test_known_variances(self):
        # Points differ with variance 4, replications with variance 1: 1 of 5 is luck; of means over 10, 0.1 of 4.1.
        rng = np.random.default_rng(1)
        values = rng.normal(0.0, 2.0, (3000, 1)) + rng.normal(0.0, 1.0, (3000, 10))
        found = noise(values)
        assert found.of_runs == pytest.approx(0.2, abs=0.02)
        assert found.of_means == pytest.approx(0.1 / 4.1, abs=0.004)

    def test_what_a_seed_does_at_every_point_alike_is_no_noise_in_the_means(self):
        values = np.arange(20.0)[:, None] + np.array([[0.0, 5.0, -5.0]])
        found = noise(values)
        assert found.of_means == pytest.approx(0.0)
        assert found.of_runs > 0.2

    def test_one_replication_tells_nothing(self):
        assert np.isnan(noise(np.ones((5, 1))).of_runs)
