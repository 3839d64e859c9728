"""What a web server has to say beside the site's files, for three kinds of servers.

One table of rules is written as `_headers` (Netlify, Cloudflare Pages and others),
as `.htaccess` (Apache 2.4) and as `nginx.conf`, to be included in a server's block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from editor.core.house import House
from editor.formats.site.rights import site_folder
from editor.proof.frame import POLICY
from editor.proof.single_pages import style_source

Headers = tuple[tuple[str, str], ...]

_SHORT = "public, max-age=60"
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_ALL = (("Access-Control-Allow-Origin", "*"),)
_CONFIGURATION = ("_headers", ".htaccess", "nginx.conf")


@dataclass(frozen=True, slots=True)
class ServerRule:
    """What is special about a folder (`media/`), or about files of one name in any folder.

    `type` is the media type where servers don't know it.
    """

    where: str
    headers: Headers = ()
    cache: str = _SHORT
    type: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether the rule is about a folder."""
        return self.where.endswith("/")


PICTURES = "media/"
SERVER_RULES = (
    ServerRule(PICTURES, cache=_FOR_GOOD),
    ServerRule("feed.xml", _FOR_ALL, type="application/atom+xml"),
    ServerRule("rss.xml", _FOR_ALL, type="application/rss+xml"),
    ServerRule("feed.json", _FOR_ALL, type="application/feed+json"),
    ServerRule("site.webmanifest", type="application/manifest+json"),
)
"""The rules beside those for everything.

What is seen under the name of a picture never changes. Style, script and search files keep
their names when they change, so nobody may keep them for long.
"""

_PICTURE_TYPES = (
    ("avif", "image/avif"),
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
)


def server_files(house: House, style: str = "") -> dict[str, str]:
    """Return the three files by their paths; `style` is the sheet inside 404.html."""
    common = common_headers(house, style)
    folder = site_folder(house)
    return {
        "_headers": _netlify(folder, common),
        ".htaccess": _apache(folder, common),
        "nginx.conf": _nginx(folder, common),
    }


def common_headers(house: House, style: str = "") -> Headers:
    """Return the headers of every answer.

    The policy is the pages' own, and says besides who may frame them, which a page can't
    (Content Security Policy 3, section 3.3). A server answers an address that is not there with
    404.html, so what that page alone may load is in the policy too; every other page's own
    policy is narrower.
    """
    policy = POLICY
    if style:
        policy = policy.replace("style-src 'self'", f"style-src 'self' {style_source(style)}")
    return (
        ("Content-Security-Policy", f"{policy}; frame-ancestors 'none'"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
        *((name, value.replace("$", "%24")) for name, value in house.tdm_fields()),
    )


def _netlify(folder: str, common: Headers) -> str:
    """Write `_headers`, where a header that two rules give would have both values.

    So how long pages are kept is left to these servers: they ask again each time.
    """
    blocks = [(f"{folder}*", common)]
    for rule in SERVER_RULES:
        if rule.is_folder:
            blocks.append((f"{folder}{rule.where}*", (("Cache-Control", rule.cache),)))
        elif rule.headers:
            headers = (*rule.headers, ("Content-Type", rule.type))
            blocks.append((f"{folder}{rule.where}", headers))
            blocks.append((f"{folder}*/{rule.where}", headers))
    return "\n".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers)
        for path, headers in blocks
    )


def _apache(folder: str, common: Headers) -> str:
    """Write `.htaccess`: it needs `AllowOverride FileInfo`, and does nothing without."""
    start = re.escape(unquote(folder))
    lines = [f'ErrorDocument 404 "{_quoted(folder)}404.html"', "AddDefaultCharset utf-8"]
    lines += [f"AddType {kind} .{ending}" for ending, kind in _PICTURE_TYPES]
    for rule in SERVER_RULES:
        if rule.type:
            lines += [f'<Files "{rule.where}">', f"  ForceType {rule.type}", "</Files>"]
    names = "|".join(map(re.escape, _CONFIGURATION))
    lines += ["", "<IfModule mod_alias.c>", f'  RedirectMatch 404 "/({names})$"', "</IfModule>"]
    lines += ["", "<IfModule mod_headers.c>"]
    for name, value in (*common, ("Cache-Control", _SHORT)):
        lines.append(f"  Header always set {name} {_apache_value(value)}")
    for rule in SERVER_RULES:
        where = f"^{start}{rule.where}" if rule.is_folder else f"/{re.escape(rule.where)}$"
        condition = f'"expr=%{{REQUEST_URI}} =~ m#{where}#"'
        cache = (("Cache-Control", rule.cache),) if rule.cache != _SHORT else ()
        for name, value in (*rule.headers, *cache):
            lines.append(f"  Header always set {name} {_apache_value(value)} {condition}")
    return "\n".join((*lines, "</IfModule>", ""))


def _nginx(folder: str, common: Headers) -> str:
    """Write `nginx.conf`, for `include` inside a `server` block that has the `root`.

    A block with a header of its own has none of those outside it, so each has them all.
    """
    folder = unquote(folder)
    names = "|".join(map(re.escape, _CONFIGURATION))
    lines = [
        "charset utf-8;",
        f'error_page 404 "{_quoted(folder)}404.html";',
        *_nginx_headers((*common, ("Cache-Control", _SHORT))),
        "",
        f'location ~ "/({names})$" {{',
        "  return 404;",
        "}",
    ]
    for rule in SERVER_RULES:
        if rule.is_folder:
            lines += ["", f'location ^~ "{_quoted(folder)}{rule.where}" {{']
        else:
            pattern = f"^{_quoted(re.escape(folder))}(.*/)?{re.escape(rule.where)}$"
            lines += ["", f'location ~ "{pattern}" {{']
        if rule.where == PICTURES:
            kinds = "".join(f" {kind} {ending};" for ending, kind in _PICTURE_TYPES)
            lines.append(f"  types {{{kinds} }}")
        if rule.type:
            lines += ["  types { }", f"  default_type {rule.type};"]
        headers = (*common, ("Cache-Control", rule.cache), *rule.headers)
        lines += [f"  {line}" for line in _nginx_headers(headers)]
        lines.append("}")
    return "\n".join((*lines, ""))


def _nginx_headers(headers: Headers) -> list[str]:
    return [f'add_header {name} "{value}" always;' for name, value in headers]


def _apache_value(value: str) -> str:
    # A % begins a format (mod_headers).
    return f'"{value.replace("%", "%%")}"'


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')
