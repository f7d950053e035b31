"""Live work: markets that readers play, customers' histories and lessons, carried out in worker processes beside the server."""
