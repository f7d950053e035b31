# Everyday commands. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help install dev demo test slow cover lint format types imports check bench docs clean

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install:  ## install what the model needs
	pip install -e .

dev:  ## install everything for development, in tested versions, with the pre-commit hooks
	PIP_CONSTRAINT=constraints.txt pip install -e ".[test,dev]"
	pre-commit install

demo:  ## run the demo
	python run.py demo

test:  ## run the tests
	pytest

slow:  ## run the slow tests too
	pytest -m "slow or browser or outcome or not slow"

cover:  ## run the tests with branch coverage
	pytest --cov --cov-report=term-missing

lint:  ## style
	ruff check .
	ruff format --check .

format:  ## put the style right where a tool can
	ruff check --fix .
	ruff format .

types:  ## types
	mypy

imports:  ## who may import whom
	lint-imports

check: lint types imports test  ## everything that must hold before a commit

bench:  ## measure speed and memory, beside the plain reference model
	python -m benchmarks

docs:  ## build the documentation
	sphinx-build -b html docs docs/_build/html

clean:  ## remove caches and builds (results stay)
	rm -rf build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache htmlcov .coverage docs/_build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
