"""Results: kept as Parquet, read as frames, shown as tables, figures and pages."""
