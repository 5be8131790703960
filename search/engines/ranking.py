"""What multiplies a score whatever engine made it."""

ENDED = ("repealed", "lapsed")
"""Values of `validity` of what holds no more."""
REPEALED = 0.75
"""A repealed document keeps three quarters of its score: findable, after the one in force."""
OTHER_LANGUAGE = 0.85
"""What is not in the query's language comes after its record, whose number and names it shares. Numbers, embedded
engine: MRR 0.889 → 1.000."""
GUIDE = 1.25
"""Among things that match alike, how to get something done comes first: that is what visitors come for. Not where
synonyms are looked for: their order is by the word that was typed. With
keywords, on Elasticsearch: pinyin MRR 0.608 → 0.950, questions 0.914 → 0.948, mixed 0.833 → 0.900."""
SYNONYM = 0.01
"""Share of its score that another wording of the query gives: enough to order what has only the other wording."""
TYPED_WORD = 20.0
"""The thing has the very word that was typed. A score is 1,600 at the very most, so its share is less than this, and
the same match in other words comes after."""
WORD_IN_TITLE = 40.0
"""The title has the word or its synonym: 执照 in passing in a text comes after a title with 许可证."""
PINNED = 10_000.0
"""From one pinned thing to the next, above every other score."""
