"""The real Elasticsearch node for development and tests."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tools.elasticsearch import ElasticsearchUnavailable, running_node, shared_node
from tools.elasticsearch.artifacts import check_lock
from tools.elasticsearch.jdk import find_jdk
from tools.elasticsearch.node import answers

ROOT = Path(__file__).resolve().parents[2]
CHINESE = ["cjk_width", "lowercase", "asciifolding", "cjk_bigram"]
HOLD_A_NODE = """
import sys
from tools.elasticsearch import running_node
with running_node("256m") as url:
    print(url, flush=True)
    sys.stdin.read()
"""

pytestmark = pytest.mark.elasticsearch


def ask(url: str, body: dict[str, Any] | None = None, *, method: str = "GET") -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def tokens(url: str, text: str, **analysis: Any) -> list[str]:
    answer = ask(f"{url}/_analyze", {"tokenizer": "standard", "text": text, **analysis}, method="POST")
    return [token["token"] for token in answer["tokens"]]


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 15
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.elasticsearch", *arguments],
        check=False, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "VAR_DIR": str(folder)},
    )  # fmt: skip


def test_the_node_is_healthy(elasticsearch_url):
    assert ask(f"{elasticsearch_url}/_cluster/health")["status"] in {"green", "yellow"}


def test_an_index_may_name_the_analysis_of_the_portal(elasticsearch_url):
    analysis = {
        "filter": {
            "stems": {"type": "stemmer", "language": "english"},
            "possessives": {"type": "stemmer", "language": "possessive_english"},
            "folded_and_plain": {"type": "asciifolding", "preserve_original": True},
            "both": {"type": "cjk_bigram", "output_unigrams": True, "ignored_scripts": ["hangul"]},
            "beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": 12},
        },
        "char_filter": {
            "brackets": {"type": "mapping", "mappings": ["〔 => [", "〕 => ]"]},
            "dashes": {"type": "pattern_replace", "pattern": "[–—]", "replacement": "-"},
        },
        "tokenizer": {"pairs": {"type": "ngram", "min_gram": 1, "max_gram": 2}},
        "analyzer": {
            "chinese": {"tokenizer": "standard", "filter": CHINESE, "char_filter": ["brackets", "dashes"]},
            "english": {"tokenizer": "standard", "filter": ["possessives", "lowercase", "folded_and_plain", "stems"]},
            "suggesting": {"tokenizer": "whitespace", "filter": ["lowercase", "beginnings"]},
            "characters": {"tokenizer": "standard", "filter": ["both"]},
            "pieces": {"tokenizer": "pairs"},
            "whole": {"tokenizer": "keyword"},
        },
        "normalizer": {"folded": {"type": "custom", "filter": ["cjk_width", "lowercase", "asciifolding"]}},
    }
    index = f"{elasticsearch_url}/analysis-{os.getpid()}"
    try:
        assert ask(index, {"settings": {"analysis": analysis}}, method="PUT")["acknowledged"]
    finally:
        ask(index, method="DELETE")


def test_chinese_becomes_bigrams(elasticsearch_url):
    assert tokens(elasticsearch_url, "安全生产", filter=CHINESE) == ["安全", "全生", "生产"]


def test_full_width_digits_and_accents_fold(elasticsearch_url):
    assert tokens(elasticsearch_url, "２００７ Café", filter=CHINESE) == ["2007", "cafe"]


def test_single_characters_may_stand_beside_bigrams(elasticsearch_url):
    both = [{"type": "cjk_bigram", "output_unigrams": True}]
    assert tokens(elasticsearch_url, "安全生", filter=both) == ["安", "安全", "全", "全生", "生"]


def test_an_ignored_script_makes_no_bigrams(elasticsearch_url):
    ignoring = [{"type": "cjk_bigram", "ignored_scripts": ["han"]}]
    assert tokens(elasticsearch_url, "安全 ひら", filter=ignoring) == ["安", "全", "ひら"]


def test_english_is_stemmed(elasticsearch_url):
    english = [{"type": "stemmer", "language": "possessive_english"}, {"type": "stemmer", "language": "english"}]
    assert tokens(elasticsearch_url, "minister's regulations", filter=english) == ["minist", "regul"]


def test_a_mapping_reads_escapes(elasticsearch_url):
    mapping = [{"type": "mapping", "mappings": ["\\u3014 => [", "〕 => ]\\n"]}]
    assert tokens(elasticsearch_url, "〔2007〕", tokenizer="keyword", char_filter=mapping) == ["[2007]\n"]


def test_ngrams_obey_the_limit_on_their_sizes(elasticsearch_url):
    with pytest.raises(HTTPError, match="400"):
        tokens(elasticsearch_url, "abc", tokenizer={"type": "ngram", "min_gram": 1, "max_gram": 9})


def test_a_node_is_gone_after_its_block():
    with running_node("256m") as url:
        assert answers(url)
    assert not answers(url)


def test_a_node_is_gone_when_its_parent_was_killed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_A_NODE], cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as parent:  # fmt: skip
        url = parent.stdout.readline().strip()
        assert answers(url)
        parent.kill()
    assert eventually(lambda: not answers(url))


def test_a_shared_node_ends_with_its_last_user(tmp_path):
    with shared_node(tmp_path, heap="256m") as url:
        with shared_node(tmp_path) as same:
            assert same == url
        assert answers(url)
    assert not answers(url)


def test_a_node_in_the_background_runs_until_it_is_stopped(tmp_path):
    url = command("start", "--heap", "256m", folder=tmp_path).stdout.strip()
    try:
        assert command("status", folder=tmp_path).stdout.strip() == url
    finally:
        command("stop", folder=tmp_path)
    assert command("status", folder=tmp_path).returncode == 1
    assert not answers(url)


def test_a_jar_that_is_not_the_recorded_one_is_refused(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "elasticsearch-9.5.3.jar").write_bytes(b"something else")
    with pytest.raises(ElasticsearchUnavailable, match=r"lib/elasticsearch-9\.5\.3\.jar"):
        check_lock(tmp_path)


def test_a_machine_without_a_new_enough_jdk_is_told_what_to_do(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "javac").touch()
    (tmp_path / "release").write_text('JAVA_VERSION="17.0.15"\n')
    with pytest.raises(ElasticsearchUnavailable, match="JDK 21 or newer"):
        find_jdk([tmp_path])
