"""Template and values to text; jinja2 and escaping live here."""

from __future__ import annotations

import hashlib
import html
import json
import re
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from jinja2.ext import Extension

from gen.corpus.cells import Missing
from gen.problems import PageError, Problem
from gen.text.format import CI, counted, format_date, interval, number, percent, size

TEMPLATES = Path(__file__).parent.parent / "templates"
# Compiled templates, by their text and by what is done to it here; can be deleted at any time.
COMPILED = Path(".cache/templates")

# What starts a construct within a line, and what starts a block where a text starts a line.
MARKDOWN = re.compile(r"[\\`*_{}\[\]|]")
BLOCK = re.compile(r"\A(\d*)([#+.-])")

CODE = re.compile(r"`([^`]+)`")
TICKS = re.compile(r"`+")
# Code in a line, which is passed over, or a citation.
CITE = re.compile(r"`[^`\n]*`|\[(@[a-z0-9][^\[\]\n]*)\]")


def md(value: object) -> str:
    """Escape text from the data for a line of Markdown: no title can break a table or a link."""
    line = html.escape(str(value), quote=True).replace("\n", " ")
    return BLOCK.sub(r"\1\\\2", MARKDOWN.sub(r"\\\g<0>", line))


def with_code(value: str) -> str:
    """Escape a sentence of ours for HTML; what it has between backticks is code."""
    return CODE.sub(r"<code>\1</code>", html.escape(value))


def code_span(value: str, longest: int = 200) -> str:
    """Text from the data for a list of GitHub's Markdown: within code nothing else has a meaning.

    It may be no part of a table, whose cells end at a | even there.
    """
    if not value:
        return "*(empty)*"
    text = value if len(value) <= longest else value[: longest - 1] + "…"
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    fence = "`" * (max(map(len, TICKS.findall(text)), default=0) + 1)
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def url(value: str) -> str:
    """Escape an address for a Markdown link or an HTML attribute."""
    return quote(value, safe=":/?#&=%@+,;~$-._").replace("&", "&amp;")


def query(values: Mapping[str, str]) -> str:
    """What follows the address of a page that filters: "?modalities=ct&amp;sort=-date"."""
    return "?" + html.escape(urlencode(values, safe=",")) if values else ""


def front_matter(value: object) -> str:
    """A value for YAML front matter; JSON is YAML. It holds no tag and no place for a drawing."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True).replace("<", r"\u003c")


class CitationExtension(Extension):
    """Lets a page cite as `[@key; @key, p. 3]`: outside code it is a call of `cite`."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del name, filename
        return CITE.sub(lambda m: f"{{{{ cite({json.dumps(m[1])}) }}}}" if m[1] else m[0], source)


@cache
def environment() -> jinja2.Environment:
    """Strict: a name that is not there is an error, never an empty string."""
    compiled = COMPILED / hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    compiled.mkdir(parents=True, exist_ok=True)
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["xml.jinja"], default_for_string=False),
        extensions=[CitationExtension],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled.absolute())),
        # Jinja's own {# would swallow the explicit ids of headings: {#methods}.
        comment_start_string="{##",
        comment_end_string="##}",
    )
    found.filters |= {
        "md": md,
        "with_code": with_code,
        "code": code_span,
        "url": url,
        "query": query,
        "front_matter": front_matter,
        "number": number,
        "percent": percent,
        "interval": interval,
        "counted": counted,
        "format_date": format_date,
        "size": size,
    }
    found.globals |= {"Missing": Missing, "CI": CI}
    return found


def render(template: str, page: str, values: Mapping[str, Any]) -> str:
    """Fill a template of gen/templates for a page that lives at `page` under docs/."""
    return environment().get_template(template).render(page=page, **values)


def prose(text: str, page: str, file: str, values: Mapping[str, Any]) -> str:
    """Fill the expressions of a page written by hand; raise PageError with the line of a wrong one.

    `file` is where people find the text.
    """
    jinja = environment()
    try:
        code = jinja.compile(text, filename=file)
        template = jinja2.Template.from_code(jinja, code, jinja.make_globals(None))
        return template.render(page=page, **values)
    except jinja2.TemplateSyntaxError as error:
        raise PageError(
            [Problem(file=file, line=error.lineno, message=error.message or "")]
        ) from None
    except (jinja2.TemplateError, LookupError, TypeError, ValueError) as error:
        frames = traceback.extract_tb(error.__traceback__)
        number = next((each.lineno or 0 for each in frames if each.filename == file), 0)
        raise PageError([Problem(file=file, line=number, message=str(error))]) from None
