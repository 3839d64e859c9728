"""Brings an exported edition to a target: a folder, a zip file, a bucket, a server, a branch."""
