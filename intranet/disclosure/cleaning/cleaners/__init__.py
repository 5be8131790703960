"""One module a kind of file, each with `cleaned(content, findings)`, which returns the copy's bytes.

A cleaner tells `findings` what it removes, and what it leaves because only an editor can decide on it. It raises
`SignedError`, `ProtectedError` or `UnsupportedError` where the file must be left as it is.
"""
