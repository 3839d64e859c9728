"""What this computer remembers of the exports of a desk: a file of its own, disposable."""
