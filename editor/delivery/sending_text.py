"""How far a delivery is, in bytes and in files, as people read it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from editor.delivery.plan import DeliveryPlan
from editor.i18n import _, plural, size_text


class SendingText:
    """Says how far a delivery by a plan is: `1.3 MB of 3.4 MB, file 12 of 340: index.html`."""

    def __init__(self, plan: DeliveryPlan) -> None:
        self._ends = [*accumulate(file.size for file in plan.to_send)]

    def describe(self, done: int, total: int, path: str) -> str:
        """Return the sentence for what a delivery reports: bytes, and the file that is sent."""
        number = min(bisect_right(self._ends, done) + 1, len(self._ends))
        text = _("{done} of {total}, file {number} of {files}").format(
            done=size_text(done), total=size_text(total), number=number, files=len(self._ends)
        )
        return _("{progress}: {item}").format(progress=text, item=path) if path else text


def arrived_sentence(plan: DeliveryPlan) -> str:
    """Say how many files a cut delivery has brought there already; empty for none."""
    count = len(plan.files) - len(plan.to_send)
    sentence = plural(
        "{n} of the files has arrived already, and is not sent again.",
        "{n} of the files have arrived already, and are not sent again.",
        count,
    )
    return sentence if count else ""
