"""Strings that want to become script, markup, or trouble."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

OWN = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--><img src=x onerror=alert(1)>",
    "</title></textarea></style><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVa&#x09;Script:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](x.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;quot; &#34; &nbsp; \u00a0",
    "{{ 7 * 7 }}{% raw %}${7*7}#{7}",
    "a\u0000b\u0001c\u001fd\ufffee\u0085f",
    "\u202eright to left\u2066 \u200f\u061c",
    "👩🏽‍🚀 e\u0301 ﷽ 漢字 ไทย",
    "]]><!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "<template><p>x</template><base href=//evil.example/><meta http-equiv=refresh content=0>",
    "<form><button formaction=javascript:alert(1)>",
    "    <script>alert(1)</script>",
    "```\n\n<script>alert(1)</script>\n```",
)


def strangers(shared: Path, config: pytest.Config) -> list[str]:
    """Lines of the collections in ../shared/attacks: every eighth, and all in the long mode."""
    folder = shared / "attacks"
    lines = (folder / "payloadbox-xss" / "half.txt").read_text("utf-8", "replace").split("\n")
    naughty = json.loads((folder / "blns" / "blns.json").read_text("utf-8"))
    purify = json.loads((folder / "dompurify" / "fixtures.json").read_text("utf-8"))
    payloads = [attack["payload"] for attack in purify]
    texts = [text for text in (*lines, *naughty, *payloads) if text]
    return texts if config.getoption("--slow") else texts[::8]
