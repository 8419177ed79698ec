"""What the user sets about the network: where it is read, what is refused, and that keys hide."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_hosts import CANARY, told

from pipeline.fetch.credentials import KEY_LOCATIONS
from pipeline.fetch.hosts import GROUPS
from pipeline.model.errors import UsageError
from pipeline.settings import keys
from pipeline.settings.keys import EMAIL_VARIABLE, VARIABLES, Settings

WHOLE = f"""
email = "me@example.org"
[keys]
semantic_scholar = "{CANARY}"
openalex = "  "
[hosts]
"Export.arxiv.org" = "http://127.0.0.1:8080/x"
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for the test, and no key of the person who runs it."""
    monkeypatch.setenv("DIGEST_GRAPH_HOME", str(tmp_path))
    for variable in (EMAIL_VARIABLE, *(v for known in VARIABLES.values() for v in known)):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


def write(folder: Path, content: str | bytes) -> None:
    path = folder / "config.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(0o600)


def settings_or_refusal() -> Settings | UsageError:
    """The settings or their error, from a frame that holds none of the texts."""
    try:
        return keys.settings()
    except UsageError as error:
        return error


def refusal() -> UsageError:
    found = settings_or_refusal()
    assert isinstance(found, UsageError)
    return found


def test_every_service_that_takes_a_key_has_a_variable() -> None:
    assert VARIABLES.keys() == KEY_LOCATIONS.keys()
    assert VARIABLES.keys() <= {group.name for group in GROUPS}


def test_without_a_file_and_variables_nothing_is_set(own_home: Path) -> None:
    assert keys.settings() == Settings()
    assert list(own_home.iterdir()) == []


def test_the_file_sets_what_the_environment_does_not(own_home: Path) -> None:
    write(own_home, WHOLE)
    found = keys.settings()
    assert found.email == "me@example.org"
    assert {name: key.revealed() for name, key in found.credentials.items()} == {
        "semantic_scholar": CANARY
    }
    assert found.origins == {"semantic_scholar": "config.toml"}
    assert found.hosts == {"export.arxiv.org": "http://127.0.0.1:8080/x"}
    assert CANARY not in repr(found)


def test_the_environment_wins_and_an_empty_variable_is_not_set(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own_home, WHOLE)
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", " ")
    monkeypatch.setenv("OPENALEX_API_KEY", "other\n")
    monkeypatch.setenv(EMAIL_VARIABLE, "you@example.org")
    found = keys.settings()
    assert (found.email, found.credentials["openalex"].revealed()) == ("you@example.org", "other")
    assert found.credentials["semantic_scholar"].revealed() == CANARY
    monkeypatch.setenv("S2_API_KEY", "second")
    assert keys.settings().credentials["semantic_scholar"].revealed() == "second"
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", "first")
    found = keys.settings()
    assert found.credentials["semantic_scholar"].revealed() == "first"
    assert found.origins["semantic_scholar"] == "SEMANTIC_SCHOLAR_API_KEY"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"[keys]\nopenalex = {CANARY}\n", 2, "no TOML"),
        (f'[keys]\nopenalex = "{CANARY}\n', 2, "no TOML"),
        (f'[keys]\nopenalex = "{CANARY}"\nopenalex = "{CANARY}"', 3, "no TOML"),
        (f"# one\n\n{CANARY}\n", 3, "no TOML"),
        (f"{CANARY}.a = 1\n", 1, "unknown here"),
        (f'email = "a@b.c"\nopenalex = "{CANARY}"\n', 2, "unknown here"),
        (f'[keys]\n"{CANARY}" = "openalex"\n', 2, "unknown in [keys]"),
        (f'keys = "{CANARY}"\n', 1, "tables"),
        (f'[[keys]]\nopenalex = "{CANARY}"\n', 1, "tables"),
        (f'# a\n[keys]\nopenalex = [\n"{CANARY}"\n]\n', 5, "openalex is no text"),
        (f'[keys]\nopenalex = """\n{CANARY}\n{CANARY}"""\n', 4, "openalex holds characters"),
        (f'[keys]\nopenalex = "{CANARY}é"\n', 2, "openalex holds characters"),
        (f'email = "{CANARY}"\n', 1, "no mail address"),
        (f'email = "a@b.c\\r\\nX: {CANARY}"\n', 1, "no mail address"),
        ('\nemail = "é@example.org"\n', 2, "no mail address"),
        ('email = "me@exämple.org"\n', 1, "no mail address"),
        ("email = 7\n", 1, "no mail address"),
        ('[hosts]\napi.openalex.org = "https://x.test"\n', 2, "in quotes"),
        ('[hosts]\n"a.b" = 7\n', 2, "begins with https://"),
        (f'[hosts]\n"a.b" = "http://evil.test/{CANARY}"\n', 2, "begins with https://"),
        (f'[hosts]\n"a.b" = "https://me:{CANARY}@x.test"\n', 2, "begins with https://"),
        ('[hosts]\n"a.b" = "https://x.test/?q="\n', 2, "begins with https://"),
        ('[hosts]\n"a.b" = "http://127.0.0.1.evil.test"\n', 2, "begins with https://"),
        ('[hosts]\n"a.b" = "file:///etc"\n', 2, "begins with https://"),
    ],
)
def test_a_wrong_file_is_told_by_line_and_never_quoted(
    text: str, line: int, said: str, own_home: Path
) -> None:
    write(own_home, text)
    error = refusal()
    assert str(error).startswith(f"{own_home / 'config.toml'}:{line}: ")
    assert said in str(error)
    assert CANARY not in told(error)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'email = "a@b.c"\n# \xff ' + CANARY.encode(), ":2: this is not UTF-8"),
        (b"#" * 20_000, "over 16,384 bytes"),
        (b"a = " + b"[" * 9_000, "no TOML"),
        (b"a = " + b"9" * 9_000, "no TOML"),
    ],
)
def test_a_file_that_cannot_be_one_is_refused(content: bytes, said: str, own_home: Path) -> None:
    write(own_home, content)
    error = refusal()
    assert said in str(error) or (said == "no TOML" and "unknown here" in str(error))
    assert CANARY not in told(error)


def test_what_is_no_file_is_not_waited_for(own_home: Path) -> None:
    os.mkfifo(own_home / "config.toml")
    assert "no file" in str(refusal())


def test_a_file_with_the_mark_of_windows_is_read(own_home: Path) -> None:
    write(own_home, b'\xef\xbb\xbfemail = "me@example.org"\r\n[keys]\r\nopenalex = "k"\r\n')
    found = keys.settings()
    assert (found.email, found.origins) == ("me@example.org", {"openalex": "config.toml"})


@pytest.mark.parametrize(
    ("mode", "text", "warned"),
    [(0o644, WHOLE, True), (0o640, WHOLE, True), (0o600, WHOLE, False), (0o644, "", False)],
)
def test_keys_that_others_may_read_are_warned_of(
    mode: int, text: str, warned: bool, own_home: Path
) -> None:
    write(own_home, text)
    (own_home / "config.toml").chmod(mode)
    warnings = keys.settings().warnings
    assert [f'chmod 600 "{own_home / "config.toml"}"' in w for w in warnings] == [True] * warned
    assert CANARY not in "".join(warnings)


@pytest.mark.parametrize(
    "email", ["me@example.org\r\nHost: evil", "me@example.org\n", "é@example.org", "me", "a b@c.d"]
)
def test_a_mail_address_that_is_none_is_refused(
    email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EMAIL_VARIABLE, email)
    assert str(refusal()).startswith(f"{EMAIL_VARIABLE}: ")


@pytest.mark.parametrize("variable", [v for known in VARIABLES.values() for v in known])
def test_a_key_that_is_none_is_refused_by_the_name_of_its_variable(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"{CANARY}\r\nHost: evil")
    error = refusal()
    assert str(error).startswith(f"{variable}: ")
    assert CANARY not in told(error)


TOML = st.lists(
    st.sampled_from([*'[]{}=.,"#\n\n \\', '"""', "keys", "hosts", "email", "openalex", CANARY, "é"])
)


@example(pieces=["[", "keys", "]", "\n", CANARY])
@hypothesis_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=TOML)
def test_whatever_the_file_says_a_key_is_never_told(pieces: list[str], own_home: Path) -> None:
    write(own_home, "".join(pieces))
    found = settings_or_refusal()
    assert CANARY not in (told(found) if isinstance(found, UsageError) else repr(found.credentials))
