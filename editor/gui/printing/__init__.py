"""Printing: a proof of the open story for reading on paper, on a printer or in a PDF file."""
