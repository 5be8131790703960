"""Rows that are written once: no way of the ORM changes or deletes them."""

from typing import Any, NoReturn

from django.db import models


class Unalterable(Exception):
    """A row that is written once was about to be changed or deleted."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"A row of {model._meta.label} is neither changed nor deleted.")


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **changes: Any) -> NoReturn:
        raise Unalterable(self.model)

    def delete(self) -> NoReturn:
        raise Unalterable(self.model)

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise Unalterable(self.model)

    def bulk_create(self, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            raise Unalterable(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unalterable(self.model)


class AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unalterable(type(self))
        # With the primary key of a row that is there, Django would write over that.
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unalterable(type(self))
