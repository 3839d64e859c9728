"""The values everything else is about: no I/O, no Qt, no SQL."""
