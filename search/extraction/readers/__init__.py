"""One module a kind of file, each with `read(stream, transcript, *, limits)`.

A reader writes what it reads, and raises `UnreadableError` with a reason. Any other error of its own or its
library's means that the file is damaged.
"""
