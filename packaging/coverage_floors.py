"""The coverage of each room of editor/, and the floors it may not fall below.

    python packaging/coverage_floors.py           print the table; fail below a floor
    python packaging/coverage_floors.py --write   raise the floors to what was measured
    python packaging/coverage_floors.py --print   print the table only

Reads the data of a test run with coverage: `packaging/dev.py coverage` runs both.
A floor is a whole percentage of lines, and only rises.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_suffix(".json")


def main(arguments):
    """Print each room's lines, coverage and floor, and return 1 when one is below its floor."""
    lines, missed = count_lines()
    floors = json.loads(FLOORS.read_text())
    print(f"\n{'room':<10}{'lines':>7}{'covered':>10}{'floor':>7}")
    low = []
    for room in sorted(lines):
        percent = 100 * (1 - missed[room] / lines[room])
        floor = floors.get(room, 0)
        print(f"{room:<10}{lines[room]:>7}{percent:>9.1f}%{floor:>6}%")
        if "--write" in arguments:
            floors[room] = max(floor, int(percent))
        elif percent < floor:
            low.append(room)
    if "--write" in arguments:
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n")
    if not low or "--print" in arguments:
        return 0
    print(f"Coverage is below the floor in {', '.join(low)}. Test what was added there.")
    return 1


def count_lines():
    """Return how many lines each room has, and how many of them no test ran."""
    coverage = Coverage(config_file=str(ROOT / "pyproject.toml"))
    coverage.load()
    lines, missed = Counter(), Counter()
    for path in sorted((ROOT / "editor").rglob("*.py")):
        _, statements, _, missing, _ = coverage.analysis2(str(path))
        parts = path.relative_to(ROOT / "editor").parts
        room = parts[0] if len(parts) > 1 else "top level"
        lines[room] += len(statements)
        missed[room] += len(missing)
    return lines, missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
