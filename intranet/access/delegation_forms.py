"""The form on which somebody names who decides in their place."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from intranet.access.delegating import posts_to_delegate
from intranet.access.rights import people_at_the_desk
from intranet.organisation.models import Post, User


class DelegationForm(forms.Form):
    post: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), empty_label=None
    )
    to: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("To whom"),
        queryset=User.objects.none(),
        help_text=_("Decides beside you in these days, in their own name. Nobody decides on their own draft."),
    )
    starts_on = forms.DateField(label=_("From"), widget=AdminDateInput, initial=timezone.localdate)
    ends_on = forms.DateField(label=_("To"), widget=AdminDateInput, help_text=_("Last day of the absence."))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts, people = self.fields["post"], self.fields["to"]
        assert isinstance(posts, forms.ModelChoiceField)
        assert isinstance(people, forms.ModelChoiceField)
        posts.queryset = posts_to_delegate(by)
        people.queryset = people_at_the_desk().order_by("last_name", "first_name", "username")
