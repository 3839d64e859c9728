"""Live reload: a script that pages get while they are served, and the stream it listens to.

The pages' policy allows both: scripts and connections of their own host. Nothing of it is in
the export; its addresses begin with a dot, as no file that is served does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from html import escape

from starlette.concurrency import run_in_threadpool

SCRIPT_PATH = "/.stonehand/reload.js"
STREAM_PATH = "/.stonehand/changes"

# A browser has six connections to a host for all its windows, so only a page that is seen
# holds one. The state is that of the page, not of the first message: nothing is missed between.
SCRIPT = f"""(() => {{
  const state = document.currentScript.dataset.state;
  let stream = null;
  const listen = () => {{
    if (document.hidden) {{
      stream?.close();
      stream = null;
    }} else if (!stream) {{
      stream = new EventSource("{STREAM_PATH}");
      stream.onmessage = (message) => {{
        if (message.data !== state) location.reload();
      }};
    }}
  }};
  document.addEventListener("visibilitychange", listen);
  listen();
}})();
"""

_PAUSE = 0.25  # seconds between two looks at the export
_RECONNECT = 500  # milliseconds, after the server was started again


def with_script(page: bytes, state: str) -> bytes:
    """Return a page with the script; `state` is that of the export that the page is of."""
    tag = f'<script src="{SCRIPT_PATH}" data-state="{escape(state)}"></script>'.encode()
    end = page.lower().rfind(b"</body>")
    return page + tag if end < 0 else page[:end] + tag + page[end:]


async def states(
    read_state: Callable[[], str], is_ending: Callable[[], bool]
) -> AsyncIterator[str]:
    """Yield the state of the export as server-sent events: at once, and whenever it changes."""
    yield f"retry: {_RECONNECT}\n"
    sent = None
    while not is_ending():
        state = await run_in_threadpool(read_state)
        if state != sent:
            sent = state
            yield f"data: {state}\n\n"
        await asyncio.sleep(_PAUSE)
