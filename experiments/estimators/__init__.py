"""Estimators of purchases, churn and lifetime value, as analysts use them: they see a log, never the inside of a market."""

from experiments.estimators.bg_nbd import BgNbd
from experiments.estimators.gamma_gamma import GammaGamma
from experiments.estimators.naive import NaiveAverage, RetentionFormula
from experiments.estimators.pareto_nbd import ParetoNbd
from experiments.estimators.repeat_buying import RepeatBuying, aggregated
from experiments.estimators.sbg import ShiftedBetaGeometric

__all__ = ["BgNbd", "GammaGamma", "NaiveAverage", "ParetoNbd", "RepeatBuying", "RetentionFormula", "ShiftedBetaGeometric", "aggregated"]
