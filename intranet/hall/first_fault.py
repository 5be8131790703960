"""Where somebody who fills in a form begins to type: what they have to mend, or the first field."""

from django import forms


def begin_at_the_first_fault(form: forms.Form) -> None:
    """Have the browser put the cursor into the first field with a fault; into the first of all where there is none."""
    shown = [name for name, field in form.fields.items() if not field.widget.is_hidden]
    name = next((name for name in shown if name in form.errors), shown[0])
    form.fields[name].widget.attrs["autofocus"] = True
