"""Who applies at the hall."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.hall import identifiers
from intranet.hall.sealing import Unreadable, lookup_key, seal, unseal
from search.normalisation import unspaced
from search.pinyin import sounds


class ApplicantQuerySet(models.QuerySet):
    def identified_by(self, kind: str, identifier: str) -> "ApplicantQuerySet":
        """Whoever has this identifier, however it is written."""
        return self.filter(identifier_key=lookup_key(kind, identifiers.normalised(identifier)))

    def get_or_register(self, *, kind: str, name: str, identifier: str, phone: str = "") -> "Applicant":
        """The applicant with this identifier, registered now where nobody is; the phone is the newest one. Who is
        known keeps the known name: see `Applicant.is_called`.

        Raises `ValidationError` for an identifier that cannot be one, by the field's name.
        """
        plain = identifiers.normalised(identifier)
        if faults := faults_of(kind, plain):
            raise ValidationError({"identifier": faults})
        applicant, _created = self.get_or_create(
            identifier_key=lookup_key(kind, plain),
            defaults={"kind": kind, "name": name.strip(), "identifier_sealed": seal(plain)},
        )
        applicant.phone_sealed = seal(phone.strip()) or applicant.phone_sealed
        applicant.full_clean()
        applicant.save()
        return applicant


class Applicant(models.Model):
    """A person or an organisation, known by an identifier that is kept encrypted."""

    class Kind(models.TextChoices):
        PERSON = "person", _("natural person")
        ORGANISATION = "organisation", _("organisation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    identifier_sealed = models.TextField(_("identifier, encrypted"), editable=False)
    identifier_key = models.CharField(_("key of the identifier"), max_length=64, unique=True, editable=False)
    """By which the applicant is found and kept single; see `sealing.lookup_key`."""
    phone_sealed = models.TextField(_("phone, encrypted"), blank=True, editable=False)
    sound = models.CharField(_("name by its sound"), max_length=1600, blank=True, editable=False)
    """Syllables with a space on each side; by it and by the initials the window finds who says a name."""
    initials = models.CharField(_("initials of the name"), max_length=200, blank=True, editable=False)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        ordering = ["name", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.shown_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        heard = sounds(self.name)
        self.sound = "".join(f" {each.syllable}" for each in heard) + (" " if heard else "")
        self.initials = "".join(each.initial for each in heard)
        super().save(*args, **kwargs)

    def is_called(self, name: str) -> bool:
        """Whether this is the known name, in whatever script, width and spacing it is typed."""
        return unspaced(self.name) == unspaced(name)

    def numbers(self) -> dict[str, str]:
        """The `identifier` and the `phone` in full, for what is to be found in a text and taken out.

        Neither one that no key opens, which nobody can compare, nor a phone that is none: words are no number.
        """
        found = {}
        for name, sealed in (("identifier", self.identifier_sealed), ("phone", self.phone_sealed)):
            try:
                found[name] = unseal(sealed)
            except Unreadable:
                continue
        return {name: plain for name, plain in found.items() if name != "phone" or identifiers.is_phone(plain)}

    @property
    def shown_name(self) -> str:
        """The name as screens have it: a natural person's is masked."""
        return shown_name(self.kind, self.name)

    @property
    def shown_identifier(self) -> str:
        """The identifier as screens have it."""
        return shown(self.identifier_sealed, identifiers.masked_identifier)

    @property
    def shown_phone(self) -> str:
        """The phone as screens have it."""
        return shown(self.phone_sealed, identifiers.masked_phone)


def shown(sealed: str, masked: Callable[[str], str]) -> str:
    """What was sealed, masked; or a word where no key opens it."""
    try:
        return masked(unseal(sealed))
    except Unreadable:
        return gettext("unreadable: its key is missing")


def shown_name(kind: str, name: str) -> str:
    """A name as screens have it: a natural person's is masked, an organisation's is public."""
    return name if kind == Applicant.Kind.ORGANISATION else identifiers.masked_name(name)


def faults_of(kind: str, identifier: str) -> list[str]:
    """Every reason why a normalised text cannot identify an applicant of the kind."""
    if kind == Applicant.Kind.PERSON:
        return identifiers.faults_of_id_number(identifier, today=timezone.localdate())
    return identifiers.faults_of_credit_code(identifier)
