"""Opens the page of a diff in Chromium, offline, clicks its filters and compares
what is left with what a test computed of the report. Pictures of it are kept.

usage: look.py CHROMIUM PAGE WANT FOLDER
"""

import json
import pathlib
import sys
import time

from playwright.sync_api import sync_playwright

chromium, path, want_path, folder = sys.argv[1:]
want = json.loads(pathlib.Path(want_path).read_text(encoding="utf-8"))
folder = pathlib.Path(folder)
address = pathlib.Path(path).resolve().as_uri()
PATIENCE = 300_000  # milliseconds: a machine may be busy
faults = []
began = time.monotonic()


def hold(condition, said):
    if not condition:
        faults.append(said)


SHOWN = """() => [...document.querySelectorAll("details")]
    .filter(d => d.getClientRects().length > 0).map(d => d.querySelector("b").textContent)"""
INERT = """() => [...document.querySelectorAll("*")].filter(e =>
    ["script", "a", "img", "iframe", "object", "embed", "link", "form", "base", "svg", "math"].includes(e.localName) ||
    [...e.attributes].some(a => a.name.startsWith("on") || ["src", "href", "srcset", "style", "action"].includes(a.name))
).map(e => e.outerHTML.slice(0, 200))"""

with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"], timeout=PATIENCE)
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 900}, color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    asked, heard = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.goto(address)

    def shown():
        return page.evaluate(SHOWN)

    tree = context.new_cdp_session(page)

    def told():
        """What a reader is told of how many are shown: generated content is in the
        tree of what is read aloud, and nowhere else."""
        node = tree.send("DOM.querySelector", {"nodeId": tree.send("DOM.getDocument")["root"]["nodeId"], "selector": ".shown"})
        nodes = tree.send("Accessibility.queryAXTree", {"nodeId": node["nodeId"], "role": "StaticText"})["nodes"]
        return "".join(n["name"]["value"] for n in nodes)

    def choose(group, name):
        fieldset = page.locator(f"xpath=//fieldset[legend='{group}']")
        fieldset.locator(f"xpath=label[normalize-space(text())='{name}']").click()

    hold(shown() == want["all"], "the articles are not those of the report, or in another order")
    hold(not page.evaluate(INERT), f"not inert: {page.evaluate(INERT)}")
    for words in want["words"]:
        hold(page.get_by_text(words).count() > 0, f"not shown as text: {words!r}")
    page.screenshot(path=folder / "light.png")

    # Every filter by itself, and some together.
    for group, choices in want["filters"].items():
        for name, headlines in choices.items():
            choose(group, name)
            left = shown()
            hold(left == headlines, f"{group} {name}: {len(left)} shown, {len(headlines)} wanted")
        choose(group, "all")
    for choice in want["together"]:
        for group, name in choice["choose"].items():
            choose(group, name)
        hold(shown() == choice["shown"], f"{choice['choose']}: {len(shown())} shown, {len(choice['shown'])} wanted")
        hold(told() == f"{len(choice['shown'])} of {len(want['all'])} shown", f"{choice['choose']}: it says {told()!r}")
        page.screenshot(path=folder / f"together-{len(choice['shown'])}.png")
        for group in choice["choose"]:
            choose(group, "all")
    hold(shown() == want["all"], "not all articles are back")

    # By the keyboard alone: the next kind, then the first article folded and back.
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    hold(shown() == next(iter(want["filters"]["Kind"].values())), "the arrow key does not choose the next kind")
    page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("Tab")
    focused = """() => { const e = document.activeElement; return [e.localName, getComputedStyle(e).outlineStyle, e.parentElement.open] }"""
    name, outline, unfolded = page.evaluate(focused)
    hold(name == "summary" and outline != "none" and unfolded, f"after four tabs: {name}, outline {outline}, open {unfolded}")
    page.keyboard.press("Enter")
    hold(page.evaluate(focused)[2] is False, "the enter key does not fold an article")
    page.screenshot(path=folder / "keyboard.png")

    page.emulate_media(color_scheme="dark")
    page.screenshot(path=folder / "dark.png")

    page.emulate_media(color_scheme="light")
    # What is written from the right is shown so.
    article = page.locator("details").filter(has_text=want["right"])
    article.evaluate("e => { e.open = true; e.scrollIntoView() }")
    way = article.locator("td").first.evaluate("e => getComputedStyle(e).direction")
    hold(way == "rtl", f"an Arabic text runs {way}")
    page.screenshot(path=folder / "right-to-left.png")

    # On a telephone nothing is cut off, and the words have the width.
    page.set_viewport_size({"width": 400, "height": 800})
    hold(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "wider than a telephone")
    hold(article.locator(".what").bounding_box()["width"] > 300, "the headline is squeezed")
    article.evaluate("e => e.scrollIntoView()")
    page.screenshot(path=folder / "narrow.png")
    page.set_viewport_size({"width": 1200, "height": 900})

    choose("Kind", "lost")
    page.pdf(path=folder / "lost.pdf", print_background=False)
    choose("Kind", "all")

    hold(set(asked) == {address}, f"asked for {set(asked)}")
    hold(not heard, f"the browser says {heard}")
    browser.close()

for fault in faults:
    print(fault)
print(f"{len(want['all'])} articles, {sum(map(len, want['filters'].values()))} filters")
print(f"{time.monotonic() - began:.0f} s")
sys.exit(1 if faults else 0)
