"""Serving: the dashboard on this machine's own address, by waitress, until it is stopped."""

import errno
import logging
import socket
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from results.store import StoreError

PORT = 8050
"""Dash's own."""
THREADS = 8
"""Requests that are answered at once; more wait their turn."""
NEEDED = ("dash", "dash_ag_grid", "waitress")


def serve(root: Path, *, host: str, port: int, unfinished: Callable[[Path], Any] | None = None) -> int:
    """Serve the dashboard of a results folder until Ctrl-C; return the exit code.

    Parameters
    ----------
    root : Path
        The folder.
    host : str
        Address to listen at; 127.0.0.1 is reached from this machine only.
    port : int
        From 1 to 65535; 0 takes one that is free.
    unfinished : callable, optional
        Reads the summary of a sweep that has not ended.

    Raises
    ------
    StoreError
        If the extra is missing, the folder is not there, or the address cannot be listened at; one sentence.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise StoreError(f'the dashboard needs {", ".join(missing)}, which {"is" if len(missing) == 1 else "are"} not installed; '
                         'install them with: pip install -e ".[dashboard]"')  # fmt: skip
    listening = _listen(host, port)
    with listening:
        from waitress.server import create_server

        from results.dashboard.app import LOOPBACK, create_app

        is_open = host not in LOOPBACK
        app = create_app(root, unfinished=unfinished, hosts=() if is_open else LOOPBACK)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        server = create_server(app.server, sockets=[listening], threads=THREADS, ident="relmarket", clear_untrusted_proxy_headers=True)
        shown = f"[{host}]" if ":" in host else host
        print(f"relmarket dashboard: http://{shown}:{listening.getsockname()[1]}/   (Ctrl-C ends it)", flush=True)
        if is_open:
            print("Whoever reaches this address sees these results and can start small runs; there is no password.", flush=True)
        try:
            server.run()
        except KeyboardInterrupt:
            pass
        finally:
            server.close()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises
    ------
    StoreError
        If the port is taken, or the address is not of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        found = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise StoreError(f"--host {host}: is not an address of this machine ({error})") from error
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(1024)
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            raise StoreError(
                f"--port {port}: is in use by another program; choose another, such as --port {port + 1 if port < 65535 else PORT}"
            ) from error
        why = (error.strerror or str(error)).lower()
        raise StoreError(f"--host {host} --port {port}: cannot be listened at ({why})") from error
    return found
