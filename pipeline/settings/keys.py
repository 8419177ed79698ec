"""What the user sets about the network: keys, a mail address, other hosts. Keys are never shown.

No error here comes from, or passes through a frame that holds, the text of a key.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

from pipeline.model.errors import UsageError
from pipeline.settings.home import home_folder
from pipeline.settings.project import PROJECT_NAME, project

MASK = "***"
CONFIG_NAME = "config.toml"
EMAIL_VARIABLE = "DIGEST_GRAPH_EMAIL"
VARIABLES: Mapping[str, tuple[str, ...]] = {
    "semantic_scholar": ("SEMANTIC_SCHOLAR_API_KEY", "S2_API_KEY"),
    "openalex": ("OPENALEX_API_KEY",),
    "opencitations": ("OPENCITATIONS_ACCESS_TOKEN",),
}
"""The variables that a key of each service is looked for in, in this order."""

MOST_BYTES = 1 << 14
_READ_BY_OTHERS = 0o044
# Of the characters that a mail address may have, those that also mean nothing else in a header.
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)
_HOST = re.compile(r"[a-z0-9.-]{1,253}", re.IGNORECASE)
_OWN = r"http://(?:127\.0\.0\.1|localhost|\[::1\])"
_ADDRESS = re.compile(
    rf"(?:https://[A-Za-z0-9.-]+|{_OWN})(?::\d{{1,5}})?(?:/[\w.~/%-]*)?", re.ASCII
)
_NO_EMAIL = "this is no mail address. Give one like name@example.org"
_NO_TOML = (
    'this is no TOML. Write email = "...", or [keys] or [hosts] and below it name = "...", '
    "with each text in quotes"
)


class Secret:
    """A key. Only `revealed()` has its text; `str`, `repr` and pickles have none of it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        stripped = text.strip()
        # The text of the error cannot hold what was given, nor can its traceback's locals.
        text = MASK
        if not re.fullmatch(r"[!-~]+( [!-~]+)*", stripped):
            stripped = MASK
            raise UsageError("A key holds characters that no key has. Copy it again, alone.")
        self._text = stripped

    def revealed(self) -> str:
        """The key itself, for the one line that sends it."""
        return self._text

    def hidden(self, content: bytes) -> bytes:
        """The content without the key, wherever it stands there as it is or percent-encoded."""
        for form in {self._text, quote(self._text), quote_plus(self._text)}:
            content = content.replace(form.encode(), MASK.encode())
        return content

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return (Secret, (MASK,))


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set, and where.

    `credentials` and `origins` are by the name of the service: its key, and the variable or the
    file that has it. `hosts` puts a base URL in the place of a host, which is in lower case.
    `warnings` are sentences to show, `faults` those of what cannot be used and counts for nothing.
    """

    email: str | None = None
    credentials: Mapping[str, Secret] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


class _Wrong(NamedTuple):
    """What cannot be used, and at which line (from 1), if that is known."""

    line: int | None
    what: str


def settings() -> Settings:
    """What the environment, else `digest-graph.toml` (the email), else `config.toml` at home set.

    A variable that is empty is not set, nor is an empty text of the file. Raises UsageError, with
    file and line or with the variable, for what cannot be used, without quoting any of it.
    """
    written = _used(home_folder() / CONFIG_NAME)
    variable_of = {name: variable for name in VARIABLES if (variable := _variable_of(name))}
    return Settings(
        _email() or _email_of_project() or written.email,
        {**written.credentials, **{name: _secret(variable_of[name]) for name in variable_of}},
        written.hosts,
        {**written.origins, **variable_of},
        written.warnings,
    )


def usable_settings() -> Settings:
    """What `settings` gives, but of what cannot be used a fault each; all else counts."""
    faults: list[str] = []

    def usable(part: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return part()
        except UsageError as error:
            faults.append(str(error))
            return otherwise

    written = usable(lambda: _used(home_folder() / CONFIG_NAME), Settings())
    email = usable(_email, None) or usable(_email_of_project, None) or written.email
    variables = {name: variable for name in VARIABLES if (variable := _variable_of(name))}
    secrets = {name: usable(partial(_secret, variables[name]), None) for name in variables}
    keys = {name: secret for name, secret in secrets.items() if secret is not None}
    origins = {**written.origins, **{name: variables[name] for name in keys}}
    keys = {**written.credentials, **keys}
    return Settings(email, keys, written.hosts, origins, written.warnings, tuple(faults))


def checked_email(given: str, named: str) -> str:
    """A mail address that can stand in a request. Raises UsageError, by what it is `named`."""
    if not _EMAIL.fullmatch(given):
        raise UsageError(f"{named}: {_NO_EMAIL}.")
    return given


def _variable_of(name: str) -> str | None:
    return next((v for v in VARIABLES[name] if os.environ.get(v, "").strip()), None)


def _secret(variable: str) -> Secret:
    try:
        return Secret(os.environ[variable])
    except UsageError as error:
        raise UsageError(f"{variable}: {error}") from None


def _email() -> str | None:
    """The mail address of the environment. Raises UsageError for what cannot be one."""
    email = os.environ.get(EMAIL_VARIABLE, "")
    return checked_email(email, EMAIL_VARIABLE) if email.strip() else None


def _email_of_project() -> str | None:
    email = project().email
    return checked_email(email, f"{PROJECT_NAME}: email") if email else None


def _used(path: Path) -> Settings:
    """What the file says. Raises UsageError, with file and line, where it cannot be used."""
    written = _written(path)
    if isinstance(written, _Wrong):
        line = f":{written.line}" if written.line else ""
        raise UsageError(f"{path}{line}: {written.what}.")
    return written


def _written(path: Path) -> Settings | _Wrong:
    """What the file says; nothing where there is no file."""
    read = _content_of_file(path)
    if read is None or isinstance(read, _Wrong):
        return read or Settings()
    content, readable = read
    document = _document(content)
    if isinstance(document, _Wrong):
        return document
    if next(_faults(document), None):
        return _first_wrong(content)
    return _settings_of(document, path, readable)


def _content_of_file(path: Path) -> tuple[bytes, bool] | _Wrong | None:
    """The content of a file, and whether others may read it; None where there is no file."""
    try:
        if not path.exists():
            return None
        if not path.is_file():
            return _Wrong(None, "this is no file")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
            mode = os.fstat(file.fileno()).st_mode
    except OSError as error:
        return _Wrong(None, f"it cannot be read ({error.strerror})")
    if len(content) > MOST_BYTES:
        return _Wrong(None, f"it has over {MOST_BYTES:,} bytes, which no such file has")
    return content, os.name == "posix" and bool(mode & _READ_BY_OTHERS)


def _settings_of(document: Mapping[str, Any], path: Path, readable: bool) -> Settings:
    keys = {name: Secret(text) for name, text in document.get("keys", {}).items() if text.strip()}
    hosts = {name.lower(): url for name, url in document.get("hosts", {}).items()}
    warning = f'{path} holds keys, and others may read it: chmod 600 "{path}"'
    return Settings(
        document.get("email") or None,
        keys,
        hosts,
        dict.fromkeys(keys, CONFIG_NAME),
        (warning,) if keys and readable else (),
    )


def _document(content: bytes) -> dict[str, Any] | _Wrong:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _Wrong(content.count(b"\n", 0, error.start) + 1, "this is not UTF-8")
    except RecursionError:
        return _Wrong(None, _NO_TOML)
    except ValueError as error:
        # The rest of the message may quote the line.
        place = re.search(r"\(at line (\d+), column \d+\)$", str(error))
        last = content.rstrip().count(b"\n") + 1
        return _Wrong(int(place[1]) if place else last, _NO_TOML)


def _first_wrong(content: bytes) -> _Wrong:
    """The first fault of a file that has one, at the line at whose end it can be seen."""
    lines = content.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith(b"#"):
            document = _document(b"\n".join(lines[:number]))
            # A text or a list that goes on in the next line cannot be read up to here.
            what = None if isinstance(document, _Wrong) else next(_faults(document), None)
            if what:
                return _Wrong(number, what)
    return _Wrong(None, _NO_TOML)


def _faults(document: Mapping[str, Any]) -> Iterator[str]:
    """What cannot be used. No name is quoted but our own: any other could be a key."""
    if document.keys() - {"email", "keys", "hosts"}:
        yield "this is unknown here. Known are email, [keys] and [hosts]"
    email = document.get("email", "")
    if not isinstance(email, str) or (email and not _EMAIL.fullmatch(email)):
        yield _NO_EMAIL
    keys, hosts = document.get("keys", {}), document.get("hosts", {})
    if isinstance(keys, dict) and isinstance(hosts, dict):
        yield from _faults_of_keys(keys)
        yield from _faults_of_hosts(hosts)
    else:
        yield 'keys and hosts are tables: write [keys], and below it openalex = "..."'


def _faults_of_keys(keys: Mapping[str, Any]) -> Iterator[str]:
    if keys.keys() - VARIABLES.keys():
        yield f"this is unknown in [keys]. Known are {', '.join(VARIABLES)}"
    for name in keys.keys() & VARIABLES.keys():
        if not isinstance(keys[name], str):
            yield f"the key of {name} is no text. Put it in quotes"
        elif keys[name].strip() and not _is_key(keys[name]):
            yield f"the key of {name} holds characters that no key has. Copy it again, alone"


def _is_key(text: str) -> bool:
    try:
        Secret(text)
    except UsageError:
        return False
    return True


def _faults_of_hosts(hosts: Mapping[str, Any]) -> Iterator[str]:
    for name, url in hosts.items():
        if isinstance(url, dict) or not _HOST.fullmatch(name):
            yield 'the name of a host stands in quotes: "api.openalex.org" = "https://..."'
        elif not isinstance(url, str) or not _ADDRESS.fullmatch(url):
            yield (
                "what stands for a host begins with https:// and has no user, ? or #; http:// is"
                " for this machine alone (http://127.0.0.1:8080)"
            )
