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
USUAL: dict[str, Any] = {"viewport": WIDE, "offline": True, "reduced_motion": "reduce"}

_empty_pages: dict[tuple[Browser, str], list[Page]] = {}
"""What was left by tests, of each kind of window: a new page costs more than most tests do."""


@contextmanager
def listened(browser: Browser, path: Path, silent: bool = True, **options: Any) -> Iterator[Page]:
    """The page of a file, offline; at the end nothing ran, was opened, asked for or said."""
    before, view = options.pop("before", None), options.pop("hash", "")
    kept = _empty_pages.setdefault((browser, repr(sorted(options.items()))), [])
    # A script that runs before a page cannot be taken from it again.
    is_new = bool(before) or not kept
    page = browser.new_context(**(USUAL | options)).new_page() if is_new else kept.pop()
    if before:
        page.add_init_script(before)
    try:
        with _hearing(page) as heard:
            page.goto(path.as_uri() + view)
            yield page
            page.wait_for_timeout(20)
            assert page.evaluate("window.ran") is None
        requests = [line for line in heard if not line.startswith("blob:")]
        assert not silent or requests == [path.as_uri()], heard
    except BaseException:
        page.context.close()
        raise
    if before:
        page.context.close()
        return
    page.goto("about:blank")
    page.emulate_media(media="null", color_scheme=options.get("color_scheme", "light"))
    page.mouse.move(0, 0)
    kept.append(page)


@contextmanager
def _hearing(page: Page) -> Iterator[list[str]]:
    """All that a page says, asks for and opens within the block."""
    heard = list[str]()

    def dismiss(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    listeners: dict[str, Any] = {
        "request": lambda request: heard.append(request.url),
        "console": lambda message: heard.append(message.text),
        "pageerror": lambda error: heard.append(str(error)),
        "dialog": dismiss,
    }

    def opened(other: Page) -> None:
        heard.append(f"a window: {other.url}")

    page.context.on("page", opened)
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield heard
    page.context.remove_listener("page", opened)
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
