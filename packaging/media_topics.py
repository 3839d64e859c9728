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


def main(source):
    """Write one line a topic: code, broader code, names in English and Arabic, if retired."""
    vocabulary = json.loads(Path(source).read_text(encoding="utf-8"))
    lines = [json.dumps(row(topic), ensure_ascii=False) for topic in vocabulary["concepts"]]
    head = json.dumps(vocabulary["source_line"])
    rows = ",\n  ".join(sorted(lines))
    OUT.write_text(f'{{"source": {head},\n"topics": [\n  {rows}\n]}}\n', encoding="utf-8")


def row(concept):
    """A topic as a list; an Arabic name that is not there is empty."""
    names = concept["name"]
    broader = (concept["broader"] or "").removeprefix(PREFIX)
    code = concept["qcode"].removeprefix(PREFIX)
    return [code, broader, names["en-GB"], names.get("ar", ""), "retired" in concept]


if __name__ == "__main__":
    main(*sys.argv[1:])
