"""The documents, and the code that writes their generated parts from the model's own declarations."""
