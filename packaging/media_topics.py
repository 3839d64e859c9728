"""Make resources/media-topics/topics.json of IPTC's Media Topics.

    python3 packaging/media_topics.py mediatopics.json

The input is IPTC's vocabulary as JSON: `source_line`, and `concepts` with
`qcode`, `broader`, `name` by language, and `retired` for those no longer in use.
"""

import json
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "resources" / "media-topics" / "topics.json"
PREFIX = "medtop:"
LANGUAGES = {"en": "en-GB", "ar": "ar", "de": "de", "es": "es", "fr": "fr"}
"""IPTC's name of each language that the site has words in; it has no Turkish names."""


def main(source):
    """Write one line a topic: code, broader code, if retired, and its name in each language."""
    vocabulary = json.loads(Path(source).read_text(encoding="utf-8"))
    lines = [json.dumps(row(topic), ensure_ascii=False) for topic in vocabulary["concepts"]]
    head = json.dumps(vocabulary["source_line"])
    rows = ",\n  ".join(sorted(lines))
    languages = json.dumps([*LANGUAGES])
    text = f'{{"source": {head},\n"languages": {languages},\n"topics": [\n  {rows}\n]}}\n'
    OUT.write_text(text, encoding="utf-8")


def row(concept):
    """A topic as a list; a name that is not there is empty."""
    names = (concept["name"].get(language, "") for language in LANGUAGES.values())
    broader = (concept["broader"] or "").removeprefix(PREFIX)
    code = concept["qcode"].removeprefix(PREFIX)
    return [code, broader, "retired" in concept, *names]


if __name__ == "__main__":
    main(*sys.argv[1:])
