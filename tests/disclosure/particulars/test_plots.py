"""A plot is safe to put into a page, says its numbers in words, and takes the colours of the site."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from lxml import etree

from intranet.disclosure.particulars.forms import FORMS
from intranet.disclosure.particulars.plots import MOST, Bar, Plot
from tests.disclosure.particulars.samples import FUNDS, SAMPLES, changed, filled

WITHOUT_FIGURES = {"fees", "acts", "accountability", "selection"}


def plot_of(sample):
    form = filled(sample)
    return form.form.plot(form.value)


@pytest.mark.parametrize("code", FORMS)
def test_a_form_with_figures_has_a_plot(code):
    assert (plot_of(SAMPLES[code]) is None) == (code in WITHOUT_FIGURES)


@pytest.mark.parametrize("code", FORMS.keys() - WITHOUT_FIGURES)
def test_a_plot_holds_nothing_that_runs_or_is_fetched(code):
    tree = etree.fromstring(plot_of(SAMPLES[code]).svg)
    tags = {etree.QName(node).localname for node in tree.iter()}
    names = {etree.QName(name).localname for node in tree.iter() for name in node.attrib}
    assert tags <= {"svg", "g", "path", "text"}
    assert not {name for name in names if name.startswith("on") or name in ("href", "src", "style")}
    assert "url(" not in plot_of(SAMPLES[code]).svg


def test_names_are_text_and_nothing_else():
    svg = plot_of(changed(FUNDS, item="<script>&'")).svg
    assert "<script" not in svg
    assert "<script>&'" in etree.fromstring(svg).xpath("//*[local-name()='text']/text()")


def test_every_number_stands_beside_its_bar():
    texts = etree.fromstring(plot_of(FUNDS).svg).xpath("//*[local-name()='text']/text()")
    assert {"头顶库治理", "应急救援装备"} < set(texts)
    assert any("9,025,000.00" in text for text in texts)


def test_colours_are_those_of_the_site():
    colours = set(re.findall(r'fill="([^"]+)"', plot_of(FUNDS).svg))
    assert colours == {"none", "var(--pine)", "var(--line-strong)", "var(--ink)"}


def test_a_screen_reader_reads_the_table_instead():
    assert re.match(r'<svg class="plot__picture" viewBox="0 0 \d+ \d+" aria-hidden="true"', plot_of(FUNDS).svg)


def bars(count, number):
    return Plot("", tuple((str(n), (Bar(Decimal(number), str(number)),)) for n in range(count)))


def test_nothing_is_plotted_of_nothing():
    assert bars(3, 0).svg is None
    assert bars(0, 1).svg is None


def test_a_picture_of_very_many_rows_would_be_no_picture():
    assert (bars(MOST, 1).svg is None, bars(MOST + 1, 1).svg is None) == (False, True)


def test_the_desk_has_each_colour_that_a_plot_is_drawn_with():
    css = Path(finders.find("hall/figures.css")).read_text(encoding="utf-8")
    drawn_with = set(re.findall(r"var\((--[a-z-]+)\)", plot_of(FUNDS).svg))
    assert {name for name in drawn_with if f"{name}:" not in css} == set()
