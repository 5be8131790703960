"""The screens of who handles cases, in the Wagtail admin."""
