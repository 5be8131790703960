"""Choosing a person in the admin: by name or account, with the posts of today beside it."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from intranet.organisation.models import Post, User


def posts_in_words(person: Any) -> str:
    """What the person holds today; why the account gives nothing where it holds nothing."""
    if not person.is_active:
        return _("closed account")
    return "; ".join(f"{post.department}, {post.get_kind_display()}" for post in person.posts_today) or _(
        "no post today"
    )


class _People:
    """Everybody, also those who have left: of them, too, somebody asks what they may read."""

    def get_object_list(self) -> QuerySet[User]:
        held = Post.objects.in_office().select_related("department")
        people = User.objects.prefetch_related(Prefetch("posts", held, to_attr="posts_today"))
        return people.order_by("-is_active", "last_name", "first_name", "username")

    @property
    def columns(self) -> list[Column]:
        name, *others = super().columns  # type: ignore[misc]
        name.label = _("Person")
        return [
            name,
            *others,
            Column("username", label=_("Account")),
            Column("posts", label=_("Posts today"), accessor=posts_in_words),
        ]


class PeopleView(_People, ChooseView):
    pass


class PeopleResultsView(_People, ChooseResultsView):
    pass


class PeopleChooserViewSet(ChooserViewSet):
    model = User
    icon = "user"
    choose_one_text = gettext_lazy("Choose a person")
    choose_another_text = gettext_lazy("Choose another person")
    choose_view_class = PeopleView
    choose_results_view_class = PeopleResultsView
    per_page = 20
    register_widget = False


people_chooser = PeopleChooserViewSet("people_chooser")
