"""What a draft lacks or what is doubtful about it, found before anybody is asked to decide on it.

One module for each kind of finding; `checks` puts them together. Author, reviewer and head see the same list.
"""
