"""Records: the tables of one run as bytes, small, and the same bytes for the same tables."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tables = dict[str, dict[str, NDArray[Any]]]
"""Tables by name, as columns by name."""

SPEED = 1
"""zlib's fastest level: records live until their part is full, and only then are packed well."""


def encode(tables: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return the tables of a run as bytes.

    Numbers of one kind stand together, byte planes apart (all first bytes, then all second bytes): so they pack to a fraction.
    """
    head: dict[str, Any] = {}
    blocks: list[bytes] = []
    for name, table in tables.items():
        columns = {column: np.asarray(values) for column, values in table.items()}
        kinds: dict[str, list[NDArray[Any]]] = {}
        texts = {column: [str(value) for value in values] for column, values in columns.items() if values.dtype.kind in "OUS"}
        for column, values in columns.items():
            if column not in texts:
                kinds.setdefault(values.dtype.str, []).append(values)
        head[name] = {
            "rows": len(next(iter(columns.values()), ())),
            "columns": [[column, "" if column in texts else values.dtype.str] for column, values in columns.items()],
            "texts": {column: _packed(values) for column, values in texts.items()},
        }
        for values_of_kind in kinds.values():
            block = np.ascontiguousarray(np.stack(values_of_kind))
            blocks.append(block.view(np.uint8).reshape(-1, block.dtype.itemsize).T.tobytes())
    start = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(b"".join([len(start).to_bytes(8, "little"), start, *blocks]), SPEED)


def decode(record: bytes) -> Tables:
    """Return the tables that :func:`encode` made bytes of."""
    data = zlib.decompress(record)
    place = 8 + int.from_bytes(data[:8], "little")
    tables: Tables = {}
    for name, head in json.loads(data[8:place]).items():
        rows, columns = int(head["rows"]), head["columns"]
        found: dict[str, NDArray[Any]] = {}
        for kind in dict.fromkeys(kind for _, kind in columns if kind):
            names = [column for column, of in columns if of == kind]
            size = np.dtype(kind).itemsize
            planes = np.frombuffer(data, np.uint8, len(names) * rows * size, place).reshape(size, -1)
            place += planes.size
            block = np.ascontiguousarray(planes.T).view(kind).reshape(len(names), rows)
            found |= dict(zip(names, block, strict=True))
        for column, (known, which) in head["texts"].items():
            found[column] = np.array(known, object)[np.array(which, np.intp)] if known else np.array([], object)
        tables[name] = {column: found[column] for column, _ in columns}
    return tables


def _packed(values: list[str]) -> tuple[list[str], list[int]]:
    """Return the different texts of a column and which one stands in each row."""
    known = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return list(known), [known[value] for value in values]
