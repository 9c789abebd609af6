"""What axe finds wrong in a page: the one way in which tests ask it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Telling what is well, and where each thing is, would take it as long as looking.
OPTIONS = {"resultTypes": ["violations"], "selectors": False, "preload": False}


def violations(page: Page, context: str | None = None) -> list[tuple[str, list[str]]]:
    """Each rule that is broken in the page or in a part of it, with its first three places."""
    found = Axe().run(page, context=context, options=OPTIONS).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]
