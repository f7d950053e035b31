"""Sensitivity, map and discovery on the command line: bad input is one sentence and exit code 2, and leaves nothing behind."""

import pytest

from tests.cli.test_cli import refused

STUDY = '[factors."market.switching_cost"]\nlow = 0.0\nhigh = 0.8\nlevels = 2\n'


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["sensitivity", "nothing_like_it"], "there is no study 'nothing_like_it'"),
        (["sensitivity", "it.toml"], "it.toml: design: 'factorial' tells no sensitivity; allowed: morris"),
        (["sensitivity", "."], "is not a sweep"),
        (["map", "it.toml"], "it.toml: factors: there are 1; a map needs two"),
        (["map", "it.toml", "--out", "s3://there/it"], "a map grows from round to round in a directory of this machine"),
        (["discover", "nowhere"], "nowhere: there is no such directory"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path, words, sentence):
    (tmp_path / "it.toml").write_text('scenario = "duel"\nreplications = 2\n' + STUDY)
    error = refused(*words, cwd=tmp_path, saying=[sentence])
    assert len(error.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["it.toml"]
