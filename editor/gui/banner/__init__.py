"""The trends banner: the briefs on every page, written and ordered in one place."""
