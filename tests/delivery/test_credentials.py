from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from editor.core.delivery import Target
from editor.delivery.credentials import (
    SECRET_VARIABLE,
    USER_VARIABLE,
    Credentials,
    find_credentials,
    forget_credentials,
    keep_credentials,
    secret_title,
)
from editor.errors import CredentialsNeeded
from tests.keyrings import Secrets

WEBSITE = Target("Website", "s3://paper/site?endpoint=https://store.example")
GIVEN = Credentials("canary-4410", "AKIA", "")


class Passwords(Secrets):
    """A keyring in memory that forgets as well."""

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.passwords.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    before, ours = keyring.get_keyring(), Passwords()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


def test_credentials_are_kept_for_one_desk_target_and_host(passwords: Passwords) -> None:
    assert find_credentials("d1", WEBSITE) == Credentials()
    keep_credentials("d1", WEBSITE, GIVEN)
    assert find_credentials("d1", WEBSITE) == GIVEN
    assert find_credentials("d2", WEBSITE) == Credentials()
    assert find_credentials("d1", Target("Partner", WEBSITE.address)) == Credentials()
    # Somebody may point a target at a server of their own: it does not get the secret.
    for address in ("s3://paper/site?endpoint=https://evil.example", "s3://other/site"):
        assert find_credentials("d1", Target("Website", address)) == Credentials()
    assert find_credentials("d1", Target("website", WEBSITE.address)) == GIVEN
    assert [service for service, _name in passwords.passwords] == ["Stonehand target"]


def test_forgotten_credentials_are_gone(passwords: Passwords) -> None:
    keep_credentials("d1", WEBSITE, GIVEN)
    assert forget_credentials("d1", WEBSITE)
    assert not forget_credentials("d1", WEBSITE)
    assert find_credentials("d1", WEBSITE) == Credentials()
    assert not passwords.passwords


def test_secret_of_the_environment_is_for_one_run(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_credentials("d1", WEBSITE, GIVEN)
    monkeypatch.setenv(SECRET_VARIABLE, "for now")
    assert find_credentials("d1", WEBSITE) == Credentials("for now", "AKIA")
    monkeypatch.setenv(USER_VARIABLE, "AKIB")
    assert find_credentials("d1", WEBSITE) == Credentials("for now", "AKIB")
    monkeypatch.delenv(SECRET_VARIABLE)
    assert find_credentials("d1", WEBSITE) == GIVEN


def test_keyring_that_does_not_open_is_named(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords.is_locked = True
    for call in (
        lambda: find_credentials("d1", WEBSITE),
        lambda: keep_credentials("d1", WEBSITE, GIVEN),
        lambda: forget_credentials("d1", WEBSITE),
    ):
        with pytest.raises(CredentialsNeeded, match="“Website”") as caught:
            call()
        assert SECRET_VARIABLE in caught.value.hint
    monkeypatch.setenv(SECRET_VARIABLE, "for now")
    assert find_credentials("d1", WEBSITE).secret == "for now"


def test_computer_without_a_home_folder_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_asked: str) -> None:
        raise RuntimeError("Could not determine home directory.")

    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, fail)
    for call in (
        lambda: find_credentials("d1", WEBSITE),
        lambda: keep_credentials("d1", WEBSITE, GIVEN),
        lambda: forget_credentials("d1", WEBSITE),
    ):
        with pytest.raises(CredentialsNeeded, match="“Website”"):
            call()


@pytest.mark.usefixtures("passwords")
def test_computer_without_a_keyring_says_so() -> None:
    keyring.set_keyring(NoKeyring())
    with pytest.raises(CredentialsNeeded, match="“Website”"):
        keep_credentials("d1", WEBSITE, GIVEN)


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"secret": 1}', '{"else": "x"}'])
def test_entry_of_somebody_else_is_none_of_ours(passwords: Passwords, text: str) -> None:
    keep_credentials("d1", WEBSITE, GIVEN)
    for name in passwords.passwords:
        passwords.passwords[name] = text
    assert find_credentials("d1", WEBSITE) == Credentials()


def test_secret_is_in_no_repr() -> None:
    assert "canary" not in repr(GIVEN) + str(GIVEN)


def test_secret_is_called_what_the_place_calls_it() -> None:
    assert secret_title(WEBSITE) == "Secret access key"
    assert secret_title(Target("a", "sftp://me@host/x")).startswith("Password, or passphrase")
    assert secret_title(Target("a", "git+https://host/x.git#pages")) == "Password or token"
