"""``python -m scenarios``: the purchase rates that scenarios take from the log that is shipped, group by group."""

from scenarios.purchase_log import GROUPS
from scenarios.purchase_rates import DATA, fitted


def main() -> None:
    """Print the fit of every group of the log that is shipped, weeks 1-39."""
    print(f"{'group':20}{'customers':>10}{'share':>8}" + "".join(f"{name:>20}" for name in ("r", "alpha (weeks)", "a", "b")))
    for group in GROUPS:
        rates = fitted(DATA / "cdnow_sample.csv", group, 39.0)
        values = zip((rates.shape, rates.scale, rates.dropout_a, rates.dropout_b), rates.errors, strict=True)
        print(f"{group:20}{rates.customers:>10,}{rates.share:>8.3f}" + "".join(f"{v:>11.4f} ± {e:6.4f}" for v, e in values))


if __name__ == "__main__":
    main()
