"""What comes out of a box of search, and out of programs that write addresses, at its worst."""

from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from search.document import FACETS

WORDS = [
    "烟花爆竹",
    "安全生产",
    "許可證",
    "办法",
    "甘安监〔2007〕138号",
    "permit",
    "བདེ་འཇགས",
    "鸢尾",
    "2026",
    "a",
    "一",
]
ELASTICSEARCH = [
    "title:", "readers:leaders", "_exists_:readers", "*:*", "^9", "~2", "*", "?", "/.*/", "[a TO b]", "{* TO *}", "\\",
    "&&", "||", "!", "+", "-", "(", ")", '{"match_all":{}}', '{"script":{"source":"1"}}', "doc['readers']",
]  # fmt: skip
FTS5 = ["NEAR(", "NEAR(a b, 9)", '"', '""', "title :", "{title body} :", "^", "AND", "OR", "NOT", "- title :", "*"]
SQL = ["'; DROP TABLE documents; --", "' OR 1=1 --", "%", "_", "LIKE '%'", "UNION SELECT key FROM documents", "\\'"]
MARKUP = [
    "<xss onxss=1>", '"><xss onxss=1>', "'><xss onxss=1>", "</title><xss>", "</script><xss>", "<mark>", "</mark>",
    "<!--", "-->", "&lt;", "&#60;", "{{ 7*7 }}", "{% debug %}", "%(total)s", "{0}", "${7*7}", "javascript:alert(1)",
]  # fmt: skip
ODD = [
    "\x00", "\x1b", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\ue000", "\ue001", "\uffff", "\U0010ffff",
    "\ud800", "e\u0301", "\u0301" * 9, "🙂", "👩\u200d👩\u200d👧", "ཿ", "།", "\u0f0c", "\u3000", "“", "”", "ﷺ", "İ",
    "ß", "½", "①", "\r\n", "\t", "﹏",
]  # fmt: skip
fragments = st.sampled_from([*WORDS, *ELASTICSEARCH, *FTS5, *SQL, *MARKUP, *ODD]) | st.text(max_size=12)
texts = st.lists(fragments, max_size=12).map("".join) | st.lists(fragments, max_size=12).map(" ".join)
"""Short texts of everything that an engine, a database or a browser could take for more than text."""
long_texts = st.builds(lambda text, times: text * times, texts, st.sampled_from([60, 400, 3000]))
"""The same, repeated: thousands of parts, of quotes, of operators."""
anything = st.one_of(texts, texts, long_texts)

NAMES = ["q", "sort", "page", *FACETS]
names = st.sampled_from([*NAMES, *(f"{name}[]" for name in NAMES)]) | st.sampled_from(
    ["readers", "tokens", "fields", "size", "from", "boost", "q.op", "default_operator", "query", "%71", "", "q\x00"]
)
values = anything | st.sampled_from(
    ["relevance", "newest", "-1", "0", "1", "1000", "1001", "9" * 30, "1e3", "٣", "NaN"]
)


def percent(text: str) -> str:
    return quote(text, errors="surrogatepass")


def _in_gb18030(text: str) -> str:
    return quote_plus(text, encoding="gb18030", errors="replace")


def _as_bytes(text: str) -> str:
    """Raw bytes in the address, as a server hands them on."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1").replace("#", "").replace("&", "")


broken = st.sampled_from(["%", "%zz", "%e5%ae", "%ff", "%c0%80", "%00", "%u5b89", "&&", "=", ";", "+", "%2500"])


@st.composite
def query_strings(draw: st.DrawFn) -> str:
    """A query string: parameters known and unknown, repeated, in several encodings, some of them broken."""
    parameters = draw(st.lists(st.tuples(names, values), min_size=1, max_size=5))
    written = []
    for name, value in parameters:
        encode = draw(st.sampled_from([percent, percent, _in_gb18030, _as_bytes]))
        written.append(f"{percent(name)}={encode(value)}{draw(st.just('') | broken)}")
    return "&".join(written)
