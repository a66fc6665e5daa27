"""Makes a drawing fit for a page: one picture with one sentence, links beside it for pointers, no style, no script."""

from xml.etree.ElementTree import Element, fromstring, tostring

from reports.charts.parts import Chart

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT = frozenset({
    "d", "transform", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "fill", "fill-opacity", "opacity", "stroke",
    "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "stroke-miterlimit", "text-anchor",
    "font-size", "font-weight",
})  # fmt: skip
_IDLE = {("opacity", "1"), ("transform", "translate(0,0)")}


def tidied(svg: str, chart: Chart) -> str:
    """The drawing of `chart` as it may stand in a page.

    A picture's children say nothing to a screen reader, so what can be pressed lies outside it; it is there for the
    pointer alone, for the same addresses stand in the table of the chart.
    """
    drawn = fromstring(svg)  # noqa: S314 - it comes from our own child
    hits = Element("g", {"aria-hidden": "true"})
    picture = Element("g", {"role": "img", "aria-label": chart.sentence})
    for child in drawn:
        if (found := _only_links(child, chart)) is not None:
            hits.append(found)
        if (kept := _without_links(child)) is not None:
            picture.append(kept)
    width, height = chart.box
    root = Element(
        "svg", {"class": "plot", "viewBox": f"0 0 {width} {height}", "width": f"{width}", "height": f"{height}"}
    )
    root.extend([picture, hits])
    return tostring(root, "unicode")


def _bare(one: Element) -> Element:
    kept = {name: value for name, value in one.attrib.items() if name in _KEPT and (name, value) not in _IDLE}
    bare = Element(one.tag.removeprefix(_SVG), kept)
    bare.text = one.text
    return bare


def _without_links(one: Element) -> Element | None:
    """The element without links, unmarked paths and groups that hold nothing."""
    tag = one.tag.removeprefix(_SVG)
    if tag == "a" or one.get("display") == "none" or (tag == "path" and one.get("class") == "background"):
        return None
    bare = _bare(one)
    bare.extend([kept for child in one if (kept := _without_links(child)) is not None])
    return bare if tag != "g" or len(bare) else None


def _only_links(one: Element, chart: Chart) -> Element | None:
    """The element with nothing but its links, which lead where the chart says."""
    if one.tag == f"{_SVG}a":
        address, says = chart.links[int(one.attrib[_HREF].rsplit("/", 1)[-1])]
        link = Element("a", {"href": address, "tabindex": "-1"})
        title = Element("title")
        title.text = says
        for child in one:
            shape = Element(
                child.tag.removeprefix(_SVG), {"d": child.attrib["d"], "fill": "#ffffff", "fill-opacity": "0"}
            )
            shape.append(title)
            link.append(shape)
        return link
    found = [kept for child in one if (kept := _only_links(child, chart)) is not None]
    if not found:
        return None
    bare = _bare(one)
    bare.extend(found)
    return bare
