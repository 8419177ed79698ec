"""The page of a graph as it is served: it is loaded anew when there is another, its view kept."""

from __future__ import annotations

import base64
import hashlib
import json

from pipeline.export.explorer_script import plain

_POLICY = b"script-src "
_END = b"</body>"


def renewing(page: bytes, events: str, mark: str) -> bytes:
    """`page`, of this `mark`, with a script that asks at `events` whether it is still the one.

    The address keeps the view, so that the page that is loaded anew shows the same. What else the
    page may do stays as it is: its policy lets this script through, and this one address.
    """
    arguments = f"{json.dumps(events)}, {json.dumps(mark)}"
    code = f"({plain('renewing').strip().removesuffix(';')})({arguments});".encode()
    source = base64.b64encode(hashlib.sha256(code).digest())
    allowed = b"connect-src 'self'; script-src 'sha256-" + source + b"' "
    head, policy, rest = page.partition(_POLICY)
    body, end, after = rest.rpartition(_END)
    if not (policy and end):
        return page
    return head + allowed + body + b"<script>" + code + b"</script>\n" + end + after
