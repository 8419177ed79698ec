"""A page in a real browser, offline, and all that it says or asks for meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@contextmanager
def listened(browser: Browser, path: Path, silent: bool = True, **options: Any) -> Iterator[Page]:
    """The page of a file, offline; at the end nothing ran, was opened, asked for or said."""
    before, view = options.pop("before", None), options.pop("hash", "")
    usual: dict[str, Any] = {"viewport": WIDE, "offline": True, "reduced_motion": "reduce"}
    context = browser.new_context(**(usual | options))
    page, heard = context.new_page(), list[str]()

    def dismiss(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    context.on("page", lambda other: heard.append(f"a window: {other.url}"))
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", dismiss)
    if before:
        page.add_init_script(before)
    page.goto(path.as_uri() + view)
    yield page
    page.wait_for_timeout(20)
    assert page.evaluate("window.ran") is None
    context.close()
    requests = [line for line in heard if not line.startswith("blob:")]
    assert not silent or requests == [path.as_uri()], heard
