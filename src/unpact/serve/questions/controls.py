"""The form of a question: a control for each parameter, what it offers, and what is wrong with its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from unpact.errors import AmbiguousNameError, UnknownNameError
from unpact.names import compact
from unpact.query.parameters import PATTERNS, PERIOD
from unpact.query.resolve import local_name, normalise
from unpact.render.rows import one_line
from unpact.serve.questions.links import address, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.query.parameters import Parameter
    from unpact.query.stored import StoredQuery
    from unpact.serve.questions.values import Given, Problem
    from unpact.serve.site import Site

# a list to choose from may have so many things; boxes to tick fewer; names to complete more
_CHOOSABLE, _TICKABLE, _COMPLETABLE = 130, 24, 600
_FREE = 2


class Plain(NamedTuple):
    """How a text of a plain type is typed in: what it must look like, an example, and the keys it needs."""

    pattern: str = ""
    placeholder: str = ""
    keys: str = "text"


_PLAIN = {
    PERIOD: Plain(PATTERNS[PERIOD], "2022, 2022-11 or 2022-11-04"),
    "date": Plain(PATTERNS["date"], "2022-12-31"),
    "integer": Plain(PATTERNS["integer"], "2016", "numeric"),
    "decimal": Plain(PATTERNS["decimal"], "0.5", "decimal"),
    "language": Plain(PATTERNS["language"], "en"),
}


class Option(NamedTuple):
    """What a control offers: a value that the parameter takes, and the words for it."""

    value: str
    label: str
    is_chosen: bool = False


class Trouble(NamedTuple):
    """What is wrong with a value, and questions that may have been meant."""

    sentence: str
    nearest: tuple[Option, ...]
    search: str = ""


class Control(NamedTuple):
    """A parameter in a form.

    Args:
        name: in the query string.
        label: in words.
        kind: `choice` of one, `ticks` of several, or `text`.
        help: what it is for.
        is_required: whether it needs a value.
        options: what is offered.
        inputs: of a text: what each of its fields holds.
        plain: what a text must look like.
        troubles: what is wrong with its values.
    """

    name: str
    label: str
    kind: str
    help: str
    is_required: bool
    options: tuple[Option, ...]
    inputs: tuple[str, ...]
    plain: Plain
    troubles: tuple[Trouble, ...]


def controls(site: Site, query: StoredQuery, given: Given) -> tuple[Control, ...]:
    """The controls of a question in the order of its parameters, with what is given in them."""
    return tuple(_control(site, query, parameter, given) for parameter in query.parameters)


def troubles(query: StoredQuery, given: Given, name: str = "") -> tuple[Trouble, ...]:
    """What is wrong with the values of a parameter; by default, what belongs to none."""
    return tuple(_trouble(query, given, each) for each in given.problems if each.name == name)


def _control(site: Site, query: StoredQuery, parameter: Parameter, given: Given) -> Control:
    name, wrong = parameter.name, troubles(query, given, parameter.name)
    texts = tuple(one_line(text) for text in given.texts.get(name, ()))
    chosen = given.things.get(name, frozenset())
    is_whole, options = _offered(site, query, parameter, chosen)
    # what was typed wrong stays to be mended
    kind = "text" if wrong and texts else _kind(parameter, len(options) if is_whole else None)
    if kind == "text" and parameter.list:
        inputs = (*texts, *("" for _ in range(_FREE)))
    else:
        inputs = texts[:1] or ("",)
    if parameter.type == "boolean":
        options = tuple(
            Option(value, words, texts[:1] == (value,)) for value, words in (("true", "yes"), ("false", "no"))
        )
    plain = _PLAIN.get(parameter.type, Plain())
    return Control(
        name=parameter.option,
        label=parameter.option.replace("-", " "),
        kind=kind,
        help=_help(parameter),
        is_required=parameter.required,
        options=options,
        inputs=inputs,
        plain=plain,
        troubles=wrong,
    )


def _kind(parameter: Parameter, count: int | None) -> str:
    """How a value is given where so many things are all there are; None where nobody knows."""
    if parameter.type == "boolean":
        return "choice"
    if not count:
        return "text"
    if parameter.list:
        return "ticks" if count <= _TICKABLE else "text"
    return "choice" if count <= _CHOOSABLE else "text"


def _help(parameter: Parameter) -> str:
    words = parameter.help[:1].upper() + parameter.help[1:]
    if parameter.default is None:
        return f"{words}."
    default = parameter.default if isinstance(parameter.default, str) else ", ".join(parameter.default)
    return f"{words}. Left empty: {default}."


def _offered(
    site: Site, query: StoredQuery, parameter: Parameter, chosen: frozenset[str]
) -> tuple[bool, tuple[Option, ...]]:
    """Whether these are all values that there are, and the things that a parameter takes by their labels; of
    very many, and of things without names, those in the examples.
    """
    kind = parameter.class_iri
    if kind is None:
        return False, ()
    things = site.resolver.things(kind)
    if len(things) > _COMPLETABLE or not site.resolver.names(kind):
        return False, tuple(Option(text, text) for text in _in_examples(query, parameter.name))
    site.labels.load(NamedNode(thing) for thing in things)
    short = _short_names(site, kind)
    labelled = [(site.labels(NamedNode(thing)), thing) for thing in things]
    labelled.sort(key=lambda each: (each[0].casefold(), each[1]))
    return True, tuple(Option(short[thing], one_line(label), thing in chosen) for label, thing in labelled)


def _short_names(site: Site, kind: str) -> Mapping[str, str]:
    """For each thing of a class what names it alone: the last part of its IRI, or a CURIE."""
    meanings = site.resolver.meanings(kind)
    return {
        thing: local_name(thing) if meanings[normalise(local_name(thing))] == {thing} else compact(thing)
        for thing in site.resolver.things(kind)
    }


def _in_examples(query: StoredQuery, name: str) -> Iterable[str]:
    values = (texts_of(example).get(name, ()) for example in query.examples)
    return dict.fromkeys(text for texts in values for text in texts)


def _trouble(query: StoredQuery, given: Given, problem: Problem) -> Trouble:
    error, hint = problem.error, problem.error.hint
    nearest: tuple[str, ...] = ()
    if isinstance(error, UnknownNameError):
        nearest, hint = error.suggestions, None
    elif isinstance(error, AmbiguousNameError):
        nearest, hint = error.candidates, None
    sentence = f"{error.message}. {hint}" if hint else f"{error.message}."
    # the label of the control says whose value it is
    _, quoted, told = sentence.partition(f"parameter {problem.name!r}: ")
    sentence = told if quoted else sentence
    links = tuple(
        Option(address(query, _replaced(given, problem, name)), name) for name in nearest if problem.name
    )
    is_name = isinstance(error, UnknownNameError)
    search = f"/search?{urlencode({'q': problem.value})}" if is_name and problem.value else ""
    return Trouble(one_line(sentence[:1].upper() + sentence[1:]), links, search)


def _replaced(given: Given, problem: Problem, name: str) -> Mapping[str, tuple[str, ...]]:
    """What is given, with another value in the place of a wrong one."""
    texts = given.texts[problem.name]
    return {**given.texts, problem.name: tuple(name if text == problem.value else text for text in texts)}
